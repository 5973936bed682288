from __future__ import annotations

import pytest

from kliping.normaliser.page.names import is_account, is_domain, names_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Sorel", ["Ana Sorel"]),
        ("By Ana Sorel, Reporter and Jon Vale (Lisbon)", ["Ana Sorel", "Jon Vale"]),
        ("Analysis by Ana Sorel", ["Ana Sorel"]),
        ("von Ana Sorel und Jon Vale", ["Ana Sorel", "Jon Vale"]),
        ("Por Ana Sorel y Jon Vale", ["Ana Sorel", "Jon Vale"]),
        ("von Sorel", ["von Sorel"]),
        ("Ana y Sorel", ["Ana y Sorel"]),
        ("Penulis: Tika Laruna | Editor: Jaya Mandira", ["Tika Laruna"]),
        ("Текст: Анна Сорель", ["Анна Сорель"]),
        ("Editor: Ana Sorel", []),
        ("Foto: Ana Sorel", []),
        ("Reporter Ana Sorel", ["Ana Sorel"]),
        ("Senior Political Correspondent", []),
        ("Sorel, Ana", ["Ana Sorel"]),
        ("Sorel, Reporter", ["Sorel"]),
        ("Ana Sorel, PhD, R.N.", ["Ana Sorel"]),
        ("ANA SOREL", ["ANA SOREL"]),
        ("Ana Sorel <ana@kabar.example>", ["Ana Sorel"]),
        ("https://social.example/ana.sorel", []),
        ("social.example/ana.sorel", []),
        ("By Ana Sorel Monday, November 18, 2019", ["Ana Sorel"]),
        ("Ana Sorel | 20.06.2024, 14:07 Uhr", ["Ana Sorel"]),
        ("Ana Sorel 20 Juni 2024", ["Ana Sorel"]),
        ("Von Ana Sorel Donnerstag, 20. Juni 2024", ["Ana Sorel"]),
        ("Ana Domingo", ["Ana Domingo"]),
        ("Kanal 5 Kota", ["Kanal 5 Kota"]),
        ("안나 소렐 기자", ["안나 소렐"]),
        ("Follow", []),
        ("and", []),
        ("", []),
        ("Ana Sorel, " * 60, []),
    ],
)
def test_the_names_in_a_statement_of_authors(text: str, expected: list[str]) -> None:
    assert names_in(text) == expected


@pytest.mark.parametrize("name", ["admin", "jon-vale", "jon_vale", "N/A"])
def test_a_users_name_is_an_account(name: str) -> None:
    assert is_account(name)


def test_a_name_is_no_account_and_no_domain() -> None:
    assert not is_account("Jon Vale-Sorel")
    assert not is_domain("J. R. Vale")
    assert is_domain("Redaksi kabarkota.com")
