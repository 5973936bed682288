"""What the raw bytes are: told by their content, then by the file's name, then by what the caller was told."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from kliping.errors import Rejected

__all__ = [
    "SNIFFED",
    "Compression",
    "Container",
    "MediaType",
    "Packing",
    "charset_of",
    "identify",
    "is_page_type",
    "may_be_packed",
    "packing",
]

MediaType: TypeAlias = Literal["text/plain", "text/html"]
"""What an article is made from."""

Compression: TypeAlias = Literal["gzip", "bzip2", "xz"]
"""How a single stream of bytes is compressed."""

Container: TypeAlias = Literal["zip", "tar", "warc", "csv", "tsv", "jsonl", "parquet"]
"""What holds many inputs."""


class Packing(NamedTuple):
    """How inputs are packed into a file: compressed, in a container, both or neither."""

    compression: Compression | None
    container: Container | None


SNIFFED = 4096
"""Bytes at the start that are looked at."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive, or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"WARC/", "a web archive"),
    (b"PAR1", "a Parquet file"),
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

_SUFFIXES: dict[str, MediaType] = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/plain",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".shtml": "text/html", ".php": "text/html",
}  # fmt: skip
_UNREAD = frozenset({
    ".json", ".xml", ".rss", ".atom", ".yaml", ".yml", ".js", ".css", ".py",
    ".doc", ".docx", ".odt", ".ods", ".odp", ".pptx", ".rtf", ".pdf", ".epub", ".xls", ".xlsx", ".jar", ".apk",
})  # fmt: skip
_COMPRESSED: dict[str, Compression] = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}
_CONTAINERS: dict[str, Container] = {
    ".zip": "zip", ".tar": "tar", ".warc": "warc", ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet",
}  # fmt: skip
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".tbz": ".tar.bz2", ".txz": ".tar.xz"}
_COMPRESSED_STARTS: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
)  # fmt: skip
_CONTAINER_STARTS: tuple[tuple[bytes, Container], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"WARC/", "warc"), (b"PAR1", "parquet"),
)  # fmt: skip
_PACKED_STARTS = frozenset({b"\x1f\x8b", b"BZ", b"\xfd7", b"PK", b"WA", b"PA"})
_TAR_MARK = slice(257, 262)
_GIVEN: dict[str, MediaType] = {
    "text/plain": "text/plain",
    "text/markdown": "text/plain",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
}
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream"})

