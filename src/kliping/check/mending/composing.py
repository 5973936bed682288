"""An article's text in Unicode's composed form: where nobody said anything of it, its blocks and its hash follow."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec

from kliping.check.corpus.texts import SEPARATOR, TEXT_RULES, TextSeen
from kliping.check.mending.lines import Composed
from kliping.check.rules import Place
from kliping.files import sha256
from kliping.records import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Article

__all__ = ["compose", "is_composed"]

_GROUNDS = frozenset({"E402", "E405", "E406", "E407"})
"""Rules that a text must keep for its composed form to be sure: hash, blocks, title."""


def is_composed(article: Article) -> bool:
    """Whether a text is in Unicode's composed form."""
    return unicodedata.is_normalized("NFC", article.text)


def compose(article: Article) -> Composed:
    """An article with text, title and subtitle in composed form; the spans of its blocks and its hash follow.

    Each block is composed by itself: nothing composes with the line feeds between them.
    """
    broken = _broken(article)
    if broken:
        return Composed(None, f"its text breaks {', '.join(broken)} too; normalise the article again")
    blocks: list[Block] = []
    text = ""
    for block in article.blocks:
        text += SEPARATOR if blocks else ""
        words = _nfc(article.text[block.start : block.end])
        blocks.append(Block(type=block.type, start=len(text), end=len(text) + len(words)))
        text += words
    made = msgspec.structs.replace(
        article,
        text=text,
        text_sha256=sha256(text.encode()),
        blocks=tuple(blocks),
        title=None if article.title is None else _nfc(article.title),
        subtitle=None if article.subtitle is None else _nfc(article.subtitle),
    )
    if text != _nfc(article.text) or _broken(made):
        return Composed(None, "its blocks would not be those of its text any more; normalise the article again")
    return Composed(made, None)


def _broken(article: Article) -> list[str]:
    found: Iterable[str] = (one.code for one in TEXT_RULES.findings(TextSeen(Place(""), article, ())))
    return sorted(_GROUNDS & set(found))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
