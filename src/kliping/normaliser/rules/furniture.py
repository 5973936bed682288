"""Furniture rules: what surrounds an article in a dump or a page, and where it goes.

A rule is a small generator over the lines: it claims a line by yielding its index and its pieces. Lines that an earlier
rule claimed are no longer open to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.normaliser.lines import LONG, Claim, Line, Lines, Segment, ends_sentence, is_prose, removed
from kliping.normaliser.moments import moment
from kliping.normaliser.rules.bylines import split_byline
from kliping.normaliser.rules.pictures import labelled_picture, picture_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.rules.packs import Labels, Words

__all__ = [
    "bylines",
    "dates",
    "hashtags",
    "interruptions",
    "pictures",
    "related",
    "rights",
    "signature",
    "title_again",
    "title_glued",
    "topics",
    "trailing",
]

_HASHTAGS = re.compile(r"#\w[\w-]*(?:[\s,]+#\w[\w-]*)*")
_SIGNATURE = re.compile(r"\([^()]+\)|\[[^\[\]]+\]")
_BETWEEN_TAGS = re.compile(r"[\s,]+")
_BETWEEN_TOPICS = re.compile(r"\s*[,;|•·]\s*|\s+(?=#)")
LONGEST_DATE = 80
"""A line that tells a date has no more code points."""
WHOLE_DATE = len("2024-03-12")
DATE_LABELS = frozenset(
    "published updated posted modified last on date diterbitkan dipublikasikan diperbarui terbit pada tanggal "
    "veröffentlicht aktualisiert stand am den publicado actualizado el fecha publié mis à jour le atualizado em "
    "data pubblicato aggiornato il gepubliceerd bijgewerkt op datum".split()
)
"""Words before a date that say no more than what it is of."""
LAST_LINES = 5
"""Rights are told in one of so many last lines."""
_OPENERS = frozenset("([“\"‘'")


def title_again(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """The title or subtitle once more as a line of its own, as pages repeat it above the body."""
    known: set[str] = set()
    for index, line in enumerate(lines):
        if not line.segments:
            if line.text in known:
                yield index, (removed(line.text),)
        elif line.role in {"title", "subtitle"}:
            known.add(line.text)


def title_glued(lines: Lines, words: Words) -> Iterator[Claim]:
    """`TITLECaption. (Medium/Name)`: a picture's alternative text, which is the title, glued to its caption."""
    title = next((line.text for line in lines if line.role == "title"), "")
    if not title or len(title) < words.limits.distinct_title:
        return
    for index, line in lines.open:
        if not line.text.startswith(title) or line.text == title or line.mark:
            continue
        rest = line.text[len(title) :]
        glued = rest[0].isalnum() or rest[0] in _OPENERS
        if len(rest) > words.limits.longest_caption:
            if glued:
                yield index, (removed(title), Segment("paragraph", rest.strip()))
            continue
        pieces = picture_words(rest.strip(), words)
        if glued or any(piece.role == "credit" for piece in pieces):
            yield index, (removed(title), *pieces)


def interruptions(lines: Lines, words: Words) -> Iterator[Claim]:
    """`ADVERTISEMENT`, `Bagikan`: a line that is no more than that."""
    for index, line in lines.opening("interruptions"):
        if line.text.strip("-–—.…:()[] ").casefold() in words.interruptions:
            yield index, (removed(line.text),)


