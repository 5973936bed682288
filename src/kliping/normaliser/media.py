"""What the raw bytes are: told by their content, then by the file's name, then by what the caller was told."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal, TypeAlias

from kliping.errors import Rejected

__all__ = ["SNIFFED", "MediaType", "charset_of", "identify"]

MediaType: TypeAlias = Literal["text/plain", "text/html"]
"""What can be read."""

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
    ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xml", ".rss", ".atom", ".yaml", ".yml", ".js", ".css", ".py",
    ".doc", ".docx", ".odt", ".rtf", ".pdf", ".epub", ".warc", ".parquet", ".xls", ".xlsx",
})  # fmt: skip
_GIVEN: dict[str, MediaType] = {
    "text/plain": "text/plain",
    "text/markdown": "text/plain",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
}
_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream"})

_BEFORE_MARKUP = re.compile(r"^(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*", re.DOTALL)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
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
            raise Rejected("unknown-type", f"this is {what}; kliping reads text and HTML")
    if _is_binary(data):
        raise Rejected("binary", "the bytes are no text: they hold NUL or other control bytes")
    return _of_content(data) or _of_name(name) or _of_given(given)


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
    if _HTML.match(start, before.end() if before else 0):
        return "text/html"
    if start.lstrip().startswith("<?xml"):
        raise Rejected("unknown-type", "this is XML without a page in it; kliping reads text and HTML")
    return None


def _of_name(name: str | None) -> MediaType | None:
    suffix = PurePosixPath(name or "").suffix.lower()
    if suffix in _UNREAD:
        raise Rejected("unknown-type", f"a {suffix} file has no reader; kliping reads text and HTML")
    return _SUFFIXES.get(suffix)


def _of_given(given: str | None) -> MediaType:
    bare = (given or "").split(";")[0].strip().lower()
    if bare in _VAGUE:
        return "text/plain"
    if bare not in _GIVEN:
        raise Rejected("unknown-type", f"{bare} has no reader; kliping reads text and HTML")
    return _GIVEN[bare]
