"""Level 5, the scheme: what is said is what the scheme offers, offered when it was said, and as it lets it be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.annotation.prediction.reading import predictions_place
from kliping.annotation.relabelling import Rename, renamed
from kliping.check.contract import numbers
from kliping.check.corpus.words import fault, shown_in
from kliping.check.excerpts import brief
from kliping.check.rules import Example, Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault
    from kliping.contract import Scheme
    from kliping.records import Annotation, Entity, Holder, Party, Prediction


__all__ = ["SCHEME_RULES", "SETTING_RULES", "crossing"]

SCHEME_RULES: RuleList[ArticleSeen] = RuleList()
SETTING_RULES: RuleList[Survey] = RuleList()
"""About the corpus's settings."""
PULLED = "annotations/pulled/00000.jsonl"


@SCHEME_RULES(
    "E501",
    "a holder chosen by name is one that the scheme declares",
    mend="Declare the holder in `schema/corpus.schema.json`, or correct the name where it was made and pull again.",
    example=Example(
        PULLED, '"kind":"named","mention":null,"name":"RESIDENTS"', '"kind":"named","mention":null,"name":"RESIDENT"'
    ),
)
def holders_are_declared(seen: ArticleSeen) -> Iterator[Fault]:
    """`RESIDENT` and `RESIDENTS` would be two holders, and one of them without a meaning that anybody wrote down."""
    if seen.survey.contract is None:
        return
    declared = {holder.const for holder in seen.survey.contract.scheme.holders}
    for place, holder in _holders(seen):
        if holder.kind == "named" and holder.name not in declared:
            name = brief(holder.name or "")
            yield place, f"the holder {name} is not declared; declare it in schema/corpus.schema.json"


def _holders(seen: ArticleSeen) -> Iterator[tuple[Place, Holder | Party]]:
    for place, said in (*seen.said, *seen.predictions):
        for stance in said.stances:
            yield place, stance.holder
    for place, decision in seen.decisions:
        for stated in (decision.stance, decision.edited_stance):
            if stated is not None:
                yield place, stated.holder


@SCHEME_RULES(
    "E505",
    "an annotation was made with this scheme, or with an older one of the same major version",
    mend="Bring `schema/` up to date with git; where the scheme went back, annotate those articles again.",
    example=Example(PULLED, '"scheme":"1.0.0"', '"scheme":"2.0.0"'),
)
def scheme_is_known(seen: ArticleSeen) -> Iterator[Fault]:
    """Within a major version, lists only grow. In another, a label of the same name may mean something else."""
    if seen.survey.contract is None:
        return
    current = seen.survey.contract.scheme.version
    for place, said in seen.said:
        made = said.scheme
        if made != current and (numbers(made)[:1] != numbers(current)[:1] or numbers(made) > numbers(current)):
            yield place, f"made with scheme {made}, the corpus has {current}; bring schema/ up to date, or relabel"


@SCHEME_RULES(
    "E511",
    "mentions share words only as the scheme lets them",
    mend="Mark one of the two mentions otherwise and pull again, or decide; or allow it: `overlap` in `x-kliping`.",
    example=Example(
        "schema/corpus.schema.json",
        '"x-kliping": { "scheme": "1.0.0" }',
        '"x-kliping": { "scheme": "1.0.0", "overlap": "forbidden" }',
    ),
)
def overlaps_are_allowed(seen: ArticleSeen) -> Iterator[Fault]:
    """A scheme may say `"overlap": "forbidden"`, or `"nested"`: then who trains on it relies on flat or nested spans.

    Where it says nothing, mentions may overlap. The same mention marked twice is no overlap.
    """
    contract = seen.survey.contract
    if contract is None or contract.scheme.overlap == "allowed":
        return
    nested = contract.scheme.overlap == "nested"
    how = "cross" if nested else "overlap"
    for place, said in (*seen.said, *seen.predictions):
        for one, other in crossing(said.entities, nested=nested):
            message = (
                f"the mentions {one.id} and {other.id} {how}, which the scheme forbids; mark one of them otherwise"
            )
            yield fault(place, message, shown_in(seen, said.text_sha256, other.start, other.end))


def crossing(entities: Iterable[Entity], *, nested: bool) -> Iterator[tuple[Entity, Entity]]:
    """The mentions that share words with one before them, each with the nearest such; the same one twice does not.

    Args:
        entities: in any order.
        nested: whether one may lie inside another.
    """
    open_still: list[Entity] = []
    for one in sorted(entities, key=lambda it: (it.start, -it.end)):
        open_still = [before for before in open_still if before.end > one.start]
        for before in reversed(open_still):
            inside = before.end >= one.end
            alike = (before.start, before.end, before.label) == (one.start, one.end, one.label)
            if not alike and not (nested and inside):
                yield before, one
                break
        open_still.append(one)


