"""`kliping check` as people, machines and GitHub run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests import corpora
from tests.check.folder import SPLITS, Folder, good_corpus

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path

UNCHECKED = (
    "whether annotations name an annotator could not be checked: the corpus's pseudonym key is not here; give it as "
    "KLIPING_PSEUDONYM_KEY"
)
"""Of a corpus that was pulled with a key that this machine does not have."""

EXCEPTIONS = "corpus/exceptions.jsonl"
EXCEPTION = (
    '{"version":"%s","code":"%s","path":null,"reason":"before the rule","by":"maintainer","date":"2026-01-31",'
    '"until":"2026-12-31"}\n'
)
ABOUT = "an exception is about a rule that there is and a release on record"
MEND = "Correct the code or the version, or take the line out."
UNRELEASED = "9.0.0 is not in corpus/versions; only a release on record can have exceptions"


def kliping(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**known, "SOURCE_DATE_EPOCH": "1780272000", **variables},  # 2026-06-01
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return good_corpus(tmp_path / "toy")


@pytest.fixture
def wrong(folder: Folder) -> Folder:
    """A corpus with an exception for a release that there is not."""
    folder.write(EXCEPTIONS, (EXCEPTION % ("9.0.0", "E603")).encode())
    return folder


def test_a_good_corpus_exits_with_0_and_says_so(folder: Folder) -> None:
    done = kliping("check", "-C", folder.root)

    assert (done.returncode, done.stdout, done.stderr) == (0, f"no findings in the corpus toy\n{UNCHECKED}\n", "")


def test_findings_are_a_line_each_and_exit_with_1(wrong: Folder) -> None:
    done = kliping("check", "-C", wrong.root)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"{EXCEPTIONS}:1: E310 {UNRELEASED}",
        f"  E310: {ABOUT}. {MEND}",
        "",
        "1 finding in the corpus toy",
        "  level 3, references: 1",
        UNCHECKED,
    ]


def test_findings_of_all_levels_come_in_one_run_the_lowest_first(wrong: Folder) -> None:
    wrong.edit(SPLITS, lambda data: data[:-1])
    lines = kliping("check", wrong.root).stdout.splitlines()

    assert [line.partition(": ")[2][:4] for line in lines if line.startswith("corpus/")] == ["E103", "E310"]
    assert lines[-4:-1] == [
        "2 findings in the corpus toy",
        "  level 1, files and encoding: 1",
        "  level 3, references: 1",
    ]


@pytest.mark.parametrize("form", [("--json",), ("--format", "json"), ("--json", "--format", "json")])
def test_machines_get_the_same_findings_as_json(wrong: Folder, form: tuple[str, ...]) -> None:
    done = kliping("check", "-C", wrong.root, *form)

    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "kliping": "0.1.0",
        "checked": {"kind": "corpus", "name": "toy"},
        "since": None,
        "counts": {"3": 1},
        "notes": [UNCHECKED],
        "findings": [
            {
                "code": "E310",
                "level": 3,
                "path": EXCEPTIONS,
                "line": 1,
                "message": UNRELEASED,
                "excerpt": None,
                "rule": ABOUT,
                "mend": MEND,
            }
        ],
        "excepted": [],
    }


def test_github_gets_annotations_from_the_top_of_the_repository_and_a_summary(wrong: Folder) -> None:
    top = wrong.root.parent
    (top / ".git").mkdir()
    (top / "summary.md").write_text("of a step before\n", encoding="utf-8")
    summary = top / "summary.md"
    done = kliping("check", "-C", wrong.root, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"::error file=toy/{EXCEPTIONS},line=1,title=E310 {ABOUT}::{EXCEPTIONS}:1: {UNRELEASED}%0ATo mend it: {MEND}",
        "1 finding in the corpus toy",
        "  level 3, references: 1",
        UNCHECKED,
    ]
    assert summary.read_text(encoding="utf-8").splitlines()[:3] == [
        "of a step before",
        "### kliping check: 1 finding in the corpus toy",
        "",
    ]


def test_a_summary_that_cannot_be_written_is_a_wrong_call(folder: Folder, tmp_path: Path) -> None:
    done = kliping("check", "-C", folder.root, "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))

    assert done.returncode == 2
    assert done.stderr.endswith(": Is a directory; unset it, or name a file that can be written\n")


def test_only_what_changed_since_a_revision_fails(wrong: Folder) -> None:
    settings = ["-c", "user.name=Maintainer", "-c", "user.email=maintainer@example.org"]
    for words in (["init", "--quiet"], ["add", "--all"], [*settings, "commit", "--quiet", "--message", "a state"]):
        subprocess.run(["git", *words], cwd=wrong.root, check=True)
    old = kliping("check", "-C", wrong.root, "--since", "HEAD")
    wrong.edit(SPLITS, lambda data: data[:-1])
    new = kliping("check", "-C", wrong.root, "--since", "HEAD")

    assert (old.returncode, old.stdout.splitlines()) == (
        0,
        [
            "no findings in the corpus toy that HEAD does not have",
            "1 finding left out: HEAD has them too",
            UNCHECKED,
        ],
    )
    assert new.returncode == 1
    assert new.stdout.startswith(f"{SPLITS}:3: E103 ")
    assert "E310" not in new.stdout


def test_a_rule_is_explained_without_a_corpus(tmp_path: Path) -> None:
    done = kliping("check", "-C", tmp_path, "--explain", "e310")
    told = json.loads(kliping("check", "--explain", "E310", "--json").stdout)

    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"E310, level 3 (references): {ABOUT}")
    assert (told["code"], told["rule"], told["mend"], told["page"]) == (
        "E310",
        ABOUT,
        MEND,
        "docs/reference/findings.md#e310",
    )


WRONG_CALLS = {
    "two forms": (["--json", "--format", "github"], "--json and --format github: two forms; choose one"),
    "an unknown code": (["--explain", "E3122"], "'E3122' is no rule: did you mean E312"),
    "a rule and a folder": (
        ["--explain", "E310", "."],
        "--explain is about a rule; leave FOLDER, --since and --fix out",
    ),
    "no folder": (["nowhere"], "nowhere: no such folder; name a release, or leave it out to check the corpus"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_exits_with_2_and_a_sentence(arguments: list[str], said: str) -> None:
    done = kliping("check", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kliping: {said}")


@pytest.mark.parametrize("part", ["corpus", "annotations/pulled", "schema"])
def test_a_part_of_a_corpus_is_no_release(tmp_path: Path, part: str) -> None:
    good_corpus(tmp_path)
    done = kliping("check", tmp_path / part)

    assert done.returncode == 2
    assert "a part of the corpus toy; leave it out, and all of it is checked" in done.stderr


def test_a_folder_that_is_neither_corpus_nor_release_exits_with_2(tmp_path: Path) -> None:
    done = kliping("check", tmp_path)

    assert done.returncode == 2
    assert "no release: no manifest.json" in done.stderr


def test_a_reader_that_wants_no_more_is_no_error(folder: Folder) -> None:
    folder.write(EXCEPTIONS, "".join(EXCEPTION % ("9.0.0", f"E9{number:04}") for number in range(5000)).encode())
    command = [sys.executable, "-m", "kliping", "check", "--all", "-C", str(folder.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()

    assert first.startswith(b"corpus/exceptions.jsonl:1: E206 ")
    assert (running.returncode, said) == (1, b"")


def test_without_standard_output_the_exit_code_is_what_is_told(wrong: Folder) -> None:
    command = f"{sys.executable} -m kliping check -C '{wrong.root}' >&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (1, b"")


def test_what_a_terminal_s_charset_lacks_is_told_by_its_code(folder: Folder) -> None:
    folder.write("annotations/predictions/東京.jsonl", b"{\n")
    done = kliping("check", "-C", folder.root, PYTHONIOENCODING="ascii")

    assert done.returncode == 1
    assert done.stdout.startswith("annotations/predictions/\\u6771\\u4eac.jsonl:1: E104 ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["people", "json", "github"])
def test_a_file_whose_name_is_no_utf8_can_be_told(folder: Folder, form: str) -> None:
    place = os.fsencode(folder.root / "annotations/predictions") + b"/caf\xe9.jsonl"
    with open(place, "wb") as file:  # noqa: PTH123 — no Path takes bytes
        file.write(b"{\n")
    done = kliping("check", "-C", folder.root, "--format", form)

    assert (done.returncode, done.stderr) == (1, "")
    assert {"people": "caf<U+DCE9>.jsonl", "json": "caf\\\\udce9.jsonl", "github": "caf<U+DCE9>.jsonl"}[
        form
    ] in done.stdout


def released(folder: Folder) -> Path:
    """A release of the corpus, which is on record; that it is good is another test's."""
    corpus = Corpus.open(folder.root)
    return build_release(corpus, load_contract(corpus.schema), "0.1.0", corpora.UNCHECKED)[1]


