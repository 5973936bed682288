"""What `annotations/rounds.jsonl` says is read once; without it everything is everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

from kliping.annotation.assignments import Assigned, assignments
from kliping.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus


def with_rounds(root: Path, *lines: str) -> Corpus:
    corpus = write_corpus(root, [article("market", "Pasar Lama", "Pasar Lama tetap buka.")])
    (corpus.annotation_folder / "rounds.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return corpus


def test_without_rounds_every_article_is_everybodys_in_the_first(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("market", "Pasar Lama", "Pasar Lama tetap buka.")])
    everything = assignments(corpus)
    assert everything.of("market") == everything.of("any other") == (Assigned(1),)
    assert everything.of("market")[0].is_for("annotator-a")
    assert everything.last_round == 0


def test_an_article_has_the_rounds_that_were_written_down_in_their_order(tmp_path: Path) -> None:
    corpus = with_rounds(
        tmp_path,
        '{"round":3,"article_id":"market","annotators":["annotator-a"]}',
        '{"round":1,"article_id":"market","annotators":[]}',
    )
    written = assignments(corpus)
    assert written.of("market") == (Assigned(1, ()), Assigned(3, ("annotator-a",)))
    assert [one.is_for("annotator-b") for one in written.of("market")] == [True, False]
    assert written.of("ferry") == ()
    assert written.last_round == 3


def test_an_article_twice_in_a_round_is_refused(tmp_path: Path) -> None:
    corpus = with_rounds(tmp_path, *['{"round":1,"article_id":"market","annotators":[]}'] * 2)
    with pytest.raises(DataError, match=r"rounds\.jsonl: article market is in round 1 twice"):
        assignments(corpus)


def test_what_is_no_pseudonym_is_refused_without_showing_it(tmp_path: Path) -> None:
    corpus = with_rounds(tmp_path, '{"round":1,"article_id":"market","annotators":["citra@pos.example"]}')
    with pytest.raises(DataError, match=r"rounds\.jsonl: round 1 gives article market to somebody by no") as caught:
        assignments(corpus)
    assert "citra" not in str(caught.value)
