"""A group's own model, as a distribution with metadata of its own that Python finds on its path."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from tests.annotation.prediction.folder import ground, predicted_corpus

from kliping.annotation.prediction.plugin import find_plugin, plugin_offers
from kliping.annotation.prediction.reading import predictions_by_article, predictions_place
from kliping.annotation.prediction.writing import write_predictions
from kliping.errors import CallError, DataError
from kliping.files import sha256

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Receipt

GOOD = """
    from kliping.records import Entity, Prediction

    def predict(articles):
        for article in articles:
            yield Prediction(
                article_id=article.id, text_sha256=article.text_sha256, model_version="toy-7", score=0.25,
                entities=[Entity(id="m", start=0, end=5, text=article.text[:5], label="EVENT")], stances=[],
            )
"""


def installed(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: str, owner: str = "toy", entry: str = "predict"
) -> None:
    """A distribution in a folder, as an installer leaves it, the folder on Python's path."""
    module = f"{owner}_{site.name}_{sha256(code.encode())[:8]}"
    info = site / f"{owner}_models-1.2.dist-info"
    info.mkdir(parents=True)
    (site / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {owner}-models\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[kliping.predictors]\ntoy-model = {module}:{entry}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))


def run(tmp_path: Path) -> Receipt:
    corpus = predicted_corpus(tmp_path / "corpus")
    base = ground(corpus)
    return write_predictions(base, "toy", plugin_offers(find_plugin("toy-model"), corpus.articles(), base.gold))


def test_a_model_predicts_the_articles_without_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, GOOD)
    receipt = run(tmp_path)
    made = predictions_by_article(predicted_corpus(tmp_path / "corpus"), "toy")
    assert [(one, [entity.text for entity in made[one].entities]) for one in made] == [
        ("dike", ["TANGG"]),
        ("lamps", ["Festi"]),
    ]
    assert (made["dike"].entities[0].origin, made["dike"].score, receipt.adds_up) == ("prediction", 0.25, True)
    assert run(tmp_path).changes == 0


def test_any_order_and_an_article_left_out_are_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = GOOD.replace("for article in articles", "for article in list(articles)[::-1]")
    installed(tmp_path / "site", monkeypatch, code)
    run(tmp_path)
    assert list(predictions_by_article(predicted_corpus(tmp_path / "corpus"), "toy")) == ["dike", "lamps"]
    installed(tmp_path / "other", monkeypatch, GOOD.replace("in articles", "in list(articles)[1:]"))
    receipt = run(tmp_path)
    assert (receipt.changes, "1 articles have neither gold nor a prediction" in receipt.notes) == (1, True)


TOLD = "the model toy-model of toy-models 1.2: "
MEND = "; mend it, or ask its makers; nothing was written"
COUNT = "; offsets count Unicode code points from 0, and `end` is one past the last"
FIELDS = "; see docs/how-to/pre-annotation.md for the fields"
ONE = GOOD.replace("in articles", "in list(articles)[:1]")
FAILING: dict[str, tuple[str, list[str]]] = {
    "it raises": (
        "def predict(articles):\n    raise RuntimeError('no weights for desk@pos.example\\nat all')",
        [f"failed: RuntimeError: no weights for … at all{MEND}"],
    ),
    "it raises late": (GOOD + "        raise KeyError('x')", [f"failed: KeyError: 'x'{MEND}"]),
    "it leaves Python": (
        "import sys\ndef predict(articles):\n    sys.exit(9)",
        [f"failed: SystemExit: 9{MEND}"],
    ),
    "it gives nothing to go through": (
        "def predict(articles):\n    return None",
        [f"failed: TypeError: 'NoneType' object is not iterable{MEND}"],
    ),
    "it yields something else": (
        "def predict(articles):\n    yield {'article_id': 'dike'}",
        ["gave a dict; it is to yield kliping.records.Prediction"],
    ),
    "its offsets are wrong": (
        GOOD.replace("start=0", "start=1"),
        [
            f"dike: the mention m ('TANGG', 1-5): the text there is 'ANGG'{COUNT}",
            f"lamps: the mention m ('Festi', 1-5): the text there is 'esti'{COUNT}",
        ],
    ),
    "its offsets are no numbers": (
        ONE.replace("start=0", "start='0'"),
        [f"dike: no prediction: Expected `int`, got `str` - at `$.entities[0].start`{FIELDS}"],
    ),
    "its score is an object": (
        ONE.replace("score=0.25", "score=object()"),
        [f"dike: no prediction: Encoding objects of type object is unsupported{FIELDS}"],
    ),
    "it predicts an article twice": (
        GOOD.replace("in articles", "in [next(iter(articles))] * 2"),
        ["predicted 'dike', a second time; it is to predict each article once"],
    ),
    "it predicts what it was not handed": (
        ONE.replace("article_id=article.id", "article_id='market'"),
        ["predicted 'market', which it was not handed; it is to predict each article once"],
    ),
}


