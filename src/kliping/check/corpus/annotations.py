"""Level 5, annotations: they keep the scheme, name nobody, and gold is what they and the decisions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.annotation.adjudication.decisions import form_faults
from kliping.annotation.prediction.reading import predictions_place
from kliping.annotation.relabelling import Rename, renamed
from kliping.check.rules import Place, RuleList
from kliping.contract.addresses import ADDRESS
from kliping.project import PSEUDONYM
from kliping.records import Annotation, Decision, Gold, Party, Prediction, Quarantined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault
    from kliping.records import Holder, Target

__all__ = ["ANNOTATION_RULES", "CORPUS_RULES"]

ANNOTATION_RULES: RuleList[ArticleSeen] = RuleList()
CORPUS_RULES: RuleList[Survey] = RuleList()
"""About a corpus as a whole."""


@ANNOTATION_RULES("E501", "a holder chosen by name is one that the scheme declares")
def holders_are_declared(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by the holder `RESIDENT` where `schema/corpus.schema.json` has `RESIDENTS`; its schema checks the rest."""
    if seen.survey.contract is None:
        return
    declared = {holder.const for holder in seen.survey.contract.scheme.holders}
    for place, holder in _holders(seen):
        if holder.kind == "named" and holder.name not in declared:
            yield place, f"the holder {holder.name!r} is not declared; declare it in schema/corpus.schema.json"