def test_a_release_is_checked_with_the_exceptions_of_the_corpus_around_it(folder: Folder, tmp_path: Path) -> None:
    release = released(folder)
    (release / "notes.txt").write_text("later\n", encoding="utf-8")
    folder.write(EXCEPTIONS, (EXCEPTION % ("0.1.0", "E603")).encode())
    allowed = kliping("check", release)
    named = kliping("check", release.rename(tmp_path / release.name), "-C", folder.root)
    late = kliping("check", "-C", folder.root, SOURCE_DATE_EPOCH="1798761600")  # 2027-01-01

    assert (allowed.returncode, allowed.stdout) == (named.returncode, named.stdout)
    assert allowed.returncode == 0
    assert [line for line in allowed.stdout.splitlines() if not line.startswith("  notes.txt: E603 ")] == [
        "1 finding excepted by corpus/exceptions.jsonl:",
        "    line 1, maintainer on 2026-01-31 until 2026-12-31: before the rule",
        "",
        "no findings in the release toy-0.1.0",
    ]
    assert (late.returncode, late.stdout.splitlines()[0]) == (
        1,
        f"{EXCEPTIONS}:1: E311 ended on 2026-12-31; take the line out, or allow it anew",
    )


def test_a_release_without_its_manifest_exits_with_1(folder: Folder) -> None:
    release = released(folder)
    (release / "manifest.json").unlink()
    bad = kliping("check", release)
    since = kliping("check", release, "--since", "HEAD")

    assert bad.returncode == 1
    assert bad.stdout.startswith("manifest.json: E601 missing; get the release again\n")
    assert (since.returncode, since.stderr) == (
        2,
        "kliping: --since is for a corpus: a release never changes; leave it out\n",
    )
