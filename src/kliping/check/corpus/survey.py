"""What must be known of a whole corpus before its articles pass: names used twice, divided clusters, rejected paths.

Of a good corpus it holds a few bytes an article, whatever its articles, annotations and predictions are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec
from referencing.exceptions import Unresolvable

from kliping.annotation.relabelling import Rename, is_offered
from kliping.check.corpus.kinds import KEPT
from kliping.check.corpus.places import located
from kliping.check.lines import BOM, LINE_RULES, Line, read_file, read_line
from kliping.check.names import Hashes, Named, Names
from kliping.check.rules import Place
from kliping.check.schema import RECORD_RULES, Parsed, open_contract
from kliping.check.screened import Screened
from kliping.contract import conforms
from kliping.project import read_names
from kliping.records import Record, Rejection, Relabelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kliping.check.corpus.places import Lines
    from kliping.contract import Contract, Kind
    from kliping.project import Corpus, KnownNames
    from kliping.records import Finding

__all__ = ["Seen", "Survey", "survey_corpus", "take_line"]

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=msgspec.Struct)


class Seen(NamedTuple, Generic[R]):
    """A record and where it was read."""

    place: Place
    record: R


@dataclass(slots=True)
class Survey:
    """A corpus as a whole, and what was found so far.

    It can be sent to another process, which opens the contract for itself and has found nothing yet.
    """

    corpus: Corpus
    contract: Contract | None
    names: Mapping[str, Named] = field(default_factory=dict)
    """Ids and aliases of sources that are there twice, each with its first place."""
    annotation_ids: Mapping[str, Named] = field(default_factory=dict)
    """Ids of annotations that are there twice, each with its first place."""
    clusters: Mapping[str, Named] = field(default_factory=dict)
    """Clusters in more than one split, each with the first of its lines; `side` is the split."""
    rejected: Names = field(default_factory=lambda: Names(()))
    """Paths in `corpus/rejected.jsonl`."""
    people: KnownNames | None = None
    """The names of annotators that can be looked for."""
    renames: tuple[Rename, ...] = ()
    """What was renamed and did not come back since."""
    splits_expected: bool = False
    gold_expected: bool = False
    findings: list[Finding] = field(default_factory=list)

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Survey], tuple[dict[str, Any]]]:
        kept = (one.name for one in fields(self) if one.name not in ("contract", "findings"))
        return _arrived, ({name: getattr(self, name) for name in kept},)


def _arrived(state: dict[str, Any]) -> Survey:
    contract, _ = open_contract(state["corpus"].schema)
    return Survey(contract=contract, **state)


def survey_corpus(corpus: Corpus, contract: Contract | None) -> tuple[Survey, dict[str, Lines]]:
    """Read what is not about one article, and, of what is, the names and where each line is; of no kind without files."""
    root, survey = corpus.root, Survey(corpus, contract)
    lines: dict[str, Lines] = {}
    for kind, kept in KEPT.items():
        files = [(path.relative_to(root).as_posix(), path) for path in sorted(root.glob(kept.pattern))]
        begun = _Readers(kind)
        lines[kind] = located(files, begun)
        _take_names(survey, kind, begun.names, files)
    rejected = _records(survey, root / "corpus/rejected.jsonl", "rejection", Rejection)
    survey.rejected = Names(seen.record.path for seen in rejected)
    survey.people = read_names(corpus)
    survey.renames = tuple(_renames(survey))
    survey.splits_expected = (root / "corpus/splits.jsonl").exists() or any(root.glob("corpus/versions/*.json"))
    survey.gold_expected = (root / "annotations/gold.jsonl").exists()
    _documents(survey)
    return survey, lines


LINES = Screened(LINE_RULES, "E101 E102 E103 E104")
RECORDS = Screened(RECORD_RULES, "E105 E203")
"""Both behind `is_as_written`, and these behind `is_fit` besides."""


def take_line(survey: Survey, line: Line, kind: Kind, record: type[R]) -> Seen[R] | None:
    """A line as a record, where it is one, by the rules of levels 1 and 2."""
    converted, fault = (None, None) if line.value is None else _convert(line.value, record)
    as_written = converted is not None and is_as_written(line, converted)
    survey.findings += LINES.findings(line, as_written)
    if line.value is None:
        return None
    parsed = Parsed(line, kind, converted, fault, survey.contract)
    survey.findings += RECORDS.findings(parsed, as_written and is_fit(parsed))
    return None if converted is None else Seen(line.place, converted)


def is_as_written(line: Line, record: Record) -> bool:
    """Whether a line is, byte for byte, what we write of its record."""
    return line.data == _encode(record) + b"\n"


_encode = msgspec.json.Encoder().encode


def is_fit(parsed: Parsed) -> bool:
    """Whether a record keeps its schema, as far as there is one."""
    try:
        return parsed.contract is None or conforms(parsed.contract, parsed.kind, parsed.line.value)
    except (Unresolvable, re.error, ValueError):
        return False


class _SourceNames(msgspec.Struct):
    id: str
    aliases: list[str]


class _Id(msgspec.Struct):
    id: str
    article_id: str


class _Cluster(msgspec.Struct):
    id: str
    cluster: str
    split: str


def _source_names(part: _SourceNames) -> Iterator[tuple[str, str]]:
    yield part.id, ""
    for alias in part.aliases:
        yield alias, ""


_NAMED: Mapping[str, tuple[type[msgspec.Struct], Callable[[Any], Iterable[tuple[str, str]]]]] = {
    "sources": (_SourceNames, _source_names),
    "splits": (_Cluster, lambda part: ((part.cluster, part.split),)),
    "annotations": (_Id, lambda part: ((part.id, ""),)),
}
"""By kind: what is read of a line besides the id, and the names in it, each with its side."""


class _Readers:
    """Begins to read ids of articles from the lines of a kind; `names` are those that the last reading came by."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.names = Hashes()

    def __call__(self) -> Callable[[bytes], str | None]:
        self.names = names = Hashes()
        read = _key_reader(KEPT[self._kind].key)
        if self._kind not in _NAMED:
            return read
        part, names_of = _NAMED[self._kind]
        decoder, key = msgspec.json.Decoder(part), KEPT[self._kind].key

        def read_with_names(data: bytes) -> str | None:
            try:
                found = decoder.decode(data.removeprefix(BOM))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                return read(data)
            for name, side in names_of(found):
                names.add(name, side)
            return str(getattr(found, key))

        return read_with_names


