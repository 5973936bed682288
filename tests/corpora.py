"""Small corpora made by hand, as records and as folders. All people, places and organisations are invented."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kliping.files import encode_lines, write_bytes, write_shards
from kliping.project import Corpus
from kliping.records import (
    Annotation,
    Article,
    Block,
    BlockType,
    Entity,
    Gold,
    Holder,
    Normaliser,
    Source,
    SplitEntry,
    Stance,
    Target,
)
from kliping.release import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import Record, SplitName

SCHEMA = Path(__file__).parents[1] / "schema"

PYPROJECT = """\
[tool.kliping]
name = "toy"
title = "Toy corpus: news from Rimbia"
language = "id"
seed = 7
licence = "CC0-1.0"
rights_holder = "The toy maintainers"
contact = "the issue tracker"
"""


def article(name: str, *pieces: str, language: str = "id") -> Article:
    """An article of blocks, the first its title; a piece may begin with its block's type and a bar, `heading|`."""
    blocks: list[Block] = []
    text = ""
    for piece in pieces:
        kind, words = _typed(piece, "paragraph" if blocks else "title")
        text += "\n\n" if blocks else ""
        blocks.append(Block(type=kind, start=len(text), end=len(text) + len(words)))
        text += words
    return Article(
        id=name,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        blocks=tuple(blocks),
        title=text[blocks[0].start : blocks[0].end],
        subtitle=None,
        authors=(),
        publisher=None,
        published="2024-08-05",
        modified=None,
        url=f"https://pos.example/{name}",
        dateline=None,
        topics=(),
        figures=(),
        related=(),
        removed=(),
        repairs=(),
        confidence=None,
        language_score=None,
        language=language,
        source=Source(
            path=f"{name}.txt",
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            media_type="text/plain",
            retrieved=None,
            licence="CC0-1.0",
            rights_holder=None,
        ),
        normaliser=Normaliser(name="by-hand", version="1"),
        metadata={},
        extra=None,
    )


def placed(about: Article, split: SplitName = "train") -> SplitEntry:
    """An article's split, in a cluster of its own."""
    return SplitEntry(id=about.id, split=split, cluster=about.id)


def entity(about: Article, number: int, surface: str, label: str, *, after: str = "") -> Entity:
    """The first mention of a surface that stands after some words, with the id `eNUMBER`."""
    start = about.text.index(after + surface) + len(after)
    return Entity(id=f"e{number}", start=start, end=start + len(surface), text=surface, label=label)


def stance(number: int, side: str, target: Target, holder: Holder) -> Stance:
    """A stance with the id `sNUMBER`."""
    return Stance(id=f"s{number}", stance=side, target=target, holder=holder)


def mention(name: str) -> Target:
    """A target that is a mention."""
    return Target(kind="mention", mention=name)


def gold(about: Article, entities: Iterable[Entity], stances: Iterable[Stance] = (), annotators: int = 2) -> Gold:
    """Gold of an article."""
    return Gold(
        article_id=about.id,
        text_sha256=about.text_sha256,
        scheme="1.0.0",
        annotators=annotators,
        entities=tuple(entities),
        stances=tuple(stances),
    )


def annotation(
    about: Article, annotator: str, entities: Iterable[Entity] = (), stances: Iterable[Stance] = (), **fields: object
) -> Annotation:
    """What one annotator submitted; other fields by name."""
    said: dict[str, object] = {
        "id": f"{about.id}-{annotator}-1",
        "article_id": about.id,
        "text_sha256": about.text_sha256,
        "annotator": annotator,
        "round": 1,
        "scheme": "1.0.0",
        "status": "submitted",
        "entities": tuple(entities),
        "stances": tuple(stances),
        "comment": None,
        "created": "2026-01-02T03:04:05Z",
        "updated": "2026-01-02T03:04:05Z",
        "lead_time": 12.5,
        "predictions_shown": None,
        "studio": None,
    }
    return Annotation(**(said | fields))  # type: ignore[arg-type]


