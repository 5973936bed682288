"""Mending a corpus takes away what is mechanical, and changes nothing that anybody said."""

from __future__ import annotations

import json
import shutil
import threading
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.check.folder import (
    ARTICLES,
    DECISIONS,
    GOLD,
    PREDICTIONS,
    PULLED,
    REVISIONS,
    SOURCES,
    SPLITS,
    Folder,
    source_entry,
)
from tests.corpora import article

from kliping.check import check_corpus
from kliping.check.lines import parse
from kliping.check.mending import Mended, mend_corpus
from kliping.errors import CallError
from kliping.files import encode_lines, sha256
from kliping.project import Corpus, alone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.folder import Json

PIER = article("pier", "Dermaga Bélida", "Kafé Arum di dermaga buka lagi.", "Nelayan Tanjung Belida datang.")
"""Nobody said anything of it."""


@pytest.fixture
def folder(folder: Folder) -> Folder:
    """The good corpus, with an article of which nobody said anything."""
    folder.edit(ARTICLES, lambda data: data + encode_lines([PIER]))
    folder.edit(SOURCES, lambda data: data + encode_lines([source_entry(PIER)]))
    folder.edit(SPLITS, lambda data: data + b'{"id":"pier","split":"train","cluster":"pier"}\n')
    assert folder.codes() == set()
    return folder


def mend(folder: Folder, *, dry_run: bool = False) -> tuple[Mended, list[str]]:
    shown: list[str] = []
    return mend_corpus(Corpus.open(folder.root), shown.append, dry_run=dry_run), shown


def contents(root: Path) -> dict[str, bytes]:
    """Every file but those that can always be made again, such as locks."""
    files = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return {str(path): (root / path).read_bytes() for path in files if path.parts[0] != ".kliping"}


def decompose(line: Json) -> None:
    """Write a text in Unicode's other form, with all that follows from it."""
    text = ""
    blocks: list[Json] = []
    for block in line["blocks"]:
        words = unicodedata.normalize("NFD", line["text"][block["start"] : block["end"]])
        text += "\n\n" if blocks else ""
        blocks.append({"type": block["type"], "start": len(text), "end": len(text) + len(words)})
        text += words
    title = unicodedata.normalize("NFD", line["title"])
    line |= {"text": text, "text_sha256": sha256(text.encode()), "blocks": blocks, "title": title}


def reorder(line: Json) -> None:
    items = list(line.items())
    line.clear()
    line.update(reversed(items))


def test_what_is_mechanical_is_shown_then_mended_and_the_corpus_is_as_before(folder: Folder) -> None:
    before = contents(folder.root)
    folder.edit(SPLITS, lambda data: b"\xef\xbb\xbf" + data[:-1])
    folder.edit(GOLD, lambda data: b"\n" + data.replace(b"\n", b"\r\n"))
    folder.edit_line(PULLED, 2, reorder)
    folder.edit_line(ARTICLES, 3, decompose)
    folder.edit("annotations/key.json", lambda data: data[:-1])
    assert folder.codes() == {"E102", "E103", "E104", "E105", "E403"}
    mended, shown = mend(folder)

    assert (mended.files, mended.lines, mended.left) == (5, 8, [])
    assert mended.codes == {"E102": 1, "E103": 4, "E104": 1, "E105": 1, "E403": 1}
    assert [line for line in shown if line.startswith("---")] == [
        f"--- {path}" for path in (SPLITS, ARTICLES, PULLED, GOLD, "annotations/key.json")
    ]
    assert contents(folder.root) == before


def test_a_second_run_mends_nothing(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))
    folder.edit_line(ARTICLES, 3, decompose)
    mend(folder)

    assert mend(folder) == (Mended(), [])


def test_a_dry_run_shows_the_same_and_writes_nothing(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))
    before = contents(folder.root)
    dry = mend(folder, dry_run=True)

    assert contents(folder.root) == before
    assert dry == mend(folder)
    assert folder.codes() == set()


def test_a_good_corpus_is_not_written_to(folder: Folder) -> None:
    times = {path: path.stat().st_mtime_ns for path in folder.root.rglob("*")}

    assert mend(folder) == (Mended(), [])
    assert {path: path.stat().st_mtime_ns for path in folder.root.rglob("*")} == times


def test_a_composed_text_has_its_blocks_title_and_hash(folder: Folder) -> None:
    folder.edit_line(ARTICLES, 3, decompose)
    (broken,) = folder.lines(ARTICLES)[3:]
    mend(folder)
    (line,) = folder.lines(ARTICLES)[3:]

    assert (broken["text"].count("\u0301"), line["text"]) == (2, PIER.text)
    assert [line["text"][block["start"] : block["end"]] for block in line["blocks"]] == [
        "Dermaga Bélida",
        "Kafé Arum di dermaga buka lagi.",
        "Nelayan Tanjung Belida datang.",
    ]
    assert (line["title"], line["text_sha256"]) == ("Dermaga Bélida", PIER.text_sha256)


