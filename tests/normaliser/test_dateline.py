from __future__ import annotations

import pytest

from kliping.normaliser.dateline import split_dateline
from kliping.normaliser.packs import words

REST = "Rapat dewan berakhir tanpa keputusan."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Jakarta, IDN Times - ", {"place": "Jakarta", "agency": "IDN Times"}),
        ("SELAWARA, Kabar Selawara – ", {"place": "SELAWARA", "agency": "Kabar Selawara"}),
        ("SELAWARA (HNA) — ", {"place": "SELAWARA", "agency": "HNA"}),
        ("Rimbia (Pesisir Pos) - ", {"place": "Rimbia", "agency": "Pesisir Pos"}),
        ("Selawara, Harian Lembah (12/3) - ", {"place": "Selawara", "agency": "Harian Lembah", "date": "12/3"}),
        ("CEDAR BAY, Jan. 5 (HNA) - ", {"place": "CEDAR BAY", "date": "Jan. 5", "agency": "HNA"}),
        ("Cedar Bay, Harsa (HNA) -- ", {"place": "Cedar Bay, Harsa", "agency": "HNA"}),
        ("KABAR.example, Selawara - ", {"agency": "KABAR.example", "place": "Selawara"}),
        ("Kabar.example - ", {"agency": "Kabar.example"}),
        ("SELAWARA – ", {"place": "SELAWARA"}),
        ("Selawara, Senin (18/10) - ", {"place": "Selawara", "date": "Senin (18/10)"}),
        ("Kota di Atas Bukit, Harian Lembah - ", {"place": "Kota di Atas Bukit", "agency": "Harian Lembah"}),
    ],
)
def test_a_dateline_comes_apart(head: str, expected: dict[str, str]) -> None:
    pieces = split_dateline(head + REST, words())
    assert {piece.role: piece.text for piece in pieces} == {**expected, "paragraph": REST}


@pytest.mark.parametrize(
    "text",
    [
        "Persib - Persija bermain imbang di hadapan ribuan penonton.",
        "Zoé Martálen, penyerang - dan kapten - mencetak gol tunggal.",
        "Wali kota, Rina Sastro - yang baru dilantik - menolak usul itu.",
        "ASEAN - Jepang sepakat, kata juru bicara ASEAN pada hari Senin.",
        "He said: Paris - The city of light was dark that night.",
        "“Selawara, Harian Lembah - tidak,” katanya dengan suara pelan.",
        "Skor 2-1 bertahan sampai akhir pertandingan di Selawara.",
        "Selawara, Harian Lembah-Rapat dewan berakhir tanpa keputusan.",
        "1945, 1965 - Dua tahun yang tidak pernah dilupakan orang.",
        "Selawara, Harian Lembah - Pendek.",
    ],
)
def test_an_ordinary_sentence_has_no_dateline(text: str) -> None:
    assert split_dateline(text, words()) == ()
