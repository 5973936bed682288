"""The adjudicator's screen: the annotators' own, with each one's version over the text and a question for what is open.

A version is a layer of regions under labels that nobody can choose, `A:PERSON` for annotator A's persons, in a colour
of A's own; what is settled is grey, `agreed:PERSON`. The questions come with the task, so that the configuration does
not grow with the articles: a `Repeater` makes of each a row with its choices and room for the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kliping.contract.labeling import ARTICLE_STANCE, COMMENT, LABEL, TEXT, UNSURE, labeling_config
from kliping.contract.labeling.reading import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.contract.scheme import Scheme

__all__ = ["AGREED", "LAYER", "QUESTIONS", "VERDICT", "WHY", "adjudicating_config", "layer", "layers_of"]

LAYER = "layer"
VERDICT, WHY = "verdict", "why"
"""Prefixes of a question's controls: `verdict_0`, `why_0`; the number is its place in the task's list, from 0."""

QUESTIONS = "questions"
"""Where the task's data have the questions."""

AGREED = "agreed"
"""The layer of what is settled."""

_WORDS = {"en": {"why": "Why", "none": "Nothing is open."}, "id": {"why": "Alasan", "none": "Tidak ada yang terbuka."}}

_GREY = "#8c8c8c"
_COLOURS = ("#e6b800", "#00a3cc", "#e0559a", "#7fbf3f", "#8a6fe0", "#ff8c42", "#2fb59a", "#b06a4a")
"""Of annotators, light enough to read text on; the ninth begins anew."""

_NO_KEY = "f19"
"""Label Studio gives every label without a hotkey a free one, and would so put hidden labels under the fingers."""

_ANY_VERDICT = f"{VERDICT}_[0-9]+"
"""Label Studio refuses a new screen without the controls that answers were given with. It does not see that a row's
are there, as it looks for the `Repeater`'s index in `toName` alone; but it reads the names of controls as patterns.
"""

_CSS = ".ant-form-item { margin-bottom: 0 }"
_COLUMNS = "display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); column-gap: 16px; align-items: start"
_SIDE = "position: sticky; top: 0; max-height: calc(100vh - 150px); overflow-y: auto; padding-right: 8px"
_QUESTION = "padding: 6px 0; border-bottom: 1px solid var(--color-neutral-border)"
_SHOWN = "margin: 0; font-size: 14px; font-weight: 500; white-space: pre-line"


def adjudicating_config(scheme: Scheme, language: str, letters: Sequence[str]) -> str:
    """The configuration as XML.

    Args:
        scheme: whose labels there are, retired ones included: annotators may have used them.
        language: of the titles.
        letters: that annotators go by, such as `A` and `B`.
    """
    words = _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])
    screen = read_config(labeling_config(scheme, language))
    view = ET.Element("View", style=_COLUMNS)
    left, right = ET.SubElement(view, "View"), ET.SubElement(view, "View", style=_SIDE)
    for part in screen:
        if not _names(part, ARTICLE_STANCE):
            (right if _names(part, COMMENT) else left).append(part)
    for text in left.iter("Text"):
        text.set("showLabels", "true")
    for panel in left.iterfind(f".//View[@whenTagName='{LABEL}']"):
        del panel.attrib["whenTagName"]  # a stance may be added to a mention in any layer
    for part in list(left.iter("View")):
        for doubt in part.findall(f"./Choices[@name='{UNSURE}']"):
            part.remove(doubt)  # a decision cannot be unsure
    ET.SubElement(right, "Style").text = _CSS
    left.insert(0, _layers(scheme, language, letters))
    right.insert(0, _questions(words))
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def layer(letter: str, label: str) -> str:
    """The label of a region in somebody's layer, as it is stored."""
    return f"{letter}:{label}"


def layers_of(config: str) -> list[str]:
    """The letters that a configuration has layers for; none where it cannot be read."""
    try:
        found = read_config(config).iterfind(f".//Labels[@name='{LAYER}']/Label")
    except ET.ParseError:
        return []
    letters = dict.fromkeys(str(one.get("alias")).partition(":")[0] for one in found)
    return [letter for letter in letters if letter != AGREED]


def _names(part: ET.Element, name: str) -> bool:
    """Whether a part of the screen has a control of a name, or of a name that begins with it and `_`."""
    return any(str(one.get("name")) == name or str(one.get("name")).startswith(f"{name}_") for one in part.iter())


def _layers(scheme: Scheme, language: str, letters: Sequence[str]) -> ET.Element:
    hidden = ET.Element("View", style="display: none")
    labels = ET.SubElement(hidden, "Labels", name=LAYER, toName=TEXT)
    for letter, mark, colour in _shown(letters):
        for label in scheme.entity_labels:
            ET.SubElement(
                labels,
                "Label",
                value=f"{mark} {label.title_in(language)}",
                alias=layer(letter, label.const),
                background=colour,
                hotkey=_NO_KEY,
            )
    answered = ET.SubElement(hidden, "Choices", name=_ANY_VERDICT, toName=TEXT)
    ET.SubElement(answered, "Choice", value=VERDICT, hotkey=_NO_KEY)
    return hidden


def _shown(letters: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for number, letter in enumerate(letters):
        yield letter, f"{letter}:", _COLOURS[number % len(_COLOURS)]
    yield AGREED, "✓", _GREY


def _questions(words: dict[str, str]) -> ET.Element:
    repeater = ET.Element("Repeater", on=f"${QUESTIONS}", indexFlag="{{n}}")
    row = ET.SubElement(repeater, "View", style=_QUESTION)
    at = f"${QUESTIONS}[{{{{n}}}}]"
    ET.SubElement(row, "Header", value=f"{at}.shown", size="5", style=_SHOWN)
    ET.SubElement(
        row,
        "Choices",
        name=f"{VERDICT}_{{{{n}}}}",
        toName=TEXT,
        value=f"{at}.choices",
        choice="single",
        showInline="true",
    )
    ET.SubElement(
        row,
        "TextArea",
        name=f"{WHY}_{{{{n}}}}",
        toName=TEXT,
        placeholder=words["why"],
        maxSubmissions="1",
        editable="true",
    )
    return repeater
