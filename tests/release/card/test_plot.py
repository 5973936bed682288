"""The drawing of the labels: whole numbers in, the same bytes out, and words for who does not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.release.card.describing import annotated, described

from kliping.project import Settings
from kliping.release.card.plot import plot

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract

SVG = "{http://www.w3.org/2000/svg}"


def test_every_label_and_stance_has_its_name_and_number(released: Path) -> None:
    root = ET.parse(released / "plots" / "labels.svg").getroot()  # noqa: S314 — our own
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words == [
        "Mentions in gold", "PERSON", "1", "ORGANISATION", "1", "PLACE", "2", "EVENT", "0", "POLICY", "2",
        "Stances in gold", "against", "1", "none", "1", "favor", "1", "train", "validation", "test",
    ]  # fmt: skip


def test_who_does_not_see_it_is_told(released: Path) -> None:
    root = ET.parse(released / "plots" / "labels.svg").getroot()  # noqa: S314
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title description"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "Labels of Toy corpus: news from Rimbia, version 0.1.0"
    assert description.text == (
        "Mentions in gold: PERSON 1, ORGANISATION 1, PLACE 2, EVENT 0, POLICY 2. "
        "Stances in gold: against 1, none 1, favor 1."
    )


def test_bars_stay_in_the_drawing_and_grow_with_their_counts(contract: Contract) -> None:
    filled = described(contract, articles=[annotated()])
    filled.statistics.labels.update({("POLICY", "train"): 10**9, ("EVENT", "train"): 5 * 10**8})
    root = ET.fromstring(plot(filled) or "")  # noqa: S314
    bars = {title.text: bar for bar in root.iter(f"{SVG}rect") if (title := bar.find(f"{SVG}title")) is not None}
    widths = {name: int(bar.attrib["width"]) for name, bar in bars.items()}
    assert widths["POLICY, train: 1000000000"] // 2 == widths["EVENT, train: 500000000"]
    assert widths["PERSON, train: 1"] == 1
    assert all(int(bar.attrib["x"]) + int(bar.attrib["width"]) < 660 for bar in bars.values())


def test_words_of_the_settings_are_no_markup(contract: Contract) -> None:
    drawn = plot(described(contract, Settings(name="toy", title="</title><script>&"), [annotated()]))
    title = ET.fromstring(drawn or "").find(f"{SVG}title")  # noqa: S314
    assert title is not None
    assert title.text == "Labels of </title><script>&, version 0.1.0"


def test_without_gold_there_is_nothing_to_draw(contract: Contract) -> None:
    assert plot(described(contract)) is None
