"""Near-duplicates in two splits are found by their texts, whatever their clusters are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check.folder import SOURCES, SPLITS, Folder
from tests.corpora import article

from kliping.check import check_corpus
from kliping.files import encode_lines
from kliping.normaliser.run.resemblance import near_duplicates
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Json

    from kliping.records import Article

WORDS = " ".join(f"kata{number}" for number in range(120))


def add_twin(folder: Folder) -> Article:
    """An article that is nearly `lamps`, in another split, in a cluster of its own."""
    first, second = (article(name, "Festival", f"{WORDS} {name}.") for name in ("orchard", "pier"))
    folder.edit("corpus/articles/00000.jsonl", lambda data: data + encode_lines([first, second]))
    for path, template in ((SOURCES, "lamps"), (SPLITS, "lamps")):
        (line,) = (line for line in folder.lines(path) if line["id"] == template)
        for one in (first, second):
            folder.edit(path, lambda data: data + b"{}\n")
            values = {"id": one.id, "path": f"{one.id}.txt", "cluster": one.id, "url": one.url}
            twin = line | {name: value for name, value in values.items() if name in line}
            folder.edit_line(path, -1, twin_of(twin))
    folder.edit_line(SPLITS, -1, lambda line: line.update(split="test"))
    return second


def twin_of(line: Json) -> Callable[[Json], None]:
    return lambda empty: empty.update(line)


def found(folder: Folder) -> list[tuple[str, int | None]]:
    return [(one.path, one.line) for one in check_corpus(Corpus.open(folder.root)) if one.code == "E305"]


def test_they_are_found_where_nobody_looked_before(folder: Folder) -> None:
    add_twin(folder)

    assert found(folder) == [(SPLITS, 5)]
    assert [one.name for one in (folder.root / ".kliping").iterdir()] == ["corpus.lock"]  # of adjudication


def test_they_are_those_that_were_found_before(folder: Folder) -> None:
    add_twin(folder)
    assert len(near_duplicates(Corpus.open(folder.root))) == 1

    assert found(folder) == [(SPLITS, 5)]


def test_in_one_split_they_are_no_finding(folder: Folder) -> None:
    add_twin(folder)
    folder.edit_line(SPLITS, -1, lambda line: line.update(split="train"))

    assert found(folder) == []
