"""A good release gives no finding; each way of breaking it gives that of the rule that should catch it."""

from __future__ import annotations

import shutil
from array import array
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from tests.check.folder import good_corpus
from tests.check.release.altering import Row, edit, edit_card, edit_manifest, relist, rewrite, table
from tests.corpora import UNCHECKED

from kliping.check import check_release
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release import build_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = good_corpus(tmp_path_factory.mktemp("release") / "corpus")
    corpus = Corpus.open(folder.root)
    _receipt, place = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    return place


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in check_release(folder, load=False)}


def drop(folder: Path, name: str) -> None:
    """Take a file out, of the manifest too."""
    (folder / name).unlink()
    edit_manifest(folder, lambda held: held["files"].pop(name))


def reorder(folder: Path) -> None:
    edit_card(folder, "## Contact\n", "## X\n")
    edit_card(folder, "## Citation\n", "## Contact\n")
    edit_card(folder, "## X\n", "## Citation\n")


def flip_classes(folder: Path, config: str, split: str) -> None:
    """Another order of the class names in one file: what reads as against was favor."""
    path = table(folder, config, split)
    read = parquet.read_table(path)
    features = read.schema.metadata[b"huggingface"].decode()
    flipped = features.replace('"against", "none", "favor"', '"favor", "none", "against"')
    assert flipped != features
    parquet.write_table(read.replace_schema_metadata({"huggingface": flipped}), path)
    relist(folder, path)


def move(folder: Path, config: str, split: str, to: str) -> None:
    path = table(folder, config, split)
    path.rename(path.with_name(path.name.replace(split, to, 1)))


def put(config: str, split: str, **values: object) -> Callable[[Path], None]:
    return lambda folder: rewrite(folder, config, split, lambda rows: rows[0].update(values))


def demote(rows: list[Row]) -> None:
    next(row for row in rows if row["annotation_status"] == "gold")["annotation_status"] = "partial"


def shift(rows: list[Row]) -> None:
    rows[0]["entities"][0]["start"] += 1


def narrow(folder: Path) -> None:
    """`int8` classes: libraries drop their names without a word."""
    path = table(folder, "stances", "train")
    read = parquet.read_table(path)
    at = read.schema.get_field_index("stance")
    parquet.write_table(read.set_column(at, "stance", read["stance"].cast(pa.int8())), path)
    relist(folder, path)


def spoil_an_id(folder: Path) -> None:
    """An id that is no UTF-8, which Parquet does not look at."""
    path = table(folder, "articles", "train")
    read = parquet.read_table(path)
    spoilt = pa.StringArray.from_buffers(2, pa.py_buffer(array("i", [0, 1, 2])), pa.py_buffer(b"a\xff"))
    parquet.write_table(read.set_column(0, read.schema.field(0), spoilt), path)
    relist(folder, path)


def leave_file(folder: Path) -> None:
    path = table(folder, "articles", "train")
    shutil.copy(path, path.with_name("train-00000-of-00001-deadbeef.parquet"))


def soft(split: str, number: int, **values: object) -> Callable[[Path], None]:
    """Change a row of soft_labels."""
    return lambda folder: rewrite(folder, "soft_labels", split, lambda rows: rows[number].update(values))


def vote(split: str, number: int, at: int, votes: int) -> Callable[[Path], None]:
    """Change how many annotators made a choice."""

    def change(rows: list[Row]) -> None:
        rows[number]["choices"][at]["annotators"] = votes

    return lambda folder: rewrite(folder, "soft_labels", split, change)


def swap_choices(rows: list[Row]) -> None:
    rows[0]["choices"].reverse()


def relabel(rows: list[Row]) -> None:
    rows[0]["entities"][0]["label"] = "SHIP"


def withdraw(rows: list[Row]) -> None:
    for row in rows:
        row["status"] = "skipped"


def odd_block(row: Row) -> None:
    row["blocks"][0]["type"] = "banner"


def stray_tag(rows: list[Row]) -> None:
    tags = rows[0]["ner_tags"]
    tags[tags.index(0)] = 2


