"""Licences and sizes as the hub writes them."""

from __future__ import annotations

import pytest

from kliping.release.card.hub import hub_licence, size_category, spdx


@pytest.mark.parametrize(
    ("licence", "expected"),
    [("CC0-1.0", "cc0-1.0"), ("cc-by-4.0", "cc-by-4.0"), ("ODbL-1.0", "odbl"), ("ODC-By-1.0", "odc-by")],
)
def test_a_licence_that_the_hub_knows_is_written_as_there(licence: str, expected: str) -> None:
    assert hub_licence(licence) == {"license": expected}


def test_a_licence_that_the_hub_does_not_know_is_other() -> None:
    assert hub_licence("Own-1.0") == {"license": "other", "license_name": "own-1.0", "license_link": "LICENSE"}
    assert hub_licence(None)["license_name"] == "see-license-file"
    assert hub_licence("&&")["license_name"] == "see-license-file"


def test_an_spdx_identifier_has_its_own_case() -> None:
    assert (spdx("odbl-1.0"), spdx("MIT"), spdx("my own"), spdx(None)) == ("ODbL-1.0", "MIT", None, None)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (100_000, "100K<n<1M"), (99_999_999, "10M<n<100M"),
        (100_000_000, "100M<n<1B"), (10**12, "n>1T"),
    ],
)  # fmt: skip
def test_size_categories_are_the_hubs(rows: int, expected: str) -> None:
    assert size_category(rows) == expected
