from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from tests.corpora import annotation, article, entity, gold, mention, placed, stance, write_corpus

from kliping.contract import load_contract
from kliping.contract.tables import arrow_schema, table_names
from kliping.project.dossiers import dossiers
from kliping.records import Holder
from kliping.release.building.inputs import article_files
from kliping.release.tables.annotated import Annotated, status, words
from kliping.release.tables.columns import record_batch
from kliping.release.tables.parquet import row_digest
from kliping.release.tables.proof import prove
from kliping.release.tables.rows import BUILDERS

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus

FISH = article("fish", "Fish prices", "Prices rose at the pier.")


def annotated(corpus: Corpus, contract: Contract, name: str) -> Annotated:
    (dossier,) = [one for one in dossiers(article_files(corpus)) if one.id == name]
    found, findings = prove(dossier, words(contract), corpus.root)
    assert findings == []
    assert found is not None
    return found


def test_every_table_has_a_builder_and_its_columns_are_those_of_the_schema(
    toy_corpus: Corpus, contract: Contract
) -> None:
    market = annotated(toy_corpus, contract, "market")
    assert tuple(BUILDERS) == table_names(contract)
    for table, builder in BUILDERS.items():
        for row in builder(market, words(contract)):
            assert list(row) == arrow_schema(contract, table).names


def test_a_stance_row_tells_both_parties_and_the_sentence(toy_corpus: Corpus, contract: Contract) -> None:
    market = annotated(toy_corpus, contract, "market")
    first, second = BUILDERS["stances"](market, words(contract))
    assert (first["id"], first["stance"]) == ("market:s1", 0)
    assert (first["target_text"], first["target_label"]) == ("pemindahan Pasar Lama", "POLICY")
    assert (first["holder_kind"], first["holder_text"]) == ("mention", "Sena Waluyo")
    assert first["sentence"] == "Wali Kota Rimbia, Sena Waluyo, menolak pemindahan Pasar Lama 👩\u200d🌾."
    assert market.article.text[first["sentence_start"] : first["sentence_end"]] == first["sentence"]
    assert (second["target_kind"], second["target_name"], second["sentence"]) == ("declared", "MARKET_MOVE", None)


def test_an_entity_row_keeps_what_the_projection_cannot_show(toy_corpus: Corpus, contract: Contract) -> None:
    (row,) = BUILDERS["entities"](annotated(toy_corpus, contract, "market"), words(contract))
    assert [one.text for one in row["entities"]][3] == "Pasar Lama"
    assert (row["bio_lost"], row["bio_widened"]) == (1, 0)
    assert len(row["tokens"]) == len(row["token_spans"]) == len(row["ner_tags"])


def test_without_gold_there_is_no_entity_and_no_stance_row(toy_corpus: Corpus, contract: Contract) -> None:
    dike = annotated(toy_corpus, contract, "dike")
    assert not list(BUILDERS["entities"](dike, words(contract)))
    assert not list(BUILDERS["stances"](dike, words(contract)))


def test_a_servers_numbers_stay_out(toy_corpus: Corpus, contract: Contract) -> None:
    rows = list(BUILDERS["annotations"](annotated(toy_corpus, contract, "dike"), words(contract)))
    assert [row["annotator"] for row in rows] == ["annotator-aa", "annotator-bb"]
    assert "studio" not in rows[0]


@pytest.mark.parametrize(
    ("name", "expected"), [("market", "gold"), ("dike", "partial"), ("lamps", "none"), ("fish", "none")]
)
def test_the_status_tells_decided_from_annotated_from_skipped(
    toy_corpus: Corpus, contract: Contract, name: str, expected: str
) -> None:
    assert status(annotated(toy_corpus, contract, name)) == expected


def test_a_corpus_s_own_fields_are_columns_with_null_where_absent(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [])
    path = corpus.schema / "corpus.schema.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["$defs"]["metadata"]["properties"] = {
        "edition": {"description": "Edition.", "type": "string"},
        "score": {"description": "A number.", "type": "number"},
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    contract = load_contract(corpus.schema)
    known = words(contract)
    (row,) = BUILDERS["articles"](Annotated(replace(FISH, metadata={"score": 2}), placed(FISH)), known)
    assert row["metadata"] == {"edition": None, "score": 2.0}
    assert isinstance(row["metadata"]["score"], float)
    (back,) = record_batch([row], arrow_schema(contract, "articles")).to_pylist()
    assert back["metadata"] == {"edition": None, "score": 2.0}
    assert row_digest(back) == row_digest(row)


def test_an_annotation_of_nothing_has_empty_lists(contract: Contract) -> None:
    (row,) = BUILDERS["annotations"](
        Annotated(FISH, placed(FISH), None, (annotation(FISH, "annotator-aa"),)), words(contract)
    )
    assert (list(row["entities"]), list(row["stances"])) == ([], [])


def test_what_the_source_and_the_split_say_flows_through(contract: Contract) -> None:
    told = replace(FISH, language_score=0.75, confidence=0.5, extra='{"desk":"coast"}')
    (row,) = BUILDERS["articles"](Annotated(told, replace(placed(FISH), cluster="pier")), words(contract))
    assert (row["language_score"], row["confidence"], row["cluster"], row["extra"]) == (
        0.75,
        0.5,
        "pier",
        '{"desk":"coast"}',
    )


def test_annotators_who_saw_predictions_are_counted_once_each_in_gold_rows(contract: Contract) -> None:
    pier = entity(FISH, 1, "pier", "PLACE")
    said = (stance(1, "favor", mention("e1"), Holder(kind="author")),)
    made = (
        annotation(FISH, "annotator-aa", [pier], said, predictions_shown="gazetteer-1"),
        annotation(FISH, "annotator-aa", [pier], said, predictions_shown="gazetteer-1", round=2, id="again"),
        annotation(FISH, "annotator-bb", [pier], said),
        annotation(FISH, "annotator-cc", status="skipped", predictions_shown="gazetteer-1"),
    )
    told = Annotated(FISH, placed(FISH), gold(FISH, [pier], said), made)
    for table in ("entities", "stances"):
        (row,) = BUILDERS[table](told, words(contract))
        assert (row["annotators"], row["predictions_shown"]) == (2, 1)
    assert [row["predictions_shown"] for row in BUILDERS["annotations"](told, words(contract))] == [
        "gazetteer-1",
        "gazetteer-1",
        None,
        "gazetteer-1",
    ]


def test_nested_overlapping_and_cut_spans_are_whole_in_entities_and_counted_in_the_projection(
    contract: Contract,
) -> None:
    about = article("a", "Dewan Kota Rimbia bersidang")
    entities = (
        entity(about, 1, "Dewan Kota Rimbia", "ORGANISATION"),
        entity(about, 2, "Kota Rimbia", "PLACE"),
        entity(about, 3, "Rimbia bersidang", "POLICY"),
        entity(about, 4, "sidang", "POLICY"),
    )
    (row,) = BUILDERS["entities"](Annotated(about, placed(about), gold(about, entities)), words(contract))
    assert row["entities"] == entities
    assert row["tokens"] == ["Dewan", "Kota", "Rimbia", "bersidang"]
    tags = list(words(contract).bio)
    assert [tags[number] for number in row["ner_tags"]] == [
        "B-ORGANISATION",
        "I-ORGANISATION",
        "I-ORGANISATION",
        "B-POLICY",
    ]
    assert (row["bio_lost"], row["bio_widened"]) == (2, 1)
