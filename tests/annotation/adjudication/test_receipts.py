"""Adjudicating a corpus folder: gold is written once, and the receipt adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import annotation, article, entity, mention, stance, toy, write_corpus

from kliping.annotation import adjudicate, adjudicate_corpus
from kliping.annotation.adjudication.receipts import adjudication_receipt
from kliping.annotation.adjudication.strategies import STRATEGIES
from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.errors import DataError
from kliping.files import encode_lines
from kliping.project import Corpus
from kliping.records import Count, Decision, Holder, Party, Span, Stated

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project.settings import StrategyName
    from kliping.records import Receipt

MARKET = article("market", "Pasar Lama Tetap Buka", "Sena Waluyo menolak pemindahan Pasar Lama di Rimbia.")
MARKS = [
    entity(MARKET, 1, "Sena Waluyo", "PERSON"),
    entity(MARKET, 2, "Pasar Lama", "PLACE"),
    entity(MARKET, 3, "Rimbia", "PLACE"),
]


def run(corpus: Corpus) -> Receipt:
    return adjudicate_corpus(corpus, load_contract(corpus.schema))


def counts(receipt: Receipt) -> dict[str, tuple[int, int, int]]:
    return {count.what: (count.taken, count.kept, count.set_aside) for count in receipt.counts}


def test_the_receipt_says_what_was_taken_kept_and_set_aside(tmp_path: Path) -> None:
    receipt = run(toy(tmp_path))

    assert counts(receipt) == {
        "annotated articles": (3, 2, 1),
        "annotations": (7, 6, 1),
        "mentions": (7, 6, 1),
        "stances": (3, 3, 0),
        "decisions": (0, 0, 0),
    }
    assert receipt.adds_up


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    (corpus.annotation_folder / "gold.jsonl").unlink()

    assert run(corpus).changes == 2
    before = (corpus.annotation_folder / "gold.jsonl").read_bytes()
    assert run(corpus).changes == 0
    assert (corpus.annotation_folder / "gold.jsonl").read_bytes() == before


def test_a_changed_and_a_gone_gold_line_are_counted(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    run(corpus)
    pulled = [one for one in corpus.annotations() if one.annotator == "annotator-aa" or one.article_id != "market"]
    (corpus.annotation_folder / "pulled" / "00000.jsonl").write_bytes(encode_lines(pulled))

    assert run(corpus).changes == 1
    assert [gold.article_id for gold in corpus.gold()] == ["ferry"]


def test_open_articles_are_named_with_what_is_open(tmp_path: Path) -> None:
    receipt = run(toy(tmp_path))

    (note,) = [note for note in receipt.notes if note.startswith("dike: open: ")]
    assert note == "dike: open: the mention 73-85 ORGANISATION"


def test_no_annotation_at_all_is_an_error_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nothing to adjudicate; run `kliping pull` first"):
        run(write_corpus(tmp_path, [MARKET]))


def test_gold_that_would_break_the_contract_is_not_written(tmp_path: Path) -> None:
    foreign = entity(MARKET, 1, "Rimbia", "TOWN")
    both = [annotation(MARKET, who, [foreign]) for who in ("annotator-aa", "annotator-bb")]
    corpus = write_corpus(tmp_path, [MARKET], annotations=both)
    (corpus.annotation_folder / "gold.jsonl").write_bytes(b"")

    with pytest.raises(DataError, match="article market: gold breaks the contract: entities/0/label: 'TOWN'"):
        run(corpus)
    assert (corpus.annotation_folder / "gold.jsonl").read_bytes() == b""


def test_a_merged_mention_is_set_aside() -> None:
    wide = entity(MARKET, 9, "pemindahan Pasar Lama", "POLICY")
    both = [annotation(MARKET, "annotator-aa", [wide]), annotation(MARKET, "annotator-bb", [MARKS[1]])]
    edit = Decision(
        article_id="market", text_sha256=MARKET.text_sha256, verdict="edit", stance=None, edited_stance=None,
        mention=span(1), edited_mention=Span(start=wide.start, end=wide.end, text=wide.text, label="POLICY"),
        by="adjudicator", when="2026-02-03", why="", guidelines="1",
    )  # fmt: skip
    outcome = adjudicate([MARKET], both, [edit])

    assert Count(what="mentions", taken=2, kept=1, set_aside=1) in adjudication_receipt(outcome, 1).counts


def span(number: int) -> Span:
    mark = MARKS[number]
    return Span(start=mark.start, end=mark.end, text=mark.text, label=mark.label)


def decided(number: int, verdict: Literal["accept", "edit", "reject"]) -> Decision:
    return Decision(
        article_id="market", text_sha256=MARKET.text_sha256, mention=span(number), stance=None,
        verdict=verdict, edited_mention=span((number + 1) % 3) if verdict == "edit" else None,
        edited_stance=None, by="adjudicator", when="2026-02-03", why="", guidelines="1",
    )  # fmt: skip


def sided(number: int, verdict: Literal["accept", "reject"]) -> Decision:
    mark = MARKS[number]
    target = Party(kind="mention", start=mark.start, end=mark.end, text=mark.text)
    return Decision(
        article_id="market", text_sha256=MARKET.text_sha256, mention=None, edited_mention=None, edited_stance=None,
        stance=Stated(stance="favor", target=target, holder=Party(kind="author")), verdict=verdict,
        by="adjudicator", when="2026-02-03", why="", guidelines="1",
    )  # fmt: skip


VOTES = st.lists(st.tuples(st.sets(st.integers(0, 2)), st.booleans(), st.booleans()), max_size=4)
DECISIONS = st.builds(
    lambda mentions, stances: [decided(*one) for one in mentions.items()] + [sided(*one) for one in stances.items()],
    st.dictionaries(st.integers(0, 2), st.sampled_from(["accept", "edit", "reject"])),
    st.dictionaries(st.integers(0, 2), st.sampled_from(["accept", "reject"])),
)


@given(crowd=VOTES, decisions=DECISIONS, strategy=st.sampled_from(sorted(STRATEGIES)))
def test_the_receipt_adds_up_whatever_people_mark_and_decide(
    crowd: list[tuple[set[int], bool, bool]], decisions: list[Decision], strategy: StrategyName
) -> None:
    annotations = []
    for number, (marked, sided, skipped) in enumerate(crowd):
        marks = [MARKS[one] for one in sorted(marked)]
        sides = [stance(1, "favor", mention(marks[0].id), Holder(kind="author"))] if marks and sided else []
        status = "skipped" if skipped else "submitted"
        annotations.append(annotation(MARKET, f"annotator-{number}", marks, sides, status=status))
    try:
        outcome = adjudicate([MARKET], annotations, decisions, strategy=strategy)
    except DataError as error:
        assert "decision" in str(error)  # noqa: PT017 — contradictions are drawn too
    else:
        assert adjudication_receipt(outcome, 0).adds_up


def test_a_corpus_is_adjudicated_by_the_strategy_that_it_names(tmp_path: Path) -> None:
    crowd = [
        annotation(MARKET, f"annotator-{who}", marks) for who, marks in zip("abc", [MARKS, MARKS, []], strict=True)
    ]
    corpus = write_corpus(tmp_path, [MARKET], annotations=crowd)
    assert run(corpus).changes == 0

    settings = tmp_path / "pyproject.toml"
    settings.write_text(settings.read_text() + '\n[tool.kliping.adjudication]\nstrategy = "majority"\n')
    corpus = Corpus.open(tmp_path)
    assert run(corpus).changes == 1
    assert [finding for finding in check_corpus(corpus) if finding.code.startswith("E5")] == []
    assert "E508" in {finding.code for finding in check_corpus(by_unanimity(settings))}


def by_unanimity(settings: Path) -> Corpus:
    settings.write_text(settings.read_text().replace("majority", "unanimous"))
    return Corpus.open(settings.parent)
