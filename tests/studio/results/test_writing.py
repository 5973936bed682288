"""What is written for the server reads as the same annotation again, in either unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import SCHEMA, annotation, article

from kliping.contract import load_contract
from kliping.contract.labeling import arrow_names
from kliping.errors import DataError
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.results import Unreadable, read, stance_id, write
from kliping.studio.results.offsets import in_utf16
from kliping.studio.results.tally import in_annotation, in_aside, in_result

if TYPE_CHECKING:
    from random import Random

    from kliping.records import Annotation
    from kliping.studio.results import Item

SCHEME = load_contract(SCHEMA).scheme
ARROWS = arrow_names(SCHEME, "id")
SIDES = st.sampled_from(["against", "none", "favor"])
PIECES = st.text(alphabet="ab é\u0301👧🎉\u200d\u00a0", min_size=1, max_size=40)


def stance(side: str, target: Target, holder: Holder) -> Stance:
    return Stance(id=stance_id(target, holder), stance=side, target=target, holder=holder)


@st.composite
def submissions(draw: st.DrawFn) -> tuple[str, Annotation]:
    """A text and an annotation of it such as the screen can make, in the order in which it is read."""
    text = draw(PIECES)
    entities = draw(st.lists(spans(text), max_size=4))
    named = [
        Entity(id=f"r{number}", start=start, end=end, text=text[start:end], label=label, unsure=unsure, ref=ref)
        for number, (start, end, label, unsure, ref) in enumerate(entities)
        if text[start:end].strip() == text[start:end]
    ]
    named.sort(key=lambda one: (one.start, one.end, one.label, one.id))
    stances = [one for entity in named for one in draw(stances_on(entity, named))]
    for target in SCHEME.targets:
        if draw(st.booleans()):
            stances.append(stance("none", Target(kind="declared", name=target.const), Holder(kind="author")))
    comment = draw(st.sampled_from([None, "tidak yakin"]))
    return text, annotation(article("a", text), "annotator-aa", named, stances, comment=comment)


def spans(text: str) -> st.SearchStrategy[tuple[int, int, str, bool, str | None]]:
    def shape(
        start: int, length: int, label: str, unsure: bool, ref: str | None
    ) -> tuple[int, int, str, bool, str | None]:
        return start, min(len(text), start + length), label, unsure, ref

    labels = st.sampled_from(["PERSON", "PLACE", "POLICY"])
    refs = st.sampled_from([None, "plan-7"])
    return st.builds(shape, st.integers(0, len(text) - 1), st.integers(1, 9), labels, st.booleans(), refs)


@st.composite
def stances_on(draw: st.DrawFn, entity: Entity, entities: list[Entity]) -> list[Stance]:
    """Each arrow with a side of its own, then one of whom the list offers, or of nobody, with another or the same."""
    target = Target(kind="mention", mention=entity.id)
    stances = [
        stance(draw(SIDES), target, Holder(kind="mention", mention=one.id)) for one in entities if draw(st.booleans())
    ]
    listed = [Holder(kind="author"), Holder(kind="named", name="RESIDENTS"), Holder(kind="unspecified")]
    last = draw(st.one_of(st.none(), st.builds(stance, SIDES, st.just(target), st.sampled_from(listed))))
    if last is None or (last.holder.kind == "unspecified" and last.stance in {one.stance for one in stances}):
        return stances
    return [*stances, last]


@given(submissions())
def test_what_is_written_reads_as_the_same_annotation(made: tuple[str, Annotation]) -> None:
    text, one = made
    reading = read(write(one, ARROWS), text, SCHEME, tie="code points")
    assert (reading.entities, reading.stances, reading.comment) == (one.entities, one.stances, one.comment)
    assert reading.set_aside == ()
    disagreeing = {str(item.target.mention) for item in one.stances if item.holder.kind == "unspecified"} & {
        str(item.target.mention) for item in one.stances if item.holder.kind == "mention"
    }
    assert [remark.split(":")[0] for remark in reading.remarks] == ["disagreement"] * len(disagreeing)


@given(submissions())
def test_the_same_result_counted_in_utf16_reads_the_same(made: tuple[str, Annotation]) -> None:
    text, one = made
    result = write(one, ARROWS)
    for item in result:
        if "start" in item.get("value", {}):
            value = item["value"]
            value["start"], value["end"] = in_utf16(text, value["start"], value["end"])
    reading = read(result, text, SCHEME, tie="utf-16")
    assert (reading.entities, reading.stances) == (one.entities, one.stances)


@given(submissions())
def test_a_result_and_its_annotation_have_the_same_counts(made: tuple[str, Annotation]) -> None:
    _, one = made
    assert in_result(write(one, ARROWS), SCHEME) + Counter(annotations=1) == +in_annotation(one)


@given(submissions(), st.randoms(use_true_random=False))
def test_of_a_result_that_lost_items_all_is_read_or_set_aside(made: tuple[str, Annotation], chance: Random) -> None:
    text, one = made
    left = [item for item in write(one, ARROWS) if chance.random() < 0.7]
    reading = read(left, text, SCHEME, tie="code points")
    kept = annotation(article("a", text), "annotator-aa", reading.entities, reading.stances, comment=reading.comment)
    aside = in_aside([item.item for item in reading.set_aside], kept, SCHEME)
    assert in_result(left, SCHEME) + Counter(annotations=1) == in_annotation(kept) + aside


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 40) | st.sampled_from(["", "text", "labels", "right", "mention:1-2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["start", "text", "labels"]), inner),
    max_leaves=4,
)


@settings(max_examples=400)
@given(submissions(), st.data())
def test_whatever_a_server_sends_is_read_set_aside_or_unreadable_and_adds_up(
    made: tuple[str, Annotation], data: st.DataObject
) -> None:
    text, one = made
    result = write(one, ARROWS)
    for item in data.draw(st.lists(st.sampled_from(result), max_size=2)) if result else []:
        part = data.draw(st.sampled_from([item, item.get("value", item)]))
        if not isinstance(part, dict) or not part:
            continue
        name = data.draw(st.sampled_from(sorted(part)))
        part.pop(name)
        if data.draw(st.booleans()):
            part[name] = data.draw(JUNK)
    taken = in_result(result, SCHEME)
    try:
        reading = read(result, text, SCHEME, tie="code points")
    except Unreadable:
        return
    kept = annotation(article("a", text), "annotator-aa", reading.entities, reading.stances, comment=reading.comment)
    aside = in_aside([item.item for item in reading.set_aside], kept, SCHEME)
    assert taken + Counter(annotations=1) == in_annotation(kept) + aside


SENA = Entity(id="a", start=0, end=4, text="Sena", label="PERSON")
ON_SENA = Target(kind="mention", mention="a")
ON_MARKET = Target(kind="declared", name="MARKET_MOVE")


@pytest.mark.parametrize(
    "stances",
    [
        [stance("favor", ON_SENA, Holder(kind="author")), stance("against", ON_SENA, Holder(kind="named", name="X"))],
        [
            stance("favor", ON_SENA, Holder(kind="mention", mention="a")),
            stance("against", ON_SENA, Holder(kind="mention", mention="a")),
        ],
        [
            stance("favor", ON_SENA, Holder(kind="mention", mention="a")),
            stance("favor", ON_SENA, Holder(kind="unspecified")),
        ],
        [stance("favor", ON_SENA, Holder(kind="author")), stance("favor", ON_SENA, Holder(kind="named", name="X"))],
        [stance("favor", ON_SENA, Holder(kind="unspecified")), stance("favor", ON_SENA, Holder(kind="author"))],
        [stance("favor", ON_MARKET, Holder(kind="named", name="X"))],
        [stance("favor", ON_MARKET, Holder(kind="author")), stance("none", ON_MARKET, Holder(kind="author"))],
    ],
)
def test_what_the_screen_cannot_say_is_refused(stances: list[Stance]) -> None:
    with pytest.raises(DataError, match=r"the screen|one region"):
        write(annotation(article("a", "Sena"), "annotator-aa", [SENA], stances), ARROWS)


def arrows(result: list[Item]) -> list[tuple[str, list[str]]]:
    return [(item["from_id"], item.get("labels", [])) for item in result if item["type"] == "relation"]


def choices(result: list[Item]) -> list[tuple[str, str]]:
    return [(item["from_name"], item["value"]["choices"][0]) for item in result if item["type"] == "choices"]


RIMBIA = Entity(id="b", start=5, end=11, text="Rimbia", label="PLACE")


def differing() -> Annotation:
    """Sena is for Sena, Rimbia is against, and so is the article."""
    stances = [
        stance("favor", ON_SENA, Holder(kind="mention", mention="a")),
        stance("against", ON_SENA, Holder(kind="mention", mention="b")),
        stance("against", ON_SENA, Holder(kind="author")),
    ]
    return annotation(article("a", "Sena Rimbia"), "annotator-aa", [SENA, RIMBIA], stances)


def test_only_an_arrow_whose_side_is_not_the_regions_has_a_label_and_it_is_what_the_screen_shows() -> None:
    result = write(differing(), ARROWS)
    assert choices(result) == [("stance", "against"), ("holder", "author")]
    assert arrows(result) == [("a", ["Mendukung"]), ("b", [])]


def test_where_arrows_differ_and_nobody_is_chosen_every_arrow_has_its_label() -> None:
    one = differing()
    result = write(msgspec.structs.replace(one, stances=one.stances[:2]), ARROWS)
    assert choices(result) == []
    assert arrows(result) == [("a", ["Mendukung"]), ("b", ["Menolak"])]


def test_a_label_without_the_screens_name_for_it_is_refused_for_label_studio_would_drop_it() -> None:
    with pytest.raises(DataError, match="the screen's name for 'favor' on an arrow is not known"):
        write(differing())
