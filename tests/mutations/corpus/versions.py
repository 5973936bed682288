"""Level 6: what each version held, tampered with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.mutations.mutation import MutationList

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Folder, Json

__all__ = ["VERSIONS"]

VERSIONS: MutationList[Folder] = MutationList("corpus")

HEAD, LINES = "corpus/versions/0.2.0.json", "corpus/versions/0.2.0.jsonl"
FIRST_HEAD, FIRST_LINES = "corpus/versions/0.1.0.json", "corpus/versions/0.1.0.jsonl"


def edit_head(folder: Folder, change: Callable[[Json], object]) -> None:
    """Change what is recorded of a version."""
    held = json.loads((folder.root / HEAD).read_bytes())
    change(held)
    folder.write(HEAD, json.dumps(held, indent=2).encode() + b"\n")


def edit_held(folder: Folder, change: Callable[[bytes], bytes]) -> None:
    """Change the lines of a version, and let the hash in its head follow."""
    folder.edit(LINES, change)
    edit_head(folder, lambda head: head.update(held_sha256=sha256((folder.root / LINES).read_bytes())))


@VERSIONS("a version's head that is gone", "E681")
def no_head(folder: Folder) -> None:
    (folder.root / HEAD).unlink()


@VERSIONS("a version's lines that are gone", "E681")
def no_lines(folder: Folder) -> None:
    (folder.root / LINES).unlink()


@VERSIONS("a version recorded as another", "E681")
def other_name(folder: Folder) -> None:
    for path in (HEAD, LINES):
        (folder.root / path).rename(folder.root / path.replace("0.2.0", "0.3.0"))


@VERSIONS("a line of a version tampered with", "E682")
def edited_lines(folder: Folder) -> None:
    folder.edit(LINES, lambda data: data.replace(b'"status":"gold"', b'"status":"none"', 1))


@VERSIONS("the lines of two versions swapped", "E682")
def swapped_lines(folder: Folder) -> None:
    first, second = ((folder.root / path).read_bytes() for path in (FIRST_LINES, LINES))
    folder.write(FIRST_LINES, second)
    folder.write(LINES, first)


@VERSIONS("a version's head that counts an article more", "E683")
def other_count(folder: Folder) -> None:
    edit_head(folder, lambda head: head["configs"]["articles"]["train"].update(rows=18))


@VERSIONS("a version's head that counts a stance less", "E683")
def other_stances(folder: Folder) -> None:
    edit_head(folder, lambda head: head["configs"]["stances"]["train"].update(rows=50))


@VERSIONS("a version's head with its labels in another order", "E683")
def turned_labels(folder: Folder) -> None:
    edit_head(folder, lambda head: head["labels"]["stance"].reverse())


@VERSIONS("a line taken out of a version, the hash in its head with it", "E683")
def line_lost(folder: Folder) -> None:
    edit_held(folder, lambda data: data.split(b"\n", 1)[1])


@VERSIONS("an article of a version moved to another split, the hash in its head with it", "E683")
def held_elsewhere(folder: Folder) -> None:
    edit_held(folder, lambda data: data.replace(b'"split":"train"', b'"split":"test"', 1))


@VERSIONS("lines of a version in another order, the hash in its head with it", "E683")
def held_in_other_order(folder: Folder) -> None:
    edit_held(folder, lambda data: b"".join(data.splitlines(keepends=True)[::-1]))


@VERSIONS("a version's head without the hash of its lines", "E203")
def no_hash(folder: Folder) -> None:
    edit_head(folder, lambda head: head.pop("held_sha256"))


@VERSIONS("a version's head that is cut short", "E104", "E103")
def cut_head(folder: Folder) -> None:
    folder.edit(HEAD, lambda data: data[:-100])


@VERSIONS("the licence of the data taken out", "E684")
def no_licence(folder: Folder) -> None:
    (folder.root / "corpus/LICENSE").unlink()


@VERSIONS("the guidelines taken out", "E684")
def no_guidelines(folder: Folder) -> None:
    (folder.root / "annotations/guidelines.md").unlink()
