"""A release and the versions around it: what it may be called, and what people are told of what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.release.versions.bump import bumped, follows, greater, predecessor, summary, too_little
from kliping.release.versions.difference import compare
from kliping.release.versions.record import recorded_versions
from kliping.release.versions.sides import recorded_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kliping.project import Corpus
    from kliping.release.versions.difference import Difference
    from kliping.release.versions.sides import Side

__all__ = ["FIRST", "Succession", "next_patch", "succeed"]

FIRST = "0.1.0"
"""What a first release is called where nobody says otherwise; it may be any version."""


@dataclass(frozen=True, slots=True)
class Succession:
    """A release that is built and not yet there, beside the greatest version below it."""

    old: Side | None
    """None for a first release, and for one below all others."""
    new: Side
    difference: Difference | None
    above: str | None
    """The least version above it that is recorded already."""

    @property
    def smallest(self) -> str:
        """The least version that it may have."""
        return follows(self.difference) if self.difference else FIRST

    def refuse(self) -> None:
        """Refuse a version that says less than what changed.

        Raises:
            DataError: it does; a line a reason, and then what to choose.
        """
        if self.difference is not None:
            reasons = too_little(self.difference, self.new.head.version, self.above)
            if reasons:
                raise DataError("\n".join(reasons))

    def named(self) -> Succession:
        """The same under the least version that it may have."""
        new = replace(self.new, head=replace(self.new.head, version=self.smallest))
        difference = replace(self.difference, new=new.head) if self.difference else None
        return replace(self, new=new, difference=difference)

    def notes(self) -> Iterator[str]:
        """What changed, and what to know about the version."""
        if self.difference is not None:
            yield summary(self.difference)
        yield from self.caveats()

    def caveats(self) -> Iterator[str]:
        """That a greater version is there."""
        if self.above is not None:
            what = "there is no older one to compare with" if self.old is None else "this one mends an older line"
            yield f"{self.above} was released before it, and was not compared with it: {what}"


def succeed(corpus: Corpus, new: Side, inputs_under: Callable[[str], str]) -> Succession:
    """A release beside the versions that are recorded.

    Args:
        corpus: an opened corpus.
        new: the release.
        inputs_under: the digest that its inputs would have under an older version.

    Raises:
        CallError: the version before is of a corpus with another name.
        DataError: its record is damaged.
    """
    recorded = recorded_versions(corpus)
    before = predecessor(recorded, new.head.version)
    old = recorded_side(corpus, before) if before is not None else None
    difference = compare(old, new) if old is not None else None
    if old is not None and difference is not None and set(difference.counts) == {"inputs_changed"}:
        new = replace(new, head=replace(new.head, inputs_sha256=inputs_under(old.head.version)))
        difference = compare(old, new)
    return Succession(old, new, difference, greater(recorded, new.head.version))


def next_patch(corpus: Corpus) -> str:
    """The least version above all that are recorded."""
    recorded = recorded_versions(corpus)
    return bumped(recorded[-1], None) if recorded else FIRST
