"""What is read of each article to split by: its stratum and its day. No texts are held."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec

from kliping.contract import load_contract
from kliping.errors import CallError
from kliping.files import read_shards

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kliping.project import Corpus

__all__ = ["Facts", "Stratum", "day_of", "read_facts"]

Stratum: TypeAlias = tuple[str, ...]
"""The value of each field of the setting `stratify`, in its order; an absent one is empty."""


class Facts(NamedTuple):
    """What an article is split by; `day` is that of its publication (`day_of`), or None."""

    stratum: Stratum
    day: str | None


class _Source(msgspec.Struct, frozen=True):
    path: str | None


class _Read(msgspec.Struct, frozen=True):
    """The fields of an article that are looked at."""

    id: str
    language: str
    publisher: str | None
    published: str | None
    source: _Source
    metadata: msgspec.Raw


def read_facts(corpus: Corpus) -> dict[str, Facts]:
    """The facts of every article, by id, in the articles' order.

    The publisher of an article that states none is the raw folder that it came from, as in `kliping sample`.

    Raises:
        CallError: the setting `stratify` names a field that this corpus does not have.
        DataError: a line is no article.
    """
    names = corpus.settings.splits.stratify
    _check_fields(corpus, names)
    stratum = _stratum_reader(names)
    articles = read_shards(corpus.corpus / "articles", _Read)
    return {one.id: Facts(stratum(one), day_of(one.published)) for one in articles}


def day_of(published: str | None) -> str | None:
    """The day of an ISO 8601 time, in UTC where it has an offset; of a month or a year the last, since it may be that.

    >>> day_of("2024-08-05T01:30:00+07:00"), day_of("2024-02"), day_of("2023")
    ('2024-08-04', '2024-02-29', '2023-12-31')
    """
    if published is None:
        return None
    if len(published) == len("2024"):
        return f"{published}-12-31"
    try:
        if len(published) == len("2024-08"):
            return f"{published}-{monthrange(*map(int, published.split('-')))[1]}"
        when = datetime.fromisoformat(published)
        return (when.astimezone(UTC) if when.tzinfo else when).date().isoformat()
    except (ValueError, OverflowError):  # no day of the calendar
        return published[: len("2024-08-05")]


def _check_fields(corpus: Corpus, names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in _FIELDS]
    own: dict[str, Any] = {}
    if unknown:
        own = load_contract(corpus.schema).documents["corpus"]["$defs"].get("metadata", {}).get("properties", {})
    strange = [name for name in unknown if name not in own]
    if strange:
        raise CallError(
            f"[tool.kliping.splits] stratify: no field {', '.join(strange)}; the known ones are "
            f"{', '.join([*_FIELDS, *own])}; see docs/reference/settings.md"
        )


_FIELDS: dict[str, Callable[[_Read], str]] = {
    "language": lambda one: one.language,
    "publisher": lambda one: one.publisher or (one.source.path or "").rpartition("/")[0],
}


def _stratum_reader(names: Sequence[str]) -> Callable[[_Read], Stratum]:
    kept: dict[Stratum, Stratum] = {}  # one tuple a stratum, not one an article
    is_own = [name for name in names if name not in _FIELDS]

    def read(one: _Read) -> Stratum:
        own: dict[str, Any] = msgspec.json.decode(one.metadata) if is_own else {}
        found = tuple(_FIELDS[name](one) if name in _FIELDS else _shown(own.get(name)) for name in names)
        return kept.setdefault(found, found)

    return read


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value, order="sorted").decode()
