"""Rebuilding a lost server: accounts, the tasks that people worked on with what they submitted, then what a push adds.

What is there already is not sent again: a run that was killed is finished by the next, and a server that has lost
nothing is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from kliping.contract.labeling import arrow_names
from kliping.files import read_shards
from kliping.project import one_at_a_time
from kliping.records import Count, Receipt
from kliping.studio.people.pseudonyms import bind_key, pseudonym_key
from kliping.studio.push import push
from kliping.studio.push.wanted import open_source
from kliping.studio.restore.accounts import open_accounts, passwords_file
from kliping.studio.restore.comparison import Compared, compare, on_server
from kliping.studio.restore.places import open_places
from kliping.studio.restore.wanted import Refused, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client
    from kliping.studio.restore.accounts import Accounts
    from kliping.studio.restore.places import Places
    from kliping.studio.restore.wanted import Print, Submission, Whose
    from kliping.studio.tasks import Key

__all__ = ["restore"]

NAMED = 20
"""Submissions that could not be restored and that the receipt names one by one."""


class _Text(msgspec.Struct, frozen=True):
    id: str
    text_sha256: str


class _Texts:
    """Which texts the corpus has, without the texts."""

    def __init__(self, corpus: Corpus) -> None:
        self.current = {one.id: one.text_sha256 for one in read_shards(corpus.corpus / "articles", _Text)}
        earlier = {(one.id, one.text_sha256) for one in read_shards(corpus.corpus / "revisions", _Text)}
        self._all = earlier | set(self.current.items())

    def has(self, key: Key) -> bool:
        return key[:2] in self._all


@dataclass(slots=True)
class _Work:
    """All that there is to restore, by whose it is, and what cannot be."""

    submissions: dict[Whose, list[Submission]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Refused] = field(default_factory=list)

    def compared(self, whose: Whose, there: Mapping[Whose, list[Print]]) -> Compared:
        return compare([one.known_by for one in self.submissions[whose]], there.get(whose, []))

    def lacking(self, there: Mapping[Whose, list[Print]]) -> dict[Whose, list[Submission]]:
        """What a server lacks; where its annotator submitted something else there since, it lacks nothing."""
        found = {}
        for whose, several in self.submissions.items():
            lacking, newer = self.compared(whose, there)
            if lacking and not newer:
                found[whose] = [several[place] for place in lacking]
        return found


@one_at_a_time("studio restore")
def restore(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Make a server what it was when it was pulled last: projects, tasks, accounts, annotations, skips, quarantine.

    Memory grows with what was submitted.

    Raises:
        CallError: the settings allow no such projects.
        DataError: the pseudonym key is another than the corpus's, or a file is broken.
        ServerError: the server fails; the next run goes on from what it then has.
    """
    key = pseudonym_key()
    bind_key(corpus, key)
    source, work = open_source(corpus, contract), _gather(corpus, contract)
    lacking = work.lacking(on_server(corpus, client, key, work.submissions))
    accounts = open_accounts(corpus, client, key, {annotator for _, annotator in lacking}, progress)
    places = open_places(source, client, lacking, accounts.numbers, progress)
    sent = places.made_submissions + _submit(client, lacking, places.tasks, accounts.numbers, progress)
    pushed = push(corpus, contract, client, progress)
    there = on_server(corpus, client, key, work.submissions)
    _give_way(work, there)
    return _receipt(corpus, client, pushed, work, _Outcome(accounts, places, there, sent))


def _submit(
    client: Client,
    lacking: Mapping[Whose, list[Submission]],
    tasks: Mapping[Whose, int],
    people: Mapping[str, int],
    progress: Callable[[str], None],
) -> int:
    """Submit what is lacking on tasks that are there; how many they were."""
    sent = 0
    for whose, task in tasks.items():
        for made in lacking[whose]:
            client.annotations.submit(
                task,
                msgspec.json.decode(made.result, type=list[dict[str, Any]]),
                skipped=made.skipped,
                lead_time=made.lead_time,
                person=people[whose[1]],
            )
            sent += 1
            progress(f"{sent} submissions restored on tasks that were there")
    return sent


