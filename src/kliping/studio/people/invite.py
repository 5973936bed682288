"""Inviting annotators: a pseudonym for each from the first day, and their addresses in the private file alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kliping.project import one_at_a_time
from kliping.studio.people.addresses import keep_addresses, refuse_non_addresses
from kliping.studio.people.pseudonyms import bind_key, keep_fingerprint, pseudonym, pseudonym_key
from kliping.studio.projects import SHARED, annotator_role, find_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kliping.project import Corpus
    from kliping.studio.client import Client

__all__ = ["Invitation", "Invited", "invite", "settings_lines"]


class Invited(msgspec.Struct, frozen=True):
    """Somebody who is invited: who they are in the corpus, and where they work.

    Attributes:
        annotator: the pseudonym.
        account: whether the server knows them already.
        named: whether the settings name them.
        project: the address of the project that they annotate in; None until the next push makes it.
    """

    annotator: str
    account: bool
    named: bool
    project: str | None


class Invitation(msgspec.Struct, frozen=True):
    """What the maintainer passes on: the link to sign up with, alike for all, and whom it is for, as they were given.

    Attributes:
        link: where they sign up, each with their own address.
        people: who is invited, in the order of the addresses.
        add: lines for pyproject.toml, for those whom it does not name; empty is none.
    """

    link: str
    people: tuple[Invited, ...]
    add: str


@one_at_a_time("studio invite")
def invite(corpus: Corpus, client: Client, addresses: Sequence[str]) -> Invitation:
    """Give people a pseudonym, keep their addresses privately, and ask the server for the link to sign up with.

    Nothing is sent to anybody; the settings are not edited.

    Raises:
        CallError: something given is no address; it is not shown.
        DataError: the pseudonym key is another than the corpus's.
        ServerError: the server fails.
    """
    given = [one.strip() for one in addresses]
    refuse_non_addresses(given)
    key = pseudonym_key()
    bind_key(corpus, key)
    link = client.people.invitation()
    known = {pseudonym(key, one) for one in client.people.addresses().values()}
    invited = list(dict.fromkeys(pseudonym(key, one) for one in given))
    people = tuple(_invited(corpus, client, one, account=one in known) for one in invited)
    keep_addresses(key, given)
    keep_fingerprint(corpus, key)
    return Invitation(link, people, settings_lines(one.annotator for one in people if not one.named))


def settings_lines(annotators: Iterable[str]) -> str:
    """The tables of pyproject.toml that name annotators; they may stand anywhere in it."""
    return "\n\n".join(
        f"[tool.kliping.annotators.people.{one}]\n"
        '# languages = ["id"]    sources = ["kabar"]    share = 0.5    (all that they read, and an equal share)'
        for one in annotators
    )


def _invited(corpus: Corpus, client: Client, annotator: str, *, account: bool) -> Invited:
    settings = corpus.settings
    project = find_project(client, settings, annotator_role(annotator) if settings.annotators.blind else SHARED)
    return Invited(
        annotator=annotator,
        account=account,
        named=annotator in settings.annotators.people,
        project=None if project is None else f"{client.url}/projects/{project.id}/data",
    )
