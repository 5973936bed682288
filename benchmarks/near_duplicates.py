"""Near-duplicates: how many planted ones are found, and how long sketches take, beside datasketch.

The texts are the made-up dumps of `benchmarks.dumps`; each second one is followed by a copy in which some words are
others. What counts as a near-duplicate is the exact similarity of the pair, so it is known which must be found.

    python -m benchmarks.near_duplicates [COUNT]
"""

from __future__ import annotations

import random
import sys
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from benchmarks.dumps import dumps

from kliping.normaliser.run.near_duplicates import THRESHOLD, Clusters, links, shingles, sketch
from kliping.normaliser.text.overlap import jaccard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

T = TypeVar("T")

PERMUTATIONS = 126
"""As many as our sketch has: 42 bands of 3 rows."""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    count = int(arguments[0]) if arguments else 2000
    shingled = [shingles(text) for text in _texts(count)]
    near = {pair for pair in zip(range(0, count - 1, 2), range(1, count, 2), strict=False) if _alike(shingled, pair)}
    ours, sketches = _timed(lambda: [sketch(one) for one in shingled])
    theirs, peers = _timed(lambda: _datasketch(shingled))
    joined, others = Clusters(count), _proposed(peers)
    pairs = list(links(sketches, [True] * count, shingled.__getitem__, joined))
    found = {pair for pair in near if joined.root(pair[0]) == joined.root(pair[1])}
    print(f"{count} texts, {len(near)} planted pairs with a similarity of {THRESHOLD} or more\n")
    print("| library | seconds | planted pairs found | pairs |\n| --- | --- | --- | --- |")
    print(f"| rensa, 42 bands of 3 rows, confirmed | {ours:.2f} | {len(found)} | {len(pairs)} |")
    print(f"| datasketch, its own bands, only proposed | {theirs:.2f} | {len(near & others)} | {len(others)} |")
    print(f"\ndatasketch takes {theirs / ours:.1f} times as long.")


def _texts(count: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 — a benchmark's texts are no secret
    texts = [text.decode() for text in dumps(count)]
    for at in range(1, count, 2):
        texts[at] = _changed(texts[at - 1], chance)
    return texts


def _changed(text: str, chance: random.Random) -> str:
    """A text with up to one word in ten replaced."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), chance.randint(1, len(words) // 10)):
        words[place] = "lain"
    return " ".join(words)


def _alike(shingled: Sequence[frozenset[str]], pair: tuple[int, int]) -> bool:
    return jaccard(shingled[pair[0]], shingled[pair[1]]) >= THRESHOLD


def _datasketch(shingled: Sequence[frozenset[str]]) -> list[object]:
    from datasketch import MinHash

    return list(MinHash.bulk([[one.encode() for one in text] for text in shingled], num_perm=PERMUTATIONS))


def _proposed(sketches: Sequence[object]) -> set[tuple[int, int]]:
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs: set[tuple[int, int]] = set()
    for number, one in enumerate(sketches):
        pairs.update((earlier, number) for earlier in index.query(one))
        index.insert(number, one)
    return pairs


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    made = work()
    return perf_counter() - began, made


if __name__ == "__main__":
    main(sys.argv[1:])
