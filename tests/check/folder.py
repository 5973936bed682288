"""A small good corpus in a folder, and ways to break it. All people, places and organisations are invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.corpora import annotation, article, entity, mention, stance, write_corpus

from kliping.annotation import adjudicate_corpus
from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.contract.labeling import labeling_config
from kliping.files import encode_lines, sha256
from kliping.project import Corpus
from kliping.records import Decision, Holder, Prediction, Rejection, SourceEntry, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.records import Article

Json: TypeAlias = dict[str, Any]

ARTICLES = "corpus/articles/00000.jsonl"
REVISIONS = "corpus/revisions/00000.jsonl"
PULLED = "annotations/pulled/00000.jsonl"
DECISIONS = "annotations/decisions.jsonl"
GOLD = "annotations/gold.jsonl"
SPLITS = "corpus/splits.jsonl"
SOURCES = "corpus/sources.jsonl"
PREDICTIONS = "annotations/predictions/toy.jsonl"

KEY = bytes(range(32))
"""Of pseudonyms."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A corpus folder whose files a test may break."""

    root: Path

    def lines(self, path: str) -> list[Json]:
        return [json.loads(line) for line in (self.root / path).read_bytes().splitlines()]

    def write(self, path: str, data: bytes) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)

    def edit(self, path: str, change: Callable[[bytes], bytes]) -> None:
        self.write(path, change((self.root / path).read_bytes()))

    def edit_line(self, path: str, number: int, change: Callable[[Json], object]) -> None:
        """Change the JSON object of a line, counted from 0, in place."""
        lines = self.lines(path)
        change(lines[number])
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
        self.write(path, text.encode())

    def codes(self) -> set[str]:
        return {finding.code for finding in check_corpus(Corpus.open(self.root))}


def good_corpus(root: Path) -> Folder:
    """Three articles, two annotated by two, one decision, gold, a superseded text, a rejected file."""
    market = article("market", "Pasar Lama Tetap Buka", "Sena Waluyo menolak pemindahan Pasar Lama 👩‍🌾 di Rimbia.")
    ferry = article("ferry", "Night ferry returns", "The Rimbia Ferry Board backed the night ferry.", language="en")
    old = article("ferry", "Night ferry returns", "The Rimbia Ferry Board backs the night ferry.", language="en")
    lamps = article("lamps", "Festival lampion", "Festival Perahu digelar di Tanjung Belida.")
    mayor, plan = entity(market, 1, "Sena Waluyo", "PERSON"), entity(market, 2, "pemindahan Pasar Lama", "POLICY")
    town = entity(market, 3, "Rimbia", "PLACE")
    side = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
    board = entity(ferry, 1, "Rimbia Ferry Board", "ORGANISATION")
    corpus = write_corpus(
        root,
        (market, ferry, lamps),
        splits={"market": "train", "ferry": "test", "lamps": "train"},
        revisions=(old,),
        annotations=(
            annotation(ferry, "annotator-aa", [board]),
            annotation(ferry, "annotator-bb", [board]),
            annotation(market, "annotator-aa", [mayor, plan, town], [side]),
            annotation(market, "annotator-bb", [mayor, plan], [side]),
        ),
    )
    folder = Folder(root)
    folder.write(SOURCES, encode_lines(source_entry(one) for one in (market, ferry, lamps)))
    rejection = Rejection(path="short.txt", sha256=sha256(b"short"), reason="too-short", detail="5 characters")
    folder.write("corpus/rejected.jsonl", encode_lines([rejection]))
    accepted = Span(start=town.start, end=town.end, text=town.text, label=town.label)
    folder.write(DECISIONS, encode_lines([decision(market.text_sha256, accepted)]))
    waiting = entity(lamps, 1, "Festival Perahu", "EVENT"), entity(lamps, 2, "Tanjung Belida", "PLACE")
    said = Prediction(
        article_id="lamps", text_sha256=lamps.text_sha256, model_version="toy-1", score=None, entities=waiting,
        stances=(stance(1, "none", mention("e1"), Holder(kind="mention", mention="e2")),),
    )  # fmt: skip
    folder.write(PREDICTIONS, encode_lines([said]))
    folder.write("annotations/key.json", b'{"fingerprint":"0123456789abcdef"}\n')
    contract = load_contract(corpus.schema)
    folder.write("annotations/labeling.xml", labeling_config(contract.scheme, "id").encode())
    adjudicate_corpus(corpus, contract)
    return folder


def source_entry(about: Article) -> SourceEntry:
    """The line about the source of an article made by hand."""
    return SourceEntry(
        id=about.id, aliases=(), path=f"{about.id}.txt", sha256=about.source.sha256, media_type="text/plain",
        url=about.url, retrieved=None, licence="CC0-1.0", rights_holder=None,
    )  # fmt: skip


def decision(text_sha256: str, span: Span) -> Decision:
    """A decision to accept a mention in the article `market`."""
    return Decision(
        article_id="market", text_sha256=text_sha256, mention=span, stance=None, verdict="accept",
        edited_mention=None, edited_stance=None, by="adjudicator", when="2026-02-03", why="named town", guidelines="1",
    )  # fmt: skip
