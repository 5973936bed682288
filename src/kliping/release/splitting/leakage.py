"""Whether near-duplicates lie in different splits: looked for at each release among the texts of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kliping.normaliser.run.near_duplicates import METHOD, THRESHOLD
from kliping.normaliser.run.resemblance import each_near_duplicate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.run.resemblance import NearDuplicate
    from kliping.project import Corpus
    from kliping.records import SplitName

__all__ = ["Leak", "Leakage", "leakage", "leaks"]


class Leak(NamedTuple):
    """Near-duplicates in different splits: that of `pair.of`, and that of `pair.id`."""

    pair: NearDuplicate
    of_split: SplitName
    split: SplitName


@dataclass(frozen=True, slots=True)
class Leakage:
    """What was looked for and found.

    Attributes:
        near_duplicates: how many articles are near-duplicates of another.
        pairs: near-duplicates in different splits. Of a cluster as many pairs are known as join it; one that lies in
            two splits has a pair that does among them, so that none here means that there is none at all.
        method: what near-duplicates are, in words.
        threshold: least similarity of near-duplicates.
    """

    near_duplicates: int
    pairs: tuple[Leak, ...]
    method: str = METHOD
    threshold: float = THRESHOLD

    def __str__(self) -> str:
        return f"leakage: {len(self.pairs)} near-duplicate pairs across splits (method: {self.method})"


def leakage(corpus: Corpus) -> Leakage:
    """Compare the texts of all articles, as far as earlier runs did not, and look in which splits they are.

    Only ids and splits of near-duplicates are held. Articles without a split are passed over.

    Raises:
        DataError: a line of `corpus/articles` is no article, or one of `corpus/splits.jsonl` no split.
    """
    joined = [(pair.of, pair.id) for pair in each_near_duplicate(corpus)]
    alike = {name for both in joined for name in both}
    split_of = {entry.id: entry.split for entry in corpus.splits() if entry.id in alike}
    crossing = {both for both in joined if len({split_of[name] for name in both if name in split_of}) > 1}
    found = each_near_duplicate(corpus) if crossing else ()
    pairs = (pair for pair in found if (pair.of, pair.id) in crossing)
    return Leakage(len(alike), tuple(Leak(pair, split_of[pair.of], split_of[pair.id]) for pair in pairs))


def leaks(found: Leakage) -> Iterator[str]:
    """What is wrong with each pair in two splits, and what to do."""
    for pair, of_split, split in found.pairs:
        yield (
            f"{pair.of} ({of_split}) and {pair.id} ({split}) are near-duplicates, similarity {pair.similarity}; decide "
            f"where their cluster goes with `kliping split --resolve {pair.of}={of_split}`, or {pair.of}={split}"
        )
