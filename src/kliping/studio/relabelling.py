"""A constant that got another name, renamed on the server and in the corpus, as a recorded step.

The server comes first: until the next pull, `annotations/pulled/` holds the old name, and what is there can be pulled
again at any time. Each annotation is patched by itself, and one that is patched is not met again. Patching makes it the
newest of its annotator's on the article: those that were newer are saved again after it, so that the same one counts.
What a run that was killed had found is kept in `.kliping/relabelling.json`, so that the next one ends it, and the line
in `relabelled.jsonl` counts it all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.annotation.relabelling import Files, Rename, refuse_contradictions, rename_files
from kliping.contract.labeling import arrow_names, side_of
from kliping.files import write_bytes
from kliping.project import one_at_a_time
from kliping.records import Count, Receipt, Relabelling
from kliping.studio.projects import ADJUDICATION, find_project, known_projects
from kliping.studio.pull.sameness import moment
from kliping.studio.renaming import Names, holders_renamed, renamed_items, uses

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client, Project
    from kliping.studio.results import Item

__all__ = ["relabel"]


class _Journal(msgspec.Struct):
    """What runs for one name found so far: the server's numbers of what is renamed, and of what is saved after it."""

    control: str
    old: str
    new: str
    when: str
    annotations: list[int] = []
    newer: list[int] = []
    files: Files = Files()


class _Workplace(NamedTuple):
    """A project, what stands for the constants there, and whether adjudicators work in it."""

    client: Client
    project: Project
    names: Names
    adjudicates: bool


class _Found(NamedTuple):
    """A submission of a project: when it was saved last, its number, and whether it is to be renamed."""

    saved: datetime
    number: int
    uses: bool


@dataclass(slots=True)
class _Tally:
    """What a run met.

    Attributes:
        online: whether there is a server.
        annotations: the server's numbers of those that use the old constant, and could be renamed.
        clashes: links to those that were left, as they answer for the new constant too, and otherwise.
        others: drafts and predictions that were renamed there.
        files: records of the corpus's files.
        recorded: whether a line was written.
    """

    online: bool
    annotations: list[int] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    others: int = 0
    files: Files = field(default_factory=Files)
    recorded: bool = False

    @property
    def changes(self) -> int:
        return len(self.annotations) + self.others + sum(self.files) + self.recorded


@one_at_a_time("relabel")
def relabel(
    corpus: Corpus,
    contract: Contract,
    rename: Rename,
    client: Client | None,
    progress: Callable[[str], None] = lambda _: None,
) -> Receipt:
    """Rename a constant in what people and models made, on the server and in the corpus.

    Args:
        corpus: the corpus.
        contract: its contract, in which the new constant is offered and the old one is not.
        rename: the constant.
        client: of the server; None where there is none any more: what was pulled from it is renamed here instead.
        progress: told what takes long.

    Raises:
        DataError: decisions would contradict each other by it; nothing was changed.
        ServerError: the server fails; run it again to go on.
    """
    refuse_contradictions(corpus, rename)
    journal, tally = _journal(corpus, rename), _Tally(client is not None)
    places = [] if client is None else list(_workplaces(corpus, contract, rename, client))
    tally.files = rename_files(corpus, rename, pulled=client is None, write=False)
    found = _submissions(places)
    tally.annotations = [one.number for several in found.values() for one in several if one.uses]
    journal.newer += list(_newer(found, {*journal.annotations, *journal.newer}))
    journal.annotations = sorted({*journal.annotations, *tally.annotations})
    journal.files = Files(*map(max, journal.files, tally.files))
    if tally.annotations or any(tally.files):
        write_bytes(_journal_path(corpus), msgspec.json.encode(journal))
    for one in places:
        _patch(one, tally, progress)
    if client is not None:
        _save_again(client, journal.newer, {one.number for several in found.values() for one in several})
    rename_files(corpus, rename, pulled=client is None)
    tally.recorded = _record(corpus, contract, journal)
    return _receipt(rename, tally)


def _workplaces(corpus: Corpus, contract: Contract, rename: Rename, client: Client) -> Iterator[_Workplace]:
    """The corpus's projects, each with what stands for the constants there; arrows hold what its screen shows."""
    shown = arrow_names(contract.scheme, corpus.settings.language).get(rename.new, rename.new)
    adjudication = find_project(client, corpus.settings, ADJUDICATION)
    for project in (*known_projects(client, corpus.settings).values(), *([adjudication] if adjudication else [])):
        config = client.projects.setup(project.id).config
        names = Names.of(rename, config, shown, lambda name: side_of(name, contract.scheme) == rename.old)
        yield _Workplace(client, project, names, project is adjudication)


def _submissions(places: Iterable[_Workplace]) -> dict[object, list[_Found]]:
    """What of one article competes with each other: one annotator's of a round, or all adjudicators', the oldest first.

    Of all, only the numbers are held.
    """
    found: dict[object, list[_Found]] = defaultdict(list)
    for client, project, names, adjudicates in places:
        for marked in client.tasks.marked(project.id):
            about = (marked.key.article_id, marked.key.round) if marked.key else marked.task
            for made in marked.submitted:
                to_rename = uses(made.result, names) and renamed_items(made.result, names) is not None
                whose = (about, "adjudicators" if adjudicates else made.person)
                found[whose].append(_Found(moment(made.updated), made.id, to_rename))
    return {whose: sorted(several) for whose, several in found.items()}


