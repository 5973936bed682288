"""The characters of canonical text: composed, without controls, with plain spaces and line ends."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean_line", "clean_text", "has_words"]

_PARAGRAPH_END = re.compile("\u2029")
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_SPACES = re.compile(r"[^\S\n]+")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Text repaired: LF at line ends, single spaces inside a line, no controls, soft hyphens or byte order marks, NFC.

    Joiners (U+200C, U+200D) stay: they carry meaning in many scripts and in emoji. Dropping comes before composing, so
    that a letter and the mark behind a soft hyphen meet.
    """
    text = _LINE_END.sub("\n", _PARAGRAPH_END.sub("\n\n", text))
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    return "\n".join(line.strip(" ") for line in _SPACES.sub(" ", text).split("\n"))


def clean_line(text: str) -> str:
    """Text repaired, as one line."""
    return " ".join(clean_text(text).split())


def has_words(text: str) -> bool:
    """Whether there is anything to keep: a letter, a digit, or a picture such as an emoji.

    Bare bullets, brackets, dashes and rules are nothing: categories P, Z, C and the symbols of ASCII and of drawing.
    """
    return any(char.isalnum() or _is_picture(char) for char in text)


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So" and not "\u2500" <= char <= "\u25ff" and char not in "©®"
