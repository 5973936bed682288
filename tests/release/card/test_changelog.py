"""What changed from version to version, and when each was released."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.card.changelog import Change, changes_until, read_changes

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
# Changelog

## [0.10.0] - 2026-11-25

Two articles more.

## 0.9.0 (2026-02-30)

### Fixed

A label.

## 0.2.0
"""


def test_a_section_has_its_version_its_date_and_its_words(tmp_path: Path) -> None:
    path = tmp_path / "CHANGELOG.md"
    path.write_text(TEXT, encoding="utf-8")
    assert read_changes(path) == (
        Change("0.10.0", "2026-11-25", "Two articles more."),
        Change("0.9.0", None, "### Fixed\n\nA label."),
        Change("0.2.0", None, ""),
    )


def test_without_a_changelog_there_is_no_section(tmp_path: Path) -> None:
    assert read_changes(tmp_path / "CHANGELOG.md") == ()


def test_a_release_tells_its_own_section_and_older_ones_the_newest_first() -> None:
    changes = (Change("0.2.0", None, ""), Change("0.10.0", None, ""), Change("0.9.0", None, ""))
    assert [one.version for one in changes_until(changes, "0.9.0")] == ["0.9.0", "0.2.0"]
