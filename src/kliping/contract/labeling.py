"""Label Studio's labelling configuration, derived from the scheme.

Stances and holders are choices on the region of the target's mention: measured as the quickest way for annotators.
An arrow from a holder's mention to the target's says who takes the stance where a mention does, and allows two holders
of one target. Labels and choices carry the constant as `alias`, which is what Label Studio stores; what it shows is the
title in the annotators' language.

The labels stay in sight above a long article, and the questions on a marked mention below it: neither needs scrolling,
and the text does not move when they appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.contract.scheme import Label, Scheme

__all__ = ["ARTICLE_STANCE", "AUTHOR", "COMMENT", "HOLDER", "LABEL", "STANCE", "TEXT", "UNSURE", "labeling_config"]

TEXT, LABEL, STANCE, HOLDER, UNSURE, COMMENT = "text", "label", "stance", "holder", "unsure", "comment"
ARTICLE_STANCE = "article_stance"
"""Prefix of the control of each declared target: `article_stance_TARGET`."""

AUTHOR = "author"
"""The holder that stands for the article's own voice."""

_UNSURE_KEY = "x"
"""The meta-schema keeps it from labels, and `u` too: with that, Label Studio unselects a region."""

_WORDS = {
    "en": {
        "unsure": "Unsure",
        "stance": "Stance towards this mention",
        "holder": "Who takes it?",
        "article": "The article's own voice on: {target}",
        "comment": "Comment",
    },
    "id": {
        "unsure": "Ragu",
        "stance": "Sikap terhadap sebutan ini",
        "holder": "Sikap siapa?",
        "article": "Suara artikel tentang: {target}",
        "comment": "Komentar",
    },
}

_GROUND = "z-index: 2; padding: 4px 0; background: var(--color-neutral-background)"
_ABOVE = f"position: sticky; top: 0; {_GROUND}"
_BELOW = f"position: sticky; bottom: -16px; {_GROUND}; border-top: 1px solid var(--color-neutral-border)"
_ROW = "display: flex; flex-wrap: wrap; align-items: center; column-gap: 16px; margin: -6px 0"
_QUESTION = "margin: 0; font-size: 16px"
_SMALL = "margin: 8px 0; font-size: 12px; font-weight: 400; color: var(--color-neutral-content-subtler)"


def labeling_config(scheme: Scheme, language: str) -> str:
    """The configuration as XML, with titles in a language where the scheme has them."""
    words = _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])
    view = ET.Element("View")
    labels = ET.SubElement(ET.SubElement(view, "View", style=_ABOVE), "Labels", name=LABEL, toName=TEXT)
    for label in _on_screen(scheme.entity_labels):
        ET.SubElement(labels, "Label", _shown(label, language, colour=True))
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    _mention_questions(view, scheme, words, language)
    for target in _on_screen(scheme.targets):
        question = words["article"].format(target=target.title_in(language))
        choices = _choices(_row(view, question), f"{ARTICLE_STANCE}_{target.const}")
        for stance in _on_screen(scheme.stances):
            ET.SubElement(choices, "Choice", _shown(stance, language, hotkey=False))
    ET.SubElement(view, "Relations")
    ET.SubElement(
        view, "TextArea", name=COMMENT, toName=TEXT, placeholder=words["comment"], maxSubmissions="1", rows="2"
    )
    ET.SubElement(view, "Header", value="$about", size="5", style=_SMALL)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _mention_questions(view: ET.Element, scheme: Scheme, words: dict[str, str], language: str) -> None:
    """Stance, holder and doubt about the mention that is selected; unseen while none is."""
    panel = ET.SubElement(view, "View", visibleWhen="region-selected", whenTagName=LABEL, style=_BELOW)
    stance = _choices(_row(panel, words["stance"]), STANCE, perRegion="true")
    for label in _on_screen(scheme.stances):
        ET.SubElement(stance, "Choice", _shown(label, language))
    holder = _row(panel, words["holder"])
    _choices(holder, HOLDER, perRegion="true", value="$holders")
    # In a View of its own: beside choices that a task brings, Label Studio refuses a control of one choice (its issue
    # 1259, mended but for this case).
    unsure = _choices(ET.SubElement(holder, "View"), UNSURE, perRegion="true", choice="multiple")
    ET.SubElement(unsure, "Choice", value=words["unsure"], alias=UNSURE, hotkey=_UNSURE_KEY)


def _row(view: ET.Element, question: str) -> ET.Element:
    """A question with room for its choices beside it."""
    row = ET.SubElement(view, "View", style=_ROW)
    ET.SubElement(row, "Header", value=question, size="5", style=_QUESTION)
    return row


def _choices(view: ET.Element, name: str, choice: str = "single", **more: str) -> ET.Element:
    """A control of choices on the text, side by side."""
    attributes = {"name": name, "toName": TEXT, "choice": choice, "showInline": "true", **more}
    return ET.SubElement(view, "Choices", attributes)


def _on_screen(labels: Iterable[Label]) -> list[Label]:
    return [label for label in labels if not label.deprecated]


def _shown(label: Label, language: str, *, hotkey: bool = True, colour: bool = False) -> dict[str, str]:
    """The attributes of a label or a choice: its title is shown, its constant stored."""
    attributes = {"value": label.title_in(language), "alias": label.const}
    if hotkey and label.key:
        attributes["hotkey"] = label.key
    if colour and label.colour:
        attributes["background"] = label.colour
    return attributes
