"""The decisions of the adjudication project, into the ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from kliping.annotation.relabelling import Rename, renamed
from kliping.contract import violations
from kliping.files import encode_lines, write_bytes
from kliping.project import one_at_a_time
from kliping.records import Count, Receipt
from kliping.studio.adjudication.consistency import leave_out_contradictions
from kliping.studio.adjudication.merging import Submission, merge, moment, sort_key
from kliping.studio.adjudication.reading import Answerer, Asked, read_answers
from kliping.studio.adjudication.tasks import asked_in
from kliping.studio.people.pseudonyms import bind_key, pseudonym, pseudonym_key
from kliping.studio.projects import ADJUDICATION, find_project
from kliping.studio.results.offsets import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Decision, Relabelling
    from kliping.studio.client import Client, Marked, Submitted
    from kliping.studio.results.offsets import Unit

__all__ = ["fetch_decisions"]

NAMED = 20
"""Sentences of one kind that the receipt gives one by one."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every submission is read with."""

    contract: Contract
    texts: Mapping[tuple[str, str], str]
    key: bytes
    people: Mapping[int, str]
    tie: Unit | None
    relabelled: tuple[Relabelling, ...]


@dataclass(slots=True)
class _Fetched:
    """What a fetch gathers.

    Attributes:
        submissions: what was read, by article and text.
        asked: how many questions were put to those who submitted.
        answered: how many of them are answered.
        added: how many decisions are on what no question asked about.
        lost: how many regions and stances beside the questions decide nothing.
        skipped: how many tasks were skipped.
        notes: what could not be taken.
    """

    submissions: dict[tuple[str, str], list[Submission]] = field(default_factory=lambda: defaultdict(list))
    asked: int = 0
    answered: int = 0
    added: int = 0
    lost: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)


@one_at_a_time("adjudicate")
def fetch_decisions(corpus: Corpus, contract: Contract, client: Client) -> Receipt:
    """Lay what adjudicators submitted over `annotations/decisions.jsonl`; written whole or not at all.

    What cannot be proven right decides nothing and is told: its question stays open. So is what would contradict the
    rest of the ledger.

    Raises:
        DataError: the pseudonym key is another than the corpus's, or several projects are the adjudication's.
        ServerError: the server fails; nothing is written.
    """
    key = pseudonym_key()
    bind_key(corpus, key)
    fetched = _Fetched()
    project = find_project(client, corpus.settings, ADJUDICATION)
    if project is not None:
        tasks = [marked for marked in client.tasks.marked(project.id, data=True) if marked.submitted]
        setting = _Setting(
            contract,
            _texts(corpus, tasks),
            key,
            client.people.addresses(),
            unit_of(client.version()),
            tuple(corpus.relabelled()),
        )
        for marked in tasks:
            for made in marked.submitted:
                _take(setting, marked, made, fetched)
    changes, notes = _write(corpus, fetched.submissions)
    return _receipt(fetched, changes, notes)


def _texts(corpus: Corpus, tasks: Iterable[Marked]) -> dict[tuple[str, str], str]:
    """The texts that tasks were made of, of today or earlier."""
    wanted = {one.key[:2] for one in tasks if one.key is not None}
    return {
        (article.id, article.text_sha256): article.text
        for article in chain(corpus.revisions(), corpus.articles())
        if (article.id, article.text_sha256) in wanted
    }


def _take(setting: _Setting, marked: Marked, made: Submitted, fetched: _Fetched) -> None:
    """Read one submission; what keeps it from being read is told with its task."""
    known = setting.people.get(made.person) if made.person is not None else None
    by = None if known is None else pseudonym(setting.key, known)
    decisions = _decisions(setting, marked, made, by, fetched)
    if marked.mark is not None and by is not None:
        article_id, text_sha256, _ = marked.mark.key
        submission = Submission(
            made.id, by, made.created, made.updated, article_id, text_sha256, decisions or (), decisions is not None
        )
        fetched.submissions[article_id, text_sha256].append(submission)


