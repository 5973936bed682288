"""Real pages, cut and garbled at random places: each gives an article that keeps its promises, or a reason."""

from __future__ import annotations

import gzip
import random
from itertools import pairwise
from pathlib import Path

import pytest

from kliping import Article, Rejected, normalise

PAGES = Path(__file__).parents[4] / "shared/extraction"
SEED = 20261125


def cut(data: bytes, chance: random.Random) -> bytes:
    """A page that ends early, begins late, lacks a piece, or holds other bytes in its place."""
    one, other = sorted(chance.randrange(len(data)) for _ in range(2))
    junk = chance.randbytes(chance.randrange(40))
    return chance.choice(
        [data[:one], data[one:], data[:one] + data[other:], data[:one] + junk + data[one + len(junk) :]]
    )


def faults(article: Article) -> list[str]:
    """What of an article's own promises does not hold."""
    found = []
    covered = " ".join(article.text[block.start : block.end] for block in article.blocks)
    if covered.split() != article.text.split() or any(one.end > two.start for one, two in pairwise(article.blocks)):
        found.append("the blocks do not cover the text")
    if article.title and article.title not in article.text:
        found.append("the title is no block")
    if any(ord(char) < 32 and char != "\n" for char in article.text):
        found.append("a control character")
    return found


@pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages of ../shared/extraction are not here")
def test_a_real_page_cut_at_random_gives_an_article_that_keeps_its_promises_or_a_reason() -> None:
    chance = random.Random(SEED)  # noqa: S311 — no secret
    outcomes = {"article": 0, "rejected": 0}
    for path in chance.sample(sorted(PAGES.rglob("*.html.gz")), 60):
        data = gzip.decompress(path.read_bytes())
        for _ in range(3):
            try:
                article = normalise(cut(data, chance), media_type="text/html")
            except Rejected:
                outcomes["rejected"] += 1
            else:
                assert faults(article) == []
                outcomes["article"] += 1
    assert min(outcomes.values()) > 0
