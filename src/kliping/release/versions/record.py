"""`corpus/versions/`: what each release held, kept by git, so that a version can never change its mind.

VERSION.json is the head, VERSION.jsonl beside it a line an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kliping.contract.tables import arrow_schema, class_names
from kliping.errors import CallError, DataError
from kliping.files import copy_file, write_bytes
from kliping.records import Record
from kliping.release.card.changelog import semantic
from kliping.release.manifest import MANIFEST, PartEntry, digest_of, encode
from kliping.release.versions.commits import commit_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.release.manifest import Manifest

__all__ = [
    "Column",
    "Head",
    "Version",
    "checked_version",
    "fields_inside",
    "head_of",
    "head_of_record",
    "held_path",
    "is_unfinished",
    "is_version",
    "read_version",
    "record_version",
    "recorded_versions",
    "version_path",
]

_NUMBER = r"(0|[1-9]\d{0,8})"
_SEMANTIC = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}", re.ASCII)


class Column(Record, frozen=True):
    """One column of a config, or a field inside one: `release.schema.json#/$defs/column`."""

    type: str
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Head:
    """What of a version can be compared without its rows."""

    name: str
    version: str
    scheme: str
    inputs_sha256: str
    labels: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mapping[str, Column]]
    configs: Mapping[str, Mapping[str, PartEntry]]


class Version(Record, frozen=True):
    """`release.schema.json#/$defs/version`."""

    name: str
    version: str
    commit: str | None
    scheme: str
    inputs_sha256: str
    kliping: str
    pyarrow: str
    manifest_sha256: str
    held_sha256: str
    labels: dict[str, tuple[str, ...]]
    columns: dict[str, dict[str, Column]]
    configs: dict[str, dict[str, PartEntry]]


def checked_version(version: str) -> str:
    """A version as Semantic Versioning 2.0.0 writes it, without pre-release or build.

    Raises:
        CallError: it is none.
    """
    if not is_version(version):
        raise CallError(f"{version!r} is no version: write MAJOR.MINOR.PATCH without v, such as 0.1.0")
    return version


def is_version(words: str) -> bool:
    """Whether some words are a version."""
    return _SEMANTIC.fullmatch(words) is not None


def recorded_versions(corpus: Corpus) -> list[str]:
    """Every version that was released, the oldest first."""
    found = (path.stem for path in (corpus.corpus / "versions").glob("*.json"))
    return sorted(filter(is_version, found), key=semantic)


def version_path(corpus: Corpus, version: str) -> Path:
    """Where a version is recorded."""
    return corpus.corpus / "versions" / f"{version}.json"


def read_version(corpus: Corpus, version: str) -> Version | None:
    """What a version held; None where it was never released.

    Raises:
        DataError: the record is none.
    """
    path = version_path(corpus, version)
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Version)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{path}: no record of a version: {error}; restore it with git") from None


def held_path(corpus: Corpus, version: str) -> Path:
    """Where a line stands for each article that a version held."""
    return version_path(corpus, version).with_suffix(".jsonl")


def is_unfinished(corpus: Corpus, version: str) -> bool:
    """Whether a version has its lines and no head, as a run leaves it that is killed between the two."""
    return held_path(corpus, version).is_file() and not version_path(corpus, version).exists()


def record_version(corpus: Corpus, contract: Contract, folder: Path, manifest: Manifest, held: Path) -> bool:
    """Record what a release holds, and tell whether that was news. A record that is there stays.

    Args:
        corpus: an opened corpus, of which no other process records a version.
        contract: its contract.
        folder: the release as built.
        manifest: its manifest.
        held: the lines of `Held`, in the order of the ids.

    Raises:
        DataError: other lines are there without a head: more than a killed run leaves.
    """
    path, lines = version_path(corpus, manifest.version), held_path(corpus, manifest.version)
    if path.is_file():
        return False
    if lines.is_file() and digest_of(lines) != digest_of(held):
        raise DataError(
            f"{lines}: is there without {path.name} and is not what this release holds; restore {path.name} with git, "
            f"or, where that was never committed, remove {lines.name}"
        )
    head = head_of(contract, manifest)
    record = Version(
        name=head.name,
        version=head.version,
        commit=commit_of(corpus).name,
        scheme=head.scheme,
        inputs_sha256=head.inputs_sha256,
        kliping=manifest.kliping,
        pyarrow=manifest.pyarrow,
        manifest_sha256=digest_of(folder / MANIFEST),
        held_sha256=digest_of(held),
        labels=dict(head.labels),
        columns={config: dict(columns) for config, columns in head.columns.items()},
        configs=manifest.configs,
    )
    copy_file(held, lines)  # the head comes last: without it there is no record
    return write_bytes(path, encode(record))


def head_of(contract: Contract, manifest: Manifest) -> Head:
    """The head of a release, from its manifest and the contract that it follows."""
    return Head(
        name=manifest.name,
        version=manifest.version,
        scheme=manifest.scheme,
        inputs_sha256=manifest.inputs_sha256,
        labels=_labels(contract),
        columns={config: _columns(contract, config) for config in manifest.configs},
        configs=manifest.configs,
    )


def head_of_record(record: Version) -> Head:
    """The head of a version that was recorded."""
    return Head(
        record.name,
        record.version,
        record.scheme,
        record.inputs_sha256,
        record.labels,
        record.columns,
        record.configs,
    )


def _labels(contract: Contract) -> dict[str, tuple[str, ...]]:
    scheme = contract.scheme
    lists = {
        "entity_label": scheme.entity_labels,
        "stance": scheme.stances,
        "target": scheme.targets,
        "holder": scheme.holders,
    }
    return {name: tuple(label.const for label in labels) for name, labels in lists.items()}


def _columns(contract: Contract, config: str) -> dict[str, Column]:
    classes = class_names(contract, config)
    return {
        place: Column(type=str(kind), names=classes.get(place.removesuffix("[]")))
        for field in arrow_schema(contract, config)
        for place, kind in fields_inside(field.name, field.type)
    }


def fields_inside(place: str, kind: pa.DataType) -> Iterator[tuple[str, pa.DataType]]:
    """A column as the fields inside it, so that a new one is told as new and not as another type of the whole.

    A field of a struct is written `struct.field`, what a list holds `list[]`.
    """
    if pa.types.is_struct(kind):
        for child in kind.fields:
            yield from fields_inside(f"{place}.{child.name}", child.type)
    elif pa.types.is_list(kind):
        yield from fields_inside(f"{place}[]", kind.value_type)
    else:
        yield place, kind
