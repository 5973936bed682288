"""What an adjudicator submitted on one task, as decisions.

A question is answered by its choice. The answer `edit` of a mention takes the one new region that overlaps it; new
regions that are no edit's outcome are mentions that nobody marked, and stances on regions are stances that nobody took.
What cannot be proven right decides nothing: it is told in a sentence, its question stays open, the rest counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from kliping.annotation.adjudication.ledger import claim_stated, mention_stated
from kliping.contract.adjudicating import VERDICT, WHY
from kliping.records import Decision, Party, Span, Stated
from kliping.studio.adjudication.drawing import read_drawn
from kliping.studio.adjudication.questions import ACCEPT, EDIT, side
from kliping.studio.results import chosen, read_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.annotation.adjudication.ledger import Claim, Mention
    from kliping.contract import Scheme
    from kliping.records import Entity
    from kliping.studio.adjudication.drawing import Drawn
    from kliping.studio.adjudication.questions import Question
    from kliping.studio.results import Item
    from kliping.studio.results.offsets import Unit

__all__ = ["Answerer", "Answers", "Asked", "read_answers", "subject"]

if TYPE_CHECKING:
    _Subject: TypeAlias = tuple[str, str, Mention | Claim | None]

_NUMBERED = re.compile(f"({VERDICT}|{WHY})_([0-9]+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A task's questions, and with what their answers are written down.

    Attributes:
        article_id: the article.
        text_sha256: its text.
        text: the same, whole.
        guidelines: the version they were asked under.
        questions: in the task's order.
    """

    article_id: str
    text_sha256: str
    text: str
    guidelines: str
    questions: tuple[Question, ...]


@dataclass(slots=True)
class Answers:
    """What a submission says.

    Attributes:
        decisions: those that it makes; none contradicts another.
        answered: how many questions are answered.
        added: how many decisions are on what no question asked about.
        lost: how many regions and stances without a question decide nothing.
        notes: what could not be taken, a sentence each.
    """

    decisions: list[Decision] = field(default_factory=list)
    answered: int = 0
    added: int = 0
    lost: int = 0
    notes: list[str] = field(default_factory=list)


def subject(decision: Decision) -> _Subject:
    """What a decision is about: the article, its text, and the mention or the stance there."""
    what: Mention | Claim | None = None
    if decision.mention is not None:
        what = mention_stated(decision.mention)
    elif decision.stance is not None:
        what = claim_stated(decision.stance)
    return decision.article_id, decision.text_sha256, what


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who submitted, and when.

    Attributes:
        by: a pseudonym.
        when: by the server's clock.
    """

    by: str
    when: str


def read_answers(
    asked: Asked, result: Sequence[Item], who: Answerer, scheme: Scheme, tie: Unit | None = None
) -> Answers:
    """The decisions of a submission.

    Args:
        asked: the questions.
        result: the items that were submitted.
        who: submitted them.
        scheme: whose labels and stances are known.
        tie: as `read` has it.
    """
    answers = Answers()
    sorted_out = _sort(result, len(asked.questions), answers)
    drawn = read_drawn(sorted_out.screen, asked.text, scheme, tie)
    answers.lost += drawn.lost
    answers.notes += drawn.notes
    pen = _Pen(asked, who, sorted_out.whys, read_comment(sorted_out.screen) or "")
    outcomes: set[str] = set()
    groups: list[list[Decision]] = []
    for number, question in enumerate(asked.questions):
        verdict = _verdict(number, question, sorted_out, answers)
        if verdict == EDIT and question.mention is not None:
            outcomes |= {one.id for one in _overlapping(drawn, question.mention)}
            groups.append(_edit(pen, number, question.mention, drawn, answers))
        elif verdict is not None:
            groups.append(list(_answer(pen, number, question, verdict)))
    _keep_consistent([group for group in groups if group], list(_additions(pen, drawn, outcomes)), answers)
    return answers


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Items by what they are: answers and reasons by the question's number; `screen` is the annotators' own."""

    verdicts: dict[int, list[Item]]
    whys: dict[int, str]
    screen: list[Item]


def _sort(result: Iterable[Item], questions: int, answers: Answers) -> _Sorted:
    found = _Sorted(defaultdict(list), {}, [])
    for item in result:
        numbered = _NUMBERED.fullmatch(str(item.get("from_name")))
        if numbered is None:
            found.screen.append(item)
        elif int(numbered[2]) >= questions:
            answers.notes.append(f"no-question: {numbered[0]} answers a question that the task does not ask")
        elif numbered[1] == VERDICT:
            found.verdicts[int(numbered[2])].append(item)
        else:
            found.whys[int(numbered[2])] = _text(item)
    return found


def _text(item: Item) -> str:
    value = item.get("value")
    said: Any = value.get("text") if isinstance(value, dict) else None
    lines = said if isinstance(said, list) else [said or ""]
    return "\n".join(str(line).strip() for line in lines if str(line).strip())


