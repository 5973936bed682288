"""The examples of the rules of levels 1 to 5 stand in the sample, and what breaks them is found by their rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.check.folder import KEY, Folder

from kliping.check import check_corpus
from kliping.check.contract import CONTRACT_RULES
from kliping.check.corpus.annotations import ANNOTATION_RULES, CORPUS_RULES
from kliping.check.corpus.references import REFERENCE_RULES
from kliping.check.corpus.texts import TEXT_RULES
from kliping.check.corpus.versions import VERSION_RULES
from kliping.check.exceptions.rules import EXCEPTION_RULES
from kliping.check.lines import LINE_RULES
from kliping.check.schema import RECORD_RULES
from kliping.project import Corpus, Person, keep_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Json

    from kliping.check.rules import Example, Rule, RuleList

ROOT = Path(__file__).parents[2]
PARTS = ("pyproject.toml", "schema", "annotations", "corpus")
"""Of the sample: what is checked, and no more."""
PULLED = "annotations/pulled/00000.jsonl"
LISTS: tuple[RuleList[Any], ...] = (
    LINE_RULES,
    CONTRACT_RULES,
    RECORD_RULES,
    REFERENCE_RULES,
    TEXT_RULES,
    ANNOTATION_RULES,
    CORPUS_RULES,
    VERSION_RULES,
    EXCEPTION_RULES,
)
RULES = [rule for rules in LISTS for rule in rules.rules]


def take_out_a_letter(folder: Folder) -> None:
    folder.edit("corpus/splits.jsonl", lambda data: data.replace(b"validation", b"valid\xe9", 1))


def lose_a_shard(folder: Folder) -> None:
    (folder.root / PULLED).rename(folder.root / "annotations/pulled/00001.jsonl")


def keep_a_copy(folder: Folder) -> None:
    shutil.copy(folder.root / "annotations/decisions.jsonl", folder.root / "annotations/decisions.jsonl.bak")


def change_a_label(old: str, fields: Json) -> Callable[[bytes], bytes]:
    """Change one choice of a scheme, which is of version 1.1.0 then."""

    def change(data: bytes) -> bytes:
        schema = json.loads(data)
        schema["x-kliping"]["scheme"] = "1.1.0"
        one = next(one for one in schema["$defs"]["entity_label"]["oneOf"] if one["const"] == old)
        one.update(fields)
        return json.dumps(schema, ensure_ascii=False).encode()

    return change


def add_a_label_since(folder: Folder) -> None:
    since = {"x-kliping": {"colour": "#d95f02", "since": "1.1.0"}}
    folder.edit("schema/corpus.schema.json", change_a_label("ORGANISATION", since))


def rename_a_label(folder: Folder) -> None:
    line = {
        "control": "label", "old": "ORGANISATION", "new": "PLACE", "annotations": 9, "decisions": 0, "scheme": "1.1.0",
        "when": "2026-11-25",
    }  # fmt: skip
    folder.edit("schema/corpus.schema.json", change_a_label("ORGANISATION", {"deprecated": True}))
    folder.write("annotations/relabelled.jsonl", json.dumps(line).encode() + b"\n")


def name_an_annotator(folder: Folder) -> None:
    fingerprint = b'{"fingerprint":"630dcd2966c43366"}\n'
    folder.write("annotations/key.json", fingerprint)
    keep_names(Corpus.open(folder.root), KEY, [Person("sena.waluyo@pos.example")])
    folder.edit_line(PULLED, 0, lambda line: line.update(comment="tanya sena.waluyo"))


def lose_the_lines(folder: Folder) -> None:
    (folder.root / "corpus/versions/0.1.0.jsonl").unlink()


def lose_the_key(folder: Folder) -> None:
    (folder.root / "annotations/key.json").unlink()


def lose_the_licence(folder: Folder) -> None:
    (folder.root / "corpus/LICENSE").unlink()


BY_HAND: dict[str, Callable[[Folder], object]] = {
    "E101": take_out_a_letter,
    "E107": lose_a_shard,
    "E108": keep_a_copy,
    "E512": add_a_label_since,
    "E516": rename_a_label,
    "E517": name_an_annotator,
    "E518": lose_the_key,
    "E681": lose_the_lines,
    "E684": lose_the_licence,
}
"""Rules whose examples are told in words, and what breaks them."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A copy of the sample without its raw files."""
    root = tmp_path_factory.mktemp("examples") / "sample"
    root.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("raw"))
        else:
            shutil.copy(ROOT / part, root / part)
    return Folder(root)


@pytest.fixture
def copy(sample: Folder, tmp_path: Path) -> Folder:
    return Folder(shutil.copytree(sample.root, tmp_path / "sample"))


def test_the_sample_gives_no_finding(sample: Folder) -> None:
    assert check_corpus(Corpus.open(sample.root)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_an_example_that_is_broken_is_found_by_its_rule(copy: Folder, rule: Rule[Any]) -> None:
    assert rule.mend
    assert rule.example is not None
    break_it = BY_HAND.get(rule.code)
    if break_it is None:
        put_bad(copy, rule.example)
    else:
        break_it(copy)
    found = [one for one in check_corpus(Corpus.open(copy.root)) if one.code == rule.code]
    assert found
    for one in found:
        assert one.excerpt is None or len(one.excerpt.text) <= 80


def put_bad(folder: Folder, example: Example) -> None:
    """Put what must not stand in a file in the first place of what stands there; at its end, where that is nothing."""
    path = folder.root / example.path
    if not example.good:
        folder.write(example.path, (path.read_bytes() if path.exists() else b"") + f"{example.bad}\n".encode())
        return
    good = path.read_text(encoding="utf-8")
    assert example.good in good
    assert example.bad != example.good
    path.write_text(good.replace(example.good, example.bad, 1), encoding="utf-8", newline="")
