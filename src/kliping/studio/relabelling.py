"""A constant that got another name, renamed on the server and in the corpus, as a recorded step.

The server comes first: until the next pull, `annotations/pulled/` holds the old name, and what is there can be pulled
again at any time. Each annotation is patched by itself, and one that is patched is not met again. What a run that was
killed had found is kept in `.kliping/relabelling.json`, so that the line in `relabelled.jsonl` counts it all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.relabelling import Files, Rename, refuse_contradictions, rename_files
from kliping.contract.labeling import arrow_names, side_of
from kliping.files import write_bytes
from kliping.records import Count, Receipt, Relabelling
from kliping.studio.projects import ADJUDICATION, find_project, known_projects
from kliping.studio.renaming import Names, holders_renamed, renamed_items, uses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client, Project
    from kliping.studio.results import Item

__all__ = ["relabel"]


class _Journal(msgspec.Struct):
    """What runs for one name found so far; `annotations` are the server's numbers."""

    control: str
    old: str
    new: str
    when: str
    annotations: list[int] = []
    files: Files = Files()


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
    named = [] if client is None else list(_named(corpus, contract, rename, client))
    tally.files = rename_files(corpus, rename, pulled=client is None, write=False)
    for server, project, names in named:
        tally.annotations += _annotations_of(server, project, names)
    journal.annotations = sorted({*journal.annotations, *tally.annotations})
    journal.files = Files(*map(max, journal.files, tally.files))
    if tally.annotations or any(tally.files):
        write_bytes(_place(corpus), msgspec.json.encode(journal))
    for server, project, names in named:
        _patch(server, project, names, tally, progress)
    rename_files(corpus, rename, pulled=client is None)
    tally.recorded = _record(corpus, contract, journal)
    return _receipt(rename, tally)


def _named(
    corpus: Corpus, contract: Contract, rename: Rename, client: Client
) -> Iterator[tuple[Client, Project, Names]]:
    """The corpus's projects, each with what stands for the constants there; arrows hold what its screen shows."""
    shown = arrow_names(contract.scheme, corpus.settings.language).get(rename.new, rename.new)
    adjudication = find_project(client, corpus.settings, ADJUDICATION)
    for project in (*known_projects(client, corpus.settings).values(), *([adjudication] if adjudication else [])):
        config = client.projects.setup(project.id).config
        yield (
            client,
            project,
            Names.of(rename, config, shown, lambda name: side_of(name, contract.scheme) == rename.old),
        )


def _annotations_of(client: Client, project: Project, names: Names) -> Iterator[int]:
    """The annotations of a project that use the old constant, and can be renamed."""
    for marked in client.tasks.marked(project.id):
        for made in marked.submitted:
            if uses(made.result, names) and renamed_items(made.result, names) is not None:
                yield made.id


def _patch(client: Client, project: Project, names: Names, tally: _Tally, progress: Callable[[str], None]) -> None:
    """Rename in every annotation, draft and prediction of a project that uses the old constant."""
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


def _place(corpus: Corpus) -> Path:
    return corpus.state / "relabelling.json"


def _journal(corpus: Corpus, rename: Rename) -> _Journal:
    """What an earlier run that was killed had found, or a new journal."""
    try:
        kept = msgspec.json.decode(_place(corpus).read_bytes(), type=_Journal)
    except (OSError, msgspec.MsgspecError):
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
    _place(corpus).unlink(missing_ok=True)
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
