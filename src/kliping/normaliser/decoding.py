"""Bytes to characters: byte order mark, strict UTF-8, the declared charset, and one cautious guess."""

from __future__ import annotations

import codecs
import re

from kliping.errors import Rejected
from kliping.normaliser.media import SNIFFED

__all__ = ["declared_charset", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset({"iso8859-1", "ascii", "cp1252"})
_NO_CHARSETS = frozenset({"utf-8", "utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode"})
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

_GUESSED_SHARE = 0.2
"""Windows-1252 is guessed only where fewer bytes than this are beyond ASCII: other scripts have more."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of raw bytes, without a byte order mark.

    Valid UTF-8 wins over a declared charset: other text is hardly ever valid UTF-8 by chance. Latin-1 and ASCII mean
    Windows-1252, as the WHATWG Encoding Standard says. No statistics are used: what cannot be told is refused.

    Raises:
        Rejected: `undecodable`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    if _is_broken_utf8(data):
        raise Rejected("undecodable", f"broken UTF-8 at byte {fault.start}; fetch or save the file again")
    codec = _text_codec(declared)
    if codec in _WESTERN or (codec is None and len(_HIGH.findall(data)) < _GUESSED_SHARE * len(data)):
        return _windows_1252(data)
    if codec is None:
        raise Rejected("undecodable", f"not UTF-8 (byte {fault.start}), and no charset is declared; save it as UTF-8")
    return _strictly(data, codec)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares in its first bytes, or None."""
    found = _XML.search(data[:SNIFFED]) or _META.search(data[:SNIFFED])
    return found[1].decode("ascii") if found else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Rejected("undecodable", f"not {encoding} at byte {error.start}; save the file as UTF-8") from None


def _is_broken_utf8(data: bytes) -> bool:
    """Whether bytes beyond ASCII mostly form UTF-8 sequences: a cut or damaged file, not another charset."""
    inside = sum(len(sequence) for sequence in _SEQUENCE.findall(data))
    return inside * 2 > len(_HIGH.findall(data))


def _text_codec(name: str | None) -> str | None:
    """Python's name of a declared charset that decodes bytes to text; UTF-8 has failed already."""
    try:
        codec = codecs.lookup(name or "").name
        b"".decode(codec)  # `hex` and the like are no charsets, and say so here
    except (LookupError, ValueError):
        return None
    return None if codec.replace("_", "-") in _NO_CHARSETS else codec


def _windows_1252(data: bytes) -> str:
    """Windows-1252, where the five bytes without a character are controls, which cleaning drops."""
    return "".join(_CP1252[byte] for byte in data)


_CP1252 = tuple(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
