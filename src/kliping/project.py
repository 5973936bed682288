"""A corpus folder: where its files are, and its `[tool.kliping]` settings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.errors import CallError
from kliping.files import read_lines, read_shards, write_bytes
from kliping.records import (
    Annotation,
    Article,
    Decision,
    Gold,
    Quarantined,
    Receipt,
    Rejection,
    SourceEntry,
    SplitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NAME", "Corpus", "Settings"]

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""A corpus's name, whole: it names folders."""


class Splits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which share of the articles each split gets; the shares sum to 1."""

    train: float = 0.8
    validation: float = 0.1
    test: float = 0.1


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping]` table of a corpus's pyproject.toml. `min_length` is in characters (code points)."""

    name: str
    title: str = ""
    language: str = "und"
    seed: int = 0
    licence: str | None = None
    rights_holder: str | None = None
    contact: str = ""
    raw: str = "corpus/raw"
    min_length: int = 100
    server: str = "http://127.0.0.1:8080"
    single_annotator: bool = False
    splits: Splits = Splits()


@dataclass(frozen=True, slots=True)
class Corpus:
    """An opened corpus folder. Its files may be absent: each step makes its own."""

    root: Path
    settings: Settings

    @classmethod
    def open(cls, start: str | Path = ".") -> Corpus:
        """The corpus at a folder, or at the nearest folder above it with `[tool.kliping]`.

        Raises:
            CallError: there is none, or its settings are wrong.
        """
        place = Path(start).resolve()
        for folder in (place, *place.parents):
            table = _settings_table(folder / "pyproject.toml")
            if table is not None:
                return cls(folder, _settings(folder / "pyproject.toml", table))
        raise CallError(
            f"{start}: no corpus here: no folder from here up has a pyproject.toml with [tool.kliping]; "
            "make one with `kliping init DIR`, or name it with -C DIR"
        )

    @property
    def raw(self) -> Path:
        """The raw files, as received."""
        return self.root / self.settings.raw

    @property
    def schema(self) -> Path:
        """The contract."""
        return self.root / "schema"

    @property
    def corpus(self) -> Path:
        """Sources, articles, rejections, splits, versions."""
        return self.root / "corpus"

    @property
    def annotation_folder(self) -> Path:
        """Guidelines, labelling configuration, pulled annotations, decisions, gold."""
        return self.root / "annotations"

    @property
    def labeling(self) -> Path:
        """Label Studio's labelling configuration, derived from the contract."""
        return self.annotation_folder / "labeling.xml"

    @property
    def releases(self) -> Path:
        """Built releases, a folder each."""
        return self.root / "releases"

    @property
    def state(self) -> Path:
        """What can always be made again: receipts, the server's address. Ignored by git."""
        return self.root / ".kliping"

    def sources(self) -> Iterator[SourceEntry]:
        """`corpus/sources.jsonl`."""
        return read_lines(self.corpus / "sources.jsonl", SourceEntry)

    def articles(self) -> Iterator[Article]:
        """`corpus/articles/*.jsonl`, in order."""
        return read_shards(self.corpus / "articles", Article)

    def revisions(self) -> Iterator[Article]:
        """`corpus/revisions/*.jsonl`: superseded texts."""
        return read_shards(self.corpus / "revisions", Article)

    def rejected(self) -> Iterator[Rejection]:
        """`corpus/rejected.jsonl`."""
        return read_lines(self.corpus / "rejected.jsonl", Rejection)

    def splits(self) -> Iterator[SplitEntry]:
        """`corpus/splits.jsonl`."""
        return read_lines(self.corpus / "splits.jsonl", SplitEntry)

    def annotations(self) -> Iterator[Annotation]:
        """`annotations/pulled/*.jsonl`, by article and annotator."""
        return read_shards(self.annotation_folder / "pulled", Annotation)

    def quarantine(self) -> Iterator[Quarantined]:
        """`annotations/quarantine.jsonl`."""
        return read_lines(self.annotation_folder / "quarantine.jsonl", Quarantined)

    def decisions(self) -> Iterator[Decision]:
        """`annotations/decisions.jsonl`."""
        return read_lines(self.annotation_folder / "decisions.jsonl", Decision)

    def gold(self) -> Iterator[Gold]:
        """`annotations/gold.jsonl`."""
        return read_lines(self.annotation_folder / "gold.jsonl", Gold)

    def keep_receipt(self, receipt: Receipt) -> None:
        """Keep a receipt in `.kliping/receipts/STEP.json`."""
        write_bytes(self.state / "receipts" / f"{receipt.step}.json", msgspec.json.encode(receipt) + b"\n")


def _settings_table(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("kliping")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: not TOML: {error}; mend the file") from None
    return table if isinstance(table, dict) else None


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise CallError(f"{path}: [tool.kliping]: {error}; see docs/reference/settings.md") from None
    shares = settings.splits
    if abs(shares.train + shares.validation + shares.test - 1) > 1e-9:
        raise CallError(f"{path}: [tool.kliping.splits]: the shares sum to something else than 1; mend them")
    if not NAME.fullmatch(settings.name):
        raise CallError(f"{path}: [tool.kliping] name: use letters a-z, digits, '-', '_' and '.': it names folders")
    return settings
