"""Level 3, leakage: near-duplicates by their texts, whatever `corpus/splits.jsonl` says of clusters.

`kliping split` and `kliping release` keep what they found; where that is not of the articles of today, few are compared
anew. Where there are many, `kliping release` looks, and refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.rules import Place, RuleList
from kliping.errors import DataError
from kliping.files import read_lines
from kliping.normaliser.run.resemblance import known_near_duplicates
from kliping.records import SplitEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault

__all__ = ["LEAK_RULES"]

LEAK_RULES: RuleList[Survey] = RuleList()

_SPLITS = "corpus/splits.jsonl"


@LEAK_RULES.also("E305")
def near_duplicates_have_one_split(survey: Survey) -> Iterator[Fault]:
    """Two near-duplicates in two splits, each in a cluster of its own."""
    corpus = survey.corpus
    try:
        pairs = [(pair.of, pair.id) for pair in known_near_duplicates(corpus)]
        alike = {name for both in pairs for name in both}
        entries = read_lines(corpus.root / _SPLITS, SplitEntry) if alike else ()
        placed = {entry.id: (number, entry) for number, entry in enumerate(entries, 1) if entry.id in alike}
    except (DataError, ValueError, RecursionError):
        return  # other rules tell of lines that cannot be read
    for both in pairs:
        if all(name in placed for name in both):
            (_, first), (line, second) = sorted(placed[name] for name in both)
            if first.split != second.split and first.cluster != second.cluster:
                message = f"{first.id} ({first.split}) and {second.id} ({second.split}) are near-duplicates"
                yield Place(_SPLITS, line), f"{message}; restore {_SPLITS} with git, or run `kliping split`"
