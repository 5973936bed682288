"""From raw bytes to lines that the rules have claimed: all that an article is made of, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from kliping.errors import CallError, Rejected
from kliping.normaliser.lines import Line
from kliping.normaliser.rules import apply_rules
from kliping.normaliser.stated import Page, Stated
from kliping.normaliser.text.cleaning import clean_text
from kliping.normaliser.text.decoding import Decoded, declared_charset, decoded
from kliping.normaliser.text.dump import read_dump
from kliping.normaliser.text.media import charset_of, identify
from kliping.normaliser.text.mojibake import is_suspect, repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.lines import Lines
    from kliping.normaliser.raw import Raw, Reading
    from kliping.normaliser.text.media import MediaType
    from kliping.records import Repair

__all__ = ["Examined", "examine"]


MOST_LINES = 500_000
"""Lines of a text dump at most: each takes some 400 bytes of memory, however short it is."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one input.

    Attributes:
        media_type: what the bytes are.
        charset: what they were read in, by Python's name.
        text: their characters, decoded and repaired; of a dump cleaned as well, so that `Line.start` points into it.
        repairs: what was put right in wrongly decoded text.
        stated: what the source states beside its body; what stands beside the input beats what the bytes say.
        lines: every line, claimed: what each rule did, in the source's order.
        confidence: of a page, how well the body was told from the rest; see `Page`.
    """

    media_type: MediaType
    charset: str
    text: str
    repairs: tuple[Repair, ...]
    stated: Stated
    lines: Lines
    confidence: float | None


def examine(raw: Raw, reading: Reading) -> Examined:
    """What is in one input.

    Raises:
        Rejected: it cannot be read; the reason is a code of the contract.
        CallError: it is a page and the extra `html` is not installed.
    """
    kind = identify(raw.data, name=raw.path, given=raw.media_type)
    read = _decoded(raw, kind)
    text, repairs, page = _dump(read.text) if kind == "text/plain" else _page(read.text, raw.url)
    lines = apply_rules(_headed(page.lines, raw.stated), reading.furniture)
    return Examined(kind, read.charset, text, repairs, raw.stated.over(page.stated), lines, page.confidence)


def _require_few_lines(text: str) -> None:
    count = text.count("\n")
    if count > MOST_LINES:
        raise Rejected("too-large", f"it has {count} lines, and a text may have {MOST_LINES}")


def _headed(lines: tuple[Line, ...], stated: Stated) -> tuple[Line, ...]:
    """The lines below the title and the subtitle that stand beside the input: they beat what the bytes say.

    A first line that says the same is that title, and not repeated.
    """
    heads = [
        *([Line(stated.title, kind="title")] if stated.title else ()),
        *([Line(stated.subtitle, kind="subtitle")] if stated.subtitle else ()),
    ]
    if not heads:
        return lines
    replaced = {head.kind for head in heads}
    rest = [line for line in lines if line.kind not in replaced]
    for number, head in enumerate(heads):
        if rest and rest[0].text == head.text:
            heads[number] = replace(rest.pop(0), kind=head.kind)
    return (*heads, *rest)


def _decoded(raw: Raw, kind: MediaType) -> Decoded:
    """The characters; of a page a few may be broken, as in a browser, of a dump none."""
    charset = charset_of(raw.media_type)
    if kind == "text/plain":
        return decoded(raw.data, charset)
    return decoded(raw.data, charset or declared_charset(raw.data), lenient=True)


_Read: TypeAlias = tuple[str, "tuple[Repair, ...]", Page]
"""The characters, repaired; what was put right; and what was read from them."""


def _dump(text: str) -> _Read:
    text, repairs = repair(text)
    text = clean_text(text)
    _require_few_lines(text)
    return text, repairs, Page(read_dump(text))


def _page(text: str, url: str | None) -> _Read:
    """Wrongly decoded text is looked for in what was read, and only where it is there the page is repaired whole."""
    page = _read_page(text, url)
    if not is_suspect("\n".join(_words(page))):
        return text, (), page
    repaired, repairs = repair(text)
    return repaired, repairs, _read_page(repaired, url) if repairs else page


def _words(page: Page) -> Iterator[str]:
    stated = page.stated
    yield from (line.text for line in page.lines)
    yield from (*stated.authors, *stated.topics, stated.publisher or "")


def _read_page(text: str, url: str | None) -> Page:
    try:
        from kliping.normaliser.page import read_page
    except ImportError:
        raise CallError("reading HTML needs more libraries; install them with: pip install 'kliping[html]'") from None
    return read_page(text, url)
