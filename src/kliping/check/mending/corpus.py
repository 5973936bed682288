"""Mending a corpus: every line by itself, shown first, then each file written whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.lines import Line, read_file, read_line
from kliping.check.mending.composing import compose, is_composed
from kliping.check.mending.difference import difference
from kliping.check.mending.files import ARTICLES, is_inside, mendable_files
from kliping.check.mending.lines import Composed, mend_line
from kliping.check.mending.spoken import hindrances
from kliping.check.rules import Place
from kliping.files import write_pieces
from kliping.project import alone
from kliping.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kliping.check.mending.files import Mendable
    from kliping.check.mending.lines import Mend
    from kliping.project import Corpus

__all__ = ["Left", "Mended", "mend_corpus"]


class Left(NamedTuple):
    """A finding that is usually mechanical and was left, and why."""

    place: Place
    code: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.code} is left: {self.why}"


@dataclass(slots=True)
class Mended:
    """What was mended, or would be: lines by rule, and what is left for people."""

    files: int = 0
    lines: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)


def mend_corpus(corpus: Corpus, show: Callable[[str], None], *, dry_run: bool = False) -> Mended:
    """Mend what is mechanical: E102, E103, empty lines (E104), E105, and E403 where nobody said anything of the text.

    Args:
        corpus: the one whose files under `corpus/` and `annotations/` are mended; what releases held is not touched.
        show: gets each line of the difference before any file is written.
        dry_run: show it, and write nothing.

    Returns:
        What was mended. A second run mends nothing.

    Raises:
        CallError: another command is at work on the corpus.
        DataError: a file cannot be written there.
    """
    mended = Mended()
    composing = _composing(corpus)
    to_write = []
    for path, mendable in mendable_files(corpus.root):
        mends = _tallied(mended, _mends(corpus.root, path, mendable, composing))
        changes = ((line, mend) for line, mend in mends if mend.codes)
        shown = False
        for text in difference(path.relative_to(corpus.root).as_posix(), changes):
            show(text)
            shown = True
        if shown:
            mended.files += 1
            to_write.append((path, mendable))
    if to_write and not dry_run:
        _write(corpus, to_write)
    return mended


def _write(corpus: Corpus, files: list[tuple[Path, Mendable]]) -> None:
    """Mend some files, as they are once nobody else writes into the corpus."""
    with alone(corpus, "check --fix"):
        composing = _composing(corpus)
        for path, mendable in files:
            write_pieces(path, (mend.data for _, mend in _mends(corpus.root, path, mendable, composing)))


@dataclass(slots=True)
class _Composing:
    """The articles whose texts are not in composed form: the hash of each text by id, and why some must stay."""

    hashes: Mapping[str, str]
    hindered: Mapping[str, str]

    def article(self, article: Article) -> Composed | None:
        """Of a text of today."""
        if is_composed(article):
            return None
        if article.id in self.hindered or self.hashes.get(article.id) != article.text_sha256:
            why = self.hindered.get(article.id, "is there twice")
            return Composed(None, f"{article.id} {why}")
        return compose(article)

    @staticmethod
    def revision(article: Article) -> Composed | None:
        """Of a superseded text."""
        return None if is_composed(article) else Composed(None, "a superseded text stays as it was")


def _composing(corpus: Corpus) -> _Composing:
    hashes = _uncomposed(corpus)
    return _Composing(hashes, hindrances(corpus, hashes) if hashes else {})


def _uncomposed(corpus: Corpus) -> dict[str, str]:
    """Articles whose text is not in composed form: its hash by id, an empty one where the id is there twice."""
    found: dict[str, str] = {}
    for path in sorted(corpus.root.glob(ARTICLES.pattern)):
        for line in read_file(corpus.root, path):
            article = _article(line)
            if article is not None and not is_composed(article):
                found[article.id] = "" if article.id in found else article.text_sha256
    return found


def _article(line: Line) -> Article | None:
    try:
        return msgspec.convert(line.value, Article)
    except msgspec.ValidationError:
        return None


def _mends(root: Path, path: Path, mendable: Mendable, composing: _Composing) -> Iterator[tuple[Line, Mend]]:
    """Each line of a file with what becomes of it."""
    how = composing.article if mendable is ARTICLES else composing.revision
    inside = is_inside(root, path)
    for line in _whole(root, path) if mendable.whole else read_file(root, path):
        mend = mend_line(line, mendable, how)
        if not inside and mend.codes:
            why = "a symbolic link leads out of the corpus"
            mend = mend._replace(data=line.data, codes=(), left=tuple((code, why) for code in mend.codes))
        yield line, mend


def _whole(root: Path, path: Path) -> Iterator[Line]:
    yield read_line(Place(path.relative_to(root).as_posix()), path.read_bytes())


def _tallied(mended: Mended, mends: Iterator[tuple[Line, Mend]]) -> Iterator[tuple[Line, Mend]]:
    for line, mend in mends:
        mended.lines += bool(mend.codes)
        mended.codes.update(mend.codes)
        mended.left += (Left(line.place, code, why) for code, why in mend.left)
        yield line, mend
