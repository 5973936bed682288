"""What `kliping check` cannot see, and who can: the other half of the table."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from tests.check.folder import ARTICLES, DECISIONS, GOLD, PULLED, SOURCES, SPLITS, Folder
from tests.check.release.altering import edit_manifest
from tests.mutations.corpus.references import drop as drop_line
from tests.mutations.corpus.schema import edit_scheme
from tests.mutations.corpus.versions import edit_head, edit_held
from tests.mutations.release.documents import edit
from tests.mutations.release.rows import about, change_row
from tests.mutations.sample import AGROUND, BRIDGE, DIKE, FESTIVAL, edit_about
from tests.mutations.sealing import change_rows, seal_files

from kliping.annotation import adjudicate_corpus
from kliping.contract import load_contract
from kliping.contract.labeling import labeling_config
from kliping.files import sha256
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.release.altering import Row

__all__ = ["UNSEEN_IN_CORPUS", "UNSEEN_IN_RELEASE", "Unseen", "UnseenList"]

S = TypeVar("S")
VERIFY = "`kliping verify`, where the corpus or a digest vouches"
MAJOR = "the next `kliping release`, which wants a major version"
RAW = "corpus/raw/text/karangmelur-bridge-reopens.txt"


@dataclass(frozen=True, slots=True)
class Unseen(Generic[S]):
    """A change that gives no finding: what is wrong then, and who or what can tell."""

    what: str
    told_by: str
    breaks: Callable[[S], object]


@dataclass(frozen=True, slots=True)
class UnseenList(Generic[S]):
    """Unseen changes of one kind of subject; an instance decorates the functions that make them."""

    changes: list[Unseen[S]] = field(default_factory=list)

    def __call__(self, what: str, told_by: str) -> Callable[[Callable[[S], object]], Callable[[S], object]]:
        """Put a function into the list."""

        def put(breaks: Callable[[S], object]) -> Callable[[S], object]:
            self.changes.append(Unseen(what, told_by, breaks))
            return breaks

        return put


UNSEEN_IN_CORPUS: UnseenList[Folder] = UnseenList()
UNSEEN_IN_RELEASE: UnseenList[Path] = UnseenList()


@UNSEEN_IN_CORPUS("a raw file changed, lost or added", "`kliping normalise`")
def raw_changed(folder: Folder) -> None:
    folder.edit(RAW, lambda data: data.replace(b"Monday", b"Tuesday"))
    folder.write("corpus/raw/text/new.txt", b"Rimbia.\n")


@UNSEEN_IN_CORPUS("a rejection taken out", "`kliping normalise`")
def no_rejection(folder: Folder) -> None:
    folder.edit("corpus/rejected.jsonl", lambda data: data.split(b"\n", 1)[1])


@UNSEEN_IN_CORPUS("what a source states, edited: a date, an author, a language", "git; `kliping explain`")
def edited_fields(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line.update(published="2020-01-01", authors=["Tarsa Ombilin"]))


@UNSEEN_IN_CORPUS("the text of an article that nobody annotated, edited with hash and blocks", "git; `kliping explain`")
def edited_text(folder: Folder) -> None:
    def change(line: Row) -> None:
        line["text"] = line["text"].replace("one motorbike", "two motorbike")
        line["text_sha256"] = sha256(line["text"].encode())

    edit_about(folder, ARTICLES, BRIDGE, change)


@UNSEEN_IN_CORPUS("what normalisation removed, taken out", "git; `kliping explain`")
def no_removed(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line["removed"].pop())


@UNSEEN_IN_CORPUS("an article taken out of every file", f"git; {MAJOR}")
def article_gone(folder: Folder) -> None:
    for path in (ARTICLES, SOURCES, SPLITS):
        drop_line(folder, path, BRIDGE)


@UNSEEN_IN_CORPUS("an article moved to another split since a version", MAJOR)
def moved(folder: Folder) -> None:
    edit_about(folder, SPLITS, FESTIVAL, lambda line: line.update(split="train"))


@UNSEEN_IN_CORPUS("the order of the labels turned, the screen with it", MAJOR)
def turned_labels(folder: Folder) -> None:
    edit_scheme(folder, lambda defs: defs["stance"]["oneOf"].reverse())
    scheme = load_contract(folder.root / "schema").scheme
    folder.write("annotations/labeling.xml", labeling_config(scheme, "id").encode())


@UNSEEN_IN_CORPUS("the same wrong label by both annotators, gold made of it", "nobody: it is what they say")
def wrong_alike(folder: Folder) -> None:
    for number in (0, 1):
        edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(label="EVENT"), number)
    corpus = Corpus.open(folder.root)
    adjudicate_corpus(corpus, load_contract(corpus.schema))


@UNSEEN_IN_CORPUS("two annotators' pseudonyms swapped on one article, their ids with them", "git")
def swapped_annotators(folder: Folder) -> None:
    first, second = (line for line in folder.lines(PULLED) if line["article_id"] == DIKE)
    names = ("annotator", "id")
    edit_about(folder, PULLED, DIKE, lambda line: line.update({one: second[one] for one in names}), 0)
    edit_about(folder, PULLED, DIKE, lambda line: line.update({one: first[one] for one in names}), 1)


@UNSEEN_IN_CORPUS("a comment edited", "git")
def edited_comment(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(comment="yakin"))


@UNSEEN_IN_CORPUS("the reason of a decision edited", "git")
def edited_reason(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(why="it is so"))


@UNSEEN_IN_CORPUS("all annotations, decisions and gold taken out together", "git")
def nothing_annotated(folder: Folder) -> None:
    for path in (PULLED, DECISIONS, GOLD):
        (folder.root / path).unlink()


@UNSEEN_IN_CORPUS("the fingerprint of another pseudonym key", "`kliping pull`, which refuses the key")
def other_key(folder: Folder) -> None:
    folder.write("annotations/key.json", b'{"fingerprint":"0123456789abcdef"}\n')


@UNSEEN_IN_CORPUS("a record of a version edited, its hashes and counts with it", "git; `kliping verify` of the release")
def edited_version(folder: Folder) -> None:
    edit_held(folder, lambda data: data.replace(b'[0,13,"ORGANISATION"]', b'[0,14,"ORGANISATION"]', 1))
    edit_head(folder, lambda head: head.update(manifest_sha256="0" * 64))


@UNSEEN_IN_CORPUS("all records of versions taken out", "git")
def no_versions(folder: Folder) -> None:
    shutil.rmtree(folder.root / "corpus/versions")


@UNSEEN_IN_CORPUS("the licence or the guidelines of the data edited, the changelog taken out", "git; `kliping release`")
def other_licence(folder: Folder) -> None:
    for path in ("corpus/LICENSE", "annotations/guidelines.md"):
        folder.write(path, b"Ask the harbour master.\n")
    (folder.root / "corpus/CHANGELOG.md").unlink()


@UNSEEN_IN_RELEASE("what a source states, edited everywhere: a date, a title's author", VERIFY)
def edited_row(folder: Path) -> None:
    change_row(folder, "articles", BRIDGE, lambda row: row.update(url="https://pos.example/bridge"))


@UNSEEN_IN_RELEASE("the text of an article that nobody annotated, edited with hash and blocks", VERIFY)
def edited_release_text(folder: Path) -> None:
    def change(row: Row) -> None:
        row["text"] = row["text"].replace("one motorbike", "two motorbike")
        row["text_sha256"] = sha256(row["text"].encode())

    change_row(folder, "articles", BRIDGE, change)


@UNSEEN_IN_RELEASE("two annotators' pseudonyms swapped on one article", VERIFY)
def swapped_in_release(folder: Path) -> None:
    def change(rows: list[Row]) -> None:
        about(rows, DIKE)
        first, second = (row for row in rows if row["article_id"] == DIKE)
        first["annotator"], second["annotator"] = second["annotator"], first["annotator"]

    change_rows(folder, "annotations", "train", change)


@UNSEEN_IN_RELEASE("an annotator's comment edited", VERIFY)
def edited_release_comment(folder: Path) -> None:
    change_row(folder, "annotations", DIKE, lambda row: row.update(comment="yakin"))


@UNSEEN_IN_RELEASE("the guidelines of another version", VERIFY)
def other_guidelines(folder: Path) -> None:
    edit(folder, "guidelines.md", "#", "# Do not annotate.\n\n#")


@UNSEEN_IN_RELEASE("the digest of the inputs, or kliping's version, in the manifest", VERIFY)
def other_inputs(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.update(inputs_sha256="0" * 64))


@UNSEEN_IN_RELEASE("a file more, listed like the rest", VERIFY)
def foreign_file(folder: Path) -> None:
    (folder / "notes.txt").write_text("Rimbia.\n")
    seal_files(folder)
