"""`croissant.json`: a release described for machines, as Croissant 1.1 in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kliping.contract.croissant import record_sets
from kliping.release.card.citation import authors, bibtex, spoken
from kliping.release.card.hub import spdx
from kliping.release.croissant.distribution import distribution
from kliping.release.croissant.responsible import responsible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.project import AuthorTable
    from kliping.release.card.described import Described
    from kliping.release.manifest import FileEntry

__all__ = ["CROISSANT", "FRAME", "croissant"]

CROISSANT = "croissant.json"

_CONFORMS_TO = ("http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0")

# That of the specification: `mlcroissant` warns of a context that lacks one of its terms.
_CROISSANT_TERMS = (
    "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
    "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator",
    "source", "subField", "transform",
)  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _CROISSANT_TERMS},
}

FRAME: Mapping[str, Any] = {"@context": _CONTEXT, "@type": "sc:Dataset", "conformsTo": list(_CONFORMS_TO)}
"""What every release says alike: the terms that its file is read by."""


def croissant(filled: Described, files: Mapping[str, FileEntry]) -> bytes:
    """The whole file.

    Args:
        filled: what is known of the release.
        files: every file of the release but this one and the manifest, by its path with forward slashes.
    """
    described = {
        "@context": FRAME["@context"],
        "@type": FRAME["@type"],
        **_dataset(filled),
        **responsible(filled),
        "distribution": distribution(files, filled.parts),
        "recordSet": record_sets(filled.contract, {config: list(splits) for config, splits in filled.parts.items()}),
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _dataset(filled: Described) -> dict[str, Any]:
    """What is said of the whole. Without a date there is no `datePublished`: the day of the build would be a guess."""
    settings, told = filled.settings, filled.settings.citation
    fields: dict[str, Any] = {
        "name": settings.name,
        "alternateName": filled.title,
        "description": _description(filled),
        "conformsTo": FRAME["conformsTo"],
        "version": filled.version,
        "license": _licence(settings.licence),
        "citeAs": "\n".join(bibtex(filled)),
        "datePublished": filled.date,
        "creator": [_maker(author) for author in authors(settings)],
        "publisher": _organisation(settings.rights_holder or f"The maintainers of {settings.name}"),
        "url": told.url or told.repository,
        "sameAs": f"https://doi.org/{told.doi}" if told.doi else "",
        "keywords": sorted({*_KEYWORDS, *told.keywords}),
        "inLanguage": sorted(set(filled.statistics.languages) - {"und"}),
        "isLiveDataset": False,
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


_KEYWORDS = ("named entity recognition", "news", "stance detection")


def _description(filled: Described) -> str:
    counts = filled.statistics
    with_what = (
        f"with named entities and stances, {counts.gold} with gold" if counts.annotators else "not annotated yet"
    )
    told = f"{filled.title}: {sum(counts.articles.values())} news articles, {with_what}. README.md tells more."
    return "\n\n".join(filter(None, (filled.settings.citation.abstract.strip(), told)))


def _licence(stated: str | None) -> str:
    """The page of a licence with an SPDX identifier; else the licence as it is stated, or where its text is."""
    known = spdx(stated)
    return f"https://spdx.org/licenses/{known}" if known else stated or "See the file LICENSE."


def _maker(author: AuthorTable) -> dict[str, str]:
    if author.name:
        return _organisation(author.name)
    page = {"url": f"https://orcid.org/{author.orcid.rpartition('/')[2]}"} if author.orcid else {}
    return {"@type": "sc:Person", "name": spoken(author), **page}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "sc:Organization", "name": name}
