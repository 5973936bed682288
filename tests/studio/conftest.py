"""A client of the run's server, its annotators, and corpora with projects of their own."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

import msgspec
import pytest
from demo.annotators import sign_up
from tests.corpora import SCHEMA, article, write_corpus

from kliping.contract import Contract, load_contract
from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Article


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load_contract(SCHEMA)


@pytest.fixture(scope="session")
def client(studio: tuple[str, str]) -> Iterator[Client]:
    with Client(*studio) as client:
        yield client


@pytest.fixture(scope="session")
def ayu(studio: tuple[str, str]) -> Iterator[Client]:
    with Client(studio[0], sign_up(*studio, "ayu@pos.example")) as client:
        yield client


@pytest.fixture(scope="session")
def bima(studio: tuple[str, str]) -> Iterator[Client]:
    with Client(studio[0], sign_up(*studio, "bima@pos.example")) as client:
        yield client


@pytest.fixture
def make_corpus(tmp_path: Path) -> Callable[..., Corpus]:
    """A corpus of some articles, whose project no other test has."""

    def make(*articles: Article) -> Corpus:
        corpus = write_corpus(tmp_path / "corpus", articles)
        own = uuid.uuid4().hex[:12]
        return dataclasses.replace(
            corpus, settings=msgspec.structs.replace(corpus.settings, name=f"toy-{own}", title=f"Toy {own}")
        )

    return make


@pytest.fixture
def three(make_corpus: Callable[..., Corpus]) -> Corpus:
    """Three short articles."""
    pieces = ("Rimbia bersiap menyambut festival perahu.", "Sena Waluyo menolak pungutan.", "Pasar Lama tetap buka.")
    return make_corpus(
        *(article(f"article-{number}", f"Berita {number}", piece) for number, piece in enumerate(pieces))
    )
