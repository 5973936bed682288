"""Level 6, what each version held: `corpus/versions/` is whole, and heads and lines are those that were recorded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.lines import LINE_RULES, read_file
from kliping.check.rules import Example, Place, RuleList
from kliping.check.schema import RECORD_RULES, Parsed
from kliping.errors import DataError
from kliping.files import read_lines
from kliping.release.manifest import digest_of
from kliping.release.versions.held import Held
from kliping.release.versions.record import Version, is_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["VERSION_RULES", "VersionSeen", "version_findings"]


class VersionSeen(NamedTuple):
    """One version: its files, and its head where it can be read. `intact`: the lines are those that the head names."""

    head: Path
    lines: Path
    record: Version | None
    intact: bool

    def place(self, path: Path) -> Place:
        """Where a finding is, from the corpus's root."""
        return Place(f"corpus/versions/{path.name}")


VERSION_RULES: RuleList[VersionSeen] = RuleList()
HEAD = "corpus/versions/0.1.0.json"
LINES = "corpus/versions/0.1.0.jsonl"


def version_findings(corpus: Corpus, contract: Contract | None) -> Iterator[Finding]:
    """What is wrong with the versions of a corpus.

    Lines that have the hash in their head are as they were written; of others, each is held against its schema.
    """
    folder = corpus.corpus / "versions"
    versions = {path.stem for kind in ("json", "jsonl") for path in folder.glob(f"*.{kind}")}
    for version in sorted(filter(is_version, versions)):
        seen = _seen(folder / f"{version}.json")
        yield from VERSION_RULES.findings(seen)
        if not seen.intact:
            yield from _line_findings(corpus.root, seen.lines, contract)


def _seen(head: Path) -> VersionSeen:
    lines = head.with_suffix(".jsonl")
    try:
        record = msgspec.json.decode(head.read_bytes(), type=Version)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        record = None
    intact = record is not None and lines.is_file() and digest_of(lines) == record.held_sha256
    return VersionSeen(head, lines, record, intact)


def _line_findings(root: Path, path: Path, contract: Contract | None) -> Iterator[Finding]:
    for line in read_file(root, path):
        yield from LINE_RULES.findings(line)
        if line.value is not None:
            try:
                record, fault = msgspec.convert(line.value, Held), None
            except msgspec.ValidationError as error:
                record, fault = None, str(error)
            yield from RECORD_RULES.findings(Parsed(line, "held", record, fault, contract))


@VERSION_RULES(
    "E681",
    "a version has a head and lines, under its own name",
    mend="Restore both files with git; where one never was there, a release was stopped: remove the other.",
    example=Example(LINES, "`0.1.0.json` beside `0.1.0.jsonl`", "`0.1.0.json` alone"),
)
def both_are_there(seen: VersionSeen) -> Iterator[Fault]:
    """The head says what was released, the lines prove it: a later version is compared with both."""
    for path, other in ((seen.head, seen.lines), (seen.lines, seen.head)):
        if not path.is_file():
            yield seen.place(path), f"missing; restore it with git, or, where it never was there, remove {other.name}"
    if seen.record is not None and seen.record.version != seen.head.stem:
        yield seen.place(seen.head), f"is the head of {seen.record.version}; restore it with git, or remove it"


@VERSION_RULES(
    "E682",
    "the lines of a version are those that its head was recorded with",
    mend="Restore both files with git: what a release held is never edited.",
    example=Example(LINES, '"against"', '"favor"'),
)
def lines_are_as_recorded(seen: VersionSeen) -> Iterator[Fault]:
    """A release is for ever: a record that was edited since would tell users of changes that never were."""
    if seen.record is not None and seen.lines.is_file() and not seen.intact:
        yield seen.place(seen.lines), f"differs from held_sha256 in {seen.head.name}; restore both with git"


@VERSION_RULES(
    "E683",
    "the head of a version counts what its lines hold",
    mend="Restore both files with git: what a release held is never edited.",
    example=Example(HEAD, '"rows": 16', '"rows": 17'),
)
def numbers_agree(seen: VersionSeen) -> Iterator[Fault]:
    """Where the numbers differ, one of the two was edited or lost a line, and which is right cannot be known."""
    if seen.record is None or not seen.intact:
        return
    articles, gold, annotations = Counter[str](), Counter[str](), Counter[str]()
    before = ""
    try:
        for number, held in enumerate(read_lines(seen.lines, Held), 1):
            if held.id <= before:
                yield seen.place(seen.lines)._replace(line=number), f"{held.id} comes after {before}; restore with git"
            before = held.id
            articles[held.split] += 1
            gold[held.split] += held.entities is not None
            annotations[held.split] += len(held.annotations)
    except DataError:
        yield seen.place(seen.lines), "a line holds no article; restore the file with git"
        return
    for config, counted in (("articles", articles), ("entities", gold), ("annotations", annotations)):
        stated = {split: part.rows for split, part in seen.record.configs.get(config, {}).items()}
        if stated != {split: number for split, number in counted.items() if number}:
            yield (
                seen.place(seen.head),
                f"its rows of {config} are not those of {seen.lines.name}; restore both with git",
            )
