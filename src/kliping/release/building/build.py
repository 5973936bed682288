"""`kliping release VERSION`: a folder that is there whole, checked, or not at all, and never changes."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError
from kliping.project import one_at_a_time, unfinished, why_unchecked
from kliping.records import Count, Receipt
from kliping.release.building.drafting import beside, drafted, sweep
from kliping.release.building.inputs import changed_inputs
from kliping.release.building.planning import Plan, inputs_under, make_plan, refuse
from kliping.release.building.reproducing import build_again, differences
from kliping.release.manifest import MANIFEST, digest_of, list_files
from kliping.release.verification import read_manifest, verify
from kliping.release.versions.commits import commit_of
from kliping.release.versions.record import checked_version, is_unfinished, record_version, version_path
from kliping.release.versions.sides import drafted_side
from kliping.release.versions.succession import next_patch, succeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.building.drafting import Draft
    from kliping.release.manifest import Manifest
    from kliping.release.versions.record import Version
    from kliping.release.versions.succession import Succession

__all__ = ["Check", "Options", "build_release", "dry_run"]


class Check(NamedTuple):
    """What finds everything wrong with a corpus, and with a release folder; a room above this one knows how."""

    corpus: Callable[[Corpus], Sequence[Finding]]
    release: Callable[[Path], Sequence[Finding]]


class Options(NamedTuple):
    """How a release is built.

    Attributes:
        workers: processes at most; without it, those of the settings, else one a core. They change nothing but the
            time.
        reproducible: build it again in another process, and refuse it where a byte differs.
    """

    workers: int | None = None
    reproducible: bool = False


DEFAULT = Options()


@one_at_a_time("release", "release.lock")
def build_release(
    corpus: Corpus, contract: Contract, version: str, check: Check, options: Options = DEFAULT
) -> tuple[Receipt, Path]:
    """Build `releases/NAME-VERSION/` and record it in `corpus/versions/VERSION.json`.

    The same inputs under the same version change nothing; a folder that is gone is built again, and must hold what was
    recorded. The corpus is checked first; the release is built beside its place, checked, then renamed.

    Args:
        corpus: an opened corpus.
        contract: its contract.
        version: MAJOR.MINOR.PATCH.
        check: gives the findings about a corpus and about a release folder; any keeps the release from appearing.
        options: how it is built.

    Raises:
        CallError: the version is none, or another release of the corpus is being built.
        DataError: the corpus cannot be released, with every finding; or the version is there with other content.
    """
    checked_version(version)
    _refuse_corpus(corpus, version, check)
    plan = make_plan(corpus, contract, version, options.workers)
    sweep(corpus.releases)
    place, there, notes = plan.place, plan.place.exists(), []
    if there:
        _refuse_other(plan)
        if options.reproducible:
            with beside(place) as room:
                notes = _reproduced(plan, place, room)
    else:
        notes = _build(plan, check, reproducible=options.reproducible)
    recorded = not there and plan.recorded is None
    receipt = _receipt(plan, read_manifest(place), int(not there) + recorded, (*notes, *_notes(plan)))
    return receipt, place


@contextmanager
def dry_run(
    corpus: Corpus, contract: Contract, version: str | None, check: Check, options: Options = DEFAULT
) -> Iterator[Succession]:
    """Build and check a release, give what it would follow, and leave nothing of it.

    Args:
        corpus: an opened corpus.
        contract: its contract.
        version: MAJOR.MINOR.PATCH; None for the next one, whatever it may be.
        check: as for `build_release`.
        options: as for `build_release`.

    Raises:
        CallError: the version is none.
        DataError: the corpus cannot be released, with every finding.
    """
    version_or_next = checked_version(version or next_patch(corpus))
    _refuse_corpus(corpus, version_or_next, check)
    plan = make_plan(corpus, contract, version_or_next, options.workers)
    sweep(corpus.releases)
    try:
        with drafted(plan) as draft:
            refuse(check.release(draft.folder), "the release as built: ")
            if options.reproducible:
                _reproduced(plan, draft.folder, draft.folder.parent)
            found = _succession(plan, draft)
            yield found if version else found.named()
    finally:
        with suppress(OSError):
            corpus.releases.rmdir()  # only where it is empty


def _refuse_corpus(corpus: Corpus, version: str, check: Check) -> None:
    """Refuse a corpus that is wrong; that a killed run of this very version wrote its lines and no head is no fault."""
    if stopped := unfinished(corpus):
        raise DataError(
            "\n".join(
                f"{corpus.settings.name}: `kliping {command}` was stopped while it put files in their places; run it "
                "again, which finishes that, and then release"
                for command in stopped
            )
        )
    head = version_path(corpus, version).relative_to(corpus.root).as_posix() if is_unfinished(corpus, version) else None
    refuse([finding for finding in check.corpus(corpus) if finding.path != head])


def _refuse_other(plan: Plan) -> None:
    """Refuse a folder that is there and is not whole, or is not what was recorded."""
    place, version, remedy = plan.place, plan.version, "remove the folder and run `kliping release` again"
    refuse(verify(place), f"releases/{place.name}/", f"; {remedy}")
    if plan.recorded is None:
        raise DataError(
            f"releases/{place.name} is there and corpus/versions/{version}.json is not; restore the record with git, "
            f"or {remedy}"
        )
    manifest = read_manifest(place)
    if (manifest.inputs_sha256, manifest.configs) != (plan.digest, plan.recorded.configs):
        raise DataError(f"releases/{place.name} is not what corpus/versions/{version}.json recorded; {remedy}")


def _build(plan: Plan, check: Check, *, reproducible: bool) -> list[str]:
    """Build beside the place, check, record, then rename: a kill before the last step leaves a record to build again.

    Returns:
        Notes on what changed since the version before, where this one is news, and on the second build.
    """
    with drafted(plan) as draft:
        notes: list[str] = []
        if plan.recorded is None:
            succession = _succession(plan, draft)
            succession.refuse()
            notes += [*succession.notes(), *_unwritten(plan), *_uncommitted(plan)]
        elif plan.recorded.configs != draft.manifest.configs:
            raise DataError(_no_longer(plan.recorded, draft.manifest))
        refuse(check.release(draft.folder), "the release as built: ")
        if reproducible:
            notes += _reproduced(plan, draft.folder, draft.folder.parent)
        refuse(changed_inputs(plan.inputs))
        if not _receipt(plan, draft.manifest).adds_up:
            raise DataError(f"version {plan.version}: not all of the corpus is in the tables; please report this")
        record_version(plan.inputs.corpus, plan.inputs.contract, draft.folder, draft.manifest, draft.held)
        draft.folder.rename(plan.place)
        return notes


def _no_longer(recorded: Version, now: Manifest) -> str:
    """The same inputs and other rows: what makes the rows has changed, which is more than kliping's own code."""
    return (
        f"version {now.version}: these inputs no longer give the rows that corpus/versions/{now.version}.json "
        f"recorded: kliping {recorded.kliping} built it and this is {now.kliping}, or a library that finds tokens or "
        "sentences (regex, sentencex) is another; install what built it, or choose a new version"
    )


