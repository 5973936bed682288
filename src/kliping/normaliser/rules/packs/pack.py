"""What a language pack holds."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pack"]


@dataclass(frozen=True, slots=True)
class Pack:
    """The furniture words of one language, lower-case, without the colon."""

    related: tuple[str, ...]
    """Before the title of another article that the body points to."""
    topics: tuple[str, ...]
    """Before the article's topics."""
    others: tuple[str, ...]
    """Above a list of other articles at the end."""
    authors: tuple[str, ...]
    """Before a colon and the authors' names."""
    by: tuple[str, ...]
    """Before the authors' names, without a colon."""
    editors: tuple[str, ...]
    """Before a colon and someone who is no author."""
    credits: tuple[str, ...]
    """Before the credit, or the caption, of a picture."""
    interruptions: tuple[str, ...]
    """Lines that interrupt an article and mean nothing: advertisements, buttons."""
    conjunctions: tuple[str, ...]
    """Between two names."""
    particles: tuple[str, ...]
    """Lower-case words inside names of people, places and media."""
    months: tuple[str, ...]
    """Names of months and days, whole and cut short."""
    in_dates: tuple[str, ...] = ()
    """Words inside a date that are no months, such as `de` in `5 de marzo`."""
    rights: tuple[str, ...] = ()
    """What a line that says who holds the rights begins with, or ends with."""
    newsrooms: tuple[str, ...] = ()
    """Single words that may stand for the authors after a `by` without a colon, where one word is no full name."""
