"""Level 5, what is marked: mentions and stances that are whole, trimmed, and there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.corpus.words import fault, shown_in
from kliping.check.excerpts import brief
from kliping.check.rules import Example, RuleList
from kliping.records import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Seen
    from kliping.check.rules import Fault
    from kliping.records import Annotation, Entity, Gold, Holder, Prediction, Span, Target


__all__ = ["MARK_RULES"]

MARK_RULES: RuleList[ArticleSeen] = RuleList()
PULLED = "annotations/pulled/00000.jsonl"
GOLD = "annotations/gold.jsonl"


@MARK_RULES(
    "E502",
    "a target or a holder has what its kind needs, and no more",
    mend="Pull again, predict again, or adjudicate again: what wrote the line; or restore it with git.",
    example=Example(
        PULLED,
        '"target":{"kind":"mention","mention":"m7","name":null}',
        '"target":{"kind":"mention","mention":null,"name":null}',
    ),
)
def sides_are_whole(seen: ArticleSeen) -> Iterator[Fault]:
    """A stance without its target or its holder says nothing; one with two of them says two things at once."""
    for place, said in (*seen.said, *seen.carried, *seen.predictions):
        for stance in said.stances:
            for what, side in (("target", stance.target), ("holder", stance.holder)):
                if not _is_whole(side):
                    message = "a mention has its id, declared and named have a name, all else is null"
                    yield place, f"the {what} of {stance.id}: {message}; pull again, or predict again"


def _is_whole(side: Target | Holder) -> bool:
    return bool(side.mention) == (side.kind == "mention") and bool(side.name) == (side.kind in ("declared", "named"))


@MARK_RULES(
    "E503",
    "a span has no white space at its ends",
    mend="Mark the mention without the space, and pull again; of a decision, mend the span.",
    example=Example(PULLED, '"start":0,"end":13,"text":"Sanggar Ülgar"', '"start":0,"end":14,"text":"Sanggar Ülgar "'),
)
def spans_are_trimmed(seen: ArticleSeen) -> Iterator[Fault]:
    """With a space or without, people mean the same mention; to a comparison of spans they are two."""
    for place, said in (*seen.stated, *seen.predictions):
        for span in _spans(said):
            if span.text != span.text.strip():
                message = f"the mention {brief(span.text)} starts or ends with white space; mark it without"
                yield fault(place, message, shown_in(seen, said.text_sha256, span.start, span.end))


def _spans(record: Annotation | Gold | Decision | Prediction) -> Iterator[Entity | Span]:
    if isinstance(record, Decision):
        spans = (record.mention, record.edited_mention)
        yield from (span for span in spans if span is not None)
    else:
        yield from record.entities


@MARK_RULES(
    "E509",
    "a stance is said once",
    mend="Pull again, predict again, or adjudicate again: what wrote the line; or take one of the two out.",
    example=Example(
        PULLED,
        '{"id":"m7:mention:m6","stance":"favor",',
        '{"id":"m7","stance":"favor","target":{"kind":"mention","mention":"m7","name":null},'
        '"holder":{"kind":"mention","mention":"m6","name":null}},{"id":"m7:mention:m6","stance":"favor",',
    ),
)
def stances_once(seen: ArticleSeen) -> Iterator[Fault]:
    """One holder's side towards one target is one stance: said twice, it counts twice wherever stances are counted."""
    for place, said in (*seen.said, *seen.carried, *seen.predictions):
        if len(said.stances) < 2:
            continue
        first: dict[object, str] = {}
        for stance in said.stances:
            known = first.setdefault((stance.stance, stance.target, stance.holder), stance.id)
            if known != stance.id:
                yield place, f"the stance {stance.id} says what {known} says already; keep one"


@MARK_RULES(
    "E510",
    "gold and predictions mark a mention once",
    mend="Run `kliping adjudicate` or `kliping predict` again; or take one of the two out of your model's answer.",
    example=Example(GOLD, '"start":40,"end":53,"text":"Sanggar Ülgar"', '"start":0,"end":13,"text":"Sanggar Ülgar"'),
)
def mentions_once(seen: ArticleSeen) -> Iterator[Fault]:
    """The same words with the same label are one mention: two count twice in every score and on the screen.

    An annotator's own mark may be there twice, since each of them can bear a side; gold makes one of them.
    """
    made: list[Seen[Gold] | Seen[Prediction]] = [*seen.gold, *seen.predictions]
    for place, said in made:
        first: dict[tuple[int, int, str], str] = {}
        for one in said.entities:
            known = first.setdefault((one.start, one.end, one.label), one.id)
            if known != one.id:
                message = f"the mention {one.id} marks as {one.label} what {known} marks already; keep one"
                yield fault(place, message, shown_in(seen, said.text_sha256, one.start, one.end))
