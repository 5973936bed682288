"""`kliping split`: every article gets a split, once and for ever; near-duplicates share one."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, get_args

from kliping.errors import DataError
from kliping.files import encode_lines, write_bytes
from kliping.normaliser.run.near_duplicates import METHOD, clusters, grouped
from kliping.normaliser.run.resemblance import near_duplicates
from kliping.records import Count, Receipt, SplitEntry, SplitName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.project import Corpus

__all__ = ["SPLITS", "assign", "split_corpus"]

SPLITS: tuple[SplitName, ...] = get_args(SplitName)
"""Every split, in the order in which files and tables name them."""


def split_corpus(corpus: Corpus) -> Receipt:
    """Give every article of `corpus/articles` a line in `corpus/splits.jsonl`.

    Lines that are there stay for ever, also of articles that are gone. A new near-duplicate gets the split of its
    cluster; new clusters are dealt by the seed and the shares of the settings.

    Raises:
        DataError: there are no articles, or near-duplicates are in two splits; nothing is written.
    """
    ids = [article.id for article in corpus.articles()]
    if not ids:
        raise DataError(f"{corpus.corpus / 'articles'}: no articles; run `kliping normalise` first")
    known = {entry.id: entry for entry in corpus.splits()}
    pairs = [(pair.of, pair.id) for pair in near_duplicates(corpus)]
    entries = assign(ids, pairs, known, shares=shares_of(corpus), seed=corpus.settings.seed)
    changed = write_bytes(corpus.corpus / "splits.jsonl", encode_lines(entries))
    added = sum(entry.id not in known for entry in entries)
    return Receipt(
        step="split",
        counts=(Count(what="articles", taken=len(ids), kept=len(set(ids) & {entry.id for entry in entries})),),
        changes=max(added, int(changed)),
        notes=tuple(_notes(entries, set(ids))),
    )


def shares_of(corpus: Corpus) -> dict[SplitName, float]:
    """The share of the articles that each split is to get."""
    splits = corpus.settings.splits
    return {"train": splits.train, "validation": splits.validation, "test": splits.test}


def assign(
    ids: Sequence[str],
    pairs: Iterable[tuple[str, str]],
    known: Mapping[str, SplitEntry],
    *,
    shares: Mapping[SplitName, float],
    seed: int,
) -> tuple[SplitEntry, ...]:
    """The split of every article, in the articles' order, then the known lines of articles that are gone.

    Args:
        ids: the articles, in order.
        pairs: ids of near-duplicates.
        known: entries by id, which stay.
        shares: of all articles, by split.
        seed: of the order in which new clusters are dealt.

    Raises:
        DataError: near-duplicates are in two splits; a line for each such cluster.
    """
    members = grouped(clusters(ids, pairs))
    faults = [fault for names in members.values() if (fault := _bridge(names, known))]
    if faults:
        raise DataError("\n".join(faults))
    entries = dict(known)
    fresh = [cluster for cluster, names in members.items() if not _follow(entries, names)]
    total = len(known.keys() | set(ids))
    counts = Counter(entry.split for entry in entries.values())
    for cluster in sorted(fresh, key=lambda name: _lot(seed, name)):
        split = max(SPLITS, key=lambda name: shares[name] * total - counts[name])
        _place(entries, members[cluster], split, cluster)
        counts[split] += len(members[cluster])
    present = set(ids)
    return (*(entries[name] for name in ids), *(entry for entry in known.values() if entry.id not in present))


def _follow(entries: dict[str, SplitEntry], names: Sequence[str]) -> bool:
    """Place near-duplicates with the first of them that has a place; whether one has."""
    settled = next((entries[name] for name in names if name in entries), None)
    if settled is not None:
        _place(entries, names, settled.split, settled.cluster)
    return settled is not None


def _place(entries: dict[str, SplitEntry], names: Iterable[str], split: SplitName, cluster: str) -> None:
    for name in names:
        entries.setdefault(name, SplitEntry(id=name, split=split, cluster=cluster))


def _lot(seed: int, cluster: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{cluster}".encode()).digest()


def _bridge(names: Sequence[str], known: Mapping[str, SplitEntry]) -> str | None:
    """What is wrong with a cluster whose articles are in two splits, and what to do."""
    settled = [known[name] for name in names if name in known]
    if len({entry.split for entry in settled}) < 2:
        return None
    placed = ", ".join(f"{entry.id} ({entry.split})" for entry in settled)
    joined = ", ".join(name for name in names if name not in known)
    by = f", joined by {joined}" if joined else ""
    advice = f"take {joined} out of the raw folder" if joined else "take all but one out of the raw folder"
    return (
        f"corpus/splits.jsonl: near-duplicates in two splits: {placed}{by}; {advice}, "
        "or put them all in one split in that file and release the next major version"
    )


def _notes(entries: Iterable[SplitEntry], present: set[str]) -> Iterator[str]:
    entries = [entry for entry in entries if entry.id in present]
    counts = Counter(entry.split for entry in entries)
    yield ", ".join(f"{name} {counts[name]}" for name in SPLITS)
    shared = [size for size in Counter(entry.cluster for entry in entries).values() if size > 1]
    yield f"articles that share a cluster with a near-duplicate: {sum(shared)}; such clusters: {len(shared)} ({METHOD})"
