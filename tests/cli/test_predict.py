from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.annotation.prediction.folder import DIKE, predicted_corpus
from tests.cli.test_cli import kliping
from tests.corpora import write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return predicted_corpus(tmp_path / "toy")


def test_names_are_learned_from_gold_and_told_with_an_estimate(corpus: Corpus) -> None:
    done = kliping("predict", "-C", corpus.root)
    assert (done.returncode, done.stderr) == (0, "")
    lines = re.sub(r"1\+[0-9a-f]{8}", "1+VERSION", done.stdout).splitlines()
    figures = "precision 0.00, recall 0.00, F1 0.00 (0 of 1 predicted, 8 in gold)"
    assert lines[:8] == [
        "predict: 2 changes",
        "  articles: 4 = 2 kept + 2 set aside",
        "  mentions: 3 = 3 kept + 0 set aside",
        "  annotations/predictions/gazetteer.jsonl: by gazetteer-1+VERSION",
        "  2 articles have gold: nothing is offered on them",
        '  to show them to annotators: predictions = "gazetteer" in [tool.kliping.annotators], then `kliping push`',
        f"  each article predicted from the gold of the others, 2 articles with gold, exact span and label: {figures}",
        "    PERSON: precision –, recall 0.00, F1 0.00 (0 of 0 predicted, 3 in gold)",
    ]
    assert kliping("predict", "-C", corpus.root).stdout.startswith("predict: 0 changes\n")


def test_predictions_of_any_model_are_taken_under_the_name_of_their_file(corpus: Corpus, tmp_path: Path) -> None:
    start = DIKE.text.index("Rimbia")
    entity = {"start": start, "end": start + 6, "label": "PLACE", "text": "Rimbia"}
    given = tmp_path / "ours.jsonl"
    given.write_text(json.dumps({"id": "dike", "entities": [entity], "model_version": "toy-1"}), encoding="utf-8")
    done = kliping("predict", "--from", given, "-C", corpus.root, "--json")
    receipt = json.loads(done.stdout)
    assert (done.returncode, receipt["step"], receipt["changes"]) == (0, "predict", 1)
    assert (corpus.annotation_folder / "predictions/ours.jsonl").is_file()
    assert (corpus.state / "receipts/predict.json").is_file()


def test_what_the_screen_cannot_show_is_refused_with_its_line(corpus: Corpus, tmp_path: Path) -> None:
    start = DIKE.text.index("Rimbia")
    stances = [
        {"stance": side, "target": {"kind": "declared", "name": "MARKET_MOVE"}, "holder": {"kind": "author"}}
        for side in ("favor", "against")
    ]
    entity = {"start": start, "end": start + 6, "label": "PLACE"}
    given = tmp_path / "ours.jsonl"
    given.write_text(json.dumps({"id": "dike", "entities": [entity], "stances": stances}), encoding="utf-8")
    done = kliping("predict", "--from", given, "-C", corpus.root)
    assert done.returncode == 1
    assert (
        f"{given}:1: prediction of dike: s2: the screen asks for the article's voice on a target, once" in done.stderr
    )


def test_a_share_of_the_articles_stays_free_of_predictions_and_always_the_same(corpus: Corpus) -> None:
    def run(share: str) -> tuple[int, list[int], list[str]]:
        done = kliping("predict", "--share", share, "-C", corpus.root, "--json")
        receipt = json.loads(done.stdout)
        articles = receipt["counts"][0]
        lines = (corpus.annotation_folder / "predictions/gazetteer.jsonl").read_text(encoding="utf-8").splitlines()
        return receipt["changes"], list(articles.values())[1:], [json.loads(line)["article_id"] for line in lines]

    assert run("1") == (2, [4, 2, 2], ["dike", "lamps"])
    assert run("0.5") == (1, [4, 1, 3], ["lamps"])
    assert run("0.5") == (0, [4, 1, 3], ["lamps"])
    assert run("0.000001") == (1, [4, 0, 4], [])


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["../x"], 2, "../x: not a name for predictions"),
        (["--from", "a.jsonl", "--model", "b"], 2, "--from and --model: give one of them"),
        (["--from", "no-such.jsonl"], 2, "no-such.jsonl: No such file or directory"),
        (["--model", "nobody"], 2, "--model nobody: no such model"),
    ],
)
def test_a_wrong_call_gets_a_sentence(corpus: Corpus, arguments: list[str], code: int, told: str) -> None:
    done = kliping("predict", *arguments, "-C", corpus.root)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert told in done.stderr
    assert not (corpus.annotation_folder / "predictions").exists()


def test_without_gold_there_is_nothing_to_learn(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [DIKE])
    done = kliping("predict", "-C", corpus.root)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "gold.jsonl: no gold to learn names from; run `kliping adjudicate`" in done.stderr