def say(path: str, line: Json) -> tuple[str, bytes]:
    return path, json.dumps(line).encode() + b"\n"


OLD = json.loads(encode_lines([article("pier", "Dermaga", "Kafe lama.")]))
SAID = {
    "annotation": say(PULLED, {"id": "a9", "article_id": "pier", "text_sha256": "0"}),
    "annotation of the same text elsewhere": say(PULLED, {"article_id": "quay", "text_sha256": "@"}),
    "annotation carried over": say("annotations/carried.jsonl", {"article_id": "quay", "annotated_text_sha256": "@"}),
    "prediction": say("annotations/predictions/ours.jsonl", {"article_id": "pier"}),
    "assignment": say("annotations/rounds.jsonl", {"round": 1, "article_id": "pier", "annotators": []}),
    "quarantine": say("annotations/quarantine.jsonl", {"article_id": "pier"}),
    "decision": say(DECISIONS, {"article_id": "pier"}),
    "gold": say(GOLD, {"article_id": "pier"}),
    "superseded text": say(REVISIONS, OLD),
    "recorded version": say("corpus/versions/0.1.0.jsonl", {"id": "pier", "split": "train"}),
    "line that cannot be read": (PULLED, b'{"article_id": "pi\n'),
    "line that names no article": (DECISIONS, b"{}\n"),
}


@pytest.mark.parametrize("what", SAID)
def test_a_text_of_which_something_was_said_is_left_as_it_is(folder: Folder, what: str) -> None:
    folder.edit_line(ARTICLES, 3, decompose)
    (line,) = folder.lines(ARTICLES)[3:]
    path, data = SAID[what]
    there = (folder.root / path).read_bytes() if (folder.root / path).exists() else b""
    folder.write(path, there + data.replace(b'"@"', json.dumps(line["text_sha256"]).encode()))
    before = (folder.root / ARTICLES).read_bytes()
    mended, _ = mend(folder)

    assert (folder.root / ARTICLES).read_bytes() == before
    assert mended.codes == {}
    assert [(left.place, left.code) for left in mended.left] == [((ARTICLES, 4), "E403")]
    assert f"({path}:" in mended.left[0].why or f"{path}:" in mended.left[0].why


def test_what_is_quarantined_of_no_article_holds_no_text_back(folder: Folder) -> None:
    folder.edit_line(ARTICLES, 3, decompose)
    folder.write("annotations/quarantine.jsonl", b'{"article_id":null}\n\n')
    mended, _ = mend(folder)

    assert mended.codes == {"E403": 1, "E104": 1}


def test_a_superseded_text_stays_as_it_was(folder: Folder) -> None:
    folder.edit_line(REVISIONS, 0, lambda line: line.update(text="Cafe\u0301"))
    mended, _ = mend(folder)

    assert [str(left) for left in mended.left] == [f"{REVISIONS}:1: E403 is left: a superseded text stays as it was"]


def test_a_text_that_breaks_other_rules_too_is_left(folder: Folder) -> None:
    folder.edit_line(ARTICLES, 3, decompose)
    folder.edit_line(ARTICLES, 3, lambda line: line.update(text_sha256="0" * 64))
    mended, _ = mend(folder)

    assert [left.why for left in mended.left] == ["its text breaks E402 too; normalise the article again"]


def test_a_recorded_version_is_never_touched(folder: Folder) -> None:
    folder.write("corpus/versions/0.1.0.jsonl", b'\xef\xbb\xbf{"split":"train","id":"x"}\r\n')
    folder.write("schema/corpus.schema.json", (folder.root / "schema/corpus.schema.json").read_bytes() + b"\r\n")
    before = contents(folder.root)

    assert mend(folder)[0].codes == {}
    assert contents(folder.root) == before


def test_a_file_outside_that_a_link_leads_to_is_left(folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    shutil.move(folder.root / "corpus" / "articles", outside)
    (folder.root / "corpus" / "articles").symlink_to(outside)
    (outside / "00000.jsonl").write_bytes((outside / "00000.jsonl").read_bytes().replace(b"\n", b"\r\n"))
    before = (outside / "00000.jsonl").read_bytes()
    mended, shown = mend(folder)

    assert (outside / "00000.jsonl").read_bytes() == before
    assert (mended.lines, shown) == (0, [])
    assert {left.why for left in mended.left} == {"a symbolic link leads out of the corpus"}


def test_a_file_is_whole_when_the_disk_is_full_in_the_middle(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))
    before = contents(folder.root)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        mend(folder)
    assert contents(folder.root) == before


