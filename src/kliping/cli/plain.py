"""What the command line prints of sources goes through `plain`."""

from __future__ import annotations

from kliping.plain import plain

__all__ = ["plain"]