def _reproduced(plan: Plan, folder: Path, room: Path) -> list[str]:
    """Build it again in another process, in a folder of the room; a note where no byte differs.

    Raises:
        DataError: they do, with each file.
    """
    again = room / "again"
    build_again(plan.inputs.corpus.root, plan.version, again, workers=plan.workers)
    refuse(list(differences(folder, again)))
    return [f"built again in another process: each of {sum(1 for _ in list_files(again)) + 1} files has the same bytes"]


def _succession(plan: Plan, draft: Draft) -> Succession:
    inputs = plan.inputs
    new = drafted_side(inputs.contract, draft.manifest, draft.folder, draft.held)
    return succeed(inputs.corpus, new, lambda version: inputs_under(plan, version))


def _unwritten(plan: Plan) -> Iterator[str]:
    """A changelog that says nothing of a version is no error; it is an input, so it cannot be mended afterwards."""
    if all(change.version != plan.version for change in plan.changes):
        yield (
            f"corpus/CHANGELOG.md has no section {plan.version}, so the card tells no changes; before a release, "
            "`kliping release VERSION --dry-run --markdown` writes one to paste there"
        )


def _uncommitted(plan: Plan) -> Iterator[str]:
    """A record names the commit that a release can be built from again, or none."""
    if commit_of(plan.inputs.corpus).changed:
        yield (
            f"corpus/versions/{plan.version}.json names no commit, since what the release is made from is not as git "
            "has it; commit before a release, so that others can build it again"
        )


def _receipt(plan: Plan, manifest: Manifest, changes: int = 0, notes: tuple[str, ...] = ()) -> Receipt:
    """Taken is what the corpus's files hold, kept is what the tables hold: the two are counted apart."""
    taken = plan.inputs.taken
    rows = Counter({table: sum(part.rows for part in parts.values()) for table, parts in manifest.configs.items()})
    return Receipt(
        step="release",
        counts=(
            Count(what="articles", taken=taken.articles, kept=rows["articles"]),
            Count(what="articles with gold", taken=taken.gold, kept=rows["entities"]),
            Count(what="gold stances", taken=taken.stances, kept=rows["stances"]),
            Count(what="annotations", taken=taken.annotations, kept=rows["annotations"], set_aside=taken.superseded),
        ),
        changes=changes,
        notes=notes,
    )


def _notes(plan: Plan) -> Iterator[str]:
    if superseded := plan.inputs.taken.superseded:
        yield f"annotations of a superseded text, set aside: {superseded}"
    if plan.recorded is not None and plan.recorded.manifest_sha256 != digest_of(plan.place / MANIFEST):
        yield "the same rows in other bytes than were recorded: another kliping or pyarrow wrote them"
    if unchecked := why_unchecked(plan.inputs.corpus):
        yield unchecked
    yield str(plan.leakage)
