"""The sentence around a span, inside the block that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.records import Block

__all__ = ["Sentences", "sentences"]


def sentences(text: str, block: Block, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of a block, trimmed of white space: code points of the whole text, half open.

    Args:
        text: the article's text.
        block: a block of it.
        language: a BCP 47 tag; sentencex falls back to general rules for a language that it does not know.
    """
    from sentencex import get_sentence_boundaries

    inside, primary = text[block.start : block.end], language.lower().partition("-")[0]
    for found in get_sentence_boundaries(primary, inside):
        piece = inside[found["start_index"] : found["end_index"]]
        start = block.start + found["start_index"] + len(piece) - len(piece.lstrip())
        if piece.strip():
            yield start, start + len(piece.strip())


class Sentences:
    """The sentences of an article; a block is split once, when first asked for."""

    def __init__(self, text: str, blocks: Sequence[Block], language: str) -> None:
        self.text, self._blocks, self._language = text, blocks, language
        self._found: dict[int, list[tuple[int, int]]] = {}

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The sentence that holds a span; where the span reaches over several, from the first to the last."""
        touched = [
            found
            for block in self._blocks
            if block.start < end and block.end > start
            for found in self._of(block)
            if found[0] < end and found[1] > start
        ]
        return min([start, *(found[0] for found in touched)]), max([end, *(found[1] for found in touched)])

    def _of(self, block: Block) -> list[tuple[int, int]]:
        if block.start not in self._found:
            self._found[block.start] = list(sentences(self.text, block, self._language))
        return self._found[block.start]
