"""The tables of the citation and the card: nothing is required, and what is wrong is told by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError
from kliping.project import AuthorTable, CardTable, CitationTable, Corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Settings


def settings_with(folder: Path, written: str) -> Settings:
    (folder / "pyproject.toml").write_text(f'[tool.kliping]\nname = "a"\n{written}\n', encoding="utf-8")
    return Corpus.open(folder).settings


def test_nothing_is_required(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "")
    assert (settings.citation, settings.card) == (CitationTable(), CardTable())


def test_authors_are_people_or_groups(tmp_path: Path) -> None:
    written = """
[tool.kliping.citation]
doi = "10.5281/zenodo.1003150"
url = "https://pos.example/corpus"
authors = [
  { name = "The Rimbia reading circle" },
  { given-names = "Sena", family-names = "Waluyo", orcid = "0000-0002-1825-0097", affiliation = "Rimbia Institute" },
]
"""
    assert settings_with(tmp_path, written).citation.authors == (
        AuthorTable(name="The Rimbia reading circle"),
        AuthorTable(
            given_names="Sena", family_names="Waluyo", orcid="0000-0002-1825-0097", affiliation="Rimbia Institute"
        ),
    )


@pytest.mark.parametrize("orcid", ["https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"])
def test_an_orcid_may_be_an_address_and_end_in_x(tmp_path: Path, orcid: str) -> None:
    settings_with(tmp_path, f'citation = {{ authors = [{{ name = "B", orcid = "{orcid}" }}] }}')


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('authors = [{ name = "B" }, { name = "C", orcid = "0000-0002-1825-0098" }]', "authors, the 2. one, orcid:"),
        ('authors = [{ name = "B", orcid = "orcid.org/x" }]', "authors, the 1. one, orcid: no ORCID iD"),
        ("authors = [{}]", "the 1. one: give either `name`"),
        ('authors = [{ name = "B", family-names = "C" }]', "the 1. one: give either `name`"),
        ('doi = "https://doi.org/10.5281/zenodo.1"', "citation] doi: no DOI; give it without an address"),
        ('doi = "10.5281"', "citation] doi: no DOI"),
        ('url = "pos.example"', "citation] url: no web address; begin it with https://"),
        ('repository = "git:x"', "citation] repository: no web address"),
        ('keywords = ["news", "news"]', "citation] keywords: one is empty, or there twice"),
        ('preferred = { title = "T", authors = [] }', "preferred authors: nobody is named"),
        ('preferred = { title = "T", authors = [{ name = "B" }], doi = "x" }', "preferred doi: no DOI"),
        ('author = "B"', "unknown field `author`; the known ones are authors, doi, url, repository,"),
        ('authors = [{ email = "b@c.example" }]', "unknown field `email`"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(tmp_path: Path, written: str, words: str) -> None:
    with pytest.raises(CallError) as caught:
        settings_with(tmp_path, f"[tool.kliping.citation]\n{written}")
    assert words in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CallError) as caught:
        settings_with(tmp_path, '[tool.kliping.citation]\ndoi = "x"\nurl = "y"\nauthors = [{}]')
    assert len(str(caught.value).splitlines()) == 3


def test_creators_are_those_that_the_hub_knows(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="Invalid enum value 'me'"):
        settings_with(tmp_path, 'card = { language_creators = ["me"] }')
