"""What a server has of somebody's, held against what they submitted once: what it lacks, and what is newer there."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kliping.files import sha256
from kliping.studio.people.pseudonyms import pseudonym
from kliping.studio.projects import known_projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.project import Corpus
    from kliping.studio.client import Client
    from kliping.studio.restore.places import Whose
    from kliping.studio.restore.wanted import Submission

__all__ = ["Compared", "Print", "compare", "on_server", "print_of"]


class Print(NamedTuple):
    """What a submission is known by: a digest of what it says, and its task's and its own number on its server."""

    digest: str
    task: int
    annotation: int


class Compared(NamedTuple):
    """The places, in what was wanted, of what a server lacks; and how much it has that nobody asked for."""

    lacking: tuple[int, ...]
    newer: int


def print_of(one: Submission) -> Print:
    """What a submission is known by that was pulled once."""
    return Print(_digest(one.result, skipped=one.skipped), one.task, one.annotation)


def on_server(corpus: Corpus, client: Client, key: bytes) -> dict[Whose, list[Print]]:
    """What the server has of everybody's, in every project of the corpus but the adjudicators'.

    Raises:
        DataError: several projects are the same one.
        ServerError: the server fails.
    """
    people = {number: pseudonym(key, address) for number, address in client.people.addresses().items()}
    found: dict[Whose, list[Print]] = defaultdict(list)
    for project in known_projects(client, corpus.settings).values():
        for marked in client.tasks.marked(project.id):
            for made in marked.submitted:
                annotator = None if made.person is None else people.get(made.person)
                if marked.key is not None and annotator is not None:
                    digest = _digest(list(made.result), skipped=made.skipped)
                    found[marked.key, annotator].append(Print(digest, marked.task, made.id))
    return found


def compare(wanted: Sequence[Print], there: Sequence[Print]) -> Compared:
    """What a server lacks of one annotator's on one task.

    A submission is there where one says the same, or has its numbers: then it is the same one, as a server tells it.
    """
    left = list(there)
    lacking = []
    for place, one in enumerate(wanted):
        same = next((held for held in left if held.digest == one.digest), None)
        same = same or next((held for held in left if held[1:] == one[1:]), None)
        if same is None:
            lacking.append(place)
        else:
            left.remove(same)
    return Compared(tuple(lacking), len(left))


def _digest(result: object, *, skipped: bool) -> str:
    return sha256(json.dumps([result, skipped], sort_keys=True).encode())
