"""What annotations use and a screen would lose is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.contract.labeling import labeling_config
from kliping.studio.screen import lacking

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.studio.results import Item


def choice(control: str, *choices: str) -> Item:
    return {"id": "a", "from_name": control, "type": "choices", "value": {"choices": list(choices)}}


def arrow(*labels: str) -> Item:
    return {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": list(labels)}


def test_choices_labels_and_controls_that_a_screen_has_not_are_named_once(contract: Contract) -> None:
    hero: Item = {"id": "a", "from_name": "label", "type": "labels", "value": {"labels": ["HERO"]}}
    items = [hero, hero, choice("stance", "maybe"), choice("mood", "happy"), choice("stance", "favor")]
    assert lacking(labeling_config(contract.scheme, "id"), items) == ["label=HERO", "mood", "stance=maybe"]


def test_a_holder_is_never_lacking_for_tasks_bring_theirs(contract: Contract) -> None:
    assert lacking(labeling_config(contract.scheme, "id"), [choice("holder", "mention:3-9")]) == []


def test_a_label_on_an_arrow_that_a_screen_shows_otherwise_is_lacking(contract: Contract) -> None:
    items = [arrow("Menolak"), arrow(), {"type": "relation", "from_id": "a", "to_id": "b"}]
    assert lacking(labeling_config(contract.scheme, "id"), items) == []
    assert lacking(labeling_config(contract.scheme, "en"), items) == ["relations=Menolak"]
    assert lacking("<View><Relations /></View>", items) == ["relations=Menolak"]
