"""What a release is made from: the corpus's files by article, what they hold, and the digest of it all.

The files are gone through once before anything is built, for what must be counted or refused, and once while the tables
are built; nothing but counts is held. So they are hashed before and after: what changes meanwhile is no release.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.project.dossiers import Files, dossiers
from kliping.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.project.dossiers import Dossier, Line

__all__ = ["FileRead", "Inputs", "Taken", "article_files", "changed_inputs", "inputs_sha256", "read_inputs"]

SHOWN = (
    "name", "title", "language", "licence", "rights_holder", "contact", "single_annotator", "adjudication", "citation",
    "card",
)  # fmt: skip
"""The settings that card, citation or Croissant show something of."""

PIECE = 1 << 20
"""Bytes of a file that are held while it is hashed."""


class FileRead(NamedTuple):
    """A file that a release is made from; `place` is relative to the corpus."""

    place: str
    sha256: str
    lines: int


@dataclass(slots=True)
class Taken:
    """What the files hold, counted; `homeless` articles have no split, `superseded` annotations are of an older text.

    `findings` are what the files say of articles that cannot be released.
    """

    articles: int = 0
    homeless: int = 0
    gold: int = 0
    stances: int = 0
    annotations: int = 0
    superseded: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made from. The lines are read anew from the corpus each time: see `article_files`."""

    corpus: Corpus
    contract: Contract
    files: tuple[FileRead, ...]
    taken: Taken


def article_files(corpus: Corpus) -> dict[str, Files]:
    """The files that say something of an article: `article`, `split`, `gold` and `annotation`."""
    return {
        "article": Files(sorted((corpus.corpus / "articles").glob("*.jsonl")), "id"),
        "split": Files(_there(corpus.corpus / "splits.jsonl"), "id"),
        "gold": Files(_there(corpus.annotation_folder / "gold.jsonl"), "article_id"),
        "annotation": Files(sorted((corpus.annotation_folder / "pulled").glob("*.jsonl")), "article_id"),
    }


def read_inputs(corpus: Corpus, contract: Contract) -> Inputs:
    """The inputs of a corpus, counted and hashed, in memory that does not grow with it but for a few bytes an article.

    Nothing here relies on the corpus's check: what cannot be released is in `taken.findings`.
    """
    kinds = article_files(corpus)
    read = _read_files(corpus)
    taken, seen = Taken(), 0
    for dossier in dossiers(kinds):
        seen += sum(map(len, dossier.lines.values()))
        taken.findings += _counted(dossier, taken, corpus.root)
    lines = {one.place: one.lines for one in read}
    if seen != sum(lines[_place(path, corpus.root)] for files in kinds.values() for path in files.paths):
        taken.findings += (finding for files in kinds.values() for finding in _passed_over(files, corpus.root))
    return Inputs(corpus, contract, read, taken)


def changed_inputs(inputs: Inputs) -> list[Finding]:
    """Each file that is not as it was when the inputs were read: what was built since may be made of either."""
    before = {one.place: one.sha256 for one in inputs.files}
    now = {one.place: one.sha256 for one in _read_files(inputs.corpus)}
    message = "changed while the release was built; run the command again when nothing else writes to the corpus"
    return [
        Finding(code="R110", path=place, line=None, message=message)
        for place in sorted(before.keys() | now.keys())
        if before.get(place) != now.get(place)
    ]


def inputs_sha256(inputs: Inputs, told: Sequence[object] = ()) -> str:
    """Digest of everything that a release is made from: files by path and SHA-256, and the settings that it shows.

    Settings at their defaults are left out, so that a setting that a later kliping brings changes no digest.

    Args:
        inputs: the corpus's files.
        told: what else it shows, such as its date and what its changelog says until its version.
    """
    settings = inputs.corpus.settings
    stated = _stated(settings)
    shown = {name: stated[name] for name in SHOWN if name in stated}
    digest = hashlib.sha256(msgspec.json.encode([shown, *told]) + b"\n")
    for file in inputs.files:
        digest.update(msgspec.json.encode([file.place, file.sha256]) + b"\n")
    return digest.hexdigest()


