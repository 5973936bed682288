"""What comes from sources, made fit for a terminal: an archive may call its files anything."""

from __future__ import annotations

import unicodedata

__all__ = ["is_unshown", "plain"]

_UNSHOWN = frozenset({"Cc", "Cs"})
"""Categories of controls, and of halves of pairs, which no terminal's charset has."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading direction."""


def plain(text: str) -> str:
    """A text where characters that move a terminal's cursor or turn the reading direction are told by their code."""
    if text.isprintable():  # nothing that is unshown is
        return text
    return "".join(f"<U+{ord(char):04X}>" if is_unshown(char) else char for char in text)


def is_unshown(char: str) -> bool:
    """Whether a character moves a terminal's cursor or turns the reading direction."""
    return unicodedata.category(char) in _UNSHOWN or char in _BIDI
