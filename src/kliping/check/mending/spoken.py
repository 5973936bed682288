"""Of which articles somebody said something: their texts are never changed, not even in how a letter is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.corpus.kinds import KEPT
from kliping.check.lines import BOM
from kliping.check.rules import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kliping.project import Corpus

__all__ = ["SAYING", "hindrances"]


class Saying(NamedTuple):
    """Files whose lines are about an article, the field that names it, and what such a line means for it."""

    pattern: str
    key: str
    meaning: str


_MEANINGS = {
    "annotations": "is annotated",
    "carried": "has an annotation carried over from another text",
    "predictions": "has predictions",
    "rounds": "is given to annotators",
    "quarantine": "has an annotation in quarantine",
    "decisions": "has decisions",
    "gold": "has gold",
    "revisions": "has a superseded text, of which something was said",
}
"""By the kind of line."""

SAYING = (
    *(Saying(KEPT[kind].pattern, KEPT[kind].key, meaning) for kind, meaning in _MEANINGS.items()),
    Saying("corpus/versions/*.jsonl", "id", "is in a recorded version"),
)
"""What ties people's work to an article; its source and its split do not: they are of any text of it."""


class _Said(NamedTuple):
    """What a line is about: an article, by its id, and texts, by their hashes."""

    article: str | None
    texts: tuple[str, ...]


def hindrances(corpus: Corpus, articles: Mapping[str, str]) -> dict[str, str]:
    """Why the text of some articles must stay as it is, by id; one that is not named is free.

    A line that cannot be read may be about any of them.

    Args:
        corpus: it.
        articles: the hash of each one's text by its id.
    """
    found: dict[str, str] = {}
    with_text = {text: name for name, text in articles.items() if text}
    for saying in SAYING:
        for path in sorted(corpus.root.glob(saying.pattern)):
            for place, said in _lines(corpus.root, path, saying.key):
                if said is None:
                    unread = f"may be what {place} is about, which cannot be read"
                    return dict.fromkeys(articles, unread) | found
                names = (said.article, *map(with_text.get, said.texts))
                for name in names:
                    if name is not None and name in articles:
                        found.setdefault(name, f"{saying.meaning} ({place})")
    return found


def _lines(root: Path, path: Path, key: str) -> Iterator[tuple[Place, _Said | None]]:
    """What each line is about, None where that cannot be read; quarantine may be about no article."""
    fields = [
        ("article", str | None, msgspec.field(name=key)),
        ("text", str, msgspec.field(name="text_sha256", default="")),
        ("annotated", str, msgspec.field(name="annotated_text_sha256", default="")),
    ]
    decoder, name = msgspec.json.Decoder(msgspec.defstruct("Said", fields)), path.relative_to(root).as_posix()
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            body = data.removeprefix(BOM)
            if not body.strip():
                continue
            try:
                article, *texts = msgspec.structs.astuple(decoder.decode(body))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                yield Place(name, number), None
            else:
                yield Place(name, number), _Said(article, tuple(texts))