def _stated(table: msgspec.Struct) -> dict[str, object]:
    """A table of settings, and those inside it, without what is at its default."""
    found = ((one, getattr(table, one.name)) for one in msgspec.structs.fields(table))
    return {one.name: _told(value) for one, value in found if value != one.default}


def _told(value: object) -> object:
    if isinstance(value, msgspec.Struct):
        return _stated(value)
    return list(map(_told, value)) if isinstance(value, tuple) else value


class _Text(msgspec.Struct, frozen=True):
    """Which text something is of; the rest of the line is passed over."""

    text_sha256: str


class _Gold(msgspec.Struct, frozen=True):
    stances: tuple[msgspec.Raw, ...]


_TEXT, _GOLD = msgspec.json.Decoder(_Text), msgspec.json.Decoder(_Gold)


def _counted(dossier: Dossier, taken: Taken, root: Path) -> Iterator[Finding]:
    """Count what is said of an article, and tell what of it cannot be released."""
    articles, splits, gold, annotations = (
        dossier.lines.get(kind, ()) for kind in ("article", "split", "gold", "annotation")
    )
    taken.articles += len(articles)
    taken.gold += len(gold)
    taken.annotations += len(annotations)
    for what, lines in (("the article", articles), ("the split of", splits), ("the gold of", gold)):
        for line in lines[1:]:
            yield _at(line, root, "R107", f"{what} {dossier.id} is there already; keep one")
    if not articles:
        for line in (*gold, *annotations):
            yield _at(line, root, "R108", f"{dossier.id} is no article of corpus/articles; restore it with git")
        return
    taken.homeless += not splits
    try:
        text = _TEXT.decode(articles[0].data).text_sha256
        taken.stances += sum(len(_GOLD.decode(line.data).stances) for line in gold)
        taken.superseded += sum(_TEXT.decode(line.data).text_sha256 != text for line in annotations)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return  # the proof of the tables tells, with the line


def _passed_over(files: Files, root: Path) -> Iterator[Finding]:
    """The lines that no article is told by."""
    decoder = msgspec.json.Decoder(msgspec.defstruct("Key", [("name", str, msgspec.field(name=files.key))]))
    for path in files.paths:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    decoder.decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                    message = f"no JSON object with {files.key}; mend the line, or restore it with git"
                    yield Finding(code="R109", path=_place(path, root), line=number, message=message)


def _at(line: Line, root: Path, code: str, message: str) -> Finding:
    return Finding(code=code, path=_place(line.path, root), line=line.number, message=message)


def _place(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _digested(path: Path, root: Path) -> FileRead:
    """A file's digest and lines, read piece by piece; a last line counts without its end, too."""
    digest, lines, last = hashlib.sha256(), 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            lines, last = lines + piece.count(b"\n"), piece[-1:]
    return FileRead(_place(path, root), digest.hexdigest(), lines + (last != b"\n"))


def _read_files(corpus: Corpus) -> tuple[FileRead, ...]:
    """Every file that a release is made from, in the order of the digest."""
    return tuple(_digested(path, corpus.root) for path in _files(corpus, article_files(corpus)))


def _files(corpus: Corpus, kinds: Mapping[str, Files]) -> Iterator[Path]:
    yield from kinds["article"].paths
    yield from kinds["annotation"].paths
    yield from sorted(corpus.schema.glob("*.schema.json"))
    yield from kinds["split"].paths
    yield from _there(corpus.corpus / "LICENSE")
    yield from kinds["gold"].paths
    yield from _there(corpus.annotation_folder / "guidelines.md")


def _there(path: Path) -> list[Path]:
    return [path] if path.is_file() else []
