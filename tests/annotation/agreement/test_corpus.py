"""Which annotations of a corpus are compared, and what is said of the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation, article, entity, toy, write_corpus

from kliping import Corpus
from kliping.annotation.agreement import agree_corpus
from kliping.annotation.agreement.report import Origins, SetAside
from kliping.contract import load_contract
from kliping.errors import CallError, DataError
from kliping.files import encode_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.annotation.agreement import Agreement
    from kliping.records import Annotation, Article

ROOT = Path(__file__).parents[3]
MARKET = article("market", "Pasar Lama Tetap Buka", "Sena Waluyo menolak pemindahan Pasar Lama di Rimbia.")
FERRY = article("ferry", "Night ferry returns", "The Rimbia Ferry Board backed the night ferry.", language="en")
LAMPS = article("lamps", "Festival lampion", "Festival Perahu digelar di Tanjung Belida pekan ini.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
PASAR = entity(MARKET, 2, "Pasar Lama", "PLACE")
AA, BB, CC = "annotator-aa", "annotator-bb", "annotator-cc"


def agreed(root: Path, annotations: Iterable[Annotation], round_number: int | None = None) -> Agreement:
    corpus = write_corpus(root, [MARKET, FERRY, LAMPS], annotations=annotations)
    return agree_corpus(corpus, load_contract(corpus.schema), round_number=round_number, samples=100)


def test_each_annotators_latest_round_counts(tmp_path: Path) -> None:
    found = agreed(
        tmp_path,
        [
            annotation(MARKET, AA, [SENA], id="1", round=1),
            annotation(MARKET, AA, [PASAR], id="2", round=2),
            annotation(MARKET, BB, [PASAR], id="3"),
        ],
    )
    assert (found.round, found.everyone.entities.exact.value) == (None, 1.0)
    assert found.set_aside == SetAside(skipped=0, superseded=0, earlier=1, other_rounds=0, unknown_articles=0)


def test_one_round_can_be_chosen(tmp_path: Path) -> None:
    found = agreed(
        tmp_path,
        [
            annotation(MARKET, AA, [SENA], id="1", round=1),
            annotation(MARKET, AA, [PASAR], id="2", round=2),
            annotation(MARKET, BB, [PASAR], id="3"),
        ],
        round_number=1,
    )
    assert (found.round, found.everyone.entities.exact.value) == (1, 0.0)
    assert (found.set_aside.earlier, found.set_aside.other_rounds) == (0, 1)


def test_a_round_that_nobody_worked_in_is_an_error_that_names_the_others(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="round 4: nobody annotated anything in it; choose one of 1, 3"):
        agreed(tmp_path, [annotation(MARKET, AA), annotation(MARKET, BB, round=3)], round_number=4)


def test_every_pulled_annotation_is_compared_alone_or_set_aside(tmp_path: Path) -> None:
    gone = article("gone", "Gone", "Gone too.")
    found = agreed(
        tmp_path,
        [
            annotation(MARKET, AA, [SENA]),
            annotation(MARKET, BB, [SENA]),
            annotation(MARKET, CC, status="skipped"),
            annotation(FERRY, AA),
            annotation(LAMPS, AA, text_sha256="0" * 64),
            annotation(gone, AA),
        ],
    )
    aside = found.set_aside
    assert aside == SetAside(skipped=1, superseded=1, earlier=0, other_rounds=0, unknown_articles=1)
    assert (found.annotations, found.everyone.annotations, found.alone) == (6, 2, 1)
    assert found.everyone.annotators == (AA, BB)


def test_no_annotation_at_all_is_an_error_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nothing to compare; run `kliping pull` first"):
        agreed(tmp_path, [])


def test_a_single_annotator_gets_a_report_without_numbers(tmp_path: Path) -> None:
    found = agreed(tmp_path, [annotation(MARKET, AA, [SENA]), annotation(FERRY, AA)])
    assert (found.alone, found.pairs, found.everyone.articles) == (2, (), 0)
    assert found.everyone.entities.exact.value is None


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    moved = msgspec.structs.replace(SENA, start=SENA.start + 1, end=SENA.end + 1)
    with pytest.raises(DataError) as told:
        agreed(
            tmp_path,
            [annotation(MARKET, AA, [moved]), annotation(FERRY, BB, [entity(FERRY, 1, "Rimbia", "TOWN")])],
        )
    lines = str(told.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("article ferry: annotator-bb: schema/corpus.schema.json has no label 'TOWN'")
    assert lines[1].startswith("article market: annotator-aa: ")


def test_pairs_are_those_with_an_article_in_common(tmp_path: Path) -> None:
    said = [
        annotation(MARKET, AA, [SENA]),
        annotation(MARKET, BB, [SENA, PASAR]),
        annotation(FERRY, BB),
        annotation(FERRY, CC),
    ]
    found = agreed(tmp_path, said)
    assert [one.annotators for one in found.pairs] == [(AA, BB), (BB, CC)]
    assert [one.entities.exact.value for one in found.pairs] == [pytest.approx(2 / 3, abs=1e-6), None]


def test_the_order_of_annotations_makes_no_difference(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    contract = load_contract(corpus.schema)
    before = agree_corpus(corpus, contract, samples=100)
    turned = list(corpus.annotations())[::-1]
    (corpus.annotation_folder / "pulled" / "00000.jsonl").write_bytes(encode_lines(turned))
    assert agree_corpus(corpus, contract, samples=100) == before


def shown(about: Article, who: str, origins: str, model: str = "gazetteer 1") -> Annotation:
    """An annotation with predictions shown; a letter a mention: p(redicted), c(hanged), m(anual)."""
    names = {"p": "prediction", "c": "prediction-changed", "m": "manual"}
    marks = [
        msgspec.structs.replace(mark, origin=names[one]) for mark, one in zip((SENA, PASAR), origins, strict=False)
    ]
    return annotation(about, who, marks, predictions_shown=model)


def test_without_predictions_there_is_nothing_to_compare_them_with(tmp_path: Path) -> None:
    assert agreed(tmp_path, [annotation(MARKET, AA), annotation(MARKET, BB)]).predictions is None


def test_annotators_who_saw_predictions_are_compared_among_themselves(tmp_path: Path) -> None:
    found = agreed(
        tmp_path,
        [
            shown(MARKET, AA, "pc"),
            shown(MARKET, BB, "pm", model="gazetteer 2"),
            annotation(MARKET, CC, [SENA]),
            annotation(FERRY, AA),
            annotation(FERRY, CC),
        ],
    ).predictions
    assert found is not None
    assert found.origins == Origins(kept=2, changed=1, manual=1)
    assert found.models == {"gazetteer 1": 1, "gazetteer 2": 1}
    assert (found.shown.annotators, found.shown.articles, found.shown.entities.exact.value) == ((AA, BB), 1, 1.0)
    assert (found.hidden.annotators, found.hidden.articles) == ((AA, CC), 1)


def test_the_sample_corpus_agrees_as_its_annotators_do() -> None:
    corpus = Corpus.open(ROOT)
    found = agree_corpus(corpus, load_contract(corpus.schema), samples=100)
    everyone = found.everyone
    assert (found.annotations, everyone.annotations, everyone.articles, found.set_aside.skipped) == (53, 50, 25, 1)
    assert (everyone.entities.mentions, everyone.entities.exact.value) == (605, 0.968595)
    assert (everyone.mentions.nominal.units, everyone.mentions.nominal.value) == (57, 0.968338)
