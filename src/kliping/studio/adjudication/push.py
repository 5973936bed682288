"""What is open, to the adjudication project: each question once, however often a run is killed or begun again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kliping.annotation import adjudicate_article
from kliping.contract.adjudicating import adjudicating_config, layers_of
from kliping.errors import ServerError
from kliping.project import one_at_a_time
from kliping.records import Count, Receipt
from kliping.studio.adjudication.questions import letters, questions
from kliping.studio.adjudication.tasks import LAYERS, key_of, open_task, same_questions
from kliping.studio.adjudication.words import Words
from kliping.studio.client import Setup
from kliping.studio.projects import ADJUDICATION, description, find_project, title
from kliping.studio.tasks import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kliping.annotation import Adjudicated
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation, Article, Decision
    from kliping.studio.client import Client, Listed
    from kliping.studio.tasks import Key, Task

__all__ = ["Plan", "Wanted", "plan", "push_questions"]

ATTEMPTS = 3
"""How often an import is begun again after the server failed, from what it then has."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that the project should have: what its mark would say was sent, and itself."""

    sent: str
    task: Task


@dataclass(slots=True)
class Plan:
    """What to do in the project.

    Attributes:
        imports: tasks to send.
        deletions: numbers of tasks that nobody touched and that nobody needs, once all is imported.
        kept: keys whose questions are there, untouched or begun.
        left_open: tasks that were submitted or skipped with questions left open, which are open still.
        begun: tasks that somebody has begun while what is open changed: they are waited for.
    """

    imports: list[Task] = field(default_factory=list)
    deletions: list[int] = field(default_factory=list)
    kept: set[Key] = field(default_factory=set)
    left_open: list[int] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)


def plan(held: Mapping[Key, Sequence[Listed]], wanted: Mapping[Key, Wanted]) -> Plan:
    """What makes the project hold what is wanted.

    A task that somebody submitted or skipped stays for ever. One that nobody touched goes where its questions are
    settled, where it would be sent otherwise today, or where it is a twin.
    """
    made = Plan()
    for key in sorted(held.keys() | wanted.keys()):
        _plan_key(made, key, held.get(key, ()), wanted.get(key))
    return made


def _plan_key(made: Plan, key: Key, tasks: Sequence[Listed], want: Wanted | None) -> None:
    free = [one for one in tasks if not one.annotations]
    current = [one for one in free if want is not None and _sent(one) == want.sent]
    answered = [one for one in tasks if one.annotations and want is not None and same_questions(_sent(one), want.sent)]
    if want is not None and answered:
        made.left_open += [one.task for one in answered]
        made.kept.add(key)
        current = []
    begun = {one.task for one in free if one.begun}
    made.begun += sorted(begun - {one.task for one in current})
    stays = begun or {one.task for one in current[:1]}
    made.deletions += [one.task for one in free if one.task not in stays]
    if want is not None and not answered:
        if stays:
            made.kept.add(key)
        else:
            made.imports.append(want.task)


def _sent(one: Listed) -> str | None:
    return one.mark.sent if one.mark else None


