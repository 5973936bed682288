"""The title of a page: what it states in several places, without the site's name."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kliping.normaliser.page.likeness import is_sites_name, likeness, site_names, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["page_title", "without_site"]

MOST = 20
"""So many separators of a title are looked at."""

_SEPARATOR = re.compile(r"\s+[-–—|·•»«/]+\s+|\s*[|：•»]\s*|\s+::\s+|\s+:\s+")


def page_title(
    shared: Sequence[str], headlines: Sequence[str], headings: Sequence[str], head: str, site: Sequence[str]
) -> str | None:
    """The title: OpenGraph's, else JSON-LD's, else a heading's, else the head's; without a segment that is the site's.

    Args:
        shared: titles for sharing (OpenGraph, Twitter).
        headlines: headlines of JSON-LD and microdata.
        headings: the headings of the first level.
        head: the `title` of the head.
        site: names of the site, and hosts.
    """
    confirmed = [heading for heading in headings if _is_stated(heading, (*shared, *headlines, head))]
    others = [*headlines, *(confirmed or headings[:1])]
    stated = (*_shared(shared, others), *headlines[:1], *(confirmed or headings)[:1], head)
    titles = [title for title in stated if squeezed(title)]
    names = site_names(site)
    best = next((title for title in titles if squeezed(title) not in names), next(iter(titles), None))
    return without_site(best, confirmed, others, site) if best else None


def _shared(shared: Sequence[str], others: Sequence[str]) -> Sequence[str]:
    """The titles for sharing, and before a first one that stands alone the second that the page itself confirms."""
    known = {squeezed(other) for other in others}
    if len(shared) > 1 and squeezed(shared[0]) not in known and squeezed(shared[1]) in known:
        return shared[1:]
    return shared


def without_site(title: str, whole: Iterable[str], others: Iterable[str], site: Iterable[str]) -> str:
    """A title without a segment that is the site's: the rest is another title, or the segment a name of the site."""
    if squeezed(title) in {squeezed(other) for other in whole}:
        return title
    known = {squeezed(other) for other in others}
    names = site_names(site)
    while True:
        rest = next(
            (rest for rest, segment in _cuts(title) if squeezed(rest) in known or is_sites_name(segment, names)), ""
        )
        if not squeezed(rest):
            return title
        title = rest


def _is_stated(heading: str, titles: Iterable[str]) -> bool:
    return any(likeness(heading, title) >= 0.4 for title in titles if title)


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """A title cut at each separator, the last first: the rest, and the segment before or after it."""
    places = list(islice(_SEPARATOR.finditer(title), MOST))
    for place in reversed(places):
        yield title[: place.start()].strip(), title[place.end() :].strip()
    for place in places:
        yield title[place.end() :].strip(), title[: place.start()].strip()
