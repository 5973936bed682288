"""The agreement report at the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import annotation, article, entity, mention, stance, toy, write_corpus

from kliping.annotation.agreement.report import Agreement
from kliping.records import Holder

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus

MARKET = article("market", "Pasar Lama Tetap Buka", "Sena Waluyo menolak pemindahan Pasar Lama di Rimbia.")
MARKS = [entity(MARKET, 1, "Sena Waluyo", "PERSON"), entity(MARKET, 2, "pemindahan Pasar Lama", "POLICY")]
SIDES = [stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))]


def agree(corpus: Corpus, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", "agree", "-C", str(corpus.root), "--samples", "100", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_people_get_tables_that_say_what_each_number_is_over(tmp_path: Path) -> None:
    done = agree(toy(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:7] == [
        "toy: 6 annotations by 2 annotators on 3 articles that two or more annotated (each annotator's latest round)",
        "not compared: 1 skipped",
        "[low, high]: the 95 % interval over 100 resamplings of the articles (seed 7)",
        "",
        "entities        mentions  articles  exact F1           overlap F1         alpha on 63 tokens",
        "  all labels          13         3  0.92 [0.67, 1.00]  0.92 [0.67, 1.00]  0.91 [0.68, 1.00]",
        "  PERSON               2         1  1.00 [-]           1.00 [-]           1.00 [-]",
    ]
    (claims,) = [line for line in lines if line.startswith("  mentions, claims ")]
    assert claims.split() == ["mentions,", "claims", "4", "claims", "2", "2", "1.00", "[1.00,", "1.00]"]


def test_the_reason_is_told_where_a_number_is_missing(tmp_path: Path) -> None:
    lines = agree(toy(tmp_path)).stdout.splitlines()
    missing = lines[lines.index("- stands for what is not defined:") + 1 :]
    assert "  nobody marked any: EVENT" in missing


def test_machines_get_the_whole_record(tmp_path: Path) -> None:
    done = agree(toy(tmp_path), "--json")
    assert done.returncode == 0
    found = msgspec.json.decode(done.stdout, type=Agreement)
    assert (found.corpus, found.samples, found.seed) == ("toy", 100, 7)
    assert "NaN" not in done.stdout


def test_several_pairs_have_a_table(tmp_path: Path) -> None:
    people = ("annotator-aa", "annotator-bb", "annotator-cc")
    corpus = write_corpus(tmp_path, [MARKET], annotations=[annotation(MARKET, who, MARKS, SIDES) for who in people])
    lines = agree(corpus).stdout.splitlines()
    (head,) = [number for number, line in enumerate(lines) if line.startswith("pairs ")]
    assert [line.split()[:4] for line in lines[head + 1 : head + 4]] == [
        ["aa", "bb", "1", "4"],
        ["aa", "cc", "1", "4"],
        ["bb", "cc", "1", "4"],
    ]


def test_predictions_are_compared_and_counted(tmp_path: Path) -> None:
    kept = [msgspec.structs.replace(mark, origin="prediction") for mark in MARKS]
    corpus = write_corpus(
        tmp_path,
        [MARKET],
        annotations=[
            annotation(MARKET, "annotator-aa", kept, predictions_shown="gazetteer 1"),
            annotation(MARKET, "annotator-bb", MARKS, predictions_shown="gazetteer 1"),
        ],
    )
    text = agree(corpus).stdout
    (numbers,) = [line for line in text.splitlines() if line.startswith("  annotations compared ")]
    assert numbers.split() == ["annotations", "compared", "2", "0"]
    assert "  of 4 mentions where predictions were shown: 2 kept as predicted, 0 changed, 2 made by hand" in text
    assert "  predictions of gazetteer 1 (2 annotations)" in text


def test_a_second_run_says_the_same_and_neither_writes(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert agree(corpus, "--json").stdout == agree(corpus, "--json").stdout
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--round", "9"], 2, "kliping: round 9: nobody annotated anything in it; choose one of 1\n"),
        (["--samples", "3"], 2, "3 is not in the range"),
        (["--round", "0"], 2, "0 is not in the range"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(tmp_path: Path, arguments: list[str], code: int, told: str) -> None:
    done = agree(toy(tmp_path), *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_without_numpy_the_extra_is_named(tmp_path: Path) -> None:
    toy(tmp_path)
    code = (
        "import sys; sys.modules['numpy'] = None; sys.argv = ['kliping', 'agree', '-C', sys.argv[1]];"
        "from kliping.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "kliping: measuring agreement needs numpy; install it with: pip install 'kliping[agree]'\n"


def test_no_address_and_no_nan_is_in_the_record(tmp_path: Path) -> None:
    text = agree(toy(tmp_path), "--json").stdout
    json.loads(text, parse_constant=pytest.fail)
    assert "@" not in text
