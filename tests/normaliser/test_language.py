from __future__ import annotations

import pytest

from kliping.errors import CallError
from kliping.normaliser.language import identify_language, is_accepted, language_tag, stated_language

INDONESIAN = "Ratusan nelayan berhenti menyetor ikan ke balai lelang sejak Senin subuh karena timbangan baru."
ENGLISH = "A ferry will cross to the island after dark for the first time this Friday, the harbour said."


@pytest.mark.parametrize(
    ("text", "tag"), [(INDONESIAN, "id"), (ENGLISH, "en"), ("12 34", None), ("", None), ("Ok", None)]
)
def test_a_language_is_named_only_where_it_is_sure(text: str, tag: str | None) -> None:
    assert identify_language(text).tag == tag


def test_the_score_is_a_probability_with_four_digits() -> None:
    assert identify_language(ENGLISH).score == 0.9997
    assert identify_language("12 34").score < 0.5


@pytest.mark.parametrize(
    ("tag", "accepted", "score", "expected"),
    [
        ("en", set(), None, True),
        ("en", {"id"}, None, False),
        ("en", {"id"}, 0.99, False),
        ("en", {"id"}, 0.8, True),
        ("en-GB", {"en"}, None, True),
        ("pt", {"pt-BR"}, 1.0, True),
        ("ms", {"id"}, 1.0, True),
        ("ms", {"id"}, None, False),
        ("und", {"id"}, None, True),
    ],
)
def test_a_language_is_accepted_by_its_first_part_or_where_it_is_doubtful(
    tag: str, accepted: set[str], score: float | None, *, expected: bool
) -> None:
    assert is_accepted(tag, accepted, score) is expected


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("id", "id"), ("id_ID", "id-ID"), ("in", "id"), ("EN-gb", "en-gb"), ("", None), (None, None), ("und", None),
     ("%lang%", None)],
)  # fmt: skip
def test_a_stated_tag_is_mended_or_passed_over(stated: str | None, tag: str | None) -> None:
    assert stated_language(stated) == tag


def test_a_given_tag_must_be_one() -> None:
    assert language_tag("pt-BR") == "pt-BR"
    with pytest.raises(CallError):
        language_tag("pt_BR")
