"""One input as received, and how its source is to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kliping.normaliser.rules import ALL_RULES, Furniture
from kliping.normaliser.stated import Stated

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Raw", "Reading"]


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes with what is known of them from outside: a file, a member of an archive, a record of a web archive, a row.

    Attributes:
        data: the bytes, as received; of a table's row the column that holds the text or the page.
        path: where it lies, relative to the raw folder, with forward slashes; `crawl.warc.gz/12`, `old.zip/a.html`,
            `articles.csv/17` for what lies inside a file.
        media_type: what the sender said it is, a charset included; believed where content and name do not tell.
        url: where it was fetched; used where the page does not state its own address.
        retrieved: when, ISO 8601.
        licence: SPDX identifier where there is one.
        rights_holder: who holds the rights.
        stated: what stands beside the body, as columns of a table do; it beats what the bytes say.
        metadata: values for the corpus's own fields.
        extra: fields that nobody declared.
    """

    data: bytes
    path: str | None = None
    media_type: str | None = None
    url: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    rights_holder: str | None = None
    stated: Stated = Stated()  # noqa: RUF009 — frozen
    metadata: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is read.

    Attributes:
        min_length: least code points of the body: all blocks but title and subtitle, without the empty lines between.
        language: BCP 47 tag of the text where it is known; it beats what the bytes say.
        accepted: language tags that the corpus takes; empty takes all. Compared by their first part.
        furniture: the rules for text, as switched and parametrised for this source.
    """

    min_length: int = 100
    language: str | None = None
    accepted: frozenset[str] = frozenset()
    furniture: Furniture = ALL_RULES