def test_while_another_command_is_at_work_nothing_is_written(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))
    before = contents(folder.root)
    corpus = Corpus.open(folder.root)
    entered, done = threading.Event(), threading.Event()

    def normalise() -> None:
        with alone(corpus, "normalise"):
            entered.set()
            done.wait(60)

    other = threading.Thread(target=normalise)
    other.start()
    entered.wait(60)
    try:
        with pytest.raises(CallError, match="normalise"):
            mend(folder)
    finally:
        done.set()
        other.join()
    assert contents(folder.root) == before


# Properties: whatever is broken, and however much of it.

BREAKABLE = (SOURCES, ARTICLES, REVISIONS, SPLITS, PULLED, DECISIONS, GOLD, PREDICTIONS, "annotations/key.json")


def shuffled(value: object, order: list[int]) -> object:
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: ord(item[0][-1]) * (order[0] + 1) % 101)
        return {key: shuffled(inner, order) for key, inner in items}
    return [shuffled(one, order) for one in value] if isinstance(value, list) else value


def dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decomposed(data: bytes) -> bytes:
    line = json.loads(data)
    decompose(line)
    return dumped(line)


ON_BYTES: dict[str, Callable[[bytes, list[int]], bytes]] = {
    "a byte order mark": lambda data, _: b"\xef\xbb\xbf" + data,
    "CR LF": lambda data, _: data.rstrip(b"\n") + b"\r\n",
    "no end": lambda data, _: data.rstrip(b"\r\n"),
    "an empty line": lambda data, how: [b"\n", b" \r\n", b"\t\n"][how[0] % 3] + data,
    "cut short": lambda data, how: data[: how[0]] + b"\n",
    "Latin-1": lambda data, _: data.replace(b"a", b"\xe9", 1),
}
ON_OBJECTS: dict[str, Callable[[bytes, list[int]], bytes]] = {
    "spaces": lambda data, _: json.dumps(json.loads(data), ensure_ascii=False).encode() + b"\n",
    "escapes": lambda data, _: json.dumps(json.loads(data)).encode() + b"\n",
    "other order": lambda data, how: dumped(shuffled(json.loads(data), how)),
    "a key twice": lambda data, _: data.replace(b"{", b'{"id":"x",', 1),
    "an unknown field": lambda data, _: data.replace(b"{", b'{"mood":1,', 1),
    "decomposed": lambda data, _: decomposed(data) if b"blocks" in data else data,
}


@st.composite
def breaks(draw: st.DrawFn) -> list[tuple[str, int, str, list[int]]]:
    """Files, lines, ways to break them, and numbers that say how."""
    ways = st.sampled_from([*ON_BYTES, *ON_OBJECTS])
    how = st.lists(st.integers(0, 99), min_size=1, max_size=5)
    one = st.tuples(st.sampled_from(BREAKABLE), st.integers(0, 5), ways, how)
    return draw(st.lists(one, min_size=1, max_size=6))


def break_line(data: bytes, way: str, how: list[int]) -> bytes:
    if way in ON_BYTES:
        return ON_BYTES[way](data, how)
    return ON_OBJECTS[way](data, how) if parse(data)[0] else data


def apply(folder: Folder, path: str, number: int, way: str, order: list[int]) -> None:
    lines = (folder.root / path).read_bytes().splitlines(keepends=True)
    at = number % len(lines)
    lines[at] = break_line(lines[at], way, order)
    folder.write(path, b"".join(lines))


def values(folder: Folder, path: str) -> list[Any]:
    """What a file says: of each line that is an object its members, a text composed; of any other its bytes."""
    found: list[Any] = []
    for line in (folder.root / path).read_bytes().split(b"\n"):
        try:
            members = json.loads(line.decode("utf-8-sig"), object_pairs_hook=lambda pairs: sorted(pairs, key=repr))
        except ValueError:
            if line.removeprefix(b"\xef\xbb\xbf").strip():
                found.append(line.rstrip(b"\r"))
            continue
        found.append([composed(*member) for member in members] if path == ARTICLES else members)
    return found


def composed(key: str, value: object) -> object:
    if key in ("blocks", "text_sha256"):
        return key
    return key, unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(broken=breaks())
def test_mending_says_the_same_adds_no_finding_and_is_done_once(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory, broken: list[tuple[str, int, str, list[int]]]
) -> None:
    one = Folder(shutil.copytree(folder.root, tmp_path_factory.mktemp("mended") / "toy"))
    for path, number, way, order in broken:
        apply(one, path, number, way, order)
    said, found, before = [values(one, path) for path in BREAKABLE], findings(one), contents(one.root)
    mended, _ = mend(one)
    left, after = findings(one), contents(one.root)

    assert [values(one, path) for path in BREAKABLE] == said
    assert left <= found
    assert found.total() - left.total() >= mended.codes.total()
    assert {path for path in before if before[path] != after[path]} <= set(BREAKABLE)
    assert set(after) == set(before)
    assert mend(one) == (Mended(left=mend(one)[0].left), [])


def findings(folder: Folder) -> Counter[str]:
    return Counter(finding.code for finding in check_corpus(Corpus.open(folder.root)))
