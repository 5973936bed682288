"""Where annotators' vocabularies disagree: query by committee (Seung, Opper & Sompolinsky 1992, COLT).

Each annotator is a member of the committee by a gazetteer: the surfaces that they marked, each with the label they gave
it most. A member marks an article by longest match at word borders. How much the committee disagrees on an article is
the mean, over all pairs of members, of 1 - F1 of their spans with labels; two that mark nothing agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import Annotation

__all__ = ["Gazetteer", "Mark", "committee", "disagreement", "gazetteer", "marks"]

_WORD = regex.compile(r"\w+|[^\w\s]")

Words: TypeAlias = tuple[str, ...]


class Mark(NamedTuple):
    """A span in code points, half open, with its label."""

    start: int
    end: int
    label: str


class Gazetteer(NamedTuple):
    """A member of the committee.

    Attributes:
        labels: of each surface, which is its words and marks.
        lengths: of the surfaces that begin with a word, the longest first.
    """

    labels: Mapping[Words, str]
    lengths: Mapping[str, tuple[int, ...]]


def committee(annotations: Iterable[Annotation]) -> dict[str, Gazetteer]:
    """The gazetteer of each annotator who marked anything in what they submitted, by pseudonym."""
    marked: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for annotation in annotations:
        if annotation.status == "submitted":
            for entity in annotation.entities:
                marked[annotation.annotator][entity.text][entity.label] += 1
    return {annotator: gazetteer(surfaces) for annotator, surfaces in sorted(marked.items())}


def gazetteer(surfaces: Mapping[str, Counter[str]]) -> Gazetteer:
    """What surfaces are labelled as: as most often; of labels given equally often, the first by name."""
    counted: dict[Words, Counter[str]] = defaultdict(Counter)
    for surface, labels in surfaces.items():
        counted[tuple(_WORD.findall(surface))].update(labels)
    counted.pop((), None)
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in counted:
        lengths[words[0]].add(len(words))
    return Gazetteer(
        {words: min(labels, key=lambda one: (-labels[one], one)) for words, labels in counted.items()},
        {first: tuple(sorted(several, reverse=True)) for first, several in lengths.items()},
    )


def marks(member: Gazetteer, text: str, words: Sequence[tuple[int, int, str]] | None = None) -> set[Mark]:
    """What a member would mark in a text: from the left, the longest surface at each word, none over another.

    Args:
        member: whose surfaces.
        text: the article's text.
        words: of the text, where they were found already (`words_of`).
    """
    found: set[Mark] = set()
    words = words_of(text) if words is None else words
    place = 0
    while place < len(words):
        length = next(
            (one for one in member.lengths.get(words[place][2], ()) if _fits(member, text, words, place, one)), 0
        )
        if length:
            surface = tuple(word for _, _, word in words[place : place + length])
            found.add(Mark(words[place][0], words[place + length - 1][1], member.labels[surface]))
        place += length or 1
    return found


def words_of(text: str) -> list[tuple[int, int, str]]:
    """The words and marks of a text, each with its span."""
    return [(*match.span(), match.group()) for match in _WORD.finditer(text)]


def disagreement(members: Iterable[Gazetteer], text: str) -> float:
    """From 0, where all members mark the same, to 1, where no two share a mark.

    Raises:
        ValueError: there are fewer than two members.
    """
    words = words_of(text)
    votes = [marks(member, text, words) for member in members]
    pairs = list(combinations(votes, 2))
    if not pairs:
        raise ValueError("a committee has two members or more")
    return sum(1 - _f1(first, second) for first, second in pairs) / len(pairs)


def _fits(member: Gazetteer, text: str, words: Sequence[tuple[int, int, str]], place: int, length: int) -> bool:
    here = words[place : place + length]
    surface = tuple(word for _, _, word in here)
    # A surface does not run on from one block to the next.
    return len(here) == length and surface in member.labels and "\n" not in text[here[0][0] : here[-1][1]]


def _f1(first: set[Mark], second: set[Mark]) -> float:
    """The harmonic mean of precision and recall of either against the other; 1 where both are empty."""
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0
