"""The characters of canonical text: composed, without controls, with plain spaces and line ends."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean_line", "clean_text", "has_letters", "has_words"]

_UNCLEAN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\ufeff\ufffe\uffff]")
_LETTER = re.compile(r"[^\W_]")


def clean_text(text: str) -> str:
    """Text repaired: LF at line ends, single spaces inside a line, no controls, soft hyphens or byte order marks, NFC.

    Joiners (U+200C, U+200D) stay: they carry meaning in many scripts and in emoji. Dropping comes before composing, so
    that a letter and the mark behind a soft hyphen meet.
    """
    # What is unclean is not printable either, and asking that takes a quarter of the time.
    if not text.replace("\n", "").isprintable() and _UNCLEAN.search(text):
        text = _DROPPED.sub("", _LINE_END.sub("\n", text.replace("\u2029", "\n\n")))
        lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n")]
    elif "  " in text or " \n" in text or "\n " in text or text[:1] == " " or text[-1:] == " ":
        lines = [_close(line) for line in unicodedata.normalize("NFC", text).split("\n")]
    else:
        return unicodedata.normalize("NFC", text)
    return "\n".join(lines)


def clean_line(text: str) -> str:
    """Text repaired, as one line."""
    return " ".join(clean_text(text).split())


def has_words(text: str) -> bool:
    """Whether there is anything to keep: a letter, a digit, or a picture such as an emoji.

    Bare bullets, brackets, dashes and rules are nothing: categories P, Z, C and the symbols of ASCII and of drawing.
    """
    return has_letters(text) or any(map(_is_picture, text))


def has_letters(text: str) -> bool:
    """Whether a text holds a letter or a digit (`str.isalnum`)."""
    return _LETTER.search(text) is not None


def _close(line: str) -> str:
    """A line without spaces at its ends or beside another."""
    return " ".join(line.split()) if "  " in line or line[:1] == " " or line[-1:] == " " else line


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So" and not "\u2500" <= char <= "\u25ff" and char not in "©®"
