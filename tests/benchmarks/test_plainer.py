from __future__ import annotations

from random import Random

from benchmarks.plainer import plainer_anchors, plainer_segments
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.segments import Segments, segment

PAGE = "<article class=story><div class=body><p>Feri</p></div><aside hidden class=related><p>Kafe</p></aside></article>"


class Always(Random):
    """A chance that is always taken."""

    def random(self) -> float:
        return 0.0


class Never(Random):
    """A chance that is never taken."""

    def random(self) -> float:
        return 0.99


def read() -> Segments:
    return segment(LexborHTMLParser(PAGE).root)


def test_a_plainer_page_has_the_same_blocks_in_elements_without_names() -> None:
    plainer = plainer_segments(read(), Always())
    assert [block.text for block in plainer.blocks] == ["Feri", "Kafe"]
    assert {element.tag for element in plainer.elements} == {"html", "body", "div", "p"}
    assert [element.hidden for element in plainer.elements] == [element.hidden for element in read().elements]
    assert plainer.elements[3].bits == 0


def test_a_page_of_no_such_chance_stays_as_it_is() -> None:
    plainer = plainer_segments(read(), Never())
    assert [(element.tag, element.bits, element.above) for element in plainer.elements] == [
        (element.tag, element.bits, element.above) for element in read().elements
    ]


def test_a_plainer_page_states_its_first_title_alone() -> None:
    anchors = Anchors(("Feri malam", "Feri"), "Ringkas", "Isi")
    assert plainer_anchors(anchors, Always()) == Anchors(("Feri malam",))
    assert plainer_anchors(anchors, Never()) == anchors
