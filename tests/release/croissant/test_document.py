"""`croissant.json` as mlcroissant takes it: valid without a warning, and its records are the Parquet's rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

import msgspec
import pytest
from pyarrow import parquet
from tests.corpora import (
    PYPROJECT,
    SCHEMA,
    UNCHECKED,
    annotation,
    article,
    entity,
    gold,
    mention,
    stance,
    toy,
    write_corpus,
)

from kliping.contract import load_contract
from kliping.files import sha256
from kliping.project import Corpus
from kliping.records import Dateline, Figure, Holder, Related, Target
from kliping.release import build_release
from kliping.release.croissant.document import CROISSANT
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

# mlcroissant uses what rdflib and pandas have come to deprecate.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

Json: TypeAlias = dict[str, Any]

ROOT = Path(__file__).parents[3]
DAY = "1767225600"  # 2026-01-01
ODD = 'Quote " slash \\ </script> 👩‍🌾 e\u0301 שלום \u2028 {brace} 100% & ~tilde_ ^'
CITATION = """
[tool.kliping.citation]
doi = "10.5281/zenodo.1003150"
url = "https://pos.example/toy"
abstract = 'A "quoted" abstract 👩‍🌾.'
keywords = ["news", "Rimbia"]

[[tool.kliping.citation.authors]]
given-names = "Sena"
family-names = "Waluyo"
orcid = "0000-0002-1825-0097"

[[tool.kliping.citation.authors]]
name = "The {Rimbia} & Harsa reading circle"

[tool.kliping.card]
annotators = "Two students of Rimbia, paid."
"""
METADATA = {
    "print run": {"type": ["integer", "null"], "description": "A name with a space."},
    "it's é": {"type": "string", "description": "A name with a quote and a letter beyond ASCII."},
    "desk": {
        "type": "object",
        "description": "A struct in the struct, with a list of structs that cannot be told.",
        "properties": {
            "head": {"type": "string"},
            "staff": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
        },
    },
    "pages": {
        "type": "array",
        "description": "Lists in a list.",
        "items": {"type": "array", "items": {"type": "integer"}},
    },
}


def release(corpus: Corpus, version: str = "0.1.0") -> Path:
    return build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)[1]


def odd(root: Path) -> Corpus:
    """Two articles full of odd characters, nulls, empty lists and the corpus's own fields."""
    first = msgspec.structs.replace(
        article("odd-1", ODD, "Rimbia, kata Sena Waluyo 🇮🇩, tetap buka."),
        authors=("Ratri", ODD),
        topics=("",),
        dateline=Dateline(place="Rimbia", agency=None, date=None),
        figures=(Figure(caption=ODD, credit=None),),
        related=(Related(title=None, url="https://pos.example/1"), Related(title=ODD, url="https://pos.example/2")),
        confidence=0.25,
        metadata={
            "print run": 7,
            "it's é": ODD,
            "desk": {"head": "Ratri", "staff": [{"name": "x"}]},
            "pages": [[1], [2, 3]],
        },
        extra=json.dumps({"k": ODD}),
    )
    second = msgspec.structs.replace(
        article("odd-2", "Kosong", "Tanpa apa-apa."),
        metadata={"print run": None, "it's é": "", "desk": {"head": "", "staff": []}, "pages": []},
    )
    marked = (entity(first, 1, "Rimbia", "PLACE"), entity(first, 2, "Sena Waluyo", "PERSON"))
    sides = (
        stance(1, "against", mention("e1"), Holder(kind="mention", mention="e2")),
        stance(2, "none", Target(kind="declared", name="MARKET_MOVE"), Holder(kind="author")),
    )
    corpus = write_corpus(
        root,
        (first, second),
        splits={"odd-1": "test", "odd-2": "train"},
        gold=(gold(first, marked, sides), gold(second, ())),
        annotations=(
            annotation(first, "annotator-aa", marked, sides, comment=ODD, predictions_shown="m-1"),
            annotation(second, "annotator-aa"),
        ),
    )
    own = corpus.schema / "corpus.schema.json"
    document = json.loads(own.read_bytes())
    document["$defs"]["metadata"]["properties"] = METADATA
    own.write_text(json.dumps(document))
    text = PYPROJECT.replace('"Toy corpus: news from Rimbia"', json.dumps(ODD, ensure_ascii=False))
    (root / "pyproject.toml").write_text(text + CITATION)
    return Corpus.open(root)


