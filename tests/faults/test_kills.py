"""A push or a pull that is killed at any instant is finished by the next; other faults lose nothing either.

`python -m tests.faults` kills more, and fills more disks.
"""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import pytest
from demo.annotators import sign_up
from tests.faults.disks import gives_mounts
from tests.faults.faults import BACK, faketime
from tests.faults.killed_pull import killed_pulls
from tests.faults.killed_push import killed_pushes
from tests.faults.killed_questions import killed_questions
from tests.faults.server_faults import pull_faults, push_faults

from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.studio

INSTANTS = 6

FREE = (1 << 12,)
"""Bytes that are left on the disk: too few."""


@pytest.fixture
def clients(studio: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Client]]:
    """The maintainer's and two annotators' clients; and the server's address for the processes."""
    url, token = studio
    monkeypatch.setenv("LABEL_STUDIO_URL", url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", token)
    made = [Client(url, token), *(Client(url, sign_up(url, token, f"{one}@pos.example")) for one in ("ayu", "bima"))]
    yield made
    for client in made:
        client.close()


@pytest.fixture
def seed() -> int:
    """Of the instants: printed, so that a failure can be had again."""
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    return seed


@pytest.fixture
def name() -> str:
    """Of a corpus, which no other has."""
    return f"kill-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def kinds() -> list[str]:
    """The faults that this machine can make."""
    found = ["full-disk", "two-at-once"]
    return found + ["read-only"] * gives_mounts() + ["clock-back"] * bool(faketime(BACK))


def test_a_killed_pull_is_finished_by_the_next(tmp_path: Path, name: str, clients: list[Client], seed: int) -> None:
    kills = list(killed_pulls(tmp_path, name, clients, INSTANTS, seed, own=2000))
    assert len(kills) == INSTANTS


def test_a_killed_push_is_finished_by_the_next(tmp_path: Path, name: str, clients: list[Client], seed: int) -> None:
    kills = list(killed_pushes(tmp_path, name, clients, INSTANTS, seed, articles=300))
    assert [one.duplicates for one in kills] == [0] * INSTANTS


def test_a_killed_adjudication_in_label_studio_is_finished_by_the_next(
    tmp_path: Path, name: str, clients: list[Client], seed: int
) -> None:
    kills = list(killed_questions(tmp_path, name, clients, 3, seed, articles=100))
    assert [one.duplicates for one in kills] == [0] * 3


def test_a_pull_that_meets_another_fault_loses_nothing(
    tmp_path: Path, name: str, clients: list[Client], kinds: list[str]
) -> None:
    assert len(list(pull_faults(tmp_path, name, clients, kinds, FREE))) == len(kinds)


def test_a_push_that_meets_another_fault_sends_each_text_once(
    tmp_path: Path, name: str, clients: list[Client], kinds: list[str]
) -> None:
    assert len(list(push_faults(tmp_path, name, clients, kinds, FREE))) == len(kinds)
