from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from benchmarks.labelled import Score, labelled_pages, score, site, tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_tokens_are_words_and_single_marks() -> None:
    assert tokens("Feri 12, malam.") == ["Feri", "12", ",", "malam", "."]


def test_a_text_that_is_the_true_one_scores_one() -> None:
    words = ["feri", "malam", "tidak", "berlayar", "lagi"]
    assert score(words, words) == Score(1.0, 1.0, 1.0)


def test_precision_and_recall_are_of_runs_of_four_tokens() -> None:
    # Five runs of four, two of them true; the truth has two.
    found = score(["a", "b", "c", "d", "e", "f", "g", "h"], ["a", "b", "c", "d", "e"])
    assert (found.precision, found.recall) == (0.4, 1.0)
    assert found.f1 == pytest.approx(4 / 7)


def test_no_text_scores_nothing_but_where_none_is_true() -> None:
    assert score([], ["feri"]).f1 == 0.0
    assert score([], []).f1 == 1.0


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.kabar.example/feri", "kabar"),
        ("https://kota.kabar.co.id/feri", "kabar"),
        ("https://kabar.com.au/feri", "kabar"),
        ("http://kabar/feri", "kabar"),
    ],
)
def test_a_publisher_is_the_same_on_all_its_hosts(url: str, name: str) -> None:
    assert site(url) == name


def test_pages_of_both_sets_are_read_with_their_true_text(tmp_path: Path) -> None:
    (tmp_path / "scrapinghub/html").mkdir(parents=True)
    (tmp_path / "scrapinghub/html/aaaa.html.gz").write_bytes(gzip.compress(b"<p>Feri"))
    truth = {"aaaa": {"url": "https://kabar.example/1", "articleBody": "Feri"}}
    (tmp_path / "scrapinghub/ground-truth.json").write_text(json.dumps(truth))
    country = tmp_path / "fundus/xx"
    country.mkdir(parents=True)
    (country / "Lembah_2024_01_01.html.gz").write_bytes(gzip.compress(b"<p>Kafe"))
    meta = {"Lembah_2024_01_01.html.gz": {"url": "https://lembah.example/2", "crawl_date": "2024-01-01"}}
    (country / "meta.info").write_text(json.dumps(meta))
    body = {"summary": ["Ringkas."], "sections": [{"headline": ["Kota"], "paragraphs": ["Kafe tutup."]}]}
    (country / "Lembah.json").write_text(json.dumps({"V1": {"body": body}}))
    assert [(page.source, page.url, page.html, page.text) for page in labelled_pages(tmp_path)] == [
        ("scrapinghub", "https://kabar.example/1", b"<p>Feri", "Feri"),
        ("fundus", "https://lembah.example/2", b"<p>Kafe", "Ringkas.\nKota\nKafe tutup."),
    ]
