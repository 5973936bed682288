"""From raw bytes to lines that the rules have claimed: all that an article is made of, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kliping.errors import CallError, Rejected
from kliping.normaliser.cleaning import clean_text
from kliping.normaliser.decoding import declared_charset, decode
from kliping.normaliser.dump import read_dump
from kliping.normaliser.lines import Line
from kliping.normaliser.media import charset_of, identify
from kliping.normaliser.mojibake import repair
from kliping.normaliser.rules import apply_rules
from kliping.normaliser.stated import Page, Stated

if TYPE_CHECKING:
    from kliping.normaliser.lines import Lines
    from kliping.normaliser.media import MediaType
    from kliping.normaliser.raw import Raw, Reading
    from kliping.records import Repair

__all__ = ["Examined", "examine"]


MOST_LINES = 500_000
"""Lines of a text dump at most: each takes some 400 bytes of memory, however short it is."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in one input.

    Attributes:
        media_type: what the bytes are.
        text: their characters, decoded and repaired; of a dump cleaned as well, so that `Line.start` points into it.
        repairs: what was put right in wrongly decoded text.
        stated: what the source states beside its body; what stands beside the input beats what the bytes say.
        lines: every line, claimed: what each rule did, in the source's order.
        confidence: of a page, how well the body was told from the rest; see `Page`.
    """

    media_type: MediaType
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
    text, repairs = repair(_decoded(raw, kind))
    if kind == "text/plain":
        text = clean_text(text)
        _require_few_lines(text)
        page = Page(read_dump(text))
    else:
        page = _read_page(text, raw.url)
    lines = apply_rules(_headed(page.lines, raw.stated), reading.furniture)
    return Examined(kind, text, repairs, raw.stated.over(page.stated), lines, page.confidence)


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


def _decoded(raw: Raw, kind: MediaType) -> str:
    """The characters; of a page a few may be broken, as in a browser, of a dump none."""
    charset = charset_of(raw.media_type)
    if kind == "text/plain":
        return decode(raw.data, charset)
    return decode(raw.data, charset or declared_charset(raw.data), lenient=True)


def _read_page(text: str, url: str | None) -> Page:
    try:
        from kliping.normaliser.page import read_page
    except ImportError:
        raise CallError("reading HTML needs more libraries; install them with: pip install 'kliping[html]'") from None
    return read_page(text, url)