def drop_token(rows: list[Row]) -> None:
    for column in ("tokens", "token_spans", "ner_tags"):
        rows[0][column].pop()


def mark_again(rows: list[Row]) -> None:
    rows[0]["entities"].append(rows[0]["entities"][0] | {"id": "e99"})


def rest_on_nothing(rows: list[Row]) -> None:
    next(row for row in rows if row["stances"])["stances"][0]["target"]["mention"] = "e99"


def move_vote(rows: list[Row]) -> None:
    choices = rows[0]["choices"]
    at = next(at for at, choice in enumerate(choices) if choice["annotators"])
    choices[at]["annotators"], choices[at - 1]["annotators"] = 0, choices[at]["annotators"]


def shift_token(rows: list[Row]) -> None:
    rows[0]["token_spans"][-1]["end"] += 1


def relicense(folder: Path) -> None:
    """Another licence in every text but the file itself."""
    edit_card(folder, "license: cc0-1.0", "license: mit")
    edit_card(folder, "- Licence: CC0-1.0", "- Licence: MIT")
    edit_card(folder, "under the licence CC0-1.0", "under the licence MIT")
    edit(folder, "croissant.json", "spdx.org/licenses/CC0-1.0", "spdx.org/licenses/MIT")
    edit(folder, "CITATION.cff", "CC0-1.0", "MIT")


def enlarge(name: str) -> Callable[[Path], None]:
    """White space to no end, which changes nothing that a text says."""

    def change(folder: Path) -> None:
        with (folder / name).open("ab") as file:
            file.write(b"\n" * (16 * 2**20))

    return change


def add_a_column(folder: Path) -> None:
    path = table(folder, "stances", "train")
    read = parquet.read_table(path)
    more = read.append_column("weight", pa.array([1.0] * read.num_rows))
    parquet.write_table(more.replace_schema_metadata(read.schema.metadata), path)
    relist(folder, path)


def empty_the_plot(folder: Path) -> None:
    (folder / "plots/labels.svg").write_bytes(b"")
    relist(folder, folder / "plots/labels.svg")


def rewrite_text(old: str, new: str) -> Callable[[Path], None]:
    """Other words in the texts of articles."""

    def change(rows: list[Row]) -> None:
        for row in rows:
            row["text"] = row["text"].replace(old, new)

    return lambda folder: rewrite(folder, "articles", "train", change)


def overlap_blocks(rows: list[Row]) -> None:
    rows[0]["blocks"][1]["start"] -= 3


def cut_a_word(rows: list[Row]) -> None:
    rows[0]["sentence_start"] += 1
    rows[0]["sentence"] = rows[0]["sentence"][1:]


def reach_out(rows: list[Row]) -> None:
    """A sentence that begins in the title; E625 is told of what it says."""
    rows[0]["sentence_start"] = 0


