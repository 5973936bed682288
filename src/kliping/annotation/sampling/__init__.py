"""The next round of annotation: which articles, and who labels each. Start at `next_round.py`."""

from __future__ import annotations

from kliping.annotation.sampling.next_round import Wanted, sample

__all__ = ["Wanted", "sample"]
