"""The screen is the scheme's: what it shows is in the annotators' language, what it stores are the constants."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from kliping.contract import load_contract
from kliping.contract.labeling import labeling_config
from kliping.contract.scheme import Label
from kliping.errors import DataError

if TYPE_CHECKING:
    from kliping.contract.scheme import Scheme

ROOT = Path(__file__).parents[3]
SCHEME = load_contract(ROOT / "schema").scheme


def screen(scheme: Scheme = SCHEME, language: str = "id") -> ET.Element:
    return ET.fromstring(labeling_config(scheme, language))  # noqa: S314 — our own


def control(view: ET.Element, name: str) -> ET.Element:
    found = view.find(f".//*[@name='{name}']")
    assert found is not None, name
    return found


def shown(view: ET.Element, name: str) -> list[tuple[str | None, str | None]]:
    """What a control shows and what it stores, choice by choice."""
    return [(choice.get("value"), choice.get("alias")) for choice in control(view, name)]


def test_the_committed_screen_is_the_derived_one() -> None:
    committed = (ROOT / "annotations" / "labeling.xml").read_text(encoding="utf-8")
    assert committed == labeling_config(SCHEME, "id")


def test_titles_are_shown_and_constants_stored() -> None:
    view = screen()
    assert shown(view, "label") == [
        ("Orang", "PERSON"),
        ("Organisasi", "ORGANISATION"),
        ("Tempat", "PLACE"),
        ("Peristiwa", "EVENT"),
        ("Kebijakan", "POLICY"),
    ]
    stances = [("Menolak", "against"), ("Tidak memihak", "none"), ("Mendukung", "favor")]
    assert shown(view, "stance") == stances
    assert shown(view, "article_stance_MARKET_MOVE") == stances
    assert shown(view, "article_stance_PLASTIC_LEVY") == stances
    assert shown(view, "unsure") == [("Ragu", "unsure")]


def test_english_annotators_get_english_titles() -> None:
    view = screen(language="en-GB")
    assert shown(view, "label")[0] == ("Person", "PERSON")
    assert shown(view, "unsure") == [("Unsure", "unsure")]
    headers = [header.get("value") for header in view.iter("Header")]
    assert headers == [
        "$about",
        "Stance towards this mention",
        "Who takes it?",
        "The article's own voice on: Moving the Old Market",
        "The article's own voice on: Levy on plastic bags",
    ]


def test_a_language_without_titles_falls_back_to_english() -> None:
    assert labeling_config(SCHEME, "nl") == labeling_config(SCHEME, "en")


def retired(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels, the first of them deprecated."""
    return (dataclasses.replace(labels[0], deprecated=True), *labels[1:])


def test_deprecated_labels_are_off_the_screen() -> None:
    scheme = dataclasses.replace(
        SCHEME,
        entity_labels=retired(SCHEME.entity_labels),
        stances=retired(SCHEME.stances),
        targets=retired(SCHEME.targets),
    )
    view = screen(scheme)
    assert "PERSON" not in [alias for _, alias in shown(view, "label")]
    assert [alias for _, alias in shown(view, "stance")] == ["none", "favor"]
    assert [alias for _, alias in shown(view, "article_stance_PLASTIC_LEVY")] == ["none", "favor"]
    assert view.find(".//*[@name='article_stance_MARKET_MOVE']") is None


def test_no_two_controls_share_a_hotkey_and_none_is_label_studios_own() -> None:
    hotkeys = [key for one in screen().iter() if (key := one.get("hotkey"))]
    assert hotkeys == ["p", "o", "l", "e", "k", "1", "2", "3", "x", "6", "7", "8", "9", "0", "q"]
    assert len(set(hotkeys)) == len(hotkeys)
    assert "u" not in hotkeys  # unselects a region


@pytest.mark.parametrize("key", ["u", "x"])
def test_a_label_cannot_have_a_hotkey_that_the_screen_needs(tmp_path: Path, key: str) -> None:
    folder = Path(shutil.copytree(ROOT / "schema", tmp_path / "schema"))
    own = folder / "corpus.schema.json"
    own.write_text(own.read_text(encoding="utf-8").replace('"key": "p"', f'"key": "{key}"'), encoding="utf-8")
    with pytest.raises(DataError, match=f"entity_label/oneOf/0/x-kliping/key: '{key}'"):
        load_contract(folder)


def test_every_control_has_a_name_of_its_own_and_is_about_the_text() -> None:
    view = screen()
    controls = [one for one in view.iter() if one.get("toName")]
    assert [one.get("name") for one in controls] == [
        "label", "stance", "unsure", "holder", "article_stance_MARKET_MOVE", "article_stance_PLASTIC_LEVY", "comment",
    ]  # fmt: skip
    assert {one.get("toName") for one in controls} == {"text"}
    assert control(view, "text").get("granularity") == "symbol"


@pytest.mark.parametrize("name", ["stance", "holder", "unsure"])
def test_the_questions_on_a_mention_are_asked_per_region(name: str) -> None:
    assert control(screen(), name).get("perRegion") == "true"


def test_a_holder_is_chosen_from_the_tasks_list_and_never_preset() -> None:
    holder = control(screen(), "holder")
    assert (holder.get("value"), holder.get("choice"), len(holder)) == ("$holders", "single", 0)
    assert not [one for one in screen().iter() if one.get("selected")]


def test_an_arrow_may_have_one_of_the_stances_by_the_name_that_is_shown() -> None:
    relations = screen().find(".//Relations")
    assert relations is not None
    assert relations.get("choice") == "single"
    assert [one.attrib for one in relations] == [
        {"value": "Menolak"}, {"value": "Tidak memihak"}, {"value": "Mendukung"},
    ]  # fmt: skip


def test_a_retired_stance_is_no_name_for_an_arrow() -> None:
    view = screen(dataclasses.replace(SCHEME, stances=retired(SCHEME.stances)))
    assert [one.get("value") for one in view.iter("Relation")] == ["Tidak memihak", "Mendukung"]


def test_the_comment_is_one_line_that_can_be_mended() -> None:
    comment = control(screen(), "comment")
    assert (comment.get("rows"), comment.get("editable")) == (None, "true")
    assert comment.get("placeholder") == "Komentar, lalu tekan Enter"


def test_stances_have_their_colours_at_the_edge() -> None:
    styles = [str(choice.get("style")) for choice in control(screen(), "stance")]
    assert [style[:28] for style in styles] == [
        "box-shadow: inset 4px 0 #c03", "box-shadow: inset 4px 0 #7f8", "box-shadow: inset 4px 0 #27a",
    ]  # fmt: skip


def test_a_scheme_without_declared_targets_asks_nothing_of_the_article() -> None:
    view = screen(dataclasses.replace(SCHEME, targets=()))
    assert [one.get("name") for one in view.iter("Choices")] == ["stance", "unsure", "holder"]


def test_signs_that_xml_reserves_come_through() -> None:
    odd = Label(const="ODD", title='<Q&A> "x"', description="An odd title.")
    view = screen(dataclasses.replace(SCHEME, entity_labels=(odd,)))
    assert shown(view, "label") == [('<Q&A> "x"', "ODD")]