def _newer(found: Mapping[object, Sequence[_Found]], known: Collection[int]) -> Iterator[int]:
    """What is newer than something that is to be renamed, in its order.

    Args:
        found: what competes with each other.
        known: what a run that was killed had found: what is newer than that was saved since.
    """
    for several in found.values():
        reached = False
        for one in several:
            if reached and one.number not in known:
                yield one.number
            reached = reached or one.uses or one.number in known


def _save_again(client: Client, newer: Iterable[int], there: Collection[int]) -> None:
    """Make annotations the newest again, in an order; those that were deleted since are passed over."""
    for number in newer:
        if number in there:
            client.annotations.rewrite(number, client.annotations.result(number))


def _patch(workplace: _Workplace, tally: _Tally, progress: Callable[[str], None]) -> None:
    """Rename in every annotation, draft and prediction of a project that uses the old constant."""
    client, project, names, _ = workplace
    patched = 0
    for marked in client.tasks.marked(project.id):
        for made in marked.submitted:
            if not uses(made.result, names):
                continue
            # Somebody may have saved it since the page was told: a rewriting of that would undo their work.
            items = renamed_items(client.annotations.result(made.id), names)
            if items is None:
                tally.clashes.append(f"{client.url}/projects/{project.id}/data?task={marked.task}")
                continue
            _offer(client, marked.task, names)
            client.annotations.rewrite(made.id, items)
            patched += 1
            progress(f"{patched} annotations renamed")
    for task in list(client.tasks.begun(project.id)):
        for draft in client.tasks.drafts(task):
            tally.others += _patched(draft.id, draft.result, names, client.annotations.rewrite_draft)
    for predicted in client.tasks.predicted(project.id):
        tally.others += _patched(predicted.id, predicted.result, names, client.annotations.rewrite_prediction)


def _patched(number: int, result: tuple[Item, ...], names: Names, rewrite: Callable[[int, list[Item]], None]) -> bool:
    items = renamed_items(result, names) if uses(result, names) else None
    if items is not None:
        rewrite(number, items)
    return items is not None


def _offer(client: Client, task: int, names: Names) -> None:
    """Name a declared holder anew among those that a task brings, else the screen would show none chosen."""
    if names.rename.control == "holder":
        data = client.tasks.data(task)
        holders = holders_renamed(data.get("holders"), names.rename)
        if holders is not None:
            client.tasks.set_data(task, {**data, "holders": holders})


def _journal_path(corpus: Corpus) -> Path:
    return corpus.state / "relabelling.json"


def _journal(corpus: Corpus, rename: Rename) -> _Journal:
    """What an earlier run that was killed had found, or a new journal."""
    try:
        kept = msgspec.json.decode(_journal_path(corpus).read_bytes(), type=_Journal)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        kept = None
    if kept is not None and (kept.control, kept.old, kept.new) == rename:
        return kept
    return _Journal(*rename, when=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))


def _record(corpus: Corpus, contract: Contract, journal: _Journal) -> bool:
    """Write down what was renamed, once; whether it was new."""
    annotations = len(journal.annotations) + journal.files.annotations
    new = False
    if annotations or any(journal.files):
        line = Relabelling(
            control=journal.control,  # type: ignore[arg-type]
            old=journal.old,
            new=journal.new,
            annotations=annotations,
            decisions=journal.files.decisions,
            scheme=contract.scheme.version,
            when=journal.when,
        )
        if line not in corpus.relabelled():
            path = corpus.annotation_folder / "relabelled.jsonl"
            before = path.read_bytes() if path.exists() else b""
            new = write_bytes(path, before + msgspec.json.encode(line) + b"\n")
    _journal_path(corpus).unlink(missing_ok=True)
    return new


def _receipt(rename: Rename, tally: _Tally) -> Receipt:
    clashes, files = len(tally.clashes), tally.files
    used = len(tally.annotations) + files.annotations
    notes = [
        (clashes, f"{clashes} annotations have both, and differ; decide there: {', '.join(tally.clashes[:10])}"),
        (tally.others, f"{tally.others} drafts and predictions renamed on the server"),
        (tally.recorded, "written down in annotations/relabelled.jsonl"),
        (
            tally.online and bool(tally.annotations),
            "annotations/pulled/ has the old name until you run `kliping pull`; then run `kliping adjudicate`",
        ),
        (not tally.online and bool(used), "run `kliping adjudicate` for gold with the new name"),
    ]
    return Receipt(
        step="relabel",
        counts=(
            Count(what=f"annotations with {rename.old}", taken=used + clashes, kept=used, set_aside=clashes),
            Count(what="decisions", taken=files.decisions, kept=files.decisions),
            Count(what="predictions", taken=files.predictions, kept=files.predictions),
            Count(what="carried annotations", taken=files.carried, kept=files.carried),
        ),
        changes=tally.changes,
        notes=tuple(note for told, note in notes if told),
    )
