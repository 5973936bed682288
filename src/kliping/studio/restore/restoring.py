"""Rebuilding a lost server: push, accounts, tasks of earlier texts, and then what everybody submitted, as theirs.

What is there already is not sent again: a run that was killed is finished by the next, and a server that has lost
nothing is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.files import read_shards
from kliping.records import Count, Receipt
from kliping.studio.people.pseudonyms import bind_key, pseudonym_key
from kliping.studio.push import push
from kliping.studio.restore.accounts import open_accounts, passwords_file
from kliping.studio.restore.comparison import Compared, Print, compare, on_server, print_of
from kliping.studio.restore.places import open_places
from kliping.studio.restore.wanted import Refused, Wanted, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client
    from kliping.studio.restore.accounts import Accounts
    from kliping.studio.restore.places import Places, Whose
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


class _Part(NamedTuple):
    """A submission in numbers: annotations, and lines of the quarantine."""

    known_by: Print
    annotations: int
    lines: int


@dataclass(slots=True)
class _Work:
    """All that there is to restore, by whose it is, and what cannot be."""

    parts: dict[Whose, list[_Part]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Refused] = field(default_factory=list)

    def compared(self, whose: Whose, there: Mapping[Whose, list[Print]]) -> Compared:
        return compare([part.known_by for part in self.parts[whose]], there.get(whose, []))


def restore(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Make a server what it was when it was pulled last: projects, tasks, accounts, annotations, skips, quarantine.

    Raises:
        CallError: the settings allow no such projects.
        DataError: the pseudonym key is another than the corpus's, or a file is broken.
        ServerError: the server fails; the next run goes on from what it then has.
    """
    key = pseudonym_key()
    bind_key(corpus, key)
    pushed = push(corpus, contract, client, progress)
    texts, work = _Texts(corpus), _Work()
    for one in _restorable(corpus, texts, work.refused):
        parts = (_Part(print_of(made), made.annotations, made.lines) for made in one.submissions)
        work.parts[one.key, one.annotator] += parts
    accounts = open_accounts(corpus, client, key, {annotator for _, annotator in work.parts}, progress)
    places = open_places(corpus, contract, client, work.parts)
    there = on_server(corpus, client, key)
    sent = 0
    for one in _restorable(corpus, texts, []):
        whose = one.key, one.annotator
        lacking, newer = work.compared(whose, there)
        for number in () if newer else lacking:
            made, person = one.submissions[number], accounts.numbers[one.annotator]
            client.annotations.submit(
                places.tasks[whose], made.result, skipped=made.skipped, lead_time=made.lead_time, person=person
            )
            sent += 1
            progress(f"{sent} submissions restored")
    after = on_server(corpus, client, key) if sent else there
    _give_way(work, after)
    return _receipt(corpus, client, pushed, work, _Outcome(accounts, places, after, sent))


def _give_way(work: _Work, there: Mapping[Whose, list[Print]]) -> None:
    """Name what was not sent because its annotator has submitted the task anew: that is what they say today."""
    for whose, parts in work.parts.items():
        lacking, newer = work.compared(whose, there)
        if newer and lacking:
            key, annotator = whose
            lost = [parts[number] for number in lacking]
            name = f"{key.article_id}.{annotator}.{key.round}"
            annotations, lines = sum(part.annotations for part in lost), sum(part.lines for part in lost)
            work.refused.append(Refused(name, "they have submitted it anew on this server", annotations, lines))
            work.parts[whose] = [part for number, part in enumerate(parts) if number not in lacking]


def _restorable(corpus: Corpus, texts: _Texts, refused: list[Refused]) -> Iterator[Wanted]:
    """What can be submitted; what cannot is added to `refused`."""
    for one in wanted(corpus, texts.current):
        if isinstance(one, Refused):
            refused.append(one)
        elif texts.has(one.key):
            yield one
        else:
            name = f"{one.key.article_id}.{one.annotator}.{one.key.round}"
            reason = f"the corpus has not the text that it was made on ({one.key.text_sha256[:12]}…)"
            annotations = sum(made.annotations for made in one.submissions)
            refused.append(Refused(name, reason, annotations, sum(made.lines for made in one.submissions)))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a run did, and what the server has after it."""

    accounts: Accounts
    places: Places
    there: Mapping[Whose, list[Print]]
    sent: int


def _receipt(corpus: Corpus, client: Client, pushed: Receipt, work: _Work, outcome: _Outcome) -> Receipt:
    accounts, places = outcome.accounts, outcome.places
    annotators = len({annotator for _, annotator in work.parts})
    return Receipt(
        step="restore",
        counts=(
            *pushed.counts,
            _count("annotations", work, outcome, lambda one: one.annotations),
            _count("lines in quarantine", work, outcome, lambda one: one.lines),
            Count(what="annotators", taken=annotators, kept=len(accounts.numbers)),
        ),
        changes=pushed.changes + len(accounts.made) + places.made_projects + places.made_tasks + outcome.sent,
        notes=(*pushed.notes, *_notes(corpus, client, work, outcome)),
    )


def _count(what: str, work: _Work, outcome: _Outcome, number: Callable[[_Part | Refused], int]) -> Count:
    """What was to be restored, what the server has of it after the run, and what could not be."""
    taken = kept = 0
    for whose, parts in work.parts.items():
        lacking = work.compared(whose, outcome.there).lacking
        taken += sum(map(number, parts))
        kept += sum(number(part) for place, part in enumerate(parts) if place not in lacking)
    refused = sum(map(number, work.refused))
    return Count(what=what, taken=taken + refused, kept=kept, set_aside=refused)


def _notes(corpus: Corpus, client: Client, work: _Work, outcome: _Outcome) -> Iterator[str]:
    accounts, places = outcome.accounts, outcome.places
    if places.made_tasks:
        yield f"{places.made_tasks} tasks made for work on earlier texts, or that is assigned to nobody today"
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
