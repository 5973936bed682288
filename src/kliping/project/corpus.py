"""A corpus folder: where its files are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError
from kliping.files import read_lines, read_shards, write_bytes
from kliping.project.settings import Settings, read_settings
from kliping.records import (
    Annotation,
    Article,
    Assignment,
    Carried,
    Decision,
    Gold,
    Prediction,
    Quarantined,
    Receipt,
    Rejection,
    Relabelling,
    SourceEntry,
    SplitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Corpus"]


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
            settings = read_settings(folder / "pyproject.toml")
            if settings is not None:
                return cls(folder, settings)
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

    def carried(self) -> Iterator[Carried]:
        """`annotations/carried.jsonl`."""
        return read_lines(self.annotation_folder / "carried.jsonl", Carried)

    def predictions(self, name: str) -> Iterator[Prediction]:
        """`annotations/predictions/NAME.jsonl`: what a model said."""
        return read_lines(self.annotation_folder / "predictions" / f"{name}.jsonl", Prediction)

    def rounds(self) -> Iterator[Assignment]:
        """`annotations/rounds.jsonl`: who labels what, and when."""
        return read_lines(self.annotation_folder / "rounds.jsonl", Assignment)

    def relabelled(self) -> Iterator[Relabelling]:
        """`annotations/relabelled.jsonl`: what was renamed."""
        return read_lines(self.annotation_folder / "relabelled.jsonl", Relabelling)

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
