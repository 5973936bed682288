"""What must be known of a whole corpus before its articles pass: names used twice, divided clusters, rejected paths.

Of a good corpus it holds a few bytes an article, whatever its articles, annotations and predictions are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec

from kliping.annotation.relabelling import Rename, is_offered
from kliping.check.contract import open_contract
from kliping.check.corpus.index import located
from kliping.check.corpus.kinds import KEPT
from kliping.check.lines import BOM, LINE_RULES, Line, read_file, read_line
from kliping.check.names import Hashes, Named, Names
from kliping.check.rules import Place
from kliping.check.schema import RECORD_RULES, Parsed, days_and_paths_are_sound
from kliping.check.screened import Screened
from kliping.contract.validation import fast_screen
from kliping.project import read_names
from kliping.records import Record, Rejection, Relabelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kliping.check.corpus.index import Lines
    from kliping.contract import Contract, Kind
    from kliping.project import Corpus, KnownNames
    from kliping.records import Finding

__all__ = ["Seen", "Survey", "line_reader", "survey_corpus", "take_line"]

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
    """Read what is not about one article; and of what is, the names, and where the lines are, by kind."""
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


def take_line(survey: Survey, line: Line, kind: Kind, record: type[R]) -> Seen[R] | None:
    """A line as a record, where it is one, by the rules of levels 1 and 2."""
    survey.findings += LINE_RULES.findings(line)
    if line.value is None:
        return None
    converted, fault = _convert(line.value, record)
    survey.findings += RECORD_RULES.findings(Parsed(line, kind, converted, fault, survey.contract))
    return None if converted is None else Seen(line.place, converted)


LINES = Screened(LINE_RULES, "E101 E102 E103 E104 E106")
RECORDS = Screened(RECORD_RULES, "E105 E203", "E207 E209")
"""Behind one screen: a line that is, byte for byte, what we write of its record, keeps them if that fits its schema.
The last two are behind `days_and_paths_are_sound`."""


def line_reader(survey: Survey, name: str) -> Callable[[Place, bytes], Seen[Any] | None]:
    """What takes the lines of a kind from where they are: as `take_line` does, behind a screen."""
    kept, contract = KEPT[name], survey.contract
    decode, encode, convert = msgspec.json.Decoder().decode, msgspec.json.Encoder().encode, msgspec.convert
    record = kept.record
    screen = fast_screen(contract, kept.kind) if contract is not None else None
    is_enough = LINES.covers_all and RECORDS.covers_all

    def read(place: Place, data: bytes) -> Seen[Any] | None:
        if screen is None:
            return take_line(survey, read_line(place, data), kept.kind, record)
        try:
            value = decode(data)
            converted = convert(value, record)
            passes = encode(converted) + b"\n" == data and screen(value)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            passes = False
        if not passes:
            return take_line(survey, read_line(place, data), kept.kind, record)
        sound = days_and_paths_are_sound(converted)
        if not (sound and is_enough):
            line = Line(place, data, value, None)
            survey.findings += LINES.findings(line, True)
            survey.findings += RECORDS.findings(Parsed(line, kept.kind, converted, None, contract), True, sound)
        return Seen(place, converted)

    return read


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


_NAMED: Mapping[str, type[_SourceNames | _Cluster | _Id]] = {
    "sources": _SourceNames,
    "splits": _Cluster,
    "annotations": _Id,
}
"""By kind: what is read of a line besides the id of its article."""


def _names_of(part: _SourceNames | _Cluster | _Id) -> Iterator[tuple[str, str]]:
    """The names in a line that are to be there once, or on one side; each with its side."""
    if isinstance(part, _Cluster):
        yield part.cluster, part.split
    else:
        yield part.id, ""
        yield from ((alias, "") for alias in (part.aliases if isinstance(part, _SourceNames) else ()))


class _Readers:
    """Begins to read ids of articles from the lines of a kind; `names` are those that the last reading came by."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.names = Hashes()

    def __call__(self) -> Callable[[bytes], str | None]:
        names, key = Hashes(), KEPT[self._kind].key
        self.names = names
        read = _key_reader(key)
        if self._kind not in _NAMED:
            return read
        decode: Callable[[bytes], Any] = msgspec.json.Decoder(_NAMED[self._kind]).decode
        name_of, add, are_plain = attrgetter(key), names.add, self._kind == "annotations"

        def read_with_names(data: bytes) -> str | None:
            try:
                part = decode(data.removeprefix(BOM))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                return read(data)
            if are_plain:
                add(part.id)
            else:
                for name, side in _names_of(part):
                    add(name, side)
            return str(name_of(part))

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
    decoder = msgspec.json.Decoder(_NAMED[kind])
    for path, place in files:
        with place.open("rb") as file:
            for number, data in enumerate(file, 1):
                try:
                    found = decoder.decode(data.removeprefix(BOM))
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                    continue
                yield from (Named(Place(path, number), name, side) for name, side in _names_of(found))


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
