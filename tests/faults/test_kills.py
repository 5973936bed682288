"""A push or a pull that is killed at any instant is finished by the next. `python -m tests.faults` kills more."""

from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

import pytest
from demo.annotators import sign_up
from tests.faults.killed_pull import killed_pulls
from tests.faults.killed_push import killed_pushes

from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.studio

INSTANTS = 6


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


def test_a_killed_pull_is_finished_by_the_next(tmp_path: Path, clients: list[Client], seed: int) -> None:
    rows = list(killed_pulls(tmp_path, f"kill-{uuid.uuid4().hex[:12]}", clients, INSTANTS, seed, own=2000))
    assert len(rows) == INSTANTS


def test_a_killed_push_is_finished_by_the_next(tmp_path: Path, clients: list[Client], seed: int) -> None:
    rows = list(killed_pushes(tmp_path, f"kill-{uuid.uuid4().hex[:12]}", clients, INSTANTS, seed, articles=300))
    assert len(rows) == INSTANTS