@pytest.mark.parametrize("failing", FAILING)
def test_a_model_that_fails_is_told_by_name_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    code, told = FAILING[failing]
    installed(tmp_path / "site", monkeypatch, code)
    with pytest.raises(DataError) as caught:
        run(tmp_path)
    assert str(caught.value).splitlines() == [TOLD + sentence for sentence in told]
    assert not predictions_place(predicted_corpus(tmp_path / "corpus"), "toy").exists()


def test_what_is_wrong_with_the_corpus_is_not_the_models_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, GOOD)
    corpus = predicted_corpus(tmp_path / "corpus")
    base = ground(corpus)
    (corpus.corpus / "articles/00000.jsonl").write_bytes(b"{\n")
    with pytest.raises(DataError, match=r"00000\.jsonl:1: .*mend the line"):
        list(plugin_offers(find_plugin("toy-model"), corpus.articles(), base.gold))


def test_a_model_that_is_not_there_or_cannot_be_loaded_is_a_wrong_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        CallError, match=r"--model other: no such model; of the entry points kliping\.predictors, none is"
    ):
        find_plugin("other")
    installed(tmp_path / "one", monkeypatch, "import a_weight_loader_that_nobody_has")
    with pytest.raises(CallError, match=r"toy-models 1\.2: cannot be loaded: ModuleNotFoundError: No module named 'a_"):
        find_plugin("toy-model")
    with pytest.raises(CallError, match="there are toy-model; install"):
        find_plugin("other")


def test_what_is_named_is_to_be_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, "predict = 3")
    with pytest.raises(CallError, match=r"the model toy-model of toy-models 1\.2: .*:predict cannot be called"):
        find_plugin("toy-model")


def test_two_distributions_under_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "one", monkeypatch, GOOD)
    installed(tmp_path / "two", monkeypatch, GOOD, owner="their")
    told = (
        r"the model toy-model of their-models 1\.2 and the model toy-model of toy-models 1\.2 offer it; uninstall one"
    )
    with pytest.raises(CallError, match=told):
        find_plugin("toy-model")


def test_the_command_asks_an_installed_model_and_keeps_its_words_out_of_the_receipt(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with pytest.MonkeyPatch.context() as patch:
        installed(site, patch, GOOD.replace("for article", "print('warming up')\n        for article"))
    corpus = predicted_corpus(tmp_path / "corpus")
    done = subprocess.run(
        [sys.executable, "-m", "kliping", "predict", "--model", "toy-model", "-C", corpus.root],
        capture_output=True, text=True, check=False, encoding="utf-8", env={"PYTHONPATH": str(site)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "warming up\n")
    assert done.stdout.startswith("predict: 2 changes\n  articles: 4 = 2 kept + 2 set aside\n")
    assert list(predictions_by_article(corpus, "toy-model")) == ["dike", "lamps"]
