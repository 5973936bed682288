from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.normaliser.moments import day_in_url, moment


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-06-20T15:00:00+07:00", "2024-06-20T15:00:00+07:00"),
        ("2024-06-20 15:00 +0700", "2024-06-20T15:00+07:00"),
        ("2024-06-20T15:00:00.123Z", "2024-06-20T15:00:00.123Z"),
        ("2024-06-20T15:00:00+07", "2024-06-20T15:00:00+07:00"),
        ("2024-06-20T15:00:00", "2024-06-20T15:00:00"),
        (" 2024-06-20 ", "2024-06-20"),
        ("2024-06", "2024-06"),
        ("2024", "2024"),
        ("Thu, 20 Jun 2024 15:00:00 GMT", "2024-06-20T15:00:00+00:00"),
        ("20 Juni 2024, 15.00 WIB", "2024-06-20T15:00+07:00"),
        ("Kamis, 20/6/2024 15:00 WITA", "2024-06-20T15:00+08:00"),
        ("Monday, November 18th, 2019 at 11:08 a.m.", "2019-11-18T11:08"),
        ("20 June 2024 at 3pm", "2024-06-20T15:00"),
        ("12:30 AM EDT, Thu June 20, 2024", "2024-06-20T00:30-04:00"),
        ("01:38:07 PM IST Jun 20, 2024", "2024-06-20T13:38:07"),
        ("20. Juni 2024 um 15:30 Uhr", "2024-06-20T15:30"),
        ("20 juin 2024 à 15h30", "2024-06-20T15:30"),
        ("20 de junio de 2024 a las 15:30 h.", "2024-06-20T15:30"),
        ("20. juni 2024 kl. 15.30", "2024-06-20T15:30"),
        ("20 czerwca 2024, 15:30", "2024-06-20T15:30"),
        ("20 июня 2024 г.", "2024-06-20"),
        ("2024年6月20日 15時30分", "2024-06-20T15:30"),
        ("٢٠/٠٦/٢٠٢٤", "2024-06-20"),
        ("20240620T153000Z", "2024-06-20T15:30:00Z"),
        ("1718895600", "2024-06-20T15:00:00+00:00"),
        ("1718895600000", "2024-06-20T15:00:00+00:00"),
        ("Thu Jun 20 15:00:00 UTC 2024", "2024-06-20T15:00:00+00:00"),
        ("05/06/2024", None),
        ("06/06/2024", "2024-06-06"),
        ("Updated 20 June 2024", None),
        ("20 June 2024 " + "x" * 80, None),
        ("2024-02-30", None),
        ("2024-06-20T25:00:00Z", None),
        ("2024-06 15:00", None),
        ("kemarin", None),
        ("", None),
        (None, None),
    ],
)
def test_a_stated_moment_in_the_contracts_spelling(stated: str | None, expected: str | None) -> None:
    assert moment(stated) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://kabar.example/2024/06/20/dermaga", "2024-06-20"),
        ("https://kabar.example/dermaga-20240620.html", "2024-06-20"),
        ("https://kabar.example/dermaga_2024-06-20", "2024-06-20"),
        ("https://kabar.example/2024/06/20/mengenang-2023-01-02", None),
        ("https://kabar.example/2024/13/20/dermaga", None),
        ("https://2024-06-20.example/dermaga?d=2024-06-20", None),
        (None, None),
    ],
)
def test_the_day_in_an_address(url: str | None, expected: str | None) -> None:
    assert day_in_url(url) == expected


@given(st.text(st.sampled_from("0123456789 -/.:,TZapm+年月日時JuneiWB"), max_size=40))
def test_what_is_read_is_read_again_as_itself(stated: str) -> None:
    found = moment(stated)
    assert found is None or moment(found) == found
