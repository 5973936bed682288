"""A constant is renamed in the items of a result, arrows included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kliping.annotation.relabelling import Rename
from kliping.studio.renaming import Names, holders_renamed, renamed_items, uses

if TYPE_CHECKING:
    from kliping.studio.results import Item

SCREEN = """<View><Choices name="stance" toName="text"><Choice value="Menentang" alias="anti"/>
<Choice value="Mendukung" alias="favor"/></Choices>
<Relations><Relation value="Menentang"/><Relation value="Melawan"/></Relations></View>"""


def names(*rename: str) -> Names:
    return Names.of(Rename(*rename), SCREEN, "Menolak", lambda name: name == "Melawan")  # type: ignore[arg-type]


def choice(control: str, *choices: str, **more: Any) -> Item:
    return {"id": "a", "from_name": control, "type": "choices", "value": {"start": 0, "choices": list(choices)}, **more}


def region(label: str) -> Item:
    return {"id": "a", "from_name": "label", "type": "labels", "value": {"start": 0, "end": 4, "labels": [label]}}


def arrow(*labels: str) -> Item:
    return {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": list(labels)}


@pytest.mark.parametrize(
    ("rename", "before", "after"),
    [
        (("label", "HERO", "PERSON"), region("HERO"), region("PERSON")),
        (("stance", "anti", "against"), choice("stance", "anti", origin="prediction"),
         choice("stance", "against", origin="prediction")),
        (("stance", "anti", "against"), choice("article_stance_M", "anti"), choice("article_stance_M", "against")),
        (("stance", "anti", "against"), arrow("anti"), arrow("Menolak")),
        (("stance", "anti", "against"), arrow("Menentang"), arrow("Menolak")),
        (("stance", "anti", "against"), arrow("Melawan"), arrow("Menolak")),
        (("holder", "PEOPLE", "RESIDENTS"), choice("holder", "PEOPLE"), choice("holder", "RESIDENTS")),
        (("target", "MOVE", "SHIFT"), choice("article_stance_MOVE", "anti"), choice("article_stance_SHIFT", "anti")),
    ],
)  # fmt: skip
def test_what_means_the_old_constant_means_the_new_one(rename: tuple[str, ...], before: Item, after: Item) -> None:
    known = names(*rename)
    assert uses([before], known)
    assert renamed_items([before], known) == [after]
    assert not uses([after], known)


@pytest.mark.parametrize(
    ("rename", "item"),
    [
        (("label", "favor", "x"), choice("stance", "favor")),
        (("stance", "HERO", "x"), region("HERO")),
        (("stance", "anti", "x"), choice("holder", "anti")),
        (("stance", "anti", "x"), arrow("Mendukung")),
        (("stance", "anti", "x"), arrow()),
        (("holder", "HERO", "x"), region("HERO")),
        (("target", "MOVE", "x"), choice("article_stance_MOVES", "favor")),
    ],
)
def test_what_means_something_else_stays(rename: tuple[str, ...], item: Item) -> None:
    assert not uses([item], names(*rename))
    assert renamed_items([item], names(*rename)) == [item]


def test_two_targets_that_become_one_are_one_answer_or_a_clash() -> None:
    known = names("target", "MOVE", "SHIFT")
    new = choice("article_stance_SHIFT", "anti")
    assert renamed_items([choice("article_stance_MOVE", "anti"), new], known) == [new]
    assert renamed_items([choice("article_stance_MOVE", "favor"), new], known) is None


def test_the_holders_that_a_task_brings_are_renamed_once() -> None:
    old, new = {"value": "Orang", "alias": "PEOPLE"}, {"value": "Warga", "alias": "RESIDENTS"}
    rename = Rename("holder", "PEOPLE", "RESIDENTS")
    assert holders_renamed([old], rename) == [{"value": "Orang", "alias": "RESIDENTS"}]
    assert holders_renamed([old, new], rename) == [new]
    assert holders_renamed([new], rename) is None
    assert holders_renamed(None, rename) is None


def test_a_screen_that_is_no_xml_names_the_constant_alone() -> None:
    assert Names.of(Rename("stance", "anti", "against"), "<View", "", lambda _: False).arrows == {"anti"}