def dates(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """`12 March 2024, 14:30`, `Published on …`: a line that says no more than when, before or after the body."""
    first, last = lines.body
    for index in (*range(1, first), *range(max(last, 1), len(lines))) if last else ():
        text = lines[index].text
        if not lines[index].segments and len(text) <= LONGEST_DATE and any(map(str.isdigit, text)) and _is_date(text):
            yield index, (removed(text),)


def rights(lines: Lines, words: Words) -> Iterator[Claim]:
    """`© 2024 Name`, `Copyright Name. All rights reserved.`: who holds the rights, among the last lines."""
    for index in range(max(len(lines) - LAST_LINES, 1), len(lines)):
        text = lines[index].text
        if not lines[index].segments and len(text) <= LONG:
            folded = text.casefold().strip(" .()")
            if text.startswith(("©", "(c)", "(C)")) or folded.startswith(words.rights) or folded.endswith(words.rights):
                yield index, (removed(text),)


def topics(lines: Lines, words: Words) -> Iterator[Claim]:
    """`Topik:` with bullets or a line below, or `Tags: one, two`, before or after the body."""
    for index, line in lines.opening("topics"):
        found = _label_alone_or_not(words.topics, line, lines[index + 1 : index + 2]) if lines.outside(index) else None
        if not found:
            continue
        label, rest = found
        if rest:
            yield index, (removed(label), *_topics(rest))
            continue
        yield index, (removed(label),)
        for below, listed in _list_below(lines, index):
            yield below, _topics(listed.text) if not listed.mark else (Segment("topic", _bare(listed.text)),)


def hashtags(lines: Lines, words: Words) -> Iterator[Claim]:  # noqa: ARG001 — every rule is asked alike
    """`#banjir #tanggul`: a line of nothing else, before or after the body."""
    for index, line in lines.opening("number sign"):
        if lines.outside(index) and _HASHTAGS.fullmatch(line.text):
            yield index, tuple(Segment("topic", _bare(word)) for word in _BETWEEN_TAGS.split(line.text))


def bylines(lines: Lines, words: Words) -> Iterator[Claim]:
    """`Penulis: Nama`, `By Name`, `Editor: Nama`, before or after the body."""
    for index, line in lines.opening("authors", "by", "editors"):
        pieces = split_byline(line.text, words) if lines.outside(index) and not line.mark else ()
        if pieces:
            yield index, pieces


def pictures(lines: Lines, words: Words) -> Iterator[Claim]:
    """`Foto: Nama/Medium`, `(Photo: …)`: a line that says itself that it is about a picture."""
    for index, line in lines.opening("credits"):
        pieces = labelled_picture(line.text, words) if len(line.text) <= words.limits.longest_caption else ()
        if pieces:
            yield index, pieces


def related(lines: Lines, words: Words) -> Iterator[Claim]:
    """`Baca Juga: Another title`, in one line, or with the titles below; inside the body the colon may be left out."""
    for index, line in lines.opening("related"):
        bare = line.text.removeprefix("(").removesuffix(")") if line.text.startswith("(") else line.text.strip("[]")
        if len(bare) > words.limits.longest_related:
            continue
        found = words.related.fullmatch(bare)
        if found and found["rest"]:
            yield index, (removed(found["label"]), Segment("related", found["rest"].strip()))
        elif found or _is_label_alone(bare, lines, index, words):
            yield index, (removed(found["label"] if found else line.text),)
            for below, listed in _list_below(lines, index):
                yield below, (Segment("related", listed.text),)


def trailing(lines: Lines, words: Words) -> Iterator[Claim]:
    """`Berita Terkini Lainnya` and all that follows, where no paragraph of the article comes after."""
    after_body = max(lines.body[1], 1)
    for start, label in lines.opening("others"):
        if start >= after_body and label.text.rstrip(": ").casefold() in words.others:
            yield from ((index, (removed(line.text),)) for index, line in lines.open if index >= start)
            return


def signature(lines: Lines, words: Words) -> Iterator[Claim]:
    """`(Redaksi)`, `(abc/def)`: a short line in brackets after the body."""
    for index, line in lines.opening("bracket"):
        if (
            len(line.text) <= words.limits.longest_signature
            and index >= lines.body[1] > 0
            and _SIGNATURE.fullmatch(line.text)
        ):
            yield index, (removed(line.text),)


def _is_label_alone(text: str, lines: Lines, index: int, words: Words) -> bool:
    """`Read also` inside the body, without a colon, above a title; one word alone may be a heading."""
    if " " not in text or not words.related.fullmatch(f"{text}:") or lines.outside(index):
        return False
    below = next(_list_below(lines, index), None)
    return below is not None and not ends_sentence(below[1].text)


def _is_date(text: str) -> bool:
    """Whether a line is a whole date as people write them, with nothing but a label before it."""
    spelled = text.split()
    while spelled and spelled[0].casefold().strip(":.,|-–—") in DATE_LABELS:
        del spelled[0]
    return len(moment(" ".join(spelled)) or "") >= WHOLE_DATE


def _label_alone_or_not(labels: Labels, line: Line, after: tuple[Line, ...]) -> tuple[str, str] | None:
    """A label and what follows it in the line; without a colon only above a bulleted list."""
    if line.mark or len(line.text) > LONG:
        return None
    found = labels.fullmatch(line.text)
    if found and not (found["rest"] and ends_sentence(found["rest"])):
        return found["label"], found["rest"]
    if after and after[0].mark and labels.fullmatch(f"{line.text}:"):
        return line.text, ""
    return None


def _list_below(lines: Lines, index: int) -> Iterator[tuple[int, Line]]:
    """The open lines that belong to a label: the bulleted ones, or else the next one if it is no paragraph."""
    for below in range(index + 1, len(lines)):
        line = lines[below]
        if line.segments or is_prose(line) or not (line.mark or below == index + 1):
            return
        yield below, line
        if not line.mark:
            return


def _topics(text: str) -> tuple[Segment, ...]:
    words = [_bare(word) for word in _BETWEEN_TOPICS.split(text)]
    return tuple(Segment("topic", word) for word in words if any(char.isalnum() for char in word))


def _bare(topic: str) -> str:
    return topic.strip("# \u200c\u200d")
