"""Pulling from an exported file: its annotations beside those of the server, without a place on one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.quarantined import annotation_in
from kliping.files import sha256
from kliping.project import one_at_a_time
from kliping.records import Annotation, Count, Quarantined, Receipt
from kliping.studio.client import exact
from kliping.studio.people.pseudonyms import bind_key, pseudonym_key
from kliping.studio.pull.brought import Brought, Counted, Reader
from kliping.studio.pull.earlier import keeping, read_earlier
from kliping.studio.pull.exports import read_export
from kliping.studio.pull.facts import note
from kliping.studio.pull.lines import drop_unchanged, in_order, put_fresh, settle_fresh
from kliping.studio.pull.merging import Own, merge, own_of
from kliping.studio.pull.receipt import compare, set_aside_by_code
from kliping.studio.pull.sameness import says_the_same
from kliping.studio.pull.storing import store, with_mirror
from kliping.studio.pull.tallies import WHAT
from kliping.studio.pull.texts import Texts
from kliping.studio.results.tally import in_annotation
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.pull.mirror import Mirror

__all__ = ["pull_file"]


@one_at_a_time("pull")
def pull_file(corpus: Corpus, contract: Contract, path: Path) -> Receipt:
    """Take in the annotations of a JSON export of any Label Studio.

    A task is known by the mark that `kliping push` gave it, else by the article's id with its text, else by the text
    alone. Of several annotations by one person on one article in one round, the newest counts, whether it came from a
    file or from a server. The same file a second time changes nothing, and no pull of a server takes out what came
    from a file.

    Raises:
        CallError: the extra `studio` is not installed.
        DataError: the file is no such export, or the pseudonym key is another than the corpus's; nothing is written.
    """
    key = pseudonym_key()
    bind_key(corpus, key)
    return with_mirror(corpus, lambda mirror: _pull_file(mirror, corpus, contract, path, key))


@dataclass(slots=True)
class _Tally:
    """What came of the file: counts, the people, and those who are known by a number alone."""

    taken: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    stayed: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    codes: Counter[str] = field(default_factory=Counter)

    def counts(self) -> tuple[Count, ...]:
        lines = [
            Count(what=one, taken=self.taken[one], kept=self.kept[one], set_aside=self.set_aside[one]) for one in WHAT
        ]
        came, stayed = len(self.people), len(self.stayed)
        return (*lines, Count(what="annotators", taken=came, kept=stayed, set_aside=came - stayed))


def _pull_file(mirror: Mirror, corpus: Corpus, contract: Contract, path: Path, key: bytes) -> Receipt:
    texts, tally = Texts(corpus, mirror), _Tally()
    reader = Reader(contract, key, texts, tuple(corpus.relabelled()))
    reader.people.update(_people(mirror, reader, path))
    for task in read_export(path, contract.scheme):
        for made in task.submitted:
            _bring(mirror, reader.take(task, made))
            if made.address is None and made.person is not None and made.person not in reader.people:
                tally.numbered.add(made.person)
    for (article,) in mirror.execute("SELECT article FROM brought UNION SELECT ''").fetchall():
        _merge(mirror, article, tally)
    drop_unchanged(mirror)
    difference = compare(mirror)
    settle_fresh(mirror)
    note(mirror, "recipe", "")  # the next pull of a server counts anew what it keeps of it
    changes = store(mirror, corpus, key, difference.changes)
    return Receipt(step="pull", counts=tally.counts(), changes=changes, notes=tuple(_notes(tally)))


def _people(mirror: Mirror, reader: Reader, path: Path) -> dict[str, str]:
    """Who the numbers of the file are, where work of theirs was pulled from the server that it was exported from.

    An annotation is known by its text, its round and the instant at which it was made, to the microsecond. Without
    this the same person would be two, who agree on everything.
    """
    found: dict[str, set[str]] = {}
    for task in read_export(path, reader.contract.scheme):
        numbered = [one for one in task.submitted if one.address is None and one.person and one.created_at]
        key = reader.key_of(task) if numbered else None
        if not isinstance(key, Key):
            continue
        pulled = [one for one in read_earlier(mirror, key.article_id).annotations if one.studio is not None]
        for made in numbered:
            at = (key.text_sha256, key.round, exact(str(made.created_at)))
            same = {one.annotator for one in pulled if (one.text_sha256, one.round, one.created) == at}
            found.setdefault(str(made.person), set()).update(same)
    return {number: next(iter(people)) for number, people in found.items() if len(people) == 1}


def _bring(mirror: Mirror, one: Brought) -> None:
    rows = [(one.article, one.pulled, one.annotation, one.quarantined, one.counted)]
    rows += [(one.article, aside.pulled, None, [], Counted("", {}, {})) for aside in one.quarantined]
    for article, pulled, annotation, quarantined, counted in rows:
        line = None if annotation is None else msgspec.json.encode(annotation)
        mirror.execute(
            "INSERT INTO brought VALUES (?, ?, ?, ?, ?)",
            (article, sha256(pulled.encode()), line, msgspec.json.encode(quarantined), msgspec.json.encode(counted)),
        )


def _merge(mirror: Mirror, article: str, tally: _Tally) -> None:
    """The lines of an article with what the file brought of it."""
    earlier = read_earlier(mirror, article)
    brought: list[tuple[Annotation | None, Counted]] = []
    aside: list[Quarantined] = []
    for line, asides, counted in mirror.execute(
        "SELECT annotation, quarantined, counted FROM brought WHERE article = ? ORDER BY rowid", (article,)
    ):
        made = None if line is None else keeping(earlier, msgspec.json.decode(line, type=Annotation))
        brought.append((made, msgspec.json.decode(counted, type=Counted)))
        aside += msgspec.json.decode(asides, type=list[Quarantined])
    # What a file's annotation superseded takes part again: it is among the annotations of before.
    stay = [one for one in earlier.quarantined if one.studio is not None and annotation_in(one) is None]
    own = own_of(earlier)
    own = Own(
        own.annotations + [one for one, _ in brought if one],
        [one for one in own.quarantined if not _is_brought(mirror, one)],
    )
    merged = merge([one for one in earlier.annotations if one.studio is not None], own)
    superseded = [_superseded(one, merged.reason(one)) for one in merged.superseded_on_server]
    quarantined = list(dict.fromkeys([*stay, *superseded, *merged.quarantined, *aside]))
    put_fresh(mirror, article, sorted(merged.kept, key=lambda one: (one.annotator, one.round)), in_order(quarantined))
    kept = {one.id: one for one in merged.kept}
    for made, counted in brought:
        if counted.annotator:
            _count(tally, made, kept.get(made.id) if made else None, counted)
    tally.codes.update(one.reason.partition(":")[0] for one in aside)


def _count(tally: _Tally, made: Annotation | None, kept: Annotation | None, counted: Counted) -> None:
    tally.taken.update(counted.taken)
    tally.people.add(counted.annotator)
    if made is None or kept is None or not says_the_same(made, kept):
        tally.set_aside.update(counted.taken)
        tally.codes["superseded"] += made is not None
        return
    tally.stayed.add(counted.annotator)
    tally.kept.update(in_annotation(made))
    tally.kept["skips"] += made.status == "skipped"
    tally.set_aside.update(counted.stray)


def _superseded(one: Annotation, reason: str) -> Quarantined:
    assert one.studio is not None  # noqa: S101 — for the type checker
    return Quarantined(
        article_id=one.article_id,
        annotator=one.annotator,
        studio=one.studio,
        reason=reason,
        pulled=msgspec.json.encode(one).decode(),
    )


def _is_brought(mirror: Mirror, one: Quarantined) -> bool:
    """Whether the file has again what was set aside of it before."""
    found = mirror.execute("SELECT 1 FROM brought WHERE pulled = ? LIMIT 1", (sha256(one.pulled.encode()),))
    return found.fetchone() is not None


def _notes(tally: _Tally) -> list[str]:
    told = [f"{len(tally.stayed)} annotators, {tally.kept['skips']} skipped"]
    if tally.numbered:
        told.append(
            f"{len(tally.numbered)} annotators are known by a number alone, as the file has no addresses: they cannot "
            "be joined with the same people's work on a server, unless that was pulled before the file"
        )
    return [*told, *set_aside_by_code(tally.codes)]
