"""The near-duplicates of a corpus, and what is kept so that no pair is compared twice.

`.kliping/near_duplicates.jsonl` names them for people and for `kliping split`; `.kliping/near_duplicates.sketches`
keeps the sketch of every text. Both can always be made again.
"""

from __future__ import annotations

import mmap
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import file_digest, sha256
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from kliping.files import read_lines, write_bytes
from kliping.normaliser.run.archive import Places, lines_in, listing_sha256
from kliping.normaliser.run.near_duplicates import (
    SKETCH_BYTES,
    Clusters,
    body,
    links,
    shingles,
    sketch,
    sketch_version,
)
from kliping.normaliser.run.processes import available_cores, each

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kliping.normaliser.run.archive import Place
    from kliping.project import Corpus

__all__ = ["FEW", "REPORT", "NearDuplicate", "each_near_duplicate", "known_near_duplicates", "near_duplicates"]

REPORT, SKETCHES = "near_duplicates.jsonl", "near_duplicates.sketches"
"""In `.kliping/`."""

FEW = 2000
"""Articles up to which no process is started to sketch them."""

_KEY_BYTES = 32
_RECORD = _KEY_BYTES + SKETCH_BYTES


class NearDuplicate(msgspec.Struct, frozen=True, kw_only=True):
    """An article and an earlier one that it resembles.

    Of a cluster there are as many pairs as join it, not every pair. `similarity` is the Jaccard similarity of the word
    5-grams, from 0.7 to 1, rounded to 4 digits; `text_sha256` are of the texts compared.
    """

    id: str
    path: str
    text_sha256: str
    of: str
    of_path: str
    of_text_sha256: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an earlier run found: near-duplicates, and the sketch of each text that it compared with all others."""

    found: tuple[NearDuplicate, ...] = ()
    sketches: Mapping[bytes, memoryview] = field(default_factory=dict)


def near_duplicates(corpus: Corpus, workers: int | None = None) -> tuple[NearDuplicate, ...]:
    """The near-duplicates among the articles of a corpus, in their order; only what is new is compared.

    Args:
        corpus: an opened corpus.
        workers: processes at most; None takes the setting, else all cores.

    Raises:
        DataError: a line of `corpus/articles` is no article.
    """
    listing = listing_sha256(corpus.corpus / "articles")
    if _is_of(corpus.state, listing):
        return tuple(read_lines(corpus.state / REPORT, NearDuplicate))
    articles = list(lines_in(corpus.corpus / "articles"))
    with _kept(corpus.state) as kept:
        fresh = _sketched(articles, kept, workers or corpus.settings.workers or available_cores())
        found = _compared(articles, kept, fresh)
        keys = [bytes.fromhex(place.text_sha256) for _, place in articles]
        sketches = ((key, fresh.get(key) or kept.sketches[key]) for key in dict.fromkeys(keys))
        _keep(corpus.state, listing, found, sketches)
    return found


def each_near_duplicate(corpus: Corpus, workers: int | None = None) -> Iterator[NearDuplicate]:
    """The same, one after the other: where nothing is new, nothing is held, however many articles there are."""
    if not _is_of(corpus.state, listing_sha256(corpus.corpus / "articles")):
        near_duplicates(corpus, workers)
    return read_lines(corpus.state / REPORT, NearDuplicate)


def known_near_duplicates(corpus: Corpus) -> Iterator[NearDuplicate]:
    """The same, and nothing is kept: what earlier runs found of just these articles; else few are compared anew.

    Of more than `FEW` articles that were not compared, none is known.

    Raises:
        DataError: a line of `corpus/articles` is no article.
    """
    folder = corpus.corpus / "articles"
    if _is_of(corpus.state, listing_sha256(folder)):
        yield from read_lines(corpus.state / REPORT, NearDuplicate)
        return
    articles = list(islice(lines_in(folder), FEW + 1))
    if len(articles) <= FEW:
        yield from _compared(articles, _Kept(), _sketched(articles, _Kept(), 1))


def _sketched(articles: Sequence[tuple[str, Place]], kept: _Kept, workers: int) -> dict[bytes, bytes]:
    """The sketch of every text that has none yet, by its key."""
    tasks: dict[Path, list[Place]] = {}
    for _, place in articles:
        if bytes.fromhex(place.text_sha256) not in kept.sketches:
            tasks.setdefault(place.file, []).append(place)
    count = sum(map(len, tasks.values()))
    done = each(_sketch_places, list(tasks.values()), workers if count > FEW else 1)
    return {key: made for _, sketches in done for key, made in sketches}


def _sketch_places(places: Sequence[Place]) -> list[tuple[bytes, bytes]]:
    with Places() as lines:
        return [(bytes.fromhex(place.text_sha256), sketch(shingles(body(lines.article(place))))) for place in places]


def _compared(
    articles: Sequence[tuple[str, Place]], kept: _Kept, fresh: Mapping[bytes, bytes]
) -> tuple[NearDuplicate, ...]:
    keys = [bytes.fromhex(place.text_sha256) for _, place in articles]
    known, found = Clusters(len(keys)), _still_there(articles, kept)
    # An article or a text that is gone may have joined others that were then not compared: all are compared again.
    is_whole = len(found) == len(kept.found) and kept.sketches.keys() <= set(keys)
    where = {name: number for number, (name, _) in enumerate(articles)}
    for pair in found:
        known.join(where[pair.of], where[pair.id])
    for earlier, later in _same_text(keys):  # its sketch is known, so that nothing else would find it
        if known.root(earlier) != known.root(later):
            known.join(earlier, later)
            found.append(_pair(articles[earlier], articles[later], 1.0))
    sketches = [fresh.get(key) or kept.sketches[key] for key in keys]
    is_new = [not is_whole or key in fresh for key in keys]
    with Places() as lines:
        shingled = lru_cache(maxsize=512)(lambda number: shingles(body(lines.article(articles[number][1]))))
        for earlier, later, similar in links(sketches, is_new, shingled, known) if any(is_new) else ():
            found.append(_pair(articles[earlier], articles[later], similar))
    return tuple(sorted(found, key=lambda pair: (where[pair.id], where[pair.of])))


def _same_text(keys: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The place of each text that was there before, after the place where it was first."""
    first: dict[bytes, int] = {}
    for place, key in enumerate(keys):
        earlier = first.setdefault(key, place)
        if earlier != place:
            yield earlier, place


