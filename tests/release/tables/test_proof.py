"""What is wrong with an article is told with its file and line, all of it, and then there is no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from tests.corpora import annotation, article, entity, gold, mention, placed, stance

from kliping.files import encode_lines
from kliping.project.dossiers import Dossier, Line
from kliping.records import Holder, Target
from kliping.release.tables.annotated import words
from kliping.release.tables.proof import prove

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.records import Annotation, Article, Gold, Record

MARKET = article("market", "Pasar Lama", "Sena Waluyo menolak 👩‍🌾 pemindahan.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
MOVE = entity(MARKET, 2, "pemindahan", "POLICY")
SAID = (stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),)


def dossier(root: Path, about: Article, decided: Gold | None = None, *made: Annotation) -> Dossier:
    def lines(name: str, *records: Record) -> tuple[Line, ...]:
        return tuple(Line(root / name, at, encode_lines([one])) for at, one in enumerate(records, 1))

    return Dossier(
        about.id,
        {
            "article": lines("corpus/articles/00000.jsonl", about),
            "split": lines("corpus/splits.jsonl", placed(about)),
            "gold": lines("annotations/gold.jsonl", *([decided] if decided else [])),
            "annotation": lines("annotations/pulled/00000.jsonl", *made),
        },
    )


def findings(root: Path, contract: Contract, *told: object) -> list[str]:
    annotated, found = prove(dossier(root, *told), words(contract), root)  # type: ignore[arg-type]
    assert (annotated is None) == bool(found)
    return [str(one) for one in found]


def test_what_is_right_is_an_article_with_all_that_is_said_of_it(tmp_path: Path, contract: Contract) -> None:
    made = annotation(MARKET, "annotator-aa", [SENA, MOVE], SAID)
    annotated, found = prove(
        dossier(tmp_path, MARKET, gold(MARKET, [SENA, MOVE], SAID), made), words(contract), tmp_path
    )
    assert found == []
    assert annotated is not None
    assert (annotated.article, annotated.gold, annotated.annotations) == (
        MARKET,
        gold(MARKET, [SENA, MOVE], SAID),
        (made,),
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (SENA.start + 1, SENA.end + 1),
        (SENA.start, SENA.start),
        (-len(MARKET.text), SENA.end - SENA.start - len(MARKET.text)),
        (0, 10_000),
    ],
)
def test_a_span_that_is_not_its_text(tmp_path: Path, contract: Contract, start: int, end: int) -> None:
    shifted = replace(SENA, start=start, end=end)
    assert findings(tmp_path, contract, MARKET, gold(MARKET, [shifted])) == [
        f"annotations/gold.jsonl:1: R205 {start}-{end} of market is not 'Sena Waluyo'; pull again, or mend the span"
    ]


def test_a_span_that_was_counted_in_utf_16_after_an_emoji(tmp_path: Path, contract: Contract) -> None:
    wide = replace(MOVE, start=MOVE.start + 2, end=MOVE.end + 2)
    (found,) = findings(tmp_path, contract, MARKET, None, annotation(MARKET, "annotator-aa", [wide]))
    assert found.startswith("annotations/pulled/00000.jsonl:1: R205")


def test_all_of_it_is_told_at_once(tmp_path: Path, contract: Contract) -> None:
    wrong = [
        replace(SENA, label="HERO"),
        replace(MOVE, text="pindah"),
    ]
    said = [
        stance(1, "perhaps", mention("e9"), Holder(kind="author")),
        stance(1, "favor", Target(kind="declared", name="ELSEWHERE"), Holder(kind="mention")),
    ]
    found = findings(tmp_path, contract, MARKET, gold(MARKET, wrong, said))
    assert [one.removeprefix("annotations/gold.jsonl:1: ").split(";")[0] for one in found] == [
        "R206 market: the label 'HERO' is not in schema/corpus.schema.json",
        f"R205 {MOVE.start}-{MOVE.end} of market is not 'pindah'",
        "R206 market: the stance 'perhaps' is not in schema/corpus.schema.json",
        "R207 market: the stance s1 rests on a mention that is not there",
        "R206 market: the target 'ELSEWHERE' is not in schema/corpus.schema.json",
        "R207 market: the stance s1 rests on a mention that is not there",
        "R204 market: two stances have one id",
    ]


def test_a_text_that_is_not_that_of_its_hash_and_gold_of_another_text(tmp_path: Path, contract: Contract) -> None:
    edited = replace(MARKET, text_sha256="0" * 64)
    assert findings(tmp_path, contract, edited, gold(MARKET, [])) == [
        "corpus/articles/00000.jsonl:1: R202 market: text_sha256 is not that of the text; restore the line with git",
        "annotations/gold.jsonl:1: R203 market: gold is of another text than the article's; run `kliping adjudicate`",
    ]


def test_an_annotation_of_a_superseded_text_is_set_aside_unproven(tmp_path: Path, contract: Contract) -> None:
    old = annotation(replace(MARKET, text_sha256="0" * 64), "annotator-aa", [replace(SENA, start=0)])
    annotated, found = prove(dossier(tmp_path, MARKET, None, old), words(contract), tmp_path)
    assert (annotated is not None and annotated.annotations, found) == ((), [])


def test_an_id_twice(tmp_path: Path, contract: Contract) -> None:
    one, other = (annotation(MARKET, who, [SENA], id="same") for who in ("annotator-aa", "annotator-bb"))
    assert findings(tmp_path, contract, MARKET, gold(MARKET, [SENA, replace(MOVE, id="e1")]), one, other) == [
        "annotations/pulled/00000.jsonl:2: R204 the annotation same is there already; keep one",
        "annotations/gold.jsonl:1: R204 market: two entities have one id; pull again",
    ]


def test_a_class_that_would_be_null_is_no_record(tmp_path: Path, contract: Contract) -> None:
    told = dossier(tmp_path, MARKET, gold(MARKET, [SENA, MOVE], SAID))
    (line,) = told.lines["gold"]
    null = line._replace(data=line.data.replace(b'"stance":"against"', b'"stance":null'))
    annotated, (found,) = prove(Dossier("market", {**told.lines, "gold": (null,)}), words(contract), tmp_path)
    assert annotated is None
    assert str(found) == (
        "annotations/gold.jsonl:1: R201 Expected `str`, got `null` - at `$.stances[0].stance`; mend the line, or "
        "restore it with git"
    )