def name_two_versions(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"version"', '"version": "9.9.9", "version"', 1))


BREAKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no manifest": ("E601", lambda r: (r / "manifest.json").unlink()),
    "a manifest without a version": ("E601", lambda r: edit_manifest(r, lambda held: held.pop("version"))),
    "a manifest that is cut short": ("E601", lambda r: (r / "manifest.json").write_bytes(b'{"name":')),
    "a manifest with a key twice": ("E601", name_two_versions),
    "a file that is missing": ("E602", lambda r: (r / "CITATION.cff").unlink()),
    "a file that was edited": ("E602", lambda r: (r / "guidelines.md").write_text("other")),
    "a manifest that points outside": (
        "E602",
        lambda r: edit_manifest(r, lambda held: held["files"].update({"../x": {"sha256": "0" * 64, "bytes": 1}})),
    ),
    "a file of an older version": ("E603", leave_file),
    "a link": ("E109", lambda r: (r / "guidelines.link").symlink_to(r / "guidelines.md")),
    "no contract": ("E604", lambda r: (r / "schema/corpus.schema.json").unlink()),
    "no licence": ("E605", lambda r: (r / "LICENSE").unlink()),
    "an empty licence": ("E605", lambda r: (r / "LICENSE").write_bytes(b"\n")),
    "a truncated Parquet": ("E611", lambda r: table(r, "articles", "train").write_bytes(b"PAR1 and no more")),
    "an id that is no UTF-8": ("E611", spoil_an_id),
    "label order changed in one split": ("E612", lambda r: flip_classes(r, "stances", "train")),
    "narrow classes": ("E612", narrow),
    "a row lost": ("E613", lambda r: rewrite(r, "articles", "train", lambda rows: rows.pop())),
    "a row count edited": (
        "E613",
        lambda r: edit_manifest(r, lambda held: held["configs"]["articles"]["train"].update(rows=7)),
    ),
    "a row changed": ("E613", put("articles", "train", publisher="somebody else")),
    "rows in another order": ("E614", lambda r: rewrite(r, "articles", "train", lambda rows: rows.reverse())),
    "a text that is null": ("E621", put("articles", "train", text=None)),
    "a class that is null": ("E622", put("stances", "train", stance=None)),
    "a class of -1": ("E622", put("stances", "train", stance=-1)),
    "a class past the last": ("E622", put("stances", "train", stance=3)),
    "a tag too few": ("E623", lambda r: rewrite(r, "entities", "train", lambda rows: rows[0]["ner_tags"].pop())),
    "an address in a comment": ("E624", put("annotations", "train", comment="ask desk@pos.example")),
    "a path in a comment": ("E624", put("annotations", "train", comment="saved in /home/tarsa/notes")),
    "a span of an entity shifted by one": ("E625", lambda r: rewrite(r, "entities", "train", shift)),
    "a span of an annotation shifted by one": ("E625", lambda r: rewrite(r, "annotations", "train", shift)),
    "a target shifted by one": ("E625", put("stances", "train", target_start=1)),
    "a token one longer": ("E625", lambda r: rewrite(r, "entities", "train", shift_token)),
    "a labelled span shifted by one": ("E625", soft("train", 0, start=24, end=35)),
    "a labelled target shifted by one": ("E625", soft("train", 3, target_start=44, target_end=65)),
    "a holder shifted by one": ("E625", soft("train", 3, holder_start=24, holder_end=35)),
    "a text edited": ("E626", put("articles", "train", text="Pasar Lama")),
    "an article twice": ("E627", lambda r: rewrite(r, "articles", "train", lambda rows: rows.append(rows[0]))),
    "an annotation's id in another article": ("E627", put("annotations", "train", id="ferry-annotator-aa-1")),
    "an article in two splits": (
        "E627",
        lambda r: rewrite(r, "articles", "test", lambda rows: rows[0].update(id="lamps")),
    ),
    "soft labels of no article": ("E627", soft("test", 0, article_id="harbour")),
    "a stance of no article": ("E627", put("stances", "train", article_id="harbour")),
    "an article's entities in another split": ("E628", lambda r: move(r, "entities", "train", "validation")),
    "entities without gold": ("E629", lambda r: rewrite(r, "articles", "train", demote)),
    "a near-duplicate in test": ("E630", put("articles", "test", cluster="market")),
    "a label in no scheme": ("E667", lambda r: rewrite(r, "annotations", "train", relabel)),
    "a gold label in no scheme": ("E667", lambda r: rewrite(r, "entities", "train", relabel)),
    "a target's label in no scheme": ("E667", put("stances", "train", target_label="SHIP")),
    "a target that nobody declared": ("E667", soft("train", 3, target_kind="declared", target_name="SHIP")),
    "a target without its place": ("E668", put("stances", "train", target_start=None)),
    "a holder of no kind": ("E668", soft("train", 3, holder_kind="reader")),
    "a holder with a name besides": ("E668", soft("train", 3, holder_name="RESIDENTS")),
    "a manifest of another scheme": ("E606", lambda r: edit_manifest(r, lambda held: held.update(scheme="9.0.0"))),
    "a manifest of no schemas": ("E606", lambda r: edit_manifest(r, lambda held: held.update(schemas=[]))),
    "other rows under the old name": ("E615", put("articles", "train", title="Else")),
    "a config of some columns": (
        "E632",
        lambda r: edit_card(r, "- config_name: articles\n", "- config_name: articles\n  columns: [id]\n"),
    ),
    "a card with another download": ("E634", lambda r: edit_card(r, "download_size: ", "download_size: 1")),
    "a card with other sizes": ("E634", lambda r: edit_card(r, "num_bytes: ", "num_bytes: 1")),
    "an annotator by name": ("E620", put("annotations", "train", annotator="Sena Waluyo")),
    "a block of no type": ("E620", lambda r: rewrite(r, "articles", "train", lambda rows: odd_block(rows[0]))),
    "a token left out": ("E675", lambda r: rewrite(r, "entities", "train", drop_token)),
    "no token at all": ("E675", put("entities", "train", tokens=[], token_spans=[], ner_tags=[])),
    "a tag inside no mention": ("E676", lambda r: rewrite(r, "entities", "train", stray_tag)),
    "a loss that nobody counted": ("E676", put("entities", "train", bio_lost=1)),
    "a widening that nobody counted": ("E676", put("entities", "train", bio_widened=1)),
    "gold of an annotator more": ("E677", put("entities", "train", annotators=3)),
    "a stance of an annotator fewer": ("E677", put("stances", "train", annotators=1)),
    "predictions that nobody saw": ("E677", soft("train", 0, predictions_shown=1)),
    "a gold mention twice": ("E678", lambda r: rewrite(r, "entities", "train", mark_again)),
    "a gold stance twice": (
        "E678",
        lambda r: rewrite(r, "stances", "train", lambda rows: rows.append(rows[0] | {"id": "market:s9"})),
    ),
    "a target with another label than gold's": ("E678", put("stances", "train", target_label="PLACE")),
    "an annotation's stance on no mention": ("E678", lambda r: rewrite(r, "annotations", "train", rest_on_nothing)),
    "a vote for another label": ("E679", lambda r: rewrite(r, "soft_labels", "train", move_vote)),
    "a unit left out": ("E679", lambda r: rewrite(r, "soft_labels", "train", lambda rows: rows.pop())),
    "a unit twice": (
        "E679",
        lambda r: rewrite(r, "soft_labels", "train", lambda rows: rows.append(rows[-1] | {"id": "market:s9"})),
    ),
    "more shown than there are": ("E669", put("entities", "train", predictions_shown=3)),
    "fewer shown than none": ("E669", soft("train", 0, predictions_shown=-1)),
    "an annotation of another text": ("E664", put("annotations", "train", text_sha256="0" * 64)),
    "a status that says none": ("E665", put("articles", "train", annotation_status="partial")),
    "a status that is none": ("E665", put("articles", "train", annotation_status="golden")),
    "a text in entities that differs": ("E666", put("entities", "train", text="Pasar Lama")),
    "a language that differs": ("E666", soft("train", 0, language="en")),
    "a mention with a target": ("E671", soft("train", 0, target_kind="declared", target_name="MARKET_MOVE")),
    "a mention without a span": ("E671", soft("train", 0, start=None)),
    "a stance with a span": ("E671", soft("train", 3, start=0, end=5, text="Pasar")),
    "a stance without a holder": ("E671", soft("train", 3, holder_kind=None)),
    "a unit of no kind": ("E671", soft("train", 0, kind="token")),
    "choices in another order": ("E672", lambda r: rewrite(r, "soft_labels", "train", swap_choices)),
    "a choice too few": ("E672", lambda r: rewrite(r, "soft_labels", "train", lambda rows: rows[0]["choices"].pop())),
    "gold that is no choice": ("E672", soft("train", 0, gold="SHIP")),
    "more votes than annotators": ("E673", vote("train", 0, 0, 3)),
    "fewer votes than none": ("E673", vote("train", 0, 1, -1)),
    "fewer votes than who marked": ("E673", vote("train", 0, 0, 1)),
    "a row that nobody marked": ("E673", soft("train", 0, unmarked=2)),
    "more unmarked than annotators": ("E673", soft("train", 0, unmarked=3)),
    "more annotators than submitted": ("E674", lambda r: rewrite(r, "annotations", "train", withdraw)),
    "gold that is not the mention's": ("E674", soft("train", 0, gold="PLACE")),
    "gold that is not the stance's": ("E674", soft("train", 3, gold="favor")),
    "gold that is left out": ("E674", soft("train", 3, gold=None)),
    "gold where there is none": ("E674", lambda r: rewrite(r, "entities", "train", lambda rows: rows.clear())),
    "a card without its YAML": ("E631", lambda r: (r / "README.md").write_text("# Card\n")),
    "a card with a key twice": ("E631", lambda r: edit_card(r, "license:", "license: mit\nlicense:")),
    "a card without a licence": ("E631", lambda r: edit_card(r, "license: cc0-1.0\n", "")),
    "a card that lists other files": ("E632", lambda r: edit_card(r, "path: articles/train-", "path: articles/t*-")),
    "a card without a default": ("E632", lambda r: edit_card(r, "  default: true\n", "")),
    "a card with another label order": ("E633", lambda r: edit_card(r, "'0': against", "'0': favor")),
    "a card with other counts": ("E634", lambda r: edit_card(r, "num_examples: 2", "num_examples: 3")),
    "a card of a size that the hub does not know": ("E635", lambda r: edit_card(r, "- n<1K", "- tiny")),
    "a card of a licence that the hub does not know": (
        "E635",
        lambda r: edit_card(r, "license: cc0-1.0", "license: x"),
    ),
    "a card of a task that the hub does not know": ("E635", lambda r: edit_card(r, "- token-c", "- word-c")),
    "a card of a language that is none": ("E635", lambda r: edit_card(r, "- id\n", "- Indonesian\n")),
    "a card without a section": ("E636", lambda r: edit_card(r, "## Contact", "Contact")),
    "a card with an empty section": ("E636", lambda r: edit_card(r, "## Contact\n", "## Contact\n\n## Else\n")),
    "a card with sections in another order": ("E636", reorder),
    "a card with the heading of another version": (
        "E637",
        lambda r: edit_card(r, ", version 0.1.0\n", ", version 0.2.0\n"),
    ),
    "a card with the YAML of another version": ("E637", lambda r: edit_card(r, "version: 0.1.0\n", "version: 0.2.0\n")),
    "a card of another release": ("E637", lambda r: edit_card(r, 'load_dataset("toy-0.1.0")', 'load_dataset("toys")')),
    "a citation of another version": ("E637", lambda r: edit(r, "CITATION.cff", "version: 0.1.0", "version: 0.2.0")),
    "a citation that is no YAML": ("E637", lambda r: edit(r, "CITATION.cff", "authors:", "}{")),
    "a card whose plot is gone": ("E638", lambda r: drop(r, "plots/labels.svg")),
    "a card that leads out": ("E638", lambda r: edit_card(r, "(guidelines.md)", "(../guidelines.md)")),
    "a card with an image that is nowhere": (
        "E638",
        lambda r: edit_card(r, "# Contact\n", '# Contact\n<img src="x.png">\n'),
    ),
    "a manifest larger than any": ("E109", enlarge("manifest.json")),
    "a card larger than any": ("E109", enlarge("README.md")),
    "Croissant with a lone surrogate": (
        "E641",
        lambda r: edit(r, "croissant.json", '"alternateName": "', '"alternateName": "\\ud800'),
    ),
    "a column more": ("E612", add_a_column),
    "an id that is no file name": ("E620", put("articles", "train", id="../market")),
    "a text that is empty": ("E620", put("articles", "train", text="")),
    "an address in the guidelines": ("E607", lambda r: edit(r, "guidelines.md", "Mark", "Ask desk@pos.example. Mark")),
    "a path of somebody's machine in the guidelines": (
        "E607",
        lambda r: edit(r, "guidelines.md", "Mark", "See /home/tarsa/notes. Mark"),
    ),
    "a machine that only some can reach": (
        "E607",
        lambda r: edit(r, "guidelines.md", "Mark", "Open http://192.168.7.4:8080/ and mark"),
    ),
    "an address in the card": ("E607", lambda r: edit_card(r, "Nothing was", "Write to desk@pos.example. Nothing was")),
    "an address in the manifest": ("E607", lambda r: edit_manifest(r, lambda held: held.update(name="a@pos.example"))),
    "another licence's text": ("E608", lambda r: edit(r, "LICENSE", "CC0 1.0 Universal", "All rights reserved.")),
    "another licence than the file's": ("E608", relicense),
    "a core schema of other words": (
        "E609",
        lambda r: edit(r, "schema/article.schema.json", "First code point of the block.", "First byte of the block."),
    ),
    "a stance whose id has no article": ("E616", put("stances", "train", id="s1")),
    "soft labels whose id is of another article": ("E616", soft("train", 0, id="ferry:m1")),
    "soft labels whose id is of no kind": ("E616", soft("train", 0, id="market:x1")),
    "a card with another licence": ("E639", lambda r: edit_card(r, "license: cc0-1.0", "license: mit")),
    "a card with another size": ("E639", lambda r: edit_card(r, "- n<1K", "- 1M<n<10M")),
    "a card with a language too few": ("E639", lambda r: edit_card(r, "language:\n- en\n", "language:\n")),
    "a card with another number of articles": (
        "E640",
        lambda r: edit_card(r, " news articles; ", "0 news articles; "),
    ),
    "a card with better agreement": (
        "E640",
        lambda r: edit_card(r, "| labels of tokens | alpha | 0.", "| labels of tokens | alpha | 1."),
    ),
    "a card with another licence in its words": (
        "E640",
        lambda r: edit_card(r, "- Licence: CC0-1.0", "- Licence: MIT"),
    ),
    "a card with a script": ("E640", lambda r: edit_card(r, "# Contact\n", "# Contact\n<script>alert(1)</script>\n")),
    "Croissant with another licence": (
        "E647",
        lambda r: edit(r, "croissant.json", "spdx.org/licenses/CC0-1.0", "spdx.org/licenses/MIT"),
    ),
    "Croissant with more annotators": (
        "E647",
        lambda r: edit(r, "croissant.json", "Annotators: 2, known", "Annotators: 20, known"),
    ),
    "Croissant without a title": ("E647", lambda r: edit(r, "croissant.json", '"alternateName": ', '"text": ')),
    "a citation with another title": ("E648", lambda r: edit(r, "CITATION.cff", "title: 'Toy", "title: 'A toy")),
    "a citation with another licence": ("E648", lambda r: edit(r, "CITATION.cff", "CC0-1.0", "MIT")),
    "a citation of other people": (
        "E648",
        lambda r: edit(r, "CITATION.cff", "The toy maintainers", "Sena Waluyo"),
    ),
    "a citation with a date": (
        "E648",
        lambda r: edit(r, "CITATION.cff", "version: 0.1.0\n", "version: 0.1.0\ndate-released: '2020-01-01'\n"),
    ),
    "a plot that is emptied": ("E649", empty_the_plot),
    "a plot of other counts": ("E649", lambda r: edit(r, "plots/labels.svg", "PERSON 1,", "PERSON 9,")),
    "a text that is no NFC": ("E403", rewrite_text("Rimbia", "Rimbie\u0301")),
    "a text with a soft hyphen": ("E404", rewrite_text("Rimbia", "Rim\u00adia")),
    "blocks that overlap": ("E405", lambda r: rewrite(r, "articles", "train", overlap_blocks)),
    "a block left out": ("E406", lambda r: rewrite(r, "articles", "train", lambda rows: rows[0]["blocks"].pop())),
    "a title that is not its block": ("E407", put("articles", "train", title="Else")),
    "a text with two spaces": ("E408", rewrite_text("Pasar Lama", "Pasar  ama")),
    "a sentence of another stance": (
        "E670",
        put("stances", "train", sentence="Pasar", sentence_start=0, sentence_end=5),
    ),
    "a sentence that cuts a word": ("E670", lambda r: rewrite(r, "stances", "train", cut_a_word)),
    "a sentence of two blocks": ("E670", lambda r: rewrite(r, "stances", "train", reach_out)),
    "no sentence": ("E670", put("stances", "train", sentence=None, sentence_start=None, sentence_end=None)),
    "a sentence of a declared target": ("E670", put("stances", "train", target_kind="declared", target_name="X")),
}


