"""A good corpus gives no finding; each way of breaking it gives that of the rule that should catch it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.check.folder import ARTICLES, DECISIONS, GOLD, KEY, PREDICTIONS, PULLED, REVISIONS, SOURCES, SPLITS, Folder

from kliping.annotation import adjudicate_corpus
from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.contract.starter import starter_files
from kliping.files import sha256
from kliping.project import Corpus, Person, keep_names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.folder import Json

Break: TypeAlias = Callable[[Folder], object]


def test_a_good_corpus_gives_no_finding(folder: Folder) -> None:
    assert check_corpus(Corpus.open(folder.root)) == []


def test_a_new_corpus_gives_no_finding(tmp_path: Path) -> None:
    for place, data in starter_files("new", "id").items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(data)

    assert check_corpus(Corpus.open(tmp_path)) == []


def shift(line: Json) -> None:
    line["entities"][0]["start"] += 1
    line["entities"][0]["end"] += 1


def swap_texts(folder: Folder) -> None:
    first, second, *_ = folder.lines(ARTICLES)
    folder.edit_line(ARTICLES, 0, lambda line: line.update(text=second["text"]))
    folder.edit_line(ARTICLES, 1, lambda line: line.update(text=first["text"]))


def cut(data: bytes, first: int, end: int) -> bytes:
    """Some of the lines of a file."""
    return b"".join(data.splitlines(keepends=True)[first:end])


def reorder(line: Json) -> None:
    line["id"] = line.pop("id")


def contradict(folder: Folder) -> None:
    (line,) = folder.lines(DECISIONS)
    both = line, {**line, "verdict": "reject"}
    folder.write(DECISIONS, b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in both))


def deprecate(data: bytes) -> bytes:
    """The label EVENT, which only a prediction has, goes from the screen."""
    schema = json.loads(data)
    next(one for one in schema["$defs"]["entity_label"]["oneOf"] if one["const"] == "EVENT")["deprecated"] = True
    return json.dumps(schema).encode()


def relabel(old: str) -> Break:
    """Write down that a label got another name."""
    line = {
        "control": "label", "old": old, "new": "PLACE", "annotations": 1, "decisions": 0, "scheme": "1.0.0",
        "when": "2026-01-02",
    }  # fmt: skip
    return lambda folder: folder.write("annotations/relabelled.jsonl", json.dumps(line).encode() + b"\n")


def leave_old_names(folder: Folder) -> None:
    """A prediction has a name that was renamed, and is offered no more."""
    folder.edit("schema/corpus.schema.json", deprecate)
    relabel("EVENT")(folder)


def pull_an_old_name(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, lambda line: line["entities"][0].update(label="TOWN"))
    relabel("TOWN")(folder)


def change_text(change: Callable[[str], str]) -> Break:
    return lambda folder: folder.edit_line(ARTICLES, 2, lambda line: line.update(text=change(line["text"])))


def put_text(old: str, new: str) -> Break:
    """Change a text, and let its hash follow."""

    def change(line: Json) -> None:
        line["text"] = line["text"].replace(old, new)
        line["text_sha256"] = sha256(line["text"].encode())

    return lambda folder: folder.edit_line(ARTICLES, 2, change)


def end_with(words: str) -> Break:
    """Put a paragraph at the end of a text, and let its hash follow."""

    def change(line: Json) -> None:
        start = len(line["text"]) + 2
        line["text"] += f"\n\n{words}"
        line["text_sha256"] = sha256(line["text"].encode())
        line["blocks"].append({"type": "paragraph", "start": start, "end": start + len(words)})

    return lambda folder: folder.edit_line(ARTICLES, 2, change)


def name_somebody(folder: Folder) -> None:
    """A comment names somebody whom the server knows, as a pull left it."""
    keep_names(Corpus.open(folder.root), KEY, [Person("sena.waluyo@pos.example")])
    folder.edit_line(PULLED, 0, lambda line: line.update(comment="tanya Sena.Waluyo."))


def put_inside(folder: Folder) -> None:
    """Mark Rimbia within the Rimbia Ferry Board."""
    folder.edit_line(PULLED, 0, lambda line: line["entities"].append(marked(line["entities"][0], 0, 6)))


def agree_on_one_inside(folder: Folder) -> None:
    """Both annotators mark Rimbia within the board, and so does gold."""
    for number in (0, 1):
        folder.edit_line(PULLED, number, lambda line: line["entities"].append(marked(line["entities"][0], 0, 6)))
    corpus = Corpus.open(folder.root)
    adjudicate_corpus(corpus, load_contract(corpus.schema))


def cross(folder: Folder) -> None:
    """Mark what begins within the Rimbia Ferry Board and ends behind it."""
    folder.edit_line(
        PULLED,
        0,
        lambda line: line["entities"].append({**marked(line["entities"][0], 7, 25), "text": "Ferry Board backed"}),
    )


def marked(one: Json, start: int, end: int) -> Json:
    """Another place, so far into a mention."""
    place = {"start": one["start"] + start, "end": one["start"] + end, "text": one["text"][start:end]}
    return {**one, **place, "id": "e8", "label": "PLACE"}


def overlap(how: str, *further: Break) -> Break:
    """Let the scheme say how mentions may share words."""
    old, new = b'"scheme": "1.0.0"', f'"scheme": "1.0.0", "overlap": "{how}"'.encode()

    def both(folder: Folder) -> None:
        folder.edit("schema/corpus.schema.json", lambda data: data.replace(old, new, 1))
        for one in further:
            one(folder)

    return both


def grow(folder: Folder) -> None:
    """A label that a newer scheme brought is in an annotation of the older one."""
    folder.edit(
        "schema/corpus.schema.json",
        lambda data: data.replace(b'"scheme": "1.0.0"', b'"scheme": "1.1.0"').replace(
            b'"since": "1.0.0"', b'"since": "1.1.0"', 1
        ),
    )


def carry(folder: Folder, change: Callable[[Json], object]) -> None:
    """What an annotator said, carried over to a newer text, but for a change."""
    said = folder.lines(PULLED)[2]
    line = {key: said[key] for key in ("article_id", "text_sha256")}
    line |= {"annotation": said["id"], "annotated_text_sha256": "0" * 64}
    line |= {key: said[key] for key in ("annotator", "scheme", "entities", "stances")} | {"lost": []}
    change(line)
    folder.write(
        "annotations/carried.jsonl", json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    )


def pull_for(who: str) -> Break:
    """Annotations as a pull writes them, but for one whose id names another annotator."""

    def change(folder: Folder) -> None:
        lines = folder.lines(PULLED)
        for line in lines:
            line["id"] = f"{line['article_id']}.{line['annotator']}.{line['round']}"
        lines[0]["id"] = f"{lines[0]['article_id']}.{who}.1"
        written = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in lines)
        folder.write(PULLED, "".join(f"{one}\n" for one in written).encode())

    return change


def lose_the_key(folder: Folder) -> None:
    """The first annotation is by somebody with a keyed pseudonym, and the key's fingerprint is gone."""
    folder.edit_line(PULLED, 0, lambda line: line.update(annotator="annotator-0123456789ab"))
    (folder.root / "annotations/key.json").unlink()


