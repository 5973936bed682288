"""Near-duplicates in two splits of a release are found by their texts, whatever their clusters are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check.release.altering import rewrite, table

from kliping.check import check_release
from kliping.check.release import leaks

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.check.release.altering import Row


def copy_to_test(release: Path, change: str) -> None:
    """An article of train is in test too, under another id, with other words in place of `Prices`."""
    copied: Row = {}
    rewrite(release, "articles", "train", lambda rows: copied.update(next(one for one in rows if one["id"] == "fish")))
    other = {"id": "zebra", "cluster": "zebra", "text": copied["text"].replace("Fish prices", change)}
    rewrite(release, "articles", "test", lambda rows: rows.append(copied | other))


def found(release: Path) -> list[tuple[str, int | None]]:
    return [(one.path, one.line) for one in check_release(release, load=False) if one.code == "E630"]


def test_few_articles_are_compared_by_their_words(release: Path) -> None:
    copy_to_test(release, "Fish market")

    path = table(release, "articles", "test").relative_to(release).as_posix()
    assert found(release) == [(path, 2)]


def test_of_many_articles_equal_texts_are_found(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "FEW", 1)
    copy_to_test(release, "Fish prices")

    path = table(release, "articles", "test").relative_to(release).as_posix()
    assert found(release) == [(path, 2)]


def test_in_one_cluster_they_are_told_of_once(release: Path) -> None:
    copy_to_test(release, "Fish market")
    rewrite(release, "articles", "test", lambda rows: rows[1].update(cluster="fish"))

    assert len(found(release)) == 1
