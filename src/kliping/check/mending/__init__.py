"""Mending what is mechanical and safe: marks and ends of lines, the order of keys, Unicode's composed form.

A line is mended by itself, for what a rule finds in it, and only where what it says is proven to be the same before and
after; a text gets its composed form only where nobody said anything of it. Everything else is for people to decide.
"""

from __future__ import annotations

from kliping.check.mending.corpus import Mended, mend_corpus

__all__ = ["Mended", "mend_corpus"]
