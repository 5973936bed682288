"""A small corpus to predict: two articles with gold, two without. All people, places and organisations are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import article, entity, gold, write_corpus

from kliping.annotation.prediction.offers import gold_by_article
from kliping.annotation.prediction.writing import Ground
from kliping.contract import load_contract

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

MARKET = article(
    "market",
    "Pasar Lama Tetap Buka",
    "Wali Kota Rimbia, Sena Waluyo, menolak pemindahan Pasar Lama 👩‍🌾. “Kami tidak pindah,” kata Sena Waluyo.",
)
FERRY = article(
    "ferry", "Night ferry returns", "The Rimbia Ferry Board backed the night ferry. Vale did not.", language="en"
)
DIKE = article("dike", "TANGGUL JEBOL", "🚢 Tanggul jebol di Rimbia, kata Sena Waluyo. Pemindahan Pasar Lama ditunda.")
LAMPS = article("lamps", "Festival lampion", "Festival Perahu digelar di Tanjung Belida pekan ini.")
GOLD = (
    gold(
        MARKET,
        (
            entity(MARKET, 1, "Pasar Lama", "PLACE"),
            entity(MARKET, 2, "Rimbia", "PLACE"),
            entity(MARKET, 3, "Sena Waluyo", "PERSON"),
            entity(MARKET, 4, "pemindahan Pasar Lama", "POLICY"),
            entity(MARKET, 5, "Sena Waluyo", "PERSON", after="kata "),
        ),
    ),
    gold(
        FERRY,
        (
            entity(FERRY, 1, "Rimbia Ferry Board", "ORGANISATION"),
            entity(FERRY, 2, "night ferry", "POLICY"),
            entity(FERRY, 3, "Vale", "PERSON"),
        ),
    ),
)


def predicted_corpus(root: Path) -> Corpus:
    return write_corpus(root, (MARKET, FERRY, DIKE, LAMPS), gold=GOLD)


def ground(corpus: Corpus) -> Ground:
    return Ground(corpus, load_contract(corpus.schema), gold_by_article(corpus))