@ANNOTATION_RULES("E502", "a target or a holder has what its kind needs, and no more")
def sides_are_whole(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by `{"kind": "mention", "mention": null, "name": "X"}`."""
    for place, said in (*seen.said, *seen.predictions):
        for stance in said.stances:
            for what, side in (("target", stance.target), ("holder", stance.holder)):
                if not _is_whole(side):
                    message = "a mention has its id, declared and named have a name, all else is null"
                    yield place, f"the {what} of {stance.id}: {message}; pull again, or predict again"


def _is_whole(side: Target | Holder) -> bool:
    return bool(side.mention) == (side.kind == "mention") and bool(side.name) == (side.kind in ("declared", "named"))


@ANNOTATION_RULES("E503", "a span has no white space at its ends")
def spans_are_trimmed(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by the mention `"Pasar Lama "`."""
    for place, said in (*seen.stated, *seen.predictions):
        for surface in _surfaces(said):
            if surface != surface.strip():
                yield place, f"the mention {surface!r} starts or ends with white space; mark it without"


@ANNOTATION_RULES("E504", "no field of an annotation holds an e-mail address")
def nobody_is_named(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a comment such as `ask editor@desk.example`; an article's own text is the source's words."""
    for place, said in (*seen.stated, *seen.quarantine, *seen.predictions):
        if any(ADDRESS.search(field) for field in _own_fields(said)):
            message = "an e-mail address in a field of its own; take it out where it was made"
            yield place, f"{message}, and pull or predict again"


@ANNOTATION_RULES("E505", "an annotation was made with this scheme, or with an older one of the same major version")
def scheme_is_known(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by an annotation of scheme 2.0.0 in a corpus whose scheme is 1.2.0: its labels may mean something else."""
    if seen.survey.contract is None:
        return
    current = seen.survey.contract.scheme.version
    for place, said in seen.said:
        made = said.scheme
        if _numbers(made)[:1] != _numbers(current)[:1] or _numbers(made) > _numbers(current):
            yield place, f"made with scheme {made}, the corpus has {current}; bring schema/ up to date, or relabel"


def _numbers(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else -1 for part in version.split(".")]


@ANNOTATION_RULES("E506", "a decision is about one thing and gives what its verdict needs")
def decisions_are_whole(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a decision with both a mention and a stance, and by an edit without what it makes."""
    for place, decision in seen.decisions:
        for fault in form_faults(decision):
            yield place, fault


@ANNOTATION_RULES("E507", "decisions do not contradict each other")
def decisions_agree(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by one decision that accepts a mention and one that rejects it."""
    for fault in seen.undecidable:
        yield Place("annotations/decisions.jsonl"), fault


@ANNOTATION_RULES("E508", "gold is what the annotations and decisions give")
def gold_is_derived(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by a gold line edited by hand, and by annotations pulled since the last `kliping adjudicate`."""
    if not seen.is_derived:
        return
    for place, gold in seen.gold:
        if gold != seen.derived:
            yield place, f"the gold of {seen.id} is not what adjudication gives; run `kliping adjudicate`"
    if seen.survey.gold_expected and seen.derived is not None and not seen.gold:
        yield Place("annotations/gold.jsonl"), f"the gold of {seen.id} is missing; run `kliping adjudicate`"


@ANNOTATION_RULES("E515", "the predictions that annotators are to be shown are there, and the screen can show them")
def predictions_can_be_shown(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by the setting `predictions = "ours"` without such a file, and by a label that is deprecated since."""
    if seen.survey.contract is None or not seen.predictions:
        return
    scheme = seen.survey.contract.scheme
    lists = (scheme.entity_labels, scheme.stances, scheme.targets, scheme.holders)
    gone = {(at, one.const) for at, choices in enumerate(lists) for one in choices if one.deprecated}
    for place, prediction in seen.predictions:
        for _, const in sorted(gone & set(_choices(prediction))):
            yield place, f"{const!r} is deprecated, so the screen has it no more; run `kliping predict` again"


@CORPUS_RULES.also("E515")
def predictions_are_there(survey: Survey) -> Iterator[Fault]:
    """The setting `predictions`, and the file that it names."""
    name = survey.corpus.settings.annotators.predictions
    if name and not predictions_place(survey.corpus, name).is_file():
        message = f"predictions = {name!r} in [tool.kliping.annotators], and there is no annotations/predictions"
        yield Place("pyproject.toml"), f"{message}/{name}.jsonl; run `kliping predict {name}`, or mend the setting"


@ANNOTATION_RULES("E516", "what was renamed has its new name")
def renamed_has_its_new_name(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by annotations with the label ORG after `kliping relabel ORG=ORGANISATION`, until the next pull."""
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


@ANNOTATION_RULES("E517", "no annotation or decision names somebody whom the server names")
def no_annotator_is_named(seen: ArticleSeen) -> Iterator[Fault]:
    """Broken by the comment `ask sena.waluyo` where that is a user's name; known only with the pseudonym key.

    A user name, the first part of an address, or a full name counts where it stands whole: not a first name alone, nor
    a word of fewer than five letters. Who is named is not said.
    """
    people = seen.survey.people
    if people is None:
        return
    for place, said in seen.stated:
        if any(people.are_in(field) for field in _words_of_people(said)):
            message = "a name that the server has for an annotator, in a field of its own"
            yield place, f"{message}; take it out where it was made, and pull again"


def _words_of_people(record: Annotation | Gold | Decision) -> Iterator[str]:
    """What people wrote: not the source's words."""
    yield from (field for field in _own_fields(record) if not PSEUDONYM.fullmatch(field))


def _choices(record: Prediction) -> Iterator[tuple[int, str]]:
    """The labels, stances, declared targets and holders of a prediction, each with the number of its list."""
    yield from ((0, entity.label) for entity in record.entities)
    yield from ((1, stance.stance) for stance in record.stances)
    yield from ((2, stance.target.name) for stance in record.stances if stance.target.name)
    yield from ((3, stance.holder.name) for stance in record.stances if stance.holder.name)


def _holders(seen: ArticleSeen) -> Iterator[tuple[Place, Holder | Party]]:
    for place, said in (*seen.said, *seen.predictions):
        for stance in said.stances:
            yield place, stance.holder
    for place, decision in seen.decisions:
        for stated in (decision.stance, decision.edited_stance):
            if stated is not None:
                yield place, stated.holder


def _surfaces(record: Annotation | Gold | Decision | Prediction) -> Iterator[str]:
    if isinstance(record, Decision):
        spans = (record.mention, record.edited_mention)
        yield from (span.text for span in spans if span is not None)
    else:
        yield from (entity.text for entity in record.entities)


def _own_fields(record: Annotation | Gold | Decision | Quarantined | Prediction) -> Iterator[str]:
    if isinstance(record, Quarantined):
        yield from (record.annotator, record.reason, record.pulled)
    elif isinstance(record, Decision):
        yield from (record.by, record.why, record.guidelines)
        for stated in (record.stance, record.edited_stance):
            if stated is not None:
                yield from (side.name for side in (stated.target, stated.holder) if side.name)
    else:
        yield from (entity.ref for entity in record.entities if entity.ref)
        yield from (side.name for one in record.stances for side in (one.target, one.holder) if side.name)
    if isinstance(record, Annotation):
        yield from (field for field in (record.annotator, record.comment, record.predictions_shown) if field)
    if isinstance(record, Prediction):
        yield record.model_version