def _give_way(work: _Work, there: Mapping[Whose, list[Print]]) -> None:
    """Name what was not sent because its annotator has submitted the task anew: that is what they say today."""
    for whose, several in work.submissions.items():
        lacking, newer = work.compared(whose, there)
        if newer and lacking:
            work.refused.append(_refused(whose, "they have submitted it anew", [several[place] for place in lacking]))
            work.submissions[whose] = [one for place, one in enumerate(several) if place not in lacking]


def _refused(whose: Whose, reason: str, several: Iterable[Submission]) -> Refused:
    key, annotator = whose
    made = list(several)
    name = f"{key.article_id}.{annotator}.{key.round}"
    return Refused(name, reason, sum(one.annotations for one in made), sum(one.lines for one in made))


def _gather(corpus: Corpus, contract: Contract) -> _Work:
    texts, work = _Texts(corpus), _Work()
    for one in wanted(corpus, texts.current, arrow_names(contract.scheme, corpus.settings.language)):
        if isinstance(one, Refused):
            work.refused.append(one)
        elif texts.has(one.key):
            work.submissions[one.key, one.annotator] += one.submissions
        else:
            reason = f"the corpus has not the text that it was made on ({one.key.text_sha256[:12]}…)"
            work.refused.append(_refused((one.key, one.annotator), reason, one.submissions))
    return work


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a run did, and what the server has after it."""

    accounts: Accounts
    places: Places
    there: Mapping[Whose, list[Print]]
    sent: int


def _receipt(corpus: Corpus, client: Client, pushed: Receipt, work: _Work, outcome: _Outcome) -> Receipt:
    accounts, places = outcome.accounts, outcome.places
    annotators = {annotator for _, annotator in work.submissions}
    left = {annotator for _, annotator in work.lacking(outcome.there)}
    return Receipt(
        step="restore",
        counts=(
            *pushed.counts,
            _count("annotations", work, outcome, lambda one: one.annotations),
            _count("lines in quarantine", work, outcome, lambda one: one.lines),
            Count(what="annotators", taken=len(annotators), kept=len(annotators - left)),
        ),
        changes=pushed.changes + len(accounts.made) + places.made_projects + places.made_tasks + outcome.sent,
        notes=(*pushed.notes, *_notes(corpus, client, work, outcome)),
    )


def _count(what: str, work: _Work, outcome: _Outcome, number: Callable[[Submission | Refused], int]) -> Count:
    """What was to be restored, what the server has of it after the run, and what could not be."""
    taken = kept = 0
    for whose, several in work.submissions.items():
        lacking = work.compared(whose, outcome.there).lacking
        taken += sum(map(number, several))
        kept += sum(number(one) for place, one in enumerate(several) if place not in lacking)
    refused = sum(map(number, work.refused))
    return Count(what=what, taken=taken + refused, kept=kept, set_aside=refused)


def _notes(corpus: Corpus, client: Client, work: _Work, outcome: _Outcome) -> Iterator[str]:
    accounts, places = outcome.accounts, outcome.places
    if places.made_projects:
        yield f"projects made: {places.made_projects}"
    if places.made_tasks:
        yield f"{places.made_tasks} tasks restored, with what was submitted on them"
    if accounts.made:
        yield (
            f"{len(accounts.made)} accounts made; their passwords are in {passwords_file(corpus, client.url)}: hand "
            "them out"
        )
    for annotator in accounts.stand_ins:
        yield f"{annotator}: an account that stands in for them: this machine does not know their address"
    if outcome.sent:
        yield f"{outcome.sent} submissions restored; run `kliping pull`"
    for one in work.refused[:NAMED]:
        yield f"not restored: {one.name}: {one.reason}"
    if len(work.refused) > NAMED:
        yield f"and {len(work.refused) - NAMED} more were not restored"
