"""`kliping normalise`: the raw folder to sources, articles and rejections, whole or not at all.

A run lists the raw files, lets workers make a shard of lines at a time beside their place, settles who is who from the
facts alone, and puts the result in its place. What depends on the number of workers is the time it takes.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.errors import CallError, DataError, KlipingError
from kliping.files import encode_lines, write_bytes
from kliping.normaliser.inputs import own_fields, require_fields
from kliping.normaliser.run.archive import Archive, Places, lines_in
from kliping.normaliser.run.differences import changed_lines, difference
from kliping.normaliser.run.journal import Journal, finish
from kliping.normaliser.run.ledger import Books, named
from kliping.normaliser.run.listing import list_raw, path_order
from kliping.normaliser.run.plan import contract_digest, plan
from kliping.normaliser.run.processes import available_cores, each
from kliping.normaliser.run.resemblance import REPORT, near_duplicates
from kliping.normaliser.run.settlement import Known, Wishes, settle
from kliping.normaliser.run.staging import Job, facts_of, is_staged, lines_of, stage
from kliping.normaliser.run.treatment import Treatments
from kliping.project import one_at_a_time
from kliping.records import Count, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.normaliser.run.ledger import Ledger
    from kliping.normaliser.run.plan import Shard
    from kliping.normaliser.run.staging import Fact
    from kliping.project import Corpus

__all__ = ["DIFFERENCES", "Options", "Progress", "normalise_corpus"]

DIFFERENCES = "would-change.diff"
"""In `.kliping/`: what the run would have changed in annotated texts."""


class Progress(NamedTuple):
    """How far a run is: inputs read, and bytes of raw files of how many."""

    inputs: int
    bytes: int
    all_bytes: int


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes.

    Attributes:
        workers: processes; None takes the setting, else all cores.
        accept: ids of annotated articles that take the text of today; None takes all.
        near_duplicates: whether to look for near-duplicates at the end.
        progress: told how far the run is.
    """

    workers: int | None = None
    accept: AbstractSet[str] | None = frozenset()
    near_duplicates: bool = True
    progress: Callable[[Progress], None] = lambda _: None


@one_at_a_time("normalise")
def normalise_corpus(
    corpus: Corpus,
    contract: Contract,
    annotated: AbstractSet[str],
    options: Options = Options(),
) -> Receipt:
    """Normalise every raw file, in the order of their paths, and write what came of them.

    An article whose id is in `annotated` keeps the text it was annotated on, and the receipt says so, unless it is
    accepted. Another text that changes, or whose raw file is now rejected, is kept in `corpus/revisions/`. An article
    whose raw file is gone stays, for raw files may live elsewhere; to take one out, delete its line in
    `corpus/sources.jsonl` as well. Everything is made beside its place and checked before anything is replaced. A
    killed run goes on where it stopped when it is run again.

    Returns:
        The receipt: inputs taken are articles, duplicates and rejections; changes are records added, removed, changed.

    Raises:
        CallError: there is no raw file and no article; a setting is wrong; an id to be accepted is none; or another
            command is at work on the corpus.
        DataError: a record breaks the contract, or nothing came out at all.
    """
    receipt = _run(corpus, contract, Wishes(annotated, options.accept), options)
    notes = _resembling(corpus, options.workers) if options.near_duplicates else ()
    return msgspec.structs.replace(receipt, notes=(*receipt.notes, *notes))


def _run(corpus: Corpus, contract: Contract, wishes: Wishes, options: Options) -> Receipt:
    staging = corpus.state / "normalise"
    finish(staging, corpus.corpus)
    job, shards = _planned(corpus, contract, staging)
    known = Known(corpus, contract, Archive.of(corpus.corpus / "articles"), wishes)
    _require_something(known, shards)
    staging.mkdir(parents=True, exist_ok=True)
    _sweep(staging, shards)
    _stage(job, shards, options)
    ledger = settle(known, _facts(staging, shards), staging / "remade.lines")
    _require_valid(ledger)
    changes = _write(known, ledger, staging)
    shutil.rmtree(staging)
    if not ledger.lines:
        sentences = (f"{one.path}: {one.reason}: {one.detail}" for one in ledger.rejections)
        raise DataError("\n".join(["nothing came out, every input is rejected:", *sentences]))
    aside = len(ledger.duplicates) + len(ledger.rejections)
    count = Count(what="inputs", taken=ledger.inputs, kept=ledger.made, set_aside=aside)
    return Receipt(step="normalise", counts=(count,), changes=changes, notes=tuple(ledger.notes()))


def _planned(corpus: Corpus, contract: Contract, staging: Path) -> tuple[Job, list[Shard]]:
    try:
        Treatments(corpus.settings)
        require_fields(corpus.settings, own_fields(contract))
    except CallError as error:
        place = corpus.root / "pyproject.toml"
        raise CallError("\n".join(f"{place}: {line}" for line in str(error).splitlines())) from None
    digest = contract_digest(corpus.schema)
    job = Job(corpus.settings, corpus.raw, corpus.schema, digest, staging)
    return job, plan(list_raw(corpus.raw), corpus.settings, digest)


