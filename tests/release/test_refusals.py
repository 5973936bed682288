from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from tests.corpora import annotation, article, entity, gold, mention, stance, toy, write_corpus

from kliping.contract import load_contract
from kliping.files import encode_lines
from kliping.records import Entity, Holder, Target
from kliping.release.inputs import inputs_sha256, read_inputs
from kliping.release.refusals import refusals

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Annotation, Gold

MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
NOBODY = Holder(kind="author")


def codes(corpus: Corpus) -> list[str]:
    inputs, faults = read_inputs(corpus, load_contract(corpus.schema))
    return [finding.code for finding in (*faults, *refusals(inputs))]


def with_gold(root: Path, said: Gold) -> Corpus:
    return write_corpus(root, [MARKET], splits={"market": "train"}, gold=[said])


def with_annotation(root: Path, *said: Annotation) -> Corpus:
    return write_corpus(root, [MARKET], splits={"market": "train"}, annotations=said)


def test_a_sound_corpus_is_not_refused(tmp_path: Path) -> None:
    assert codes(toy(tmp_path)) == []


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    assert codes(write_corpus(tmp_path, [])) == ["R100"]


def test_an_article_without_a_split_is_refused(tmp_path: Path) -> None:
    assert codes(write_corpus(tmp_path, [MARKET])) == ["R102"]


def test_a_cluster_in_two_splits_is_refused(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    entries = [replace(entry, cluster="market") for entry in corpus.splits()]
    (corpus.corpus / "splits.jsonl").write_bytes(encode_lines(entries))
    assert codes(corpus) == ["R105"]


def test_an_id_twice_is_refused(tmp_path: Path) -> None:
    assert codes(write_corpus(tmp_path, [MARKET, MARKET], splits={"market": "train"})) == ["R101"]


def test_a_text_that_is_not_its_hash_is_refused(tmp_path: Path) -> None:
    changed = replace(MARKET, text="Pasar Baru" + MARKET.text[10:])
    assert codes(write_corpus(tmp_path, [changed], splits={"market": "train"})) == ["R103"]


def test_a_block_outside_the_text_is_refused(tmp_path: Path) -> None:
    longer = replace(MARKET, blocks=(replace(MARKET.blocks[0], end=999),))
    assert codes(write_corpus(tmp_path, [longer], splits={"market": "train"})) == ["R104"]


def test_gold_of_no_article_is_refused(tmp_path: Path) -> None:
    other = article("other", "Lain", "Lain.")
    assert codes(with_gold(tmp_path, gold(other, []))) == ["R201"]


def test_gold_of_a_changed_text_is_refused(tmp_path: Path) -> None:
    assert codes(with_gold(tmp_path, replace(gold(MARKET, [SENA]), text_sha256="0" * 64))) == ["R202"]


def test_an_annotation_of_no_article_is_refused(tmp_path: Path) -> None:
    other = article("other", "Lain", "Lain.")
    assert codes(with_annotation(tmp_path, annotation(other, "annotator-aa"))) == ["R203"]


def test_an_annotation_of_a_text_that_nobody_kept_is_refused(tmp_path: Path) -> None:
    assert codes(with_annotation(tmp_path, annotation(MARKET, "annotator-aa", text_sha256="0" * 64))) == ["R204"]


def test_an_annotation_of_a_superseded_text_is_not_refused(tmp_path: Path) -> None:
    old = article("market", "Pasar Lama", "Sena Waluyo setuju.")
    corpus = write_corpus(
        tmp_path, [MARKET], splits={"market": "train"}, annotations=[annotation(old, "annotator-aa")], revisions=[old]
    )
    assert codes(corpus) == []


def test_an_annotation_id_twice_is_refused(tmp_path: Path) -> None:
    said = annotation(MARKET, "annotator-aa")
    assert codes(with_annotation(tmp_path, said, said)) == ["R205"]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SENA, start=SENA.start + 1),
        replace(SENA, text="Sena Waluya"),
        Entity(id="e1", start=500, end=504, text="Sena", label="PERSON"),
        Entity(id="e1", start=-4, end=-1, text="lak", label="PERSON"),
    ],
)
def test_a_span_that_is_no_slice_is_refused(tmp_path: Path, wrong: Entity) -> None:
    assert codes(with_gold(tmp_path, gold(MARKET, [wrong]))) == ["R301"]
    assert codes(with_annotation(tmp_path, annotation(MARKET, "annotator-aa", [wrong]))) == ["R301"]


