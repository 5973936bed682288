"""The numbers that the rules go by, with their names: a source may set each in its furniture."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a line of each kind may be, in code points, and the names it may hold, in words.

    Attributes:
        longest_title: a first line with more is a paragraph.
        distinct_title: a title with fewer may begin an ordinary paragraph by chance; it is never taken as glued.
        longest_subtitle: a line below the title with more is a paragraph.
        longest_heading: a line between two paragraphs with more is a paragraph.
        longest_numbered_heading: the same for `1. Heading`.
        longest_related: a line with a label such as `Read also:` and more than this is a paragraph.
        longest_byline: a line with names and more than this is a paragraph.
        longest_dateline: what stands before the dash of a dateline is at most this long.
        longest_caption: a line that says itself that it is about a picture is at most this long.
        longest_caption_below_head: a line right below the title or a heading that ends in a credit, likewise.
        longest_credit: words after a label such as `Photo:` with more are a caption.
        longest_signature: brackets after the body with more are a paragraph.
    """

    longest_title: int = 200
    distinct_title: int = 15
    longest_subtitle: int = 200
    longest_heading: int = 100
    longest_numbered_heading: int = 150
    longest_related: int = 250
    longest_byline: int = 120
    longest_dateline: int = 90
    longest_caption: int = 400
    longest_caption_below_head: int = 300
    longest_credit: int = 80
    longest_signature: int = 60


LIMITS = Limits()
"""The numbers that hold where a source says nothing."""
