"""Captions and credits: the words of pictures, kept out of the text."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from kliping.normaliser.lines import Segment, removed

if TYPE_CHECKING:
    from kliping.normaliser.rules.packs import Words

__all__ = ["credited", "labelled_picture", "picture_words"]

MOST_CREDITS = 20
"""So many credits at the end of a line are told apart."""

_DOMAIN = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:/\S*)?")
_BRACKETED = re.compile(r"[(\[]\s*(?P<inside>[^()\[\]]+?)\s*[)\]]\s*\.?")
_CREDITED = re.compile(r"(?P<caption>.*?\S)\s*[(\[]\s*(?P<credit>[^()\[\]]+?)\s*[)\]]\s*\.?", re.DOTALL)
_SENTENCE = re.compile(r"[.!?]$|[.!?]\s+\S")
_MEDIUM_AND_NAME = re.compile(r"[^/]*[^\W\d][^/]*/[^/]*[^\W\d][^/]*")


def picture_words(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a line that is surely about a picture: caption, label, credit.

    `Warga di dermaga. (Harian/Nama)` is a caption and a credit; `foto.example` and `(Foto: Nama)` are credits; what
    else there is, is a caption.
    """
    credits: list[tuple[Segment, ...]] = []  # the last one first
    whole = _one_piece(text, words)
    while not whole and len(credits) < MOST_CREDITS and (both := _CREDITED.fullmatch(text)):
        credits.append(_credit(both["credit"], words))
        text = both["caption"]
        whole = _one_piece(text, words)
    return tuple(chain(whole or _captioned(text, words), *reversed(credits)))


def _one_piece(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a line that is an address, or that says itself what it is; nothing otherwise."""
    if _DOMAIN.fullmatch(text):
        return (Segment("credit", text),)
    return labelled_picture(text, words) if _has_label(text) else ()


def _captioned(text: str, words: Words) -> tuple[Segment, ...]:
    """A caption, and the credit that stands in it with its label."""
    inside = words.credits_inside.search(text) if _has_label(text) else None
    if inside:
        return (Segment("caption", text[: inside.start()].strip()), *_credit(inside[0], words))
    return (Segment("caption", text),)


def _has_label(text: str) -> bool:
    return ":" in text or "：" in text


def labelled_picture(text: str, words: Words) -> tuple[Segment, ...]:
    """The pieces of a line that says itself that it is about a picture (`Foto: …`, `(Photo: …)`); nothing otherwise."""
    bracketed = _BRACKETED.fullmatch(text)
    found = words.credits.fullmatch(bracketed["inside"] if bracketed else text)
    if not found or not found["rest"]:
        return ()
    both = _CREDITED.fullmatch(found["rest"])
    if both:
        return (removed(found["label"]), Segment("caption", both["caption"]), *_credit(both["credit"], words))
    is_caption = len(found["rest"]) > words.limits.longest_credit or _SENTENCE.search(found["rest"])
    return (removed(found["label"]), Segment("caption" if is_caption else "credit", found["rest"]))


def credited(text: str, words: Words) -> bool:
    """Whether a line ends in brackets that hold a credit: a domain, `Medium/Name`, or a label."""
    both = _CREDITED.fullmatch(text)
    if not both:
        return False
    credit = both["credit"]
    spelled = credit.casefold().split()[0].rstrip(".:")
    return bool(
        _DOMAIN.fullmatch(credit)
        or words.credits.fullmatch(credit)
        or (spelled in words.credit_words and len(credit.split()) > 1)
        or _MEDIUM_AND_NAME.fullmatch(credit)
    )


def _credit(text: str, words: Words) -> tuple[Segment, ...]:
    labelled = words.credits.fullmatch(text)
    if labelled and labelled["rest"]:
        return (removed(labelled["label"]), Segment("credit", labelled["rest"]))
    return (Segment("credit", text),)
