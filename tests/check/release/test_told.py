"""What a release was described from is read back from its texts, whatever words its makers chose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.release.card.describing import TOY, annotated, described

from kliping.check.release.described import DESCRIBED_RULES, DescribedSeen
from kliping.check.release.disclosure import names_licence
from kliping.check.release.documents import Document, Documents
from kliping.check.release.told import Counted, contact_of, describe, licence_of
from kliping.contract import load_contract
from kliping.project import AuthorTable, CardTable, CitationTable, PreferredTable, Settings
from kliping.project.settings import AdjudicationTable
from kliping.release.card.card import card_files
from kliping.release.card.hub import LICENCES
from kliping.release.croissant.document import croissant
from kliping.release.manifest import Manifest

if TYPE_CHECKING:
    from kliping.release.card.described import Described

CONTRACT = load_contract(Path(__file__).parents[3] / "schema")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
LINES = st.text(st.characters(exclude_categories=["Cs"], include_characters="\n*#|<&_`-"), max_size=60)
WORD = st.text("abcdefghij-", min_size=1, max_size=8)


def texts(filled: Described) -> Documents:
    files = dict(card_files(filled))
    named = {name: Document(name, text) for name, text in files.items()}
    machine = Document("croissant.json", croissant(filled, {}).decode())
    return Documents(named["README.md"], named["CITATION.cff"], machine)


def manifest(filled: Described) -> Manifest:
    from importlib.metadata import version

    return Manifest(
        name=filled.settings.name,
        version=filled.version,
        scheme="1.0.0",
        inputs_sha256="0" * 64,
        kliping=version("kliping"),
        pyarrow="26.0.1",
        schemas=(),
        configs={},
        files={},
    )


def faults(filled: Described) -> list[str]:
    """What is found in texts that are as they were described; the plot, which lies in a folder, is left out."""
    told = texts(filled)
    parts = {(name, split): part for name, splits in filled.parts.items() for split, part in splits.items()}
    held = Counted(
        {key: list(part.files) for key, part in parts.items()},
        {key: part.rows for key, part in parts.items()},
        filled.statistics,
    )
    again = describe(Path("nowhere"), filled.contract, manifest(filled), told, held)
    assert again is not None
    seen = DescribedSeen(Path("nowhere"), manifest(filled), told, again)
    return [f"{one}" for one in DESCRIBED_RULES.findings(seen)]


PEOPLE = st.one_of(
    st.builds(AuthorTable, name=WORDS.filter(str.strip)),
    st.builds(
        AuthorTable,
        given_names=WORDS.filter(str.strip),
        name_particle=st.sampled_from(("", "van")),
        family_names=WORDS.filter(str.strip),
        affiliation=WORDS,
        orcid=st.sampled_from(("", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097")),
    ),
)
SETTINGS = st.builds(
    Settings,
    name=st.just("toy"),
    title=WORDS,
    language=st.sampled_from(("id", "en", "und")),
    licence=st.one_of(st.none(), st.sampled_from(("CC0-1.0", "cc-by-4.0", "CDLA-Permissive-2.0", "Own terms_ *1*"))),
    rights_holder=st.one_of(st.none(), WORDS.filter(str.strip)),
    contact=st.one_of(st.just("https://toy.example/issues"), st.just("a@toy.example"), LINES.map(str.strip)),
    single_annotator=st.booleans(),
    adjudication=st.builds(AdjudicationTable, strategy=st.sampled_from(("unanimous", "majority"))),
    card=st.builds(
        CardTable,
        rationale=LINES,
        annotators=LINES,
        language_creators=st.sampled_from(((), ("found",), ("found", "other"))),
        annotations_creators=st.sampled_from(((), ("expert-generated",))),
    ),
    citation=st.builds(
        CitationTable,
        authors=st.lists(PEOPLE, max_size=3).map(tuple),
        doi=st.sampled_from(("", "10.5281/zenodo.1003150")),
        url=st.sampled_from(("", "https://toy.example/")),
        repository=st.sampled_from(("", "https://toy.example/git")),
        abstract=LINES,
        keywords=st.lists(WORD, unique=True, max_size=3).map(tuple),
        preferred=st.one_of(
            st.none(),
            st.builds(
                PreferredTable,
                title=WORDS.filter(str.strip),
                authors=st.lists(PEOPLE, min_size=1, max_size=2).map(tuple),
                type=st.sampled_from(("article", "conference-paper", "thesis")),
                year=st.sampled_from((None, 2025)),
                journal=WORDS,
            ),
        ),
    ),
)


@settings(deadline=None, max_examples=40)
@given(made=SETTINGS, is_annotated=st.booleans(), date=st.sampled_from((None, "2026-01-02")))
def test_no_words_of_the_makers_are_taken_for_a_fault(made: Settings, is_annotated: bool, date: str | None) -> None:
    assert faults(described(CONTRACT, made, [annotated()] if is_annotated else [], date=date)) == []


def test_a_licence_is_what_most_texts_name() -> None:
    told = texts(described(CONTRACT, TOY, [annotated()]))
    assert licence_of(told) == "CC0-1.0"
    other = Document("README.md", told.card.text.replace("- Licence: CC0-1.0", "- Licence: MIT"))
    assert licence_of(told._replace(card=other)) == "CC0-1.0"


@pytest.mark.parametrize("stated", [None, "Own terms", "cc0-1.0"])
def test_a_licence_is_read_back_as_it_was_stated(stated: str | None) -> None:
    settings = msgspec.structs.replace(TOY, licence=stated)
    assert licence_of(texts(described(CONTRACT, settings, [annotated()]))) == stated


@pytest.mark.parametrize("stated", ["", "the issue tracker", "https://toy.example/issues", "corpus@toy.example"])
def test_a_contact_is_read_back_as_it_was_stated(stated: str) -> None:
    told = texts(described(CONTRACT, msgspec.structs.replace(TOY, contact=stated), [annotated()]))
    assert contact_of(told) == stated
    assert contact_of(told._replace(croissant=Document("croissant.json", "{}"))) == stated


@pytest.mark.parametrize("licence", sorted(LICENCES))
def test_a_licence_is_named_by_its_identifier(licence: str) -> None:
    assert names_licence(f"SPDX-License-Identifier: {licence}", licence)
    assert names_licence(f"These data are under {licence}.", licence)
    assert not names_licence("SPDX-License-Identifier: NONE-1.0", licence)


@pytest.mark.parametrize(
    ("text", "licence", "other"),
    [
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0", "CC-BY-SA-4.0"),
        ("Attribution-NonCommercial-ShareAlike 4.0 International", "CC-BY-NC-SA-4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode.id", "CC-BY-SA-4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", "CC-BY-4.0"),
        ("Permission is hereby granted, free of\ncharge, to any person", "MIT", "Apache-2.0"),
        ("Apache License\n  Version 2.0, January 2004", "Apache-2.0", "GPL-3.0"),
    ],
)
def test_a_licence_is_known_by_its_text(text: str, licence: str, other: str) -> None:
    assert names_licence(text, licence)
    assert not names_licence(text, other)
