"""`kliping check`."""

from __future__ import annotations

from kliping.cli.check.command import check

__all__ = ["check"]