def _require_something(known: Known, shards: Sequence[Shard]) -> None:
    if not known.corpus.raw.is_dir():
        raise CallError(
            f"{known.corpus.raw}: no such folder; make it and put text dumps or HTML pages there, or mend `raw` in "
            "[tool.kliping]; nothing was written"
        )
    if not shards and not known.earlier.places:
        raise CallError(
            f"{known.corpus.raw}: no raw files; put text dumps or HTML pages there, or set `raw` in [tool.kliping]"
        )
    unknown = sorted((known.wishes.accept or set()) - known.earlier.places.keys())
    if unknown:
        raise CallError("\n".join(f"--accept {name}: no article has this id; nothing was written" for name in unknown))


def _sweep(staging: Path, shards: Sequence[Shard]) -> None:
    """Remove what an earlier run left and this one cannot use: its inputs, settings, contract or tool were others."""
    keys = {shard.key for shard in shards}
    for path in staging.iterdir():
        if path.suffix not in {".lines", ".facts"} or path.stem not in keys:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _stage(job: Job, shards: Sequence[Shard], options: Options) -> None:
    """Make the shards that are not there yet, the largest first, so that no worker ends long after the others."""
    waiting = [shard for shard in shards if not is_staged(job.staging, shard.key)]
    waiting.sort(key=lambda shard: shard.size, reverse=True)
    workers = options.workers or job.settings.workers or available_cores()
    all_bytes = sum(shard.size for shard in shards)
    done = all_bytes - sum(shard.size for shard in waiting)
    inputs = 0

    def told(count: int) -> None:
        options.progress(Progress(max(count, inputs), done, all_bytes))

    told(0)
    for shard, count in each(partial(stage, job), waiting, workers, told):
        inputs, done = inputs + count, done + shard.size
        told(inputs)


def _facts(staging: Path, shards: Sequence[Shard]) -> Iterator[tuple[Path, Fact]]:
    for shard in shards:
        file = lines_of(staging, shard.key)
        yield from ((file, fact) for fact in facts_of(staging, shard.key))


def _require_valid(ledger: Ledger) -> None:
    """What was made stays beside its place: the next run uses it where nothing that it depends on has changed."""
    if ledger.faults:
        raise DataError(
            "\n".join([*ledger.faults, "nothing was written; mend the source or schema/corpus.schema.json"])
        )


def _resembling(corpus: Corpus, workers: int | None) -> tuple[str, ...]:
    """What is to be said of near-duplicates. By now everything is written, so a search that fails is told, no more."""
    try:
        resembling = near_duplicates(corpus, workers)
    except KlipingError as error:
        return (f"everything is written, but near-duplicates could not be looked for: {error}",)
    pairs = named([f"{pair.path} and {pair.of_path}" for pair in resembling])
    return (f"near-duplicates, see .kliping/{REPORT}: {pairs}",) if resembling else ()


def _write(known: Known, ledger: Ledger, staging: Path) -> int:
    """Put everything in its place; how many records changed."""
    books = Books.of(known.corpus, known.earlier)
    journal = Journal(staging, known.corpus.corpus)
    journal.write("sources.jsonl", encode_lines(ledger.entries))
    journal.write("rejected.jsonl", encode_lines(ledger.rejections))
    changes = ledger.changes(books) + _write_revisions(known, ledger, journal)
    ordered = sorted(ledger.lines.values(), key=lambda place: path_order(place.raw))
    journal.write_shards("articles", ordered, known.earlier.shards)
    _write_differences(known.corpus.state, ledger)
    journal.commit()
    return changes


def _write_revisions(known: Known, ledger: Ledger, journal: Journal) -> int:
    """Add superseded articles to `corpus/revisions/`, each id and text once; a text of today is none of them.

    Returns:
        How many come and go.
    """
    there = list(lines_in(known.corpus.corpus / "revisions"))
    today = {(name, place.text_sha256) for name, place in ledger.lines.items()}
    kept = [(name, place) for name, place in there if (name, place.text_sha256) not in today]
    texts = {(name, place.text_sha256) for name, place in kept} | today
    places = [(name, known.earlier.places[name]) for name in ledger.superseded]
    new = [place for name, place in places if (name, place.text_sha256) not in texts]
    changes = len(new) + len(there) - len(kept)
    if changes:
        shards: defaultdict[str, list[str]] = defaultdict(list)
        for _, place in there:
            shards[place.file.name].append(place.digest)
        journal.write_shards("revisions", [*(place for _, place in kept), *new], shards)
    return changes


def _write_differences(state: Path, ledger: Ledger) -> None:
    """Say what the texts of today would change in those that stay, in `.kliping/would-change.diff`."""
    place = state / DIFFERENCES
    if not ledger.held:
        place.unlink(missing_ok=True)
        return
    with Places() as lines:
        texts = [difference(lines.article(one.earlier), lines.article(one.new)) for one in ledger.held]
    write_bytes(place, "\n".join(texts).encode())
    ledger.differences = [
        f"{one.id} (+{added} -{gone})"
        for one, text in zip(ledger.held, texts, strict=True)
        for added, gone in [changed_lines(text)]
    ]
