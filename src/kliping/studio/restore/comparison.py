"""What a server has of somebody's, held against what they submitted once: what it lacks, and what is newer there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kliping.studio.people.pseudonyms import pseudonym
from kliping.studio.projects import known_projects
from kliping.studio.restore.wanted import Print, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.project import Corpus
    from kliping.studio.client import Client
    from kliping.studio.restore.wanted import Submission, Whose

__all__ = ["Compared", "compare", "on_server"]


class Compared(NamedTuple):
    """The places, in what was wanted, of what a server lacks; and how much it has that nobody asked for."""

    lacking: tuple[int, ...]
    newer: int


def on_server(
    corpus: Corpus, client: Client, key: bytes, pulled: Mapping[Whose, Iterable[Submission]]
) -> dict[Whose, list[Print]]:
    """What the server has of everybody's, in every project of the corpus but the adjudicators'.

    Whose it is where the server has deleted the user, an earlier pull knew, by its numbers.

    Raises:
        DataError: several projects are the same one.
        ServerError: the server fails.
    """
    people = {number: pseudonym(key, address) for number, address in client.people.addresses().items()}
    knew = {(whose[0], one.known_by[1:]): whose[1] for whose, several in pulled.items() for one in several}
    found: dict[Whose, list[Print]] = defaultdict(list)
    for project in known_projects(client, corpus.settings).values():
        for marked in client.tasks.marked(project.id):
            for made in marked.submitted:
                if marked.key is None:
                    continue
                one = Print(digest(list(made.result), skipped=made.skipped), marked.task, made.id)
                known = None if made.person is None else people.get(made.person)
                annotator = known or knew.get((marked.key, one[1:]))
                found[marked.key, annotator or pseudonym(key, f"#{made.person}")].append(one)
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
