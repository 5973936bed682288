"""Text dumps: how many a second one core normalises, validates and writes, and the check beside plain `jsonschema`.

The dumps are made up from a seed, some 3.5 KB each, with the furniture that real dumps have. Figures of one run can be
compared with each other; across machines only the ratios can.

    python -m benchmarks.dumps [COUNT]
"""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec
from jsonschema import Draft202012Validator

from kliping.contract import load_contract, violations
from kliping.files import write_shards
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.raw import Raw, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kliping.records import Article

__all__ = ["dumps", "main"]

ROOT = Path(__file__).parents[1]
SIZE = 3500
"""Bytes of a dump, about."""

_PLACES = ("Selawara", "Rimbia", "Karangmelur", "Tanjung Belida", "Harsa", "Cedar Bay", "Kota Tua")
_NAMES = ("Wahid Pranggono", "Nimas Kalyana", "Ogi Barsana", "Nell Astrand", "Orla Tavish", "Tika Laruna", "Jaya Omara")
_MEDIA = ("Harian Lembah", "Pesisir Pos", "Kabar Senar", "Coast Post", "HNA")
_WORDS = tuple(
    """
    warga menolak rencana dewan kota yang memindahkan pasar lama ke gedung baru di tepi sungai sebelum musim hujan tiba
    sementara nelayan menunggu perahu lampion kembali ke dermaga kayu dengan timbangan digital dan kafé pun tutup lebih
    awal karena feri malam tidak berlayar menurut catatan pelabuhan pada pukul tujuh lewat 15 menit sejak Senin
    """.split()
)
_BETWEEN = (
    "Baca Juga: {title}", "Read also: {title}", "ADVERTISEMENT", "Bagikan", "Lesen Sie auch: {title}", "(Foto: {name})",
    "{number}. {title}", "{title}", "• {words}\n• {words}", "Kata {name}: {words}",
)  # fmt: skip
_ENDS = ("Topik:\n\n  • {place}\n  • Pasar", "Tags: {place}, #Feri", "Editor: {name}", "(Redaksi)", "Penulis: {name}")
_OTHERS = ("", "Berita Terkini Lainnya\n\n{title}\n\n{title}", "Related articles\n\n{title}")


def dumps(count: int, seed: int = 20261124) -> list[bytes]:
    """Made-up dumps as UTF-8, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 — a benchmark's texts are no secret
    return [_dump(chance).encode() for _ in range(count)]


def _dump(chance: random.Random) -> str:
    title = _title(chance)
    parts = [title, *([_title(chance)] if chance.random() < 0.3 else []), _opening(chance)]
    if chance.random() < 0.4:
        parts.append(f"{title}{_phrase(chance, 8)}. ({chance.choice(_MEDIA)}/{chance.choice(_NAMES)})")
    while sum(map(len, parts)) < SIZE - 250:
        parts.append(_paragraph(chance))
        if chance.random() < 0.25:
            parts.append(_filled(chance, chance.choice(_BETWEEN)))
    parts += [_paragraph(chance), *(_filled(chance, end) for end in chance.sample(_ENDS, 2))]
    return "\n\n".join([*parts, _filled(chance, chance.choice(_OTHERS))])


def _opening(chance: random.Random) -> str:
    head = chance.choice(("{place}, {medium} - ", "{PLACE} ({medium}) — ", ""))
    place = chance.choice(_PLACES)
    return head.format(place=place, PLACE=place.upper(), medium=chance.choice(_MEDIA)) + _paragraph(chance)


def _paragraph(chance: random.Random) -> str:
    sentences = [f"{_phrase(chance, chance.randint(9, 22))}." for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.3:
        sentences.append(f"“{_phrase(chance, 9)},” kata {chance.choice(_NAMES)}.")
    return " ".join(sentences)


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def _title(chance: random.Random) -> str:
    return _phrase(chance, chance.randint(6, 10)).title()


def _filled(chance: random.Random, pattern: str) -> str:
    return pattern.format(
        title=_title(chance),
        name=chance.choice(_NAMES),
        place=chance.choice(_PLACES),
        number=chance.randint(1, 9),
        words=_phrase(chance, 6),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured step: dumps a second, on one core."""

    what: str
    a_second: float


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print the table."""
    count = int(arguments[0]) if arguments else 3000
    figures = list(_measured(dumps(count)))
    for figure in figures:
        print(f"{figure.what:<46} {figure.a_second:>10,.0f} a second")
    plain, screened = figures[-2:]
    print(f"{'the check beside plain jsonschema':<46} {screened.a_second / plain.a_second:>10.1f} times")


def _measured(texts: list[bytes]) -> Iterator[Figure]:
    reading = Reading(language="id")
    contract = load_contract(ROOT / "schema")
    for text in texts[:50]:  # compiled patterns and the like are made once
        list(violations(contract, "article", normalise_raw(Raw(text), reading)))

    def normalise(texts: Sequence[bytes]) -> list[Article]:
        return [normalise_raw(Raw(text, path="a.txt"), reading) for text in texts]

    def validate(articles: Sequence[Article]) -> list[str]:
        return [fault for article in articles for fault in violations(contract, "article", article)]

    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for number, text in enumerate(texts):
            (raw / f"{number}.txt").write_bytes(text)

        def everything() -> None:
            articles = normalise([(raw / f"{number}.txt").read_bytes() for number in range(len(texts))])
            assert not validate(articles)  # noqa: S101 — a benchmark of broken articles measures nothing
            write_shards(Path(folder) / "articles", articles)

        yield _timed("read, normalise, validate, write", len(texts), everything)
    articles = normalise(texts)
    yield _timed("normalise", len(texts), lambda: normalise(texts))
    few = articles[: max(len(articles) // 20, 1)]
    plain = Draft202012Validator({"$ref": contract.identifier("article")}, registry=contract.registry)
    yield _timed(
        "validate with plain jsonschema",
        len(few),
        lambda: [plain.is_valid(msgspec.json.decode(msgspec.json.encode(article))) for article in few],
    )
    yield _timed("validate", len(articles), lambda: validate(articles))


def _timed(what: str, count: int, run: Callable[[], object]) -> Figure:
    """The best of three runs: what else the machine does only ever slows one down."""
    times = []
    for _ in range(3):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return Figure(what, count / min(times))


if __name__ == "__main__":
    main(sys.argv[1:])
