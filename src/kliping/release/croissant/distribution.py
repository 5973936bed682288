"""The files of a release as Croissant names them: each with its hash and size, and a set of them for each config."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kliping.contract.croissant import file_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.release.manifest import FileEntry

__all__ = ["distribution"]

_PARQUET = "application/x-parquet"
"""Not the registered `application/vnd.apache.parquet`: `mlcroissant` takes that for valid and cannot read it."""

_FORMATS = {
    ".cff": "application/yaml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".parquet": _PARQUET,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    "": "text/plain",
}


def distribution(files: Mapping[str, FileEntry], configs: Iterable[str]) -> list[dict[str, Any]]:
    """A file object for each file, by its path in the release, then a file set for each config.

    A file set names its files one by one: a file of another version that lies beside them is not read.
    """
    return [*(_file(path, entry) for path, entry in files.items()), *_sets(files, configs)]


def _file(path: str, entry: FileEntry) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{entry.bytes} B",
        "encodingFormat": _FORMATS.get(PurePosixPath(path).suffix, "application/octet-stream"),
        "sha256": entry.sha256,
    }


def _sets(files: Mapping[str, FileEntry], configs: Iterable[str]) -> Iterator[dict[str, Any]]:
    for config in configs:
        yield {
            "@type": "cr:FileSet",
            "@id": file_set(config),
            "name": file_set(config),
            "encodingFormat": _PARQUET,
            "includes": [path for path in files if path.startswith(f"{config}/") and path.endswith(".parquet")],
        }
