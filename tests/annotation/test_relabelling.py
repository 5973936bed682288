"""A constant is renamed in every record that holds it, and nothing else is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import SCHEMA, annotation, article, entity, mention, write_corpus

from kliping.annotation.relabelling import Files, Rename, read_rename, refuse_contradictions, rename_files, renamed
from kliping.contract import Label, Scheme, load_contract
from kliping.errors import CallError, DataError
from kliping.files import encode_lines, read_lines, write_bytes
from kliping.records import Carried, Decision, Holder, Party, Prediction, Span, Stance, Stated, Studio, Target

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.annotation.relabelling import Control
    from kliping.project import Corpus

MARKET = article("market", "Pasar", "Sena Waluyo menolak pungutan di Pasar Lama.")
SENA, LEVY = entity(MARKET, 1, "Sena Waluyo", "HERO"), entity(MARKET, 2, "pungutan", "POLICY")
RESIDENTS = Holder(kind="named", name="PEOPLE")
AGAINST = Stance(id="e2:named:PEOPLE", stance="anti", target=mention("e2"), holder=RESIDENTS)
VOICE = Stance(
    id="article:MOVE:author", stance="anti", target=Target(kind="declared", name="MOVE"), holder=Holder(kind="author")
)
SAID = annotation(MARKET, "annotator-aa", (SENA, LEVY), (AGAINST, VOICE))
LABEL, SIDE = Rename("label", "HERO", "PERSON"), Rename("stance", "anti", "against")
TARGET, HOLDER = Rename("target", "MOVE", "MARKET_MOVE"), Rename("holder", "PEOPLE", "RESIDENTS")


def decision(label: str, verdict: str = "accept", **fields: object) -> Decision:
    span = Span(start=SENA.start, end=SENA.end, text=SENA.text, label=label)
    said: dict[str, object] = {
        "article_id": "market", "text_sha256": MARKET.text_sha256, "mention": span, "stance": None, "verdict": verdict,
        "edited_mention": None, "edited_stance": None, "by": "adjudicator", "when": "2026-01-02", "why": "",
        "guidelines": "1.0.0",
    }  # fmt: skip
    return msgspec.convert(msgspec.to_builtins(said | fields), Decision)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """The schema of this repository, where HERO is deprecated for PERSON, and `both` is a label and a stance."""
    scheme = load_contract(SCHEMA).scheme
    both = Label("both", "Both", "In two lists.")
    labels = (*scheme.entity_labels, Label("HERO", "Hero", "An earlier name.", deprecated=True), both)
    return replace(scheme, entity_labels=labels, stances=(*scheme.stances, both))


@pytest.mark.parametrize(
    ("stated", "control", "meant"),
    [
        ("HERO=PERSON", None, LABEL),
        (" HERO = PERSON ", None, LABEL),
        ("gone=PERSON", None, Rename("label", "gone", "PERSON")),
        ("anti=against", None, SIDE),
        ("MOVE=MARKET_MOVE", None, TARGET),
        ("PEOPLE=RESIDENTS", None, HOLDER),
        ("HERO=both", None, Rename("label", "HERO", "both")),
        ("gone=both", "stance", Rename("stance", "gone", "both")),
    ],
)
def test_the_control_is_inferred_where_one_list_has_both_or_the_new_one(
    scheme: Scheme, stated: str, control: Control | None, meant: Rename
) -> None:
    assert read_rename(stated, control, scheme) == meant


@pytest.mark.parametrize(
    ("stated", "control", "fault"),
    [
        ("HERO", None, "OLD=NEW"),
        ("=PERSON", None, "OLD=NEW"),
        ("PERSON=PERSON", None, "OLD=NEW"),
        ("HERO=NOBODY", None, "is in no list of schema"),
        ("gone=HERO", None, "or deprecated"),
        ("HERO=PERSON", "stance", "is in no list of stances"),
        ("PLACE=PERSON", None, "'PLACE' is still offered"),
        ("gone=both", None, "--control"),
    ],
)
def test_what_cannot_be_meant_is_told(scheme: Scheme, stated: str, control: Control | None, fault: str) -> None:
    with pytest.raises(CallError, match=fault):
        read_rename(stated, control, scheme)


def test_a_label_is_renamed_in_annotations() -> None:
    made = renamed(SAID, LABEL)
    assert [one.label for one in made.entities] == ["PERSON", "POLICY"]
    assert msgspec.structs.replace(made, entities=SAID.entities) == SAID


def test_a_stance_is_renamed_towards_mentions_and_targets() -> None:
    assert [one.stance for one in renamed(SAID, SIDE).stances] == ["against", "against"]


def test_a_target_and_a_holder_are_renamed_and_the_stances_ids_with_them() -> None:
    assert [(one.id, one.target.name) for one in renamed(SAID, TARGET).stances] == [
        ("e2:named:PEOPLE", None),
        ("article:MARKET_MOVE:author", "MARKET_MOVE"),
    ]
    assert [(one.id, one.holder.name) for one in renamed(SAID, HOLDER).stances] == [
        ("e2:named:RESIDENTS", "RESIDENTS"),
        ("article:MOVE:author", None),
    ]


@pytest.mark.parametrize("control", ["label", "stance", "target"])
def test_a_holder_stays_where_something_else_of_its_name_is_renamed(control: Control) -> None:
    assert renamed(SAID, Rename(control, "PEOPLE", "RESIDENTS")) is SAID


@pytest.mark.parametrize("rename", [LABEL, SIDE, TARGET, HOLDER])
def test_renaming_twice_is_renaming_once_and_what_has_it_not_stays_itself(rename: Rename) -> None:
    made = renamed(SAID, rename)
    assert made != SAID
    assert renamed(made, rename) is made


def test_a_decision_is_renamed_with_what_it_edits() -> None:
    edited = Span(start=0, end=5, text="Pasar", label="HERO")
    made = renamed(decision("HERO", "edit", edited_mention=edited), LABEL)
    assert made.mention is not None
    assert made.edited_mention is not None
    assert (made.mention.label, made.edited_mention.label) == ("PERSON", "PERSON")
    stated = Stated(
        stance="anti", target=Party(kind="declared", name="MOVE"), holder=Party(kind="named", name="PEOPLE")
    )
    about = decision("HERO", mention=None, stance=stated)
    for rename, expected in (
        (SIDE, ("against", "MOVE", "PEOPLE")),
        (TARGET, ("anti", "MARKET_MOVE", "PEOPLE")),
        (HOLDER, ("anti", "MOVE", "RESIDENTS")),
    ):
        said = renamed(about, rename).stance
        assert said is not None
        assert (said.stance, said.target.name, said.holder.name) == expected


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two annotations, one of them pulled; a decision, a prediction and something carried over."""
    pulled = annotation(MARKET, "annotator-bb", (SENA,), studio=Studio(project=1, task=2, annotation=3))
    corpus = write_corpus(tmp_path, [MARKET], annotations=[annotation(MARKET, "annotator-aa", (SENA,)), pulled])
    carried = Carried(
        article_id="market", text_sha256=MARKET.text_sha256, annotation="a", annotated_text_sha256="0" * 64,
        annotator="annotator-aa", scheme="1.0.0", entities=(SENA,), stances=(), lost=(),
    )  # fmt: skip
    predicted = Prediction(
        article_id="market", text_sha256=MARKET.text_sha256, model_version="m", score=None, entities=(SENA,), stances=()
    )
    other = msgspec.structs.replace(predicted, article_id="ferry", entities=())
    folder = corpus.annotation_folder
    write_bytes(folder / "decisions.jsonl", encode_lines([decision("HERO")]))
    write_bytes(folder / "carried.jsonl", encode_lines([carried]))
    write_bytes(folder / "predictions" / "marker.jsonl", encode_lines([predicted, other]))
    return corpus


