"""Level 6, what a release tells of itself: card, citation, Croissant and plot say what its tables give.

Each is made anew, of counts over the tables and of what the others say, and compared. Another kliping may say the same
in other words: of a release that it built, figures and fields are compared, and no words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from kliping.check.excerpts import around, brief
from kliping.check.release.documents import CARD, CITATION, CROISSANT, read_document
from kliping.check.release.told import is_of_this_kliping
from kliping.check.rules import Example, RuleList
from kliping.release.card.card import SECTIONS, card_body
from kliping.release.card.citation import authors, citation, spoken
from kliping.release.card.metadata import card_fields
from kliping.release.card.plot import PLOT, plot
from kliping.release.croissant.document import croissant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.release.documents import Document, Documents
    from kliping.check.rules import Fault
    from kliping.release.card.described import Described
    from kliping.release.manifest import Manifest

__all__ = ["DESCRIBED_RULES", "DescribedSeen"]


class DescribedSeen(NamedTuple):
    """A release's texts, and what they are made from."""

    folder: Path
    manifest: Manifest
    told: Documents
    filled: Described

    @property
    def to_the_word(self) -> bool:
        """Whether words, and not figures alone, must be those that this kliping writes."""
        return is_of_this_kliping(self.manifest)


DESCRIBED_RULES: RuleList[DescribedSeen] = RuleList()

