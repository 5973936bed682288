"""`studio invite` and `studio restore` as people type them: no address in any output."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

KEY = bytes(range(32))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())
    made = write_corpus(tmp_path / "corpus", [article("market", "Pasar Lama", "Pasar Lama tetap buka.")])
    settings = (made.root / "pyproject.toml").read_text().replace('"toy"', f'"toy-{tmp_path.name}"')
    (made.root / "pyproject.toml").write_text(settings.replace("Toy corpus", f"Toy {tmp_path.name[-30:]}"))
    return made


def kliping(corpus: Corpus, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(corpus.root)]
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("command", ["invite", "restore"])
def test_without_a_server_the_sentence_says_how_to_start_one(corpus: Corpus, command: str) -> None:
    done = kliping(corpus, "studio", command, typed="ayu@pos.example\n")
    assert (done.returncode, done.stdout) == (3, "")
    assert "`kliping studio start`" in done.stderr
    assert "ayu" not in done.stderr


def test_nobody_to_invite_is_a_wrong_call(corpus: Corpus) -> None:
    done = kliping(corpus, "studio", "invite", typed="\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody to invite" in done.stderr


@pytest.mark.studio
def test_the_invited_are_told_by_pseudonym_and_link(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    done = kliping(corpus, "studio", "invite", typed="Prita@pos.example\n\ndewi@pos.example\n")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"the link to sign up with, alike for all: {studio[0]}/user/signup/?token=")
    assert lines[1].startswith("1. annotator-")
    assert lines[2] == "   annotates in the shared project: the next `kliping push` makes it"
    with (corpus.root / "pyproject.toml").open("a") as settings:
        settings.write("\n" + done.stdout.split("give them work:\n")[1])
    again = kliping(corpus, "studio", "invite", "prita@pos.example", "--json")
    told = json.loads(again.stdout)
    assert (told["add"], told["people"][0]["named"]) == ("", True)
    assert told["people"][0]["annotator"] == lines[1].removeprefix("1. ")
    for one in (done, again):
        assert "pos.example" not in one.stdout + one.stderr
        assert studio[1] not in one.stdout + one.stderr


@pytest.mark.studio
def test_an_address_that_is_none_exits_with_2_and_is_not_shown(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    done = kliping(corpus, "studio", "invite", "citra at pos")
    assert (done.returncode, done.stdout) == (2, "")
    assert "number 1 is no e-mail address" in done.stderr
    assert "citra" not in done.stderr


@pytest.mark.studio
def test_restoring_twice_changes_nothing(
    studio: tuple[str, str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    first, again = kliping(corpus, "studio", "restore"), kliping(corpus, "studio", "restore", "--json")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    assert json.loads(again.stdout)["changes"] == 0