def labels_pulled(corpus: Corpus) -> list[str]:
    return [one.entities[0].label for one in corpus.annotations()]


def test_files_are_renamed_and_what_comes_from_a_server_only_where_asked(corpus: Corpus) -> None:
    assert rename_files(corpus, LABEL, pulled=False, write=False) == Files(1, 1, 1, 1)
    assert labels_pulled(corpus) == ["HERO", "HERO"]
    assert rename_files(corpus, LABEL, pulled=False) == Files(1, 1, 1, 1)
    assert labels_pulled(corpus) == ["PERSON", "HERO"]
    assert rename_files(corpus, LABEL, pulled=True) == Files(1, 0, 0, 0)
    assert labels_pulled(corpus) == ["PERSON", "PERSON"]
    assert next(corpus.carried()).entities[0].label == "PERSON"
    assert next(corpus.predictions("marker")).entities[0].label == "PERSON"
    assert rename_files(corpus, LABEL, pulled=True) == Files()


def test_a_line_without_the_constant_stays_byte_by_byte(corpus: Corpus) -> None:
    place = corpus.annotation_folder / "decisions.jsonl"
    spaced = msgspec.json.format(msgspec.json.encode(decision("PLACE")), indent=0) + b"\n"
    write_bytes(place, spaced + place.read_bytes())
    rename_files(corpus, LABEL, pulled=False)
    assert place.read_bytes().startswith(spaced)
    assert len(list(read_lines(place, Decision))) == 2


def test_decisions_that_would_contradict_each_other_are_refused(corpus: Corpus) -> None:
    place = corpus.annotation_folder / "decisions.jsonl"
    write_bytes(place, encode_lines([decision("HERO"), decision("PERSON", "reject")]))
    with pytest.raises(DataError, match=r"market: with PERSON for HERO, two decisions on .* differ"):
        refuse_contradictions(corpus, LABEL)


def test_a_broken_line_is_told_with_its_place(corpus: Corpus) -> None:
    write_bytes(corpus.annotation_folder / "carried.jsonl", b"{}\n")
    with pytest.raises(DataError, match=r"carried\.jsonl:1"):
        rename_files(corpus, LABEL, pulled=False)
