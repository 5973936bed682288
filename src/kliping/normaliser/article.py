"""The public function: from raw bytes to an article, or the reason why not."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kliping.errors import CallError, Rejected
from kliping.files import sha256
from kliping.normaliser.assembly import Parts, assemble
from kliping.normaliser.cleaning import clean_text
from kliping.normaliser.decoding import declared_charset, decode
from kliping.normaliser.dump import read_dump
from kliping.normaliser.identity import article_id, canonical_url
from kliping.normaliser.language import UNKNOWN, identify_language, language_tag
from kliping.normaliser.media import MediaType, charset_of, identify
from kliping.normaliser.rules import apply_rules
from kliping.normaliser.stated import Stated
from kliping.records import Article, Normaliser, Source

if TYPE_CHECKING:
    from kliping.normaliser.lines import Line

__all__ = ["NORMALISER", "normalise"]

NORMALISER = Normaliser(name="kliping", version=version("kliping"))
"""What the articles that this version makes say of their making."""


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
    given = language_tag(language) if language else None
    kind = identify(data, name=source, given=media_type)
    lines, stated = _read(data, kind, charset_of(media_type), url)
    parts = assemble(apply_rules(lines), stated.authors, stated.topics)
    _require_body(parts, min_length)
    digest, address = sha256(data), canonical_url(stated.url) or canonical_url(url)
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
        language=given or stated.language or identify_language(parts.text) or UNKNOWN,
        source=_source(source, digest, kind),
        normaliser=NORMALISER,
        metadata={},
        extra=None,
    )


def _read(data: bytes, kind: MediaType, charset: str | None, url: str | None) -> tuple[tuple[Line, ...], Stated]:
    if kind == "text/plain":
        return read_dump(clean_text(decode(data, charset))), Stated()
    try:
        from kliping.normaliser.page import read_page
    except ImportError:
        raise CallError("reading HTML needs trafilatura; install it with: pip install 'kliping[html]'") from None
    return read_page(decode(data, charset or declared_charset(data)), url)


def _require_body(parts: Parts, min_length: int) -> None:
    if parts.body_length == 0:
        raise Rejected("no-article", "there is no paragraph in it")
    if parts.body_length < min_length:
        raise Rejected(
            "too-short", f"the body has {parts.body_length} characters, fewer than the least length of {min_length}"
        )


def _source(path: str | None, digest: str, kind: MediaType) -> Source:
    """The source; an absolute path says where someone's disk is, so only its name is kept."""
    if path is not None and path.startswith(("/", "\\")):
        path = PurePosixPath(path.replace("\\", "/")).name
    return Source(path=path or None, sha256=digest, media_type=kind, retrieved=None, licence=None, rights_holder=None)