_SHARED = ("version", "configs", "dataset_info")
"""Keys of the card's YAML that rules of their own are about."""
_FACTS = ("pretty_name", "language", "license", "license_name", "multilinguality", "size_categories")
_CROISSANT_FACTS = ("alternateName", "creator", "datePublished", "inLanguage", "license")
_CITATION_FACTS = ("title", "authors", "date-released", "license", "doi")
"""Keys whose values have been the same in every kliping."""
_OF_FILES = ("@context", "@type", "conformsTo", "name", "version", "distribution", "recordSet")
"""Keys of `croissant.json` that rules of their own are about."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_FREE = ("Changes",)
"""Sections that hold words of the makers, from a file that is not in the release."""


@DESCRIBED_RULES(
    "E639",
    "the card's YAML names title, languages, licence, size and tasks as tables, citation and Croissant have them",
    mend="Release again; set the title and the licence in [tool.kliping].",
    example=Example(CARD, "size_categories:\n- n<1K", "size_categories:\n- 1M<n<10M"),
)
def card_fields_are_those_of_the_tables(seen: DescribedSeen) -> Iterator[Fault]:
    """The hub shows and finds datasets by these fields: a wrong licence there invites people to break the real one."""
    found, _ = seen.told.card.head
    expected = card_fields(seen.filled)
    keys = [key for key in {**expected, **found} if key not in _SHARED]
    for key in keys if seen.to_the_word else _FACTS:
        if found.get(key) != expected.get(key):
            message = f"{key} is {_shown(found.get(key))}, where the release gives {_shown(expected.get(key))}"
            yield seen.told.card.stated(f"{message}; release again", key)


@DESCRIBED_RULES(
    "E640",
    "the card's figures and sentences are those that the tables give",
    mend="Release again; what the makers say themselves is set in [tool.kliping.card] and [tool.kliping.citation].",
    example=Example(CARD, "29 news articles; 25 of them", "29 news articles; 27 of them"),
)
def card_tells_what_is_there(seen: DescribedSeen) -> Iterator[Fault]:
    """People choose a dataset by its card, and cite its numbers of articles, annotators and agreement."""
    document = seen.told.card
    derived = _sections(card_body(seen.filled), 1)
    for title, found in _sections(document.split[1], document.body_line).items():
        if title not in _FREE and title in derived:
            yield from _differences(document, found, derived[title], to_the_word=seen.to_the_word)


@DESCRIBED_RULES(
    "E647",
    "what croissant.json says of the release is what tables, card and citation say",
    mend="Release again.",
    example=Example(CROISSANT, '"license": "https://spdx.org/licenses/CC0-1.0"', '"license": "https://spdx.org/MIT"'),
)
def croissant_tells_what_is_there(seen: DescribedSeen) -> Iterator[Fault]:
    """Search engines and audits of responsible use read these fields and never open the card."""
    found, _ = seen.told.croissant.json
    expected: dict[str, Any] = json.loads(croissant(seen.filled, {}))
    for key in dict.fromkeys((*expected, *found)):
        if key not in _OF_FILES and _differ(key, found.get(key), expected.get(key), to_the_word=seen.to_the_word):
            message = f"{key} is not what tables, card and citation give: {_shown(expected.get(key))}; release again"
            yield seen.told.croissant.found(message, f'"{key}": ')


@DESCRIBED_RULES(
    "E648",
    "the citation names title, authors, licence and date as card and Croissant do",
    mend="Release again; set authors and title in [tool.kliping.citation] and [tool.kliping].",
    example=Example(CITATION, "title: 'Kliping sample: fictional news", "title: 'Kliping sample: news"),
)
def citation_says_the_same(seen: DescribedSeen) -> Iterator[Fault]:
    """Reference managers take a citation as it is: a wrong author or year goes into papers and stays there."""
    document = seen.told.citation
    found, _ = document.whole
    expected = yaml.safe_load(citation(seen.filled))
    for key in dict.fromkeys((*expected, *found)) if seen.to_the_word else _CITATION_FACTS:
        if key != "version" and found.get(key) != expected.get(key):
            message = f"{key} is {_shown(found.get(key))}, where card and Croissant have {_shown(expected.get(key))}"
            yield document.stated(f"{message}; release again", key)
    cited = [spoken(one) for one in authors(seen.filled.settings)]
    creators = seen.told.croissant.json[0].get("creator")
    named = [one.get("name") for one in creators if isinstance(one, dict)] if isinstance(creators, list) else []
    if cited != named:
        yield document.stated(
            f"authors are {_shown(cited)}, where Croissant has {_shown(named)}; release again", "authors"
        )


@DESCRIBED_RULES(
    "E649",
    "the plot draws the counts of gold",
    mend="Release again.",
    example=Example(PLOT, "PERSON, train: 53", "PERSON, train: 35"),
)
def plot_draws_the_counts(seen: DescribedSeen) -> Iterator[Fault]:
    """A drawing is believed at a glance: one that is empty, or of another version, says what is not so."""
    document, expected = read_document(seen.folder, PLOT), plot(seen.filled)
    if document.fault is not None or expected is None:
        return  # E602 and E638 tell of one that is missing
    if document.text != expected if seen.to_the_word else not document.text.startswith("<svg "):
        lines = expected.split("\n")
        differing = (number for number, line in enumerate(document.lines, 1) if lines[number - 1 : number] != [line])
        yield document.place(next(differing, None)), "does not draw what gold has; release again"


class _Line(NamedTuple):
    number: int
    words: str


def _sections(body: str, first: int) -> dict[str, list[_Line]]:
    """The lines of a card by section, the first of each its heading; what comes before them is under no title."""
    known = {f"## {title}": title for title, _ in SECTIONS}
    found: dict[str, list[_Line]] = {"": []}
    title = ""
    for number, words in enumerate(body.split("\n"), first):
        title = known.get(words, title)
        found.setdefault(title, []).append(_Line(number, words))
    return found


def _differences(document: Document, found: list[_Line], derived: list[_Line], *, to_the_word: bool) -> Iterator[Fault]:
    """Lines of a section that are not derived, each with its figures where they alone differ; else what is missing."""
    missing = Counter(line.words for line in derived) - Counter(line.words for line in found)
    more = Counter(line.words for line in found) - Counter(line.words for line in derived)
    by_shape = {_FIGURE.sub("#", words): words for words in missing}
    is_told = False
    for line in found:
        if not more[line.words]:
            continue
        more[line.words] -= 1
        expected = by_shape.get(_FIGURE.sub("#", line.words))
        if expected is not None:
            is_told = True
            yield _other_figure(document, line, expected)
        elif to_the_word and line.words:
            is_told = True
            yield document.at(line.number, f"says {brief(line.words)}, which the release does not give; release again")
    if to_the_word and not is_told and found:
        for words in filter(None, missing):
            yield document.at(found[0].number, f"without the line {brief(words)}; release again")


def _other_figure(document: Document, line: _Line, expected: str) -> Fault:
    pairs = zip(_FIGURE.finditer(line.words), _FIGURE.findall(expected), strict=True)
    found, right = next((found, right) for found, right in pairs if found[0] != right)
    message = f"says {found[0]} where the tables give {right}; release again"
    return document.place(line.number), message, around(line.words, found.start(), found.end())


def _differ(key: str, found: object, expected: object, *, to_the_word: bool) -> bool:
    """Whether two values differ: where words may, only in facts, and in the figures of texts that are alike else."""
    if to_the_word or key in _CROISSANT_FACTS:
        return found != expected
    said, right = (json.dumps(one, ensure_ascii=False) for one in (found, expected))
    return said != right and _FIGURE.sub("#", said) == _FIGURE.sub("#", right)


def _shown(value: object) -> str:
    return "missing" if value is None else brief(value if isinstance(value, str) else json.dumps(value, default=str))