def sample(root: Path) -> Corpus:
    """The repository's own corpus, copied, as if it had never been released."""
    root.mkdir()
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(SCHEMA, root / "schema")
    for folder in ("corpus", "annotations"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.rmtree(root / "corpus/versions")
    return Corpus.open(root)


@pytest.fixture(scope="module", params=[toy, odd, sample], ids=lambda make: make.__name__)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        return release(request.param(tmp_path_factory.mktemp("croissant") / "corpus"))


def document(folder: Path) -> Json:
    found: Json = json.loads((folder / CROISSANT).read_bytes())
    return found


def rows(folder: Path, config: str) -> list[Json]:
    files = sorted((folder / config).glob("*.parquet"))
    return [
        row | {"split": file.name.partition("-")[0]} for file in files for row in parquet.read_table(file).to_pylist()
    ]


def told(row: Json) -> Json:
    """A row as a record can tell it: a struct that is null has null in each field; what is left out is gone."""
    found = dict(row)
    if "dateline" in found and found["dateline"] is None:
        found["dateline"] = dict.fromkeys(("place", "agency", "date"))
    if "desk" in (found.get("metadata") or {}):
        found["metadata"] = {**found["metadata"], "desk": {"head": found["metadata"]["desk"]["head"]}}
    return found


def plain(value: object, prefix: str) -> object:
    """A record's value as Python has it: text decoded, sub-fields put back by their path."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [plain(one, prefix) for one in value]
    if not isinstance(value, dict):
        return value
    found: Json = {}
    for name, inner in value.items():
        *way, last = (unquote(part) for part in name.removeprefix(f"{prefix}/").split("/"))
        place = found
        for step in way:
            place = place.setdefault(step, {})
        place[last] = plain(inner, name)
    return found


def records(folder: Path, config: str, **filters: str) -> Iterator[Json]:
    mlcroissant = pytest.importorskip("mlcroissant")
    opened = mlcroissant.Dataset(str(folder / CROISSANT))
    wanted = {f"{config}/{name}": value for name, value in filters.items()}
    for record in opened.records(config, wanted or None):
        found = plain(record, config)
        assert isinstance(found, dict)
        yield found


def test_the_validator_finds_no_error_and_no_warning(built: Path) -> None:
    command = [str(Path(sys.executable).with_name("mlcroissant")), "validate", "--jsonld", str(built / CROISSANT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert [line.partition("] ")[2] for line in done.stderr.splitlines()] == ["Done."]


def test_records_are_the_rows_of_the_parquet_files(built: Path) -> None:
    for config in read_manifest(built).configs:
        assert list(records(built, config)) == [told(row) for row in rows(built, config)], config


def test_every_file_is_named_with_its_hash_and_size(built: Path) -> None:
    listed = [one for one in document(built)["distribution"] if one["@type"] == "cr:FileObject"]
    there = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    assert {one["contentUrl"] for one in listed} == there - {CROISSANT, "manifest.json"}
    for one in listed:
        data = (built / one["contentUrl"]).read_bytes()
        assert (one["sha256"], one["contentSize"]) == (sha256(data), f"{len(data)} B"), one["@id"]


def test_no_path_of_the_machine_is_in_it(built: Path) -> None:
    assert str(built.parents[2]) not in (built / CROISSANT).read_text()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy, without a date."""
    return release(toy(tmp_path_factory.mktemp("small")))


def test_a_split_is_read_alone(small: Path) -> None:
    assert [row["id"] for row in records(small, "stances", split="test")] == ["ferry:s1"]
    assert [row["id"] for row in records(small, "entities", split="train")] == ["market"]


def test_a_file_that_lies_beside_is_not_read(small: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small, tmp_path / small.name)
    (file,) = (folder / "stances").glob("test-*.parquet")
    shutil.copy(file, file.with_name("test-00000-of-00001-deadbeef.parquet"))
    assert len(list(records(folder, "stances"))) == 3


def test_classes_resolve_to_their_names(small: Path) -> None:
    names = {one["number"]: one["name"] for one in records(small, "stance_enum")}
    assert {row["id"]: names[row["stance"]] for row in records(small, "stances")} == {
        "ferry:s1": "favor",
        "market:s1": "against",
        "market:s2": "none",
    }
    tags = {one["number"]: one["name"] for one in records(small, "ner_tag_enum")}
    (row,) = (row for row in records(small, "entities") if row["id"] == "ferry")
    shown = [(word, tags[tag]) for word, tag in zip(row["tokens"], row["ner_tags"], strict=True)]
    assert [pair for pair in shown if pair[1] != "O"] == [
        ("Rimbia", "B-ORGANISATION"),
        ("Ferry", "I-ORGANISATION"),
        ("Board", "I-ORGANISATION"),
        ("night", "B-POLICY"),
        ("ferry", "I-POLICY"),
    ]


def test_a_changed_file_is_read_without_a_word(small: Path, tmp_path: Path) -> None:
    """Why `kliping verify` is needed: the library compares no hash of a local file."""
    folder = shutil.copytree(small, tmp_path / small.name)
    (file,) = (folder / "stances").glob("test-*.parquet")
    table = parquet.read_table(file)
    flipped = table.set_column(2, "stance", [[0] * table.num_rows])
    parquet.write_table(flipped, file)
    assert [row["stance"] for row in records(folder, "stances", split="test")] == [0]


def test_without_a_date_no_date_is_told(small: Path) -> None:
    assert "datePublished" not in document(small)


def test_the_same_inputs_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    assert (release(toy(tmp_path)) / CROISSANT).read_bytes() == (small / CROISSANT).read_bytes()


def test_the_terms_are_those_of_the_specification(small: Path) -> None:
    context = pytest.importorskip("mlcroissant._src.core.context")
    rdf = pytest.importorskip("mlcroissant._src.core.rdf")
    standard = rdf.make_context(context.Context(conforms_to=context.CroissantVersion.V_1_1))
    ours = document(small)["@context"]
    assert {term: ours.get(term) for term in standard} == standard
