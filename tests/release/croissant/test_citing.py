"""BibTeX and licences, with odd characters in them."""

from __future__ import annotations

import pytest

from kliping.release.croissant.citing import licence


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("cc0-1.0", "https://spdx.org/licenses/CC0-1.0"),
        ("On request", "On request"),
        (None, "See the file LICENSE."),
    ],
)
def test_a_licence_is_its_page_or_as_it_is_stated(stated: str | None, told: str) -> None:
    assert licence(stated) == told
