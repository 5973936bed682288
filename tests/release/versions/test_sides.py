"""A release folder tells the same as what its build recorded, and a fresh clone needs no Parquet."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import UNCHECKED, article, placed, toy
from tests.release.versions.changed import in_gold, in_split, more_articles, more_gold, moved

from kliping.contract import load_contract, violations
from kliping.errors import CallError, DataError
from kliping.files import encode_lines, write_bytes, write_lines
from kliping.project import Corpus
from kliping.release import build_release
from kliping.release.manifest import digest_of
from kliping.release.tables import parquet
from kliping.release.versions.derived import read_titles
from kliping.release.versions.difference import article_differences, compare
from kliping.release.versions.record import held_path, recorded_versions
from kliping.release.versions.sides import folder_side, recorded_side

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract


@pytest.fixture(scope="session")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The toy corpus as 0.1.0, and as 1.0.0 with an article, gold, a moved split and a moved mention more."""
    corpus = toy(tmp_path_factory.mktemp("twice"))
    for version in ("0.1.0", "1.0.0"):
        build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)
        if version == "0.1.0":
            for change in (more_articles, more_gold("dike"), in_split("fish", "test"), in_gold("market", moved)):
                change(corpus)
    return corpus


@pytest.mark.parametrize("version", ["0.1.0", "1.0.0"])
def test_a_folder_gives_the_lines_and_the_head_that_its_build_recorded(twice: Corpus, version: str) -> None:
    recorded = recorded_side(twice, version)
    folder = folder_side(twice.releases / f"toy-{version}")
    assert encode_lines(folder.held()) == held_path(twice, version).read_bytes()
    assert folder.head == recorded.head


def test_a_folder_is_read_in_order_across_files_groups_and_splits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = toy(tmp_path)
    more = [article(f"fish-{number:02}", f"Boat {number}", f"Boat {number} came home.") for number in range(12)]
    write_lines(corpus.corpus / "articles" / "00001.jsonl", more)
    splits = [placed(one, "test" if number % 3 else "train") for number, one in enumerate(more)]
    write_bytes(corpus.corpus / "splits.jsonl", encode_lines([*corpus.splits(), *splits]))
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    monkeypatch.setattr(parquet.TableWriter.__init__, "__kwdefaults__", {"shard_rows": 4})
    _, folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    assert len(list((folder / "articles").glob("test-*.parquet"))) == 3
    found = list(folder_side(folder).held())
    assert [one.id for one in found] == sorted(one.id for one in found)
    assert encode_lines(found) == held_path(corpus, "0.1.0").read_bytes()


def test_lines_that_are_held_keep_their_schema(twice: Corpus, contract: Contract) -> None:
    for held in recorded_side(twice, "1.0.0").held():
        assert list(violations(contract, "held", msgspec.json.decode(msgspec.json.encode(held)))) == []


def test_two_folders_differ_as_their_versions_do(twice: Corpus) -> None:
    versions = [recorded_side(twice, version) for version in ("0.1.0", "1.0.0")]
    folders = [folder_side(twice.releases / f"toy-{version}") for version in ("0.1.0", "1.0.0")]
    found = compare(versions[0], versions[1], None)
    assert found == compare(folders[0], folders[1], None) == compare(versions[0], folders[1], None)
    assert dict(found.counts) == {"article_moved": 1, "article_added": 1, "newly_gold": 1, "mention_moved": 1}
    assert list(article_differences(*versions)) == list(article_differences(*folders))


def test_a_fresh_clone_compares_without_a_release_folder(twice: Corpus, tmp_path: Path) -> None:
    shutil.copytree(twice.root, tmp_path / "clone", ignore=shutil.ignore_patterns("releases"))
    clone = Corpus.open(tmp_path / "clone")
    old, new = (recorded_side(clone, version) for version in recorded_versions(clone))
    assert old.folder is new.folder is None
    assert compare(old, new).counts["mention_moved"] == 1


def test_a_version_or_a_folder_against_itself_is_no_change(twice: Corpus) -> None:
    version, folder = recorded_side(twice, "1.0.0"), folder_side(twice.releases / "toy-1.0.0")
    for one, other in ((version, version), (folder, folder), (version, folder)):
        found = compare(one, other)
        assert (found.changes, found.level) == (0, None)


def test_few_examples_are_kept_and_all_are_counted(twice: Corpus) -> None:
    old, new = (recorded_side(twice, version) for version in ("0.1.0", "1.0.0"))
    assert compare(old, new, most=0).examples == {}
    assert {len(found) for found in compare(old, new, most=1).examples.values()} == {1}


def test_titles_are_read_for_those_that_are_named(twice: Corpus) -> None:
    assert read_titles(twice.releases / "toy-1.0.0", frozenset({"fish", "nobody"})) == {"fish": "Fish prices"}
    assert read_titles(twice.releases / "toy-1.0.0", frozenset()) == {}


def test_a_version_that_was_never_released_is_a_wrong_call_that_names_the_others(twice: Corpus) -> None:
    with pytest.raises(CallError, match=r"^0\.9\.0: never released .*: 0\.1\.0, 1\.0\.0$"):
        recorded_side(twice, "0.9.0")


def test_a_damaged_folder_is_not_compared(twice: Corpus, tmp_path: Path) -> None:
    shutil.copytree(twice.releases / "toy-0.1.0", tmp_path / "toy-0.1.0")
    (tmp_path / "toy-0.1.0" / "LICENSE").unlink()
    with pytest.raises(DataError, match="LICENSE: E602 is in the manifest and is not here"):
        folder_side(tmp_path / "toy-0.1.0")
    with pytest.raises(CallError, match="no release"):
        folder_side(tmp_path)


@pytest.mark.parametrize(
    ("configs", "said"),
    [({"../articles": {}, "articles": {}}, r"names \.\./articles, no table of its schema"), ({}, "names no articles")],
)
def test_a_manifest_of_other_tables_is_not_compared(
    twice: Corpus, tmp_path: Path, configs: dict[str, object], said: str
) -> None:
    folder = tmp_path / "toy-0.1.0"
    shutil.copytree(twice.releases / "toy-0.1.0", folder)
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes()) | {"configs": configs}
    (folder / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    with pytest.raises(DataError, match=rf"manifest\.json: {said}; get the release again"):
        folder_side(folder)


def test_lines_out_of_order_are_told_even_where_the_head_was_made_to_fit(twice: Corpus, tmp_path: Path) -> None:
    shutil.copytree(twice.root / "corpus", tmp_path / "corpus")
    corpus = Corpus(tmp_path, twice.settings)
    lines, head = held_path(corpus, "0.1.0"), tmp_path / "corpus" / "versions" / "0.1.0.json"
    before = digest_of(lines)
    lines.write_bytes(b"".join(reversed(lines.read_bytes().splitlines(keepends=True))))
    head.write_text(head.read_text().replace(before, digest_of(lines)))
    with pytest.raises(DataError, match=r"0\.1\.0\.jsonl:2: lamps comes after market; restore the file with git"):
        list(recorded_side(corpus, "0.1.0").held())
