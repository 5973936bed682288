"""What is fuzzed: functions that take any bytes and raise only what their callees promise, and what they begin from.

Each target asserts what must hold of whatever comes out: a fuzzer looks for broken promises, not for crashes alone.
Two drive them: Hypothesis in `test_targets.py`, for seconds, and atheris in `nox -s fuzz`, for minutes.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from tests.corpora import UNCHECKED, annotation, article, entity, mention, stance, toy
from tests.normaliser.inputs.folder import PAGE, TEXT, tarred, zipped

from kliping.check import check_corpus
from kliping.check.corpus.texts import TEXT_RULES, TextSeen
from kliping.check.release.card import CARD_RULES, CardSeen
from kliping.check.release.card_body import CARD_BODY_RULES
from kliping.check.release.croissant import CROISSANT_RULES, open_croissant
from kliping.check.release.described import DESCRIBED_RULES, DescribedSeen
from kliping.check.release.disclosure import DISCLOSURE_RULES, DisclosureSeen
from kliping.check.release.documents import read_documents
from kliping.check.release.files import RELEASE_RULES, Opened, open_manifest
from kliping.check.release.told import Counted, describe
from kliping.check.rules import Place
from kliping.contract import Contract, load_contract, violations
from kliping.errors import CallError, DataError, Rejected
from kliping.normaliser import normalise
from kliping.normaliser.inputs import read_inputs
from kliping.normaliser.run.listing import list_raw
from kliping.normaliser.run.treatment import Treatments
from kliping.project import Corpus, Settings
from kliping.records import Holder
from kliping.release import build_release
from kliping.release.card.statistics import Statistics
from kliping.release.manifest import Manifest
from kliping.release.verification import read_manifest, verify
from kliping.studio.pull.exports import read_export
from kliping.studio.results import Unreadable, read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["TARGETS", "Target"]

ROOT = Path(__file__).parents[2]
MARKET = article("market", "Pasar Lama 👩‍🌾", "Wali Kota 🇮🇩 Sena Waluyo menolak relokasi Pasar Lama. Pasar Lama tetap.")
SAID = annotation(
    MARKET,
    "annotator-aa",
    [entity(MARKET, 1, "Sena Waluyo", "PERSON"), entity(MARKET, 2, "relokasi Pasar Lama", "POLICY")],
    [
        stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1")),
        stance(2, "against", mention("e2"), Holder(kind="author")),
    ],
    comment="tidak yakin",
)
KINDS = (".txt", ".html", ".zip", ".tar", ".tar.gz", ".gz", ".warc", ".warc.gz", ".csv", ".tsv", ".jsonl", ".json")


class Target(NamedTuple):
    """What is fuzzed, and the inputs that a fuzzer begins with; `words` are what such inputs are made of."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A corpus and its release, of which a file is replaced for a moment."""

    corpus: Corpus
    folder: Path
    contract: Contract
    files: dict[tuple[str, str], list[str]]
    rows: dict[tuple[str, str], int]


