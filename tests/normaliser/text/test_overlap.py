from __future__ import annotations

from kliping.normaliser.text.overlap import jaccard


def test_what_two_sets_have_in_common_is_a_share_of_all() -> None:
    assert jaccard({"a", "b", "c"}, {"b", "c", "d"}) == 0.5
    assert jaccard({"a"}, {"a"}) == 1.0
    assert jaccard({"a"}, set()) == jaccard(set(), set()) == 0.0
