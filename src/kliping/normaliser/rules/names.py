"""What looks like a name: words that begin with a capital, and the small words inside names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

__all__ = ["are_name_words", "is_capitalised"]

_ELIDED = re.compile(r"(?:d|l|dell|dall|nell|sull)['’](?P<name>\w)", re.IGNORECASE)
"""`d'Arvane`, `dell'Isola`: a small word that lost its vowel before a name."""


def are_name_words(parts: Iterable[str], small_words: AbstractSet[str]) -> bool:
    """Whether no word begins with a small letter but the small words inside names."""
    return all(not part[0].islower() or part in small_words or is_capitalised(part) for part in parts)


def is_capitalised(part: str) -> bool:
    """Whether a word begins with a capital, a small word cut short before it apart."""
    elided = _ELIDED.match(part)
    return part[0].isupper() or (elided is not None and elided["name"].isupper())
