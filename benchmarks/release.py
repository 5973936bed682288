"""A release beside bare pyarrow: what tables with proofs and hashes cost, and what they hold in memory.

The bare way reads the rows of all tables from JSON lines and writes them as Parquet, with the same schema, compression
and row groups; it proves nothing, hashes nothing, and its rows are there already. The CPU of a process is its user and
system seconds with those of its children; memory is the most that one of its processes held.

    python -m benchmarks.release [COUNT [SENTENCES]]
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
from benchmarks.measured import measured
from pyarrow import parquet

from kliping.annotation.adjudication.article import adjudicate_article
from kliping.contract import load_contract
from kliping.contract.starter import starter_files
from kliping.contract.tables import arrow_schema
from kliping.files import encode_lines, sha256, write_bytes, write_lines, write_shards
from kliping.normaliser.run.resemblance import near_duplicates
from kliping.project import Corpus
from kliping.records import (
    Annotation,
    Article,
    Block,
    Entity,
    Holder,
    Normaliser,
    Source,
    SourceEntry,
    SplitEntry,
    Stance,
    Studio,
    Target,
)
from kliping.release.splitting.split import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.contract.scheme import Scheme

__all__ = ["main", "write_corpus"]

COUNT = 100_000
BARE_COUNT = 100_000
"""Above this many articles bare pyarrow is left out: its JSON lines would fill the disk."""
WHOLE_COUNT = 20_000
"""Above this many articles the whole command is left out: its checks would take most of the time."""
SENTENCES = 28
"""Of an article, some 3.5 KB."""
MENTIONS = 8

_NAMES = ("Wahid Pranggono", "Selawara", "Dewan Kota Rimbia", "Nimas Kalyana", "pasar lama", "Tanjung Belida", "HNA")
_WORDS = tuple(
    """
    warga menolak rencana dewan kota yang memindahkan pasar lama ke gedung baru di tepi sungai sebelum musim hujan tiba
    sementara nelayan menunggu perahu lampion kembali ke dermaga kayu dengan timbangan digital dan kafé pun tutup lebih
    awal karena feri malam tidak berlayar menurut catatan pelabuhan pada pukul 10.30 lewat 15 menit sejak Jum'at
    """.split()
)


class Sentence(msgspec.Struct, frozen=True):
    """Words, and the place of the name in them."""

    text: str
    start: int
    end: int


class Pool(msgspec.Struct, frozen=True):
    """What articles are made of: sentences to choose from, and how many an article has; 10 at least."""

    sentences: tuple[Sentence, ...]
    each: int


_BUILD = """
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import Check, Options, build_release
corpus, options = Corpus.open(sys.argv[1]), Options(workers=int(sys.argv[2]))
build_release(corpus, load_contract(corpus.schema), "0.1.0", Check(lambda _: [], lambda _: []), options)
"""
_WHOLE = """
from kliping.cli import cli
cli.main(["release", "0.2.0", "-C", sys.argv[1], "--json"], standalone_mode=False)
"""
_BARE = """
from pathlib import Path
from benchmarks.release import write_bare
write_bare(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    count, sentences = (*map(int, arguments), *(COUNT, SENTENCES)[len(arguments) :])
    with tempfile.TemporaryDirectory() as folder:
        root, lines = Path(folder) / "corpus", Path(folder) / "lines"
        write_corpus(root, count, sentences)
        near_duplicates(Corpus.open(root))  # as `kliping split` left them
        runs = [measured("tables, proven and hashed, in one process", _BUILD, root, 1)]
        for made in ("releases", "corpus/versions"):
            shutil.rmtree(root / made)
        runs.append(measured("the same, in two processes", _BUILD, root, 2))
        if count <= BARE_COUNT:
            _dump(root, lines)
            runs = [measured("bare pyarrow.json to Parquet, the same rows", _BARE, root, lines), *runs]
        if count <= WHOLE_COUNT:
            runs.append(measured("kliping release, with all checks", _WHOLE, root))
    print(f"{count} articles\n")
    print("| run | CPU seconds | ratio | peak MiB | seconds |\n| --- | --- | --- | --- | --- |")
    for run in runs:
        peak = max(run.own, run.child)
        print(f"| {run.what} | {run.cpu:.1f} | {run.cpu / runs[0].cpu:.2f} | {peak:.0f} | {run.seconds:.1f} |")


def write_corpus(root: Path, count: int, sentences: int = SENTENCES, *, disputed: int = 0) -> None:
    """Articles that two annotators agree on, each with gold: the same for the same count.

    Args:
        root: the corpus's folder.
        count: how many articles.
        sentences: of an article.
        disputed: of as many articles, one has a mention that only one of the annotators marked, and so no gold.
    """
    for name, data in starter_files("bench", "id").items():
        write_bytes(root / name, data)
    write_bytes(root / "corpus/LICENSE", b"CC0 1.0 Universal\n")
    chance = random.Random(20261124)  # noqa: S311 — a benchmark's texts are no secret
    pool = Pool(tuple(_sentence(chance) for _ in range(5000)), sentences)
    scheme = load_contract(root / "schema").scheme
    ids = [f"article-{number:07}" for number in range(count)]
    shuffled = random.Random(7).sample(ids, count)  # noqa: S311 — articles lie in the order of their raw paths
    write_shards(root / "corpus/articles", (_article(name, pool) for name in shuffled))
    splits = random.Random(8).choices(SPLITS, (8, 1, 1), k=count)  # noqa: S311 — as above
    write_bytes(
        root / "corpus/splits.jsonl",
        encode_lines(SplitEntry(id=n, split=s, cluster=n) for n, s in zip(shuffled, splits, strict=True)),
    )
    write_lines(root / "corpus/sources.jsonl", (_source(_article(name, pool)) for name in ids))
    gold = root / "annotations/gold.jsonl"
    with gold.open("wb") as file:

        def made() -> Iterator[Annotation]:
            for number, name in enumerate(ids, 1):
                article = _article(name, pool)
                both = list(_annotations(article, pool, scheme))
                if disputed and number % disputed == 0:
                    both[1] = msgspec.structs.replace(both[1], entities=both[1].entities[:-1])
                decided = adjudicate_article(article, both, (), single_annotator=False).gold
                file.write(encode_lines([decided] if decided else []))
                yield from both

        write_shards(root / "annotations/pulled", made())


def _source(article: Article) -> SourceEntry:
    source = article.source
    return SourceEntry(
        id=article.id, aliases=(), path=f"{article.id}.txt", sha256=source.sha256, media_type=source.media_type,
        url=article.url, retrieved=None, licence=source.licence, rights_holder=source.rights_holder,
    )  # fmt: skip


def _sentence(chance: random.Random) -> Sentence:
    before, after = (" ".join(chance.choices(_WORDS, k=chance.randint(4, 11))) for _ in range(2))
    name = chance.choice(_NAMES)
    return Sentence(f"{before.capitalize()} {name}, {after}.", len(before) + 1, len(before) + 1 + len(name))


def _picked(name: str, pool: Pool) -> list[Sentence]:
    return random.Random(name).choices(pool.sentences, k=pool.each)  # noqa: S311 — as above


def _article(name: str, pool: Pool) -> Article:
    sentences = [one.text for one in _picked(name, pool)]
    pieces = [sentences[0], *(" ".join(sentences[at : at + 3]) for at in range(1, pool.each, 3))]
    blocks: list[Block] = []
    start = 0
    for piece in pieces:
        blocks.append(Block(type="paragraph" if blocks else "title", start=start, end=start + len(piece)))
        start += len(piece) + 2
    text = "\n\n".join(pieces)
    return Article(
        id=name, text=text, text_sha256=sha256(text.encode()), blocks=tuple(blocks), title=pieces[0], subtitle=None,
        authors=("Tika Laruna",), publisher="Harian Lembah", published="2026-01-02T03:04:05+07:00", modified=None,
        url=f"https://lembah.example/{name}", dateline=None, topics=("Pasar", "Feri"), figures=(), related=(),
        removed=(), repairs=(), confidence=None, language="id", language_score=None,
        source=Source(path=f"{name}.txt", sha256=sha256(name.encode()), media_type="text/plain", retrieved=None,
                      licence="CC0-1.0", rights_holder="Harian Lembah"),
        normaliser=Normaliser(name="kliping", version="1"), metadata={}, extra=None,
    )  # fmt: skip


def _annotations(article: Article, pool: Pool, scheme: Scheme) -> Iterator[Annotation]:
    chance, start = random.Random(article.id + "!"), 0  # noqa: S311 — as above
    labels, sides = [one.const for one in scheme.entity_labels], [one.const for one in scheme.stances]
    marked: list[tuple[int, int, str]] = []
    for number, sentence in enumerate(_picked(article.id, pool)):
        at = start + sentence.start
        if number % 3 == 0 and len(marked) < MENTIONS:
            marked.append((at, start + sentence.end, chance.choice(labels)))
        start += len(sentence.text) + (2 if number % 3 == 0 else 1)
    taken = chance.choice(sides), chance.choice(sides)
    for number, who in enumerate(("annotator-aa", "annotator-bb")):
        ids = [f"{chance.getrandbits(40):010x}" for _ in marked]  # each annotator's marks have their own
        entities = tuple(
            Entity(id=name, start=start, end=end, text=article.text[start:end], label=label)
            for name, (start, end, label) in zip(ids, marked, strict=True)
        )
        yield Annotation(
            id=f"{article.id}-{who}-1", article_id=article.id, text_sha256=article.text_sha256, annotator=who, round=1,
            scheme=scheme.version, status="submitted", entities=entities, stances=_stances(ids, taken), comment=None,
            created="2026-01-02T03:04:05Z", updated="2026-01-02T03:04:05Z", lead_time=31.5, predictions_shown=None,
            studio=Studio(project=1, task=number, annotation=number),
        )  # fmt: skip


def _stances(ids: Sequence[str], taken: tuple[str, str]) -> tuple[Stance, Stance]:
    def target(number: int) -> Target:
        return Target(kind="mention", mention=ids[number])

    held = Holder(kind="mention", mention=ids[2])
    return (
        Stance(id="s1", stance=taken[0], target=target(1), holder=held),
        Stance(id="s2", stance=taken[1], target=target(3), holder=Holder(kind="author")),
    )


def _dump(root: Path, lines: Path) -> None:
    """The rows of a release as JSON lines, a file a Parquet file."""
    for path in sorted((root / "releases/bench-0.1.0").glob("*/*.parquet")):
        target = lines / path.parent.name / f"{path.stem}.jsonl"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file, parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(1000):
                file.write(msgspec.json.Encoder().encode_lines(batch.to_pylist()))


def write_bare(root: Path, lines: Path) -> None:
    """JSON lines to Parquet with pyarrow alone: what one would write without us."""
    from pyarrow import json

    contract = load_contract(Corpus.open(root).schema)
    for path in sorted(lines.glob("*/*.jsonl")):
        schema = arrow_schema(contract, path.parent.name)
        reading = json.ReadOptions(block_size=1 << 22)
        parsing = json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
        target = lines / path.parent.name / f"{path.stem}.parquet"
        with parquet.ParquetWriter(target, schema, compression="zstd", compression_level=3) as writer:
            for batch in json.open_json(path, reading, parsing):
                writer.write_table(pa.Table.from_batches([batch], schema), row_group_size=1000)


if __name__ == "__main__":
    main(sys.argv[1:])
