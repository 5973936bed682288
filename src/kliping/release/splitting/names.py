"""The splits by name."""

from __future__ import annotations

from typing import get_args

from kliping.records import SplitName

__all__ = ["SPLITS"]

SPLITS: tuple[SplitName, ...] = get_args(SplitName)
"""Every split, in the order in which files and tables name them."""
