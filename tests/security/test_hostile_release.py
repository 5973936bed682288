"""A release folder from anybody: nothing outside of it is opened, nothing in it is run, and nothing is waited for."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.corpora import UNCHECKED, toy
from tests.security.test_handed_over_corpus import kliping
from tests.security.test_server_answers import listening

import kliping as library
from kliping.check import check_release
from kliping.contract import load_contract
from kliping.errors import DataError, KlipingError
from kliping.release import build_release
from kliping.release.manifest import MANIFEST, Manifest, encode, file_entries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECRET = "opensesame-of-this-machine"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    corpus = toy(tmp_path_factory.mktemp("toy"))
    return build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)[1]


@pytest.fixture
def release(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / built.name)


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`datasets`, offline and with a cache of its own."""
    pytest.importorskip("datasets", reason="the extra load is not installed")
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "hf")


def sign(release: Path) -> None:
    """Make the manifest anew, as who changes files can: all that it lists is then as it says."""
    manifest = msgspec.json.decode((release / MANIFEST).read_bytes(), type=Manifest)
    (release / MANIFEST).write_bytes(encode(msgspec.structs.replace(manifest, files=file_entries(release))))


def edit_card(release: Path, old: str, new: str) -> None:
    card = release / "README.md"
    text = card.read_text(encoding="utf-8")
    assert old in text
    card.write_text(text.replace(old, new, 1), encoding="utf-8")
    sign(release)


