from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet
from tests.check.folder import good_corpus
from tests.corpora import UNCHECKED, annotation, article, toy, write_corpus

from kliping.check import check_corpus
from kliping.contract import load_contract
from kliping.errors import CallError, DataError
from kliping.files import encode_lines
from kliping.project import Corpus
from kliping.records import Count, Finding
from kliping.release import Check, build_release, verify
from kliping.release.tables.parquet import ContentDigest
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from kliping.records import Receipt

LEAKAGE = (
    "leakage: 0 near-duplicate pairs across splits "
    "(method: word 5-grams, lower-cased, without the title; exact Jaccard similarity >= 0.7)"
)


def build(corpus: Corpus, version: str = "0.1.0") -> tuple[Receipt, Path]:
    return build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def reword_guidelines(corpus: Corpus) -> None:
    (corpus.annotation_folder / "guidelines.md").write_text("Other words.\n")


def test_a_receipt_counts_what_the_tables_hold(tmp_path: Path) -> None:
    receipt, folder = build(toy(tmp_path))
    assert folder == tmp_path / "releases" / "toy-0.1.0"
    assert receipt.counts == (
        Count(what="articles", taken=5, kept=5),
        Count(what="articles with gold", taken=2, kept=2),
        Count(what="gold stances", taken=3, kept=3),
        Count(what="annotations", taken=7, kept=7),
    )


def test_annotations_of_a_superseded_text_are_set_aside_and_told(tmp_path: Path) -> None:
    new, old = article("a", "Judul", "Isi baru."), article("a", "Judul", "Isi lama.")
    corpus = write_corpus(
        tmp_path,
        [new],
        splits={"a": "train"},
        annotations=[annotation(new, "annotator-aa"), annotation(old, "annotator-bb")],
        revisions=[old],
    )
    receipt, _ = build(corpus)
    assert receipt.counts[-1] == Count(what="annotations", taken=2, kept=1, set_aside=1)
    assert receipt.notes[1:] == ("annotations of a superseded text, set aside: 1", LEAKAGE)


