"""The end of a pull: what it derived is committed, and then written to the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.studio.people.pseudonyms import keep_fingerprint
from kliping.studio.pull.facts import note
from kliping.studio.pull.lines import are_as_left, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.pull.mirror import Mirror

__all__ = ["mirror_path", "store"]


def mirror_path(corpus: Corpus) -> Path:
    """Where a corpus's mirror lies."""
    return corpus.state / "studio.sqlite"


def store(mirror: Mirror, corpus: Corpus, key: bytes, changes: int) -> int:
    """Commit, and write what is not in the files.

    Args:
        mirror: with what this pull derived in its place.
        corpus: whose files.
        key: of the pseudonyms.
        changes: how many lines this pull changed.

    Returns:
        How many changes that makes: a file that was not as it was left is at least one.
    """
    to_write = changes > 0 or not are_as_left(mirror, corpus)
    if to_write:
        note(mirror, "unfinished", "yes")
    mirror.execute("COMMIT")
    mirror.execute("BEGIN IMMEDIATE")
    new_key = keep_fingerprint(corpus, key)
    if to_write:
        written = write_files(mirror, corpus)
        changes = changes or int(written)
        mirror.execute("COMMIT")
    return changes + new_key