def table(release: Path) -> str:
    return next(release.glob("articles/train-*.parquet")).relative_to(release).as_posix()


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def link(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/etc/hostname")


def sparse(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(2**40)


READ = ("manifest.json", "README.md", "croissant.json", "CITATION.cff", "guidelines.md", "LICENSE",
        "schema/corpus.schema.json", "schema/release.schema.json", "plots/labels.svg")  # fmt: skip


@pytest.mark.parametrize("make", [pipe, link, sparse])
@pytest.mark.parametrize("file", READ)
def test_what_is_no_file_of_the_folder_is_told_and_nothing_is_opened(
    release: Path, file: str, make: Callable[[Path], None]
) -> None:
    make(release / file)
    (found,) = check_release(release)
    assert (found.code, found.path) == ("E109", file)


@pytest.mark.parametrize("make", [pipe, link])
def test_a_table_that_is_no_file_is_not_opened(release: Path, make: Callable[[Path], None]) -> None:
    make(release / table(release))
    assert [one.code for one in check_release(release)] == ["E109"]


def test_a_socket_and_a_folder_that_is_a_link_are_told(release: Path, tmp_path: Path) -> None:
    shutil.move(release / "entities", tmp_path / "entities")
    (release / "entities").symlink_to(tmp_path / "entities")
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(release, os.O_RDONLY)
        made.bind(f"/proc/self/fd/{here}/s")
        os.close(here)
    assert [(one.code, one.path) for one in check_release(release)] == [("E109", "entities"), ("E109", "s")]


def test_a_link_within_the_folder_is_told_too(release: Path) -> None:
    (release / "LICENSE").unlink()
    (release / "LICENSE").symlink_to("guidelines.md")
    assert [one.code for one in check_release(release)] == ["E109"]


@pytest.mark.parametrize("name", ["manifest.json", "croissant.json", "README.md", "CITATION.cff"])
@pytest.mark.parametrize(
    "words", ["[" * 100_000, "{" * 100_000, '{"a":' * 100_000, "---\n" + "[" * 100_000 + "\n---\n"]
)
def test_what_is_nested_without_end_is_a_finding(
    release: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    (release / name).write_text(words)
    assert check_release(release, load=False)
    assert kliping(monkeypatch, "verify", str(release)) == 1


def test_an_alias_that_unfolds_to_billions_takes_no_time(release: Path) -> None:
    rows = [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 12)]
    laughs = "\n".join(['a0: &a0 ["lol"]', *rows])
    card = release / "README.md"
    card.write_text(card.read_text(encoding="utf-8").replace("---\n", f"---\n{laughs}\n", 1), encoding="utf-8")
    assert {one.code for one in check_release(release)} >= {"E602", "E631", "E690"}


def test_a_yaml_that_would_make_an_object_makes_none(release: Path, tmp_path: Path) -> None:
    order = f"!!python/object/apply:os.system ['touch {tmp_path / 'ran'}']"
    for name in ("README.md", "CITATION.cff"):
        text = (release / name).read_text(encoding="utf-8")
        head, first = ("---\n", "---\n") if text.startswith("---\n") else ("", "")
        (release / name).write_text(f"{first}order: {order}\n{text.removeprefix(head)}", encoding="utf-8")
    sign(release)
    assert check_release(release)
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("script", ["{name}.py", "articles.py", "articles/articles.py"])
def test_a_script_in_the_folder_is_never_run(release: Path, tmp_path: Path, script: str) -> None:
    order = f"import pathlib; pathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
    (release / script.format(name=release.name)).write_text(order)
    sign(release)
    check_release(release)
    with suppress(KlipingError):
        library.load(release)
    assert not (tmp_path / "ran").exists()


class Order:
    """What runs something when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


@pytest.mark.usefixtures("offline")
def test_a_pickle_in_a_tables_place_is_never_read_as_one(release: Path, tmp_path: Path) -> None:
    (release / table(release)).write_bytes(pickle.dumps(Order(tmp_path / "ran")))
    sign(release)
    assert check_release(release)
    with pytest.raises(Exception, match=r".") as caught:
        library.load(release)
    del caught
    assert not (tmp_path / "ran").exists()


@pytest.mark.usefixtures("offline")
def test_a_card_that_names_files_elsewhere_loads_none(release: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"id\n{SECRET}\n")
    listed = table(release)
    whole = (release / "README.md").read_bytes()
    with listening() as (url, got):
        for path in ("../secret.csv", "articles/*", "hf://datasets/a/b/c.csv", str(secret), f"{url}/x.csv"):
            (release / "README.md").write_bytes(whole)
            edit_card(release, listed, path)
            with pytest.raises(DataError, match="no table of the release"):
                library.load(release)
        found = check_release(release)  # of the last: each takes a process with `datasets` in it
        assert [one.message for one in found if one.code == "E690" and "no table of the release" in one.message]
        assert not any(SECRET in one.message for one in found)
        assert got == []


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", [".huggingface.yaml", "dataset_infos.json", "dataset_dict.json", "state.json"])
def test_a_file_that_would_overrule_the_card_is_refused(release: Path, name: str) -> None:
    (release / name).write_text("{}")
    sign(release)
    with pytest.raises(DataError, match="would steer what is loaded"):
        library.load(release)


def test_files_that_croissant_names_elsewhere_are_told_and_not_opened(release: Path) -> None:
    listed = table(release)
    whole = (release / "croissant.json").read_text(encoding="utf-8")
    with listening() as (url, got):
        for path in (f"{url}/x.parquet", "file:///etc/hostname", "../../etc/hostname"):
            changed = whole.replace(f'"contentUrl": "{listed}"', f'"contentUrl": "{path}"')
            assert changed != whole
            (release / "croissant.json").write_text(changed, encoding="utf-8")
            sign(release)
            assert "E643" in {one.code for one in check_release(release, load=False)}
        assert got == []


def test_a_manifest_that_names_files_elsewhere_opens_none(release: Path, tmp_path: Path) -> None:
    pipe(tmp_path / "waits")  # to open it would never end
    text = (release / MANIFEST).read_text(encoding="utf-8")
    for name in ("../waits", str(tmp_path / "waits"), "a/../../waits"):
        (release / MANIFEST).write_text(text.replace('"LICENSE"', f'"{name}"'), encoding="utf-8")
        found = check_release(release, load=False)
        assert any("not inside the release" in one.message for one in found)


def test_a_table_with_another_number_of_rows_than_its_footer_says_is_a_finding(release: Path) -> None:
    path = release / table(release)
    whole = path.read_bytes()
    length = int.from_bytes(whole[-8:-4], "little")
    for at in range(len(whole) - 8 - length, len(whole) - 8, length // 8):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x7F]) + whole[at + 1 :])
        assert check_release(release, load=False)


def test_a_table_that_unpacks_to_far_more_than_its_size_is_not_unpacked_at_once(release: Path) -> None:
    """Thousands of equal rows in one row group: 200 are read at a time."""
    path = release / table(release)
    schema = parquet.read_schema(path)
    first = parquet.read_table(path).slice(0, 1)
    rows = pa.concat_tables([first] * 3_000).cast(schema).combine_chunks()
    parquet.write_table(rows, path, compression="zstd", row_group_size=3_000)
    before = pa.total_allocated_bytes()
    assert {"E602", "E613"} <= {one.code for one in check_release(release, load=False)}
    assert pa.total_allocated_bytes() - before < 50 * 2**20
