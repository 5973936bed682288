"""An exported file of any Label Studio: its annotations come in beside the server's, once, or lie in quarantine."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.corpora import SCHEMA, annotation, article, entity, mention, stance, write_corpus

from kliping.annotation.relabelling import Rename
from kliping.contract import Contract, load_contract
from kliping.errors import DataError
from kliping.files import write_shards
from kliping.project import unfinished
from kliping.records import Holder, Studio
from kliping.studio.people.pseudonyms import pseudonym, pseudonym_key, stand_in
from kliping.studio.pull import pull_file
from kliping.studio.relabelling import relabel
from kliping.studio.results import write
from kliping.studio.results.offsets import in_utf16

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Annotation, Receipt

MARKET = article(
    "market", "Pasar Lama 👩‍🌾", "Wali Kota 🇮🇩 Sena Waluyo menolak relokasi Pasar Lama. 🎉 Warga Tepi mendukung."
)
LEVY = article("levy", "Pungutan", "Pungutan kantong plastik naik.")
ADDRESS = "ayu@pos.example"
ENTITIES = (
    entity(MARKET, 1, "Sena Waluyo", "PERSON"),
    entity(MARKET, 2, "relokasi Pasar Lama", "POLICY"),
    entity(MARKET, 3, "Warga Tepi", "ORGANISATION"),
)
STANCES = (
    stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),
    stance(2, "against", mention("e2"), Holder(kind="author")),
)
WORK = annotation(MARKET, "annotator-x", ENTITIES, STANCES, comment="Siapa?")


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(SCHEMA)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "5a" * 32)
    return write_corpus(tmp_path / "corpus", [MARKET, LEVY])


def submitted(work: Annotation, who: object = ADDRESS, number: int = 7, **fields: object) -> dict[str, Any]:
    """An annotation as an export has it."""
    person = {"id": 3, "email": who, "first_name": "", "last_name": ""} if isinstance(who, str) else who
    times = {"created_at": "2024-03-01T08:00:00.000001Z", "updated_at": "2024-03-01T08:05:00.000002Z"}
    skipped = work.status == "skipped"
    made = {"id": number, "completed_by": person, "result": write(work), "was_cancelled": skipped, "lead_time": 9.5}
    return {**made, **times, **fields}


def exported(*annotations: dict[str, Any], about: Any = MARKET, **fields: object) -> dict[str, Any]:
    """A task as an export has it, which kliping made."""
    meta = {"kliping": {"id": about.id, "text_sha256": about.text_sha256, "round": 1}}
    data = {"text": about.text, "title": about.title, "id": about.id}
    return {"id": 11, "data": data, "meta": meta, "annotations": list(annotations), "predictions": [], **fields}


def pulled(corpus: Corpus, contract: Contract, *tasks: Any) -> Receipt:
    path = corpus.root.parent / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return pull_file(corpus, contract, path)


def refusal(corpus: Corpus, contract: Contract, data: bytes) -> str:
    path = corpus.root.parent / "export.json"
    path.write_bytes(data)
    with pytest.raises(DataError) as refused:
        pull_file(corpus, contract, path)
    assert list(corpus.annotations()) == []
    return str(refused.value)


def count(receipt: Receipt, what: str) -> tuple[int, int, int]:
    return next((one.taken, one.kept, one.set_aside) for one in receipt.counts if one.what == what)


def codes(corpus: Corpus) -> list[str]:
    return [one.reason.partition(":")[0] for one in corpus.quarantine()]


def test_an_export_says_what_its_annotators_said_and_twice_is_once(corpus: Corpus, contract: Contract) -> None:
    skipped = exported(submitted(annotation(LEVY, "x", status="skipped")), about=LEVY)
    receipt = pulled(corpus, contract, exported(submitted(WORK)), skipped)
    second, first = corpus.annotations()
    assert receipt.adds_up
    assert count(receipt, "annotations") == (2, 2, 0)
    assert count(receipt, "regions") == (3, 3, 0)
    assert count(receipt, "skips") == (1, 1, 0)
    assert count(receipt, "annotators") == (1, 1, 0)
    who = pseudonym(pseudonym_key(), ADDRESS)
    assert (first.entities, first.comment, first.annotator, first.round) == (ENTITIES, "Siapa?", who, 1)
    assert {(one.stance, one.holder.kind) for one in first.stances} == {("against", "mention"), ("against", "author")}
    assert (first.created, first.updated) == ("2024-03-01T08:00:00.000001Z", "2024-03-01T08:05:00.000002Z")
    assert (first.lead_time, first.studio, second.status) == (9.5, None, "skipped")
    before = {path: path.read_bytes() for path in corpus.annotation_folder.rglob("*.json*")}
    again = pulled(corpus, contract, exported(submitted(WORK)), skipped)
    assert (again.changes, again.counts) == (0, receipt.counts)
    assert before == {path: path.read_bytes() for path in corpus.annotation_folder.rglob("*.json*")}
    everything = b"".join(path.read_bytes() for path in corpus.root.rglob("*") if path.is_file())
    assert b'pos.example"' not in everything.replace(b"https://pos.example", b"")
    assert ADDRESS.encode() not in everything


def test_offsets_in_utf16_are_read_as_those_in_code_points(corpus: Corpus, contract: Contract) -> None:
    made = submitted(WORK)
    for item in made["result"]:
        if "start" in item.get("value", {}):
            value = item["value"]
            value["start"], value["end"] = in_utf16(MARKET.text, value["start"], value["end"])
    pulled(corpus, contract, exported(made))
    (only,) = corpus.annotations()
    assert only.entities == ENTITIES


def test_a_stance_that_is_a_label_on_an_arrow_alone_is_read(corpus: Corpus, contract: Contract) -> None:
    """The older style: no choice on the region, the arrow from the holder says which side."""
    result = [item for item in write(WORK) if item.get("from_name") == "label"]
    result.append({"type": "relation", "from_id": "e1", "to_id": "e2", "direction": "right", "labels": ["against"]})
    pulled(corpus, contract, exported(submitted(WORK, result=result)))
    (only,) = corpus.annotations()
    ((stance),) = only.stances
    assert (stance.stance, stance.holder.mention, stance.target.mention) == ("against", "e1", "e2")


def test_a_task_is_known_by_its_text_where_it_has_no_mark(corpus: Corpus, contract: Contract) -> None:
    by_id = exported(submitted(WORK), meta={})
    by_text = exported(submitted(annotation(LEVY, "x")), about=LEVY, meta=None, data={"artikel": LEVY.text, "n": 3})
    unknown = exported(submitted(annotation(LEVY, "x")), meta=None, data={"text": "Berita lain."})
    receipt = pulled(corpus, contract, by_id, by_text, unknown)
    assert receipt.adds_up
    assert sorted(one.article_id for one in corpus.annotations()) == ["levy", "market"]
    assert codes(corpus) == ["unknown-text"]
    assert next(corpus.quarantine()).studio is None
    assert pulled(corpus, contract, by_id, by_text, unknown).changes == 0


def test_what_was_unknown_leaves_quarantine_when_its_text_is_there(corpus: Corpus, contract: Contract) -> None:
    task = exported(submitted(WORK))
    articles = list(corpus.articles())
    write_shards(corpus.corpus / "articles", articles[1:])
    pulled(corpus, contract, task)
    assert (codes(corpus), list(corpus.annotations())) == (["unknown-text"], [])
    write_shards(corpus.corpus / "articles", articles)
    pulled(corpus, contract, task)
    assert (codes(corpus), len(list(corpus.annotations()))) == ([], 1)


def test_a_text_of_two_articles_is_not_guessed(corpus: Corpus, contract: Contract) -> None:
    write_shards(
        corpus.corpus / "articles", [MARKET, LEVY, article("levy-2", "Pungutan", "Pungutan kantong plastik naik.")]
    )
    pulled(
        corpus, contract, exported(submitted(annotation(LEVY, "x")), about=LEVY, meta=None, data={"text": LEVY.text})
    )
    assert codes(corpus) == ["ambiguous-text"]


def test_the_newest_counts_wherever_it_came_from(corpus: Corpus, contract: Contract) -> None:
    who = pseudonym(pseudonym_key(), ADDRESS)
    place = Studio(project=1, task=2, annotation=3)
    name = f"market.{who}.1"
    times: dict[str, Any] = {"created": "2024-03-02T00:00:00.000000Z", "updated": "2024-03-02T00:00:00.000000Z"}
    on_server = annotation(MARKET, who, ENTITIES[:1], id=name, studio=place, **times)
    write_shards(corpus.annotation_folder / "pulled", [on_server])
    older = exported(submitted(WORK))
    receipt = pulled(corpus, contract, older)
    assert (list(corpus.annotations()), codes(corpus)) == ([on_server], ["superseded"])
    assert count(receipt, "annotations") == (1, 0, 1)
    assert pulled(corpus, contract, older).changes == 0
    newer = exported(submitted(WORK, updated_at="2024-03-03T00:00:00Z"))
    pulled(corpus, contract, newer)
    (only,) = corpus.annotations()
    assert (only.entities, only.studio) == (ENTITIES, None)
    assert [one.studio for one in corpus.quarantine()] == [place]  # the older one says the same as the newer
    assert pulled(corpus, contract, newer).changes == 0


def test_what_says_the_same_as_the_server_is_there_already(corpus: Corpus, contract: Contract) -> None:
    who = pseudonym(pseudonym_key(), ADDRESS)
    place = Studio(project=1, task=2, annotation=3)
    times: dict[str, Any] = {"created": "2024-03-01T08:00:00.000001Z", "updated": "2024-03-01T08:05:00.000002Z"}
    same = annotation(MARKET, who, ENTITIES, STANCES, comment="Siapa?", id=f"market.{who}.1", studio=place, **times)
    write_shards(corpus.annotation_folder / "pulled", [same])
    receipt = pulled(corpus, contract, exported(submitted(WORK)))
    assert (receipt.changes, count(receipt, "annotations")) == (2, (1, 1, 0))  # key.json, an empty quarantine.jsonl
    assert (list(corpus.annotations()), codes(corpus)) == ([same], [])


def test_who_is_a_number_alone_is_somebody_else_and_a_note_says_so(corpus: Corpus, contract: Contract) -> None:
    receipt = pulled(corpus, contract, exported(submitted(WORK, 3)))
    assert any("known by a number alone" in note for note in receipt.notes)
    assert [one.annotator for one in corpus.annotations()] == [pseudonym(pseudonym_key(), "#3")]


def test_who_is_a_number_is_known_by_work_that_was_pulled_from_the_same_server(
    corpus: Corpus, contract: Contract
) -> None:
    who = pseudonym(pseudonym_key(), ADDRESS)
    place = Studio(project=1, task=2, annotation=3)
    times: dict[str, Any] = {"created": "2024-03-01T08:00:00.000001Z", "updated": "2024-03-01T08:05:00.000002Z"}
    same = annotation(MARKET, who, ENTITIES, STANCES, comment="Siapa?", id=f"market.{who}.1", studio=place, **times)
    write_shards(corpus.annotation_folder / "pulled", [same])
    receipt = pulled(corpus, contract, exported(submitted(WORK, 3)))
    assert count(receipt, "annotations") == (1, 1, 0)
    assert not any("known by a number alone" in note for note in receipt.notes)
    assert (list(corpus.annotations()), codes(corpus)) == ([same], [])


def test_a_stand_in_is_whom_it_stands_in_for(corpus: Corpus, contract: Contract) -> None:
    pulled(corpus, contract, exported(submitted(WORK, stand_in("annotator-0123456789ab"))))
    assert [one.annotator for one in corpus.annotations()] == ["annotator-0123456789ab"]


def test_what_cannot_be_read_is_set_aside_with_its_reason(corpus: Corpus, contract: Contract) -> None:
    def changed(at: int, **value: object) -> dict[str, Any]:
        made = submitted(WORK, number=at, completed_by={"id": at, "email": f"a{at}@pos.example"})
        made["result"][0]["value"] |= value
        return made

    nobody = submitted(WORK, completed_by=None)
    wrong = [changed(1, labels=["HERO"]), changed(2, start=9000, end=9003, text="Senja"), nobody]
    receipt = pulled(corpus, contract, exported(*wrong, submitted(WORK)))
    assert receipt.adds_up
    assert sorted(codes(corpus)) == ["label-unknown", "nobody", "offset-unproven"]
    assert count(receipt, "annotations") == (4, 1, 3)
    assert count(receipt, "annotators") == (4, 1, 3)
    assert pulled(corpus, contract, exported(*wrong, submitted(WORK))).changes == 0


def test_what_stands_for_an_address_and_is_none_is_no_address(corpus: Corpus, contract: Contract) -> None:
    receipt = pulled(corpus, contract, exported(submitted(WORK, completed_by={"id": 3, "email": "from_name"})))
    assert count(receipt, "annotations") == (1, 1, 0)
    assert any("1 annotators are known by a number alone" in note for note in receipt.notes)


def test_a_pull_that_was_killed_past_its_last_commit_is_said_to_be_whole_by_the_next(
    corpus: Corpus, contract: Contract
) -> None:
    pulled(corpus, contract, exported(submitted(WORK)))
    (corpus.state / "pull.unfinished").write_bytes(b"")
    assert pulled(corpus, contract, exported(submitted(WORK))).changes == 0
    assert unfinished(corpus) == []


def test_old_names_and_predictions_of_the_file_are_read(corpus: Corpus, contract: Contract) -> None:
    task = exported(submitted(WORK, parent_prediction=5), predictions=[{"id": 5, "model_version": "gazetteer-1"}])
    task["completions"] = task.pop("annotations")
    pulled(corpus, contract, task)
    assert [one.predictions_shown for one in corpus.annotations()] == ["gazetteer-1"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "an empty file"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b'{"id": 1}', "one JSON object"),
        (b"-DOCSTART- -X- O\n", "CoNLL"),
        (b"annotation_id,annotator,text\n1,2,x\n", "CSV"),
        (b"id\tannotator\ttext\n", "TSV"),
        (b"<html>", "no JSON"),
        (b'[{"id": 1, "data": {}, "annotations": [', "not whole JSON after item 0"),
        (b'[{"id": 1, "data": {}, "annotations": []}', "not whole JSON after item 1"),
        (b'["a"]', "item 1 is no task"),
        (b'[{"id": 1}]', "item 1 has no `data`"),
        (b'[{"id": 1, "data": {}, "annotations": 3}]', "item 1: "),
        (b'[{"id": 1, "text": "x", "annotation_id": 3, "annotator": 1}]', "JSON_MIN, which has lost which mention"),
    ],
)
def test_a_file_of_another_kind_is_named(corpus: Corpus, contract: Contract, data: bytes, said: str) -> None:
    told = refusal(corpus, contract, data)
    assert said in told
    assert "\n" not in told
    assert not (corpus.annotation_folder / "key.json").exists()


def test_json_min_is_refused_without_stances_too_and_says_less(corpus: Corpus, contract: Contract) -> None:
    plain = dataclasses.replace(contract, scheme=dataclasses.replace(contract.scheme, stances=()))
    told = refusal(corpus, plain, b'[{"id": 1, "annotation_id": 3, "annotator": 1}]')
    assert "which has lost the ids of regions" in told


def test_another_pseudonym_key_is_refused(corpus: Corpus, contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    pulled(corpus, contract, exported(submitted(WORK)))
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "ab" * 32)
    with pytest.raises(DataError, match="another key"):
        pulled(corpus, contract, exported(submitted(WORK)))


def test_what_a_file_superseded_is_set_aside_once_however_many_newer_files_come(
    corpus: Corpus, contract: Contract
) -> None:
    who = pseudonym(pseudonym_key(), ADDRESS)
    times: dict[str, Any] = {"created": "2024-03-02T00:00:00.000000Z", "updated": "2024-03-02T00:00:00.000000Z"}
    place = Studio(project=1, task=2, annotation=3)
    on_server = annotation(MARKET, who, ENTITIES[:1], id=f"market.{who}.1", studio=place, **times)
    write_shards(corpus.annotation_folder / "pulled", [on_server])
    pulled(corpus, contract, exported(submitted(WORK, updated_at="2024-03-03T00:00:00Z")))
    newest = submitted(annotation(MARKET, "x", ENTITIES[:2]), updated_at="2024-03-04T00:00:00Z")
    pulled(corpus, contract, exported(newest))
    assert [(one.studio, one.reason.rpartition(" ")[2]) for one in corpus.quarantine()] == [
        (None, "2024-03-04T00:00:00.000000Z"),
        (place, "2024-03-04T00:00:00.000000Z"),
    ]
    assert pulled(corpus, contract, exported(newest)).changes == 0


def test_a_file_from_before_a_relabelling_brings_no_old_name_back(corpus: Corpus, contract: Contract) -> None:
    task = exported(submitted(WORK))
    pulled(corpus, contract, task)
    relabel(corpus, contract, Rename("label", "PERSON", "PLACE"), None)
    before = list(corpus.annotations())
    assert [one.label for one in before[0].entities] == ["PLACE", "POLICY", "ORGANISATION"]
    assert pulled(corpus, contract, task).changes == 0
    assert (list(corpus.annotations()), list(corpus.quarantine())) == (before, [])
