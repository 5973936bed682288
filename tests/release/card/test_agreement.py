"""The card's agreement is that of `kliping agree`, without numpy, and does not depend on the order of articles."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import annotation, article, mention, placed, stance

from kliping.records import Entity, Holder, Target
from kliping.release.card.agreement import GROUPS, Sum, agreement_sums, measure_agreement
from kliping.release.tables.annotated import Annotated, words

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.records import Annotation, Article
    from kliping.release.card.agreement import Agreement

TEXT = "Sena Waluyo menolak pemindahan Pasar Lama di Rimbia, kata Rina Sastro kepada Kabar Selawara."
STARTS = (0, 5, 20, 31, 37, 45, 58, 63, 77)
SIDES = ("against", "none", "favor")


def about(number: int) -> Article:
    return article(f"a{number}", "Pasar", TEXT)


def marked(one: Article, name: str, marks: list[tuple[int, int, str]], sides: list[tuple[int, int, str]]) -> Annotation:
    """Mentions as start, length and label; stances as target, holder and side, by the mentions' numbers."""
    first = one.text.index(TEXT)
    found = [
        Entity(id=f"e{at}", start=first + start, end=first + start + size,
               text=one.text[first + start : first + start + size], label=label)
        for at, (start, size, label) in enumerate(marks)
    ]  # fmt: skip
    said = []
    for at, (target, holder, side) in enumerate(sides):
        to = mention(f"e{target % len(found)}") if found and target else Target(kind="declared", name="MARKET_MOVE")
        by = Holder(kind="mention", mention=f"e{holder % len(found)}") if found and holder else Holder(kind="author")
        said.append(stance(at, side, to, by))
    return annotation(one, name, found, said)


@st.composite
def corpora(draw: Any) -> list[Annotated]:
    labels = st.sampled_from(["PERSON", "PLACE", "ORGANISATION"])
    marks = st.lists(st.tuples(st.sampled_from(STARTS), st.sampled_from([4, 6, 11]), labels), max_size=5)
    sides = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(SIDES)), max_size=4)
    articles = []
    for number in range(draw(st.integers(1, 5))):
        one = about(number)
        made = [marked(one, f"annotator-a{who}", draw(marks), draw(sides)) for who in range(draw(st.integers(1, 4)))]
        articles.append(Annotated(one, placed(one), None, tuple(made)))
    return articles


def summed(articles: list[Annotated], contract: Contract) -> Counter[Sum]:
    known = words(contract)
    return sum((agreement_sums(one, known) for one in articles), Counter())


def told(found: Agreement) -> dict[str, tuple[float | None, int, int]]:
    measures = {
        "exact": found.exact, "tokens": found.tokens, "declared": found.declared, "mentions": found.mentions,
        "claims": found.claims, "holders": found.holders,
    }  # fmt: skip
    for label, (exact, tokens) in found.labels.items():
        measures |= {f"exact {label}": exact, f"tokens {label}": tokens}
    return {
        name: (None if one.value is None else round(one.value, 6), one.units, one.articles)
        for name, one in measures.items()
    }


@given(corpora())
def test_every_measure_is_that_of_kliping_agree(contract: Contract, articles: list[Annotated]) -> None:
    pytest.importorskip("numpy", reason="the extra agree is not installed")
    from kliping.annotation.agreement.comparison import Resampling, Words, compare
    from kliping.annotation.agreement.reading import read

    scheme = contract.scheme
    labels = tuple(label.const for label in scheme.entity_labels)
    readings = [read(one.article, one.annotations, scheme) for one in articles]
    theirs = compare(readings, Words(labels, SIDES), Resampling(2, 0))
    expected = {
        "exact": theirs.entities.exact, "tokens": theirs.entities.tokens, "declared": theirs.declared.nominal,
        "mentions": theirs.mentions.nominal, "claims": theirs.mentions.claims, "holders": theirs.holders.each,
    }  # fmt: skip
    for label in theirs.entities.labels:
        expected |= {f"exact {label.label}": label.exact, f"tokens {label.label}": label.tokens}
    ours = measure_agreement(summed(articles, contract), scheme)
    assert told(ours) == {name: (one.value, one.units, one.articles) for name, one in expected.items()}
    assert ours.articles == theirs.articles


