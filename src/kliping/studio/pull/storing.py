"""The frame of a pull: a mirror that holds what the files hold; what is derived is committed, and then written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kliping.errors import DataError
from kliping.project import all_put, putting
from kliping.studio.people.pseudonyms import keep_fingerprint
from kliping.studio.pull.facts import note
from kliping.studio.pull.lines import adopt_files, are_as_left, write_files
from kliping.studio.pull.mirror import Damaged, discard, open_mirror

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.pull.mirror import Mirror

__all__ = ["store", "with_mirror"]

T = TypeVar("T")


def with_mirror(corpus: Corpus, work: Callable[[Mirror], T]) -> T:
    """Work with a corpus's mirror, which holds what the files hold; from a new one where it is damaged.

    Raises:
        DataError: another pull is at work, a line of a file is none of ours, or no mirror can be kept there.
    """
    path = corpus.state / "studio.sqlite"
    try:
        return _with_mirror(path, corpus, work)
    except Damaged:
        discard(path)
    try:
        return _with_mirror(path, corpus, work)
    except Damaged as damaged:
        raise DataError(f"{path}: cannot be kept ({damaged}); see to its folder and its disk") from None


def _with_mirror(path: Path, corpus: Corpus, work: Callable[[Mirror], T]) -> T:
    with open_mirror(path) as mirror:
        adopt_files(mirror, corpus)
        return work(mirror)


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
        with putting(corpus):
            written = write_files(mirror, corpus)
            mirror.execute("COMMIT")
        changes = changes or int(written)
    else:
        all_put(corpus)  # a pull that was killed past its last commit had no time to say so
    return changes + new_key
