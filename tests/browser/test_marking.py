"""What an annotator sees on the screen when submitting is what a researcher loads from the release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import FERRY, MARKET, ROOT, change
from tests.browser.screen import Seen
from tests.corpora import entity

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.tasks import holders, task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.conftest import Annotated
    from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

LABELS = {"Orang": "PERSON", "Kebijakan": "POLICY", "Organisasi": "ORGANISATION"}
"""What the sample's screen shows of each label, and what is stored."""


def test_the_released_rows_are_what_stood_on_the_screen(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen], picture: Callable[[Screen, str], None]
) -> None:
    made = annotated(MARKET)
    screen = person("ayu")
    screen.open(made.project, made.tasks["market"])
    screen.mark("p", "Sena Waluyo")
    screen.mark("k", "relokasi Pasar Lama")
    screen.mark("p", "Rina Belida")
    screen.select("relokasi Pasar Lama")
    screen.press("1")
    screen.choose("Warga")
    screen.arrow("Sena Waluyo", "relokasi Pasar Lama")
    screen.arrow("Rina Belida", "relokasi Pasar Lama")
    screen.name_arrow("Mendukung", 1)
    screen.select("relokasi Pasar Lama")
    ticked, arrows, mentions, marked = screen.ticked(), screen.arrows(), screen.mentions(), screen.marked()
    text = screen.text()
    picture(screen, "marked")
    screen.submit()

    assert ticked == ["Menolak", "Warga"]
    assert arrows == ["Mendukung"]
    assert mentions == [
        Seen("Orang", "Sena Waluyo"), Seen("Kebijakan", "relokasi Pasar Lama"), Seen("Orang", "Rina Belida"),
    ]  # fmt: skip
    assert sorted(marked) == sorted(seen.words for seen in mentions)

    assert "relations: 3 = 3 kept + 0 set aside" in made.kliping("pull")
    made.kliping("adjudicate")
    made.kliping("release", "0.1.0")
    (article,) = released(made.root, "entities")
    assert article["text"] == text
    spans = {(LABELS[seen.label], seen.words, text.index(seen.words)) for seen in mentions}
    assert {(one["label"], one["text"], one["start"]) for one in article["entities"]} == spans
    stances = [
        (one["holder_text"] or one["holder_name"], one["target_text"], one["stance"])
        for one in released(made.root, "stances")
    ]
    assert sorted(stances) == [
        ("RESIDENTS", "relokasi Pasar Lama", "against"),
        ("Rina Belida", "relokasi Pasar Lama", "favor"),
        ("Sena Waluyo", "relokasi Pasar Lama", "against"),
    ]


def test_a_holder_chosen_from_the_predicted_mentions_is_the_mention_that_is_marked(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen], studio: tuple[str, str]
) -> None:
    made = annotated(MARKET)
    predicted = [entity(MARKET, 1, "Rina Belida", "PERSON"), entity(MARKET, 2, "Sena Waluyo", "PERSON")]
    scheme = load_contract(made.corpus.schema).scheme
    change(
        studio,
        f"tasks/{made.tasks['market']}",
        {"data": {**task(MARKET, scheme, "id")["data"], "holders": holders(scheme, "id", predicted)}},
    )
    screen = person("ayu")
    screen.open(made.project, made.tasks["market"])
    screen.mark("p", "Sena Waluyo")
    screen.mark("k", "relokasi Pasar Lama")
    screen.select("relokasi Pasar Lama")
    screen.press("1")
    screen.choose("Sena Waluyo")
    assert screen.ticked() == ["Menolak", "Sena Waluyo"]
    screen.submit()
    made.kliping("pull")
    (one,) = made.corpus.annotations()
    (sena, move) = one.entities
    assert (sena.text, move.text) == ("Sena Waluyo", "relokasi Pasar Lama")
    (stance,) = one.stances
    assert (stance.holder, stance.target.mention) == (Holder(kind="mention", mention=sena.id), move.id)


def test_the_questions_on_a_mention_and_the_labels_are_in_sight_wherever_it_stands(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen], picture: Callable[[Screen, str], None]
) -> None:
    from playwright.sync_api import expect

    longest = max(Corpus.open(ROOT).articles(), key=lambda one: len(one.text))
    made = annotated(longest)
    screen = person("ayu")
    screen.open(made.project, made.tasks[longest.id])
    words = longest.text.split()
    for word in (words[0], max(words[-40:], key=len)):
        screen.mark("p", word)
        screen.select(word)
        picture(screen, f"long-{word}")
        for shown in ("Orang", "Sikap terhadap sebutan ini", "Sikap siapa?"):
            expect(screen.page.get_by_text(shown, exact=True).first).to_be_in_viewport(ratio=1)
        screen.press("Escape")


