"""What the files of a corpus say of each article, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kliping.project.dossiers import Files, dossiers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def write(path: Path, key: str, names: Sequence[str]) -> Files:
    path.write_text("".join(json.dumps({"at": at, key: name}) + "\n" for at, name in enumerate(names)))
    return Files([path], key)


def seen(kinds: Mapping[str, Files]) -> dict[str, dict[str, list[int]]]:
    """The `at` of each line, by article and kind."""
    return {
        one.id: {kind: [json.loads(line.data)["at"] for line in lines] for kind, lines in one.lines.items()}
        for one in dossiers(kinds)
    }


def test_articles_come_in_the_order_of_their_ids_with_what_is_said_of_each(tmp_path: Path) -> None:
    articles = write(tmp_path / "articles.jsonl", "id", ["c", "a", "b"])
    annotations = write(tmp_path / "annotations.jsonl", "article_id", ["a", "a", "c"])
    found = list(dossiers({"article": articles, "annotation": annotations}))
    assert [one.id for one in found] == ["a", "b", "c"]
    assert [(line.path.name, line.number) for line in found[0].lines["annotation"]] == [
        ("annotations.jsonl", 1), ("annotations.jsonl", 2),
    ]  # fmt: skip
    assert found[0].lines["article"][0].data == b'{"at": 1, "id": "a"}\n'
    assert "annotation" not in found[1].lines


def test_what_is_said_of_an_article_that_is_not_there_comes_too(tmp_path: Path) -> None:
    articles = write(tmp_path / "articles.jsonl", "id", ["b"])
    gold = write(tmp_path / "gold.jsonl", "article_id", ["a"])
    assert seen({"article": articles, "gold": gold}) == {"a": {"gold": [0]}, "b": {"article": [0]}}


def test_a_line_without_an_id_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'{"id": "b"}\nnothing\n{"id": 7}\n\n{"id": "a"}')
    found = [(one.id, one.lines["article"][0].number) for one in dossiers({"article": Files([path], "id")})]
    assert found == [("a", 5), ("b", 1)]


def test_lines_are_fetched_from_more_files_than_are_kept_open(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:05}.jsonl" for number in range(300)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps({"id": f"{(number * 7) % 300:03}"}) + "\n")
    assert [one.id for one in dossiers({"article": Files(paths, "id")})] == [f"{number:03}" for number in range(300)]


@given(st.lists(st.lists(st.sampled_from("abcdé"), max_size=6), min_size=1, max_size=3))
def test_every_line_is_given_once_in_its_files_order(files: list[list[str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, names in enumerate(files):
            paths.append(Path(folder) / f"{number}.jsonl")
            write(paths[-1], "id", names)
        found = [
            (one.id, line.path.name, line.number)
            for one in dossiers({"article": Files(paths, "id")})
            for line in one.lines["article"]
        ]
        expected = [
            (name, f"{number}.jsonl", at) for number, names in enumerate(files) for at, name in enumerate(names, 1)
        ]
        assert found == sorted(expected, key=lambda one: one[0])


def test_lines_that_are_passed_over_are_told_once_whether_files_are_in_order_or_not(tmp_path: Path) -> None:
    ordered, other = tmp_path / "ordered.jsonl", tmp_path / "other.jsonl"
    deep = b'{"x":' + b"[" * 100_000 + b"\n"
    ordered.write_bytes(b'{"id": "a"}\n{"id": null}\n' + deep + b'{"id": "b"}\n')
    other.write_bytes(b'{"id": "b"}\nnothing\n{"id": "a"}\n')
    told: list[tuple[str, int]] = []
    kinds = {"ordered": Files([ordered], "id"), "other": Files([other], "id")}

    found = list(dossiers(kinds, lambda kind, line: told.append((kind, line.number))))
    assert [one.id for one in found] == ["a", "b"]
    assert sorted(told) == [("ordered", 2), ("ordered", 3), ("other", 2)]


def test_a_byte_order_mark_hides_no_id(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a"}\n')
    assert [one.id for one in dossiers({"article": Files([path], "id")})] == ["a"]
