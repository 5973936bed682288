from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation, article, entity, gold, mention, stance, write_corpus
from tests.release.splitting.room import with_splits

from kliping.errors import CallError
from kliping.records import Holder, Target
from kliping.release.splitting.held_out import held_out

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

AUTHOR = Holder(kind="author")
MARKET = Target(kind="declared", name="MARKET_MOVE")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """By the names of the articles: how, if at all, they are about moving the market."""
    a = {name: article(name, "Judul", "Wali Kota menolak rencana itu.") for name in
         ("declared", "gold", "ref", "mention", "unmentioned", "levy", "skipped", "silent")}  # fmt: skip
    plan = entity(a["ref"], 1, "rencana itu", "POLICY")
    named = msgspec.structs.replace(plan, ref="MARKET_MOVE")
    write_corpus(
        tmp_path,
        [one for name, one in a.items() if name != "gone"],
        gold=[gold(a["gold"], (), [stance(1, "none", MARKET, AUTHOR)])],
        annotations=[
            annotation(a["declared"], "annotator-aa", (), [stance(1, "favor", MARKET, AUTHOR)]),
            annotation(article("gone", "Judul", "Isi."), "annotator-aa", (), [stance(1, "favor", MARKET, AUTHOR)]),
            annotation(a["levy"], "annotator-aa", (),
                       [stance(1, "favor", Target(kind="declared", name="PLASTIC_LEVY"), AUTHOR)]),
            annotation(a["mention"], "annotator-aa", [plan], [stance(1, "against", mention("e1"), AUTHOR)]),
            annotation(a["ref"], "annotator-aa", [named], [stance(1, "against", mention("e1"), AUTHOR)]),
            annotation(a["skipped"], "annotator-aa", (), [stance(1, "favor", MARKET, AUTHOR)], status="skipped"),
            annotation(a["unmentioned"], "annotator-aa", [named]),
        ],
    )  # fmt: skip
    return with_splits(tmp_path, 'held_out = ["MARKET_MOVE"]')


def test_an_article_is_about_a_target_by_a_stance_on_it_or_on_a_mention_whose_ref_it_is(corpus: Corpus) -> None:
    assert held_out(corpus) == dict.fromkeys(("declared", "ref", "gold"), ("MARKET_MOVE",))


def test_without_the_setting_nothing_is_held_out(corpus: Corpus) -> None:
    assert held_out(with_splits(corpus.root, "")) == {}


def test_an_undeclared_target_is_an_error_that_names_the_declared_ones(corpus: Corpus) -> None:
    with pytest.raises(CallError, match=r"no declared target MOON; .* declares MARKET_MOVE, PLASTIC_LEVY"):
        held_out(with_splits(corpus.root, 'held_out = ["MOON", "MARKET_MOVE"]'))
