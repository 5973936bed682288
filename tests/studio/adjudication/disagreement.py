"""An article on which two annotators disagree, and what an adjudicator submits. All names are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, mention, stance

from kliping.annotation import adjudicate_article
from kliping.records import Annotation, Holder, Span

if TYPE_CHECKING:
    from kliping.annotation import Adjudicated
    from kliping.records import Decision
    from kliping.studio.results import Item

__all__ = ["AYU", "BIMA", "MARKET", "adjudicated", "both", "chose", "marked", "span", "wrote"]

MARKET = article(
    "market",
    "Pasar Lama Tetap Buka",
    "Wali Kota Rimbia, Sena Waluyo, menolak pemindahan Pasar Lama 👩‍🌾. “Kami tidak pindah,” kata dia.",
    "Dewan Senar mendukung pemindahan itu. Pedagang Pasar Lama menunggu.",
)
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
MOVE = entity(MARKET, 2, "pemindahan Pasar Lama", "POLICY")
RIMBIA = entity(MARKET, 3, "Rimbia", "PLACE")
MAYOR = entity(MARKET, 4, "Wali Kota Rimbia", "PERSON")
TRADERS = entity(MARKET, 5, "Pedagang Pasar Lama", "ORGANISATION")
HOLDER = Holder(kind="mention", mention="e1")

AYU = annotation(MARKET, "annotator-aa", [SENA, MOVE, RIMBIA], [stance(1, "against", mention("e2"), HOLDER)])
BIMA = annotation(MARKET, "annotator-bb", [SENA, MOVE, MAYOR, TRADERS], [stance(1, "none", mention("e2"), HOLDER)])


def both() -> list[Annotation]:
    return [AYU, BIMA]


def adjudicated(*decisions: Decision, more: tuple[Annotation, ...] = ()) -> Adjudicated:
    return adjudicate_article(MARKET, [AYU, BIMA, *more], decisions, single_annotator=False)


def span(surface: str, label: str, after: str = "") -> Span:
    one = entity(MARKET, 0, surface, label, after=after)
    return Span(start=one.start, end=one.end, text=one.text, label=label)


# Items of a result, as the screen stores them (measured with Label Studio 1.23.2).


def chose(number: int, alias: str) -> Item:
    """The answer to a question, from 1."""
    value = {"choices": [alias]}
    return {
        "id": f"q{number}", "from_name": f"verdict_{number - 1}", "to_name": "text", "type": "choices", "value": value
    }  # fmt: skip


def wrote(number: int, why: str) -> Item:
    return {
        "id": f"w{number}", "from_name": f"why_{number - 1}", "to_name": "text", "type": "textarea",
        "value": {"text": [why]},
    }  # fmt: skip


def marked(name: str, one: Span, control: str = "label", **more: object) -> Item:
    """A region under a label."""
    value = {"start": one.start, "end": one.end, "text": one.text, "labels": [one.label]}
    return {"id": name, "from_name": control, "to_name": "text", "type": "labels", "value": {**value, **more}}
