"""What is said of an article, read and proven before a row is made of it; whether the corpus was checked or not.

A span that is not its text, a label without a class or a stance without its mention would be wrong in every copy of a
release, for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from kliping.files import sha256
from kliping.records import Annotation, Article, Finding, Gold, SplitEntry
from kliping.release.tables.annotated import Annotated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from kliping.project.dossiers import Dossier, Line
    from kliping.records import Stance
    from kliping.release.tables.annotated import Words

__all__ = ["prove"]

R = TypeVar("R")

_ARTICLE = msgspec.json.Decoder(Article)
_SPLIT = msgspec.json.Decoder(SplitEntry)
_GOLD = msgspec.json.Decoder(Gold)
_ANNOTATION = msgspec.json.Decoder(Annotation)


def prove(dossier: Dossier, words: Words, root: Path) -> tuple[Annotated | None, list[Finding]]:
    """An article with all that is said of it; None where something is wrong, with every finding.

    Args:
        dossier: the lines of one article and one split, of gold at most one, of annotations any.
        words: what the contract says.
        root: the corpus's folder, which findings' places are relative to.
    """
    findings: list[Finding] = []
    articles = _read(dossier, "article", _ARTICLE, root, findings)
    splits = _read(dossier, "split", _SPLIT, root, findings)
    gold = _read(dossier, "gold", _GOLD, root, findings)
    made = _read(dossier, "annotation", _ANNOTATION, root, findings)
    if not articles or not splits:
        return None, findings
    ((at, article),) = articles
    if sha256(article.text.encode()) != article.text_sha256:
        message = f"{article.id}: text_sha256 is not that of the text; restore the line with git"
        findings.append(_finding(at, root, "R202", message))
    for line, one in gold:
        if one.text_sha256 != article.text_sha256:
            message = f"{article.id}: gold is of another text than the article's; run `kliping adjudicate`"
            findings.append(_finding(line, root, "R203", message))
    current = [(line, one) for line, one in made if one.text_sha256 == article.text_sha256]
    findings += (
        _finding(line, root, "R204", f"the annotation {name} is there already; keep one")
        for line, name in _repeated((line, one.id) for line, one in current)
    )
    stated: list[tuple[Line, Annotation | Gold]] = [*gold, *current]
    for line, said in stated:
        findings += (_finding(line, root, code, message) for code, message in _faults(article, said, words))
    annotated = Annotated(article, splits[0][1], gold[0][1] if gold else None, tuple(one for _, one in current))
    return None if findings else annotated, findings


def _read(
    dossier: Dossier, kind: str, decoder: msgspec.json.Decoder[R], root: Path, findings: list[Finding]
) -> list[tuple[Line, R]]:
    read = []
    for line in dossier.lines.get(kind, ()):
        try:
            read.append((line, decoder.decode(line.data)))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            findings.append(_finding(line, root, "R201", f"{error}; mend the line, or restore it with git"))
    return read


def _faults(article: Article, said: Annotation | Gold, words: Words) -> Iterator[tuple[str, str]]:
    """What is wrong with one annotation or with gold: a code and a sentence each."""
    text, known = article.text, {entity.id for entity in said.entities}
    for entity in said.entities:
        if not 0 <= entity.start < entity.end <= len(text) or text[entity.start : entity.end] != entity.text:
            where = f"{entity.start}-{entity.end} of {article.id}"
            yield "R205", f"{where} is not {entity.text!r}; pull again, or mend the span"
        if entity.label not in words.labels:
            yield "R206", f"{article.id}: {_unknown('label', entity.label)}"
    for stance in said.stances:
        for code, message in _stance_faults(stance, known, words):
            yield code, f"{article.id}: {message}"
    if len(known) < len(said.entities):
        yield "R204", f"{article.id}: two entities have one id; pull again"
    if len({stance.id for stance in said.stances}) < len(said.stances):
        yield "R204", f"{article.id}: two stances have one id; pull again"


def _stance_faults(stance: Stance, known: AbstractSet[str], words: Words) -> Iterator[tuple[str, str]]:
    if stance.stance not in words.stances:
        yield "R206", _unknown("stance", stance.stance)
    if stance.target.kind == "declared" and stance.target.name not in words.targets:
        yield "R206", _unknown("target", stance.target.name)
    for party in (stance.target, stance.holder):
        if (party.kind == "mention" or party.mention is not None) and party.mention not in known:
            yield "R207", f"the stance {stance.id} rests on a mention that is not there; pull again"


def _unknown(what: str, const: str | None) -> str:
    return (
        f"the {what} {const!r} is not in schema/corpus.schema.json; put it back, deprecated, or rename it with "
        "`kliping relabel`"
    )


def _repeated(named: Iterable[tuple[Line, str]]) -> Iterator[tuple[Line, str]]:
    seen: set[str] = set()
    for line, name in named:
        if name in seen:
            yield line, name
        seen.add(name)


def _finding(line: Line, root: Path, code: str, message: str) -> Finding:
    return Finding(code=code, path=line.path.relative_to(root).as_posix(), line=line.number, message=message)
