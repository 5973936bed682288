"""What is wrong with a corpus is refused, all of it in one run, by the real command line; no folder appears."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.check.folder import ARTICLES, KEY, PULLED, Folder, good_corpus

from kliping.check import check_corpus, check_release
from kliping.contract import load_contract
from kliping.errors import DataError
from kliping.project import Corpus, Person, keep_names
from kliping.project.keys import keep_fingerprint
from kliping.release import Check, build_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.folder import Json

    Break = Callable[[Folder], None]


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return good_corpus(tmp_path_factory.mktemp("good") / "toy")


@pytest.fixture
def folder(good: Folder, tmp_path: Path) -> Folder:
    """A corpus that was released once, as far as its record says: to see that no record is touched."""
    place = Folder(shutil.copytree(good.root, tmp_path / "toy"))
    place.write("corpus/versions/.keep", b"")
    return place


def release(
    folder: Folder, preexec_fn: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    home = {"XDG_CONFIG_HOME": str(folder.root.parent / "config"), "KLIPING_PSEUDONYM_KEY": KEY.hex()}
    return subprocess.run(
        [sys.executable, "-m", "kliping", "release", "0.1.0"],
        cwd=folder.root, env={**os.environ, **home, **environment}, capture_output=True, text=True, check=False,
        preexec_fn=preexec_fn,
    )  # fmt: skip


def assert_nothing_appeared(folder: Folder) -> None:
    releases = folder.root / "releases"
    assert not releases.exists() or list(releases.iterdir()) == []
    assert [one.name for one in (folder.root / "corpus" / "versions").iterdir()] == [".keep"]


def a_span_outside_its_text(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, lambda one: one["entities"][0].update(start=9000, end=9018))


def a_label_of_another_contract(folder: Folder) -> None:
    folder.edit_line(PULLED, 1, lambda one: one["entities"][0].update(label="DISASTER"))


def no_stance(folder: Folder) -> None:
    folder.edit_line(PULLED, 2, lambda one: one["stances"][0].update(stance=None))


def a_stance_of_minus_one(folder: Folder) -> None:
    folder.edit_line(PULLED, 3, lambda one: one["stances"][0].update(stance=-1))


def an_unknown_article(folder: Folder) -> None:
    copied(folder, PULLED, 0, {"id": "unknown-annotator-cc-1", "article_id": "nowhere", "annotator": "annotator-cc"})


def a_changed_article(folder: Folder) -> None:
    copied(folder, PULLED, 0, {"id": "changed-annotator-dd-1", "annotator": "annotator-dd", "text_sha256": "0" * 64})


def a_duplicate_article(folder: Folder) -> None:
    copied(folder, ARTICLES, 0, {})


def a_duplicate_annotation(folder: Folder) -> None:
    copied(folder, PULLED, 1, {})


def an_address_in_a_comment(folder: Folder) -> None:
    folder.edit_line(PULLED, 1, lambda one: one.update(comment="tanya citra@pos.example"))


def an_annotators_name_in_a_comment(folder: Folder) -> None:
    name_citra(folder)
    folder.edit_line(PULLED, 0, lambda one: one.update(comment="menurut Citra Dewi ini benar"))


def name_citra(folder: Folder) -> None:
    keep_names(Corpus.open(folder.root), KEY, [Person("cdewi@pos.example", full_name="Citra Dewi")])


def copied(folder: Folder, path: str, number: int, changes: Json) -> None:
    folder.edit(path, lambda data: data + data.splitlines(keepends=True)[number])
    folder.edit_line(path, -1, lambda one: one.update(changes))


LABELS = "'PERSON', 'ORGANISATION', 'PLACE', 'EVENT', 'POLICY'"

BREAKS: dict[Break, str] = {
    a_span_outside_its_text: f"{PULLED}:1: E401",
    a_label_of_another_contract: f"{PULLED}:2: E203",
    no_stance: f"{PULLED}:3: E203",
    a_stance_of_minus_one: f"{PULLED}:4: E203",
    an_unknown_article: f"{PULLED}:5: E306",
    a_changed_article: f"{PULLED}:5: E306",
    a_duplicate_article: f"{ARTICLES}:4: E301",
    a_duplicate_annotation: f"{PULLED}:5: E301",
    an_address_in_a_comment: f"{PULLED}:2: E504",
    an_annotators_name_in_a_comment: f"{PULLED}:1: E517",
}
"""What is done to a good corpus, and a finding that it gives."""


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda one: one.__name__)
def test_it_is_refused_and_nothing_appears(folder: Folder, break_it: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", KEY.hex())
    break_it(folder)
    corpus = Corpus.open(folder.root)
    with pytest.raises(DataError) as refused:
        build_release(corpus, load_contract(corpus.schema), "0.1.0", Check(check_corpus, check_release))
    assert BREAKS[break_it] in [" ".join(line.split()[:2]) for line in str(refused.value).splitlines()]
    assert_nothing_appeared(folder)


def test_all_of_it_is_refused_in_one_run_of_the_command(folder: Folder) -> None:
    for break_it in BREAKS:
        break_it(folder)
    refused = release(folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    found = [line.removeprefix("kliping: ") for line in refused.stderr.splitlines()]
    assert [one.split("; ")[0] for one in found] == [
        "annotations/gold.jsonl:2: E508 the gold of market is not what adjudication gives",
        f"{PULLED}:1: E401 9000-9018 of ferry is '', not 'Rimbia Ferry Board'",
        f"{PULLED}:1: E517 a name that the server has for an annotator, in a field of its own",
        f"{PULLED}:2: E203 entities/0/label: 'DISASTER' is not one of {LABELS}",
        f"{PULLED}:2: E504 an e-mail address in a field of its own",
        f"{PULLED}:3: E203 stances/0/stance: None is not one of 'against', 'none', 'favor'",
        f"{PULLED}:4: E203 stances/0/stance: -1 is not one of 'against', 'none', 'favor'",
        f"{PULLED}:5: E306 nowhere: no such article in corpus/articles and corpus/revisions",
        f"{PULLED}:6: E306 ferry: no such text in corpus/articles and corpus/revisions",
        f"{PULLED}:7: E203 entities/0/label: 'DISASTER' is not one of {LABELS}",
        f"{PULLED}:7: E301 the annotation ferry-annotator-bb-1 is at {PULLED}:2 already",
        f"{PULLED}:7: E308 the annotation of annotator-bb on ferry in round 1 is at {PULLED}:2 already",
        f"{ARTICLES}:4: E301 the article market is at {ARTICLES}:1 already",
    ]
    assert all(len(one.split("; ")) == 2 for one in found)  # what is wrong; what to do
    assert_nothing_appeared(folder)


def test_without_the_key_it_is_said_that_names_were_not_looked_for(folder: Folder) -> None:
    an_annotators_name_in_a_comment(folder)
    keep_fingerprint(Corpus.open(folder.root), KEY)
    done = release(folder, KLIPING_PSEUDONYM_KEY="")
    assert done.returncode == 0
    assert (
        "whether annotations name an annotator could not be checked: the corpus's pseudonym key is not" in done.stdout
    )


@pytest.mark.parametrize("most", [600, 6_000, 20_000])
def test_a_disk_that_fills_is_a_sentence_and_nothing_appears(folder: Folder, most: int) -> None:
    """No file can grow beyond a size, as on a disk that is full: in the first table, and later."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    refused = release(folder, preexec_fn=no_room)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert refused.stderr.startswith("kliping: ")
    assert "File too large" in refused.stderr
    assert_nothing_appeared(folder)
    assert release(folder).returncode == 0


IN_A_SMALL_DISK = """
mkdir -p releases && mount -t tmpfs -o size=64k,mode=755 small releases || exit 99
"$0" -m kliping release 0.1.0
code=$?
ls -A releases
exit $code
"""


def test_a_small_disk_is_a_sentence_and_nothing_is_left_on_it(folder: Folder) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no unshare, which gives a mount of one's own")
    refused = subprocess.run(
        [unshare, "-rm", "sh", "-c", IN_A_SMALL_DISK, sys.executable],
        cwd=folder.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "unshare" in refused.stderr or refused.returncode == 99:
        pytest.skip("this machine gives no mount of one's own")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "No space left on device; nothing was half written" in refused.stderr
    assert_nothing_appeared(folder)


@pytest.mark.parametrize(
    ("command", "mark"), [("pull", "pull.unfinished"), ("normalise", "normalise/ready/surplus.json")]
)
def test_what_a_stopped_command_left_half_put_in_place_is_not_released(command: str, mark: str, folder: Folder) -> None:
    folder.write(f".kliping/{mark}", b"[]")
    refused = release(folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"kliping: toy: `kliping {command}` was stopped while it put files in their places; run it again, which "
        "finishes that, and then release\n"
    )
    assert_nothing_appeared(folder)
