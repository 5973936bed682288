"""`kliping normalise`: the raw folder to sources, articles and rejections, whole or not at all."""

from __future__ import annotations

import heapq
import shutil
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError, DataError, Rejected
from kliping.files import encode_lines, read_shards, sha256, write_bytes, write_shards
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.language import UNKNOWN
from kliping.normaliser.ledger import Ledger
from kliping.normaliser.raw import Raw, Reading
from kliping.records import Article, Count, Receipt, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus

__all__ = ["normalise_corpus"]


def normalise_corpus(corpus: Corpus, contract: Contract, annotated: AbstractSet[str]) -> Receipt:
    """Normalise every raw file, in the order of their paths, and write what came of them.

    An article whose id is in `annotated` keeps the text it was annotated on, and the receipt says so. Another text that
    changes, or whose raw file is now rejected, is kept in `corpus/revisions/`. An article whose raw file is gone stays,
    for raw files may live elsewhere; to take one out, delete its line in `corpus/sources.jsonl` as well. Everything is
    made beside its place and checked before anything is replaced.

    Returns:
        The receipt: raw files taken are articles kept and files set aside; changes are records added, removed, changed.

    Raises:
        CallError: there is no raw file and no article.
        DataError: a record breaks the contract, or nothing came out at all.
    """
    paths = _raw_paths(corpus.raw)
    ledger = Ledger.open(corpus, contract, annotated)
    if not paths and not ledger.earlier.places:
        raise CallError(
            f"{corpus.raw}: no raw files; put text dumps or HTML pages there, or set `raw` in [tool.kliping]"
        )
    staging = corpus.state / "normalise"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        write_shards(staging / "made", _made(ledger, paths))
        write_shards(staging / "kept", _kept(ledger, frozenset(paths)))
        _require_valid(ledger)
        changes = ledger.changes() + _write_revisions(ledger, staging)
        _write(ledger, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if not ledger.digests:
        sentences = (f"{one.path}: {one.reason}: {one.detail}" for one in ledger.rejections)
        raise DataError("\n".join(["nothing came out, every raw file is rejected:", *sentences]))
    count = Count(what="raw files", taken=len(paths), kept=len(ledger.sources.seen), set_aside=len(ledger.rejections))
    return Receipt(step="normalise", counts=(count,), changes=changes, notes=tuple(ledger.notes()))


def _raw_paths(raw: Path) -> list[str]:
    """The raw files, relative with forward slashes, in order; hidden files and folders are passed over.

    Raises:
        DataError: names that are no valid UTF-8, which no JSON file can hold.
    """
    found = (path.relative_to(raw) for path in raw.rglob("*") if path.is_file())
    names = sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))
    odd = [name for name in names if not _is_writable(name)]
    if odd:
        raise DataError("\n".join(f"{raw}: {name!r}: the name is no valid UTF-8; rename the file" for name in odd))
    return names


def _is_writable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _made(ledger: Ledger, paths: Sequence[str]) -> Iterator[Article]:
    """The articles of the raw files: known again, and with the text they were annotated on."""
    for path in paths:
        data = (ledger.corpus.raw / path).read_bytes()
        try:
            article = _identified(ledger, _normalised(ledger, data, path))
        except Rejected as error:
            ledger.rejections.append(
                Rejection(path=path, sha256=sha256(data), reason=error.reason, detail=error.detail)
            )
        else:
            ledger.sources.see(article)
            yield ledger.check(_settled(ledger, article))


def _normalised(ledger: Ledger, data: bytes, path: str) -> Article:
    """The article with what the corpus states where its source does not."""
    settings = ledger.corpus.settings
    raw = Raw(data, path=path, licence=settings.licence, rights_holder=settings.rights_holder)
    article = normalise_raw(raw, Reading(min_length=settings.min_length))
    language = settings.language if article.language == UNKNOWN else article.language
    return msgspec.structs.replace(article, language=language)


def _identified(ledger: Ledger, article: Article) -> Article:
    """The article with its id for ever.

    Raises:
        Rejected: `duplicate`: an earlier file of this run is the same article.
    """
    identifier = ledger.sources.known_id(article)
    if identifier in ledger.sources.seen:
        first = ledger.sources.seen[identifier]
        raise Rejected("duplicate", f"the same article as {first}, by its canonical URL or its bytes")
    source = msgspec.structs.replace(article.source, retrieved=ledger.sources.retrieved(identifier))
    return msgspec.structs.replace(article, id=identifier, source=source)


def _settled(ledger: Ledger, article: Article) -> Article:
    """The article as it is to be written: the earlier one where that says the same, or where its text was annotated."""
    if article.id not in ledger.earlier:
        return article
    earlier = ledger.earlier.read(article.id)
    if earlier.text_sha256 == article.text_sha256:
        # A newer version that makes the same article is no change.
        same = msgspec.structs.replace(article, normaliser=earlier.normaliser) == earlier
        return earlier if same else article
    if article.id in ledger.annotated:
        ledger.held.append(article.id)
        return earlier
    ledger.superseded.append(article.id)
    return article


def _kept(ledger: Ledger, present: AbstractSet[str]) -> Iterator[Article]:
    """The earlier articles that no raw file gave this time: those whose file is gone, and annotated ones."""
    for path, identifier in ledger.earlier.by_raw_path():
        if identifier in ledger.sources.seen:
            continue
        is_gone = path not in present and identifier in ledger.sources.entries
        if is_gone or identifier in ledger.annotated:
            ledger.gone.append(path)
            yield ledger.check(ledger.earlier.read(identifier))
        else:
            ledger.superseded.append(identifier)


def _require_valid(ledger: Ledger) -> None:
    for rejection in ledger.rejections:
        ledger.validate("rejection", rejection, rejection.path)
    for entry in ledger.sources.listed():
        ledger.validate("source_entry", entry, entry.path)
    if ledger.faults:
        raise DataError(
            "\n".join([*ledger.faults, "nothing was written; mend the source or schema/corpus.schema.json"])
        )


def _write_revisions(ledger: Ledger, staging: Path) -> int:
    """Add superseded articles to `corpus/revisions/`, each id and text once; how many were new."""
    known = {(revision.id, revision.text_sha256) for revision in ledger.corpus.revisions()}
    new = [name for name in ledger.superseded if (name, ledger.earlier.text_sha256(name)) not in known]
    if new:
        write_shards(staging / "revisions", chain(ledger.corpus.revisions(), map(ledger.earlier.read, new)))
        write_shards(ledger.corpus.corpus / "revisions", read_shards(staging / "revisions", Article))
    return len(new)


def _write(ledger: Ledger, staging: Path) -> None:
    """Put everything in its place, ids first: a killed run finishes on the next."""
    folder = ledger.corpus.corpus
    write_bytes(folder / "sources.jsonl", encode_lines(ledger.sources.listed()))
    parts = (read_shards(staging / name, Article) for name in ("made", "kept"))
    merged: Iterator[Article] = heapq.merge(*parts, key=_raw_path)
    write_shards(folder / "articles", merged)
    write_bytes(folder / "rejected.jsonl", encode_lines(ledger.rejections))


def _raw_path(article: Article) -> str:
    return article.source.path or ""
