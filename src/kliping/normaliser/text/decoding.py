"""Bytes to characters: byte order mark, strict UTF-8, the declared charset where it is plausible, then a detector."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import Rejected
from kliping.normaliser.text.media import SNIFFED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Decoded", "declared_charset", "decode", "decoded"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPE = b"\x1b$"
"""ISO-2022-JP begins its Japanese with it; its bytes are all ASCII, and so valid UTF-8."""
_NOTHING = re.compile("[\uf8f0-\uf8f3]")
"""What Python makes of bytes that Shift_JIS does not have."""
_NO_CHARSETS = frozenset({"utf-8", "utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode"})
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")

_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
"""What a label means on the web: the code page that holds the charset and more (WHATWG Encoding Standard, 4.2)."""

LOOKED_AT = 1_000_000
"""The detector looks at this many bytes, from shortly before the first that is not ASCII."""

_BELIEVED = 0.15
"""From this confidence on, the detector is asked against a declared charset that it finds implausible."""
_ALIKE = 0.6
"""A declared charset is plausible where its confidence is at least this share of the best one's."""
_GUESSED = 0.1
"""From this confidence on, a charset that nobody declared is taken."""
_GUESSED_SHARE = 0.2
"""Below it, Windows-1252 is taken, but only where fewer bytes than this are beyond ASCII: other scripts have more."""
_BAD_SHARE = 0.001
"""A page may have this share of its characters broken, as browsers show it."""


class Decoded(NamedTuple):
    """Characters, and the charset that they were read in, by Python's name."""

    text: str
    charset: str


def decode(data: bytes, declared: str | None = None, *, lenient: bool = False) -> str:
    """The characters of raw bytes; see `decoded`."""
    return decoded(data, declared, lenient=lenient).text


def decoded(data: bytes, declared: str | None = None, *, lenient: bool = False) -> Decoded:
    """The characters of raw bytes, without a byte order mark.

    Valid UTF-8 wins over a declared charset: other text is hardly ever valid UTF-8 by chance. A declared charset wins
    over the detector (chardet) unless the bytes are far likelier in another one: servers declare Latin-1 by default.
    Latin-1 and ASCII mean Windows-1252, as the WHATWG Encoding Standard says.

    Args:
        data: the bytes, as received.
        declared: the charset that the sender or the page names.
        lenient: let broken bytes become U+FFFD where they are fewer than one character in a thousand. For pages; of a
            text dump every letter is accounted for, so there a broken byte is refused.

    Raises:
        Rejected: `undecodable`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_marked(data[len(mark) :], encoding, lenient=lenient), encoding)
    if _ESCAPE in data and (escaped := _strictly(data, "iso2022_jp")) is not None:
        return Decoded(escaped, "iso2022_jp")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if _is_broken_utf8(data):
        text = _mended(data, "utf-8") if lenient else None
        if text is None:
            raise Rejected("undecodable", f"broken UTF-8 at byte {first}; fetch or save the file again")
        return Decoded(text, "utf-8")
    return _legacy(data, first, _text_codec(declared), lenient=lenient)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares in its first bytes, or None."""
    found = _XML.search(data[:SNIFFED]) or _META.search(data[:SNIFFED])
    return found[1].decode("ascii") if found else None


def _legacy(data: bytes, first: int, declared: str | None, *, lenient: bool) -> Decoded:
    """The characters of bytes that are no UTF-8; `first` is the place of the first that shows it."""
    found = list(dict.fromkeys(_plausible(data, first, declared)))
    readers = (_strictly, _mended) if lenient else (_strictly,)
    for reader in readers:
        for codec in found:
            text = reader(data, codec)
            if text is not None:
                return Decoded(text, codec)
    if declared:
        raise Rejected("undecodable", f"neither UTF-8 (byte {first}) nor {declared}; save the file as UTF-8")
    raise Rejected("undecodable", f"not UTF-8 (byte {first}), and no charset is declared; save it as UTF-8")


def _plausible(data: bytes, first: int, declared: str | None) -> Iterator[str]:
    """The codecs to try, best first."""
    likely = _likely(data[max(0, first - 1000) : first + LOOKED_AT])
    best = max(likely.values(), default=0.0)
    if declared and (best < _BELIEVED or likely.get(declared, 0.0) >= _ALIKE * best):
        yield declared
    if declared is None and best < _GUESSED:
        if len(_HIGH.findall(data)) < _GUESSED_SHARE * len(data):
            yield "cp1252"
        return
    yield from (codec for codec, confidence in likely.items() if confidence >= max(_GUESSED, _ALIKE * best))
    if declared:
        yield declared


def _likely(data: bytes) -> Mapping[str, float]:
    """The charsets of the web that bytes may be in, with the detector's confidence, best first."""
    import chardet  # 40 ms to import, and most text is UTF-8

    eras = chardet.EncodingEra
    found = chardet.detect_all(
        data,
        ignore_threshold=True,
        encoding_era=eras.MODERN_WEB | eras.LEGACY_ISO | eras.LEGACY_MAC,
        prefer_superset=False,
        compat_names=False,
        max_bytes=len(data),
    )
    likely: dict[str, float] = {}
    for one in found:
        codec = _text_codec(one["encoding"])
        if codec:
            likely.setdefault(codec, one["confidence"])
    return likely


def _marked(data: bytes, encoding: str, *, lenient: bool) -> str:
    text = _strictly(data, encoding)
    if text is None and lenient:
        text = _mended(data, encoding)
    if text is None:
        raise Rejected("undecodable", f"not {encoding}, as its byte order mark says; save the file as UTF-8")
    return text


def _strictly(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _windows_1252(data)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if codec == "cp932" and _NOTHING.search(text) else text


def _mended(data: bytes, codec: str) -> str | None:
    """The characters with U+FFFD for what is broken; None where that is too much."""
    text = data.decode(codec, "replace")
    return text if text.count("\ufffd") < _BAD_SHARE * len(text) else None


def _is_broken_utf8(data: bytes) -> bool:
    """Whether four in five bytes beyond ASCII form UTF-8 sequences: a cut or damaged file, not another charset.

    Chinese and Thai code pages come to three in five in a short text.
    """
    inside = sum(len(sequence) for sequence in _SEQUENCE.findall(data))
    return inside * 5 > len(_HIGH.findall(data)) * 4


def _text_codec(name: str | None) -> str | None:
    """Python's name of a charset that decodes bytes to text; UTF-8 has failed already."""
    try:
        codec = codecs.lookup(name or "").name
        b"".decode(codec)  # `hex` and the like are no charsets, and say so here
    except (LookupError, ValueError):
        return None
    codec = _WIDER.get(codec, codec)
    return None if codec.replace("_", "-") in _NO_CHARSETS or codec.startswith(("utf", "iso2022")) else codec


def _windows_1252(data: bytes) -> str:
    """Windows-1252, where the five bytes without a character are controls, which cleaning drops."""
    return codecs.charmap_decode(data, "strict", _CP1252)[0]


_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
