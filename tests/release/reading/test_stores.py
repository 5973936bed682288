from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from kliping.errors import CallError, DataError, ServerError
from kliping.release.reading.stores import find_release

COMMITS = {"0.1.0": "1" * 40, "0.2.0": "2" * 40}


def put(store: Path, released: Path, version: str, *, says: str | None = None, rows: int | None = None) -> Path:
    """A release by its manifest alone: what is found is verified by others."""
    folder = store / f"toy-{version}"
    folder.mkdir(parents=True)
    held = json.loads((released / "manifest.json").read_bytes()) | {"version": says or version}
    if rows is not None:
        held["configs"]["stances"]["test"]["rows"] = rows
    (folder / "manifest.json").write_text(json.dumps(held))
    return folder


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is in no corpus."""
    monkeypatch.delenv("KLIPING_RELEASES", raising=False)
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    return tmp_path / "away"


def test_a_name_is_found_in_the_releases_of_the_corpus_above(
    released: Path, toy_corpus: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert toy_corpus
    monkeypatch.chdir(released.parent)
    assert find_release("toy") == released
    assert find_release("toy", "0.1.0") == released


def test_without_a_version_the_newest_of_all_stores_is_meant_as_numbers(
    released: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(away / "one", released, "0.9.0")
    put(away / "two", released, "0.10.0")
    (away / "two" / ".toy-0.11.0.77").mkdir()
    (away / "two" / "toy-0.12.0").mkdir()  # no manifest
    put(away / "two", released, "0.13.0-rc1", says="0.13.0")
    monkeypatch.setenv("KLIPING_RELEASES", f"{away}/one{os.pathsep}{away}/two")
    assert find_release("toy").name == "toy-0.10.0"
    assert find_release("toy", "0.9.0") == away / "one" / "toy-0.9.0"


def test_a_name_or_version_that_is_not_there_is_told_with_what_is(
    released: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CallError, match="no release of that name, and no such folder; searched: nowhere: there is no "):
        find_release("toy")
    put(away / "one", released, "0.9.0")
    monkeypatch.setenv("KLIPING_RELEASES", str(away / "one"))
    with pytest.raises(CallError, match=r"toy: no version 0\.8\.0; there is 0\.9\.0; searched: "):
        find_release("toy", "0.8.0")
    with pytest.raises(CallError, match="to: no release of that name"):
        find_release("to")


def test_one_version_with_other_rows_in_two_stores_is_refused(
    released: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = put(away / "one", released, "0.9.0"), put(away / "two", released, "0.9.0")
    monkeypatch.setenv("KLIPING_RELEASES", f"{away}/one{os.pathsep}{away}/two")
    assert find_release("toy") == first
    shutil.rmtree(second)
    put(away / "two", released, "0.9.0", rows=7)
    with pytest.raises(DataError, match="are the same version with other rows; name the folder that is right"):
        find_release("toy")


def test_a_folder_under_the_name_of_another_version_is_refused(
    released: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(away / "one", released, "0.9.0", says="0.8.0")
    monkeypatch.setenv("KLIPING_RELEASES", str(away / "one"))
    with pytest.raises(DataError, match=r"by its manifest it is toy 0\.8\.0; give the folder its own name"):
        find_release("toy", "0.9.0")


def test_a_folder_wins_over_a_name_and_must_hold_the_version(
    released: Path, away: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(away / "one", released, "0.9.0")
    monkeypatch.setenv("KLIPING_RELEASES", str(away / "one"))
    put(away, released, "0.3.0").rename(away / "toy")
    assert find_release("toy") == Path("toy")
    with pytest.raises(DataError, match=r"toy: holds version 0\.3\.0 of toy, not 0\.9\.0"):
        find_release("toy", "0.9.0")
    (away / "toy" / "manifest.json").unlink()  # a corpus may lie in a folder of its own name
    assert find_release("toy").name == "toy-0.9.0"


@pytest.mark.parametrize("place", ["./toy", "~/nowhere/toy", "/nowhere/toy", "a/b/c", Path("toy")])
def test_a_path_that_is_not_there_is_no_name(away: Path, place: str | Path) -> None:
    assert away
    with pytest.raises(CallError, match="no such folder; name the folder that `kliping release` made"):
        find_release(place)


def test_a_folder_that_is_no_release_is_said_so(away: Path) -> None:
    (away / "corpora" / "toy").mkdir(parents=True)
    with pytest.raises(CallError, match=r"corpora/toy: no release: no manifest\.json"):
        find_release("corpora/toy")


def test_a_version_with_a_v_is_said_so(released: Path) -> None:
    with pytest.raises(CallError, match=r"'v0\.1\.0' is no version: write MAJOR\.MINOR\.PATCH without v"):
        find_release(released, "v0.1.0")


@pytest.fixture
def hub(released: Path, away: Path, monkeypatch: pytest.MonkeyPatch, datasets: object) -> Path:
    """The hub's cache with two versions of desa/toy, laid out by hand: it stands in for two downloads."""
    assert datasets
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(away / "hub"))
    repository = away / "hub" / "datasets--desa--toy"
    for version, commit in COMMITS.items():
        put(repository / "snapshots", released, version).rename(repository / "snapshots" / commit)
        (repository / "refs").mkdir(exist_ok=True)
        (repository / "refs" / f"v{version}").write_text(commit)
    (repository / "refs" / "main").write_text(COMMITS["0.2.0"])
    return repository


def test_offline_a_version_of_the_hub_is_that_version(hub: Path) -> None:
    assert find_release("desa/toy", "0.1.0") == hub / "snapshots" / COMMITS["0.1.0"]
    assert find_release("desa/toy") == hub / "snapshots" / COMMITS["0.2.0"]


def test_a_tag_that_was_moved_to_another_version_is_refused(hub: Path) -> None:
    (hub / "refs" / "v0.1.0").write_text(COMMITS["0.2.0"])
    with pytest.raises(DataError, match=r"holds version 0\.2\.0 of toy, not 0\.1\.0"):
        find_release("desa/toy", "0.1.0")


def test_offline_a_version_that_was_never_fetched_is_said_so(hub: Path) -> None:
    assert hub
    with pytest.raises(ServerError, match=r"v0\.3\.0 of desa/toy on the hub: .* was never fetched to this machine"):
        find_release("desa/toy", "0.3.0")


def test_a_file_is_no_dataset_of_the_hub(away: Path) -> None:
    (away / "one").mkdir()
    (away / "one" / "README.md").touch()
    with pytest.raises(CallError, match=r"^one/README\.md: no such folder; name the folder that "):
        find_release("one/README.md")
