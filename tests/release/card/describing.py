"""A described release without a build: what card and citation are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, gold, mention, placed, stance

from kliping.project import Settings
from kliping.records import Holder
from kliping.release.card.described import Described
from kliping.release.card.statistics import Statistics
from kliping.release.tables.annotated import Annotated, words
from kliping.release.tables.parquet import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.contract import Contract
    from kliping.records import Article

TOY = Settings(name="toy", title="Toy: news", licence="CC0-1.0", rights_holder="The toy maintainers")
MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak pemindahan Pasar Lama.")


def annotated(one: Article = MARKET) -> Annotated:
    """An article with two annotators who agree, and gold."""
    found = (entity(one, 1, "Sena Waluyo", "PERSON"), entity(one, 2, "Pasar Lama", "PLACE"))
    sides = (stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),)
    made = (annotation(one, "annotator-aa", found, sides), annotation(one, "annotator-bb", found, sides))
    return Annotated(one, placed(one), gold(one, found, sides), made)


def described(
    contract: Contract,
    settings: Settings = TOY,
    articles: Iterable[Annotated] = (),
    date: str | None = None,
    **others: object,
) -> Described:
    """Version 0.1.0 of a corpus, all its articles in train; other fields by name."""
    statistics = Statistics()
    for one in articles:
        statistics.add(one, "train", words(contract))
    rows = sum(statistics.articles.values())
    configs = ["articles", *(["entities", "stances"] if statistics.gold else [])]
    parts = {
        name: {"train": Part(rows, "0" * 64, (f"{name}/train-00000-of-00001-00000000.parquet",), 1, 1)}
        for name in configs
    }
    fields = {
        "settings": settings, "contract": contract, "version": "0.1.0", "date": date, "changes": (), "parts": parts,
        "statistics": statistics,
    }  # fmt: skip
    return Described(**(fields | others))  # type: ignore[arg-type]
