"""Pulling from a server: what moved, the lines of the articles that it moved, and the files where a line changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError
from kliping.files import sha256
from kliping.project import keep_names, one_at_a_time
from kliping.records import Receipt
from kliping.studio.people.addresses import keep_addresses
from kliping.studio.people.pseudonyms import bind_key, fingerprint, pseudonym, pseudonym_key
from kliping.studio.projects import known_projects
from kliping.studio.pull.deriving import Setting, derive
from kliping.studio.pull.earlier import read_earlier, refuse_loss
from kliping.studio.pull.facts import fact, note
from kliping.studio.pull.lines import drop_unchanged, put_fresh, settle_fresh
from kliping.studio.pull.receipt import compare, notes
from kliping.studio.pull.refresh import refresh
from kliping.studio.pull.storing import store, with_mirror
from kliping.studio.pull.tallies import keep_tallies, totals
from kliping.studio.pull.texts import Texts
from kliping.studio.pull.told import FOREIGN, forget_server, keep_people, rows_of
from kliping.studio.results.offsets import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kliping.contract import Contract
    from kliping.project import Corpus, Person
    from kliping.studio.client import Client, Project
    from kliping.studio.pull.mirror import Mirror
    from kliping.studio.results.offsets import Unit

__all__ = ["pull"]

DERIVING = "2"
"""Of the rules by which lines are derived; another one derives all of them anew."""


@one_at_a_time("pull")
def pull(
    corpus: Corpus,
    contract: Contract,
    client: Client,
    progress: Callable[[str], None] = lambda _: None,
    *,
    full: bool = False,
) -> Receipt:
    """Write `annotations/pulled/`, `quarantine.jsonl` and `key.json` from all that the server has.

    Only what moved since the last pull is read, by the server's clock. Of several submissions by one person on one
    article in one round, the newest is taken and the older are quarantined. What was deleted on the server is removed
    here and named. What came from a file (`pull_file`) stays.

    Args:
        corpus: whose projects.
        contract: labels and rules.
        client: of the server.
        progress: told what takes long.
        full: read everything, whatever was known.

    Raises:
        CallError: the server has no project of the corpus.
        DataError: the pseudonym key is another than the corpus's, the server lost what was pulled earlier, or another
            pull is at work.
        ServerError: the server fails; nothing is written.
    """
    asked = _Asked(corpus, contract, client, progress, full, *_known(corpus, client))
    receipt = with_mirror(corpus, lambda mirror: _pull(mirror, asked))
    keep_addresses(asked.key, asked.addresses.values())
    keep_names(corpus, asked.key, asked.everyone.values())
    return receipt


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a pull was called with, and what the server says first: the projects, and whose each user's number is."""

    corpus: Corpus
    contract: Contract
    client: Client
    progress: Callable[[str], None]
    full: bool
    key: bytes
    everyone: Mapping[int, Person]
    projects: Sequence[Project]

    @property
    def addresses(self) -> dict[int, str]:
        """The users' addresses by number."""
        return {number: one.address for number, one in self.everyone.items()}


def _known(corpus: Corpus, client: Client) -> tuple[bytes, Mapping[int, Person], Sequence[Project]]:
    key = pseudonym_key()
    bind_key(corpus, key)
    projects = list(known_projects(client, corpus.settings).values())
    if not projects:
        raise CallError(
            f"{client.url}: no project is that of the corpus {corpus.settings.name}; run `kliping push` first, or "
            "`kliping studio restore` if the server lost it, or mend LABEL_STUDIO_URL"
        )
    return key, client.people.everyone(), projects


def _pull(mirror: Mirror, asked: _Asked) -> Receipt:
    corpus, client, key = asked.corpus, asked.client, asked.key
    _choose_server(mirror, client.url, [one.id for one in asked.projects])
    people = {number: pseudonym(key, address) for number, address in asked.addresses.items()}
    keep_people(mirror, people)
    texts = Texts(corpus, mirror)
    tie = unit_of(client.version())
    setting = Setting(
        asked.contract, key, people, texts.get, _Models(mirror, client).version, tie, tuple(corpus.relabelled())
    )
    _choose_recipe(mirror, _recipe(asked.contract, key, texts, tie), full=asked.full)
    for project in asked.projects:
        asked.progress(f"reading what moved in project {project.id}")
        refresh(mirror, client, project, full=asked.full, between=lambda: derive_dirty(mirror, setting, foreign=False))
    derive_dirty(mirror, setting)
    drop_unchanged(mirror)
    refuse_loss(mirror, client.url)
    difference = compare(mirror)
    settle_fresh(mirror)
    told = tuple(notes(mirror, difference, client.url))
    counts = totals(mirror)
    return Receipt(step="pull", counts=counts, changes=store(mirror, corpus, key, difference.changes), notes=told)


def derive_dirty(mirror: Mirror, setting: Setting, *, foreign: bool = True) -> None:
    """Derive the lines of every article that something changed of.

    Args:
        mirror: opened.
        setting: what to read with.
        foreign: derive also what is on tasks that are not ours, all at once: not after each page.
    """
    dirty = [article for (article,) in mirror.execute("SELECT article FROM dirty ORDER BY article")]
    dirty = [article for article in dirty if foreign or article != FOREIGN]
    for article in dirty:
        rows = list(rows_of(mirror, article))
        derived = derive(setting, rows, read_earlier(mirror, article))
        put_fresh(mirror, article, derived.annotations, derived.quarantined)
        keep_tallies(mirror, article, derived)
    mirror.executemany("DELETE FROM dirty WHERE article = ?", [(article,) for article in dirty])


def _choose_server(mirror: Mirror, url: str, projects: Collection[int]) -> None:
    """Forget what another server told, or a project that is no longer the corpus's."""
    server = sha256(url.encode())
    forget_server(mirror, projects if fact(mirror, "server") == server else ())
    note(mirror, "server", server)


def _choose_recipe(mirror: Mirror, recipe: str, *, full: bool) -> None:
    """Derive everything anew where anything is another that lines are derived with."""
    if full:
        mirror.execute("DELETE FROM models")
    if full or fact(mirror, "recipe") != recipe:
        mirror.execute("INSERT OR IGNORE INTO dirty SELECT article FROM tasks UNION SELECT article FROM lines")
    note(mirror, "recipe", recipe)


def _recipe(contract: Contract, key: bytes, texts: Texts, tie: Unit | None) -> str:
    schema = {
        name: document for name, document in sorted(contract.documents.items()) if name in ("annotation", "corpus")
    }
    parts = [DERIVING, repr(contract.scheme), schema, fingerprint(key), texts.state, tie]
    return sha256(msgspec.json.encode(parts))


class _Models:
    """The model versions of predictions, asked of the server once where the mirror lacks one."""

    def __init__(self, mirror: Mirror, client: Client) -> None:
        self._mirror = mirror
        self._client = client
        self._asked: set[int] = set()

    def version(self, project: int, prediction: int) -> str:
        """The model version of a prediction; empty where the server has none."""
        found = self._known(prediction)
        if found is None and project not in self._asked:
            self._asked.add(project)
            versions = self._client.changes.models(project)
            self._mirror.executemany("INSERT OR REPLACE INTO models VALUES (?, ?)", versions.items())
            found = self._known(prediction)
        return found or ""

    def _known(self, prediction: int) -> str | None:
        found = self._mirror.execute("SELECT version FROM models WHERE prediction = ?", (prediction,)).fetchone()
        return str(found[0]) if found else None
