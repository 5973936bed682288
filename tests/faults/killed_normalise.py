"""A normalisation that is killed: the next one leaves the corpus as an undisturbed one does, byte for byte.

Killed are first runs, and runs on a corpus that was normalised and annotated, whose raw files have changed since: with
new, changed, moved and deleted ones, a text that stays since it is annotated, and near-duplicates that are known.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import tarfile
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from click.testing import CliRunner
from tests.corpora import annotation, entity, write_corpus
from tests.faults.killing import Trial, files_of, finished, kills, state_of

from kliping.cli import cli
from kliping.files import write_shards
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.faults.killing import Files, Kill

DUMPS = 240
"""Text dumps, beside what is in archives."""

SHARD_FULL = b"\0" * 8_000_000
"""A file after which a shard takes no more: so the others are another shard, for another worker."""

WORDS = (
    "warga menolak rencana dewan kota yang memindahkan pasar lama ke gedung baru di tepi sungai sebelum musim hujan "
    "tiba sementara nelayan menunggu perahu lampion kembali ke dermaga kayu dengan timbangan digital"
).split()


class Case(NamedTuple):
    """What kind of run is killed: on which corpus, with how many workers."""

    command: str
    changed: bool
    workers: int


CASES = (
    Case("normalise, 1 worker", False, 1),
    Case("normalise, 2 workers", False, 2),
    Case("normalise again, 1 worker", True, 1),
    Case("normalise again, 2 workers", True, 2),
)


def killed_normalisations(place: Path, count: int, seed: int, dumps: int = DUMPS) -> Iterator[Kill]:
    """Kill runs of four kinds in turn, each kind at as many instants, spread over its own duration.

    Args:
        place: a folder of its own.
        count: how many instants of all kinds.
        seed: of the instants.
        dumps: of the corpus.

    Raises:
        AssertionError: a run did not end in the undisturbed state.
    """
    first, again = place / "first", place / "again"
    raw_corpus(first, dumps)
    annotated_corpus(again, dumps)
    for number, case in enumerate(CASES):
        here = place / str(number)
        here.mkdir()
        times = count // len(CASES) + (number < count % len(CASES))
        arguments = ("normalise", "--workers", str(case.workers))
        before = again if case.changed else first
        if times:
            trial = Trial(case.command, arguments, before, files, normalise, case.workers > 1, marked)
            yield from kills(trial, here, times, seed + number)


def normalise(corpus: Path) -> int:
    """Run the command in this process; how many changes it made."""
    done = CliRunner().invoke(cli, ["normalise", "--workers", "1", "--json", "-C", str(corpus)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    changes: int = json.loads(done.stdout)["changes"]
    return changes


def files(corpus: Path) -> Files:
    """What a normalisation writes, its caches included; the receipt tells of the last run alone."""
    names = ("corpus/*.jsonl", "corpus/articles", "corpus/revisions", "annotations/*.jsonl", ".kliping/normalise")
    return files_of(corpus, *names, ".kliping/near_duplicates.*", ".kliping/*.diff")


def marked(before: Files, there: Files, expected: Files) -> None:
    """While some files are of before, and some of after, a mark keeps a release from them."""
    of_corpus = (
        {name: data for name, data in one.items() if name.startswith("corpus/")} for one in (before, there, expected)
    )
    if state_of(*of_corpus)[0] == "part":
        assert any(name.startswith(".kliping/normalise/ready/") for name in there)


def raw_corpus(root: Path, dumps: int) -> None:
    """A corpus of raw files alone: dumps, pages, archives of both, rows, a web archive; some refused, some twice."""
    write_corpus(root, ())
    shutil.rmtree(root / "corpus" / "articles", ignore_errors=True)
    for name, data in _raw(dumps).items():
        _put(root, name, data)


def annotated_corpus(root: Path, dumps: int) -> None:
    """The same, normalised and annotated; and then raw files came, went, moved and changed."""
    raw_corpus(root, dumps)
    finished(root, "normalise", "--workers", "2")
    _annotate(root)
    finished(root, "normalise", "--workers", "2")
    raw = root / "corpus" / "raw"
    for number in range(0, dumps, 20):
        _put(root, f"teks/{number:05}.txt", _dump(number, "dan kemudian hari berubah lagi. "))
    for number in range(5, dumps, 100):
        (raw / f"teks/{number:05}.txt").unlink()
    for number in range(7, dumps, 100):
        (raw / f"teks/{number:05}.txt").rename(raw / f"teks/pindah-{number:05}.txt")
    for number in range(dumps, dumps + dumps // 10):
        _put(root, f"teks/{number:05}.txt", _dump(number))
    _put(root, "arsip/kedua.zip", _zipped({f"k{number}.txt": _dump(20_000 + number) for number in range(40)}))


def _annotate(root: Path) -> None:
    corpus = Corpus.open(root)
    dumps = [one for one in corpus.articles() if (one.source.path or "").startswith("teks/")]
    dumps.sort(key=lambda one: one.id)
    said = [annotation(one, "annotator-aa", [entity(one, 1, one.text.split()[0], "EVENT")]) for one in dumps[:30]]
    write_shards(corpus.annotation_folder / "pulled", said)


def _raw(dumps: int) -> Mapping[str, bytes]:
    files = {f"teks/{number:05}.txt": _dump(number) for number in range(dumps)}
    files |= {f"teks/salinan-{number}.txt": _dump(number) for number in range(10)}
    files |= {f"teks/mirip-{number}.txt": _dump(number, ends="Sampai jumpa besok pagi.") for number in range(20, 40)}
    files |= {f"halaman/{number}.html": _page(10_000 + number) for number in range(30)}
    files |= {"rusak/kosong.txt": b"", "rusak/pendek.txt": b"Pendek.", "rusak/gambar.png": b"\x89PNG\r\n\x1a\n" * 9}
    files["arsip/satu.zip"] = _zipped({f"z{number}.txt": _dump(11_000 + number) for number in range(60)})
    files["arsip/dua.tar.gz"] = _tarred({f"t{number}.html": _page(12_000 + number) for number in range(20)})
    files["arsip/baris.jsonl"] = b"".join(_row(13_000 + number) for number in range(60))
    files["arsip/z.bin"] = SHARD_FULL
    files["arsip/web.warc.gz"] = b"".join(gzip.compress(_record(14_000 + number), mtime=0) for number in range(20))
    return files


def _text(number: int, ends: str) -> tuple[str, list[str]]:
    chance = random.Random(number)
    paragraphs = [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(4)]
    return f"Berita {number} dari Rimbia", [*paragraphs, ends] if ends else paragraphs


def _dump(number: int, ends: str = "") -> bytes:
    title, paragraphs = _text(number, ends)
    return "\n\n".join([title, *paragraphs, ""]).encode()


def _page(number: int) -> bytes:
    title, paragraphs = _text(number, "")
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    head = f'<title>{title}</title><link rel="canonical" href="https://kabar.example/{number}">'
    return f"<!doctype html><html lang='id'><head>{head}</head><body><article>{body}</article></body></html>".encode()


def _row(number: int) -> bytes:
    title, paragraphs = _text(number, "")
    row = {"title": title, "text": "\n\n".join(paragraphs), "url": f"https://pos.example/{number}"}
    return json.dumps(row).encode() + b"\n"


def _record(number: int) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _page(number)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kabar.example/{number}\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _tarred(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _put(root: Path, name: str, data: bytes) -> None:
    path = root / "corpus" / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
