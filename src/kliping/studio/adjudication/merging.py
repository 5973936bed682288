"""What adjudicators submitted, laid over the ledger: one decision a subject, the later one, and nothing in silence.

- The ledger keeps the line it has where a submission says the same, so that it stays as it is in git.
- A submission that says otherwise replaces an earlier line. A line of the same day without an hour, as people write
  them by hand, counts as the later: whoever writes it has seen what it corrects.
- What an adjudicator took out of a submission later is withdrawn: the line was made from that submission, which has
  been changed since and no longer says it. A submission that is gone withdraws nothing; nor does any where another one
  by the same person cannot be read, or was skipped since: the line may be from that one.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from kliping.studio.adjudication.reading import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.records import Decision

__all__ = ["Merged", "Submission", "merge", "moment", "sort_key"]


@dataclass(frozen=True, slots=True)
class Submission:
    """The decisions of one person's submission on one task, and when it was made and last changed.

    Attributes:
        read: whether all of it could be read; else it may say more than is known.
    """

    number: int
    by: str
    created: str
    updated: str
    article_id: str
    text_sha256: str
    decisions: tuple[Decision, ...]
    read: bool = True


@dataclass(slots=True)
class Merged:
    """The ledger of one article's text after its submissions.

    Attributes:
        decisions: its lines.
        changed: how many are new, different or gone.
        notes: what was replaced, withdrawn or contradicted, a sentence each.
    """

    decisions: list[Decision]
    changed: int = 0
    notes: list[str] = field(default_factory=list)


def merge(held: Sequence[Decision], submissions: Sequence[Submission]) -> Merged:
    """Lay the submissions on one text over the ledger's lines on it; their order makes no difference."""
    in_turn = sorted(submissions, key=lambda one: (moment(one.updated), one.number))
    merged = Merged(list(held))
    _withdraw(merged, in_turn)
    for decision in _last_words(in_turn):
        _lay(merged, decision)
    return merged


def _last_words(submissions: Iterable[Submission]) -> Iterator[Decision]:
    """The last decision on each subject; one that says the same again leaves the first of them."""
    last: dict[object, Decision] = {}
    for submission in submissions:
        for decision in submission.decisions:
            known = last.get(subject(decision))
            if known is None or _said(known) != _said(decision):
                last[subject(decision)] = decision
    yield from last.values()


def _lay(merged: Merged, decision: Decision) -> None:
    known = [one for one in merged.decisions if subject(one) == subject(decision)]
    if any(_said(one) == _said(decision) for one in known):
        return
    what = f"{decision.article_id}: {subject(decision)[2]}"
    latest = max(known, key=lambda one: moment(one.when), default=None)
    if latest is not None and moment(latest.when) > moment(decision.when):
        merged.notes.append(
            f"{what}: the ledger's line of {latest.when} to {latest.verdict} it is later than the submission of "
            f"{decision.when} to {decision.verdict} it, and stands"
        )
        return
    if latest is not None:
        merged.notes.append(
            f"{what}: the submission of {decision.when} to {decision.verdict} it replaces the line of {latest.when} "
            f"to {latest.verdict} it"
        )
    merged.decisions = [*(one for one in merged.decisions if one not in known), decision]
    merged.changed += 1


def _withdraw(merged: Merged, submissions: Sequence[Submission]) -> None:
    said: dict[str, set[object]] = defaultdict(set)
    for submission in submissions:
        said[submission.by] |= {subject(decision) for decision in submission.decisions}
    unread = {one.by for one in submissions if not one.read}
    for line in list(merged.decisions):
        if (
            line.by not in unread
            and subject(line) not in said[line.by]
            and any(_made(line, one) for one in submissions)
        ):
            merged.decisions.remove(line)
            merged.changed += 1
            merged.notes.append(
                f"{line.article_id}: {subject(line)[2]}: the decision to {line.verdict} it was withdrawn: its "
                "submission no longer says so"
            )


def _made(line: Decision, submission: Submission) -> bool:
    """Whether a line came from an earlier state of a submission."""
    if submission.by != line.by or "T" not in line.when:
        return False
    return moment(submission.created) <= moment(line.when) < moment(submission.updated)


def _said(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.edited_mention, decision.edited_stance, decision.why


def moment(when: str) -> datetime:
    """A time of ISO 8601, UTC where it has no offset; what has no hour is its end, and what is no time is the last."""
    try:
        year, month = int(when[:4]), int(when[5:7] or 12)
        if "T" in when:
            at = datetime.fromisoformat(when)
        else:
            day = int(when[8:10] or monthrange(year, month)[1])
            at = datetime.combine(date(year, month, day), time.max)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def sort_key(decision: Decision) -> tuple[object, ...]:
    """The ledger's order: by article and text, its mentions before its stances, each by place."""
    about = subject(decision)[2]
    return decision.article_id, decision.text_sha256, decision.mention is None, about or (), decision.when
