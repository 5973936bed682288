"""The `[tool.kliping.citation]` and `[tool.kliping.card]` tables: what a release says of itself in its makers' words.

The citation's fields are those of the Citation File Format 1.2.0 (citation-file-format.github.io), by the same names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "AnnotationsCreator",
    "AuthorTable",
    "CardTable",
    "CitationTable",
    "LanguageCreator",
    "PreferredTable",
    "citation_faults",
]


class AuthorTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Who is cited: a group by its `name`, or a person by `given-names` and `family-names`.

    Attributes:
        orcid: `0000-0002-1825-0097`, or with `https://orcid.org/` before it.
    """

    name: str = ""
    given_names: str = ""
    name_particle: str = ""
    family_names: str = ""
    orcid: str = ""
    affiliation: str = ""


class PreferredTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A work that its makers want cited, such as the paper that describes the data.

    Attributes:
        type: as in the Citation File Format.
        year: of its publication.
        journal: or the proceedings' title.
    """

    title: str
    authors: tuple[AuthorTable, ...]
    type: Literal["article", "conference-paper", "report", "thesis", "book", "generic"] = "article"
    year: int | None = None
    journal: str = ""
    doi: str = ""
    url: str = ""


class CitationTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping.citation]` table.

    Attributes:
        authors: empty cites the rights holder, or else the maintainers by the corpus's name.
        doi: of the dataset, without a resolver's address: `10.5281/zenodo.1003150`.
        url: a page about the dataset.
        repository: the address of the repository that keeps it.
        abstract: what it is, in a paragraph; the card begins with it.
    """

    authors: tuple[AuthorTable, ...] = ()
    doi: str = ""
    url: str = ""
    repository: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    preferred: PreferredTable | None = None


LanguageCreator: TypeAlias = Literal["found", "crowdsourced", "expert-generated", "machine-generated", "other"]
AnnotationsCreator: TypeAlias = Literal[
    "found", "crowdsourced", "expert-generated", "machine-generated", "no-annotation", "other"
]
"""As the hub lists them (huggingface_hub, `DatasetCardData`)."""


class CardTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping.card]` table: what nobody can count.

    Attributes:
        rationale: why the corpus was made.
        annotators: who annotated it, without names: training, background, pay.
        language_creators: who wrote the texts.
        annotations_creators: who annotated; empty says `other`, or `no-annotation` where nobody did.
    """

    rationale: str = ""
    annotators: str = ""
    language_creators: tuple[LanguageCreator, ...] = ("found",)
    annotations_creators: tuple[AnnotationsCreator, ...] = ()


_TABLE = "[tool.kliping.citation]"
_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", re.ASCII)
"""As in the schema of the Citation File Format."""
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)


def citation_faults(citation: CitationTable) -> Iterator[str]:
    """What is wrong in it, by key."""
    yield from _author_faults(citation.authors, f"{_TABLE} authors")
    yield from _place_faults(citation, _TABLE)
    if len(set(citation.keywords)) < len(citation.keywords) or not all(map(str.strip, citation.keywords)):
        yield f"{_TABLE} keywords: one is empty, or there twice; take it out"
    if citation.preferred is not None:
        place = f"{_TABLE} preferred"
        if not citation.preferred.authors:
            yield f"{place} authors: nobody is named; name one"
        yield from _author_faults(citation.preferred.authors, f"{place} authors")
        yield from _place_faults(citation.preferred, place)


def _author_faults(authors: Sequence[AuthorTable], place: str) -> Iterator[str]:
    for number, author in enumerate(authors, 1):
        if bool(author.name) == bool(author.given_names or author.family_names):
            yield f"{place}, the {number}. one: give either `name`, for a group, or `given-names` and `family-names`"
        if author.orcid and not _is_orcid(author.orcid):
            yield f"{place}, the {number}. one, orcid: no ORCID iD, or a wrong digit in it; copy it from orcid.org"


def _place_faults(table: CitationTable | PreferredTable, place: str) -> Iterator[str]:
    if table.doi and not _DOI.fullmatch(table.doi):
        yield f"{place} doi: no DOI; give it without an address before it, such as 10.5281/zenodo.1003150"
    addresses = {"url": table.url, "repository": table.repository if isinstance(table, CitationTable) else ""}
    for key, address in addresses.items():
        if address and not _URL.fullmatch(address):
            yield f"{place} {key}: no web address; begin it with https://"


def _is_orcid(written: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO 7064, MOD 11-2)."""
    found = _ORCID.fullmatch(written)
    if not found:
        return False
    total = 0
    for digit in found[1].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return found[1][-1] == ("X" if check == 10 else str(check))
