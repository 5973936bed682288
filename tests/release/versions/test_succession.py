"""Which version may follow, on real small releases: each rule of the bump by a change that asks for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED, toy
from tests.release.versions.changed import CASES, in_split, more_articles, reworded

from kliping.contract import load_contract
from kliping.errors import CallError, DataError
from kliping.files import write_shards
from kliping.project import Corpus
from kliping.release import build_release, dry_run
from kliping.release.versions.changes import RULES
from kliping.release.versions.record import recorded_versions

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Receipt
    from kliping.release.versions.succession import Succession


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = toy(tmp_path_factory.mktemp("first"))
    build(corpus, "0.1.0")
    return corpus


@pytest.fixture
def corpus(first: Corpus, tmp_path: Path) -> Corpus:
    """The toy corpus with its 0.1.0, to be changed."""
    shutil.copytree(first.root, tmp_path / "corpus")
    return Corpus.open(tmp_path / "corpus")


def build(corpus: Corpus, version: str) -> Receipt:
    return build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)[0]


def tried(corpus: Corpus, version: str | None = None) -> Succession:
    with dry_run(corpus, load_contract(corpus.schema), version, UNCHECKED) as succession:
        return succession


def test_every_kind_of_change_has_a_case() -> None:
    assert {kind for case in CASES.values() for kind in case.counts} == set(RULES)


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_told_as_what_it_is_and_asks_for_its_bump(corpus: Corpus, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    if case.before is not None:
        corpus = toy(tmp_path / "before")
        case.before(corpus)
        build(corpus, "0.1.0")
    case.change(corpus)
    found = tried(corpus)
    assert found.difference is not None
    assert dict(found.difference.counts) == dict(case.counts)
    assert found.smallest == found.new.head.version == case.smallest


def test_a_version_that_says_too_little_is_refused_with_every_reason_and_nothing_is_left(corpus: Corpus) -> None:
    more_articles(corpus)
    in_split("dike", "test")(corpus)
    in_split("fish", "test")(corpus)
    with pytest.raises(DataError) as caught:
        build(corpus, "0.1.1")
    moved = "major: 2 articles moved to another split (dike, fish): what a model learnt would test it"
    assert str(caught.value).splitlines() == [
        f"0.1.1 is too little after 0.1.0: {moved}",
        "0.1.1 is too little after 0.1.0: minor: 1 article added (quay): there is more, and what was there stays",
        "choose 1.0.0 or later",
    ]
    with pytest.raises(DataError, match=r"^0\.2\.0 is too little .*: major: .*\nchoose 1\.0\.0 or later$"):
        build(corpus, "0.2.0")
    assert [path.name for path in corpus.releases.iterdir()] == ["toy-0.1.0"]
    assert recorded_versions(corpus) == ["0.1.0"]


@pytest.mark.parametrize("version", ["0.2.0", "0.3.1", "1.0.0"])
def test_what_is_needed_or_more_is_allowed_and_the_receipt_says_what_changed(corpus: Corpus, version: str) -> None:
    more_articles(corpus)
    assert build(corpus, version).notes[0] == "minor: 1 article added since 0.1.0"


def test_a_correction_may_not_take_the_version_that_is_there(corpus: Corpus) -> None:
    reworded(corpus)
    with pytest.raises(DataError, match="released with other content"):
        build(corpus, "0.1.0")
    assert build(corpus, "0.1.1").notes[0] == "patch: 1 change beside the rows since 0.1.0"


@pytest.mark.parametrize("version", ["0.0.1", "3.2.1"])
def test_a_first_release_may_have_any_version(tmp_path: Path, version: str) -> None:
    assert build(toy(tmp_path), version).changes == 2


def test_the_same_content_again_is_no_change_also_after_later_versions(corpus: Corpus) -> None:
    guidelines = corpus.annotation_folder / "guidelines.md"
    before = guidelines.read_bytes()
    reworded(corpus)
    build(corpus, "0.1.1")
    guidelines.write_bytes(before)
    again = build(corpus, "0.1.0")
    assert (again.changes, again.notes[:-1]) == (0, ())


def test_a_version_below_another_is_compared_with_the_one_before_it_and_says_so(corpus: Corpus) -> None:
    more_articles(corpus)
    build(corpus, "0.2.0")
    reworded(corpus)
    with pytest.raises(DataError) as caught:
        build(corpus, "0.1.1")
    assert str(caught.value).splitlines()[-1] == (
        "no version between 0.1.0 and 0.2.0 may hold this, and 0.2.0 is released already; choose one above the newest: "
        "`kliping release --dry-run` tells which"
    )
    write_shards(corpus.corpus / "articles", [one for one in corpus.articles() if one.id != "quay"])
    assert build(corpus, "0.1.1").notes[:2] == (
        "patch: 1 change beside the rows since 0.1.0",
        "0.2.0 was released before it, and was not compared with it: this one mends an older line",
    )
    assert tried(corpus).smallest == "1.0.0"


def test_a_changelog_that_says_nothing_of_a_version_is_noted(corpus: Corpus) -> None:
    reworded(corpus)
    (corpus.corpus / "CHANGELOG.md").write_text("# Changes\n\n## 0.1.0\n\nThe first.\n")
    assert "corpus/CHANGELOG.md has no section 0.1.1" in build(corpus, "0.1.1").notes[-2]
    more_articles(corpus)
    (corpus.corpus / "CHANGELOG.md").write_text("# Changes\n\n## 0.2.0\n\nAn article.\n\n## 0.1.0\n\nThe first.\n")
    assert build(corpus, "0.2.0").notes[:-1] == ("minor: 1 article added since 0.1.1",)


def test_a_corpus_with_another_name_is_no_later_version(corpus: Corpus) -> None:
    path = corpus.root / "pyproject.toml"
    path.write_text(path.read_text().replace('name = "toy"', 'name = "game"'))
    with pytest.raises(CallError, match=r"toy 0\.1\.0 and game 0\.2\.0 are of different corpora"):
        build(Corpus.open(corpus.root), "0.2.0")


def test_a_damaged_record_of_the_version_before_keeps_a_release_from_being_compared(corpus: Corpus) -> None:
    lines = corpus.corpus / "versions" / "0.1.0.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b"against", b"favor"))
    with pytest.raises(DataError, match=r"0\.1\.0\.jsonl: differs from what its head says; restore it with git"):
        build(corpus, "0.2.0")
    lines.unlink()
    with pytest.raises(DataError, match=r"0\.1\.0\.jsonl: missing; restore it with git"):
        build(corpus, "0.2.0")


def test_a_dry_run_leaves_nothing(corpus: Corpus) -> None:
    more_articles(corpus)
    before = sorted(corpus.root.rglob("*"))
    assert tried(corpus, "0.1.1").smallest == "0.2.0"
    assert sorted(corpus.root.rglob("*")) == before
    shutil.rmtree(corpus.releases)
    with pytest.raises(RuntimeError), dry_run(corpus, load_contract(corpus.schema), None, UNCHECKED):
        raise RuntimeError
    assert not corpus.releases.exists()


def test_a_dry_run_before_any_release_has_nothing_to_compare_with(tmp_path: Path) -> None:
    found = tried(toy(tmp_path))
    assert (found.old, found.difference, found.new.head.version) == (None, None, "0.1.0")
    found.refuse()


def test_a_date_or_a_section_of_the_version_alone_is_no_change_of_the_corpus(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    changelog = corpus.corpus / "CHANGELOG.md"
    changelog.write_text("# Changes\n\n## 0.1.0 - 2026-11-25\n\nThe first.\n")
    build(corpus, "0.1.0")
    found = tried(corpus)
    assert found.difference is not None
    assert (found.difference.changes, found.smallest) == (0, "0.1.1")
    changelog.write_text("# Changes\n\n## 0.1.1 - 2026-11-26\n\nNothing.\n\n## 0.1.0 - 2026-11-25\n\nThe first.\n")
    assert build(corpus, "0.1.1").notes[0] == "patch: nothing changed since 0.1.0"
    changelog.write_text(changelog.read_text().replace("The first.", "The very first."))
    assert tried(corpus).difference.counts == {"inputs_changed": 1}  # type: ignore[union-attr]


def test_a_version_below_all_others_mends_no_line(corpus: Corpus) -> None:
    assert build(corpus, "0.0.9").notes[0] == (
        "0.1.0 was released before it, and was not compared with it: there is no older one to compare with"
    )
