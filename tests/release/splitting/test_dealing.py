from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kliping.release.splitting.dealing import Cluster, deal
from kliping.release.splitting.names import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.records import SplitName
    from kliping.release.splitting.facts import Stratum

SHARES: dict[SplitName, float] = {"train": 0.6, "validation": 0.2, "test": 0.2}

strata = st.tuples(st.sampled_from(["en", "id", "jv"]), st.sampled_from(["", "Kabar Rimbia", "Pesisir Pos", "Suar"]))
shares = (
    st.lists(st.integers(0, 20), min_size=3, max_size=3)
    .filter(any)
    .map(lambda three: {split: one / sum(three) for split, one in zip(SPLITS, three, strict=True)})
)


def clusters_of(sizes: st.SearchStrategy[int]) -> st.SearchStrategy[list[Cluster]]:
    several = st.lists(sizes.flatmap(lambda size: st.lists(strata, min_size=size, max_size=size)), max_size=80)
    return several.map(lambda found: [Cluster(f"c{at}", tuple(one)) for at, one in enumerate(found)])


def farthest(
    clusters: Sequence[Cluster], dealt: Mapping[str, SplitName], wanted: Mapping[SplitName, float], fields: int
) -> float:
    """By how many articles a split is off its share at most, over all strata of the first so many fields."""
    totals = Counter(stratum[:fields] for one in clusters for stratum in one.strata)
    held = Counter((stratum[:fields], dealt[one.name]) for one in clusters for stratum in one.strata)
    off = (abs(held[stratum, split] - wanted[split] * totals[stratum]) for stratum in totals for split in SPLITS)
    return max(off, default=0.0)


def singles(stratum: Stratum, count: int) -> list[Cluster]:
    return [Cluster(f"{'-'.join(stratum)}-{number}", (stratum,)) for number in range(count)]


def counted(clusters: Iterable[Cluster], dealt: Mapping[str, SplitName]) -> dict[str, int]:
    """How many articles each split got."""
    return Counter(dealt[one.name] for one in clusters for _ in one.strata)


def test_shares_are_met_exactly_where_whole_articles_allow() -> None:
    clusters = singles(("id",), 20)
    assert counted(clusters, deal(clusters, [], SHARES, 1)) == {"train": 12, "validation": 4, "test": 4}


def test_each_language_gets_its_share_in_each_split() -> None:
    indonesian, english = singles(("id",), 30), singles(("en",), 10)
    dealt = deal([*indonesian, *english], [], SHARES, 1)
    assert counted(indonesian, dealt) == {"train": 18, "validation": 6, "test": 6}
    assert counted(english, dealt) == {"train": 6, "validation": 2, "test": 2}


def test_many_small_strata_do_not_all_go_to_the_largest_split() -> None:
    clusters = [one for number in range(50) for one in singles(("id", f"pos-{number}"), 2)]
    assert counted(clusters, deal(clusters, [], SHARES, 1)) == {"train": 60, "validation": 20, "test": 20}


def test_small_clusters_make_up_for_a_large_one() -> None:
    clusters = [Cluster("large", (("id",),) * 10), *singles(("id",), 10)]
    assert counted(clusters, deal(clusters, [], SHARES, 1)) == {"train": 12, "validation": 4, "test": 4}


def test_what_earlier_runs_left_short_is_made_up_for() -> None:
    dealt = deal(singles(("id",), 10), [(("id",), "train")] * 10, SHARES, 1)
    assert Counter(dealt.values()) == {"train": 2, "validation": 4, "test": 4}


def test_one_article_at_a_time_of_ever_new_publishers_still_reaches_the_shares() -> None:
    placed: list[tuple[Stratum, SplitName]] = []
    for number in range(50):
        stratum = ("id", f"pos-{number}")
        dealt = deal([Cluster(f"a{number}", (stratum,))], placed, SHARES, 1)
        placed.append((stratum, dealt[f"a{number}"]))
    assert Counter(split for _, split in placed) == {"train": 30, "validation": 10, "test": 10}


def test_a_split_without_a_share_gets_nothing() -> None:
    none: dict[SplitName, float] = {"train": 0.5, "validation": 0.0, "test": 0.5}
    assert set(deal(singles(("id",), 9), [], none, 1).values()) == {"train", "test"}


def test_another_seed_deals_otherwise() -> None:
    clusters = singles(("id",), 20)
    assert deal(clusters, [], SHARES, 1) != deal(clusters, [], SHARES, 2)


@given(clusters_of(st.just(1)), shares, st.integers())
def test_single_articles_are_off_by_three_quarters_in_all_and_one_and_a_half_in_a_stratum(
    clusters: list[Cluster], wanted: dict[SplitName, float], seed: int
) -> None:
    dealt = deal(clusters, [], wanted, seed)
    assert farthest(clusters, dealt, wanted, 0) <= 0.75 + 1e-6
    assert farthest(clusters, dealt, wanted, 1) <= 1.5 + 1e-6
    assert farthest(clusters, dealt, wanted, 2) <= 1.5 + 1e-6


@given(clusters_of(st.integers(1, 9)), shares, st.integers())
def test_clusters_are_off_by_the_largest_in_all_and_by_twice_the_largest_in_a_stratum(
    clusters: list[Cluster], wanted: dict[SplitName, float], seed: int
) -> None:
    dealt = deal(clusters, [], wanted, seed)
    largest = max((len(one.strata) for one in clusters), default=0)
    assert dealt.keys() == {one.name for one in clusters}
    assert farthest(clusters, dealt, wanted, 0) <= largest
    assert farthest(clusters, dealt, wanted, 1) <= 2 * largest
    assert farthest(clusters, dealt, wanted, 2) <= 2 * largest


@given(clusters_of(st.integers(1, 4)), st.lists(st.tuples(strata, st.sampled_from(SPLITS))), shares, st.randoms())
def test_the_order_of_the_input_does_not_matter(
    clusters: list[Cluster], placed: list[tuple[Stratum, SplitName]], wanted: dict[SplitName, float], chance: object
) -> None:
    dealt = deal(clusters, placed, wanted, 7)
    for some in (clusters, placed):
        chance.shuffle(some)  # type: ignore[attr-defined]
    assert deal(clusters, placed, wanted, 7) == dealt
