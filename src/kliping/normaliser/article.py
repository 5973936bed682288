"""The public function: from raw bytes to an article, or the reason why not."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from importlib.metadata import version
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from kliping.errors import Rejected
from kliping.files import sha256
from kliping.normaliser.assembly import Parts, assemble, pieces
from kliping.normaliser.examination import examine
from kliping.normaliser.identity import article_id, canonical_url
from kliping.normaliser.language import UNKNOWN, identify_language, is_accepted, language_tag
from kliping.normaliser.raw import Raw, Reading
from kliping.normaliser.text.cleaning import clean_line
from kliping.normaliser.verdict import require_article
from kliping.records import Article, Normaliser, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from kliping.normaliser.examination import Examined
    from kliping.normaliser.text.media import MediaType
    from kliping.records import Repair

__all__ = ["NORMALISER", "made_of", "normalise", "normalise_raw"]

NORMALISER = Normaliser(name="kliping", version=version("kliping"))
"""What the articles that this version makes say of their making."""

_WORD = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
"""What repairs are told in: letters and digits of ASCII and everything beyond it."""


def normalise(  # noqa: PLR0913 — the public call; all but the data are keywords
    data: bytes,
    *,
    media_type: str | None = None,
    url: str | None = None,
    source: str | None = None,
    language: str | None = None,
    min_length: int = 100,
) -> Article:
    """The article in raw bytes.

    Args:
        data: a text dump or an HTML page, as received.
        media_type: what the sender said it is, a charset included; believed where content and name do not tell.
        url: where it was fetched; used where the page does not state its own address.
        source: path of the raw file, relative to the raw folder, with forward slashes.
        language: BCP 47 tag where it is known; else the page's, else identified from the text, else `und`.
        min_length: least code points of the body: all blocks but title and subtitle, without the empty lines between.

    Raises:
        Rejected: there is no article in it; the reason is a code of the contract.
        CallError: it is a page and the extra `html` is not installed, or `language` is no tag.
    """
    raw = Raw(data, path=source, media_type=media_type, url=url)
    return normalise_raw(raw, Reading(min_length=min_length, language=language_tag(language) if language else None))


def normalise_raw(raw: Raw, reading: Reading) -> Article:
    """The article in one input, as `normalise` makes it.

    Raises:
        Rejected: there is no article in it; the reason is a code of the contract.
        CallError: it is a page and the extra `html` is not installed.
    """
    return made_of(examine(raw, reading), raw, reading)


def made_of(examined: Examined, raw: Raw, reading: Reading) -> Article:
    """The article in what was found in one input.

    Raises:
        Rejected: there is no article in it; the reason is a code of the contract.
    """
    stated = examined.stated
    parts = assemble(examined.lines, stated.authors, stated.topics)
    require_article(parts)
    _require_body(parts, reading.min_length)
    language, score = _language(reading.language or stated.language, parts.text)
    _require_language(language, score, reading.accepted)
    digest, address = sha256(raw.data), canonical_url(stated.url) or canonical_url(raw.url)
    return Article(
        id=article_id(address, digest),
        text=parts.text,
        text_sha256=sha256(parts.text.encode()),
        blocks=parts.blocks,
        title=parts.title,
        subtitle=parts.subtitle,
        authors=parts.authors,
        publisher=stated.publisher,
        published=stated.published,
        modified=stated.modified,
        url=address,
        dateline=parts.dateline,
        topics=parts.topics,
        figures=parts.figures,
        related=parts.related,
        removed=parts.removed,
        repairs=_repairs(examined, parts),
        confidence=examined.confidence,
        language=language,
        language_score=score,
        source=_source(raw, digest, examined.media_type),
        normaliser=NORMALISER,
        metadata=dict(raw.metadata),
        extra=json.dumps(dict(raw.extra), ensure_ascii=False) if raw.extra else None,
    )


def _repairs(examined: Examined, parts: Parts) -> tuple[Repair, ...]:
    """What was put right in the article; a page holds much else."""
    if not examined.repairs or examined.media_type == "text/plain":
        return examined.repairs
    words = sorted({word for piece in pieces(parts) for word in _WORD.findall(piece)})
    return tuple(
        repair
        for repair in examined.repairs
        if all(_begins_one(word, words) for word in _WORD.findall(clean_line(repair.repaired)))
    )


def _begins_one(word: str, words: Sequence[str]) -> bool:
    """Whether one of the sorted words begins so: a page may have the first letter in an element of its own."""
    at = bisect_left(words, word)
    return at < len(words) and words[at].startswith(word)


def _language(given: str | None, text: str) -> tuple[str, float | None]:
    """The language and, where the text was asked for it, how sure the likeliest is, be it too little to name one."""
    if given:
        return given, None
    tag, score = identify_language(text)
    return tag or UNKNOWN, score


def _require_language(language: str, score: float | None, accepted: AbstractSet[str]) -> None:
    if not is_accepted(language, accepted, score):
        told = "is stated" if score is None else f"is identified with a score of {score}"
        raise Rejected("wrong-language", f"{language} {told}; the corpus takes {', '.join(sorted(accepted))}")


def _require_body(parts: Parts, min_length: int) -> None:
    length = parts.body_length
    if length == 0:
        raise Rejected("no-article", "there is no paragraph in it")
    if length < min_length:
        raise Rejected("too-short", f"the body has {length} characters, fewer than the least length of {min_length}")


def _source(raw: Raw, digest: str, kind: MediaType) -> Source:
    """The source; an absolute path says where someone's disk is, so only its name is kept."""
    path = raw.path
    if path is not None and (path.startswith(("/", "\\")) or PureWindowsPath(path).is_absolute()):
        path = PureWindowsPath(path).name  # which knows both kinds of slashes
    return Source(
        path=path or None,
        sha256=digest,
        media_type=kind,
        retrieved=raw.retrieved,
        licence=raw.licence,
        rights_holder=raw.rights_holder,
    )
