from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, write_corpus

from kliping.errors import CallError
from kliping.project import Corpus
from kliping.release.splitting.facts import Facts, day_of, read_facts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (None, None),
        ("2024-08-05", "2024-08-05"),
        ("2024-08-05T10:00", "2024-08-05"),
        ("2024-08-05T01:30:00+07:00", "2024-08-04"),
        ("2024-08-05T23:30:00Z", "2024-08-05"),
        ("2024-08-05T23:30:00-05:00", "2024-08-06"),
        ("2024-02", "2024-02-29"),
        ("2023", "2023-12-31"),
        ("2023-02-31", "2023-02-31"),
        ("0001-01-01T00:00:00+07:00", "0001-01-01"),
        ("2023-13", "2023-13"),
    ],
)
def test_a_time_has_a_day_in_utc_and_a_period_its_last(published: str | None, day: str | None) -> None:
    assert day_of(published) == day


def with_setting(root: Path, line: str) -> Corpus:
    path = root / "pyproject.toml"
    path.write_text(f"{path.read_text()}\n[tool.kliping.splits]\n{line}\n")
    return Corpus.open(root)


def test_the_stratum_is_language_and_publisher_or_else_the_raw_folder(tmp_path: Path) -> None:
    one = msgspec.structs.replace(article("a", "Satu", "Isi."), publisher="Kabar Rimbia")
    two = article("b", "Two", "Body.", language="en")
    two = msgspec.structs.replace(two, source=msgspec.structs.replace(two.source, path="pesisir/b.txt"))
    corpus = write_corpus(tmp_path, [one, two])
    assert read_facts(corpus) == {
        "a": Facts(("id", "Kabar Rimbia"), "2024-08-05"),
        "b": Facts(("en", "pesisir"), "2024-08-05"),
    }


def test_a_field_of_the_corpus_s_own_can_be_a_stratum(tmp_path: Path) -> None:
    write_corpus(
        tmp_path,
        [
            msgspec.structs.replace(article("a", "Satu", "Isi."), metadata={"edition": "pagi", "page": 3}),
            article("b", "Dua", "Isi."),
        ],
    )
    schema = tmp_path / "schema" / "corpus.schema.json"
    document = json.loads(schema.read_text())
    document["$defs"]["metadata"]["properties"] = {
        "edition": {"description": "Which.", "type": ["string", "null"]},
        "page": {"description": "Where.", "type": ["integer", "null"]},
    }
    schema.write_text(json.dumps(document))
    facts = read_facts(with_setting(tmp_path, 'stratify = ["edition", "page"]'))
    assert [one.stratum for one in facts.values()] == [("pagi", "3"), ("", "")]


def test_an_unknown_field_is_an_error_that_names_the_known_ones(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", "Satu", "Isi.")])
    with pytest.raises(CallError, match=r"stratify: no field colour; the known ones are language, publisher;"):
        read_facts(with_setting(tmp_path, 'stratify = ["language", "colour"]'))


def test_no_field_is_one_stratum(tmp_path: Path) -> None:
    write_corpus(tmp_path, [article("a", "Satu", "Isi.")])
    assert read_facts(with_setting(tmp_path, "stratify = []"))["a"].stratum == ()
