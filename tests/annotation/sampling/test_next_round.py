"""A round is added whole, never changes what was there, and says who got what and why the rest was left out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation, article, entity, write_corpus

from kliping.annotation.sampling import Wanted, sample
from kliping.errors import CallError, DataError
from kliping.project import AnnotatorsTable, Corpus, PersonTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kliping.records import Annotation, Article

A, B, C = "annotator-a", "annotator-b", "annotator-c"


def make(
    root: Path,
    articles: Iterable[Article] | int = 12,
    people: Mapping[str, PersonTable] | None = None,
    annotations: Iterable[Annotation] = (),
    overlap: int = 2,
) -> Corpus:
    if isinstance(articles, int):
        articles = [article(f"news-{number:02}", f"Berita {number}", "Isi berita.") for number in range(articles)]
    corpus = write_corpus(root, list(articles), annotations=list(annotations))
    table = AnnotatorsTable(people=dict(people or {}), overlap=overlap)
    return dataclasses.replace(corpus, settings=msgspec.structs.replace(corpus.settings, annotators=table))


def three_people() -> dict[str, PersonTable]:
    return dict.fromkeys((A, B, C), PersonTable())


def lines(corpus: Corpus) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(one.round, one.article_id, one.annotators) for one in corpus.rounds()]


def test_each_article_goes_to_the_overlap_of_people(tmp_path: Path) -> None:
    corpus = make(tmp_path, 12, three_people())
    receipt = sample(corpus, Wanted(6))
    assert receipt.adds_up
    assert (receipt.counts[0].taken, receipt.counts[0].kept, receipt.changes) == (12, 6, 6)
    assert f"{A}: 4 articles" in receipt.notes
    assert [len(people) for _, _, people in lines(corpus)] == [2] * 6
    assert "6 left out: not chosen this time" in receipt.notes


def test_the_next_round_leaves_the_earlier_ones_as_they_are_and_takes_other_articles(tmp_path: Path) -> None:
    corpus = make(tmp_path, 12, three_people())
    sample(corpus, Wanted(5))
    path = corpus.annotation_folder / "rounds.jsonl"
    before = path.read_bytes()
    receipt = sample(corpus, Wanted(20, by="stratified"))
    assert path.read_bytes().startswith(before)
    assert sorted(name for _, name, _ in lines(corpus)) == [f"news-{number:02}" for number in range(12)]
    assert {number for number, _, _ in lines(corpus)} == {1, 2}
    assert (receipt.counts[0].kept, receipt.counts[0].set_aside) == (7, 5)
    with pytest.raises(DataError, match="no article is left for round 3: 12 in an earlier round"):
        sample(corpus, Wanted(1))


def test_the_same_seed_gives_the_same_round(tmp_path: Path) -> None:
    first, second = make(tmp_path / "1", 12, three_people()), make(tmp_path / "2", 12, three_people())
    sample(first, Wanted(5))
    sample(second, Wanted(5))
    assert lines(first) == lines(second)


def test_a_script_makes_a_round_once(tmp_path: Path) -> None:
    corpus = make(tmp_path, 12)
    assert sample(corpus, Wanted(5, round=1)).changes == 5
    held = lines(corpus)
    again = sample(corpus, Wanted(5, round=1))
    assert (again.changes, again.notes) == (0, ("round 1 is there already, with 5 articles",))
    assert lines(corpus) == held
    with pytest.raises(CallError, match="round 4: the next one is 2"):
        sample(corpus, Wanted(5, round=4))


def test_there_is_no_round_0(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="round 0: the next one is 1"):
        sample(make(tmp_path, 12), Wanted(5, round=0))


def test_everybody_labels_all_of_a_calibration_round(tmp_path: Path) -> None:
    corpus = make(tmp_path, 12, three_people())
    receipt = sample(corpus, Wanted(5, calibration=True))
    assert {people for _, _, people in lines(corpus)} == {()}
    assert f"{C}: 5 articles" in receipt.notes


def test_a_second_calibration_takes_what_everybody_had(tmp_path: Path) -> None:
    corpus = make(tmp_path, 12, three_people())
    sample(corpus, Wanted(4, calibration=True))
    sample(corpus, Wanted(4))
    receipt = sample(corpus, Wanted(3, calibration=True, again=True))
    rounds = lines(corpus)
    calibrated = {name for number, name, _ in rounds if number == 1}
    assert {name for number, name, _ in rounds if number == 3} < calibrated
    assert "8 left out: in no earlier round in which everybody labelled them" in receipt.notes


def test_people_get_what_they_read_and_who_gets_nothing_is_named(tmp_path: Path) -> None:
    people = {A: PersonTable(languages=("id",)), B: PersonTable(languages=("id",)), C: PersonTable(languages=("nl",))}
    news = [article(f"id-{n}", "Berita", "Isi.") for n in range(3)]
    news += [article(f"en-{n}", "News", "Words.", language="en-GB") for n in range(2)]
    corpus = make(tmp_path, news, people)
    receipt = sample(corpus, Wanted(9))
    assert lines(corpus) == [(1, f"id-{n}", (A, B)) for n in range(3)]
    assert "2 left out: fewer than 2 of the annotators read their language and source" in receipt.notes
    assert f"{C}: nothing: no article of the round is for them by their languages, sources and share" in receipt.notes


def test_a_language_names_its_varieties_and_a_glob_its_folder(tmp_path: Path) -> None:
    people = {A: PersonTable(languages=("en",)), B: PersonTable(sources=("ferry.txt",)), C: PersonTable()}
    news = [article("ferry", "News", "Words.", language="en-GB"), article("dike", "News", "Words.", language="eng")]
    corpus = make(tmp_path, news, people, overlap=1)
    sample(corpus, Wanted(2))
    ferry, dike = sorted(lines(corpus), reverse=True)
    assert ferry[2][0] in (A, B)
    assert dike[2] == (C,)


def test_calibration_goes_to_those_who_read_an_article(tmp_path: Path) -> None:
    people = {A: PersonTable(), B: PersonTable(), C: PersonTable(languages=("en",))}
    corpus = make(tmp_path, 3, people)
    sample(corpus, Wanted(3, calibration=True))
    assert {several for _, _, several in lines(corpus)} == {(A, B)}
    assert sample(corpus, Wanted(3, calibration=True, again=True)).counts[0].kept == 3


def test_without_names_everybody_labels_the_round(tmp_path: Path) -> None:
    corpus = make(tmp_path, 4)
    receipt = sample(corpus, Wanted(2))
    assert {people for _, _, people in lines(corpus)} == {()}
    assert "everybody labels all of it: [tool.kliping.annotators] names nobody" in receipt.notes


def test_what_was_everybodys_before_any_round_is_written_down_first(tmp_path: Path) -> None:
    news = [article(f"news-{n}", "Berita", "Isi.") for n in range(4)]
    corpus = make(tmp_path, news, three_people(), [annotation(news[1], A), annotation(news[1], B)])
    receipt = sample(corpus, Wanted(9))
    assert lines(corpus)[0] == (1, "news-1", ())
    assert [(number, name) for number, name, _ in lines(corpus)[1:]] == [(2, "news-0"), (2, "news-2"), (2, "news-3")]
    assert receipt.changes == 4
    assert any(note.startswith("round 1 was everything to everybody") for note in receipt.notes)


def test_a_round_that_was_never_written_down_is_there_with_what_was_annotated_in_it(tmp_path: Path) -> None:
    news = [article(f"news-{n}", "Berita", "Isi.") for n in range(4)]
    corpus = make(tmp_path, news, annotations=[annotation(news[1], A), annotation(news[1], B)])
    again = sample(corpus, Wanted(9, round=1))
    assert (again.changes, again.notes) == (0, ("round 1 is there already, with 1 article",))
    assert not (corpus.annotation_folder / "rounds.jsonl").exists()


def test_what_somebody_labelled_outside_the_rounds_is_left_out(tmp_path: Path) -> None:
    news = [article(f"news-{n}", "Berita", "Isi.") for n in range(3)]
    corpus = make(tmp_path, news, annotations=[annotation(news[0], A), annotation(news[1], A)])
    (corpus.annotation_folder / "rounds.jsonl").write_text('{"round":1,"article_id":"news-0","annotators":[]}')
    receipt = sample(corpus, Wanted(9))
    assert lines(corpus) == [(1, "news-0", ()), (2, "news-2", ())]
    assert "1 left out: annotated already, outside the rounds" in receipt.notes


def test_disagreement_takes_where_the_marks_so_far_are_the_furthest_apart(tmp_path: Path) -> None:
    first = article("first", "Berita", "Rimbia membuka Pasar Lama.")
    news = [
        first,
        article("agreed", "Berita", "Rimbia tutup."),
        article("apart", "Berita", "Pasar Lama tutup."),
        article("half", "Berita", "Rimbia menutup Pasar Lama."),
    ]
    place, market = entity(first, 1, "Rimbia", "PLACE"), entity(first, 2, "Pasar Lama", "PLACE")
    said = [annotation(first, A, (place, market)), annotation(first, B, (place,))]
    corpus = make(tmp_path, news, annotations=said)
    sample(corpus, Wanted(1, by="disagreement"))
    sample(corpus, Wanted(1, by="disagreement"))
    assert [name for _, name, _ in lines(corpus)] == ["first", "apart", "half"]


def test_one_annotator_cannot_disagree(tmp_path: Path) -> None:
    first = article("first", "Berita", "Rimbia membuka Pasar Lama.")
    said = [annotation(first, A, (entity(first, 1, "Rimbia", "PLACE"),)), annotation(first, B)]
    corpus = make(tmp_path, [first, article("next", "Berita", "Rimbia tutup.")], annotations=said)
    with pytest.raises(CallError, match="1 annotators have marked anything"):
        sample(corpus, Wanted(1, by="disagreement"))
    assert not (corpus.annotation_folder / "rounds.jsonl").exists()


def test_more_overlap_than_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"overlap: 2 annotators an article, and `people` names 1; .*overlap = 1"):
        sample(make(tmp_path, 3, {A: PersonTable()}), Wanted(1))


def test_no_round_is_empty(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="size 0"):
        sample(make(tmp_path, 3), Wanted(0))
