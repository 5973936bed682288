"""How a release is cited: `CITATION.cff` (Citation File Format 1.2.0) and BibTeX, from the same settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from kliping.project.citation import AuthorTable
from kliping.release.card.hub import spdx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.project import PreferredTable, Settings
    from kliping.release.card.described import Described

__all__ = ["authors", "bibtex", "citation", "citation_authors", "cite_as", "spoken"]

_ORCID = "https://orcid.org/"


def authors(settings: Settings) -> tuple[AuthorTable, ...]:
    """Who is cited: the citation's authors, else the rights holder, else the maintainers by the corpus's name."""
    fallback = AuthorTable(name=settings.rights_holder or f"The maintainers of {settings.name}")
    return settings.citation.authors or (fallback,)


def citation_authors(settings: Settings) -> str:
    """The same in words: `Sena Waluyo, Rina Sastro and The Rimbia reading circle`."""
    *first, last = (spoken(author) for author in authors(settings))
    return f"{', '.join(first)} and {last}" if first else last


def cite_as(filled: Described) -> str:
    """The release in one line, for people."""
    year = f" ({filled.date[:4]})" if filled.date else ""
    doi = f" https://doi.org/{filled.settings.citation.doi}" if filled.settings.citation.doi else ""
    return f"{citation_authors(filled.settings)}{year}: {filled.title}, version {filled.version}.{doi}"


def citation(filled: Described) -> str:
    """`CITATION.cff` of a release. Its date is the release's, where that is known; nothing looks at the clock."""
    settings, told = filled.settings, filled.settings.citation
    what = "the work that it prefers" if told.preferred else "it"
    cff: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": f"If you use this dataset, please cite {what} as below.",
        "type": "dataset",
        "title": filled.title,
        "version": filled.version,
        "date-released": filled.date,
        "authors": [_author(author) for author in authors(settings)],
        "license": _licence(settings.licence),
        "doi": told.doi,
        "url": told.url,
        "repository": told.repository,
        "abstract": told.abstract.strip(),
        "keywords": list(told.keywords),
    }
    if told.preferred is not None:
        cff["preferred-citation"] = _reference(told.preferred)
    return yaml.safe_dump(_filled(cff), sort_keys=False, allow_unicode=True, width=1_000)


def bibtex(filled: Described) -> Iterator[str]:
    """The entry of the release, and that of the work that its makers want cited."""
    told = filled.settings.citation
    yield from _entry(
        "misc",
        filled.folder,
        {
            "author": _bibtex_authors(authors(filled.settings)),
            "title": f"{{{_tex(filled.title)}}}",
            "version": filled.version,
            "year": (filled.date or "")[:4],
            "howpublished": "Dataset",
            "doi": told.doi,
            "url": told.url or told.repository,
        },
    )
    if told.preferred is not None:
        work = told.preferred
        kind, at = _KINDS.get(work.type, ("misc", "howpublished"))
        yield ""
        yield from _entry(
            kind,
            f"{filled.settings.name}-{work.type}",
            {
                "author": _bibtex_authors(work.authors),
                "title": f"{{{_tex(work.title)}}}",
                at: _tex(work.journal),
                "year": str(work.year or ""),
                "doi": work.doi,
                "url": work.url,
            },
        )


_KINDS = {
    "article": ("article", "journal"),
    "conference-paper": ("inproceedings", "booktitle"),
    "report": ("techreport", "institution"),
    "thesis": ("phdthesis", "school"),
    "book": ("book", "publisher"),
}
"""Types of the Citation File Format, as BibTeX has them, and where it says what they are in."""


_NEWER = frozenset({"CDLA-Permissive-2.0"})
"""Licences that got their SPDX identifiers after version 1.2.0 of the format."""


def _licence(licence: str | None) -> str | None:
    known = spdx(licence)
    return None if known in _NEWER else known


def _author(author: AuthorTable) -> dict[str, str]:
    orcid = author.orcid if not author.orcid or author.orcid.startswith(_ORCID) else _ORCID + author.orcid
    fields = {
        "name": author.name,
        "given-names": author.given_names,
        "name-particle": author.name_particle,
        "family-names": author.family_names,
        "orcid": orcid,
    }
    # An entity of the format has no affiliation.
    return _filled(fields | ({} if author.name else {"affiliation": author.affiliation}))


def _reference(work: PreferredTable) -> dict[str, Any]:
    at = "collection-title" if work.type == "conference-paper" else "journal"
    fields = {"type": work.type, "title": work.title, "authors": [_author(author) for author in work.authors]}
    return _filled(fields | {"year": work.year, at: work.journal, "doi": work.doi, "url": work.url})


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def spoken(author: AuthorTable) -> str:
    """An author's name in the order that it is spoken."""
    return author.name or " ".join(filter(None, (author.given_names, author.name_particle, author.family_names)))


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield f"@{kind}{{{key},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value and value != "{}")
    yield "}"


def _bibtex_authors(people: Iterable[AuthorTable]) -> str:
    return " and ".join(_bibtex_author(author) for author in people)


def _bibtex_author(author: AuthorTable) -> str:
    if author.name:
        return f"{{{_tex(author.name)}}}"
    family = " ".join(filter(None, (author.name_particle, author.family_names)))
    return ", ".join(_tex(part) for part in (family, author.given_names) if part)


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "`": "'"}


def _tex(text: str) -> str:
    """Words on one line for BibTeX."""
    return re.sub(r"[\\~^`&%$#_{}]", lambda found: _TEX.get(found[0], f"\\{found[0]}"), " ".join(text.split()))
