"""Level 1: bytes and lines, as editors, shells and merges leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check.folder import ARTICLES, DECISIONS, GOLD, PULLED, SOURCES, SPLITS, Folder
from tests.mutations.mutation import MutationList
from tests.mutations.sample import AGROUND, edit_about

if TYPE_CHECKING:
    from tests.check.folder import Json

__all__ = ["FILES"]

FILES: MutationList[Folder] = MutationList("corpus")


@FILES("a file saved as Latin-1", "E101", "E303 E306")
def latin_1(folder: Folder) -> None:
    folder.edit(ARTICLES, lambda data: data.replace("Sanggar Ülgar".encode(), "Sanggar Ülgar".encode("latin-1")))


@FILES("a file saved as UTF-16", "E101", "E103 E104 E304")
def utf_16(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.decode().encode("utf-16"))


@FILES("a byte order mark", "E102")
def byte_order_mark(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: b"\xef\xbb\xbf" + data)


@FILES("a byte order mark where two files were joined", "E102")
def mark_inside(folder: Folder) -> None:
    folder.edit(SOURCES, lambda data: data.replace(b"\n", b"\n\xef\xbb\xbf", 1))


@FILES("a file saved with CR LF", "E103")
def cr_lf(folder: Folder) -> None:
    folder.edit(GOLD, lambda data: data.replace(b"\n", b"\r\n"))


@FILES("a last line without an end", "E103")
def no_last_end(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.removesuffix(b"\n"))


@FILES("a file cut short in its last line, as a full disk leaves it", "E104", "E103 E508")
def cut_short(folder: Folder) -> None:
    folder.edit(PULLED, lambda data: data[:-200])


@FILES("an empty line", "E104")
def empty_line(folder: Folder) -> None:
    folder.edit(DECISIONS, lambda data: data.replace(b"\n", b"\n\n", 1))


@FILES("the marks of a merge that git could not make", "E104")
def merge_marks(folder: Folder) -> None:
    folder.edit(GOLD, lambda data: data.replace(b"\n", b"\n<<<<<<< HEAD\n", 1) + b">>>>>>> theirs\n")


@FILES("two lines joined into one", "E104", "E304")
def joined_lines(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"}\n{", b"},{", 1))


@FILES("a lone surrogate in a comment", "E106", "E508")
def lone_surrogate(folder: Folder) -> None:
    folder.edit(PULLED, lambda data: data.replace(b'"comment":null', b'"comment":"\\ud83d"', 1))


@FILES("a list where an object belongs", "E104")
def list_line(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: b"[]\n" + data)


@FILES("NaN for a number, which is no JSON", "E104", "E303")
def not_a_number(folder: Folder) -> None:
    folder.edit(ARTICLES, lambda data: data.replace(b'"confidence":0.998', b'"confidence":NaN', 1))


@FILES("a line nested without end", "E104")
def nested(folder: Folder) -> None:
    folder.edit(DECISIONS, lambda data: data + b"[" * 100_000 + b"\n")


@FILES("keys in another order", "E105")
def other_order(folder: Folder) -> None:
    def turn(line: Json) -> None:
        line["id"] = line.pop("id")

    edit_about(folder, ARTICLES, AGROUND, turn)


@FILES("a key twice, whose second value counts", "E105")
def key_twice(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b'"split":"train"', b'"split":"test","split":"train"', 1))


@FILES("the marks of a merge that git could not make, in the guidelines", "E110")
def unmerged_guidelines(folder: Folder) -> None:
    folder.edit("annotations/guidelines.md", lambda data: data + b"<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n")


@FILES("a licence saved as Latin-1", "E101")
def latin_1_licence(folder: Folder) -> None:
    folder.edit("corpus/LICENSE", lambda data: data + "© 2026\n".encode("latin-1"))


@FILES("a folder with a shard's name", "E109")
def folder_for_shard(folder: Folder) -> None:
    (folder.root / "corpus/articles/00001.jsonl").mkdir()