_BEFORE_MARKUP = re.compile(r"^(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*", re.DOTALL)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"<(?P<tag>p|div|h[1-6]|article|section|main|header|ul|ol|table|figure|blockquote)\b[^<>]*>.*?</(?P=tag)>",
    re.IGNORECASE | re.DOTALL,
)
"""What a piece of a page begins with."""
_MAIL = re.compile(r"(?:[A-Za-z][A-Za-z-]*: [^\n]*\n(?:[ \t][^\n]*\n)*){2}")  # a line may end in CR LF
_MIME = re.compile(r"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
"""A mail, and a page that a browser saved in one file, begin with fields, this one among them."""
_CONTROLS = bytes(sorted(frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")))


def identify(data: bytes, *, name: str | None = None, given: str | None = None) -> MediaType:
    """The media type of raw bytes.

    Raises:
        Rejected: `empty`, `binary`, or `unknown-type` where it is something that has no reader.
    """
    if not data.strip(b" \t\r\n\v\f\x00").removeprefix(b"\xef\xbb\xbf").strip():
        raise Rejected("empty", "the file holds nothing")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Rejected("unknown-type", f"this is {what}; an article is made from text or HTML")
    if _is_binary(data):
        raise Rejected("binary", "the bytes are no text: they hold NUL or other control bytes")
    return _of_content(data) or _of_name(name) or _of_given(given)


def may_be_packed(name: str, start: bytes) -> bool:
    """Whether to ask for the packing at all; `start` is the first bytes. Most files are text, and answered fast."""
    if start[:2] in _PACKED_STARTS or start[_TAR_MARK] == b"ustar":
        return True
    suffix = _suffix(name).lower() if start else ""
    return suffix in _CONTAINERS or suffix in _COMPRESSED or suffix in _SHORT


def packing(name: str, start: bytes) -> Packing:
    """How inputs are packed into a file, told by its first bytes and its name. Content beats name.

    Raises:
        Rejected: `broken` where the name says ZIP, WARC or Parquet and the bytes are nothing like it.
    """
    if _suffix(name.lower()) in _UNREAD:  # an office document is a ZIP as well
        return Packing(None, None)
    bare = _without_compression(name)
    for mark, compression in _COMPRESSED_STARTS:
        if start.startswith(mark):
            return Packing(compression, _CONTAINERS.get(_suffix(bare)))
    for mark, container in _CONTAINER_STARTS:
        if start.startswith(mark):
            return Packing(None, container)
    if start[_TAR_MARK] == b"ustar":
        return Packing(None, "tar")
    by_name = _CONTAINERS.get(_suffix(bare))
    if by_name in {"zip", "warc", "parquet"} and start:
        raise Rejected("broken", f"it is named as a {by_name} file, and its bytes are none; fetch or save it again")
    return Packing(None, by_name)


def is_page_type(given: str | None) -> bool:
    """Whether a media type is that of a page."""
    return _GIVEN.get((given or "").split(";")[0].strip().lower()) == "text/html"


def _without_compression(name: str) -> str:
    """A name, lower-cased, without the suffix of a compression: `a.html.gz` holds `a.html`, `a.tgz` `a.tar`."""
    name = name.lower()
    suffix = _suffix(name)
    if suffix in _SHORT:
        name, suffix = f"{name.removesuffix(suffix)}{_SHORT[suffix]}", _suffix(_SHORT[suffix])
    return name.removesuffix(suffix) if suffix in _COMPRESSED else name


def _suffix(name: str) -> str:
    """What a name ends with from its last dot on; a path object takes ten times as long."""
    at = name.rfind(".")
    return name[at:] if at > name.rfind("/") else ""


def charset_of(given: str | None) -> str | None:
    """The charset in a media type such as `text/html; charset=iso-8859-1`, or None."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", given or "", re.IGNORECASE)
    return found[1] if found else None


def _is_binary(data: bytes) -> bool:
    """NUL bytes, or over one control byte in a hundred; UTF-16 and UTF-32 say so by their mark."""
    if data.startswith(_TEXT_MARKS) or data.startswith(b"\x00\x00\xfe\xff"):
        return False
    start = data[:SNIFFED]
    return b"\x00" in data or (len(start) - len(start.translate(None, _CONTROLS))) * 100 > len(start)


def _of_content(data: bytes) -> MediaType | None:
    start = data[:SNIFFED].removeprefix(b"\xef\xbb\xbf").decode(_WIDE_MARKS.get(data[:2], "latin-1"), "replace")
    start = start.removeprefix("\ufeff")
    before = _BEFORE_MARKUP.match(start)
    begins = before.end() if before else 0
    if _HTML.match(start, begins) or _PIECE.match(start, begins):
        return "text/html"
    if _MAIL.match(start) and _MIME.search(start):
        raise Rejected("unknown-type", "this is a mail, or a page saved in one file (MHTML); save the page as HTML")
    if start.lstrip().startswith("<?xml"):
        raise Rejected("unknown-type", "this is XML without a page in it; an article is made from text or HTML")
    return None


def _of_name(name: str | None) -> MediaType | None:
    suffix = _suffix(_without_compression(name or ""))
    if suffix in _UNREAD:
        raise Rejected("unknown-type", f"a {suffix} file has no reader; an article is made from text or HTML")
    return _SUFFIXES.get(suffix)


def _of_given(given: str | None) -> MediaType:
    bare = (given or "").split(";")[0].strip().lower()
    if bare in _VAGUE:
        return "text/plain"
    if bare not in _GIVEN:
        raise Rejected("unknown-type", f"{bare} has no reader; an article is made from text or HTML")
    return _GIVEN[bare]
