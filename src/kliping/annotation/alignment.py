"""Where a span of an older text is in a newer one: only where its words and those around it are the same.

The two texts are compared word by word (`difflib`). A run is a stretch of words that both have; a span moves with the
run that holds it whole, together with enough words beside it. So the proof `new[start:end] == surface` holds, and a
name that stands elsewhere in the new text is not taken for the mention that went with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["CONTEXT_WORDS", "Alignment", "Unmoved"]

CONTEXT_WORDS = 5
"""Least words and marks beside a span, on both sides together, that must be the same."""

_WORD = re.compile(r"\w+|[^\w\s]")


class Unmoved(NamedTuple):
    """Why a span has no place in the newer text."""

    reason: str


CHANGED = Unmoved("its words changed or went")
ELSEWHERE = Unmoved("the words around it changed, so it cannot be told to be the same mention")


class _Run(NamedTuple):
    """Words from `old` on and from `new` on that are the same, `length` of them."""

    old: int
    new: int
    length: int


class Alignment:
    """Two texts of an article, compared.

    Args:
        old: the text that spans were marked on.
        new: the text that they are to move to.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._old_words = [found.span() for found in _WORD.finditer(old)]
        self._new_words = [found.span() for found in _WORD.finditer(new)]
        matcher = SequenceMatcher(
            None,
            [old[slice(*at)] for at in self._old_words],
            [new[slice(*at)] for at in self._new_words],
            autojunk=False,
        )
        self._runs = [_Run(*block) for block in matcher.get_matching_blocks() if block.size]

    def move(self, start: int, end: int) -> tuple[int, int] | Unmoved:
        """Where a span of the old text is in the new one, in code points, half open; or why it is nowhere."""
        first, last = self._words_of(start, end)
        run = next((one for one in self._runs if one.old <= first and last < one.old + one.length), None)
        if run is None or last < first:
            return CHANGED
        if run.length - (last - first + 1) < min(CONTEXT_WORDS, len(self._old_words) - (last - first + 1)):
            return ELSEWHERE
        shift = run.new - run.old
        moved = (
            start + self._new_words[first + shift][0] - self._old_words[first][0],
            end + self._new_words[last + shift][0] - self._old_words[last][0],
        )
        return moved if self._new[slice(*moved)] == self._old[start:end] else CHANGED

    def _words_of(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last word that a span touches."""
        first = bisect_right(self._old_words, start, key=lambda at: at[1])
        return first, bisect_right(self._old_words, end - 1, key=lambda at: at[0]) - 1
