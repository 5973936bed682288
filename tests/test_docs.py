"""The documentation names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from kliping.annotation.prediction.given import given_offers
from kliping.annotation.prediction.offers import Offer
from kliping.annotation.prediction.reading import faults
from kliping.cli import COMMANDS
from kliping.contract import load_contract
from kliping.project import (
    AnnotatorsTable,
    AuthorTable,
    CardTable,
    CitationTable,
    Corpus,
    PersonTable,
    PreferredTable,
    Settings,
)

ROOT = Path(__file__).parents[1]


def test_every_setting_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Settings):
        assert f"`{field.name}`" in page or f"`{field.name}." in page, field.name


def test_every_setting_of_annotators_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(AnnotatorsTable):
        assert f"`annotators.{field.name}`" in page, field.name
    people = page.partition("## Annotators")[2].partition("## Sources")[0]
    for field in msgspec.structs.fields(PersonTable):
        assert f"| `{field.name}` |" in people, field.name


def test_every_setting_of_card_and_citation_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(CardTable):
        assert f"`card.{field.name}`" in page, field.name
    table = page.partition("## Citation")[2].partition("## Annotators")[0]
    for field in msgspec.structs.fields(CitationTable):
        assert f"| `{field.name}` |" in table, field.name
    for field in (*msgspec.structs.fields(AuthorTable), *msgspec.structs.fields(PreferredTable)):
        assert f"`{field.encode_name}`" in table, field.name


def test_the_readme_goes_through_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"    kliping {command}" in readme, command


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_ci_and_the_readme_run_the_same_commands() -> None:
    ci, readme = (ROOT / ".ci/run").read_text(), (ROOT / "README.md").read_text(encoding="utf-8")
    for session in ("tests", "demo"):
        command = f"python -m pip install nox && python -m nox -s {session}"
        assert command in readme
        assert command.replace("install nox", "install --quiet nox") in ci


def test_the_example_of_pre_annotation_is_one_that_the_sample_takes(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/pre-annotation.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*)\n```", page)
    given = tmp_path / "ours.jsonl"
    given.write_text(example, encoding="utf-8")
    corpus = Corpus.open(ROOT)
    (offer,) = given_offers(given, corpus.articles(), "ours")
    assert isinstance(offer, Offer)
    assert list(faults(offer.prediction, offer.article, load_contract(corpus.schema).scheme)) == []
