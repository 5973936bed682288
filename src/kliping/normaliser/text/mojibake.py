"""Wrongly decoded text (mojibake) put right, only where that is certain.

`CafÃ©` is `Café`, whose UTF-8 bytes were once read as Windows-1252. What is certain: a whole word is the exact reading
of UTF-8 bytes in another charset, going back gives exactly what was found, and it looks less bad (`ftfy`'s measure).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from kliping.records import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["is_suspect", "repair"]

_SUSPECT = (
    re.compile(rb"\xc3[\x82-\xb4](?:[\xc2\xc5\xcb\xe2]|\xc6\x92)"),  # Windows-1252, Latin-1: Ã©, â€œ
    re.compile(rb"\xc4\x82[\xc2\xc4\xc5\xcb\xe2]"),  # Windows-1250: Ă©
    re.compile(rb"\xc5\xb9[\xc2\xc4\xc5\xcb\xe2]"),
    re.compile(rb"\xd0[\xa0\xa1](?:\xd0[\x80-\x8f]|\xd1[\x91-\x9f]|[\xc2\xd2\xe2])"),  # Windows-1251: РџСЂ
    re.compile(rb"\xe2\x88\x9a[\xc2\xc3\xc5\xcf\xe2]"),  # Mac Roman: √©
    re.compile(rb"\xe2\x94\x9c[\xc2\xc3\xc6\xce\xe2]"),  # code page 437: ├⌐
)
"""In UTF-8, what mojibake holds: a lead byte and a continuation byte, each read as a character."""

_WORD = re.compile(r"(?<![0-9A-Za-z\x80-\U0010ffff])[0-9A-Za-z]*+[\x80-\U0010ffff][0-9A-Za-z\x80-\U0010ffff]+")
"""Letters and digits of ASCII and everything beyond it, one such at least; in linear time."""

_DOUBTFUL = re.compile(r"[0-9A-Z]*[À-ß√├][‘’“”‹›«»–—…][0-9A-Za-z]*")
_Pair: TypeAlias = tuple[tuple[str, str], tuple[str, str]]
"""Two steps of `ftfy`: back to bytes in a charset, and read as another."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """A text put right, and what was: each distinct piece once, in the text's order.

    Only whole words change; quotes, entities and compatibility characters stay as they are. A capital or a drawn line
    before a quotation mark or a dash (`AMANHÃ”`) is repaired only where something else in the text is certain.
    """
    if not is_suspect(text):
        return text, ()
    repairs = {found: repaired for found in dict.fromkeys(_WORD.findall(text)) if (repaired := _read_again(found))}
    if not _has_certain(repairs):
        return text, ()
    repaired = _WORD.sub(lambda word: repairs.get(word[0], word[0]), text)
    return repaired, tuple(Repair(found=found, repaired=word) for found, word in repairs.items())


def is_suspect(text: str) -> bool:
    """Whether a text may hold mojibake: a lead byte and a continuation byte of UTF-8, each read as a character."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "replace")
    return any(pattern.search(data) for pattern in _SUSPECT)


def _has_certain(found: Iterable[str]) -> bool:
    return any(not _DOUBTFUL.fullmatch(word) for word in found)


def _read_again(found: str) -> str | None:
    """The word that was meant; None where that is not certain."""
    if not is_suspect(found):
        return None
    from ftfy import fix_encoding_and_explain  # 0.1 s to import, and hardly a text needs it
    from ftfy.badness import badness

    _, steps = fix_encoding_and_explain(found)
    pairs = list(zip((steps or [])[::2], (steps or [])[1::2], strict=False))
    repaired, taken = _read_forward(found, pairs)
    if repaired == found or _CONTROL.search(repaired) or badness(repaired) >= badness(found):
        return None
    return repaired if _gone_back(repaired, pairs[:taken]) == found else None


def _read_forward(found: str, pairs: Sequence[_Pair]) -> tuple[str, int]:
    """The word after the readings that are certain, and how many those are.

    A second reading is none where the first one gave what a text may well say: `IRMÃ–` is a word before a dash.
    """
    word = found
    for number, ((first, charset), (second, utf8)) in enumerate(pairs):
        if (first, second, utf8) != ("encode", "decode", "utf-8") or (number and _DOUBTFUL.fullmatch(word)):
            return word, number
        word = word.encode(charset).decode()
    return word, len(pairs)


def _gone_back(repaired: str, pairs: Sequence[_Pair]) -> str:
    """The word before some readings."""
    word = repaired
    for (_, charset), _ in reversed(pairs):
        word = word.encode().decode(charset)
    return word
