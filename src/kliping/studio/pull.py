"""What was submitted on the server, as annotations; what cannot be proven right, in quarantine with the reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kliping.contract import violations
from kliping.errors import CallError
from kliping.files import encode_lines, write_bytes, write_shards
from kliping.records import Annotation, Quarantined, Receipt, Studio
from kliping.studio.earlier import digest, earlier_pull, refuse_loss
from kliping.studio.projects import find_project, title
from kliping.studio.pseudonyms import bind_key, keep_fingerprint, pseudonym, pseudonym_key
from kliping.studio.results import Reading, Unreadable, read
from kliping.studio.results.tally import counts, in_annotation, in_aside, in_result
from kliping.studio.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client, Marked, Submitted
    from kliping.studio.earlier import Earlier
    from kliping.studio.results.offsets import Unit

__all__ = ["pull"]

COUNTS_CODE_POINTS = (1, 23, 2)
"""The oldest Label Studio that was measured to count code points: decides only where a span fits in both units."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every submission is read with."""

    contract: Contract
    project: int
    texts: Texts
    key: bytes
    people: Mapping[int, str]
    models: Mapping[int, str]
    schemes: Mapping[tuple[int, str], str]
    tie: Unit | None


@dataclass(slots=True)
class _Pulled:
    """What a pull gathers: annotations, quarantine, the tasks met, and the counts of items."""

    annotations: list[Annotation] = field(default_factory=list)
    quarantine: list[Quarantined] = field(default_factory=list)
    tasks: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)


