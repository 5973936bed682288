"""What is said of a release as a whole: who made it, under which licence, how it is cited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import SCHEMA, UNCHECKED, toy
from tests.release.card.describing import described
from tests.release.croissant.test_document import CITATION

from kliping.contract import load_contract
from kliping.files import write_bytes
from kliping.project import Corpus, Settings
from kliping.release import build_release
from kliping.release.croissant.document import croissant

if TYPE_CHECKING:
    from pathlib import Path


def told(root: Path, *, more: str = "", licence: str | None = None, date: str | None = None) -> dict[str, Any]:
    corpus = toy(root)
    text = (root / "pyproject.toml").read_text()
    if licence is not None:
        text = text.replace('licence = "CC0-1.0"', f'licence = "{licence}"' if licence else "")
    write_bytes(root / "pyproject.toml", (text + more).encode())
    if date is not None:
        write_bytes(corpus.corpus / "CHANGELOG.md", f"# Changes\n\n## 0.1.0 - {date}\n\nThe first.\n".encode())
    corpus = Corpus.open(root)
    _, folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    found: dict[str, Any] = json.loads((folder / "croissant.json").read_bytes())
    return {
        name: value
        for name, value in found.items()
        if name not in {"@context", "distribution", "recordSet"} and not name.startswith("rai:")
    }


def test_a_plain_corpus_says_what_it_knows(tmp_path: Path) -> None:
    maintainers = {"@type": "sc:Organization", "name": "The toy maintainers"}
    found = told(tmp_path, date="2026-11-25")
    assert found.pop("citeAs").startswith("@misc{toy-0.1.0,\n  author = {{The toy maintainers}},\n")
    assert found == {
        "@type": "sc:Dataset",
        "name": "toy",
        "alternateName": "Toy corpus: news from Rimbia",
        "description": (
            "Toy corpus: news from Rimbia: 5 news articles, with named entities and stances, 2 with gold. "
            "README.md tells more."
        ),
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "version": "0.1.0",
        "license": "https://spdx.org/licenses/CC0-1.0",
        "datePublished": "2026-11-25",
        "creator": [maintainers],
        "publisher": maintainers,
        "keywords": ["named entity recognition", "news", "stance detection"],
        "inLanguage": ["en", "id"],
        "isLiveDataset": False,
    }


def test_the_settings_say_who_is_cited_and_where_it_is_found(tmp_path: Path) -> None:
    found = told(tmp_path, more=CITATION)
    assert found["creator"] == [
        {"@type": "sc:Person", "name": "Sena Waluyo", "url": "https://orcid.org/0000-0002-1825-0097"},
        {"@type": "sc:Organization", "name": "The {Rimbia} & Harsa reading circle"},
    ]
    assert (found["url"], found["sameAs"]) == ("https://pos.example/toy", "https://doi.org/10.5281/zenodo.1003150")
    assert found["keywords"] == ["Rimbia", "named entity recognition", "news", "stance detection"]
    assert found["description"].startswith('A "quoted" abstract 👩‍🌾.\n\nToy corpus')
    assert r"{The \{Rimbia\} \& Harsa reading circle}" in found["citeAs"]


@pytest.mark.parametrize(
    ("stated", "page"),
    [
        ("cc-by-4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("On request", "On request"),
        ("", "See the file LICENSE."),
    ],
)
def test_a_licence_is_its_page_or_as_it_is_stated(tmp_path: Path, stated: str, page: str) -> None:
    assert told(tmp_path, licence=stated)["license"] == page


CONTRACT = load_contract(SCHEMA)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@settings(deadline=None)
@given(title=WORDS, holder=WORDS, contact=WORDS)
def test_any_words_of_the_settings_come_back_as_they_are(title: str, holder: str, contact: str) -> None:
    stated = Settings(name="toy", title=title, rights_holder=holder, contact=contact, licence="On request")
    filled = described(CONTRACT, stated)
    found = json.loads(croissant(filled, {}).decode("utf-8"))
    assert (found["alternateName"], found["publisher"]["name"]) == (title, holder)
    assert found["rai:dataReleaseMaintenancePlan"].endswith(f"Contact: {contact}.")
