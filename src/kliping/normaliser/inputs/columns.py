"""Which column of a table, or which key of a sidecar, is which field of an article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kliping.errors import CallError, Rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kliping.contract import Contract
    from kliping.project import Settings

__all__ = ["BODIES", "FIELDS", "Columns", "columns_of", "listed", "missing", "no_body", "own_fields", "require_fields"]

BODIES = ("text", "html")
"""What an article is made from: one of them is a table's body."""

FIELDS = (
    "title", "subtitle", "authors", "publisher", "published", "modified", "url", "topics", "language", "retrieved",
    "licence", "rights_holder",
)  # fmt: skip
"""What can be stated of an article beside its body."""

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "text": ("content", "body", "article", "article_text", "article_body", "articlebody", "full_text", "fulltext",
             "maintext", "main_text"),
    "html": ("raw_html", "page_html"),
    "title": ("headline",),
    "subtitle": ("standfirst", "deck"),
    "authors": ("author", "byline"),
    "publisher": ("outlet", "newspaper", "site_name", "sitename", "source_name"),
    "published": ("date", "published_at", "publish_date", "published_date", "publication_date", "date_published",
                  "datepublished", "date_publish", "pub_date", "pubdate"),
    "modified": ("updated", "updated_at", "modified_at", "date_modified", "datemodified", "date_modify"),
    "url": ("link", "permalink", "source_url", "canonical_url"),
    "topics": ("topic", "tags", "keywords"),
    "language": ("lang",),
    "retrieved": ("retrieved_at", "crawled_at", "scraped_at", "fetched_at", "downloaded_at", "date_download",
                  "crawl_date"),
    "licence": ("license",),
    "rights_holder": ("rightsholder", "copyright_holder"),
}  # fmt: skip
"""What other tools call our fields; taken where a table has one of a field's names and no more."""


MOST_NAMES, LONGEST_NAME = 30, 60
"""A sentence names at most this many columns, with at most this many code points of each."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Attributes:
        body: the field that the article is made from and its column; None where no column is known as one.
        fields: our field to its column.
        metadata: the corpus's own field to its column.
    """

    body: tuple[str, str] | None
    fields: Mapping[str, str]
    metadata: Mapping[str, str]


def own_fields(contract: Contract) -> Mapping[str, Mapping[str, Any]]:
    """The corpus's own article fields, with their schemas."""
    fields: Mapping[str, Mapping[str, Any]] = contract.documents["corpus"]["$defs"]["metadata"].get("properties", {})
    return fields


def columns_of(names: Collection[str], mapping: Mapping[str, str], own: Collection[str]) -> Columns:
    """The columns of a table with these names.

    What `mapping` says holds, `""` for no column; else a column with the field's name, in any case; else the one column
    with a name that other tools give it.

    Args:
        names: of the table's columns.
        mapping: our field to a column, as the settings say.
        own: the names of the corpus's own fields.
    """
    taken = set(mapping.values())
    free: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        if name not in taken:
            free[name.strip().lower()].append(name)
    found = {field: column for field, column in mapping.items() if column in names}
    ours = {field.lower() for field in (*BODIES, *FIELDS, *own)}
    for field in (*BODIES, *FIELDS, *own):
        column = None if field in mapping else _named(free, field, ours)
        if column is not None:
            found[field] = column
    bodies = [(field, found[field]) for field in BODIES if field in found]
    mapped = [body for body in bodies if body[0] in mapping]
    chosen = mapped or bodies
    return Columns(
        body=chosen[0] if len(chosen) == 1 else None,
        fields={field: found[field] for field in FIELDS if field in found},
        metadata={field: found[field] for field in own if field in found and field not in FIELDS},
    )


def _named(free: Mapping[str, list[str]], field: str, ours: Collection[str]) -> str | None:
    """The one column that is called like a field; what is called like another field is that one's."""
    same = free.get(field.lower(), [])
    if same:
        return same[0] if len(same) == 1 else None
    alike = [name for synonym in _SYNONYMS.get(field, ()) if synonym not in ours for name in free.get(synonym, ())]
    return alike[0] if len(alike) == 1 else None


def listed(names: Iterable[str]) -> str:
    """The names of columns for a sentence: the first of them, none longer than a name is."""
    told = [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in names]
    more = f" and {len(told) - MOST_NAMES} more" if len(told) > MOST_NAMES else ""
    return f"{', '.join(told[:MOST_NAMES]) or 'none'}{more}"


def no_body(names: Iterable[str], path: str) -> Rejected:
    """That no column is known as the body, and what to do."""
    return Rejected(
        "unknown-type",
        f"no column is known as an article's text; there are: {listed(names)}; say which in "
        f'[tool.kliping.sources."{path}"] with columns = {{ text = "…" }}, or html = "…" where it holds pages',
    )


def missing(names: Collection[str], mapping: Mapping[str, str], path: str) -> Rejected | None:
    """That the settings name columns that are not there."""
    gone = [f"{column} (for {field})" for field, column in mapping.items() if column and column not in names]
    if not gone:
        return None
    return Rejected(
        "unknown-type",
        f"the settings name columns that it has not: {', '.join(gone)}; there are: {listed(names)}; mend "
        f'the columns of [tool.kliping.sources."{path}"]',
    )


def require_fields(settings: Settings, own: Collection[str]) -> None:
    """See that the settings map fields that there are.

    Raises:
        CallError: one is unknown; every one, a line each.
    """
    known = (*BODIES, *FIELDS, *(name for name in own if name not in FIELDS))
    faults = []
    for glob, table in settings.sources.items():
        place = f'[tool.kliping.sources."{glob}"] columns'
        faults += [
            f"{place}: unknown field `{field}`; the known ones are {', '.join(known)}"
            for field in table.columns
            if field not in known
        ]
        if all(table.columns.get(body) for body in BODIES):
            faults.append(f"{place}: both text and html; an article is made from one of them: leave one out")
    if faults:
        raise CallError("\n".join(faults))
