"""Texts are found where they lay, and never another one in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

from kliping.errors import DataError
from kliping.files import write_shards
from kliping.studio.pull.mirror import open_mirror
from kliping.studio.pull.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

OLD = article("market", "Pasar Lama", "Rimbia menutup Pasar Lama.")
MARKET = article("market", "Pasar Lama", "Rimbia membuka Pasar Lama.")
FERRY = article("ferry", "Feri", "Feri Rimbia berangkat.")


def test_a_text_is_found_by_its_key_and_its_articles_by_its_digest(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [FERRY, MARKET], revisions=[OLD])
    with open_mirror(tmp_path / "mirror.sqlite") as mirror:
        texts = Texts(corpus, mirror)
        assert [texts.get(one.id, one.text_sha256) for one in (OLD, MARKET)] == [OLD.text, MARKET.text]
        assert texts.get("ferry", MARKET.text_sha256) is None
        assert texts.of_digest(OLD.text_sha256) == ["market"]


@pytest.mark.parametrize("written", [[], [MARKET, FERRY], [FERRY]])
def test_a_file_that_was_written_meanwhile_gives_no_other_text(tmp_path: Path, written: list[object]) -> None:
    corpus = write_corpus(tmp_path, [FERRY, MARKET])
    with open_mirror(tmp_path / "mirror.sqlite") as mirror:
        texts = Texts(corpus, mirror)
        write_shards(corpus.corpus / "articles", written)  # type: ignore[arg-type]
        with pytest.raises(DataError, match="changed while it was read; run the command again"):
            texts.get("market", MARKET.text_sha256)
