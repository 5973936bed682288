"""What a release was described from, once more: its settings from its texts, its counts from its tables.

From both, card, citation and Croissant can be made anew and compared with those that are there. What two of the three
texts say alike is taken for what was meant, so that the third is found where it differs.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from kliping.project import CardTable, CitationTable, Settings
from kliping.project.citation import AuthorTable, PreferredTable
from kliping.project.settings import AdjudicationTable
from kliping.release.card.described import Described
from kliping.release.card.hub import LICENCES, spdx
from kliping.release.splitting.leakage import Leakage
from kliping.release.splitting.names import SPLITS
from kliping.release.tables.parquet import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kliping.check.release.documents import Documents
    from kliping.contract import Contract
    from kliping.release.card.statistics import Statistics
    from kliping.release.manifest import Manifest

__all__ = ["Counted", "contact_of", "describe", "is_of_this_kliping", "licence_of"]

T = TypeVar("T")

_LICENCE = re.compile(r"^- Licence: (?:(.+) \(\[LICENSE\]\(LICENSE\)\)|\[LICENSE\]\(LICENSE\));", re.MULTILINE)
_HOLDER = re.compile(r"^- Rights holder: (.+)$", re.MULTILINE)
_RELEASED = re.compile(r"^- Version: \S+, released on (\S+)$", re.MULTILINE)
_WHY = re.compile(r"^### Why\n(.*?)^### ", re.MULTILINE | re.DOTALL)
_WHO = re.compile(r"^### Who annotated\n(.*?)^## ", re.MULTILINE | re.DOTALL)
_STRATEGY = re.compile(r"\(strategy `(unanimous|majority)`\)")
_ALONE = ", or one annotator's word where nobody else annotated the article"
_IN_LANGUAGE = re.compile(r"\| title \| in `([A-Za-z0-9-]+)` \|")
_ALIKE = re.compile(r"; ([\d,]+) articles resemble another, and share its split\.$", re.MULTILINE)
_CONTACT = re.compile(r"^Errors, questions and requests to take something out: (.*)\.$", re.MULTILINE)
_ASKED = " Contact: "
_TOLD = "What the maintainers say of them: "
_SPDX = "https://spdx.org/licenses/"
_HUB = {hub: name for name, hub in LICENCES.items()}
_PEOPLE = ("name", "given-names", "name-particle", "family-names", "orcid", "affiliation")


class Counted(NamedTuple):
    """What the tables of a release hold: the files and rows of each config and split, and counts over all."""

    files: Mapping[tuple[str, str], Sequence[str]]
    rows: Mapping[tuple[str, str], int]
    statistics: Statistics


def describe(folder: Path, contract: Contract, manifest: Manifest, told: Documents, held: Counted) -> Described | None:
    """What a release was described from; None where its texts do not tell, as the rules about each say.

    Sizes in memory are left out, and what changed since other versions: nothing of it is in the release.
    """
    if any(fault is not None for fault in (told.card.head[1], told.citation.whole[1], told.croissant.json[1])):
        return None
    settings = _settings(manifest, told)
    if settings is None:
        return None
    return Described(
        settings=settings,
        contract=contract,
        version=manifest.version,
        date=_date(told),
        changes=(),
        parts=_parts(held),
        statistics=held.statistics,
        leakage=Leakage(int("".join(_first(_ALIKE, told.card.text) or "0").replace(",", "")), ()),
        guidelines=(folder / "guidelines.md").is_file(),
    )


def is_of_this_kliping(manifest: Manifest) -> bool:
    """Whether this very kliping built it: another one may say the same in other words."""
    return manifest.kliping == installed("kliping")


def licence_of(told: Documents) -> str | None:
    """The licence that a release names: by its SPDX identifier where it has one, else as the card says it."""
    card, cited = told.card.head[0].get("license"), told.citation.whole[0].get("license")
    stated, machine = _first(_LICENCE, told.card.text), _text(told.croissant.json[0].get("license"))
    named = [stated, machine.removeprefix(_SPDX), _HUB.get(_text(card)), _text(cited)]
    found = _agreed([spdx(one) or one for one in named if one and one != "See the file LICENSE."])
    return stated if stated and found in (stated, spdx(stated)) else found


def contact_of(told: Documents) -> str:
    """Whom to tell of errors, as the release says; an address there is meant."""
    plan = _text(told.croissant.json[0].get("rai:dataReleaseMaintenancePlan")).partition(_ASKED)[2]
    contact = plan.removesuffix(".") or _unlinked(_first(_CONTACT, told.card.text) or "")
    return "" if contact == "the maintainers" else contact


def _settings(manifest: Manifest, told: Documents) -> Settings | None:
    card, body, cited = told.card.head[0], told.card.split[1], told.citation.whole[0]
    try:
        citation = _citation(cited)
        return Settings(
            name=manifest.name,
            title=_agreed([_text(card.get("pretty_name")), _text(cited.get("title")), _croissant_title(told)]) or "",
            language=_first(_IN_LANGUAGE, body) or "und",
            licence=licence_of(told),
            rights_holder=_rights_holder(manifest, told, citation),
            contact=contact_of(told),
            single_annotator=_ALONE in body,
            adjudication=msgspec.convert({"strategy": _first(_STRATEGY, body) or "unanimous"}, AdjudicationTable),
            citation=citation,
            card=CardTable(
                rationale=_first(_WHY, body) or "",
                annotators=_told_of_annotators(told),
                language_creators=_listed(card.get("language_creators")),
                annotations_creators=_listed(card.get("annotations_creators")),
            ),
        )
    except (msgspec.ValidationError, TypeError, ValueError):
        return None


def _rights_holder(manifest: Manifest, told: Documents, citation: CitationTable) -> str | None:
    """Who holds the rights; where nobody is named as author, the citation says it, too."""
    publisher = told.croissant.json[0].get("publisher")
    named = [
        _first(_HOLDER, told.card.text) or "",
        _text(publisher.get("name") if isinstance(publisher, dict) else None),
    ]
    named += [author.name for author in citation.authors if author.name and len(citation.authors) == 1]
    nobody = ("not stated", f"The maintainers of {manifest.name}")
    return _agreed([None if one in nobody else one for one in named])


def _citation(cited: Mapping[str, Any]) -> CitationTable:
    preferred = cited.get("preferred-citation")
    return CitationTable(
        authors=tuple(_authors(cited.get("authors"))),
        doi=_text(cited.get("doi")),
        url=_text(cited.get("url")),
        repository=_text(cited.get("repository")),
        abstract=_text(cited.get("abstract")),
        keywords=tuple(map(_text, cited.get("keywords") or ())),
        preferred=_preferred(preferred) if isinstance(preferred, dict) else None,
    )


def _preferred(work: Mapping[str, Any]) -> PreferredTable:
    said = {name: work[name] for name in ("type", "title", "year", "doi", "url") if name in work}
    said["journal"] = work.get("journal") or work.get("collection-title") or ""
    return msgspec.convert(said | {"authors": list(_authors(work.get("authors")))}, PreferredTable)


def _authors(people: object) -> Iterator[AuthorTable]:
    for one in people if isinstance(people, list) else ():
        yield msgspec.convert({name: one[name] for name in _PEOPLE if name in one}, AuthorTable)


def _croissant_title(told: Documents) -> str:
    return _text(told.croissant.json[0].get("alternateName"))


def _told_of_annotators(told: Documents) -> str:
    """What the makers say of the annotators; where nobody has annotated, the card alone has it."""
    said = told.croissant.json[0].get("rai:annotatorDemographics")
    if isinstance(said, list):
        words = [one for one in said if isinstance(one, str)]
        return next((one.removeprefix(_TOLD) for one in words if one.startswith(_TOLD)), "")
    alone = (_first(_WHO, told.card.text) or "").strip()
    return "" if alone == "Nobody yet." else alone


def _date(told: Documents) -> str | None:
    said = (told.citation.whole[0].get("date-released"), told.croissant.json[0].get("datePublished"))
    return _agreed([*map(_text, said), _first(_RELEASED, told.card.text) or ""]) or None


def _parts(held: Counted) -> dict[str, dict[str, Part]]:
    """The parts of each config, in the order that kliping writes them."""
    parts: dict[str, dict[str, Part]] = {}
    configs = dict.fromkeys(config for config, _ in held.files)
    for config, split in ((config, split) for config in configs for split in SPLITS):
        if (config, split) in held.files:
            part = Part(held.rows.get((config, split), 0), "", tuple(held.files[config, split]), 0, 0)
            parts.setdefault(config, {})[split] = part
    return parts


def _agreed(said: Iterable[T]) -> T | None:
    """What most say, the first of them where as many say something else."""
    counted = Counter(said)
    return max(counted, key=counted.__getitem__, default=None)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    """What a line of the card says, as it was before it became Markdown."""
    found = pattern.search(text)
    return unescape(found[1]) if found and found[1] is not None else None


def _unlinked(words: str) -> str:
    return words[1:-1] if words.startswith("<") and words.endswith(">") else words


def _listed(value: object) -> Any:  # noqa: ANN401 — what a card says; it is compared, not trusted
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _text(value: object) -> str:
    return "" if value is None else str(value)
