"""`kliping normalise` at the command line: an accepted text, its annotations, and what goes where."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kliping.files import write_shards
from kliping.project import Corpus
from kliping.records import Annotation, Entity, Receipt

ROOT = Path(__file__).parents[2]
KEPT = (
    "The ferry did not sail on Monday, said the harbour master Nell Astrand, who had hoped for better weather all week."
)
GONE = (
    "Ogi Barsana, who sells fish at the pier, said that he would wait for the ferry until the evening and then go home."
)


def kliping(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def normalise(corpus: Corpus, *options: str) -> Receipt:
    done = kliping("normalise", "-C", corpus.root, "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return msgspec.json.decode(done.stdout, type=Receipt)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """One article with an annotation, and a raw file that has since been edited."""
    (tmp_path / "pyproject.toml").write_text('[tool.kliping]\nname = "small"\nlanguage = "en"\n')
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    raw = tmp_path / "corpus" / "raw" / "a.txt"
    raw.parent.mkdir(parents=True)
    raw.write_text(f"Ferry stays in port\n\n{GONE}\n\n{KEPT}\n")
    made = Corpus.open(tmp_path)
    normalise(made)
    (article,) = made.articles()
    entities = tuple(
        Entity(id=f"e{number}", start=start, end=start + len(name), text=name, label="PERSON")
        for number, name in enumerate(("Ogi Barsana", "Nell Astrand"), 1)
        for start in [article.text.index(name)]
    )
    said = Annotation(
        id="one", article_id=article.id, text_sha256=article.text_sha256, annotator="annotator-aa", round=1,
        scheme="1.0.0", status="submitted", entities=entities, stances=(), comment=None, created=None, updated=None,
        lead_time=None, predictions_shown=None, studio=None,
    )  # fmt: skip
    write_shards(made.annotation_folder / "pulled", [said])
    raw.write_text(f"Ferry stays in port\n\n{KEPT}\n")
    return made


def test_an_annotated_text_stays_until_it_is_accepted(corpus: Corpus) -> None:
    (before,) = corpus.articles()
    receipt = normalise(corpus)
    assert (receipt.changes, list(corpus.articles())) == (1, [before])
    assert [note for note in receipt.notes if f"{before.id} (+0 -1)" in note]
    assert normalise(corpus).changes == 0


@pytest.mark.parametrize("by_name", [True, False])
def test_an_accepted_text_offers_the_old_annotations_where_they_align(corpus: Corpus, *, by_name: bool) -> None:
    (before,) = corpus.articles()
    receipt = normalise(corpus, "--accept", before.id if by_name else "all")
    (after,), (carried,) = corpus.articles(), corpus.carried()
    assert (after.id, GONE in after.text, list(corpus.revisions())) == (before.id, False, [before])
    assert [(after.text[one.start : one.end], one.origin) for one in carried.entities] == [
        ("Nell Astrand", "prediction")
    ]
    assert [(one.words, one.reason) for one in carried.lost] == [("Ogi Barsana", "its words changed or went")]
    assert [(one.what, one.taken, one.kept, one.set_aside) for one in receipt.counts] == [
        ("inputs", 1, 1, 0),
        ("mentions of superseded texts", 2, 1, 1),
        ("stances of superseded texts", 0, 0, 0),
    ]
    (said,) = corpus.annotations()
    assert said.text_sha256 == before.text_sha256
    assert normalise(corpus).changes == 0
    checked = kliping("check", "-C", corpus.root)
    assert not [line for line in checked.stdout.splitlines() if "E401" in line or "E306" in line]


def test_an_unknown_id_is_told_and_nothing_is_written(corpus: Corpus) -> None:
    (before,) = corpus.articles()
    done = kliping("normalise", "-C", corpus.root, "--accept", "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        "kliping: --accept nowhere: no article has this id; nothing was written\n",
    )
    assert list(corpus.articles()) == [before]


def test_the_number_of_workers_is_one_or_more(corpus: Corpus) -> None:
    assert kliping("normalise", "-C", corpus.root, "--workers", "0").returncode == 2


def test_near_duplicates_can_be_left_out(corpus: Corpus) -> None:
    shutil.rmtree(corpus.state)
    normalise(corpus, "--no-near-duplicates")
    assert not (corpus.state / "near_duplicates.jsonl").exists()
