"""`kliping split`: every article gets a split, once and for ever; near-duplicates share one."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError
from kliping.files import encode_lines, write_bytes
from kliping.normaliser.run.near_duplicates import METHOD
from kliping.normaliser.run.resemblance import near_duplicates
from kliping.project import alone
from kliping.records import Count, Receipt, SplitEntry, SplitName
from kliping.release.splitting.dealing import Cluster, deal
from kliping.release.splitting.decisions import decided
from kliping.release.splitting.facts import read_facts
from kliping.release.splitting.groups import groups
from kliping.release.splitting.held_out import held_out
from kliping.release.splitting.names import SPLITS
from kliping.release.splitting.periods import Periods, periods_by_share, periods_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.project import Corpus
    from kliping.release.splitting.facts import Facts
    from kliping.release.splitting.groups import Group

__all__ = ["SPLITS", "Rule", "assign", "split_corpus"]

_NOTHING: Mapping[str, SplitName] = MappingProxyType({})


class Rule(NamedTuple):
    """How new clusters are given their splits.

    Attributes:
        shares: of all articles, by split; they sum to 1.
        seed: of the lots.
        by_time: whether the newest articles are for the test, instead of stratified lots.
    """

    shares: Mapping[SplitName, float]
    seed: int
    by_time: bool = False

    @classmethod
    def of(cls, corpus: Corpus) -> Rule:
        """As the settings say."""
        splits = corpus.settings.splits
        shares: dict[SplitName, float] = {
            "train": splits.train,
            "validation": splits.validation,
            "test": splits.test,
        }
        return cls(shares, corpus.settings.seed, splits.by == "time")


class Assigned(NamedTuple):
    """The split of every group's new articles; the periods that decided, where time did."""

    entries: Mapping[str, SplitEntry]
    periods: Periods | None = None


def split_corpus(corpus: Corpus, resolve: Mapping[str, SplitName] = _NOTHING, *, dry_run: bool = False) -> Receipt:
    """Give every article of `corpus/articles` a line in `corpus/splits.jsonl`.

    Lines that are there stay for ever, also of articles that are gone; only a decision moves one. A new near-duplicate
    gets the split of its cluster; articles of held-out targets go to the test; the other new clusters are dealt by the
    settings: by stratum, seed and shares, or by time.

    Args:
        corpus: an opened corpus.
        resolve: decisions: an article, and the split where its whole cluster goes.
        dry_run: write nothing; the receipt tells what would be done.

    Raises:
        CallError: a setting names an unknown field or target, or a decision is not needed.
        DataError: there are no articles, or a decision is needed: near-duplicates are in two splits, or an article of a
            held-out target is not in the test; nothing is written.
    """
    with nullcontext() if dry_run else alone(corpus, "split"):
        return _split_corpus(corpus, resolve, dry_run=dry_run)


def _split_corpus(corpus: Corpus, resolve: Mapping[str, SplitName], *, dry_run: bool) -> Receipt:
    facts = read_facts(corpus)
    if not facts:
        raise DataError(f"{corpus.corpus / 'articles'}: no articles; run `kliping normalise` first")
    held = held_out(corpus)
    known = {entry.id: entry for entry in corpus.splits()}
    pairs = near_duplicates(corpus)
    joined = [(pair.of, pair.id) for pair in pairs]
    found = groups(facts, joined, known)
    moved = decided(found, held, resolve, pairs)
    settled = known | moved
    made = assign(facts, groups(facts, joined, settled) if moved else found, held, Rule.of(corpus))
    placed = [settled.get(name) or made.entries[name] for name in facts]
    lines = encode_lines([*placed, *(entry for name, entry in settled.items() if name not in facts)])
    path = corpus.corpus / "splits.jsonl"
    changed = not (path.exists() and path.read_bytes() == lines) if dry_run else write_bytes(path, lines)
    return Receipt(
        step="split",
        counts=(Count(what="articles", taken=len(facts), kept=len(placed)),),
        changes=max(len(made.entries) + len(moved), int(changed)),
        notes=(*_moves(known, moved), *_notes(placed), *_period_notes(made, facts)),
    )


