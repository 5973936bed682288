"""The lines of `annotations/pulled/` and `quarantine.jsonl` in the mirror, by article, and the files that they make.

`lines` are what the files hold; `fresh` is what one pull derived for the articles that it looked at. Both are compared
before fresh ones take the others' places, so that what changed can be counted and named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from kliping.files import read_lines, sha256, write_lines, write_shards
from kliping.records import Annotation, Quarantined
from kliping.studio.pull.facts import fact, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.pull.mirror import Mirror

__all__ = [
    "Kind",
    "adopt_files",
    "annotations_of",
    "are_as_left",
    "derived_articles",
    "drop_unchanged",
    "in_order",
    "put_fresh",
    "quarantined",
    "quarantined_of",
    "settle_fresh",
    "write_files",
]

Kind: TypeAlias = Literal["annotation", "quarantined"]
Table: TypeAlias = Literal["lines", "fresh"]

_ANNOTATION = msgspec.json.Decoder(Annotation)
_QUARANTINED = msgspec.json.Decoder(Quarantined)


def adopt_files(mirror: Mirror, corpus: Corpus) -> None:
    """Take what the files hold for what was there before, unless they are as the last pull left them.

    After a pull that was killed while it wrote them, the mirror is what counts.

    Raises:
        DataError: a line is none of ours.
    """
    if fact(mirror, "unfinished") or fact(mirror, "files") == _digest(corpus):
        return
    mirror.execute("INSERT OR IGNORE INTO dirty SELECT article FROM lines")
    mirror.execute("DELETE FROM lines")
    at = 0
    for path in sorted((corpus.annotation_folder / "pulled").glob("*.jsonl")):
        for at, one in enumerate(read_lines(path, Annotation), at + 1):  # noqa: B020 — goes on counting
            _put(mirror, "lines", one.article_id, at, one)
    for at, one_aside in enumerate(corpus.quarantine()):
        _put(mirror, "lines", one_aside.article_id or "", at, one_aside)
    mirror.execute("INSERT OR IGNORE INTO dirty SELECT article FROM lines UNION SELECT article FROM tasks")


def annotations_of(mirror: Mirror, article: str, table: Table = "lines") -> list[Annotation]:
    """The annotations of an article, of before (`lines`) or of this pull (`fresh`)."""
    return [_ANNOTATION.decode(line) for line in _lines(mirror, table, "annotation", article)]


def quarantined_of(mirror: Mirror, article: str, table: Table = "lines") -> list[Quarantined]:
    """What was set aside of an article; that of no article has the empty name."""
    return [_QUARANTINED.decode(line) for line in _lines(mirror, table, "quarantined", article)]


def quarantined(mirror: Mirror) -> Iterator[Quarantined]:
    """All that is set aside, in the file's order."""
    return map(_QUARANTINED.decode, _all(mirror, "quarantined"))


def put_fresh(
    mirror: Mirror, article: str, annotations: Iterable[Annotation], quarantined: Iterable[Quarantined]
) -> None:
    """What this pull has of an article, in the files' order; in place of what it had of it before."""
    mirror.execute("DELETE FROM fresh WHERE article = ?", (article,))
    mirror.execute("INSERT OR IGNORE INTO derived VALUES (?)", (article,))
    for at, one in enumerate(annotations):
        _put(mirror, "fresh", article, at, one)
    for at, aside in enumerate(quarantined):
        _put(mirror, "fresh", article, at, aside)


def drop_unchanged(mirror: Mirror) -> None:
    """Forget what this pull derived of articles whose lines are what they were, byte for byte."""
    for article in derived_articles(mirror):
        if _bytes(mirror, "lines", article) == _bytes(mirror, "fresh", article):
            for table in ("fresh", "derived"):
                mirror.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608 — names of our own


def derived_articles(mirror: Mirror) -> list[str]:
    """The articles whose lines this pull derived; after `drop_unchanged`, those whose lines changed."""
    return [article for (article,) in mirror.execute("SELECT article FROM derived ORDER BY article")]


def settle_fresh(mirror: Mirror) -> None:
    """Put what this pull derived in the place of what was there before."""
    mirror.execute("DELETE FROM lines WHERE article IN (SELECT article FROM derived)")
    mirror.execute("INSERT INTO lines SELECT kind, article, at, line FROM fresh")
    mirror.execute("DELETE FROM fresh")


def write_files(mirror: Mirror, corpus: Corpus) -> bool:
    """Make the files what the lines are; whether any changed. Afterwards the mirror knows them again."""
    changed = write_shards(corpus.annotation_folder / "pulled", map(msgspec.Raw, _all(mirror, "annotation")))
    changed |= write_lines(_quarantine(corpus), map(msgspec.Raw, _all(mirror, "quarantined")))
    note(mirror, "files", _digest(corpus))
    note(mirror, "unfinished", "")
    return changed


def in_order(quarantined: Sequence[Quarantined]) -> list[Quarantined]:
    """As they stand in `quarantine.jsonl`."""

    def place(one: Quarantined) -> tuple[str, int, str, str]:
        return one.annotator, one.studio.annotation if one.studio else 0, one.reason, one.pulled

    return sorted(quarantined, key=place)


def are_as_left(mirror: Mirror, corpus: Corpus) -> bool:
    """Whether the files are as the last pull left them."""
    return not fact(mirror, "unfinished") and fact(mirror, "files") == _digest(corpus)


def _put(mirror: Mirror, table: Table, article: str, at: int, one: Annotation | Quarantined) -> None:
    kind: Kind = "annotation" if isinstance(one, Annotation) else "quarantined"
    row = (kind, article, at, msgspec.json.encode(one))
    mirror.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", row)  # noqa: S608 — names of our own


def _lines(mirror: Mirror, table: Table, kind: Kind, article: str) -> Iterator[bytes]:
    asked = f"SELECT line FROM {table} WHERE kind = ? AND article = ? ORDER BY at"  # noqa: S608 — names of our own
    return (bytes(line) for (line,) in mirror.execute(asked, (kind, article)))


def _bytes(mirror: Mirror, table: Table, article: str) -> list[tuple[str, bytes]]:
    asked = f"SELECT kind, line FROM {table} WHERE article = ? AND kind = ? ORDER BY at"  # noqa: S608 — names of our own
    return [row for kind in ("annotation", "quarantined") for row in mirror.execute(asked, (article, kind))]


def _all(mirror: Mirror, kind: Kind) -> Iterator[bytes]:
    found = mirror.execute("SELECT line FROM lines WHERE kind = ? ORDER BY article, at", (kind,))
    return (bytes(line) for (line,) in found)


def _quarantine(corpus: Corpus) -> Path:
    return corpus.annotation_folder / "quarantine.jsonl"


def _digest(corpus: Corpus) -> str:
    """Of the files' names and bytes."""
    paths = [*sorted((corpus.annotation_folder / "pulled").glob("*.jsonl")), _quarantine(corpus)]
    return sha256(msgspec.json.encode([(one.name, sha256(one.read_bytes())) for one in paths if one.exists()]))
