"""Label Studio's labelling configuration, derived from the scheme.

Stances and holders are choices on the region of the target's mention: measured as the quickest way for annotators.
An arrow from a holder's mention to the target's says who takes the stance where a mention does, and allows two holders
of one target. Labels and choices carry the constant as `alias`, which is what Label Studio stores; what it shows is the
title in the annotators' language.
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


def labeling_config(scheme: Scheme, language: str) -> str:
    """The configuration as XML, with titles in a language where the scheme has them."""
    words = _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])
    view = ET.Element("View")
    ET.SubElement(view, "Header", value="$title", size="4")
    labels = ET.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for label in _on_screen(scheme.entity_labels):
        ET.SubElement(labels, "Label", _attributes(label, language, colour="background"))
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    _region_choices(view, STANCE, words["stance"], scheme.stances, language)
    holder = ET.SubElement(view, "View", visibleWhen="region-selected", whenTagName=LABEL)
    ET.SubElement(holder, "Header", value=words["holder"], size="6")
    ET.SubElement(
        holder, "Choices",
        name=HOLDER, toName=TEXT, perRegion="true", whenTagName=LABEL, choice="single", value="$holders", showInline="true",
    )  # fmt: skip
    unsure = ET.SubElement(
        view, "Choices",
        name=UNSURE, toName=TEXT, perRegion="true", whenTagName=LABEL, choice="multiple", showInline="true",
    )  # fmt: skip
    ET.SubElement(unsure, "Choice", value=words["unsure"], alias=UNSURE, hotkey="u")
    for target in _on_screen(scheme.targets):
        ET.SubElement(view, "Header", value=words["article"].format(target=target.title_in(language)), size="6")
        choices = ET.SubElement(
            view, "Choices", name=f"{ARTICLE_STANCE}_{target.const}", toName=TEXT, choice="single", showInline="true"
        )
        for stance in _on_screen(scheme.stances):
            ET.SubElement(choices, "Choice", value=stance.title_in(language), alias=stance.const)
    ET.SubElement(view, "Relations")
    ET.SubElement(
        view, "TextArea", name=COMMENT, toName=TEXT, placeholder=words["comment"], maxSubmissions="1", rows="2"
    )
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _on_screen(labels: Iterable[Label]) -> list[Label]:
    return [label for label in labels if not label.deprecated]


def _region_choices(view: ET.Element, name: str, header: str, labels: Iterable[Label], language: str) -> None:
    group = ET.SubElement(view, "View", visibleWhen="region-selected", whenTagName=LABEL)
    ET.SubElement(group, "Header", value=header, size="6")
    choices = ET.SubElement(
        group, "Choices",
        name=name, toName=TEXT, perRegion="true", whenTagName=LABEL, choice="single", showInline="true",
    )  # fmt: skip
    for label in _on_screen(labels):
        ET.SubElement(choices, "Choice", _attributes(label, language))


def _attributes(label: Label, language: str, colour: str | None = None) -> dict[str, str]:
    attributes = {"value": label.title_in(language), "alias": label.const}
    if label.key:
        attributes["hotkey"] = label.key
    if colour and label.colour:
        attributes[colour] = label.colour
    return attributes
