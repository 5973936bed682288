"""The words that a finding is about: some around them, for people; never an address."""

from __future__ import annotations

from kliping.contract.addresses import ADDRESS
from kliping.records import Excerpt

__all__ = ["around", "brief", "masked"]

WIDTH = 80
"""Code points that an excerpt has at most."""
FOCUS = 60
"""Code points of what it is about that it shows at most; the rest is what stands around it."""
ADDRESS_LENGTH = 320
"""The longest address (RFC 5321, section 4.5.3.1): so far beyond the borders it is looked for one that they cut."""


def around(text: str, start: int, end: int) -> Excerpt:
    """`text[start:end]` with some words around it; a span outside the text is moved to its end.

    Args:
        text: what it stands in; an address in it is masked.
        start: the first code point of what it is about.
        end: one past its last; no more than `start` where something is missing there.
    """
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text), start + FOCUS)
    first = max(0, min(start - (WIDTH - (end - start)) // 2, len(text) - WIDTH))
    last = min(len(text), first + WIDTH)
    wide = max(0, first - ADDRESS_LENGTH)
    words = masked(text[wide : last + ADDRESS_LENGTH])
    return Excerpt(text=words[first - wide : last - wide], start=start - first, end=end - first)


def masked(text: str) -> str:
    """A text with dots for the addresses in it, as many as they have code points."""
    return ADDRESS.sub(lambda found: "•" * len(found[0]), text) if "@" in text else text


def brief(text: str, most: int = FOCUS) -> str:
    """Words for a sentence: quoted, so many at most, no address among them."""
    words = masked(text[: most + ADDRESS_LENGTH])
    return repr(words if len(text) <= most else f"{words[:most]}…")
