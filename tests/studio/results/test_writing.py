"""What is written for the server reads as the same annotation again, in either unit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import SCHEMA, annotation, article

from kliping.contract import load_contract
from kliping.errors import DataError
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.results import read, stance_id, write
from kliping.studio.results.offsets import in_utf16
from kliping.studio.results.tally import in_annotation, in_result

if TYPE_CHECKING:
    from kliping.records import Annotation

SCHEME = load_contract(SCHEMA).scheme
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
    side = draw(st.sampled_from([None, "against", "none", "favor"]))
    if side is None:
        return []
    holders = [Holder(kind="mention", mention=one.id) for one in entities if draw(st.booleans())]
    chosen = draw(st.sampled_from([None, Holder(kind="author"), Holder(kind="named", name="RESIDENTS")]))
    holders += [chosen] if chosen else []
    target = Target(kind="mention", mention=entity.id)
    return [stance(side, target, holder) for holder in holders or [Holder(kind="unspecified")]]


@given(submissions())
def test_what_is_written_reads_as_the_same_annotation(made: tuple[str, Annotation]) -> None:
    text, one = made
    reading = read(write(one), text, SCHEME, tie="code points")
    assert (reading.entities, reading.stances, reading.comment) == (one.entities, one.stances, one.comment)
    assert reading.set_aside == ()


@given(submissions())
def test_the_same_result_counted_in_utf16_reads_the_same(made: tuple[str, Annotation]) -> None:
    text, one = made
    result = write(one)
    for item in result:
        if "start" in item.get("value", {}):
            value = item["value"]
            value["start"], value["end"] = in_utf16(text, value["start"], value["end"])
    reading = read(result, text, SCHEME, tie="utf-16")
    assert (reading.entities, reading.stances) == (one.entities, one.stances)


@given(submissions())
def test_a_result_and_its_annotation_have_the_same_counts(made: tuple[str, Annotation]) -> None:
    _, one = made
    assert in_result(write(one)) + Counter(annotations=1) == +in_annotation(one)


SENA = Entity(id="a", start=0, end=4, text="Sena", label="PERSON")
ON_SENA = Target(kind="mention", mention="a")
ON_MARKET = Target(kind="declared", name="MARKET_MOVE")


@pytest.mark.parametrize(
    "stances",
    [
        [
            stance("favor", ON_SENA, Holder(kind="author")),
            stance("against", ON_SENA, Holder(kind="mention", mention="a")),
        ],
        [stance("favor", ON_SENA, Holder(kind="author")), stance("favor", ON_SENA, Holder(kind="named", name="X"))],
        [stance("favor", ON_SENA, Holder(kind="unspecified")), stance("favor", ON_SENA, Holder(kind="author"))],
        [stance("favor", ON_MARKET, Holder(kind="named", name="X"))],
        [stance("favor", ON_MARKET, Holder(kind="author")), stance("none", ON_MARKET, Holder(kind="author"))],
    ],
)
def test_what_the_screen_cannot_say_is_refused(stances: list[Stance]) -> None:
    with pytest.raises(DataError, match=r"the screen|one region"):
        write(annotation(article("a", "Sena"), "annotator-aa", [SENA], stances))
