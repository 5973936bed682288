from __future__ import annotations

import pytest

from kliping.normaliser.moments import moment


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
