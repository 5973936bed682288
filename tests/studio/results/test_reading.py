"""What a result means, what makes it unreadable, and what is set aside by itself."""

from __future__ import annotations

from typing import Any

import pytest
from tests.corpora import SCHEMA

from kliping.contract import load_contract
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.results import Item, Unreadable, kind_of, read

SCHEME = load_contract(SCHEMA).scheme
TEXT = "Sena Waluyo dan Rimbia Jaya menolak relokasi 🎉 Pasar Lama."


def region(identity: str, surface: str, label: str = "PERSON", **more: Any) -> Item:
    start = TEXT.index(surface)
    value = {"start": start, "end": start + len(surface), "text": surface, "labels": [label]}
    return {"id": identity, "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def choice(identity: str, control: str, *choices: str) -> Item:
    value = {"choices": list(choices)}
    return {"id": identity, "from_name": control, "to_name": "text", "type": "choices", "value": value}


def arrow(start: str, end: str, direction: str = "right", *labels: str) -> Item:
    drawn: Item = {"type": "relation", "from_id": start, "to_id": end, "direction": direction}
    return {**drawn, "labels": list(labels)} if labels else drawn


SENA, CLUB = region("a", "Sena Waluyo"), region("b", "Rimbia Jaya", "ORGANISATION")
MOVE = region("m", "relokasi 🎉 Pasar Lama", "POLICY")


def holders(result: list[Item]) -> list[tuple[str, str, str | None]]:
    return [
        (one.stance, one.holder.kind, one.holder.mention or one.holder.name)
        for one in read(result, TEXT, SCHEME).stances
    ]


def reasons(result: list[Item]) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read(result, TEXT, SCHEME)
    return [reason.partition(":")[0] for reason in caught.value.reasons]


def aside(result: list[Item]) -> list[str]:
    return [one.reason.partition(":")[0] for one in read(result, TEXT, SCHEME).set_aside]


def remarks(result: list[Item]) -> list[str]:
    return [remark.partition(":")[0] for remark in read(result, TEXT, SCHEME).remarks]


def test_regions_become_mentions_in_the_order_of_the_text() -> None:
    unsure = choice("m", "unsure", "unsure")
    noted = {**MOVE, "origin": "prediction-changed", "meta": {"text": ["plan-7"]}}
    assert read([noted, unsure, SENA], TEXT, SCHEME).entities == (
        Entity(id="a", start=0, end=11, text="Sena Waluyo", label="PERSON"),
        Entity(
            id="m", start=36, end=57, text="relokasi 🎉 Pasar Lama", label="POLICY", ref="plan-7",
            origin="prediction-changed", unsure=True,
        ),
    )  # fmt: skip


def test_a_stance_with_the_article_as_holder() -> None:
    result = [MOVE, choice("m", "stance", "against"), choice("m", "holder", "author")]
    assert read(result, TEXT, SCHEME).stances == (
        Stance(
            id="m:author", stance="against", target=Target(kind="mention", mention="m"), holder=Holder(kind="author")
        ),
    )


def test_a_forgotten_holder_is_unspecified_never_the_article() -> None:
    assert holders([MOVE, choice("m", "stance", "none")]) == [("none", "unspecified", None)]


def test_two_arrows_and_a_choice_are_three_stances() -> None:
    result = [MOVE, CLUB, SENA, choice("m", "stance", "against"), choice("m", "holder", "RESIDENTS")]
    result += [arrow("b", "m"), arrow("m", "a", "left")]
    assert holders(result) == [
        ("against", "mention", "a"),
        ("against", "mention", "b"),
        ("against", "named", "RESIDENTS"),
    ]


def test_an_arrow_with_a_label_is_its_holders_own_side_and_the_choice_is_of_who_was_chosen() -> None:
    result = [MOVE, CLUB, SENA, choice("m", "stance", "against"), choice("m", "holder", "author")]
    result += [arrow("b", "m", "right", "Mendukung"), arrow("a", "m")]
    assert holders(result) == [("against", "mention", "a"), ("favor", "mention", "b"), ("against", "author", None)]
    assert remarks(result) == []


def test_an_arrow_with_a_label_needs_no_choice_on_its_target() -> None:
    result = [MOVE, SENA, CLUB, arrow("a", "m", "right", "Menolak"), arrow("m", "b", "left", "Tidak memihak")]
    assert holders(result) == [("against", "mention", "a"), ("none", "mention", "b")]
    assert aside(result) == []


@pytest.mark.parametrize("label", ["against", "Against", "Menolak", " Menolak "])
def test_a_label_is_a_constant_or_a_title_in_any_language(label: str) -> None:
    assert holders([MOVE, SENA, arrow("a", "m", "right", label)]) == [("against", "mention", "a")]


def test_a_choice_that_every_arrow_contradicts_is_kept_as_nobodys_and_remarked() -> None:
    result = [MOVE, SENA, choice("m", "stance", "favor"), arrow("a", "m", "right", "Menolak")]
    assert holders(result) == [("against", "mention", "a"), ("favor", "unspecified", None)]
    assert remarks(result) == ["disagreement"]
    assert aside(result) == []


def test_a_choice_that_an_arrows_label_repeats_is_that_arrows() -> None:
    result = [MOVE, SENA, choice("m", "stance", "favor"), arrow("a", "m", "right", "Mendukung")]
    assert holders(result) == [("favor", "mention", "a")]
    assert remarks(result) == []


def test_a_holder_chosen_from_the_predicted_mentions_is_the_mention_that_is_marked_there() -> None:
    result = [MOVE, CLUB, SENA, choice("m", "stance", "against"), choice("m", "holder", "mention:0-11")]
    assert holders([*result, arrow("b", "m")]) == [("against", "mention", "a"), ("against", "mention", "b")]
    assert remarks(result) == []


def test_a_holder_chosen_from_the_predicted_mentions_and_marked_nowhere_is_kept_by_name_and_remarked() -> None:
    result = [MOVE, choice("m", "stance", "against"), choice("m", "holder", "mention:0-11")]
    assert holders(result) == [("against", "named", "Sena Waluyo")]
    assert remarks(result) == ["holder-unmarked"]


def test_an_article_level_choice_is_the_articles_voice_on_a_declared_target() -> None:
    result = [choice("x", "article_stance_PLASTIC_LEVY", "favor"), choice("y", "article_stance_MARKET_MOVE", "none")]
    assert [(one.id, one.stance) for one in read(result, TEXT, SCHEME).stances] == [
        ("article:MARKET_MOVE:author", "none"), ("article:PLASTIC_LEVY:author", "favor"),
    ]  # fmt: skip


def test_a_comment_is_read_without_its_edges() -> None:
    said: Item = {"id": "c", "from_name": "comment", "type": "textarea", "value": {"text": [" tidak yakin\n", ""]}}
    assert read([said], TEXT, SCHEME).comment == "tidak yakin"


def test_an_empty_submission_says_nothing() -> None:
    reading = read([], TEXT, SCHEME)
    assert (reading.entities, reading.stances, reading.comment, reading.set_aside) == ((), (), None, ())


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ([region("a", "Sena Waluyo", "HERO")], ["label-unknown"]),
        ([{**SENA, "value": {**SENA["value"], "labels": []}}], ["label-count"]),
        ([MOVE, choice("m", "stance", "maybe")], ["stance-unknown"]),
        ([MOVE, choice("m", "stance", "favor", "against")], ["stance-count"]),
        ([MOVE, choice("m", "stance", "favor"), choice("m", "stance", "against")], ["repeated"]),
        ([SENA, SENA], ["repeated"]),
        ([{**SENA, "id": None}], ["id-missing"]),
        ([{**SENA, "value": {"start": 900, "end": 911, "text": "Siapa", "labels": ["PERSON"]}}], ["offset-unproven"]),
        ([{**SENA, "value": {"start": -4, "end": 10**12, "labels": ["PERSON"]}}], ["offset-unproven"]),
        ([SENA, MOVE, arrow("a", "m", "right", "Menolak", "Mendukung")], ["stance-count"]),
        ([SENA, MOVE, arrow("a", "m", "right", "Bingung")], ["stance-unknown"]),
        ([MOVE, choice("m", "stance", "favor"), choice("m", "holder", "mention:900-911")], ["holder-unproven"]),
        ([MOVE, choice("m", "stance", "favor"), choice("m", "holder", "mention:11-12")], ["holder-unproven"]),
        ([MOVE, choice("m", "stance", "favor"), choice("m", "holder", "mention:Sena")], ["holder-unproven"]),
        ([MOVE, choice("m", "stance", "favor"), choice("m", "holder", "author", "RESIDENTS")], ["holder-count"]),
        ([choice("x", "article_stance_MOON", "none")], ["target-unknown"]),
        ([{**SENA, "value": {**SENA["value"], "text": "Siapa"}}], ["offset-unproven"]),
        (
            [region("a", "Sena Waluyo", "HERO"), MOVE, choice("m", "stance", "maybe")],
            ["label-unknown", "stance-unknown"],
        ),
    ],
)
def test_what_contradicts_text_or_scheme_makes_the_result_unreadable(result: list[Item], expected: list[str]) -> None:
    assert reasons(result) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ([SENA, MOVE, arrow("a", "m")], ["no-stance"]),
        ([MOVE, choice("m", "stance", "favor"), arrow("gone", "m")], ["no-region"]),
        ([SENA, MOVE, choice("m", "stance", "favor"), arrow("a", "m", "bi")], ["no-region"]),
        ([SENA, MOVE, choice("m", "stance", "favor"), arrow("a", "m"), arrow("a", "m")], ["repeated"]),
        ([MOVE, choice("m", "holder", "author")], ["no-stance"]),
        ([MOVE, arrow("gone", "m", "right", "Menolak")], ["no-region"]),
        ([MOVE, SENA, arrow("a", "m", "right", "Menolak"), arrow("a", "m", "right", "Mendukung")], ["repeated"]),
        (
            [MOVE, SENA, choice("m", "stance", "favor"), choice("m", "holder", "mention:0-11"), arrow("a", "m")],
            ["repeated"],
        ),
        ([choice("gone", "stance", "favor")], ["no-region"]),
        ([choice("x", "mood", "happy")], ["foreign-control"]),
        ([MOVE, choice("m", "stance")], ["no-choice"]),
    ],
)
def test_what_points_to_nothing_is_set_aside_by_itself(result: list[Item], expected: list[str]) -> None:
    assert aside(result) == expected


def test_items_are_counted_by_what_they_are() -> None:
    comment: Item = {"from_name": "comment", "type": "textarea", "value": {}}
    items = [SENA, arrow("a", "m"), choice("m", "stance", "favor"), choice("x", "article_stance_MARKET_MOVE")]
    items += [choice("m", "holder", "author"), comment]
    assert [kind_of(item) for item in items] == ["regions", "relations", "choices", "choices", "relations", "comments"]