@cache
def released() -> Released:
    """The toy corpus, released once a process."""
    home = Path(tempfile.mkdtemp(prefix="kliping-fuzz-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    corpus = toy(home / "toy")
    contract = load_contract(corpus.schema)
    folder = build_release(corpus, contract, "0.1.0", UNCHECKED)[1]
    manifest = read_manifest(folder)
    parts = {
        (config, split): part.rows for config, splits in manifest.configs.items() for split, part in splits.items()
    }
    files = {(config, split): [str(path.relative_to(folder)) for path in sorted((folder / config).glob(f"{split}-*"))]
             for config, split in parts}  # fmt: skip
    return Released(corpus, folder, contract, files, parts)


def normalise_bytes(data: bytes) -> None:
    """An article keeps every promise of the contract, or there is a reason why there is none."""
    try:
        made = normalise(data, min_length=1)
    except Rejected as error:
        assert error.detail
        return
    broken = [
        *TEXT_RULES.findings(TextSeen(Place("made"), made, ())),
        *violations(released().contract, "article", made),
    ]
    assert not broken, broken


def read_raw_file(data: bytes) -> None:
    """Whatever lies in a raw folder gives inputs or reasons; the first byte says what the file is called."""
    with tempfile.TemporaryDirectory() as home:
        name = f"file{KINDS[data[0] % len(KINDS)]}" if data else "file"
        (Path(home) / name).write_bytes(data[1:])
        paths = [file.path for file in list_raw(Path(home))]
        treatments = Treatments(Settings(name="fuzz", max_bytes=100_000))
        for _ in read_inputs(Path(home), paths, treatments, {}):
            pass


def read_result(data: bytes) -> None:
    """A result of Label Studio is read with every span proven, or said to be unreadable."""
    try:
        items = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    if not isinstance(items, list):
        return
    _read([item for item in items if isinstance(item, dict)])


def _read(items: list[dict[str, Any]]) -> None:
    contract = released().contract
    try:
        reading = read(items, MARKET.text, contract.scheme)
    except Unreadable as unreadable:
        assert unreadable.reasons
        return
    known = {one.id for one in reading.entities}
    for one in reading.entities:
        assert MARKET.text[one.start : one.end] == one.text != ""
    for side in (end for one in reading.stances for end in (one.target, one.holder)):
        assert side.mention is None or side.mention in known


def read_exported_file(data: bytes) -> None:
    """An exported file gives tasks whose results can be read, or a sentence that says what it is instead."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(data)
        file.flush()
        try:
            for task in read_export(Path(file.name), released().contract.scheme):
                for made in task.submitted:
                    assert made.address is None or "@" in made.address
                    _read([item for item in made.result or () if isinstance(item, dict)])
        except DataError as error:
            assert str(error)


def read_card(data: bytes) -> None:
    """Any bytes as a card give findings, never a trace."""
    one = released()
    manifest = read_manifest(one.folder)
    place = one.folder / "README.md"
    whole = place.read_bytes()
    try:
        place.write_bytes(data)
        told = read_documents(one.folder)
        seen = CardSeen(told, one.contract, one.files, one.rows, one.folder, manifest)
        list(chain(CARD_RULES.findings(seen), CARD_BODY_RULES.findings(seen)))
        list(DISCLOSURE_RULES.findings(DisclosureSeen(one.folder, told)))
        described = describe(one.folder, one.contract, manifest, told, Counted(one.files, one.rows, Statistics()))
        if described is not None:
            list(DESCRIBED_RULES.findings(DescribedSeen(one.folder, manifest, told, described)))
    finally:
        place.write_bytes(whole)


def read_any_manifest(data: bytes) -> None:
    """Any bytes as a manifest are refused or verified, and nothing outside the folder is read."""
    one = released()
    place = one.folder / "manifest.json"
    whole = place.read_bytes()
    try:
        place.write_bytes(data)
        opened = Opened(one.folder, open_manifest(one.folder), one.contract, ())
        list(RELEASE_RULES.findings(opened))
        list(CROISSANT_RULES.findings(open_croissant(opened)))
        assert verify(one.folder) or read_manifest(one.folder).files == msgspec.json.decode(whole, type=Manifest).files
    except (CallError, DataError) as error:
        assert str(error)
    finally:
        place.write_bytes(whole)


def read_croissant(data: bytes) -> None:
    """Any bytes as `croissant.json` give findings, never a trace."""
    one = released()
    place = one.folder / "croissant.json"
    whole = place.read_bytes()
    try:
        place.write_bytes(data)
        list(CROISSANT_RULES.findings(open_croissant(Opened(one.folder, open_manifest(one.folder), one.contract, ()))))
    finally:
        place.write_bytes(whole)


CORPUS_FILES = (
    "corpus/articles/00000.jsonl", "annotations/pulled/00000.jsonl", "annotations/gold.jsonl", "corpus/splits.jsonl",
    "corpus/sources.jsonl", "corpus/rejected.jsonl", "annotations/decisions.jsonl", "annotations/quarantine.jsonl",
    "annotations/rounds.jsonl", "corpus/revisions/00000.jsonl", "annotations/key.json", "annotations/labeling.xml",
    "annotations/predictions/toy.jsonl", "annotations/relabelled.jsonl", "corpus/versions/0.1.0.json",
    "corpus/versions/0.1.0.jsonl", "schema/corpus.schema.json",
)  # fmt: skip


def check_any_corpus(data: bytes) -> None:
    """Any bytes as any file of a corpus give findings, never a trace; the first byte says which file."""
    corpus = released().corpus
    place = corpus.root / CORPUS_FILES[data[0] % len(CORPUS_FILES) if data else 0]
    whole = place.read_bytes() if place.exists() else None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data[1:])
        for finding in check_corpus(corpus):
            assert finding.message
    finally:
        if whole is None:
            place.unlink()
        else:
            place.write_bytes(whole)


def _raw() -> Iterable[bytes]:
    paths = sorted(path for path in (ROOT / "corpus/raw").rglob("*") if path.is_file())
    return [path.read_bytes() for path in paths]


def _raw_files() -> Iterable[bytes]:
    def named(suffix: str, data: bytes) -> bytes:
        return bytes([KINDS.index(suffix)]) + data

    yield named(".txt", TEXT)
    yield named(".html", PAGE)
    yield named(".zip", zipped({"a.txt": TEXT, "b/c.html": PAGE}))
    yield named(".tar", tarred({"a.txt": TEXT, "b.html": PAGE}))
    yield named(".tar.gz", tarred({"a.txt": TEXT}, "w:gz"))
    yield named(".csv", b"title,text,url\nFerry,The ferry sails.,https://pos.example/a\n")
    yield named(".tsv", b"title\ttext\nFerry\tThe ferry sails.\n")
    yield named(".jsonl", b'{"title": "Ferry", "text": "The ferry sails."}\n')
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry sails.</p>"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pos.example/a\r\n"
    head += b"Content-Type: application/http\r\n"
    yield named(".warc", head + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(answer), answer))


def _results() -> Iterable[bytes]:
    items = write(SAID)
    yield msgspec.json.encode(items)
    yield from (msgspec.json.encode([one]) for one in items)


def _exports() -> Iterable[bytes]:
    for result in _results():
        made = {"id": 7, "completed_by": {"id": 3, "email": "ayu@pos.example"}, "result": msgspec.json.decode(result)}
        yield msgspec.json.encode([{"id": 1, "data": {"id": "market", "text": MARKET.text}, "annotations": [made]}])


def _of_the_release(name: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [(released().folder / name).read_bytes()]


def _of_the_corpus() -> Iterable[bytes]:
    for number, name in enumerate(CORPUS_FILES):
        place = released().corpus.root / name
        yield bytes([number]) + (place.read_bytes() if place.exists() else b"")


_WORDS = (
    "from_name", "to_name", "type", "labels", "choices", "relation", "from_id", "to_id", "direction", "value", "start",
    "end", "text", "label", "stance", "holder", "unsure", "comment", "article_stance_MARKET_MOVE", "author", "none",
    "mention:1-2", "unspecified", "against", "favor", "PERSON", "PLACE", "right", "left", "\\ud83d",
)  # fmt: skip
_EXPORTED = ("annotations", "completions", "completed_by", "data", "meta")

TARGETS = {
    "normalise": Target(normalise_bytes, _raw, ("<p>", "<h1>", "<article>", "Baca juga:", "JAKARTA - ", "- ", "<!--")),
    "raw_files": Target(read_raw_file, _raw_files),
    "results": Target(read_result, _results, _WORDS),
    "exports": Target(read_exported_file, _exports, (*_WORDS, *_EXPORTED)),
    "card": Target(read_card, _of_the_release("README.md"), ("---\n", "configs:", "dataset_info:", "&a", "*a", "!!")),
    "manifest": Target(read_any_manifest, _of_the_release("manifest.json"), ("../", "files", "configs", "sha256")),
    "croissant": Target(read_croissant, _of_the_release("croissant.json"), ("@type", "@id", "@context", "FileObject")),
    "corpus": Target(check_any_corpus, _of_the_corpus, (*_WORDS, "entities", "stances", "text_sha256", "\\udc00")),
}
"""By the name that `nox -s fuzz -- NAME` takes."""
