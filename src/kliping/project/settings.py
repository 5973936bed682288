"""The `[tool.kliping]` settings of a corpus: what they are, and reading them from its pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import msgspec

from kliping.errors import CallError
from kliping.project.annotators import (
    AnnotatorsTable,
    PersonTable,
    annotator_faults,
    people_place,
    stray_people,
)
from kliping.project.citation import CardTable, CitationTable, citation_faults
from kliping.project.globs import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = [
    "NAME",
    "AdjudicationTable",
    "AnnotatorsTable",
    "FurnitureTable",
    "PersonTable",
    "Settings",
    "SourceTable",
    "StrategyName",
    "read_settings",
]

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""A corpus's name, whole: it names folders."""


class Splits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[tool.kliping.splits]` table: how new articles get their split.

    Attributes:
        train: the share of the articles that are for training; the three shares sum to 1.
        validation: the share for validation.
        test: the share for the test.
        stratify: within what each split gets its share: `language`, `publisher`, or own fields of the corpus.
        by: `chance`, by the seed, or `time`: the newest articles are for the test.
        held_out: declared targets whose articles go to the test.
    """

    train: float = 0.8
    validation: float = 0.1
    test: float = 0.1
    stratify: tuple[str, ...] = ("language", "publisher")
    by: Literal["chance", "time"] = "chance"
    held_out: tuple[str, ...] = ()


class FurnitureTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The furniture rules as one source has them; the names are the normaliser's, which checks them."""

    off: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    packs: tuple[str, ...] = ()
    limits: dict[str, int | float] = {}


class SourceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A `[tool.kliping.sources."GLOB"]` table: what holds for the raw files that the glob names.

    Attributes:
        language: BCP 47 tag; it beats what the source says and what its text looks like.
        languages: tags that are taken; an article in another language is rejected. None asks the corpus's.
        licence: SPDX identifier where there is one.
        rights_holder: who holds the rights.
        publisher: who published it, where the source does not say.
        min_length: least code points of an article's body.
        max_bytes: most bytes of an input.
        columns: for a table of articles: our field to the table's column.
        furniture: the rules for text.
    """

    language: str | None = None
    languages: tuple[str, ...] | None = None
    licence: str | None = None
    rights_holder: str | None = None
    publisher: str | None = None
    min_length: int | None = None
    max_bytes: int | None = None
    columns: dict[str, str] = {}
    furniture: FurnitureTable = FurnitureTable()


StrategyName: TypeAlias = Literal["unanimous", "majority"]


class AdjudicationTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping.adjudication]` table.

    Attributes:
        strategy: when annotators settle a mention or a stance without an adjudicator.
    """

    strategy: StrategyName = "unanimous"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping]` table of a corpus's pyproject.toml.

    `min_length` is in characters (code points), `max_bytes` in bytes of one input, unpacked.
    """

    name: str
    title: str = ""
    language: str = "und"
    languages: tuple[str, ...] = ()
    seed: int = 0
    licence: str | None = None
    rights_holder: str | None = None
    contact: str = ""
    raw: str = "corpus/raw"
    min_length: int = 100
    max_bytes: int = 10_000_000
    workers: int | None = None
    server: str = "http://127.0.0.1:8080"
    single_annotator: bool = False
    splits: Splits = Splits()
    annotators: AnnotatorsTable = AnnotatorsTable()
    adjudication: AdjudicationTable = AdjudicationTable()
    citation: CitationTable = CitationTable()
    card: CardTable = CardTable()
    sources: dict[str, SourceTable] = {}

    def source(self, path: str) -> SourceTable:
        """What the tables of `sources` say together of a raw file, or of an input inside one; later ones beat earlier.

        Args:
            path: relative to the raw folder, with forward slashes, such as `kabar/1.html` or `old.zip/a.html`.
        """
        return self.merged(self.globs(path))

    def merged(self, globs: Iterable[str]) -> SourceTable:
        """The tables of some globs as one."""
        return _merged(self.sources[glob] for glob in globs)

    def globs(self, path: str) -> tuple[str, ...]:
        """The globs of `sources` that name a raw file, in their order."""
        return tuple(glob for glob in self.sources if names(glob, path))


