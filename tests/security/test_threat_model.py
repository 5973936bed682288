"""`docs/security.md`: each of its lines names tests that are there, and each test of this room is named by a line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| what is", "| ---"))]


def defined_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def test_there_are_lines() -> None:
    assert len(LINES) > 35


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:50])
def test_a_line_says_four_things_and_its_tests_are_there(line: str) -> None:
    *said, shown = [cell.strip() for cell in re.split(r" \| ", line.strip("| "))]
    assert len(said) == 3
    assert all(said)
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", shown)
    assert named or shown.startswith("(")
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert not name or name in defined_in(ROOT / file), f"{file}::{name}"


def test_each_file_of_this_room_is_named() -> None:
    for file in Path(__file__).parent.glob("test_*.py"):
        assert f"tests/security/{file.name}::" in PAGE or file.name == Path(__file__).name, file.name
