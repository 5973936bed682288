"""What a labelling configuration lacks of what annotations use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.studio.screen import lacking

if TYPE_CHECKING:
    from kliping.studio.results import Item


def test_a_screen_lacks_what_items_use_and_it_does_not_offer() -> None:
    config = """<View><Labels name="label" toName="text"><Label value="Orang" alias="PERSON"/></Labels>
    <Choices name="holder" toName="text" value="$holders"/></View>"""
    items: list[Item] = [
        {"from_name": "label", "type": "labels", "value": {"labels": ["PERSON"]}},
        {"from_name": "label", "type": "labels", "value": {"labels": ["PLACE"]}},
        {"from_name": "holder", "type": "choices", "value": {"choices": ["anyone"]}},
        {"from_name": "mood", "type": "choices", "value": {"choices": ["happy"]}},
        {"type": "relation", "from_id": "a", "to_id": "b"},
    ]
    assert lacking(config, items) == ["label=PLACE", "mood"]