def test_the_same_content_again_is_no_change(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    first, folder = build(corpus)
    before = tree(tmp_path)
    second, _ = build(corpus)
    assert (first.changes, second.changes) == (2, 0)
    assert second.counts == first.counts
    assert tree(tmp_path) == before
    assert folder.is_dir()


def test_other_content_under_a_version_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    build(corpus)
    reword_guidelines(corpus)
    before = tree(tmp_path)
    with pytest.raises(DataError, match="choose a new version"):
        build(corpus)
    assert tree(tmp_path) == before
    build(corpus, "0.2.0")
    assert sorted(path.name for path in corpus.releases.iterdir()) == ["toy-0.1.0", "toy-0.2.0"]


def test_other_content_is_refused_even_where_the_folder_is_gone(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    shutil.rmtree(folder)
    reword_guidelines(corpus)
    with pytest.raises(DataError, match="choose a new version"):
        build(corpus)
    assert list(corpus.releases.iterdir()) == []


def test_a_folder_that_is_gone_comes_back_byte_for_byte(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    before = tree(tmp_path)
    shutil.rmtree(folder)
    receipt, _ = build(corpus)
    assert receipt.changes == 1
    assert tree(tmp_path) == before


def test_a_record_of_other_rows_keeps_a_folder_from_coming_back(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    content = read_manifest(folder).configs["articles"]["train"].content_sha256
    shutil.rmtree(folder)
    record = corpus.corpus / "versions" / "0.1.0.json"
    record.write_text(record.read_text().replace(content, "0" * 64))
    with pytest.raises(DataError, match="another kliping built it"):
        build(corpus)
    assert list(corpus.releases.iterdir()) == []


def test_a_kill_between_the_record_and_the_folder_is_finished_by_the_next_run(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    before = tree(tmp_path)
    shutil.rmtree(folder)
    receipt, _ = build(corpus)
    assert receipt.changes == 1
    assert tree(tmp_path) == before


def test_a_kill_between_the_lines_and_the_head_of_a_record_is_finished_by_the_next_run(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path).root)
    build(corpus)
    head, room = corpus.corpus / "versions/0.1.0.json", corpus.releases / ".toy-0.1.0.99999"
    recorded = head.read_bytes()
    head.unlink()  # the lines are written first
    room.mkdir()
    (corpus.releases / "toy-0.1.0").rename(room / "toy-0.1.0")
    receipt, _ = build_release(corpus, load_contract(corpus.schema), "0.1.0", Check(check_corpus, verify))
    assert receipt.changes == 2
    assert head.read_bytes() == recorded
    assert [path.name for path in corpus.releases.iterdir()] == ["toy-0.1.0"]


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second disk to link to")  # noqa: S108
def test_releases_may_lie_on_another_disk(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as disk:
        corpus.releases.symlink_to(disk)
        receipt, folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
        assert receipt.changes == 2
        assert verify(folder) == []
    assert sorted(path.name for path in (corpus.corpus / "versions").iterdir()) == ["0.1.0.json", "0.1.0.jsonl"]


def test_a_damaged_folder_is_told_and_left(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    (folder / "README.md").write_text("changed")
    with pytest.raises(DataError, match=r"releases/toy-0\.1\.0/README\.md: E602 .* remove the folder and run"):
        build(corpus)


def test_a_folder_without_a_manifest_is_told_and_left(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    (corpus.releases / "toy-0.1.0").mkdir(parents=True)
    with pytest.raises(DataError, match=r"releases/toy-0\.1\.0: no release, .*; remove the folder"):
        build(corpus)


def test_the_same_rows_in_other_bytes_are_noted(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    _, folder = build(corpus)
    shutil.rmtree(folder)
    record = corpus.corpus / "versions" / "0.1.0.json"
    digest = json.loads(record.read_text())["manifest_sha256"]
    record.write_text(record.read_text().replace(digest, "0" * 64))
    assert build(corpus)[0].notes == (
        "the same rows in other bytes than were recorded: another kliping or pyarrow wrote them",
        LEAKAGE,
    )


def test_what_a_killed_run_left_is_removed_and_what_goes_on_stays(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    left, going = (corpus.releases / f".toy-0.1.0.{number}" for number in (1, 2))
    for folder in (left, going):
        folder.mkdir(parents=True)
        (folder / "README.md").write_text("half a release")
    script = f"import fcntl, os; fcntl.flock(os.open({str(going)!r}, os.O_RDONLY), fcntl.LOCK_EX); print(); input()"
    run = [sys.executable, "-c", script]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        build(corpus)
        assert (left.exists(), going.exists()) == (False, True)
        other.kill()
    build(corpus)
    assert [folder.name for folder in corpus.releases.iterdir()] == ["toy-0.1.0"]


def test_findings_of_the_check_keep_the_release_from_appearing(tmp_path: Path) -> None:
    corpus = toy(tmp_path)

    def two_faults(folder: Path) -> list[Finding]:
        assert verify(folder) == []
        return [Finding(code=code, path="README.md", line=1, message="wrong") for code in ("E601", "E602")]

    with pytest.raises(DataError, match=r"README\.md:1: E601 wrong\n.*README\.md:1: E602 wrong"):
        build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED._replace(release=two_faults))
    assert list(corpus.releases.iterdir()) == []
    assert not (corpus.corpus / "versions").exists()


def test_a_run_that_fails_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    corpus = toy(tmp_path)

    def full(_folder: Path) -> list[Finding]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED._replace(release=full))
    assert list(corpus.releases.iterdir()) == []


def test_a_corpus_that_is_wrong_is_refused_with_every_finding_and_no_folder(tmp_path: Path) -> None:
    corpus = Corpus.open(good_corpus(tmp_path).root)
    path = corpus.annotation_folder / "pulled" / "00000.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"against"', b"null", 1).replace(b'"start":', b'"start":1', 1))
    with pytest.raises(DataError) as caught:
        build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED._replace(corpus=check_corpus))
    lines = str(caught.value).splitlines()
    assert [line.split()[:2] for line in lines if "pulled" in line] == [
        ["annotations/pulled/00000.jsonl:1:", "E401"],
        ["annotations/pulled/00000.jsonl:3:", "E203"],
    ]
    assert not corpus.releases.exists()


def test_a_corpus_that_is_not_ready_is_refused_with_all_that_is_missing(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    (corpus.corpus / "LICENSE").unlink()
    (corpus.annotation_folder / "guidelines.md").unlink()
    kept = [entry for entry in corpus.splits() if entry.id not in {"fish", "lamps"}]
    (corpus.corpus / "splits.jsonl").write_bytes(encode_lines(kept))
    with pytest.raises(DataError) as caught:
        build(corpus)
    assert [line.split(";")[0] for line in str(caught.value).splitlines()] == [
        "annotations/guidelines.md: R104 missing: a release shows what annotators were told",
        "corpus/LICENSE: R103 missing: a release must say what others may do with it",
        "corpus/splits.jsonl: R102 2 articles have no split",
    ]
    assert not corpus.releases.exists()


def test_lines_that_no_release_can_hold_are_refused_at_once_before_anything_is_built(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    market = (corpus.corpus / "articles" / "00000.jsonl").read_bytes().splitlines(keepends=True)[0]
    for path, line in (
        (corpus.corpus / "articles" / "00000.jsonl", b"not JSON\n"),
        (corpus.corpus / "articles" / "00001.jsonl", market),
        (corpus.annotation_folder / "gold.jsonl", b'{"article_id": "gone", "stances": []}\n'),
        (corpus.annotation_folder / "pulled" / "00000.jsonl", b'{"article_id": "lost"}\n'),
        (corpus.annotation_folder / "pulled" / "00000.jsonl", b"{}\n"),
        (corpus.corpus / "splits.jsonl", b'{"id": "fish", "split": "test", "cluster": "fish"}'),
    ):
        with path.open("ab") as file:
            file.write(line)
    with pytest.raises(DataError) as caught:
        build(corpus)
    assert str(caught.value).splitlines() == [
        "annotations/gold.jsonl:3: R108 gone is no article of corpus/articles; restore it with git",
        "annotations/pulled/00000.jsonl:8: R108 lost is no article of corpus/articles; restore it with git",
        "annotations/pulled/00000.jsonl:9: R109 no JSON object with article_id; mend the line, or restore it with git",
        "corpus/articles/00000.jsonl:6: R109 no JSON object with id; mend the line, or restore it with git",
        "corpus/articles/00001.jsonl:1: R107 the article market is there already; keep one",
        "corpus/splits.jsonl:6: R107 the split of fish is there already; keep one",
    ]
    assert not corpus.releases.exists()


def test_what_fails_its_proof_while_the_tables_are_built_leaves_no_folder(tmp_path: Path) -> None:
    corpus = toy(tmp_path)
    gold, pulled = corpus.annotation_folder / "gold.jsonl", corpus.annotation_folder / "pulled" / "00000.jsonl"
    gold.write_bytes(gold.read_bytes().replace(b'"ORGANISATION"', b'"GUILD"', 1))
    pulled.write_bytes(pulled.read_bytes().replace(b'"start":', b'"start":1', 1))
    with pytest.raises(DataError, match=r"R206 ferry: the label 'GUILD'(.|\n)*pulled/00000\.jsonl:1: R205 "):
        build(corpus)
    assert list(corpus.releases.iterdir()) == []
    assert not (corpus.corpus / "versions").exists()


def test_a_corpus_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="R101 no articles; run `kliping normalise`"):
        build(write_corpus(tmp_path, []))


def test_a_version_that_is_none_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CallError):
        build(toy(tmp_path), "v1")


def test_a_table_without_a_row_is_no_config(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [article("a", "Judul", "Isi.")], splits={"a": "test"})
    _, folder = build(corpus)
    assert {name: list(parts) for name, parts in read_manifest(folder).configs.items()} == {"articles": ["test"]}


def test_every_span_of_every_table_is_a_slice_of_the_released_text(released: Path) -> None:
    texts = {row["id"]: row["text"] for row in rows(released, "articles")}
    for row in rows(released, "entities"):
        assert [row["text"][span["start"] : span["end"]] for span in row["token_spans"]] == row["tokens"]
    for table in ("entities", "annotations"):
        for row in rows(released, table):
            text = texts[row.get("article_id") or row["id"]]
            assert all(text[one["start"] : one["end"]] == one["text"] for one in row["entities"])
    for row in rows(released, "stances"):
        text = texts[row["article_id"]]
        for start, end, surface in (
            ("target_start", "target_end", "target_text"),
            ("holder_start", "holder_end", "holder_text"),
            ("sentence_start", "sentence_end", "sentence"),
        ):
            assert row[surface] is None or text[row[start] : row[end]] == row[surface]


def test_the_content_hash_is_that_of_the_rows_as_parquet_gives_them_back(released: Path) -> None:
    for table, parts in read_manifest(released).configs.items():
        for split, part in parts.items():
            digest = ContentDigest()
            for row in rows(released, table, split):
                digest.add(row)
            assert digest.hexdigest() == part.content_sha256


def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.corpora import toy;"
        "from tests.release.building.test_build import build; build(toy(Path(sys.argv[1])))"
    )
    for name, seed in (("here", "1"), ("there", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Jakarta" if seed == "1" else "UTC"}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / name)], check=True, env=environment)
    assert tree(tmp_path / "here" / "releases") == tree(tmp_path / "there" / "releases")


def rows(folder: Path, table: str, split: str = "*") -> list[dict[str, Any]]:
    return [
        row
        for path in sorted((folder / table).glob(f"{split}-*.parquet"))
        for row in parquet.read_table(path).to_pylist()
    ]
