from __future__ import annotations

import pytest

from kliping.normaliser.rules.dateline import split_dateline
from kliping.normaliser.rules.packs import words

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
        (
            "Selawara, Montag, den 5. März (HNA) – ",
            {"place": "Selawara", "date": "Montag, den 5. März", "agency": "HNA"},
        ),
        ("RIMBIA, 5. Dez. (HNA) – ", {"place": "RIMBIA", "date": "5. Dez.", "agency": "HNA"}),
        ("Selawara, 5 de marzo de 2024 (HNA).- ", {"place": "Selawara", "date": "5 de marzo de 2024", "agency": "HNA"}),
        ("SELAWARA, 5 mar (HNA) - ", {"place": "SELAWARA", "date": "5 mar", "agency": "HNA"}),
        ("Côte d’Arvane, le 1er août (HNA) — ", {"place": "Côte d’Arvane", "date": "le 1er août", "agency": "HNA"}),
        ("SELAWARA, 12 AOUT (HNA) — ", {"place": "SELAWARA", "date": "12 AOUT", "agency": "HNA"}),
        ("Selawara, segunda-feira (HNA) - ", {"place": "Selawara", "date": "segunda-feira", "agency": "HNA"}),
        ("SELAWARA, 1° maggio (HNA) – ", {"place": "SELAWARA", "date": "1° maggio", "agency": "HNA"}),
        ("Isola dell’Orto, il 5 marzo (HNA) – ", {"place": "Isola dell’Orto", "date": "il 5 marzo", "agency": "HNA"}),
        ("RIMBIA, ma 5 mrt (HNA) – ", {"place": "RIMBIA", "date": "ma 5 mrt", "agency": "HNA"}),
        ("SELAWARA, 31 Ogos (HNA) – ", {"place": "SELAWARA", "date": "31 Ogos", "agency": "HNA"}),
        ("CEDAR BAY, H.S. — ", {"place": "CEDAR BAY, H.S."}),
        ("Cedar Bay, Hars. — ", {"place": "Cedar Bay, Hars."}),
        ("DEL MAR (HNA) — ", {"place": "DEL MAR", "agency": "HNA"}),
        ("Cedar Bay, The Sun - ", {"place": "Cedar Bay", "agency": "The Sun"}),
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
        "Regen, Sturm und Hagel – Menschen flohen aus der alten Halle.",
        "El mercado, la calle y el mar - Todo cambió aquel lunes de marzo.",
        "Le lundi, le marché — Une halle pleine de monde et de bruit.",
    ],
)
def test_an_ordinary_sentence_has_no_dateline(text: str) -> None:
    assert split_dateline(text, words()) == ()
