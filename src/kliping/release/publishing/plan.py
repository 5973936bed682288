"""What publishing does, before it is done."""

from __future__ import annotations

import msgspec

__all__ = ["Plan"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What publishing does; paths are those of the release.

    Attributes:
        place: where it goes, for people.
        send: files to send.
        there: files that are there already, byte for byte.
        remove: files of an earlier version that the newest state is to hold no more.
        steps: what else is done: a dataset made, a tag set, a folder named.
        notes: sentences for people.
    """

    place: str
    send: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """How much is changed there."""
        return len(self.send) + len(self.remove) + len(self.steps)