def _key_reader(key: str) -> Callable[[bytes], str | None]:
    """What reads the article's id from a line, and nothing else of it; None from a line that has none."""
    decoder = msgspec.json.Decoder(msgspec.defstruct("Key", [("name", str, msgspec.field(name=key))]))

    def read(data: bytes) -> str | None:
        try:
            (name,) = msgspec.structs.astuple(decoder.decode(data.removeprefix(BOM)))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return str(name)

    return read


def _take_names(survey: Survey, kind: str, names: Hashes, files: list[tuple[str, Path]]) -> None:
    """Keep the names that are there twice, or on two sides."""
    if kind == "sources":
        survey.names = names.repeated(lambda: _named(kind, files))
    elif kind == "annotations":
        survey.annotation_ids = names.repeated(lambda: _named(kind, files))
    elif kind == "splits":
        survey.clusters = names.divided(lambda: _named(kind, files))


def _named(kind: str, files: list[tuple[str, Path]]) -> Iterator[Named]:
    """The names in the lines of a kind; a line without them is passed over, and told of when its record is read."""
    part, names_of = _NAMED[kind]
    decoder = msgspec.json.Decoder(part)
    for path, place in files:
        with place.open("rb") as file:
            for number, data in enumerate(file, 1):
                try:
                    found = decoder.decode(data.removeprefix(BOM))
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                    continue
                yield from (Named(Place(path, number), name, side) for name, side in names_of(found))


def _records(survey: Survey, path: Path, kind: Kind, record: type[R]) -> Iterator[Seen[R]]:
    for line in read_file(survey.corpus.root, path):
        seen = take_line(survey, line, kind, record)
        if seen is not None:
            yield seen


def _renames(survey: Survey) -> Iterator[Rename]:
    path = survey.corpus.root / "annotations/relabelled.jsonl"
    for seen in _records(survey, path, "relabelling", Relabelling):
        rename = Rename(seen.record.control, seen.record.old, seen.record.new)
        if survey.contract is not None and not is_offered(survey.contract.scheme, rename.control, rename.old):
            yield rename


def _convert(value: dict[str, Any], record: type[R]) -> tuple[R | None, str | None]:
    try:
        return msgspec.convert(value, record), None
    except msgspec.ValidationError as error:
        return None, str(error)


def _documents(survey: Survey) -> None:
    """The files that are one JSON object: the key's fingerprint, and what each release held."""
    root = survey.corpus.root
    documents: tuple[tuple[str, Kind], ...] = (("annotations/key.json", "key"), ("corpus/versions/*.json", "version"))
    for pattern, kind in documents:
        for path in sorted(root.glob(pattern)):
            whole = read_line(Place(path.relative_to(root).as_posix()), path.read_bytes())
            survey.findings += LINE_RULES.findings(whole)
            if whole.value is not None:
                survey.findings += RECORD_RULES.findings(Parsed(whole, kind, None, None, survey.contract))
