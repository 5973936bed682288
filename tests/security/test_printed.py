"""What corpus and releases hold cannot steer who reads the output: neither a terminal nor what runs a workflow."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import toy
from tests.security.test_handed_over_corpus import kliping as run

from kliping.cli import main

if TYPE_CHECKING:
    from pathlib import Path

STEERING = "\x1b]0;owned\x07\x1b[2J\u202e"
ORDER = "::set-env name=PATH::/tmp\n::error::no\r::stop-commands::x\n##[set-output name=a]b"
ODD = f"{ORDER}{STEERING}"


def places(root: Path) -> None:
    """Odd words wherever words are shown again: in values, in a key, in a file's name, in a line that is no JSON."""
    escaped = "".join(f"\\u{ord(char):04x}" for char in ODD)
    splits = root / "corpus/splits.jsonl"
    lines = splits.read_text(encoding="utf-8").replace('"market"', f'"{escaped}"', 1).splitlines()
    lines += [f'{{"id":"x","split":"{escaped}","cluster":"y"}}', f'{{"{escaped}":1}}', "::error::" + STEERING]
    splits.write_text("\n".join(lines) + "\n", encoding="utf-8")
    articles = root / "corpus/articles/00000.jsonl"
    text = articles.read_text(encoding="utf-8")
    articles.write_text(text.replace('"language":"id"', f'"language":"{escaped}"', 1), encoding="utf-8")
    shutil.copyfile(splits, root / f"annotations/pulled/::error::{STEERING}.jsonl")


def formats(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The ways in which a check tells, as the command has them."""
    monkeypatch.setattr(sys, "argv", ["kliping", "check", "--help"])
    main()
    return [(), *([("--format", "github")] if "github" in capfd.readouterr().out else [])]


def test_a_check_prints_no_command_and_no_control_character_of_the_corpus(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = toy(tmp_path / "toy")
    places(corpus.root)
    for how in formats(capfd, monkeypatch):
        assert run(monkeypatch, "check", "-C", str(corpus.root), *how) == 1
        said = "".join(capfd.readouterr())
        assert "owned" in said
        assert not {"\x1b", "\x07", "\u202e", "\r"} & {*said}
        for line in said.splitlines():
            ours = line.startswith(("::error file=", "::error title=")) and how
            assert ours or not line.lstrip().startswith("::"), line


@pytest.mark.parametrize("words", [("split",), ("adjudicate",), ("agree",), ("release", "--dry-run"), ("status",)])
def test_other_commands_print_none_either(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    corpus = toy(tmp_path / "toy")
    places(corpus.root)
    run(monkeypatch, *words, "-C", str(corpus.root))
    assert not {"\x1b", "\x07", "\u202e", "\r"} & {*"".join(capfd.readouterr())}
