"""How a release is cited, for machines and in BibTeX, from the same settings."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import yaml
from tests.release.card.describing import TOY, described

from kliping.project import AuthorTable, CitationTable, PreferredTable, Settings
from kliping.release.card.citation import bibtex, citation, citation_authors, cite_as
from kliping.release.card.hub import LICENCES

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract

SENA = AuthorTable(
    given_names="Sena", name_particle="van", family_names="Waluyo", orcid="0000-0002-1825-0097", affiliation="Rimbia"
)
CIRCLE = AuthorTable(name="The Rimbia reading circle", affiliation="Harsa")
FULL = Settings(
    name="toy",
    title="Toy: 50 % of {news} & more",
    licence="cc-by-4.0",
    citation=CitationTable(
        authors=(SENA, CIRCLE),
        doi="10.5281/zenodo.1003150",
        url="https://pos.example/toy_corpus",
        repository="https://pos.example/git",
        abstract="News from Rimbia.\n\nMany of them.",
        keywords=("news", "Rimbia"),
        preferred=PreferredTable(
            title="A corpus of Rimbia", authors=(SENA,), year=2026, journal="Harsa Letters", doi="10.5281/zenodo.2"
        ),
    ),
)


def test_without_a_table_the_rights_holder_is_cited(contract: Contract) -> None:
    assert yaml.safe_load(citation(described(contract))) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": "Toy: news",
        "version": "0.1.0",
        "authors": [{"name": "The toy maintainers"}],
        "license": "CC0-1.0",
    }
    assert citation_authors(Settings(name="toy")) == "The maintainers of toy"


def test_the_table_says_who_what_and_where_and_the_release_says_when(contract: Contract) -> None:
    assert yaml.safe_load(citation(described(contract, FULL, date="2026-11-25"))) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite the work that it prefers as below.",
        "type": "dataset",
        "title": "Toy: 50 % of {news} & more",
        "version": "0.1.0",
        "date-released": "2026-11-25",
        "authors": [
            {
                "given-names": "Sena", "name-particle": "van", "family-names": "Waluyo",
                "orcid": "https://orcid.org/0000-0002-1825-0097", "affiliation": "Rimbia",
            },
            {"name": "The Rimbia reading circle"},
        ],
        "license": "CC-BY-4.0",
        "doi": "10.5281/zenodo.1003150",
        "url": "https://pos.example/toy_corpus",
        "repository": "https://pos.example/git",
        "abstract": "News from Rimbia.\n\nMany of them.",
        "keywords": ["news", "Rimbia"],
        "preferred-citation": {
            "type": "article",
            "title": "A corpus of Rimbia",
            "authors": [
                {
                    "given-names": "Sena", "name-particle": "van", "family-names": "Waluyo",
                    "orcid": "https://orcid.org/0000-0002-1825-0097", "affiliation": "Rimbia",
                }
            ],
            "year": 2026,
            "journal": "Harsa Letters",
            "doi": "10.5281/zenodo.2",
        },
    }  # fmt: skip


def test_a_licence_that_is_no_spdx_identifier_stays_out_of_the_citation(contract: Contract) -> None:
    assert "license" not in yaml.safe_load(citation(described(contract, Settings(name="toy", licence="my own"))))


def test_bibtex_has_both_works_with_their_special_characters_escaped(contract: Contract) -> None:
    assert list(bibtex(described(contract, FULL, date="2026-11-25"))) == [
        "@misc{toy-0.1.0,",
        "  author = {van Waluyo, Sena and {The Rimbia reading circle}},",
        r"  title = {{Toy: 50 \% of \{news\} \& more}},",
        "  version = {0.1.0},",
        "  year = {2026},",
        "  howpublished = {Dataset},",
        "  doi = {10.5281/zenodo.1003150},",
        "  url = {https://pos.example/toy_corpus},",
        "}",
        "",
        "@article{toy-article,",
        "  author = {van Waluyo, Sena},",
        "  title = {{A corpus of Rimbia}},",
        "  journal = {Harsa Letters},",
        "  year = {2026},",
        "  doi = {10.5281/zenodo.2},",
        "}",
    ]


def test_people_read_it_in_one_line(contract: Contract) -> None:
    assert cite_as(described(contract, TOY)) == "The toy maintainers: Toy: news, version 0.1.0."
    assert cite_as(described(contract, FULL, date="2026-11-25")) == (
        "Sena van Waluyo and The Rimbia reading circle (2026): Toy: 50 % of {news} & more, version 0.1.0. "
        "https://doi.org/10.5281/zenodo.1003150"
    )


def test_citations_hold_against_the_schema_of_the_format(contract: Contract, tmp_path: Path) -> None:
    """By cffconvert, in an environment of its own: it pins an older jsonschema than ours."""
    paper = PreferredTable(title="T", authors=(CIRCLE,), type="conference-paper", journal="Proceedings", year=2025)
    settings = (TOY, FULL, Settings(name="bare"), Settings(name="a", citation=CitationTable(preferred=paper)))
    for number, one in enumerate(settings):
        path = tmp_path / f"{number}.cff"
        path.write_text(citation(described(contract, one, date="2026-11-25")), encoding="utf-8")
    kept = [yaml.safe_load(citation(described(contract, Settings(name="a", licence=one)))) for one in sorted(LICENCES)]
    everything = kept[0] | {"license": [one["license"] for one in kept if "license" in one]}
    assert len(everything["license"]) == len(LICENCES) - 1
    (tmp_path / "licences.cff").write_text(yaml.safe_dump(everything), encoding="utf-8")
    for path in sorted(tmp_path.glob("*.cff")):
        validated = subprocess.run(
            ["uv", "tool", "run", "--from", "cffconvert==2.0.0", "cffconvert", "--validate", "-i", str(path)],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert validated.returncode == 0, validated.stdout + validated.stderr
