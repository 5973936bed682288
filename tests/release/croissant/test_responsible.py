"""The fields for responsible AI say what was counted, and no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.corpora import UNCHECKED, annotation, article, toy, write_corpus

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path


def described(corpus: Corpus) -> dict[str, Any]:
    _, folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    found: dict[str, Any] = json.loads((folder / "croissant.json").read_bytes())
    return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return described(toy(tmp_path_factory.mktemp("toy")))


def test_annotators_are_counted_and_what_nobody_recorded_is_said(told: dict[str, Any]) -> None:
    assert told["rai:annotatorDemographics"] == [
        "Annotators: 2, known by keyed pseudonyms alone.",
        "Their age, gender, languages, education, region and pay are not recorded.",
    ]
    assert told["rai:annotationsPerItem"] == (
        "6 submitted annotations of articles, 1 skipped. Articles by their number of annotators: 2: 3."
    )
    assert told["rai:dataAnnotationPlatform"] == ["Label Studio"]


def test_agreement_is_that_of_the_card(told: dict[str, Any]) -> None:
    first, mentions, *_ = told["rai:dataAnnotationAnalysis"]
    assert first == "Before adjudication, over the 3 articles that two annotators or more submitted."
    # 6 mentions are marked by both in market and ferry, 1 by one alone in dike: 2 * 6 / 13.
    assert mentions.startswith("Agreement on mentions, exact span and label: F1 0.923")


def test_predictions_in_sight_are_told_with_their_models(tmp_path: Path) -> None:
    one = article("one", "Judul", "Isi.")
    corpus = write_corpus(
        tmp_path,
        [one],
        splits={"one": "train"},
        annotations=[
            annotation(one, "annotator-aa", predictions_shown="gazetteer-2"),
            annotation(one, "annotator-bb"),
        ],
    )
    (told,) = described(corpus)["rai:machineAnnotationTools"]
    assert told.startswith("1 of 2 submitted annotations were made with a model's predictions in sight.")
    assert told.endswith("Models (annotations): gazetteer-2 1.")


def test_without_predictions_none_are_told(told: dict[str, Any]) -> None:
    assert told["rai:machineAnnotationTools"] == ["None: no annotation was made with a model's predictions in sight."]


def test_without_annotations_nothing_is_said_of_annotators(tmp_path: Path) -> None:
    found = described(write_corpus(tmp_path, [article("one", "Judul", "Isi.")], splits={"one": "train"}))
    assert found["rai:dataAnnotationProtocol"] == ["The release has no submitted annotations."]
    assert "rai:annotatorDemographics" not in found
    assert (
        found["description"]
        == "Toy corpus: news from Rimbia: 1 news articles, not annotated yet. README.md tells more."
    )
    assert found["rai:dataUseCases"] == [
        "Not for judging persons or media, profiling people who are mentioned, or stating what they think today."
    ]
    assert found["rai:personalSensitiveInformation"] == [
        "The texts name people as they were published; nothing was hidden.",
        "Articles whose text holds an e-mail address, in the source's own words: 0.",
    ]
    assert not any("BIO" in one or "Tokens" in one for one in found["rai:dataPreprocessingProtocol"])
    assert [one["@id"] for one in found["recordSet"] if not one["@id"].endswith("_enum")] == ["articles"]


def test_labels_that_gold_lacks_are_a_limit(told: dict[str, Any]) -> None:
    assert told["rai:dataLimitations"][-1] == "Labels without a gold mention: EVENT."


def test_whom_to_write_to_is_the_contact_of_the_corpus(told: dict[str, Any]) -> None:
    assert told["rai:dataReleaseMaintenancePlan"].endswith("Contact: the issue tracker.")


def test_what_the_maintainers_say_of_annotators_stands_beside_their_number(tmp_path: Path) -> None:
    toy(tmp_path)
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write('\n[tool.kliping.card]\nannotators = "Two students of Rimbia, paid."\n')
    assert described(Corpus.open(tmp_path))["rai:annotatorDemographics"] == [
        "Annotators: 2, known by keyed pseudonyms alone.",
        "What the maintainers say of them: Two students of Rimbia, paid.",
    ]
