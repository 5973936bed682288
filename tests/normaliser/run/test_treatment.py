from __future__ import annotations

import msgspec
import pytest
from tests.corpora import article

from kliping.errors import CallError
from kliping.normaliser.raw import Raw
from kliping.normaliser.rules import ALL_RULES, furniture_from
from kliping.normaliser.run.treatment import Treatments
from kliping.normaliser.stated import Stated
from kliping.project import FurnitureTable, Settings, SourceTable

SETTINGS = Settings(
    name="a",
    language="id",
    languages=("id", "en"),
    licence="CC0-1.0",
    rights_holder="Nobody",
    sources={
        "*.txt": SourceTable(language="en", min_length=7),
        "a.txt": SourceTable(licence="CC-BY-4.0", publisher="Kabar", columns={"text": "content"}),
        "b.txt": SourceTable(languages=()),
    },
)


def test_what_no_table_names_is_treated_as_the_corpus_says() -> None:
    known = Treatments(SETTINGS).of("a.html")
    assert (known.reading.min_length, known.reading.language, known.language) == (100, None, "id")
    assert (known.reading.accepted, known.licence, known.publisher) == (frozenset({"id", "en"}), "CC0-1.0", None)


def test_every_table_that_names_a_path_holds_and_the_later_beats_the_earlier() -> None:
    known = Treatments(SETTINGS).of("a.txt")
    assert (known.reading.language, known.reading.min_length) == ("en", 7)
    assert (known.licence, known.publisher, known.rights_holder) == ("CC-BY-4.0", "Kabar", "Nobody")
    assert Treatments(SETTINGS).columns("a.txt") == {"text": "content"}


def test_a_source_can_take_all_languages() -> None:
    assert Treatments(SETTINGS).of("b.txt").reading.accepted == frozenset()


def test_what_stands_beside_an_input_beats_its_source_which_beats_the_corpus() -> None:
    known = Treatments(SETTINGS).of("a.txt")
    stated = known.stated(Raw(b"x", licence="MIT"))
    assert (stated.licence, stated.rights_holder) == ("MIT", "Nobody")
    assert known.stated(Raw(b"x")).licence == "CC-BY-4.0"
    assert known.reading_of(Raw(b"x")).language == "en"
    assert known.reading_of(Raw(b"x", stated=Stated(language="ms"))).language is None


def test_an_article_in_no_known_language_is_in_the_corpus_s_and_keeps_its_publisher() -> None:
    known = Treatments(SETTINGS).of("a.txt")
    unsure = article("a", "Judul", "Isi.", language="und")
    assert (known.completed(unsure).language, known.completed(unsure).publisher) == ("id", "Kabar")
    doubted = msgspec.structs.replace(unsure, language_score=0.31)
    assert known.completed(doubted).language_score is None
    sure = msgspec.structs.replace(unsure, language="ms", publisher="Lain")
    assert known.completed(sure) == sure


def test_a_corpus_without_a_language_leaves_it_unknown_and_keeps_the_score() -> None:
    unsure = msgspec.structs.replace(article("a", "Judul", "Isi.", language="und"), language_score=0.31)
    assert Treatments(Settings(name="a")).of("a.txt").completed(unsure) == unsure


def test_everything_wrong_is_told_with_its_place() -> None:
    settings = Settings(name="a", sources={"x": SourceTable(language="?"), "y": SourceTable(languages=("!",))})
    with pytest.raises(CallError) as caught:
        Treatments(settings)
    first, second = str(caught.value).splitlines()
    assert first.startswith("[tool.kliping.sources.\"x\"]: '?' is no language tag")
    assert second.startswith("[tool.kliping.sources.\"y\"]: '!' is no language tag")


def test_the_furniture_rules_are_switched_and_parametrised_for_a_source() -> None:
    table = FurnitureTable(off=("heading",), words={"related": ("lihat pula",)}, limits={"longest_title": 120})
    known = Treatments(Settings(name="a", sources={"x": SourceTable(furniture=table)}))
    wanted = furniture_from(off=["heading"], words={"related": ["lihat pula"]}, limits={"longest_title": 120})
    assert (known.of("x/1.txt").reading.furniture, known.of("y").reading.furniture) == (wanted, ALL_RULES)


def test_an_unknown_rule_is_told_with_the_known_ones() -> None:
    table = FurnitureTable(off=("headings",))
    with pytest.raises(CallError, match=r'sources\."x"\]: .*headings.*paragraph'):
        Treatments(Settings(name="a", sources={"x": SourceTable(furniture=table)}))
