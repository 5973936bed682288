"""What a project holds: its tasks by key, and what its annotators meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.studio.client import Client, Project, Setup
    from kliping.studio.tasks import Key

__all__ = ["NOTHING", "Held", "Inventory", "take_inventory"]


class Held(NamedTuple):
    """A task of ours on the server: its number, whether it is touched, and what else its mark says.

    It is touched where anybody submitted, skipped or began anything on it.
    """

    task: int
    touched: bool
    sent: str | None
    shown: str | None


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a project holds.

    Attributes:
        project: the project, or None where there is none yet.
        setup: what its annotators meet.
        held: its tasks by key, each key's by number.
        foreign: how many tasks it has that are not ours.
    """

    project: Project | None = None
    setup: Setup | None = None
    held: Mapping[Key, tuple[Held, ...]] = field(default_factory=dict)
    foreign: int = 0

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of our tasks."""
        return frozenset(one.task for several in self.held.values() for one in several)


NOTHING = Inventory()
"""Of a project that is not there yet."""


def take_inventory(client: Client, project: Project) -> Inventory:
    """What a project holds now.

    Raises:
        ServerError: the server fails.
    """
    held: dict[Key, tuple[Held, ...]] = {}
    foreign = 0
    for listed in client.tasks.inventory(project.id):
        if listed.mark is None:
            foreign += 1
            continue
        one = Held(listed.task, listed.touched, listed.mark.sent, listed.mark.shown)
        held[listed.mark.key] = (*held.get(listed.mark.key, ()), one)
    return Inventory(project, client.projects.setup(project.id), held, foreign)