def test_a_good_release_gives_no_finding(release: Path) -> None:
    assert check_release(release) == []


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_broken_is_found_by_its_rule(release: Path, broken: str) -> None:
    code, break_it = BREAKS[broken]
    break_it(release)

    assert code in codes(release)


def test_a_release_that_decodes_otherwise_is_found_by_a_real_load(release: Path) -> None:
    pytest.importorskip("datasets", reason="the extra load is not installed")
    edit_card(release, "'0': against", "'0': favor")
    edit_card(release, "'2': favor", "'2': against")

    assert "E690" in {finding.code for finding in check_release(release)}


def test_an_address_that_is_quoted_of_the_data_is_not_told(release: Path) -> None:
    put("annotations", "train", annotator="desk@pos.example")(release)
    put("soft_labels", "train", gold="desk@pos.example")(release)
    edit_card(release, "multilinguality:\n", "multilinguality:\n- desk@pos.example\n")
    found = check_release(release, load=False)

    assert {"E620", "E635", "E672"} <= {one.code for one in found}
    assert "pos.example" not in str(found)


def test_findings_of_a_table_name_file_and_row(release: Path) -> None:
    rewrite(release, "articles", "train", lambda rows: rows[1].update(text="x"))

    (found,) = [finding for finding in check_release(release, load=False) if finding.code == "E626"]
    assert (found.path, found.line) == (table(release, "articles", "train").relative_to(release).as_posix(), 2)