@one_at_a_time("adjudicate")
def push_questions(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Make the adjudication project hold a task for each article with open questions, and no other untouched one.

    An article that a single annotator submitted waits for a second one: nothing of it is agreed or disagreed on yet.

    Raises:
        DataError: several projects are the adjudication's, or the ledger contradicts itself.
        ServerError: the server failed `ATTEMPTS` times.
    """
    found = _open_articles(corpus, contract)
    project, created, changed = _project(corpus, contract, client, found.letters, wanted=bool(found.wanted))
    if project is None:
        return _receipt(found, Plan(), imported=0, deleted=0, done=[])
    imported = _import(client, project, found.wanted, progress)
    last = _planned(client, project, found.wanted)
    deleted = client.tasks.delete_untouched(project, last.deletions)
    done = [
        (created, f"project {title(corpus.settings, ADJUDICATION)!r} created"),
        (changed, "the adjudication project has the contract's screen now"),
    ]
    return _receipt(found, last, imported=imported, deleted=deleted, done=done)


@dataclass(slots=True)
class _Open:
    """What is open in a corpus: the tasks that it wants, the letters they need, who is waited for."""

    wanted: dict[Key, Wanted] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    questions: int = 0
    waiting: int = 0


def _open_articles(corpus: Corpus, contract: Contract) -> _Open:
    annotations: dict[str, list[Annotation]] = defaultdict(list)
    decisions: dict[str, list[Decision]] = defaultdict(list)
    for annotation in corpus.annotations():
        annotations[annotation.article_id].append(annotation)
    for decision in corpus.decisions():
        decisions[decision.article_id].append(decision)
    found = _Open()
    settings = corpus.settings
    for article in corpus.articles():
        if article.id in annotations:
            one = adjudicate_article(
                article,
                annotations[article.id],
                decisions[article.id],
                single_annotator=settings.single_annotator,
                strategy=settings.adjudication.strategy,
            )
            _want(found, article, one, contract, settings.language)
    return found


def _want(found: _Open, article: Article, one: Adjudicated, contract: Contract, language: str) -> None:
    if one.gold is not None or not one.voters.counted:
        return
    if len(one.voters.counted) < 2:
        found.waiting += 1
        return
    asked = questions(article, one, contract.scheme, language)
    if not asked:
        return
    task, sent = open_task(article, one, asked, contract.scheme, language)
    found.wanted[key_of(article)] = Wanted(sent, task)
    found.questions += len(asked)
    named = letters(article.id, (annotation.annotator for annotation in one.voters.counted))
    if len(named) > len(found.letters):
        found.letters = list(named.values())


def _project(
    corpus: Corpus, contract: Contract, client: Client, needed: Sequence[str], *, wanted: bool
) -> tuple[int | None, bool, bool]:
    """The project's number, whether it is new, and whether its screen changed; none is made where nothing is open."""
    known = find_project(client, corpus.settings, ADJUDICATION)
    if known is None:
        if not wanted:
            return None, False, False
        setup = _setup(corpus, contract, needed)
        number = client.projects.create(
            title(corpus.settings, ADJUDICATION), description(corpus.settings, ADJUDICATION), setup
        )
        return number, True, False
    before = client.projects.setup(known.id)
    # Letters are only ever added: earlier tasks show layers of them.
    setup = _setup(corpus, contract, max(needed, layers_of(before.config), key=len))
    if before.config.strip() == setup.config.strip() and before.instruction == setup.instruction:
        return known.id, False, False
    client.projects.set_up(known.id, setup)
    return known.id, False, True


def _setup(corpus: Corpus, contract: Contract, needed: Sequence[str]) -> Setup:
    language = corpus.settings.language
    config = adjudicating_config(contract.scheme, language, needed)
    return Setup(config, instruction=Words(contract.scheme, language)["instruction"], model_version=LAYERS)


def _planned(client: Client, project: int, wanted: Mapping[Key, Wanted]) -> Plan:
    held: dict[Key, list[Listed]] = defaultdict(list)
    for listed in client.tasks.inventory(project):
        if listed.key is not None:
            held[listed.key].append(listed)
    return plan(held, wanted)


def _import(client: Client, project: int, wanted: Mapping[Key, Wanted], progress: Callable[[str], None]) -> int:
    """Send what is missing, by the inventory, again after each failure; how many tasks that was."""
    before: int | None = None
    for attempt in range(1, ATTEMPTS + 1):
        imports = _planned(client, project, wanted).imports
        before = len(imports) if before is None else before
        try:
            for batch in batches(imports):
                client.tasks.import_(project, batch.body)
                progress(f"{batch.tasks} articles with open questions imported")
        except ServerError as error:
            if attempt == ATTEMPTS:
                raise
            progress(f"{error}; taking the inventory and going on with what is missing")
        else:
            break
    return before or 0


def _receipt(found: _Open, last: Plan, *, imported: int, deleted: int, done: Iterable[tuple[bool, str]]) -> Receipt:
    kept = len(found.wanted.keys() & last.kept)
    notes = [note for times, note in done if times]
    return Receipt(
        step="adjudicate",
        counts=(Count(what="articles to adjudicate", taken=len(found.wanted), kept=kept),),
        changes=len(notes) + imported + deleted,
        notes=(*notes, *_notes(found, last, imported, deleted)),
    )


def _notes(found: _Open, last: Plan, imported: int, deleted: int) -> Iterator[str]:
    if imported:
        yield f"{imported} articles with open questions imported"
    if deleted:
        yield f"{deleted} tasks deleted that nobody had touched: settled, out of date, or sent twice"
    if found.questions:
        yield f"{found.questions} questions are open in the adjudication project"
    if found.waiting:
        yield f"{found.waiting} articles wait for a second annotator"
    if last.left_open:
        yield f"submitted or skipped with questions left open; answer them there: tasks {_numbers(last.left_open)}"
    if last.begun:
        yield f"begun, and waited for, although what is open has changed: tasks {_numbers(last.begun)}"


def _numbers(tasks: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(tasks)))
