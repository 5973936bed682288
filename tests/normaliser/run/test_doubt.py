from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article

from kliping.errors import DataError
from kliping.files import write_shards
from kliping.normaliser.run.doubt import Doubt, least_sure

if TYPE_CHECKING:
    from pathlib import Path


def test_the_least_sure_come_first_and_dumps_are_passed_over(tmp_path: Path) -> None:
    scores = {"a": 0.93, "b": None, "c": 0.41, "d": 0.77}
    articles = (
        msgspec.structs.replace(article(name, f"Judul {name}", "Satu."), confidence=score)
        for name, score in scores.items()
    )
    write_shards(tmp_path, articles)
    found = least_sure(tmp_path, 2)
    assert [(one.confidence, one.id, one.title) for one in found] == [(0.41, "c", "Judul c"), (0.77, "d", "Judul d")]
    assert isinstance(found[0], Doubt)


def test_a_corpus_without_articles_has_none(tmp_path: Path) -> None:
    assert least_sure(tmp_path, 5) == []


def test_a_line_that_is_no_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "00000.jsonl").write_text('{"id": 1}\n')
    with pytest.raises(DataError, match=r"00000\.jsonl:1"):
        least_sure(tmp_path, 5)
