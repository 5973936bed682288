"""What must be known of a whole corpus before its articles pass: names used twice, divided clusters, rejected paths.

Of a good corpus it holds a few bytes an article, whatever its articles, annotations and predictions are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import msgspec

from kliping.annotation.relabelling import Rename, is_offered
from kliping.check.lines import BOM, LINE_RULES, Line, read_file, read_line
from kliping.check.names import Named, Names, divided, repeated
from kliping.check.rules import Place
from kliping.check.schema import RECORD_RULES, Parsed
from kliping.project import read_names
from kliping.records import Record, Rejection, Relabelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

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
    """A corpus as a whole, and what was found so far."""

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
    _names: dict[Path, str] = field(default_factory=dict)

    def name_of(self, path: Path) -> str:
        """A file's name in findings; kept, since it is asked for each line."""
        if path not in self._names:
            self._names[path] = path.relative_to(self.corpus.root).as_posix()
        return self._names[path]


def survey_corpus(corpus: Corpus, contract: Contract | None) -> Survey:
    """Read what is not about one article, and the names in the rest."""
    root, survey = corpus.root, Survey(corpus, contract)
    sources, pulled = root / "corpus/sources.jsonl", sorted(root.glob("annotations/pulled/*.jsonl"))
    survey.names = repeated(lambda: _source_names(root, sources))
    survey.annotation_ids = repeated(lambda: _annotation_ids(root, pulled))
    survey.clusters = divided(lambda: _clusters(root, root / "corpus/splits.jsonl"))
    rejected = _records(survey, root / "corpus/rejected.jsonl", "rejection", Rejection)
    survey.rejected = Names(seen.record.path for seen in rejected)
    survey.people = read_names(corpus)
    survey.renames = tuple(_renames(survey))
    survey.splits_expected = (root / "corpus/splits.jsonl").exists() or any(root.glob("corpus/versions/*.json"))
    survey.gold_expected = (root / "annotations/gold.jsonl").exists()
    _documents(survey)
    return survey


def take_line(survey: Survey, line: Line, kind: Kind, record: type[R]) -> Seen[R] | None:
    """A line as a record, where it is one, by the rules of levels 1 and 2."""
    survey.findings += LINE_RULES.findings(line)
    if line.value is None:
        return None
    converted, fault = _convert(line.value, record)
    survey.findings += RECORD_RULES.findings(Parsed(line, kind, converted, fault, survey.contract))
    return None if converted is None else Seen(line.place, converted)


class _SourceNames(msgspec.Struct):
    id: str
    aliases: list[str]


class _Id(msgspec.Struct):
    id: str


class _Cluster(msgspec.Struct):
    cluster: str
    split: str


def _source_names(root: Path, path: Path) -> Iterator[Named]:
    for place, source in _parts(root, path, _SourceNames):
        yield from (Named(place, name) for name in (source.id, *source.aliases))


def _annotation_ids(root: Path, paths: list[Path]) -> Iterator[Named]:
    for path in paths:
        yield from (Named(place, one.id) for place, one in _parts(root, path, _Id))


def _clusters(root: Path, path: Path) -> Iterator[Named]:
    yield from (Named(place, one.cluster, one.split) for place, one in _parts(root, path, _Cluster))


def _parts(root: Path, path: Path, kind: type[T]) -> Iterator[tuple[Place, T]]:
    """Some fields of each line; a line without them is passed over, and told of when its record is read."""
    if not path.is_file():
        return
    decoder, name = msgspec.json.Decoder(kind), path.relative_to(root).as_posix()
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            try:
                part = decoder.decode(data.removeprefix(BOM))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                continue
            yield Place(name, number), part


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