def read_settings(path: Path) -> Settings | None:
    """The settings in a pyproject.toml; None where there is no such file, or no `[tool.kliping]` in it.

    Raises:
        CallError: they are wrong: every unknown one, or what else is wrong with them.
    """
    if not path.is_file():
        return None
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("kliping")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said = re.sub(r"[^\s'\"]+@[^\s'\"]+", "…", str(error))  # a name that is declared twice may be an address
        raise CallError(f"{path}: not TOML: {said}; mend the file") from None
    except RecursionError:
        raise CallError(f"{path}: nested too deeply; mend the file") from None
    return _settings(path, table) if isinstance(table, dict) else None


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    faults = [*_unknown_people(table), *_unknown(table, Settings, "[tool.kliping]")]
    faults = [f"{fault}; see docs/reference/settings.md" for fault in faults]
    if not faults:
        try:
            settings = msgspec.convert(table, Settings)
        except msgspec.ValidationError as error:
            faults = [f"[tool.kliping]: {error}; see docs/reference/settings.md"]
        else:
            faults = list(_faults(settings))
    if faults:
        raise CallError("\n".join(f"{path}: {fault}" for fault in faults))
    return settings


def _unknown_people(table: Mapping[str, Any]) -> Iterator[str]:
    annotators = table.get("annotators")
    people = annotators.get("people") if isinstance(annotators, dict) else None
    return stray_people(people) if isinstance(people, dict) else iter(())


def _merged(tables: Iterable[SourceTable]) -> SourceTable:
    merged = SourceTable()
    for table in tables:
        merged = _laid_over(merged, table)
    return merged


T = TypeVar("T", bound=msgspec.Struct)


def _laid_over(below: T, above: T) -> T:
    """Two tables as one: a setting of the upper one where it has it, and tables inside them key by key."""
    fields = {}
    for info in msgspec.structs.fields(below):
        old, new = getattr(below, info.name), getattr(above, info.name)
        if isinstance(new, msgspec.Struct):
            fields[info.name] = _laid_over(old, new)
        elif isinstance(new, Mapping):
            fields[info.name] = {**old, **new}
        else:
            fields[info.name] = old if new == info.default else new
    return msgspec.structs.replace(below, **fields)


def _unknown(table: Mapping[str, Any], kind: type[msgspec.Struct], place: str) -> Iterator[str]:
    """Each setting that nobody knows, with those that are known there; an address is not shown."""
    known = {info.name: info.type for info in msgspec.structs.fields(kind)}
    for name in sorted(table.keys() - known.keys()):
        shown = "an e-mail address is no field" if "@" in name else f"unknown field `{name}`"
        yield f"{place}: {shown}; the known ones are {', '.join(known)}"
    for name, inner in known.items():
        value = table.get(name)
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(value, dict):
            yield from _unknown(value, inner, f"{place} {name}")
    for one, inner, inner_place in _named_tables(table, kind):
        if isinstance(one, dict):
            yield from _unknown(one, inner, inner_place)


def _named_tables(
    table: Mapping[str, Any], kind: type[msgspec.Struct]
) -> Iterator[tuple[object, type[msgspec.Struct], str]]:
    """The tables that people name themselves: each with what it should be, and its place."""
    if kind is Settings and isinstance(table.get("sources"), dict):
        for glob, source in table["sources"].items():
            yield source, SourceTable, f'[tool.kliping.sources."{glob}"]'
    if kind is AnnotatorsTable and isinstance(table.get("people"), dict):
        for number, (name, person) in enumerate(table["people"].items(), 1):
            yield person, PersonTable, people_place(name, number)


def _faults(settings: Settings) -> Iterator[str]:
    """What is wrong in settings of the right kinds."""
    shares = settings.splits
    if abs(shares.train + shares.validation + shares.test - 1) > 1e-9:
        yield "[tool.kliping.splits]: the shares sum to something else than 1; mend them"
    if min(shares.train, shares.validation, shares.test) < 0:
        yield "[tool.kliping.splits]: a share is below 0; give each 0 or more"
    if not NAME.fullmatch(settings.name):
        yield "[tool.kliping] name: use letters a-z, digits, '-', '_' and '.': it names folders"
    if settings.workers is not None and settings.workers < 1:
        yield f"[tool.kliping] workers: {settings.workers} is no number of processes; give 1 or more, or leave it out"
    for place, most in _size_limits(settings):
        if most < 1:
            yield f"{place} max_bytes: {most} is no size; give 1 or more bytes, or leave it out"
    for glob in settings.sources:
        if not glob.strip("/"):
            yield f'[tool.kliping.sources."{glob}"]: an empty glob; name raw files, such as "kabar/*.html"'
    yield from annotator_faults(settings.annotators)
    yield from citation_faults(settings.citation)


def _size_limits(settings: Settings) -> Iterator[tuple[str, int]]:
    yield "[tool.kliping]", settings.max_bytes
    for glob, table in settings.sources.items():
        if table.max_bytes is not None:
            yield f'[tool.kliping.sources."{glob}"]', table.max_bytes