@given(corpora(), st.randoms())
def test_the_order_of_articles_makes_no_difference(
    contract: Contract, articles: list[Annotated], chance: random.Random
) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)
    assert measure_agreement(summed(shuffled, contract), contract.scheme) == measure_agreement(
        summed(articles, contract), contract.scheme
    )


def test_one_annotator_adds_nothing_and_an_earlier_round_does_not_count(contract: Contract) -> None:
    one = about(1)
    alone = marked(one, "annotator-aa", [(0, 4, "PERSON")], [])
    again = annotation(one, "annotator-aa", round=2)
    assert agreement_sums(Annotated(one, placed(one), None, (alone, again)), words(contract)) == {}
    found = measure_agreement({}, contract.scheme)
    assert (found.articles, found.exact) == (0, (None, None, None, 0, 0))


def fading(number: int) -> Annotated:
    """Two annotators who mark a person alike in every second article."""
    one = about(number)
    marks = [(0, 11, "PERSON"), (45, 6, "PLACE")]
    other = marks if number % 2 else marks[1:]
    made = (marked(one, "annotator-aa", marks, []), marked(one, "annotator-bb", other, []))
    return Annotated(one, placed(one), None, made)


def test_an_interval_holds_the_value_and_narrows_with_more_articles(contract: Contract) -> None:
    few, many = (
        measure_agreement(summed([fading(number) for number in range(size)], contract), contract.scheme).exact
        for size in (20, 400)
    )
    assert few.low is not None
    assert many.low is not None
    assert few.high is not None
    assert many.high is not None
    assert few.low < 6 / 7 < few.high
    assert many.low < 6 / 7 < many.high
    assert many.high - many.low < (few.high - few.low) / 2


def test_intervals_are_about_those_of_resampled_articles(contract: Contract) -> None:
    pytest.importorskip("numpy", reason="the extra agree is not installed")
    from kliping.annotation.agreement.comparison import Resampling, Words, compare
    from kliping.annotation.agreement.reading import read

    chance = random.Random(7)  # noqa: S311 — any numbers will do
    articles = []
    for number in range(400):
        one = about(number)
        marks = [(start, 4, chance.choice(["PERSON", "PLACE"])) for start in STARTS]
        kept = [mark for mark in marks if chance.random() < 0.8]
        made = (marked(one, "annotator-aa", marks, []), marked(one, "annotator-bb", kept, []))
        articles.append(Annotated(one, placed(one), None, made))
    ours = measure_agreement(summed(articles, contract), contract.scheme)
    labels = tuple(label.const for label in contract.scheme.entity_labels)
    readings = [read(one.article, one.annotations, contract.scheme) for one in articles]
    theirs = compare(readings, Words(labels, SIDES), Resampling(1000, 0))
    for mine, other in ((ours.exact, theirs.entities.exact), (ours.tokens, theirs.entities.tokens)):
        assert mine.low is not None
        assert mine.high is not None
        assert other.low is not None
        assert other.high is not None
        assert 0.5 < (mine.high - mine.low) / (other.high - other.low) < 2


def test_too_few_articles_have_no_interval(contract: Contract) -> None:
    found = measure_agreement(summed([fading(0), fading(1)], contract), contract.scheme)
    assert (found.exact.value, found.exact.low) == (6 / 7, None)


def test_sums_stay_as_few_however_many_articles(contract: Contract) -> None:
    sums = summed([fading(number) for number in range(1000)], contract)
    assert len({one.group for one in sums}) == GROUPS
    assert len(sums) < GROUPS * 40
