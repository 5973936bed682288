"""What both renderings say: the facts above the lines, the verdict below them, and what the outcomes look like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.normaliser.explanation import Explanation, LanguageFrom, Outcome
    from kliping.records import Article

__all__ = ["LOOKS", "Fact", "Look", "facts", "verdict"]


@dataclass(frozen=True, slots=True)
class Look:
    """How an outcome is shown: a mark and a word beside the colour, for not everyone sees colours.

    Attributes:
        mark: one character.
        colour: a name that `click.style` knows.
        meaning: for the legend.
    """

    mark: str
    colour: str
    meaning: str


LOOKS: Mapping[Outcome, Look] = {
    "kept": Look("=", "green", "in the text"),
    "moved": Look("→", "cyan", "in a field of the article"),
    "removed": Look("×", "red", "dropped, and listed with its rule"),
}


class Fact(NamedTuple):
    """A name and what is said of it."""

    name: str
    told: str


_CHARSETS = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}
_SPOKEN: Mapping[LanguageFrom, str] = {
    "settings": "as [tool.kliping] says of this source",
    "source": "as the source states",
    "text": "told from the text",
    "corpus": "the corpus's own, for the text did not tell",
}


def facts(explanation: Explanation) -> Iterator[Fact]:
    """What is known of the input beside its lines."""
    if explanation.size is not None:
        yield Fact("bytes", f"{explanation.size:,}, sha256 {explanation.sha256[:16]}…")
    if explanation.media_type:
        yield Fact("type", _type(explanation))
    for repair in explanation.repairs:
        yield Fact("repaired", f"{repair.found} → {repair.repaired}")
    yield from _stated(explanation)
    if explanation.confidence is not None:
        yield Fact("confidence", f"{explanation.confidence:.2f} that the body was told from the rest")
    if explanation.article:
        yield from _made(explanation, explanation.article)
    if explanation.lines:
        yield Fact("lines", _outcomes(explanation))
        yield Fact("rules", _rules(explanation))


def verdict(explanation: Explanation) -> Fact:
    """What came out in the end."""
    article = explanation.article
    if article is None:
        return Fact("rejected", f"{explanation.reason}: {explanation.detail}")
    body = sum(block.end - block.start for block in article.blocks if block.type not in {"title", "subtitle"})
    parts = [
        _counted(len(article.blocks), "block"),
        f"{body:,} characters of body",
        *(
            _counted(len(listed), name)
            for listed, name in (
                (article.authors, "author"), (article.topics, "topic"), (article.figures, "figure"),
                (article.related, "related title"), (article.removed, "removed piece"),
            )
            if listed
        ),
    ]  # fmt: skip
    return Fact("article", ", ".join(parts))


def _type(explanation: Explanation) -> str:
    charset = explanation.charset
    return f"{explanation.media_type}{f', read as {_CHARSETS.get(charset, charset)}' if charset else ''}"


def _stated(explanation: Explanation) -> Iterator[Fact]:
    stated = explanation.stated
    told = {
        "title": stated.title,
        "subtitle": stated.subtitle,
        "authors": ", ".join(stated.authors),
        "publisher": stated.publisher,
        "published": stated.published,
        "modified": stated.modified,
        "topics": ", ".join(stated.topics),
        "url": stated.url,
        "language": stated.language,
    }
    for name, value in told.items():
        if value:
            yield Fact(f"states {name}", value)
    if explanation.charset and not any(told.values()):
        yield Fact("states", "nothing beside its lines")


def _made(explanation: Explanation, article: Article) -> Iterator[Fact]:
    spoken = _SPOKEN[explanation.language_from] if explanation.language_from else "nobody knows it"
    score = "" if article.language_score is None else f", score {article.language_score:.2f}"
    yield Fact("language", f"{article.language}, {spoken}{score}")
    yield Fact("id", article.id)


def _outcomes(explanation: Explanation) -> str:
    counted = Counter(piece.outcome for piece in explanation.pieces)
    told = [f"{counted[outcome]} {outcome}" for outcome in LOOKS if counted[outcome]]
    return f"{len(explanation.lines)}, in pieces: {', '.join(told)}"


def _rules(explanation: Explanation) -> str:
    counted = Counter(piece.rule for piece in explanation.pieces)
    return ", ".join(f"{rule} {count}" for rule, count in counted.items())


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
