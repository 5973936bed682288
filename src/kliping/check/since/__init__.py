"""What a change brought: the findings of now that the corpus did not have at a revision."""

from __future__ import annotations

from kliping.check.since.difference import introduced

__all__ = ["introduced"]
