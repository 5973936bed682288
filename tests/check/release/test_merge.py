"""The rows about one article come together, whatever table and split they are in, and in whatever order they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kliping.check.release.merge import Member, merged, put_in_order
from kliping.check.release.survey import Surveyed
from kliping.check.rules import Place

if TYPE_CHECKING:
    from collections.abc import Generator

ARTICLES = st.lists(st.sampled_from(["a", "b", "é", "👩‍🌾"]), max_size=8)


def members(config: str, split: str, articles: list[str]) -> Generator[Member]:
    for number, article in enumerate(articles, 1):
        row = {"id": f"{article}:{number}", "spans": [{"start": number, "end": None}], "score": 0.5}
        yield Member(Place(f"{config}/{split}.parquet", number), config, split, article, row)


@given(ARTICLES)
def test_rows_are_put_in_order_as_a_stable_sort_does(articles: list[str]) -> None:
    expected = sorted(members("stances", "train", articles), key=lambda member: member.article_id)

    assert list(put_in_order(members("stances", "train", articles))) == expected


@given(ARTICLES, ARTICLES)
def test_every_row_comes_once_with_its_article_those_of_articles_first(one: list[str], other: list[str]) -> None:
    streams = [members("articles", "train", sorted(one)), members("stances", "test", sorted(other))]
    found = list(merged(streams, Surveyed()))

    assert [seen.id for seen in found] == sorted({*one, *other})
    assert all({member.article_id for member in seen.members} == {seen.id} for seen in found)
    expected = [*members("articles", "train", sorted(one)), *members("stances", "test", sorted(other))]
    assert sorted((member for seen in found for member in seen.members), key=lambda m: m.place) == expected
    assert all([*seen.of("articles"), *seen.of("stances")] == list(seen.members) for seen in found)