def test_rows_in_another_order_are_checked_like_the_rest(release: Path) -> None:
    rewrite(release, "annotations", "train", lambda rows: rows[0].update(article_id="harbour"))
    rewrite(release, "soft_labels", "train", shuffle_and_shift)
    rewrite(release, "articles", "train", lambda rows: rows.reverse())

    found = {(one.code, one.path.split("/")[0], one.line) for one in check_release(release, load=False)}
    assert {("E614", "articles", 2), ("E627", "annotations", 1), ("E625", "soft_labels", 2)} <= found
    assert not {code for code, _, _ in found} & {"E628", "E629", "E666"}


def shuffle_and_shift(rows: list[Row]) -> None:
    """Of another article first, then one with a wrong span."""
    rows[1]["start"] += 1
    rows[1]["end"] += 1


def test_an_article_in_two_splits_is_found_at_each_row(release: Path) -> None:
    path = table(release, "articles", "train")
    copy = path.with_name(path.name.replace("train", "validation", 1))
    shutil.copy(path, copy)

    found = {(one.code, one.line) for one in check_release(release, load=False) if one.path == f"articles/{copy.name}"}
    assert {("E627", 1), ("E627", 2), ("E628", 1), ("E628", 2)} <= found


def test_an_id_that_is_used_in_two_articles_is_found_where_it_is_used_again(release: Path) -> None:
    rewrite(release, "annotations", "train", lambda rows: rows[1].update(id="ferry-annotator-bb-1"))

    (found,) = [one for one in check_release(release, load=False) if one.code == "E627"]
    assert (found.path.split("-")[0], found.line) == ("annotations/train", 2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 999), at=st.integers(0, 10**6), put=st.binary(max_size=3), cut=st.integers(0, 40))
def test_no_damage_to_a_file_ends_in_a_trace(release: Path, which: int, at: int, put: bytes, cut: int) -> None:
    files = sorted(one for one in release.rglob("*") if one.is_file())
    path = files[which % len(files)]
    whole = path.read_bytes()
    at %= len(whole)
    damaged = whole[:at] + put + whole[at + cut :]
    path.write_bytes(damaged)
    try:
        found = bool(
            codes(release)
        )  # nothing in a release vouches for the manifest's own notes, such as pyarrow's version
        assert found == (damaged != whole) or path.name == "manifest.json"
    finally:
        path.write_bytes(whole)
