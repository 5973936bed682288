"""Label Studio's labelling configuration, derived from the scheme.

Stances and holders are choices on the region of the target's mention: measured as the quickest way for annotators.
An arrow from a holder's mention to the target's says who takes the stance where a mention does; it may carry a side of
its own, so that one mention can be the target of several. Labels and choices carry the constant as `alias`, which is
what Label Studio stores; what it shows is the title in the annotators' language. An arrow's label has no alias
(`arrows.py`).

The labels stay in sight above a long article, and the questions on a marked mention below it: neither needs scrolling,
and the text does not move when they appear. The comment is one line that Enter keeps, beneath which Label Studio shows
nothing in English; what was not kept when an article is skipped, it loses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kliping.contract.labeling.arrows import arrow_names
from kliping.contract.labeling.controls import ARTICLE_STANCE, COMMENT, HOLDER, LABEL, STANCE, TEXT, UNSURE
from kliping.contract.labeling.keys import UNSURE_KEY, article_keys
from kliping.contract.scheme import on_screen

if TYPE_CHECKING:
    from kliping.contract.scheme import Label, Scheme

__all__ = ["labeling_config"]

_WORDS = {
    "en": {
        "unsure": "Unsure",
        "unsure_hint": "You doubt this mention's label or edges",
        "stance": "Stance towards this mention",
        "holder": "Who takes it?",
        "article": "The article's own voice on: {target}",
        "comment": "Comment, then press Enter",
    },
    "id": {
        "unsure": "Ragu",
        "unsure_hint": "Label atau batas sebutan ini meragukan",
        "stance": "Sikap terhadap sebutan ini",
        "holder": "Sikap siapa?",
        "article": "Suara artikel tentang: {target}",
        "comment": "Komentar, lalu tekan Enter",
    },
}

_CSS = (
    ".lsf-choices { margin: 0 } .lsf-choice { line-height: 30px } "
    ".lsf-richtext { padding-bottom: 12px } .lsf-text-area { margin: 8px 0 }"
)
_GROUND = "z-index: 2; padding: 4px 0; background: var(--color-neutral-background)"
_ABOVE = f"position: sticky; top: 0; {_GROUND}"
_BELOW = f"position: sticky; bottom: -16px; {_GROUND}; border-top: 1px solid var(--color-neutral-border)"
_ROW = "display: flex; flex-wrap: wrap; align-items: center; column-gap: 16px"
_HOLDERS = "display: flex; align-items: baseline; column-gap: 16px; max-height: 126px; overflow-y: auto"
_ASIDE = "margin-left: auto"
_QUESTION = "margin: 0; font-size: 16px; flex: none"
_SMALL = "margin: 0 0 4px; font-size: 12px; font-weight: 400; color: var(--color-neutral-content-subtler)"


def labeling_config(scheme: Scheme, language: str) -> str:
    """The configuration as XML, with titles in a language where the scheme has them."""
    words = _WORDS.get(language.split("-", maxsplit=1)[0], _WORDS["en"])
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = _CSS
    ET.SubElement(view, "Header", value="$about", size="5", style=_SMALL)
    labels = ET.SubElement(ET.SubElement(view, "View", style=_ABOVE), "Labels", name=LABEL, toName=TEXT)
    for label in on_screen(scheme.entity_labels):
        ET.SubElement(labels, "Label", _shown(label, language, label.key))
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    _mention_questions(view, scheme, words, language)
    _article_questions(view, scheme, words, language)
    arrows = ET.SubElement(view, "Relations", choice="single")
    names = arrow_names(scheme, language)
    for stance in on_screen(scheme.stances):
        ET.SubElement(arrows, "Relation", value=names[stance.const])
    ET.SubElement(
        view, "TextArea", name=COMMENT, toName=TEXT, placeholder=words["comment"], maxSubmissions="1", editable="true"
    )
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _mention_questions(view: ET.Element, scheme: Scheme, words: dict[str, str], language: str) -> None:
    """Stance, holder and doubt about the mention that is selected; unseen while none is."""
    panel = ET.SubElement(view, "View", visibleWhen="region-selected", whenTagName=LABEL, style=_BELOW)
    stances = _row(panel, words["stance"])
    stance = _choices(stances, STANCE, perRegion="true")
    for label in on_screen(scheme.stances):
        ET.SubElement(stance, "Choice", _shown(label, language, label.key, edge=True))
    # Before the holders, of which a task may bring many.
    unsure = _choices(ET.SubElement(stances, "View", style=_ASIDE), UNSURE, perRegion="true", choice="multiple")
    ET.SubElement(unsure, "Choice", value=words["unsure"], alias=UNSURE, hotkey=UNSURE_KEY, hint=words["unsure_hint"])
    _choices(_row(panel, words["holder"], _HOLDERS), HOLDER, perRegion="true", value="$holders")


def _article_questions(view: ET.Element, scheme: Scheme, words: dict[str, str], language: str) -> None:
    """A stance of the article as a whole towards each declared target."""
    keys = article_keys(scheme)
    for target in on_screen(scheme.targets):
        question = words["article"].format(target=target.title_in(language))
        choices = _choices(_row(view, question), f"{ARTICLE_STANCE}_{target.const}")
        for stance in on_screen(scheme.stances):
            ET.SubElement(
                choices, "Choice", _shown(stance, language, keys.get((target.const, stance.const)), edge=True)
            )


def _row(view: ET.Element, question: str, style: str = _ROW) -> ET.Element:
    """A question with room for its choices beside it."""
    row = ET.SubElement(view, "View", style=style)
    ET.SubElement(row, "Header", value=question, size="5", style=_QUESTION)
    return row


def _choices(view: ET.Element, name: str, choice: str = "single", **more: str) -> ET.Element:
    """A control of choices on the text, side by side."""
    attributes = {"name": name, "toName": TEXT, "choice": choice, "showInline": "true", **more}
    return ET.SubElement(view, "Choices", attributes)


def _shown(label: Label, language: str, key: str | None, *, edge: bool = False) -> dict[str, str]:
    """The attributes of a label or, with its colour at the edge, of a choice: shown its title, stored its constant."""
    attributes = {"value": label.title_in(language), "alias": label.const}
    if key:
        attributes["hotkey"] = key
    if label.colour and edge:
        attributes["style"] = f"box-shadow: inset 4px 0 {label.colour}; padding-left: 8px; margin-right: 8px"
    elif label.colour:
        attributes["background"] = label.colour
    return attributes
