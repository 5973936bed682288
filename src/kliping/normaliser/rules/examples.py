"""An example of each rule, as data: the documentation shows it, and a test holds the rule to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.normaliser.lines import Role

__all__ = ["EXAMPLES", "Example"]


@dataclass(frozen=True, slots=True)
class Example:
    """A dump, and what one rule makes of one of its lines.

    Attributes:
        dump: its lines, with empty ones between them left out.
        at: index of the line that the rule claims.
        pieces: what becomes of that line: where each piece goes, and its text.
    """

    dump: tuple[str, ...]
    at: int
    pieces: tuple[tuple[Role, str], ...]


_TITLE = "The night ferry sails again"
_BODY = "The night ferry from Selawara sails again after two weeks at its moorings, the harbour master said."
_MORE = "The first passengers came aboard at seven, and the upper deck was full before the anchor was up."


def _below_title(line: str, *pieces: tuple[Role, str]) -> Example:
    return Example((_TITLE, line, _BODY, _MORE), 1, pieces)


def _inside(line: str, *pieces: tuple[Role, str]) -> Example:
    return Example((_TITLE, _BODY, line, _MORE), 2, pieces)


def _after(line: str, *pieces: tuple[Role, str]) -> Example:
    return Example((_TITLE, _BODY, line), 2, pieces)


EXAMPLES: Mapping[str, Example] = {
    "title": Example((_TITLE, _BODY), 0, (("title", _TITLE),)),
    "marked": _inside("> We have been waiting since dawn.", ("quote", "We have been waiting since dawn.")),
    "title-repeated": _inside(_TITLE, ("removed", _TITLE)),
    "title-glued-to-caption": _inside(
        f"{_TITLE}A full upper deck. (Coast Post/Loring)",
        ("removed", _TITLE),
        ("caption", "A full upper deck."),
        ("credit", "Coast Post/Loring"),
    ),
    "interruption": _inside("ADVERTISEMENT", ("removed", "ADVERTISEMENT")),
    "date-line": _below_title("Published on 12 March 2024, 14:30", ("removed", "Published on 12 March 2024, 14:30")),
    "rights": _after("© 2024 Coast Post. All rights reserved.", ("removed", "© 2024 Coast Post. All rights reserved.")),
    "related-label": _inside(
        "Read also: The old bell on the quay", ("removed", "Read also:"), ("related", "The old bell on the quay")
    ),
    "topics-label": _after("Tags: Ferry, #Selawara", ("removed", "Tags:"), ("topic", "Ferry"), ("topic", "Selawara")),
    "hashtags": _after("#ferry #selawara", ("topic", "ferry"), ("topic", "selawara")),
    "byline": _below_title(
        "By Nell Astrand | Editor: Orla Tavish",
        ("removed", "By"),
        ("author", "Nell Astrand"),
        ("removed", "Editor: Orla Tavish"),
    ),
    "credit-label": _inside("(Photo: Ines Parrow)", ("removed", "Photo:"), ("credit", "Ines Parrow")),
    "trailing-furniture": _after("More stories", ("removed", "More stories")),
    "signature": _after("(na/ot)", ("removed", "(na/ot)")),
    "list": _inside("• life jackets", ("list_item", "life jackets")),
    "number": _inside("2. Who may come aboard?", ("heading", "2. Who may come aboard?")),
    "caption": _below_title(
        "The ferry at the quay. (Coast Post/Loring)",
        ("caption", "The ferry at the quay."),
        ("credit", "Coast Post/Loring"),
    ),
    "subtitle": _below_title("The upper deck was full", ("subtitle", "The upper deck was full")),
    "heading": _inside("What changes for passengers", ("heading", "What changes for passengers")),
    "dateline": Example(
        (_TITLE, f"Selawara, Coast Post (12/3) - {_BODY}"),
        1,
        (("place", "Selawara"), ("agency", "Coast Post"), ("date", "12/3"), ("paragraph", _BODY)),
    ),
    "paragraph": _inside(_BODY, ("paragraph", _BODY)),
}
"""By the rule's name."""
