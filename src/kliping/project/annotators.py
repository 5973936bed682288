"""The `[tool.kliping.annotators]` table: who labels what, by pseudonym, and what is wrong with it.

No message here shows what stands in the place of a pseudonym: it may be somebody's name or address.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PSEUDONYM", "AnnotatorsTable", "PersonTable", "annotator_faults", "people_place", "stray_people"]

PSEUDONYM = re.compile(r"annotator-[0-9a-z]{1,32}")
"""A pseudonym, whole (annotation.schema.json)."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PEOPLE = "[tool.kliping.annotators.people]"


class PersonTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one annotator labels: a `[tool.kliping.annotators.people."annotator-…"]` table.

    Attributes:
        languages: BCP 47 tags of the articles that they read; empty is all.
        sources: globs of the raw paths that they read; empty is all.
        share: their share of the work beside the others', by weight.
    """

    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    share: float = 1.0


class AnnotatorsTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[tool.kliping.annotators]` table: who labels what, by pseudonym.

    Attributes:
        people: by pseudonym. Empty: whoever has an account labels everything.
        overlap: how many annotators label each article of a round; a calibration round is labelled by all.
        blind: whether each annotator has a project of their own; else all share one.
        predictions: the file of `annotations/predictions/`, without its ending, that annotators are shown; "" is none.
    """

    people: dict[str, PersonTable] = {}
    overlap: int = 2
    blind: bool = False
    predictions: str = ""


DEFAULT_OVERLAP = AnnotatorsTable().overlap


def people_place(name: str, number: int) -> str:
    """Where a person's table is: by pseudonym; by number, from 1, where the name is none and might be somebody's."""
    return f'[tool.kliping.annotators.people."{name}"]' if PSEUDONYM.fullmatch(name) else f"{_PEOPLE} entry {number}"


def stray_people(people: Mapping[str, object]) -> Iterator[str]:
    """Each entry that is under no pseudonym."""
    for number, name in enumerate(people, 1):
        if "@" in name:
            yield (
                f"{_PEOPLE} entry {number}: an e-mail address, which belongs in no file of a corpus; "
                "`kliping studio invite` gives the pseudonym to write instead"
            )
        elif not PSEUDONYM.fullmatch(name):
            yield (
                f"{_PEOPLE} entry {number}: not a pseudonym, `annotator-` and up to 32 of 0-9 and a-z; "
                "`kliping studio invite` gives each annotator's"
            )


def annotator_faults(table: AnnotatorsTable) -> Iterator[str]:
    """What is wrong in a table whose values are of the right kinds."""
    # The default suits a group; who names one person must be able to name the next without being stopped in between.
    most = max(len(table.people), DEFAULT_OVERLAP) if table.people else math.inf
    if not 1 <= table.overlap <= most:
        named = f" to {len(table.people)}, as many as are named in `people`" if table.people else " or more"
        yield f"[tool.kliping.annotators] overlap: {table.overlap} cannot label an article; give 1{named}"
    if table.predictions and not _FILE_NAME.fullmatch(table.predictions):
        yield "[tool.kliping.annotators] predictions: name a file of annotations/predictions/, without .jsonl"
    for number, (name, person) in enumerate(table.people.items(), 1):
        place = people_place(name, number)
        if not 0 < person.share < math.inf:
            yield f"{place} share: {person.share} is no share; give a number above 0, such as 0.5 for half of the work"
        if not all(tag.strip() for tag in person.languages):
            yield f'{place} languages: an empty tag; give tags such as "id", or leave it out for all languages'
        if not all(glob.strip("/ ") for glob in person.sources):
            yield f'{place} sources: an empty glob; name raw files, such as "kabar/*.html", or leave it out for all'
