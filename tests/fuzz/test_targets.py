"""What is fuzzed for minutes by atheris is fuzzed here for seconds, from the same inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_fuzzer_begins_with_keeps_every_promise(name: str) -> None:
    for seed in TARGETS[name].seeds():
        TARGETS[name].run(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_cut_and_garbled_inputs_keep_every_promise(name: str) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())
    garbling = _garbled(seeds, [word.encode() for word in target.words] or [b""])

    @FEW
    @given(garbling)
    def keeps(data: bytes) -> None:
        target.run(data)

    run: Callable[[], None] = keeps
    run()


def _garbled(seeds: list[bytes], words: list[bytes]) -> st.SearchStrategy[bytes]:
    """A seed in which a few stretches are replaced by bytes, by words, or by a stretch of another seed."""
    return st.builds(
        _replaced,
        st.sampled_from(seeds),
        st.lists(
            st.tuples(
                st.floats(0, 1, allow_nan=False),
                st.integers(0, 40),
                st.one_of(
                    st.binary(max_size=12), st.sampled_from(words), st.sampled_from(seeds).map(lambda one: one[:200])
                ),
            ),
            max_size=4,
        ),
    )


def _replaced(seed: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, put in changes:
        at = int(where * len(seed))
        seed = seed[:at] + put + seed[at + length :]
    return seed
