"""The committed sample corpus is what the tool makes of its raw files, and holds what real clippings hold."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kliping import Corpus
from kliping.annotation.adjudication import adjudicate_corpus
from kliping.check import check_corpus, check_release
from kliping.contract import load_contract
from kliping.normaliser.run.corpus import normalise_corpus
from kliping.release import Check, build_release, verify
from kliping.release.splitting.split import split_corpus
from kliping.release.versions.changes import Level
from kliping.release.versions.difference import compare
from kliping.release.versions.sides import recorded_side

ROOT = Path(__file__).parents[1]
SAMPLE = Corpus.open(ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Corpus:
    for name in ("corpus", "schema", "annotations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return Corpus.open(tmp_path)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but those that can always be made again."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(path): (folder / path).read_bytes() for path in files if path.parts[0] != ".kliping"}


def test_the_sample_has_no_finding() -> None:
    assert check_corpus(SAMPLE) == []


def test_every_step_again_changes_nothing(copy: Corpus) -> None:
    before = contents(copy.root)
    contract = load_contract(copy.schema)
    annotated = {annotation.article_id for annotation in copy.annotations()}
    for receipt in (
        normalise_corpus(copy, contract, annotated),
        split_corpus(copy),
        adjudicate_corpus(copy, contract),
    ):
        assert (receipt.step, receipt.changes, receipt.adds_up) == (receipt.step, 0, True)
    assert contents(copy.root) == before


def test_a_fresh_run_makes_the_same_articles(copy: Corpus) -> None:
    before = contents(copy.corpus)
    for name in ("sources.jsonl", "rejected.jsonl"):
        (copy.corpus / name).unlink()
    shutil.rmtree(copy.corpus / "articles")
    normalise_corpus(copy, load_contract(copy.schema), set())
    assert contents(copy.corpus) == before


def test_there_are_29_articles_in_two_languages_and_two_rejections() -> None:
    articles = list(SAMPLE.articles())
    assert Counter(article.language for article in articles) == {"id": 20, "en": 9}
    assert [(rejection.path, rejection.reason) for rejection in SAMPLE.rejected()] == [
        ("pages/not-found.html", "not-found"),
        ("text/too-short.txt", "too-short"),
    ]


def test_the_two_versions_of_one_report_share_a_split() -> None:
    path_of = {source.id: source.path for source in SAMPLE.sources()}
    entries = {path_of[entry.id]: entry for entry in SAMPLE.splits()}
    first, second = entries["text/tanggul-senar-jebol.txt"], entries["text/tanggul-senar-jebol-pembaruan.txt"]
    assert (first.split, first.cluster) == (second.split, second.cluster)


def test_every_split_has_gold_entities_and_stances() -> None:
    split_of = {entry.id: entry.split for entry in SAMPLE.splits()}
    entities, stances = Counter[str](), Counter[str]()
    for gold in SAMPLE.gold():
        entities[split_of[gold.article_id]] += len(gold.entities)
        stances[split_of[gold.article_id]] += len(gold.stances)
    assert set(entities) == set(stances) == {"train", "validation", "test"}
    assert min(entities.values()) > 20
    assert min(stances.values()) > 5


def test_two_annotators_disagree_and_some_of_it_is_undecided() -> None:
    annotated = {annotation.article_id for annotation in SAMPLE.annotations()}
    assert len({annotation.annotator for annotation in SAMPLE.annotations()}) == 2
    assert len(annotated) == 27
    assert len(list(SAMPLE.gold())) == 25
    assert {decision.verdict for decision in SAMPLE.decisions()} == {"accept", "edit", "reject"}


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("text/pasar-lama-dewan-terbelah.txt", b"\r\n"),
        ("text/feri-rimbia-tarif-naik.txt", b"\xef\xbb\xbf"),
        ("text/festival-perahu-lampion.txt", "👩\u200d🌾".encode()),
        ("text/festival-perahu-lampion.txt", "\u00a0".encode()),
        ("text/jembatan-karangmelur-tiga-langkah.txt", "\u00ad".encode()),
        ("text/elang-senar-stadion-baru.txt", "m\u0303".encode()),
        ("text/kantong-plastik-tajuk-lima-ratus.txt", b"  "),
        ("pages/sanggar-kota-tua.html", "Ü".encode("latin-1")),
    ],
)
def test_the_raw_files_hold_the_peculiarities_of_real_clippings(path: str, piece: bytes) -> None:
    assert piece in (SAMPLE.raw / path).read_bytes()


def test_the_files_give_the_version_on_record(copy: Corpus) -> None:
    check = Check(check_corpus, lambda folder: check_release(folder, load=False))
    receipt, folder = build_release(copy, load_contract(copy.schema), "0.2.0", check)
    assert (receipt.changes, receipt.adds_up) == (1, True)
    assert verify(folder) == []


def test_the_two_versions_on_record_differ_as_the_changelog_says() -> None:
    found = compare(recorded_side(SAMPLE, "0.1.0"), recorded_side(SAMPLE, "0.2.0"))
    assert found.counts == {"article_added": 2, "newly_gold": 2, "stance_flipped": 1}
    assert found.level is Level.MINOR