def _pair(earlier: tuple[str, Place], later: tuple[str, Place], similar: float) -> NearDuplicate:
    (of, of_place), (name, place) = earlier, later
    return NearDuplicate(
        id=name, path=place.raw, text_sha256=place.text_sha256,
        of=of, of_path=of_place.raw, of_text_sha256=of_place.text_sha256,
        similarity=round(similar, 4),
    )  # fmt: skip


def _still_there(articles: Sequence[tuple[str, Place]], kept: _Kept) -> list[NearDuplicate]:
    """What was found before, of articles whose texts and order are what they were; paths as they are now."""
    where = {name: (number, place) for number, (name, place) in enumerate(articles)}
    stayed = []
    for pair in kept.found:
        if pair.id in where and pair.of in where:
            (number, place), (of_number, of_place) = where[pair.id], where[pair.of]
            if (place.text_sha256, of_place.text_sha256) == (pair.text_sha256, pair.of_text_sha256):
                first, second = sorted([(of_number, pair.of, of_place), (number, pair.id, place)])
                stayed.append(_pair(first[1:], second[1:], pair.similarity))
    return stayed


@contextmanager
def _kept(state: Path) -> Iterator[_Kept]:
    """What is kept; nothing where it does not hold together or another version of the sketches made it."""
    report, sketches = state / REPORT, state / SKETCHES
    if not (report.exists() and sketches.exists()):
        yield _Kept()
        return
    data = report.read_bytes()
    with sketches.open("rb") as file:
        header = file.readline()
        if not header.startswith(_mark(sha256(data).hexdigest())) or sketches.stat().st_size == len(header):
            yield _Kept()
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            view = memoryview(whole)
            records = {
                bytes(view[at : at + _KEY_BYTES]): view[at + _KEY_BYTES : at + _RECORD]
                for at in range(len(header), len(view), _RECORD)
            }
            found = tuple(msgspec.json.decode(line, type=NearDuplicate) for line in data.splitlines())
            try:
                yield _Kept(found, records)
            finally:  # the file cannot be unmapped while a view of it is there
                for record in records.values():
                    record.release()
                view.release()


def _is_of(state: Path, listing: str) -> bool:
    """Whether what is kept is whole, and of just these articles."""
    report, sketches = state / REPORT, state / SKETCHES
    if not (report.exists() and sketches.exists()):
        return False
    with report.open("rb") as file:
        mark = _mark(file_digest(file, "sha256").hexdigest())
    with sketches.open("rb") as file:
        return file.readline() == mark + f"{listing}\n".encode()


def _keep(
    state: Path,
    listing: str,
    found: Sequence[NearDuplicate],
    sketches: Iterator[tuple[bytes, bytes | memoryview]],
) -> None:
    report = msgspec.json.Encoder().encode_lines(found)
    header = _mark(sha256(report).hexdigest()) + f"{listing}\n".encode()
    write_bytes(state / REPORT, report)
    write_bytes(state / SKETCHES, b"".join([header, *(part for one in sketches for part in one)]))


def _mark(report: str) -> bytes:
    """How the sketches begin: their version, the digest of the report; that of the articles follows."""
    return f"{sketch_version()} {_RECORD} {report} ".encode()