def pull(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Write `annotations/pulled/`, `quarantine.jsonl` and `key.json` from all that the server has.

    Of several submissions by one person on one article, the newest is taken and the older are quarantined. What was
    deleted on the server is removed here and named.

    Raises:
        CallError: the server has no such project.
        DataError: the pseudonym key is another than the corpus's, or the server lost what was pulled earlier.
        ServerError: the server fails; nothing is written.
    """
    key = pseudonym_key()
    bind_key(corpus, key)
    known = find_project(client, corpus.settings)
    if known is None:
        raise CallError(
            f"{client.url}: no project is titled {title(corpus.settings)!r}; run `kliping push` first, "
            "or mend LABEL_STUDIO_URL"
        )
    project, before = known.id, earlier_pull(corpus)
    pulled = _Pulled()
    newest: dict[tuple[str | None, int | None, int], list[tuple[Marked, Submitted]]] = {}
    people = client.people.addresses()
    parents = False
    for marked in client.tasks.marked(project):
        pulled.tasks[marked.task] = (marked.key[0] if marked.key else None, marked.created)
        for made in marked.submitted:
            newest.setdefault(_whose(marked, made), []).append((marked, made))
            parents |= made.parent_prediction is not None
    refuse_loss(before, pulled.tasks, client.url)
    setting = _Setting(
        contract, project, Texts(corpus), key, people, client.projects.prediction_models(project) if parents else {},
        {(one.annotation, one.updated): one.scheme for one in before if one.updated and one.scheme},
        "code points" if client.version() >= COUNTS_CODE_POINTS else None,
    )  # fmt: skip
    progress(f"{sum(map(len, newest.values()))} submissions to read")
    for submissions in newest.values():
        _take_newest(setting, submissions, pulled)
    return _write(corpus, key, before, pulled)


def _whose(marked: Marked, made: Submitted) -> tuple[str | None, int | None, int]:
    """What is one person's on one article; what is nobody's, or on no article of ours, is each its own."""
    ours = marked.key is not None and made.person is not None
    return (marked.key[0] if marked.key else None, made.person, 0 if ours else made.id)


def _take_newest(setting: _Setting, submissions: list[tuple[Marked, Submitted]], pulled: _Pulled) -> None:
    *older, last = sorted(submissions, key=lambda one: (one[1].updated, one[1].id))
    for marked, made in older:
        reason = f"superseded: the same person submitted the article again, as annotation {last[1].id}"
        _quarantine(setting, marked, made, reason, pulled)
    _take(setting, *last, pulled)


def _take(setting: _Setting, marked: Marked, made: Submitted, pulled: _Pulled) -> None:
    """One submission into the annotations or into quarantine, counted on both sides."""
    if marked.key is None:
        _quarantine(setting, marked, made, "foreign-task: the task was not made by kliping", pulled)
        return
    if made.person not in setting.people:
        _quarantine(setting, marked, made, "nobody: the server does not say who submitted it", pulled)
        return
    text = setting.texts.get(marked.key)
    if text is None:
        reason = f"unknown-text: neither articles nor revisions have the text {marked.key[1][:12]}… of this article"
        _quarantine(setting, marked, made, reason, pulled)
        return
    try:
        reading = read(made.result, text, setting.contract.scheme, setting.tie)
    except Unreadable as unreadable:
        _quarantine(setting, marked, made, str(unreadable), pulled)
        return
    annotation = _annotation(setting, marked, made, reading)
    faults = list(violations(setting.contract, "annotation", annotation))
    if faults:
        _quarantine(setting, marked, made, f"contract: {'; '.join(faults)}", pulled)
        return
    _count(setting, made, pulled)
    pulled.annotations.append(annotation)
    pulled.kept.update(in_annotation(annotation))
    aside_items = [aside.item for aside in reading.set_aside]
    pulled.set_aside.update(in_aside(aside_items, annotation, setting.contract.scheme))
    for aside in reading.set_aside:
        pulled.quarantine.append(_record(setting, marked, made, aside.reason, msgspec.json.encode(aside.item)))


def _annotation(setting: _Setting, marked: Marked, made: Submitted, reading: Reading) -> Annotation:
    assert marked.key is not None  # noqa: S101 — for the type checker
    article_id, text_sha256, number = marked.key
    annotator = _annotator(setting, made)
    parent = made.parent_prediction
    return Annotation(
        id=f"{article_id}.{annotator}.{number}",
        article_id=article_id,
        text_sha256=text_sha256,
        annotator=annotator,
        round=number,
        scheme=setting.schemes.get((made.id, made.updated), setting.contract.scheme.version),
        status="skipped" if made.skipped else "submitted",
        entities=reading.entities,
        stances=reading.stances,
        comment=reading.comment,
        created=made.created,
        updated=made.updated,
        lead_time=made.lead_time,
        predictions_shown=None if parent is None else setting.models.get(parent) or "unknown",
        studio=Studio(project=setting.project, task=marked.task, annotation=made.id),
    )


def _annotator(setting: _Setting, made: Submitted) -> str:
    """The pseudonym of who submitted; of the server's number where it knows no address any more."""
    known = setting.people.get(made.person) if made.person is not None else None
    return pseudonym(setting.key, known or f"#{made.person}")


def _count(setting: _Setting, made: Submitted, pulled: _Pulled) -> None:
    pulled.taken.update(in_result(made.result, setting.contract.scheme))
    pulled.taken["annotations"] += 1


def _quarantine(setting: _Setting, marked: Marked, made: Submitted, reason: str, pulled: _Pulled) -> None:
    """Set a whole submission aside."""
    _count(setting, made, pulled)
    pulled.set_aside.update(in_result(made.result, setting.contract.scheme))
    pulled.set_aside["annotations"] += 1
    said = {"skipped": made.skipped, "created": made.created, "updated": made.updated, "result": made.result}
    pulled.quarantine.append(_record(setting, marked, made, reason, msgspec.json.encode(said)))


def _record(setting: _Setting, marked: Marked, made: Submitted, reason: str, what: bytes) -> Quarantined:
    return Quarantined(
        article_id=marked.key[0] if marked.key else None,
        annotator=_annotator(setting, made),
        studio=Studio(project=setting.project, task=marked.task, annotation=made.id),
        reason=reason,
        pulled=what.decode(),
    )


def _write(corpus: Corpus, key: bytes, before: list[Earlier], pulled: _Pulled) -> Receipt:
    own = [one for one in corpus.annotations() if one.studio is None]
    annotations = sorted([*pulled.annotations, *own], key=lambda one: (one.article_id, one.annotator))
    quarantine = sorted(
        pulled.quarantine, key=lambda one: (one.article_id or "", one.annotator, one.studio.annotation, one.reason)
    )
    new_key = keep_fingerprint(corpus, key)
    written = write_shards(corpus.annotation_folder / "pulled", annotations)
    written |= write_bytes(corpus.annotation_folder / "quarantine.jsonl", encode_lines(quarantine))
    changes = _changes(before, [*pulled.annotations, *quarantine]) or int(written)
    return Receipt(
        step="pull",
        counts=counts(pulled.taken, pulled.kept, pulled.set_aside),
        changes=changes + new_key,
        notes=tuple(_notes(before, pulled)),
    )


def _changes(before: Iterable[Earlier], now: Iterable[Annotation | Quarantined]) -> int:
    """How many annotations and quarantined ones are new, changed or gone."""
    old = {(one.name, one.annotation, one.digest) for one in before}
    new = {(_name(one), one.studio.annotation, digest(one)) for one in now if one.studio}
    return len({one[:2] for one in old ^ new})


def _name(one: Annotation | Quarantined) -> str:
    return one.id if isinstance(one, Annotation) else f"{one.article_id}.{one.annotator}"


def _notes(before: Iterable[Earlier], pulled: _Pulled) -> Iterable[str]:
    skips = sum(one.status == "skipped" for one in pulled.annotations)
    yield f"{len({one.annotator for one in pulled.annotations})} annotators, {skips} skipped"
    everything: list[Annotation | Quarantined] = [*pulled.annotations, *pulled.quarantine]
    here = {one.studio.annotation for one in everything if one.studio}
    for name in sorted({one.name for one in before if one.annotation not in here}):
        yield f"removed: {name} was deleted on the server"
    for code, times in sorted(Counter(one.reason.partition(":")[0] for one in pulled.quarantine).items()):
        yield f"{times} set aside as {code}; see annotations/quarantine.jsonl"
