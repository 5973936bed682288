from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.contract.starter import starter_files
from kliping.errors import CallError
from kliping.files import encode_lines, write_bytes
from kliping.normaliser.raw import Raw
from kliping.normaliser.run.lookup import look_up
from kliping.project import Corpus
from kliping.records import Duplicate, SourceEntry

if TYPE_CHECKING:
    from pathlib import Path

PYPROJECT = """
[tool.kliping]
name = "quay"
[tool.kliping.sources."kabar"]
min_length = 7
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Two raw files, one of them listed with an alias and a duplicate."""
    root = tmp_path / "quay"
    for name, data in starter_files("quay", "id").items():
        write_bytes(root / name, data)
    write_bytes(root / "pyproject.toml", PYPROJECT.encode())
    for name in ("kabar/1.txt", "kabar/2.txt", "3.txt"):
        write_bytes(root / "corpus/raw" / name, name.encode())
    entry = SourceEntry(
        id="aaaa", aliases=("bbbb",), path="kabar/1.txt", sha256="0" * 64, media_type="text/plain", url=None,
        retrieved=None, licence=None, rights_holder=None, duplicates=(Duplicate("kabar/2.txt", "0" * 64),),
    )  # fmt: skip
    gone = SourceEntry(
        id="cccc", aliases=(), path="gone.txt", sha256="0" * 64, media_type="text/plain", url=None, retrieved=None,
        licence=None, rights_holder=None, duplicates=(),
    )  # fmt: skip
    write_bytes(root / "corpus/sources.jsonl", encode_lines([entry, gone]))
    return Corpus.open(root)


def found(name: str, corpus: Corpus | None) -> tuple[str | None, int | None, str | None]:
    """The input's path, the least length that its source asks, and its id."""
    one = look_up(name, corpus)
    assert isinstance(one.raw, Raw)
    return one.raw.path, one.treatment.reading.min_length if one.treatment else None, one.id


def test_a_file_on_disk_is_read_as_its_corpus_says(corpus: Corpus) -> None:
    assert found(str(corpus.raw / "kabar/1.txt"), corpus) == ("kabar/1.txt", 7, "aaaa")
    assert found(str(corpus.raw / "3.txt"), None) == ("3.txt", 100, None)


def test_a_file_elsewhere_is_in_no_corpus(corpus: Corpus, tmp_path: Path) -> None:
    write_bytes(tmp_path / "apart.txt", b"x")
    write_bytes(corpus.root / "beside.txt", b"x")
    assert found(str(tmp_path / "apart.txt"), corpus) == ("apart.txt", None, None)
    assert found(str(corpus.root / "beside.txt"), corpus) == ("beside.txt", None, None)


@pytest.mark.parametrize("name", ["kabar/1.txt", "aaaa", "bbbb"])
def test_a_path_an_id_and_an_alias_name_the_same_input(corpus: Corpus, name: str) -> None:
    assert found(name, corpus) == ("kabar/1.txt", 7, "aaaa")


def test_a_duplicate_is_known_by_the_id_that_it_is_listed_with(corpus: Corpus) -> None:
    assert found("kabar/2.txt", corpus) == ("kabar/2.txt", 7, "aaaa")


def test_a_file_of_the_working_folder_comes_before_an_id(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bytes(tmp_path / "aaaa", b"x")
    monkeypatch.chdir(tmp_path)
    assert found("aaaa", corpus) == ("aaaa", None, None)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("kabar/9.txt", "kabar/9.txt: no such file, no raw file of quay, and no id in its corpus/sources.jsonl"),
        ("../../apart.txt", "../../apart.txt: no such file, no raw file of quay"),
        ("cccc", "cccc: its raw file gone.txt is no longer in"),
        ("3.txt/17", "3.txt/17: there is no such input in 3.txt"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(corpus: Corpus, name: str, sentence: str) -> None:
    write_bytes(corpus.root / "apart.txt", b"x")
    with pytest.raises(CallError) as told:
        look_up(name, corpus)
    assert str(told.value).startswith(sentence)


def test_a_folder_and_a_lost_name_are_told_outside_of_a_corpus(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="is a folder; name one file in it"):
        look_up(str(tmp_path), None)
    with pytest.raises(CallError, match="no such file; to name an article by its id, go to its corpus"):
        look_up(str(tmp_path / "x"), None)
