"""Pulling from a file that somebody exported from any Label Studio."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.errors import CallError, DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.contract import Scheme

__all__ = ["Exported", "ExportedTask", "read_export"]

BEGINNING = 4096
"""Bytes by which a file is told from one of another kind."""


class _Person(msgspec.Struct, frozen=True):
    id: int | None = None
    email: str | None = None


class _Predicted(msgspec.Struct, frozen=True):
    id: int | None = None
    model_version: str | None = None


class Exported(msgspec.Struct, frozen=True):
    """An annotation of an export; `lead_time` in seconds. The address in it is for hashing, never for printing."""

    id: int | str | None = None
    completed_by: int | str | _Person | None = None
    was_cancelled: bool | None = None
    created_at: str | None = None
    updated_at: str | None = None
    lead_time: float | None = None
    parent_prediction: int | None = None
    result: list[Any] | None = None

    @property
    def address(self) -> str | None:
        """The address of who submitted; None where the file has none."""
        said = self.completed_by.email if isinstance(self.completed_by, _Person) else self.completed_by
        return said if isinstance(said, str) and "@" in said else None

    @property
    def person(self) -> str | None:
        """The number of who submitted, as `#7`; None where the file has none."""
        number = self.completed_by.id if isinstance(self.completed_by, _Person) else self.completed_by
        return None if number is None else f"#{number}"


class ExportedTask(msgspec.Struct, frozen=True):
    """A task of an export with its annotations, which old servers called completions."""

    id: int | str | None = None
    data: dict[str, Any] | None = None
    meta: Any = None
    annotations: list[Exported] | None = None
    completions: list[Exported] | None = None
    predictions: list[_Predicted | int] | None = None

    @property
    def submitted(self) -> list[Exported]:
        """Its annotations."""
        return self.annotations or self.completions or []

    def model(self, prediction: int) -> str:
        """The model version of one of its predictions; empty where the file does not say."""
        for one in self.predictions or ():
            if isinstance(one, _Predicted) and one.id == prediction:
                return one.model_version or ""
        return ""


def read_export(path: Path, scheme: Scheme) -> Iterator[ExportedTask]:
    """The tasks of an export, one after the other; no more than one is held.

    Args:
        path: the file.
        scheme: whose stances cannot be read from every kind of export.

    Raises:
        CallError: the extra `studio` is not installed.
        DataError: it is no JSON export of Label Studio, or of a kind that has lost what matters; or it ends too early.
    """
    try:
        import ijson
    except ImportError:
        raise CallError("reading an export needs ijson; run: pip install 'kliping[studio]'") from None
    _refuse_others(path)
    with path.open("rb") as file:
        if file.read(3) != b"\xef\xbb\xbf":  # Windows programs write it before UTF-8
            file.seek(0)
        number = 0
        try:
            for number, item in enumerate(ijson.items(file, "item", use_float=True), 1):
                yield _task(path, number, item, scheme)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise DataError(
                f"{path}: not whole JSON after item {number} ({_first_line(error)}); export it from Label Studio again"
            ) from None


def _task(path: Path, number: int, item: object, scheme: Scheme) -> ExportedTask:
    if not isinstance(item, dict):
        raise DataError(f"{path}: item {number} is no task; export the project from Label Studio as JSON")
    if "annotation_id" in item and "annotations" not in item:
        raise DataError(_min_reason(path, scheme))
    if not isinstance(item.get("data"), dict):
        raise DataError(
            f"{path}: item {number} has no `data`: these are not Label Studio's tasks; export the project as JSON"
        )
    try:
        return msgspec.convert(item, ExportedTask)
    except msgspec.ValidationError as error:
        raise DataError(f"{path}: item {number}: {error}; export the project from Label Studio as JSON") from None


def _min_reason(path: Path, scheme: Scheme) -> str:
    lost = "which mention a stance belongs to, its holder's arrows, " if scheme.stances else ""
    return (
        f"{path}: this is JSON_MIN, which has lost {lost}the ids of regions, and what was skipped; "
        "export the project as JSON instead"
    )


def _refuse_others(path: Path) -> None:
    """Say what a file is that is no JSON list."""
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    words = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if words.startswith(b"["):
        return
    kinds = (
        (not words, "an empty file"),
        (words.startswith(b"PK\x03\x04"), "a ZIP archive: unpack it, and give the JSON file in it"),
        (words.startswith(b"{"), "one JSON object, and an export is a list of tasks"),
        (words.startswith(b"-DOCSTART-"), "CoNLL, which has tokens and no stances"),
        (re.match(rb"[^\n]*,[^\n]*annotat", words) is not None, "CSV, which has lost the regions' ids and arrows"),
        (re.match(rb"[^\n]*\t[^\n]*annotat", words) is not None, "TSV, which has lost the regions' ids and arrows"),
    )
    what = next((name for is_so, name in kinds if is_so), "no JSON")
    raise DataError(f"{path}: this is {what}; export the project from Label Studio as JSON")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].strip()[:80]