def _decisions(
    setting: _Setting, marked: Marked, made: Submitted, by: str | None, fetched: _Fetched
) -> tuple[Decision, ...] | None:
    """What a submission decides; None where it was skipped, or cannot be read."""
    where = f"adjudication task {marked.task}"
    asked = _asked(setting, marked)
    if isinstance(asked, str):
        fetched.notes.append(f"{where}: {asked}")
        return None
    fetched.asked += len(asked.questions)
    if made.skipped:
        fetched.skipped += 1
        return None
    if by is None:
        fetched.notes.append(f"{where}: nobody: the server does not say who submitted it")
        return None
    answers = read_answers(asked, made.result, Answerer(by, made.updated), setting.contract.scheme, setting.tie)
    decisions = tuple(_relabelled(setting, marked, one) for one in answers.decisions)
    faults = [fault for one in decisions for fault in violations(setting.contract, "decision", one)]
    if faults:
        fetched.notes.append(f"{where}: contract: {'; '.join(faults)}")
        return None
    fetched.answered += answers.answered
    fetched.added += answers.added
    fetched.lost += answers.lost
    fetched.notes += [f"{where}, article {asked.article_id}: {note}" for note in answers.notes]
    return decisions


def _relabelled(setting: _Setting, marked: Marked, decision: Decision) -> Decision:
    """A decision with the constants of today, where its task was made before they were renamed."""
    for one in setting.relabelled:
        if moment(one.when) >= moment(marked.created):
            decision = renamed(decision, Rename(one.control, one.old, one.new))
    return decision


def _asked(setting: _Setting, marked: Marked) -> Asked | str:
    """What a task asks, or why that cannot be told."""
    if marked.mark is None:
        return "foreign-task: the task was not made by kliping"
    found = asked_in(marked.data, marked.mark)
    if found is None:
        return "edited-task: its questions are not those that were sent; what was answered is not known"
    article_id, text_sha256, _ = marked.mark.key
    text = setting.texts.get((article_id, text_sha256))
    if text is None:
        return f"unknown-text: neither articles nor revisions have the text {text_sha256[:12]}… of {article_id}"
    guidelines, questions = found
    return Asked(article_id, text_sha256, text, guidelines, questions)


def _write(corpus: Corpus, submissions: Mapping[tuple[str, str], list[Submission]]) -> tuple[int, list[str]]:
    """Merge and write; how many lines changed, and what there is to tell."""
    held: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in corpus.decisions():
        held[decision.article_id, decision.text_sha256].append(decision)
    merged = {text: merge(held.get(text, ()), said) for text, said in submissions.items()}
    changed = {text: one for text, one in merged.items() if one.changed}
    if changed:
        leave_out_contradictions(corpus, held, submissions, changed)
    if any(one.changed for one in changed.values()):
        after = {**held, **{text: one.decisions for text, one in changed.items()}}
        lines = sorted((line for lines in after.values() for line in lines), key=sort_key)
        write_bytes(corpus.annotation_folder / "decisions.jsonl", encode_lines(lines))
    everything = {**merged, **changed}
    notes = [note for _, one in sorted(everything.items()) for note in one.notes]
    return sum(one.changed for one in everything.values()), notes


def _receipt(fetched: _Fetched, changes: int, notes: list[str]) -> Receipt:
    aside = fetched.asked - fetched.answered
    told = [f"{fetched.skipped} adjudication tasks were skipped"] if fetched.skipped else []
    return Receipt(
        step="adjudicate",
        counts=(
            Count(what="questions submitted", taken=fetched.asked, kept=fetched.answered, set_aside=aside),
            Count(what="additions", taken=fetched.added + fetched.lost, kept=fetched.added, set_aside=fetched.lost),
        ),
        changes=changes,
        notes=(*told, *_first(fetched.notes), *_first(notes)),
    )


def _first(sentences: list[str]) -> Iterator[str]:
    yield from sentences[:NAMED]
    if len(sentences) > NAMED:
        yield f"and {len(sentences) - NAMED} more like this"
