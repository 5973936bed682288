"""The mirror: what the server and the corpus's files had at the last pull, in one SQLite file of `.kliping/`.

It only saves time. Whatever is wrong with the file, it is thrown away and made anew from the server and the files. No
address of a person and no host name is ever in it: people are pseudonyms, the server is a digest.

All of a pull is one transaction, committed before the corpus's files are written; `unfinished` stands in it until they
are. So a pull that was killed while it wrote is finished by the next, from what the mirror has.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Damaged", "Mirror", "discard", "open_mirror"]

Mirror: TypeAlias = sqlite3.Connection
"""The opened mirror; the rooms beside this one read and write its tables."""

APPLICATION = 0x4B6C6970
"""`Klip`: what SQLite's `application_id` of a mirror is."""

PATIENCE = 10.0
"""Seconds that a pull waits for another one of the same corpus."""

VERSION = 1
"""Of the tables below; another one is made anew."""

TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE projects (number INTEGER PRIMARY KEY, newest TEXT NOT NULL, settled INTEGER NOT NULL);
CREATE TABLE people (number INTEGER PRIMARY KEY, annotator TEXT NOT NULL);
CREATE TABLE models (prediction INTEGER PRIMARY KEY, version TEXT NOT NULL);
CREATE TABLE tasks (
    project INTEGER NOT NULL, number INTEGER NOT NULL, article TEXT NOT NULL, text TEXT NOT NULL,
    round INTEGER NOT NULL, shown TEXT, created TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (project, number)
) WITHOUT ROWID;
CREATE INDEX tasks_of_article ON tasks (article);
CREATE TABLE submissions (
    project INTEGER NOT NULL, task INTEGER NOT NULL, number INTEGER NOT NULL, person INTEGER, said BLOB NOT NULL
);
CREATE UNIQUE INDEX submissions_of_task ON submissions (project, task, number);
CREATE INDEX submissions_of_person ON submissions (person);
CREATE TABLE texts (article TEXT NOT NULL, text TEXT NOT NULL, file TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX texts_of_article ON texts (article, text);
CREATE INDEX texts_by_digest ON texts (text);
CREATE TABLE text_files (file TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (kind TEXT NOT NULL, article TEXT NOT NULL, at INTEGER NOT NULL, line BLOB NOT NULL);
CREATE UNIQUE INDEX lines_in_order ON lines (kind, article, at);
CREATE TABLE tallies (
    article TEXT NOT NULL, annotator TEXT NOT NULL, what TEXT NOT NULL, taken INTEGER NOT NULL, kept INTEGER NOT NULL,
    set_aside INTEGER NOT NULL, PRIMARY KEY (article, annotator, what)
) WITHOUT ROWID;
CREATE TABLE remarks (article TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, said TEXT NOT NULL);
CREATE INDEX remarks_of_article ON remarks (article);
CREATE TABLE dirty (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fresh (kind TEXT NOT NULL, article TEXT NOT NULL, at INTEGER NOT NULL, line BLOB NOT NULL);
CREATE INDEX fresh_in_order ON fresh (article, kind, at);
CREATE TABLE derived (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE arrived (submission INTEGER PRIMARY KEY);
CREATE TABLE gone (submission INTEGER PRIMARY KEY);
CREATE TABLE gone_tasks (task INTEGER PRIMARY KEY, article TEXT NOT NULL, text TEXT NOT NULL, round INTEGER NOT NULL);
CREATE TABLE brought (
    article TEXT NOT NULL, pulled TEXT NOT NULL, annotation BLOB, quarantined BLOB NOT NULL, counted BLOB NOT NULL
);
CREATE INDEX brought_of_article ON brought (article);
CREATE INDEX brought_by_digest ON brought (pulled);
CREATE TABLE seen (task INTEGER PRIMARY KEY);
"""
"""The last eight hold what one pull has found out, and are empty between pulls."""

OF_ONE_PULL = ("dirty", "fresh", "derived", "arrived", "gone", "gone_tasks", "brought", "seen")


class Damaged(Exception):  # noqa: N818 — it names the mirror
    """The mirror cannot be read: it is to be thrown away."""


@contextmanager
def open_mirror(path: Path) -> Iterator[Mirror]:
    """A mirror, this process's alone, in a transaction of its own; what is not committed inside is as if never done.

    Raises:
        DataError: another pull of the corpus is at work.
        Damaged: the file is none, or is broken, now or while it is open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mirror = None
    try:
        mirror = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        mirror.execute("PRAGMA synchronous = NORMAL")
        mirror.execute("PRAGMA temp_store = FILE")
        mirror.execute("BEGIN IMMEDIATE")
        _prepare(mirror)
        yield mirror
        mirror.rollback()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise DataError(
                f"{path}: another pull of this corpus is at work; wait until it is done, then run the command again"
            ) from None
        raise Damaged(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise Damaged(str(error)) from error
    finally:
        if mirror is not None:
            mirror.close()


def discard(path: Path) -> None:
    """Throw a mirror away."""
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _prepare(mirror: Mirror) -> None:
    """The tables of this version, empty where they were another's; and a sound file, as far as SQLite can tell."""
    (application,), (version,) = (
        mirror.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if (application, version) == (0, 0) and mirror.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
        for statement in TABLES.split(";"):
            mirror.execute(statement)
        mirror.execute(f"PRAGMA application_id = {APPLICATION}")
        mirror.execute(f"PRAGMA user_version = {VERSION}")
    elif (application, version) != (APPLICATION, VERSION):
        raise Damaged("another program's file, or of another version")
    elif mirror.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged("SQLite finds it broken")
    for table in OF_ONE_PULL:
        mirror.execute(f"DELETE FROM {table}")  # noqa: S608 — names of our own