def _verdict(number: int, question: Question, sorted_out: _Sorted, answers: Answers) -> str | None:
    """The alias of the choice that answers a question; None where it is unanswered, which is no fault."""
    values = [alias for item in sorted_out.verdicts.get(number, ()) for alias in chosen(item)]
    if not values:
        if sorted_out.whys.get(number):
            answers.notes.append(f"no-choice: question {number + 1} has a reason, and no answer")
        return None
    if len(values) > 1 or values[0] not in {choice.alias for choice in question.choices}:
        answers.notes.append(f"no-choice: question {number + 1} does not offer the answer {', '.join(values)!r}")
        return None
    return values[0]


@dataclass(frozen=True, slots=True)
class _Pen:
    """With what every decision of a submission is written."""

    asked: Asked
    who: Answerer
    whys: Mapping[int, str]
    comment: str

    def write(
        self,
        verdict: Literal["accept", "edit", "reject"],
        what: Span | Stated,
        edited: Span | Stated | None = None,
        question: int | None = None,
    ) -> Decision:
        why = self.whys.get(question, "") if question is not None else ""
        return Decision(
            article_id=self.asked.article_id,
            text_sha256=self.asked.text_sha256,
            mention=what if isinstance(what, Span) else None,
            stance=what if isinstance(what, Stated) else None,
            verdict=verdict,
            edited_mention=edited if isinstance(edited, Span) else None,
            edited_stance=edited if isinstance(edited, Stated) else None,
            by=self.who.by,
            when=self.who.when,
            why=why or self.comment,
            guidelines=self.asked.guidelines,
        )


def _edit(pen: _Pen, number: int, mention: Span, drawn: Drawn, answers: Answers) -> list[Decision]:
    """A mention as the one new region over it has it; nothing, with a note, where there is not one."""
    made = {_span(one) for one in _overlapping(drawn, mention)}
    if len(made) != 1:
        told = f"{len(made)} new regions overlap it" if made else "no new region overlaps it"
        answers.notes.append(f"no-edit: question {number + 1} is answered `edit`, and {told}; mark one, and update")
        return []
    outcome = made.pop()
    if outcome == mention:
        return [pen.write("accept", mention, question=number)]
    return [pen.write("edit", mention, outcome, question=number)]


def _overlapping(drawn: Drawn, mention: Span) -> list[Entity]:
    return [one for one in drawn.new if one.start < mention.end and mention.start < one.end]


def _answer(pen: _Pen, number: int, question: Question, verdict: str) -> Iterator[Decision]:
    """What an answer decides that needs no new region: one side for all that was said, in or out."""
    if question.mention is not None:
        yield pen.write("accept" if verdict == ACCEPT else "reject", question.mention, question=number)
    stance = side(verdict)
    for claim in question.claims:
        if stance is None:
            yield pen.write("reject", claim, question=number)
        elif claim.stance == stance:
            yield pen.write("accept", claim, question=number)
        else:
            yield pen.write("edit", claim, msgspec.structs.replace(claim, stance=stance), question=number)
    for claim in question.rejected:
        if claim.stance == stance:
            yield pen.write("accept", claim, question=number)


def _additions(pen: _Pen, drawn: Drawn, outcomes: set[str]) -> Iterator[Decision]:
    """Mentions that nobody marked, and stances that nobody took."""
    seen: set[Span] = set()
    for entity in drawn.new:
        span = _span(entity)
        if entity.id not in outcomes and span not in seen:
            seen.add(span)
            yield pen.write("accept", span)
    for stance in drawn.stances:
        yield pen.write(
            "accept",
            Stated(
                stance=stance.stance,
                target=_party(stance.target.kind, stance.target.mention, stance.target.name, drawn),
                holder=_party(stance.holder.kind, stance.holder.mention, stance.holder.name, drawn),
            ),
        )


def _span(entity: Entity) -> Span:
    return Span(start=entity.start, end=entity.end, text=entity.text, label=entity.label)


def _party(kind: str, mention: str | None, name: str | None, drawn: Drawn) -> Party:
    if kind == "mention" and mention is not None:
        entity = drawn.every[mention]
        return Party(kind="mention", start=entity.start, end=entity.end, text=entity.text)
    return Party(kind=kind, name=name)  # type: ignore[arg-type]


def _keep_consistent(groups: list[list[Decision]], extra: list[Decision], answers: Answers) -> None:
    """Keep what is decided once; two that differ about one thing cancel each other, and are told."""
    first: dict[_Subject, Decision] = {}
    contested: set[_Subject] = set()
    for one in (*(one for group in groups for one in group), *extra):
        if _ruling(first.setdefault(subject(one), one)) != _ruling(one):
            contested.add(subject(one))
    answers.notes += sorted(f"contradiction: {about[2]} is decided twice, and differently" for about in contested)
    for group in groups:
        if contested.isdisjoint(map(subject, group)):
            answers.answered += 1
            answers.decisions += group
    taken = {subject(one) for one in answers.decisions}
    for one in extra:
        if subject(one) in contested:
            answers.lost += 1
        elif subject(one) not in taken:
            taken.add(subject(one))
            answers.added += 1
            answers.decisions.append(one)


def _ruling(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.edited_mention, decision.edited_stance