def test_words_that_the_scheme_does_not_have_are_refused_each(tmp_path: Path) -> None:
    said = gold(
        MARKET,
        [replace(SENA, label="DISASTER")],
        [stance(1, "neutral", mention("e1"), NOBODY), stance(2, "none", Target(kind="declared", name="MOON"), NOBODY)],
    )
    assert codes(with_gold(tmp_path, said)) == ["R302"] * 3


def test_an_id_twice_and_a_stance_about_no_mention_are_refused(tmp_path: Path) -> None:
    said = gold(MARKET, [SENA, SENA], [stance(1, "favor", mention("e9"), NOBODY)])
    assert codes(with_gold(tmp_path, said)) == ["R303", "R304"]


@pytest.mark.parametrize(
    "said",
    [
        annotation(MARKET, "annotator-aa", comment="tanya sari@pos.example"),
        annotation(MARKET, "annotator-aa", [replace(SENA, ref="sena@kota.example")]),
        annotation(
            MARKET,
            "annotator-aa",
            [SENA],
            [stance(1, "favor", mention("e1"), Holder(kind="named", name="a@b.example"))],
        ),
    ],
)
def test_an_address_in_an_annotations_own_fields_is_refused(tmp_path: Path, said: Annotation) -> None:
    assert codes(with_annotation(tmp_path, said)) == ["R401"]


def test_an_address_in_an_articles_text_is_not_refused(tmp_path: Path) -> None:
    letter = article("letter", "Surat", "Tulis ke redaksi@pos.example sekarang.")
    assert codes(write_corpus(tmp_path, [letter], splits={"letter": "train"})) == []


def test_an_annotator_who_is_no_pseudonym_is_refused(tmp_path: Path) -> None:
    assert codes(with_annotation(tmp_path, annotation(MARKET, "Sari"))) == ["R402"]


def test_a_missing_licence_and_missing_guidelines_are_refused(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    (tmp_path / "corpus" / "LICENSE").unlink()
    (tmp_path / "annotations" / "guidelines.md").unlink()
    assert codes(corpus) == ["R501", "R502"]


def test_a_null_class_and_a_line_that_is_no_json_are_refused_with_their_lines(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    path = tmp_path / "annotations" / "gold.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"against"', b"null") + b"{\n")
    _, faults = read_inputs(corpus, load_contract(corpus.schema))
    assert [(fault.code, fault.path, fault.line) for fault in faults] == [
        ("R001", "annotations/gold.jsonl", 1),
        ("R001", "annotations/gold.jsonl", 3),
    ]


def test_a_second_line_about_one_article_is_refused(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    path = tmp_path / "corpus" / "splits.jsonl"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[0])
    assert codes(corpus) == ["R002"]


def test_the_digest_changes_with_what_is_released_and_with_nothing_else(tmp_path: Path) -> None:
    corpus = toy(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    (tmp_path / "there" / "corpus" / "versions").mkdir()
    moved = type(corpus).open(tmp_path / "there")
    digests = [inputs_sha256(read_inputs(one, load_contract(one.schema))[0]) for one in (corpus, moved)]
    assert digests[0] == digests[1]
    (tmp_path / "there" / "annotations" / "guidelines.md").write_text("Other words.\n")
    assert inputs_sha256(read_inputs(moved, load_contract(moved.schema))[0]) != digests[0]
