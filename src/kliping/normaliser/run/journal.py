"""Putting a run's result in its place: whole, also where the run is killed while it does.

The new files are written into `ready.part/`, which is then renamed to `ready/`. From there on the result stands; what
is left is moving files, and the next run goes on with that before anything else.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError
from kliping.files import SHARD_LINES, write_bytes
from kliping.normaliser.run.archive import Places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kliping.normaliser.run.archive import Place

__all__ = ["Journal", "finish"]

SURPLUS = "surplus.json"

_SHARD = re.compile(r"(articles|revisions)/[^/]+\.jsonl")
"""What a run may remove."""


class Journal:
    """The files that a run is to write or to remove, by their names in the corpus's folder.

    Args:
        staging: where they are made.
        corpus: where they belong.
    """

    def __init__(self, staging: Path, corpus: Path) -> None:
        self._corpus, self._part, self._ready = corpus, staging / "ready.part", staging / "ready"
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir(parents=True)
        self._surplus: list[str] = []

    def write(self, name: str, data: bytes) -> None:
        """A file is to hold this; one that does is left alone."""
        there = self._corpus / name
        if not (there.exists() and there.read_bytes() == data):
            write_bytes(self._part / name, data)

    def write_shards(self, folder: str, places: Sequence[Place], there: Mapping[str, Sequence[str]]) -> None:
        """A folder is to hold the lines of these places, `SHARD_LINES` a file, and no other.

        Args:
            folder: its name.
            places: the lines, in order.
            there: the digests of each present file's lines, by its name; files that hold the same are left alone.
        """
        surplus = set(there)
        with Places() as lines:
            for start in range(0, len(places), SHARD_LINES):
                shard, name = places[start : start + SHARD_LINES], f"{start // SHARD_LINES:05}.jsonl"
                surplus.discard(name)
                if list(there.get(name, ())) != [place.digest for place in shard]:
                    self.write(f"{folder}/{name}", b"".join(map(lines.line, shard)))
        self._surplus += [f"{folder}/{name}" for name in sorted(surplus)]

    def commit(self) -> None:
        """Put everything in its place."""
        write_bytes(self._part / SURPLUS, msgspec.json.encode(self._surplus))
        self._part.rename(self._ready)
        finish(self._ready.parent, self._corpus)


def finish(staging: Path, corpus: Path) -> None:
    """Go on with what a killed run had decided to write."""
    ready = staging / "ready"
    if not ready.exists():
        return
    surplus = [name for name in _surplus(ready) if _SHARD.fullmatch(name)]  # the folder may come from elsewhere
    for path in sorted(ready.rglob("*")):
        if path.is_file() and path.name != SURPLUS:
            _move(path, corpus / path.relative_to(ready))
    for name in surplus:
        (corpus / name).unlink(missing_ok=True)
    done = staging / "done.part"
    ready.rename(done)  # else a run killed while it deletes would leave half of it, which stands for nothing
    shutil.rmtree(done)


def _surplus(ready: Path) -> list[str]:
    try:
        return msgspec.json.decode((ready / SURPLUS).read_bytes(), type=list[str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{ready / SURPLUS}: {error}; remove {ready}, and run the command again") from None


def _move(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.stat().st_dev == to.parent.stat().st_dev:
        path.replace(to)
    else:
        write_bytes(to, path.read_bytes())
        path.unlink()
