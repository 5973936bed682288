"""What stands beside an article's bytes: in the columns of its row, in a sidecar, in a table of sources."""

from __future__ import annotations

import ast
import datetime as dt
import math
import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.errors import Rejected
from kliping.normaliser.identity import canonical_url
from kliping.normaliser.language import stated_language
from kliping.normaliser.moments import moment
from kliping.normaliser.raw import Raw
from kliping.normaliser.stated import Stated
from kliping.normaliser.text.cleaning import clean_line
from kliping.normaliser.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kliping.normaliser.inputs.columns import Columns

__all__ = ["NOTHING", "Statement", "characters", "readable", "statement_of"]

_TYPES: Mapping[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list}
_BETWEEN_NAMES = re.compile(r"\s*[;|\n]\s*")
_BETWEEN_TOPICS = re.compile(r"\s*[;|\n,]\s*")
_LONGEST_LIST = 10_000


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated of an input from beside its bytes; the fields are those of `Raw`."""

    url: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    rights_holder: str | None = None
    stated: Stated = Stated()  # noqa: RUF009 — frozen
    metadata: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def over(self, other: Statement) -> Statement:
        """What this one says, and where it is silent what another one says."""
        if other is NOTHING:
            return self
        return Statement(
            self.url or other.url,
            self.retrieved or other.retrieved,
            self.licence or other.licence,
            self.rights_holder or other.rights_holder,
            self.stated.over(other.stated),
            {**other.metadata, **self.metadata},
            {**other.extra, **self.extra},
        )

    def of(self, data: bytes, path: str, media_type: str | None = None) -> Raw:
        """An input with all that is stated of it."""
        if self is NOTHING:
            return Raw(data, path, media_type)
        return Raw(
            data, path, media_type, self.url, self.retrieved, self.licence, self.rights_holder, self.stated,
            self.metadata, self.extra,
        )  # fmt: skip


NOTHING = Statement()
"""Where nothing is stated."""


def statement_of(cells: Mapping[str, Any], columns: Columns, kinds: Mapping[str, Mapping[str, Any]]) -> Statement:
    """What a row or a sidecar states. What is no such thing (a date that nobody can read) is kept in `extra`.

    Args:
        cells: values by the columns' names.
        columns: which of them is which field.
        kinds: the corpus's own fields, with their schemas.
    """
    read: dict[str, Any] = {}
    used = {columns.body[1]} if columns.body else set()
    for name, column in columns.fields.items():
        value = _READERS[name](cells.get(column))
        if value:
            read[name] = value
            used.add(column)
    own: dict[str, Any] = {}
    for name, column in columns.metadata.items():
        value = _typed(cells.get(column), kinds[name])
        if value is not None:
            own[name] = value
            used.add(column)
    extra = {str(key): readable(value) for key, value in cells.items() if key not in used and not _is_missing(value)}
    beside = {name: read.pop(name) for name in ("retrieved", "licence", "rights_holder") if name in read}
    return Statement(**beside, url=read.get("url"), stated=Stated(**read), metadata=own, extra=extra)


def readable(value: Any) -> Any:  # noqa: ANN401 — whatever a table holds
    """A value as JSON has it: times as text, no lone surrogates, no number that is none."""
    if isinstance(value, str):
        return characters(value)
    if isinstance(value, (bool, int)) or value is None:
        return value
    return msgspec.json.decode(msgspec.json.encode(value, enc_hook=str))


def _is_missing(value: Any) -> bool:  # noqa: ANN401
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value)) or value in ([], {})


def characters(text: str) -> str:
    """A text in which bytes that were no UTF-8 are read in the charset that they look like."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return decode(text.encode("utf-8", "surrogateescape"))
        except (Rejected, UnicodeEncodeError):
            return text.encode("utf-8", "replace").decode()
    return text


def _line(value: Any) -> str | None:  # noqa: ANN401
    """A value as one line, or None."""
    if _is_missing(value) or isinstance(value, (dict, list)):
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    return clean_line(characters(str(value))) or None


def _moment(value: Any) -> str | None:  # noqa: ANN401
    if isinstance(value, (dt.date, dt.datetime)):
        return moment(value.isoformat())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return moment(_line(value))


def _address(value: Any) -> str | None:  # noqa: ANN401
    line = _line(value)
    return line if canonical_url(line) else None


def _tag(value: Any) -> str | None:  # noqa: ANN401
    return stated_language(_line(value))


def _names(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(dict.fromkeys(_several(value, _BETWEEN_NAMES)))


def _topics(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(dict.fromkeys(name.lstrip("#").strip() or name for name in _several(value, _BETWEEN_TOPICS)))


def _several(value: Any, between: re.Pattern[str]) -> Iterator[str]:  # noqa: ANN401
    """The names in a cell: a list, a list written as text, or names with semicolons or bars between them."""
    if isinstance(value, str):
        value = _list_in(value) or between.split(characters(value))
    for one in value if isinstance(value, (list, tuple)) else [value]:
        name = _line(one.get("name") if isinstance(one, dict) else one)
        if name:
            yield name


def _list_in(text: str) -> list[Any] | None:
    """A list that a table holds as JSON, or as Python writes it; None where it is none."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]") and len(text) <= _LONGEST_LIST):
        return None
    try:
        found = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return found if isinstance(found, list) else None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _line, "subtitle": _line, "authors": _names, "publisher": _line, "published": _moment,
    "modified": _moment, "url": _address, "topics": _topics, "language": _tag, "retrieved": _moment, "licence": _line,
    "rights_holder": _line,
}  # fmt: skip
"""How the value of each field is read; nothing where it is no such thing."""


def _typed(value: Any, kind: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """A value of the type that the contract gives to a field of the corpus; None where it is none or cannot be one."""
    if _is_missing(value):
        return None
    named = kind.get("type")
    types = [one for one in ([named] if isinstance(named, str) else named or ()) if one != "null"]
    if types == ["array"] and isinstance(value, str):
        return list(_several(value, _BETWEEN_NAMES)) or None
    value = readable(value)
    if types == ["string"] and isinstance(value, (int, float)):
        return str(value)
    for one in types:
        if one in _TYPES:
            try:
                return msgspec.convert(value.strip() if isinstance(value, str) else value, _TYPES[one], strict=False)
            except msgspec.ValidationError:
                continue
    return None if types else value