@SCHEME_RULES(
    "E512",
    "an annotation says only what its scheme had",
    mend="Raise the annotation's scheme by pulling again, or mend `since` in `schema/corpus.schema.json`.",
    example=Example(PULLED, "a label of today in an annotation of scheme 1.1.0", "the same in one of scheme 1.0.0"),
)
def said_with_its_scheme(seen: ArticleSeen) -> Iterator[Fault]:
    """The scheme tells what annotators were offered, and so what absence means: nothing from later can be there."""
    contract = seen.survey.contract
    if contract is None:
        return
    for place, said in seen.annotations:
        if said.scheme != contract.scheme.version:
            later = _later(seen.survey, contract.scheme, said.scheme)
            for choice in sorted(later.keys() & set(_choices(said))):
                message = f"made with scheme {said.scheme}, and {choice[1]!r} is since {later[choice]}"
                yield place, f"{message}; pull again, or mend `since`"


def _later(survey: Survey, scheme: Scheme, version: str) -> Mapping[tuple[int, str], str]:
    """What a scheme offers since a later version than one, with that; not what came by renaming something older."""
    came = {rename.new for rename in survey.renames}
    lists = (scheme.entity_labels, scheme.stances, scheme.targets, scheme.holders)
    return {
        (at, label.const): label.since
        for at, labels in enumerate(lists)
        for label in labels
        if label.since and label.const not in came and numbers(label.since) > numbers(version)
    }


@SCHEME_RULES(
    "E515",
    "the predictions that annotators are to be shown are there, and the screen can show them",
    mend="Run `kliping predict NAME`, or mend the setting `predictions` in `[tool.kliping.annotators]`.",
    example=Example("pyproject.toml", "", '[tool.kliping.annotators]\npredictions = "ours"'),
)
def predictions_can_be_shown(seen: ArticleSeen) -> Iterator[Fault]:
    """Without them, annotators begin from nothing in silence; a label off the screen vanishes at the next edit."""
    if seen.survey.contract is None or not seen.predictions:
        return
    scheme = seen.survey.contract.scheme
    lists = (scheme.entity_labels, scheme.stances, scheme.targets, scheme.holders)
    gone = {(at, one.const) for at, choices in enumerate(lists) for one in choices if one.deprecated}
    for place, prediction in seen.predictions:
        for _, const in sorted(gone & set(_choices(prediction))):
            yield place, f"{const!r} is deprecated, so the screen has it no more; run `kliping predict` again"


@SETTING_RULES.also("E515")
def predictions_are_there(survey: Survey) -> Iterator[Fault]:
    """The setting `predictions`, and the file that it names."""
    name = survey.corpus.settings.annotators.predictions
    if name and not predictions_place(survey.corpus, name).is_file():
        message = f"predictions = {name!r} in [tool.kliping.annotators], and there is no annotations/predictions"
        yield Place("pyproject.toml"), f"{message}/{name}.jsonl; run `kliping predict {name}`, or mend the setting"


@SCHEME_RULES(
    "E516",
    "what was renamed has its new name",
    mend="Run `kliping pull` for annotations; for the rest, run the same `kliping relabel` again.",
    example=Example(
        PULLED,
        "the label ORGANISATION, after `kliping relabel ORG=ORGANISATION`",
        "the label ORG, before the next pull",
    ),
)
def renamed_has_its_new_name(seen: ArticleSeen) -> Iterator[Fault]:
    """Under two names, one label is two: half of its mentions would be missing from either."""
    for rename in seen.survey.renames:
        message = f"it has the old name of what was renamed, the {rename}"
        for place, annotation in seen.annotations:
            if renamed(annotation, rename) is not annotation:
                yield place, f"{message}; run `kliping pull`"
        for place in _with_the_old_name(seen, rename):
            yield place, f"{message}; run `kliping relabel {rename.old}={rename.new}` again"


def _with_the_old_name(seen: ArticleSeen, rename: Rename) -> Iterator[Place]:
    yield from (place for place, decision in seen.decisions if renamed(decision, rename) is not decision)
    yield from (place for place, carried in seen.carried if renamed(carried, rename) is not carried)
    yield from (place for place, prediction in seen.predictions if renamed(prediction, rename) is not prediction)


def _choices(record: Annotation | Prediction) -> Iterator[tuple[int, str]]:
    """The labels, stances, declared targets and holders of a record, each with the number of its list."""
    yield from ((0, entity.label) for entity in record.entities)
    yield from ((1, stance.stance) for stance in record.stances)
    yield from ((2, stance.target.name) for stance in record.stances if stance.target.name)
    yield from ((3, stance.holder.name) for stance in record.stances if stance.holder.name)
