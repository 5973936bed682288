"""The address that a page gives itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kliping.normaliser.page.linked_data import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.normaliser.page.linked_data import LinkedData
    from kliping.normaliser.page.marks import Marks

__all__ = ["host", "linked_addresses", "marked_addresses"]


def marked_addresses(marks: Marks, base: str | None) -> tuple[str, ...]:
    """The addresses of the canonical links and of OpenGraph, absolute; `base` is where the page was fetched."""
    return tuple(_absolute((*marks.canonical, *marks.metas("og:url")), base))


def linked_addresses(linked: LinkedData, base: str | None) -> tuple[str, ...]:
    """The addresses that JSON-LD gives the article and its page, absolute."""
    pages = (node.get("mainEntityOfPage") for node in linked.articles)
    identifiers = (page.get("@id") if isinstance(page, dict) else page for page in pages)
    stated = (*linked.strings("url"), *(one for identifier in identifiers for one in strings(identifier)))
    return tuple(_absolute(stated, base))


def host(address: str | None) -> str | None:
    """The host of an address, or None."""
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _absolute(addresses: Iterable[str], base: str | None) -> Iterator[str]:
    """Addresses of the web, absolute. One without a path is the site's, as careless templates write it."""
    for address in addresses:
        try:
            parts = urlsplit(urljoin(base or "", address.strip()))
            spelled = parts.geturl()
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc and (parts.path.strip("/") or parts.query):
            yield spelled