def test_doubt_a_comment_a_stance_of_the_article_and_a_skip_come_back_as_they_were_given(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen], picture: Callable[[Screen, str], None]
) -> None:
    made = annotated(FERRY, MARKET)
    screen = person("bima")
    screen.open(made.project, made.tasks["ferry"])
    screen.mark("o", "Dewan Feri Rimbia")
    screen.select("Dewan Feri Rimbia")
    screen.press("x")
    assert screen.ticked() == ["Ragu"]
    screen.press("Escape")
    screen.choose("Mendukung", "Suara artikel tentang: Pungutan kantong plastik")
    screen.comment("apakah ini lembaga?")
    picture(screen, "doubt")
    assert screen.ticked() == ["Mendukung"]
    screen.submit()
    screen.open_next(made.project)
    assert screen.text().startswith("Pasar Lama Tetap Buka")
    screen.comment("bukan berita")
    screen.press("Enter")
    screen.skip()

    assert "1 annotators, 1 skipped" in made.kliping("pull")
    ferry, market = sorted(made.corpus.annotations(), key=lambda one: one.status, reverse=True)
    assert (market.status, market.entities, market.stances, market.comment) == ("skipped", (), (), "bukan berita")
    (board,) = ferry.entities
    assert (ferry.status, ferry.comment) == ("submitted", "apakah ini lembaga?")
    assert board == Entity(id=board.id, start=29, end=46, text="Dewan Feri Rimbia", label="ORGANISATION", unsure=True)
    assert ferry.stances == (
        Stance(
            id="article:PLASTIC_LEVY:author", stance="favor",
            target=Target(kind="declared", name="PLASTIC_LEVY"), holder=Holder(kind="author"),
        ),
    )  # fmt: skip


def test_a_stance_on_a_marked_mention_takes_a_click_and_a_key_and_a_holder_one_key_more(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen]
) -> None:
    made = annotated(MARKET)
    screen = person("ayu")
    screen.open(made.project, made.tasks["market"])
    screen.mark("k", "relokasi Pasar Lama")
    screen.select("relokasi Pasar Lama")
    screen.press("2")
    assert screen.ticked() == ["Tidak memihak"]
    screen.press("4")
    assert screen.ticked() == ["Tidak memihak", "Suara artikel"]


def test_an_article_where_nothing_is_marked_is_an_answer(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen]
) -> None:
    made = annotated(MARKET)
    screen = person("ayu")
    screen.open(made.project, made.tasks["market"])
    screen.submit()
    assert "annotations: 1 = 1 kept + 0 set aside" in made.kliping("pull")
    (one,) = made.corpus.annotations()
    assert (one.status, one.entities, one.stances) == ("submitted", (), ())


def test_the_short_form_of_the_guidelines_comes_first_and_provenance_stands_above_the_text(
    annotated: Callable[..., Annotated], person: Callable[[str], Screen], picture: Callable[[Screen, str], None]
) -> None:
    made = annotated(MARKET)
    screen = person("ayu")
    screen.open_next(made.project, close=False)
    shown = screen.instructions()
    picture(screen, "instructions")
    assert shown.startswith("1. Tandai setiap nama")
    assert "<" not in shown
    screen.close_instructions()
    (article,) = made.corpus.articles()
    assert screen.page.get_by_role("heading", name=article.id).is_visible()


def released(root: Path, config: str) -> list[dict[str, Any]]:
    """The rows of a config of the corpus's one release, as a researcher loads them, classes by their names."""
    import datasets

    datasets.disable_progress_bars()
    (folder,) = (root / "releases").iterdir()
    table = datasets.load_dataset(str(folder), config, cache_dir=str(root.parent / "cache"))
    names = {
        name: feature for name, feature in next(iter(table.values())).features.items() if hasattr(feature, "int2str")
    }
    return [
        {key: names[key].int2str(value) if key in names and value is not None else value for key, value in row.items()}
        for part in table.values()
        for row in part
    ]