def assign(
    facts: Mapping[str, Facts], found: Sequence[Group], held: Mapping[str, tuple[str, ...]], rule: Rule
) -> Assigned:
    """The lines of the articles that have none yet.

    Args:
        facts: of every article, by id.
        found: the articles in groups, each in one split at most.
        held: the articles of held-out targets, which go to the test.
        rule: for what is free to go anywhere.

    Raises:
        DataError: the rule is by time, and the splits that are there were not, or no article has a date.
    """
    entries: dict[str, SplitEntry] = {}
    free = []
    for group in found:
        if group.splits:
            (split,) = group.splits
            _place(entries, group, split)
        elif not held.keys().isdisjoint(group.present):
            _place(entries, group, "test")
        else:
            free.append(group)
    if rule.by_time:
        periods = _periods(facts, found, free, held, rule)
        for group in free:
            _place(entries, group, periods.split(_newest(facts, group.present)))
        return Assigned(entries, periods)
    taken = {name: split for group in found for name, split in _taken(group, entries)}
    clusters = [Cluster(min(group.present), tuple(facts[name].stratum for name in group.present)) for group in free]
    dealt = deal(clusters, ((facts[name].stratum, split) for name, split in taken.items()), rule.shares, rule.seed)
    for group in free:
        _place(entries, group, dealt[min(group.present)])
    return Assigned(entries)


def _place(entries: dict[str, SplitEntry], group: Group, split: SplitName) -> None:
    """A line for each article of a group that has none."""
    settled = {entry.id for entry in group.settled}
    for name in group.present:
        if name not in settled:
            entries[name] = SplitEntry(id=name, split=split, cluster=group.cluster)


def _taken(group: Group, entries: Mapping[str, SplitEntry]) -> Iterator[tuple[str, SplitName]]:
    """The articles of a group that have a split."""
    settled = {entry.id: entry for entry in group.settled}
    for name in group.present:
        if entry := settled.get(name) or entries.get(name):
            yield name, entry.split


def _periods(
    facts: Mapping[str, Facts],
    found: Iterable[Group],
    free: Sequence[Group],
    held: Mapping[str, tuple[str, ...]],
    rule: Rule,
) -> Periods:
    """Those of the splits that are there, else by the shares of the articles with a date that are free."""
    settled: list[tuple[str, SplitName]] = []
    for group in found:
        lines = {entry.id: entry.split for entry in group.settled}
        names = [name for name in group.present if name in lines]
        day = _newest(facts, names)
        if day and held.keys().isdisjoint(group.present):
            settled.extend((day, lines[name]) for name in names)
    days = [day for group in free if (day := _newest(facts, group.present)) for _ in group.present]
    if free and not (settled or days):
        raise DataError(
            'corpus/articles: no article has a date, and [tool.kliping.splits] says by = "time"; take it out, or state '
            "when they were published"
        )
    return periods_of(settled) or periods_by_share(days, rule.shares)


def _newest(facts: Mapping[str, Facts], names: Iterable[str]) -> str | None:
    return max((day for name in names if (day := facts[name].day)), default=None)


def _moves(known: Mapping[str, SplitEntry], moved: Mapping[str, SplitEntry]) -> Iterator[str]:
    for name, entry in moved.items():
        yield f"moved: {name} from {known[name].split} to {entry.split}"
    if moved:
        yield "moved splits make the next release a major one"


def _notes(entries: Sequence[SplitEntry]) -> Iterator[str]:
    counts = Counter(entry.split for entry in entries)
    yield ", ".join(f"{name} {counts[name]}" for name in SPLITS)
    shared = [size for size in Counter(entry.cluster for entry in entries).values() if size > 1]
    yield f"articles that share a cluster with a near-duplicate: {sum(shared)}; such clusters: {len(shared)} ({METHOD})"


def _period_notes(made: Assigned, facts: Mapping[str, Facts]) -> Iterator[str]:
    if made.periods is not None:
        yield f"by time: {made.periods}"
        undated = sum(facts[name].day is None for name in made.entries)
        if undated:
            yield f"new articles without a date, in the test unless a near-duplicate says otherwise: {undated}"
