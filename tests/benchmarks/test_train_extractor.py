from __future__ import annotations

import pytest

pytest.importorskip("lightgbm", reason="LightGBM (group `bench`) grows the trees")

from benchmarks.labelled import Labelled, tokens
from benchmarks.train_extractor import SEED, Pair, cross_validate, fit, folds, read_pair, true_shares

PROSE = "Nelayan di dermaga kayu menunggu perahu lampion nomor {n}, yang kembali lebih awal dari biasanya."


def pair(number: int) -> Pair:
    body = [PROSE.format(n=f"{number} {n}") for n in range(8)]
    page = (
        f"<nav><a href=/>Beranda</a></nav><article><h1>Feri {number}</h1>{''.join(f'<p>{text}</p>' for text in body)}"
        f"</article><div><p>{PROSE.format(n='lain')}</p></div>"
    )
    url = f"https://kabar{number // 2}.example/{number}"
    return read_pair(Labelled("sample", str(number), url, page.encode(), "\n".join(body)))


PAIRS = [pair(number) for number in range(20)]


def test_a_block_is_true_by_the_share_of_its_runs_that_the_true_text_has() -> None:
    truth = tokens("satu dua tiga empat lima enam tujuh delapan sembilan")
    blocks = [
        tokens("satu dua tiga empat lima enam tujuh delapan"),
        tokens("satu dua tiga lain lain lain lain lain lain"),
    ]
    assert true_shares(blocks, truth).tolist() == [1.0, 0.0]


def test_a_short_block_is_true_where_it_leads_to_a_true_neighbour() -> None:
    truth = tokens("satu dua tiga empat lima enam tujuh delapan Kota sembilan sepuluh")
    blocks = [tokens("satu dua tiga empat lima enam tujuh delapan"), ["Kota"], ["Pasar"]]
    assert true_shares(blocks, truth).tolist() == [1.0, 1.0, 0.0]


def test_all_pages_of_a_publisher_are_in_one_fold() -> None:
    parts = folds(PAIRS, 1)
    assert sorted(place for part in parts for place in part) == list(range(20))
    for place in range(0, 20, 2):
        assert sum({place, place + 1} <= part for part in parts) == 1


def test_the_same_pages_and_seed_give_the_same_model() -> None:
    assert fit(PAIRS, SEED) == fit(PAIRS, SEED)


def test_pages_that_were_held_out_are_judged_each_once() -> None:
    judged = cross_validate(PAIRS, SEED)
    assert sorted(one.sample.page.name for one in judged) == sorted(str(number) for number in range(20))
    assert all(0 <= one.score.f1 <= 1 and 0 <= one.expected <= 1 for one in judged)