def record_and_lose(path: str) -> Break:
    """A version is on record, and what it was released with is gone."""

    def change(folder: Folder) -> None:
        folder.write("corpus/versions/0.1.0.json", b"{}\n")
        (folder.root / path).unlink()

    return change


def record_and_empty(folder: Folder) -> None:
    folder.write("corpus/versions/0.1.0.json", b"{}\n")
    folder.write("corpus/LICENSE", b"\n")


BREAKS: dict[str, tuple[str, Break]] = {
    "a link out of the corpus": ("E109", lambda f: (f.root / "corpus/articles/00001.jsonl").symlink_to("/dev/null")),
    "Latin-1": ("E101", lambda f: f.edit(SOURCES, lambda data: data.replace(b"CC0", b"CC\xe9"))),
    "a byte order mark": ("E102", lambda f: f.edit(SPLITS, lambda data: b"\xef\xbb\xbf" + data)),
    "CR LF": ("E103", lambda f: f.edit(SPLITS, lambda data: data.replace(b"\n", b"\r\n"))),
    "a file cut after its last line": ("E103", lambda f: f.edit(SPLITS, lambda data: data[:-1])),
    "a line cut short": ("E104", lambda f: f.edit(PULLED, lambda data: data[:-20])),
    "an empty line": ("E104", lambda f: f.edit(SPLITS, lambda data: b"\n" + data)),
    "a line nested without end": ("E104", lambda f: f.write(SPLITS, b"[" * 100_000 + b"\n")),
    "a lone surrogate": ("E106", lambda f: f.edit(SPLITS, lambda data: data.replace(b"lamps", b"\\ud800"))),
    "the second half of a surrogate pair": (
        "E106",
        lambda f: f.edit(SPLITS, lambda data: data.replace(b"lamps", b"\\uDC00x")),
    ),
    "a shard lost": ("E107", lambda f: (f.root / PULLED).rename(f.root / "annotations/pulled/00001.jsonl")),
    "a shard without a number": ("E107", lambda f: f.write("corpus/articles/more.jsonl", b"")),
    "a shard kept for later": ("E108", lambda f: shutil.copy(f.root / PULLED, f.root / f"{PULLED}.bak")),
    "an article in a file of its own": ("E108", lambda f: f.write("corpus/articles/market.json", b"{}\n")),
    "a folder that nothing reads": ("E108", lambda f: f.write("annotations/pulled-old/00000.jsonl", b"")),
    "decisions in another case": ("E108", lambda f: f.write("annotations/Decisions.JSONL", b"")),
    "a version without a number": ("E108", lambda f: f.write("corpus/versions/latest.jsonl", b"")),
    "keys in another order": ("E105", lambda f: f.edit_line(SPLITS, 0, reorder)),
    "a key twice": ("E105", lambda f: f.edit(SPLITS, lambda d: d.replace(b'{"id":"ma', b'{"id":"","id":"ma'))),
    "a schema that is no JSON": ("E201", lambda f: f.write("schema/corpus.schema.json", b"{")),
    "a schema that is missing": ("E201", lambda f: (f.root / "schema/article.schema.json").unlink()),
    "an edited core schema": (
        "E202",
        lambda f: f.edit("schema/article.schema.json", lambda data: data.replace(b"Related", b"related", 1) + b" "),
    ),
    "a core schema of another version": (
        "E202",
        lambda f: f.edit("schema/article.schema.json", lambda data: data.replace(b"article:1.0.0", b"article:2.0.0")),
    ),
    "two labels of one colour": (
        "E205",
        lambda f: f.edit("schema/corpus.schema.json", lambda text: text.replace(b"#1f77b4", b"#d95f02")),
    ),
    "an unknown label": ("E203", lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(label="SHIP"))),
    "an id that ends in a line feed": (
        "E203",
        lambda f: f.edit_line(SPLITS, 0, lambda line: line.update(cluster="market\n")),
    ),
    "a day in a month that is too short": (
        "E207",
        lambda f: f.edit_line(ARTICLES, 0, lambda a: a.update(published="2023-02-29")),
    ),
    "a year without such a month": ("E207", lambda f: f.edit_line(SOURCES, 0, lambda s: s.update(retrieved="2024-00"))),
    "an hour that no day has": (
        "E207",
        lambda f: f.edit_line(PULLED, 0, lambda a: a.update(created="2026-01-02T25:04:05Z")),
    ),
    "a decision of no day": ("E207", lambda f: f.edit_line(DECISIONS, 0, lambda d: d.update(when="2026-04-31"))),
    "a source outside the raw folder": (
        "E209",
        lambda f: f.edit_line(SOURCES, 0, lambda s: s.update(path="pages/../../market.txt")),
    ),
    "an article from a place on one machine": (
        "E209",
        lambda f: f.edit_line(ARTICLES, 0, lambda a: a["source"].update(path="/srv/raw/market.txt")),
    ),
    "an article from a drive": (
        "E209",
        lambda f: f.edit_line(ARTICLES, 0, lambda a: a["source"].update(path="C:\\raw\\market.txt")),
    ),
    "a label without its version": (
        "E208",
        lambda f: f.edit("schema/corpus.schema.json", lambda d: d.replace(b'"since": "1.0.0"', b'"since": "1.0.1"', 1)),
    ),
    "an unknown stance": ("E203", lambda f: f.edit_line(PULLED, 2, lambda a: a["stances"][0].update(stance="maybe"))),
    "an unknown field": ("E203", lambda f: f.edit_line(SOURCES, 0, lambda line: line.update(mood="good"))),
    "a fingerprint that is none": ("E203", lambda f: f.write("annotations/key.json", b'{"fingerprint":"x"}\n')),
    "an annotator by name": ("E203", lambda f: f.edit_line(PULLED, 0, lambda a: a.update(annotator="Tarsa"))),
    "a stale labelling configuration": ("E204", lambda f: f.write("annotations/labeling.xml", b"<View/>\n")),
    "two articles with one id": ("E301", lambda f: f.edit(ARTICLES, lambda data: data + cut(data, 0, 1))),
    "two splits of one article": ("E301", lambda f: f.edit(SPLITS, lambda data: data + cut(data, 0, 1))),
    "an alias in use": ("E301", lambda f: f.edit_line(SOURCES, 0, lambda line: line.update(aliases=["ferry"]))),
    "an annotation id in two articles": (
        "E301",
        lambda f: f.edit_line(PULLED, 3, lambda a: a.update(id="ferry-annotator-bb-1")),
    ),
    "an alias that is the source's own id": (
        "E301",
        lambda f: f.edit_line(SOURCES, 0, lambda line: line.update(aliases=["market"])),
    ),
    "a superseded text twice": ("E301", lambda f: f.edit(REVISIONS, lambda data: data * 2)),
    "gold twice": ("E301", lambda f: f.edit(GOLD, lambda data: data * 2)),
    "an entity id twice": ("E301", lambda f: f.edit_line(PULLED, 3, lambda a: a["entities"][0].update(id="e2"))),
    "an article without a source": ("E302", lambda f: f.edit(SOURCES, lambda data: cut(data, 1, 9))),
    "an article lost": ("E303", lambda f: f.edit(ARTICLES, lambda data: cut(data, 0, 2))),
    "an article without a split": ("E304", lambda f: f.edit(SPLITS, lambda data: cut(data, 1, 9))),
    "a near-duplicate in test": ("E305", lambda f: f.edit_line(SPLITS, 0, lambda line: line.update(cluster="ferry"))),
    "an annotation of an unknown text": (
        "E306",
        lambda f: f.edit_line(PULLED, 0, lambda line: line.update(text_sha256="f" * 64)),
    ),
    "a decision about an unknown article": (
        "E306",
        lambda f: f.edit_line(DECISIONS, 0, lambda line: line.update(article_id="harbour")),
    ),
    "a stance on no mention": (
        "E307",
        lambda f: f.edit_line(PULLED, 2, lambda a: a["stances"][0]["target"].update(mention="e9")),
    ),
    "an annotation whose id names another annotator": ("E314", pull_for("annotator-cc")),
    "a licence that is not the source's": (
        "E315",
        lambda f: f.edit_line(ARTICLES, 2, lambda a: a["source"].update(licence="CC-BY-4.0")),
    ),
    "an annotator twice": ("E308", lambda f: f.edit_line(PULLED, 0, lambda a: a.update(annotator="annotator-bb"))),
    "an article twice in a round": (
        "E309",
        lambda f: f.write(
            "annotations/rounds.jsonl", b'{"round":1,"article_id":"market","annotators":["annotator-aa"]}\n' * 2
        ),
    ),
    "a round of an unknown article": (
        "E313",
        lambda f: f.write("annotations/rounds.jsonl", b'{"round":1,"article_id":"harbour","annotators":[]}\n'),
    ),
    "an address in a round": (
        "E203",
        lambda f: f.write(
            "annotations/rounds.jsonl", b'{"round":1,"article_id":"market","annotators":["tarsa@pos.example"]}\n'
        ),
    ),
    "a span shifted by one": ("E401", lambda f: f.edit_line(PULLED, 0, shift)),
    "an empty span": ("E401", lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(end=26, text=""))),
    "a span that ends before it starts": (
        "E401",
        lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(end=1)),
    ),
    "a span of gold shifted by one": ("E401", lambda f: f.edit_line(GOLD, 0, shift)),
    "a decision's span cut": ("E401", lambda f: f.edit_line(DECISIONS, 0, lambda d: d["mention"].update(end=60))),
    "two articles' texts swapped": ("E402", swap_texts),
    "a text edited by hand": ("E402", change_text(str.upper)),
    "a text that is not NFC": ("E403", put_text("Tanjung", "Tanju\u0301n")),
    "a tab in a text": ("E404", put_text("di Tanjung", "di\tTanjung")),
    "a carriage return in a text": ("E404", put_text("di Tanjung", "di\rTanjung")),
    "a soft hyphen in a text": ("E404", put_text("Perahu", "Pera\u00adu")),
    "blocks that overlap": ("E405", lambda f: f.edit_line(ARTICLES, 2, lambda a: a["blocks"][1].update(start=3))),
    "a block past the end": ("E405", lambda f: f.edit_line(ARTICLES, 2, lambda a: a["blocks"][1].update(end=999))),
    "words in no block": ("E406", lambda f: f.edit_line(ARTICLES, 2, lambda line: line["blocks"].pop())),
    "a block of an empty line": (
        "E406",
        lambda f: f.edit_line(ARTICLES, 2, lambda a: a["blocks"].insert(1, {"type": "quote", "start": 16, "end": 17})),
    ),
    "a title that is not its block": ("E407", lambda f: f.edit_line(ARTICLES, 2, lambda a: a.update(title="Lampion"))),
    "a block of a space": ("E408", end_with(" ")),
    "a no-break space in a text": ("E408", put_text("di Tanjung", "di\u00a0Tanjung")),
    "an undeclared holder": (
        "E501",
        lambda f: f.edit_line(
            PULLED, 2, lambda a: a["stances"][0].update(holder={"kind": "named", "mention": None, "name": "RESIDENT"})
        ),
    ),
    "a mention without its id": (
        "E502",
        lambda f: f.edit_line(PULLED, 2, lambda a: a["stances"][0]["holder"].update(mention=None)),
    ),
    "a span with a space at its end": (
        "E503",
        lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(text="Rimbia Ferry Board ", end=44)),
    ),
    "a span of white space": (
        "E503",
        lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(start=25, end=26, text=" ")),
    ),
    "a stance said twice": (
        "E509",
        lambda f: f.edit_line(PULLED, 2, lambda a: a["stances"].append({**a["stances"][0], "id": "s2"})),
    ),
    "a predicted stance said twice": (
        "E509",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda p: p["stances"].append({**p["stances"][0], "id": "s2"})),
    ),
    "a mention twice in gold": (
        "E510",
        lambda f: f.edit_line(GOLD, 0, lambda g: g["entities"].append({**g["entities"][0], "id": "e9"})),
    ),
    "a mention twice in a prediction": (
        "E510",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda p: p["entities"].append({**p["entities"][0], "id": "e9"})),
    ),
    "a mention inside another, where none may be": ("E511", overlap("forbidden", put_inside)),
    "what all say is inside another, where none may be": ("E511", overlap("forbidden", agree_on_one_inside)),
    "two mentions that cross, where they may be nested": ("E511", overlap("nested", cross)),
    "a label that came after the annotation": ("E512", grow),
    "an address in a reference": (
        "E504",
        lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(ref="mailto:board@pos.example")),
    ),
    "an address in what was carried over": (
        "E504",
        lambda f: carry(f, lambda c: c["entities"][0].update(ref="t@pos.example")),
    ),
    "a stance carried over without its mention": ("E307", lambda f: carry(f, lambda c: c["entities"].pop(1))),
    "a mention carried over twice": ("E301", lambda f: carry(f, lambda c: c["entities"][1].update(id="e1"))),
    "an address in a comment": (
        "E504",
        lambda f: f.edit_line(PULLED, 0, lambda line: line.update(comment="ask desk@pos.example")),
    ),
    "an address in what is quarantined of no article": (
        "E504",
        lambda f: f.write(
            "annotations/quarantine.jsonl",
            b'{"article_id":null,"annotator":"annotator-aa","studio":null,"reason":"x","pulled":"t@pos.example"}\n',
        ),
    ),
    "an address in a decision": ("E504", lambda f: f.edit_line(DECISIONS, 0, lambda d: d.update(by="t@pos.example"))),
    "a scheme from the future": ("E505", lambda f: f.edit_line(PULLED, 0, lambda line: line.update(scheme="2.0.0"))),
    "a decision about nothing": ("E506", lambda f: f.edit_line(DECISIONS, 0, lambda line: line.update(mention=None))),
    "an edit that makes nothing": ("E506", lambda f: f.edit_line(DECISIONS, 0, lambda d: d.update(verdict="edit"))),
    "decisions that contradict each other": ("E507", contradict),
    "gold edited by hand": ("E508", lambda f: f.edit_line(GOLD, 0, lambda line: line["entities"][0].update(ref="X"))),
    "gold before a decision was taken back": ("E508", lambda f: f.write(DECISIONS, b"")),
    "gold that is missing": ("E508", lambda f: f.edit(GOLD, lambda data: cut(data, 0, 1))),
    "two predictions of an article": ("E301", lambda f: f.edit(PREDICTIONS, lambda data: data * 2)),
    "an id twice in a prediction": (
        "E301",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line["entities"][0].update(id="e2")),
    ),
    "a prediction of an unknown article": (
        "E306",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line.update(article_id="harbour")),
    ),
    "a prediction of an unknown text": (
        "E306",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line.update(text_sha256="f" * 64)),
    ),
    "a predicted stance on no mention": (
        "E307",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line["stances"][0]["holder"].update(mention="e9")),
    ),
    "a predicted span shifted by one": ("E401", lambda f: f.edit_line(PREDICTIONS, 0, shift)),
    "a predicted label that nobody knows": (
        "E203",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line["entities"][0].update(label="SHIP")),
    ),
    "a predicted holder that nobody declared": (
        "E501",
        lambda f: f.edit_line(
            PREDICTIONS,
            0,
            lambda line: line["stances"][0].update(holder={"kind": "named", "mention": None, "name": "RESIDENT"}),
        ),
    ),
    "a predicted side without its mention": (
        "E502",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line["stances"][0]["holder"].update(mention=None)),
    ),
    "a predicted span with a space at its end": (
        "E503",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line["entities"][0].update(text="Festival Perahu ", end=33)),
    ),
    "an address for a model": (
        "E504",
        lambda f: f.edit_line(PREDICTIONS, 0, lambda line: line.update(model_version="desk@pos.example")),
    ),
    "a label deprecated since it was predicted": ("E515", lambda f: f.edit("schema/corpus.schema.json", deprecate)),
    "an annotator's user name in a comment": ("E517", name_somebody),
    "no fingerprint of the key": ("E518", lose_the_key),
    "no licence of what was released": ("E684", record_and_lose("corpus/LICENSE")),
    "no guidelines of what was released": ("E684", record_and_lose("annotations/guidelines.md")),
    "the marks of a merge in the guidelines": (
        "E110",
        lambda f: f.edit("annotations/guidelines.md", lambda d: d + b"<<<<<<< HEAD\nTwo.\n>>>>>>> new\n"),
    ),
    "a folder in the place of a file": ("E109", lambda f: (f.root / "corpus/articles/00001.jsonl").mkdir()),
    "a file in the place of a folder": ("E109", lambda f: f.write("corpus/versions", b"")),
    "an empty licence of what was released": ("E684", record_and_empty),
    "a licence in Latin-1": ("E101", lambda f: f.edit("corpus/LICENSE", lambda d: d + "©".encode("latin-1"))),
    "a key twice in a part of a line": (
        "E105",
        lambda f: f.edit(SOURCES, lambda d: d.replace(b'"path":"m', b'"path":"x","path":"m', 1)),
    ),
    "an old name in a prediction": ("E516", leave_old_names),
    "an old name in what was pulled": ("E516", pull_an_old_name),
    "predictions that are to be shown and are not there": (
        "E515",
        lambda f: f.edit("pyproject.toml", lambda data: data + b'[tool.kliping.annotators]\npredictions = "ours"\n'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_broken_is_found_by_its_rule(folder: Folder, broken: str) -> None:
    code, break_it = BREAKS[broken]
    break_it(folder)

    assert code in folder.codes()


def test_what_is_carried_over_whole_is_good(folder: Folder) -> None:
    carry(folder, lambda _line: None)

    assert folder.codes() == set()


@pytest.mark.parametrize("how", ["allowed", "nested"])
def test_a_mention_inside_another_is_good_where_the_scheme_says_so(folder: Folder, how: str) -> None:
    overlap(how)(folder)
    put_inside(folder)

    assert "E511" not in folder.codes()


def test_mentions_that_cross_are_good_where_the_scheme_says_nothing(folder: Folder) -> None:
    cross(folder)

    assert "E511" not in folder.codes()


def test_notes_and_hidden_files_are_let_be(folder: Folder) -> None:
    for path in ("corpus/README.md", "annotations/notes/first-week.txt", "corpus/articles/.gitkeep"):
        folder.write(path, b"")
    folder.write("corpus/raw/metadata.json", b"{}")

    assert folder.codes() == set()


def test_a_name_that_came_back_is_no_old_name(folder: Folder) -> None:
    relabel("PERSON")(folder)

    assert folder.codes() == set()


def test_findings_name_file_and_line(folder: Folder) -> None:
    folder.edit_line(PULLED, 2, shift)

    found = [str(finding) for finding in check_corpus(Corpus.open(folder.root)) if finding.code == "E401"]
    assert found == [
        f"{PULLED}:3: E401 24-35 of market is 'ena Waluyo ', not 'Sena Waluyo'; pull again, or mend the span"
    ]


def test_files_in_any_order_give_the_same_findings(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, shift)
    folder.edit_line(SPLITS, 0, lambda line: line.update(cluster="ferry"))
    before = [(one.code, one.message) for one in check_corpus(Corpus.open(folder.root)) if one.code != "E305"]
    for path in (ARTICLES, PULLED, SPLITS, SOURCES, GOLD):
        folder.edit(path, lambda data: b"".join(data.splitlines(keepends=True)[::-1]))

    found = check_corpus(Corpus.open(folder.root))
    assert sorted((one.code, one.message) for one in found if one.code != "E305") == sorted(before)
    assert [str(one) for one in found if one.code == "E305"] == [
        f"{SPLITS}:3: E305 the cluster ferry is in test at {SPLITS}:2 and in train here; restore {SPLITS} with git"
    ]


def test_an_id_that_is_used_again_is_found_where_it_is_used_again(folder: Folder) -> None:
    folder.edit_line(SOURCES, 2, lambda line: line.update(aliases=["old-lamps", "market"]))
    folder.edit_line(PULLED, 3, lambda line: line.update(id="ferry-annotator-bb-1"))

    assert [str(one) for one in check_corpus(Corpus.open(folder.root)) if one.code == "E301"] == [
        f"{PULLED}:4: E301 the annotation ferry-annotator-bb-1 is at {PULLED}:2 already; keep one",
        f"{SOURCES}:3: E301 the source market is at {SOURCES}:1 already; keep one",
    ]


def test_a_bad_contract_and_a_bad_line_are_found_in_one_run(folder: Folder) -> None:
    folder.write("schema/corpus.schema.json", b"{")
    folder.edit(SPLITS, lambda data: b"nonsense\n" + data)
    folder.edit_line(PULLED, 0, shift)

    assert folder.codes() == {"E201", "E104", "E401"}


def test_every_finding_says_what_to_do(folder: Folder) -> None:
    for _code, break_it in list(BREAKS.values())[::7]:
        shutil.copytree(folder.root, folder.root.parent / "copy")
        copy = Folder(folder.root.parent / "copy")
        break_it(copy)
        assert all("; " in one.message or ", " in one.message for one in check_corpus(Corpus.open(copy.root)))
        shutil.rmtree(copy.root)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_ends_in_a_trace(folder: Folder, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([ARTICLES, PULLED, DECISIONS, GOLD, SPLITS, SOURCES, "schema/corpus.schema.json"]))
    whole = (folder.root / path).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(max_size=3))
    folder.write(path, whole[:at] + damage + whole[at + data.draw(st.integers(0, 40)) :])

    check_corpus(Corpus.open(folder.root))
    folder.write(path, whole)
