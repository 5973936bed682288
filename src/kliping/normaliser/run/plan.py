"""The plan of a run: its raw files in shards, each with a key that says what its result depends on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.normaliser.article import NORMALISER
from kliping.normaliser.inputs.places import SIDECAR, is_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.normaliser.run.listing import RawFile
    from kliping.project import Settings

__all__ = ["SHARD_BYTES", "SHARD_FILES", "Shard", "contract_digest", "plan"]

SHARD_FILES = 1000
"""Raw files in one shard at most."""

SHARD_BYTES = 8_000_000
"""A shard takes no further file once it holds this many bytes: pages are slower than dumps, and bigger."""

PACKAGE = Path(__file__).parents[2]
"""Where this tool lies."""


class Shard(NamedTuple):
    """A run of raw files.

    Attributes:
        key: of what the result depends on, as a file name: the same key, the same result.
        paths: of the files, in order.
        size: bytes.
    """

    key: str
    paths: tuple[str, ...]
    size: int


def plan(files: Sequence[RawFile], settings: Settings, contract: str) -> list[Shard]:
    """The shards of a run, in order. They do not depend on the number of workers.

    Args:
        files: all raw files, in order.
        settings: of the corpus.
        contract: the digest of its contract.
    """
    ground = sha256(msgspec.json.encode([_that_matter(settings), contract, _tool(), _stated_beside(files)])).digest()
    return [
        Shard(_key(ground, group), tuple(file.path for file in group), sum(file.size for file in group))
        for group in _groups(files)
    ]


def contract_digest(folder: Path) -> str:
    """The digest of a contract's files."""
    return _digest((path.name, path.read_bytes()) for path in sorted(folder.glob("*.schema.json")))


def _groups(files: Iterable[RawFile]) -> Iterator[list[RawFile]]:
    group: list[RawFile] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if len(group) == SHARD_FILES or size >= SHARD_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _key(ground: bytes, group: Sequence[RawFile]) -> str:
    return sha256(ground + msgspec.json.encode(group)).hexdigest()[:32]


def _that_matter(settings: Settings) -> list[object]:
    """The settings that an article depends on, as this room reads them."""
    return [
        settings.language, settings.languages, settings.licence, settings.rights_holder, settings.min_length,
        settings.max_bytes, list(settings.sources.items()),
    ]  # fmt: skip


def _stated_beside(files: Sequence[RawFile]) -> list[object]:
    """The sidecars and tables that state something of other files, which may be in another shard.

    A table's own result depends on which files there are: it tells of those that are not.
    """
    paths = {file.path for file in files}
    tables = [file for file in files if is_table(file.path)]
    sidecars = [file for file in files if file.path.endswith(SIDECAR) and file.path.removesuffix(SIDECAR) in paths]
    return [tables, sidecars, _digest((path, b"") for path in sorted(paths)) if tables else None]


@cache
def _tool() -> str:
    """The version of this tool and, where it is worked on, of its modules and models."""
    states = ((path.relative_to(PACKAGE).as_posix(), path.stat()) for path in _files_of_tool())
    return _digest(
        [(NORMALISER.version, b""), *((name, f"{s.st_size} {s.st_mtime_ns}".encode()) for name, s in states)]
    )


def _files_of_tool() -> list[Path]:
    """Every file of the package but what Python makes of them."""
    return sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.parent.name != "__pycache__")


def _digest(named: Iterable[tuple[str, bytes]]) -> str:
    whole = sha256()
    for name, data in named:
        whole.update(f"{name}\n{len(data)}\n".encode() + data)
    return whole.hexdigest()
