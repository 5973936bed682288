"""Where a release goes: a dataset of the hub, or a folder; told apart by how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kliping.errors import CallError

__all__ = ["Destination", "Hub", "Store", "destination"]

_REPOSITORY = re.compile(r"(?=[^/]{1,96}/[^/]{1,96}\Z)[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
"""OWNER/NAME as the hub takes it: letters, digits, `-`, `_`, `.`."""

_PATH = re.compile(r"(/|~|\.{1,2}(/|$))")
"""What only a path begins with."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A dataset of the hub, `OWNER/NAME`."""

    repository: str

    def __str__(self) -> str:
        return self.repository


@dataclass(frozen=True, slots=True)
class Store:
    """A folder that is there, which takes releases as `NAME-VERSION/`."""

    folder: Path

    def __str__(self) -> str:
        return str(self.folder)


Destination: TypeAlias = Hub | Store


def destination(given: str) -> Destination:
    """Where `--to` points: what begins with `/`, `./`, `../` or `~` is a folder, `OWNER/NAME` is a dataset of the hub.

    Raises:
        CallError: it is neither, the folder is not there, or a folder is there that is written like a dataset.
    """
    if _PATH.match(given):
        folder = Path(given).expanduser()
        if not folder.is_dir():
            raise CallError(f"{given}: no such folder; make it first, so that a slip of the hand makes no second store")
        return Store(folder)
    if not _REPOSITORY.fullmatch(given) or "--" in given or ".." in given or given.endswith((".git", "-", ".")):
        raise CallError(
            f"{given!r} is neither a dataset, OWNER/NAME of letters, digits, '-', '_' and '.', nor a folder, which is "
            "written with /, ./, ../ or ~ at its beginning"
        )
    if Path(given).exists():
        raise CallError(f"{given}: a dataset of the hub, or the folder here? write ./{given} for the folder")
    return Hub(given)
