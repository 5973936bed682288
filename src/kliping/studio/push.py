"""Articles to the server: each once, however often a push is killed or run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.contract.labeling import labeling_config
from kliping.errors import DataError, ServerError
from kliping.files import write_bytes
from kliping.records import Count, Receipt
from kliping.studio.client import Setup
from kliping.studio.projects import description, find_project, title
from kliping.studio.screen import lacking
from kliping.studio.tasks import Key, batches, task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client

__all__ = ["push"]

ATTEMPTS = 3
"""How often an import is begun again after the server failed, from what it then has."""


def push(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Make the corpus's project what the corpus is: its screen, and a task for each article.

    The server recognises nothing that it has, and may have stored what it did not confirm. So every import goes by the
    inventory of the tasks' keys, taken again after each failure.

    Raises:
        DataError: there are no articles, two projects have the title, or annotations use what the screen would lose.
        ServerError: the server failed `ATTEMPTS` times.
    """
    config = labeling_config(contract.scheme, corpus.settings.language)
    if next(corpus.articles(), None) is None:
        raise DataError(f"{corpus.corpus / 'articles'}: no articles; run `kliping normalise` first")
    derived = write_bytes(corpus.labeling, config.encode())
    known = find_project(client, corpus.settings)
    created = known is None
    project = (
        known.id
        if known
        else client.projects.create(title(corpus.settings), description(corpus.settings), Setup(config))
    )
    changed = _set_screen(client, project, config)
    before = sum(map(len, _inventory(client, project).values()))
    _import(corpus, contract, client, project, progress)
    held = _inventory(client, project)
    imported = sum(map(len, held.values())) - before
    deleted = _delete_twins(client, held)
    return _receipt(
        corpus,
        held,
        [
            (created, f"project {title(corpus.settings)!r} created"),
            (changed, "the project has the contract's screen now"),
            (derived, f"{corpus.labeling.relative_to(corpus.root)} written"),
            (imported, f"{imported} imported"),
            (deleted, f"{deleted} deleted that an earlier push had sent twice; nothing was on them"),
        ],
    )


def _set_screen(client: Client, project: int, config: str) -> bool:
    """Give the project the derived screen; whether it had another."""
    if client.projects.setup(project).config.strip() == config.strip():  # the server drops the last line's end
        return False
    lost = lacking(
        config, (item for one in client.tasks.marked(project) for made in one.submitted for item in made.result)
    )
    if lost:
        raise DataError(
            f"{client.url}: annotations of project {project} use what the contract's screen lacks: {', '.join(lost)}; "
            "keep these in schema/corpus.schema.json, not deprecated, until the project is done"
        )
    client.projects.set_up(project, Setup(config))
    return True


def _inventory(client: Client, project: int) -> dict[Key, list[tuple[int, int]]]:
    """The tasks of each key, with the number of their annotations; tasks of others are left out."""
    held: dict[Key, list[tuple[int, int]]] = {}
    for listed in client.tasks.inventory(project):
        if listed.key is not None:
            held.setdefault(listed.key, []).append((listed.task, listed.annotations))
    return held


def _import(corpus: Corpus, contract: Contract, client: Client, project: int, progress: Callable[[str], None]) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        held = _inventory(client, project)
        missing = (
            task(article, contract.scheme, corpus.settings.language)
            for article in corpus.articles()
            if Key(article.id, article.text_sha256) not in held
        )
        sent = 0
        try:
            for batch in batches(missing):
                client.tasks.import_(project, batch)
                sent += len(batch)
                progress(f"{sent} articles imported")
        except ServerError as error:
            if attempt == ATTEMPTS:
                raise
            progress(f"{error}; taking the inventory and going on with what is missing")
        else:
            return


def _delete_twins(client: Client, held: dict[Key, list[tuple[int, int]]]) -> int:
    """Delete the untouched ones of several tasks for one text, but for one: a request that was stored after all."""
    deleted = 0
    for tasks in held.values():
        untouched = [number for number, annotations in tasks if not annotations]
        for number in untouched[0 if len(untouched) < len(tasks) else 1 :]:
            if client.tasks.is_untouched(number):
                client.tasks.delete(number)
                deleted += 1
    return deleted


def _receipt(corpus: Corpus, held: dict[Key, list[tuple[int, int]]], done: Sequence[tuple[int, str]]) -> Receipt:
    wanted = {Key(article.id, article.text_sha256) for article in corpus.articles()}
    others = len(held.keys() - wanted)
    seen = (others, f"{others} tasks of earlier texts, or of articles that are no longer here, are kept on the server")
    return Receipt(
        step="push",
        counts=(Count(what="articles", taken=len(wanted), kept=len(held.keys() & wanted)),),
        changes=sum(changes for changes, _ in done),
        notes=tuple(note for times, note in (*done, seen) if times),
    )