def write_corpus(
    root: Path,
    articles: Sequence[Article],
    *,
    splits: Mapping[str, SplitName] | None = None,
    gold: Iterable[Gold] = (),
    annotations: Iterable[Annotation] = (),
    revisions: Iterable[Article] = (),
) -> Corpus:
    """A corpus folder with this repository's contract; without `splits`, no article has one."""
    write_bytes(root / "pyproject.toml", PYPROJECT.encode())
    shutil.copytree(SCHEMA, root / "schema", dirs_exist_ok=True)
    write_bytes(root / "corpus" / "LICENSE", b"CC0 1.0 Universal\n")
    write_bytes(root / "annotations" / "guidelines.md", b"# Guidelines\n\nMark every named mention.\n")
    write_shards(root / "corpus" / "articles", articles)
    write_shards(root / "corpus" / "revisions", revisions)
    write_shards(root / "annotations" / "pulled", annotations)
    entries = [SplitEntry(id=name, split=split, cluster=name) for name, split in (splits or {}).items()]
    _write_lines(root / "corpus" / "splits.jsonl", entries)
    _write_lines(root / "annotations" / "gold.jsonl", gold)
    return Corpus.open(root)


UNCHECKED = Check(corpus=lambda _corpus: [], release=lambda _folder: [])
"""Stands in for the check of corpus and release, where a test is about something else."""


def toy(root: Path) -> Corpus:
    """Five articles in three splits: two with gold, one partial, two without annotations; two annotators."""
    market = article(
        "market",
        "Pasar Lama Tetap Buka",
        "Wali Kota Rimbia, Sena Waluyo, menolak pemindahan Pasar Lama 👩‍🌾. “Kami tidak pindah,” kata dia.",
    )
    ferry = article(
        "ferry",
        "Night ferry returns",
        "The Rimbia Ferry Board backed the night ferry on Monday 🇮🇩. Fares stay at Rp5.000.",
        language="en",
    )
    dike = article(
        "dike", "Tanggul Senar jebol", "Tanggul Senar jebol pada pukul 10.30, kata petugas. Kedaim\u0303 Arum tutup."
    )
    lamps = article("lamps", "Festival lampion", "Festival Perahu digelar di Tanjung Belida pekan ini.")
    fish = article("fish", "Fish prices", "Prices rose at the pier, said a trader.", language="en")
    market_entities = (
        entity(market, 1, "Rimbia", "PLACE"),
        entity(market, 2, "Sena Waluyo", "PERSON"),
        entity(market, 3, "pemindahan Pasar Lama", "POLICY"),
        entity(market, 4, "Pasar Lama", "PLACE", after="pemindahan "),
    )
    market_stances = (
        stance(1, "against", mention("e3"), Holder(kind="mention", mention="e2")),
        stance(2, "none", Target(kind="declared", name="MARKET_MOVE"), Holder(kind="author")),
    )
    ferry_entities = (entity(ferry, 1, "Rimbia Ferry Board", "ORGANISATION"), entity(ferry, 2, "night ferry", "POLICY"))
    ferry_stances = (stance(1, "favor", mention("e2"), Holder(kind="mention", mention="e1")),)
    dike_entities = (entity(dike, 1, "Kedaim\u0303 Arum", "ORGANISATION"),)
    return write_corpus(
        root,
        (market, ferry, dike, lamps, fish),
        splits={"market": "train", "ferry": "test", "dike": "train", "lamps": "validation", "fish": "train"},
        gold=(gold(market, market_entities, market_stances), gold(ferry, ferry_entities, ferry_stances)),
        annotations=(
            annotation(dike, "annotator-aa", dike_entities),
            annotation(dike, "annotator-bb", (), comment="tidak yakin"),
            annotation(ferry, "annotator-aa", ferry_entities, ferry_stances),
            annotation(ferry, "annotator-bb", ferry_entities, ferry_stances),
            annotation(lamps, "annotator-bb", status="skipped"),
            annotation(market, "annotator-aa", market_entities, market_stances),
            annotation(market, "annotator-bb", market_entities, market_stances),
        ),
    )


def _typed(piece: str, usual: BlockType) -> tuple[BlockType, str]:
    kind, bar, words = piece.partition("|")
    for one in get_args(BlockType):
        if bar and one == kind:
            return one, words
    return usual, piece


def _write_lines(path: Path, records: Iterable[Record]) -> None:
    write_bytes(path, encode_lines(records))
