from __future__ import annotations

import csv
import gzip
import io
import shutil
import signal
import subprocess
import sys
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kliping.contract import Contract, load_contract
from kliping.errors import CallError, DataError
from kliping.files import encode_lines
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.run.corpus import Options, Progress, normalise_corpus
from kliping.project import Corpus

if TYPE_CHECKING:
    from kliping.normaliser.raw import Raw, Reading
    from kliping.records import Article, Receipt

ROOT = Path(__file__).parents[3]
CONTRACT = load_contract(ROOT / "schema")
ALONE = Options(workers=1)
BODY = "The ferry did not sail on Monday, said the harbour master, who had hoped for better weather all week long."


def dump(title: str, body: str = BODY) -> bytes:
    return f"{title}\n\n{body}\n\nIt was the third time this year, and the islanders are tired of it.\n".encode()


def page(title: str, url: str) -> bytes:
    paragraphs = "".join(f"<p>{BODY} It was time number {number}.</p>" for number in range(3))
    head = f'<title>{title}</title><link rel="canonical" href="{url}">'
    body = f"<body><article>{paragraphs}</article></body>"
    return f"<!doctype html><html lang='en'><head>{head}</head>{body}</html>".encode()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.kliping]\nname = "small"\nlanguage = "en"\nlicence = "CC0-1.0"\nrights_holder = "Nobody"\n'
    )
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    put(tmp_path, "a.txt", dump("Ferry stays in port"))
    put(tmp_path, "b/b.html", page("Ferry sails again", "https://kabar.example/ferry"))
    put(tmp_path, "c.txt", b"Too short.")
    put(tmp_path, ".hidden/d.txt", dump("Hidden"))
    return Corpus.open(tmp_path)


def put(root: Path, name: str, data: bytes) -> None:
    path = root / "corpus/raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def run(
    corpus: Corpus,
    annotated: frozenset[str] = frozenset(),
    contract: Contract = CONTRACT,
    options: Options = ALONE,
) -> Receipt:
    return normalise_corpus(corpus, contract, annotated, options)


def article(corpus: Corpus, path: str) -> Article:
    (found,) = [article for article in corpus.articles() if article.source.path == path]
    return found


def ran_elsewhere(corpus: Corpus, elsewhere: pytest.TempPathFactory) -> Corpus:
    """A copy of a corpus, run through without being disturbed."""
    place = elsewhere.mktemp("twin") / "corpus"
    shutil.copytree(corpus.root, place)
    twin = Corpus.open(place)
    run(twin)
    return twin


def contents(corpus: Corpus) -> dict[str, bytes]:
    return {str(path.relative_to(corpus.root)): path.read_bytes() for path in corpus.root.rglob("*") if path.is_file()}


def test_raw_files_become_articles_or_rejections_in_the_order_of_their_paths(corpus: Corpus) -> None:
    receipt = run(corpus)
    assert [article.source.path for article in corpus.articles()] == ["a.txt", "b/b.html"]
    assert [(rejection.path, rejection.reason) for rejection in corpus.rejected()] == [("c.txt", "too-short")]
    assert [source.path for source in corpus.sources()] == ["a.txt", "b/b.html"]
    (count,) = receipt.counts
    assert (count.taken, count.kept, count.set_aside, receipt.adds_up, receipt.changes) == (3, 2, 1, True, 5)


def test_what_the_corpus_states_is_in_every_article(corpus: Corpus) -> None:
    run(corpus)
    source = article(corpus, "a.txt").source
    assert (source.licence, source.rights_holder, source.media_type) == ("CC0-1.0", "Nobody", "text/plain")


def test_a_second_run_changes_nothing(corpus: Corpus) -> None:
    run(corpus)
    before = contents(corpus)
    assert run(corpus).changes == 0
    assert contents(corpus) == before


def test_a_moved_file_keeps_its_id(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "a.txt").id
    (corpus.raw / "a.txt").rename(corpus.raw / "z.txt")
    run(corpus)
    assert article(corpus, "z.txt").id == before
    assert len(list(corpus.articles())) == 2


def test_an_edited_file_keeps_its_id_gains_an_alias_and_leaves_a_revision(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "a.txt")
    put(corpus.root, "a.txt", dump("Ferry stays in port", BODY + " Or so he said."))
    receipt = run(corpus)
    after = article(corpus, "a.txt")
    assert after.id == before.id
    assert after.text_sha256 != before.text_sha256
    assert list(corpus.revisions()) == [before]
    (source,) = [source for source in corpus.sources() if source.path == "a.txt"]
    assert source.aliases == (after.source.sha256[:16],)
    assert receipt.changes == 3
    assert run(corpus).changes == 0


def test_an_annotated_text_stays_and_the_receipt_says_what_would_change(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "a.txt")
    put(corpus.root, "a.txt", dump("Ferry stays in port", BODY + " Or so he said."))
    receipt = run(corpus, frozenset({before.id}))
    assert article(corpus, "a.txt") == before
    assert [note for note in receipt.notes if f"{before.id} (+1 -1)" in note and "--accept" in note]
    assert f"+{BODY} Or so he said.\n" in (corpus.state / "would-change.diff").read_text()
    assert list(corpus.revisions()) == []
    assert run(corpus, frozenset({before.id})).changes == 0


@pytest.mark.parametrize("accept_all", [True, False])
def test_an_accepted_text_is_taken_and_the_annotated_one_is_a_revision(corpus: Corpus, *, accept_all: bool) -> None:
    run(corpus)
    before = article(corpus, "a.txt")
    put(corpus.root, "a.txt", dump("Ferry stays in port", BODY + " Or so he said."))
    run(corpus, frozenset({before.id}))
    accept = None if accept_all else frozenset({before.id})
    receipt = run(corpus, frozenset({before.id}), options=Options(workers=1, accept=accept))
    after = article(corpus, "a.txt")
    assert (after.id, "Or so he said" in after.text, list(corpus.revisions())) == (before.id, True, [before])
    assert receipt.changes == 2
    assert not (corpus.state / "would-change.diff").exists()
    assert run(corpus, frozenset({before.id})).changes == 0


def test_accepting_what_is_no_article_is_refused_before_anything_is_written(corpus: Corpus) -> None:
    run(corpus)
    put(corpus.root, "a.txt", dump("Ferry stays in port", BODY + " Or so he said."))
    before = contents(corpus)
    with pytest.raises(CallError, match="--accept nowhere: no article has this id"):
        run(corpus, options=Options(workers=1, accept=frozenset({"nowhere"})))
    assert contents(corpus) == before


def test_an_article_stays_when_its_raw_file_is_gone(corpus: Corpus) -> None:
    run(corpus)
    before = list(corpus.articles())
    (corpus.raw / "a.txt").unlink()
    receipt = run(corpus)
    assert list(corpus.articles()) == before
    assert (receipt.changes, receipt.adds_up) == (0, True)
    assert [note for note in receipt.notes if "a.txt" in note]


def test_an_article_whose_raw_file_and_source_line_are_gone_is_taken_out_but_not_an_annotated_one(
    corpus: Corpus,
) -> None:
    run(corpus)
    first, second = corpus.articles()
    shutil.rmtree(corpus.raw)
    corpus.raw.mkdir()
    (corpus.corpus / "sources.jsonl").unlink()
    run(corpus, frozenset({second.id}))
    assert list(corpus.articles()) == [second]
    assert list(corpus.revisions()) == [first]


def test_an_article_whose_raw_file_is_now_rejected_goes_to_the_revisions_unless_annotated(corpus: Corpus) -> None:
    run(corpus)
    first, second = corpus.articles()
    put(corpus.root, "a.txt", b"Short.")
    put(corpus.root, "b/b.html", b"Short.")
    receipt = run(corpus, frozenset({second.id}))
    assert list(corpus.articles()) == [second]
    assert list(corpus.revisions()) == [first]
    assert receipt.adds_up
    assert run(corpus, frozenset({second.id})).changes == 0


def test_the_same_article_from_two_files_is_kept_once_with_both_listed(corpus: Corpus) -> None:
    put(corpus.root, "d.html", page("Ferry sails again!", "http://www.kabar.example/ferry/?utm_source=x"))
    put(corpus.root, "e.txt", dump("Ferry stays in port"))
    receipt = run(corpus)
    twice = {entry.path: [one.path for one in entry.duplicates] for entry in corpus.sources()}
    assert twice == {"a.txt": ["e.txt"], "b/b.html": ["d.html"]}
    (count,) = receipt.counts
    assert (count.taken, count.kept, count.set_aside) == (5, 2, 3)
    assert [note for note in receipt.notes if "d.html (of b/b.html), e.txt (of a.txt)" in note]
    assert run(corpus).changes == 0


def test_a_duplicate_that_sorts_first_does_not_take_the_article_over(corpus: Corpus) -> None:
    run(corpus)
    put(corpus.root, "0.html", page("Another headline", "https://kabar.example/ferry"))
    receipt = run(corpus)
    assert article(corpus, "b/b.html").title == "Ferry sails again"
    assert receipt.changes == 1


def test_two_sources_that_turn_out_to_be_one_article_become_one(corpus: Corpus) -> None:
    put(corpus.root, "d.html", page("Ferry sails again!", "/"))
    run(corpus)
    before = article(corpus, "d.html")
    put(corpus.root, "d.html", page("Ferry sails again!", "https://kabar.example/ferry"))
    run(corpus)
    (entry,) = [entry for entry in corpus.sources() if entry.url == "https://kabar.example/ferry"]
    assert before.id in entry.aliases
    assert ([one.path for one in entry.duplicates], len(list(corpus.sources()))) == (["d.html"], 2)
    assert list(corpus.revisions()) == [before]
    assert run(corpus).changes == 0


def test_files_that_swap_places_keep_their_ids(corpus: Corpus) -> None:
    put(corpus.root, "c.txt", dump("Market moves to the pier"))
    run(corpus)
    first, second = article(corpus, "a.txt").id, article(corpus, "c.txt").id
    (corpus.raw / "a.txt").rename(corpus.raw / "x")
    (corpus.raw / "c.txt").rename(corpus.raw / "a.txt")
    (corpus.raw / "x").rename(corpus.raw / "c.txt")
    run(corpus)
    assert (article(corpus, "a.txt").id, article(corpus, "c.txt").id) == (second, first)


def test_a_source_that_gains_a_url_keeps_its_id(corpus: Corpus) -> None:
    put(corpus.root, "d.html", page("Ferry", "/"))
    run(corpus)
    before = article(corpus, "d.html").id
    put(corpus.root, "d.html", page("Ferry", "https://kabar.example/d"))
    run(corpus)
    (source,) = [source for source in corpus.sources() if source.path == "d.html"]
    assert (source.id, source.url, len(source.aliases)) == (before, "https://kabar.example/d", 1)


def test_another_article_at_a_known_path_is_not_taken_for_the_earlier_one_which_stays(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "b/b.html")
    put(corpus.root, "b/b.html", page("Another", "https://kabar.example/another"))
    run(corpus)
    assert len({found.id for found in corpus.articles()}) == 3
    assert before in list(corpus.articles())
    assert run(corpus).changes == 0


def test_a_newer_version_that_makes_the_same_article_changes_nothing(corpus: Corpus) -> None:
    run(corpus)
    (shard,) = (corpus.corpus / "articles").glob("*.jsonl")
    older = [
        msgspec.structs.replace(one, normaliser=msgspec.structs.replace(one.normaliser, version="0.0.1"))
        for one in corpus.articles()
    ]
    shard.write_bytes(encode_lines(older))
    assert run(corpus).changes == 0


@pytest.mark.parametrize(("make", "told"), [(True, "no raw files"), (False, "no such folder")])
def test_an_empty_raw_folder_or_none_says_what_to_do(corpus: Corpus, told: str, *, make: bool) -> None:
    shutil.rmtree(corpus.raw)
    if make:
        corpus.raw.mkdir()
    with pytest.raises(CallError, match=told):
        run(corpus)
    assert not (corpus.corpus / "sources.jsonl").exists()


def test_a_raw_folder_that_is_gone_changes_nothing(corpus: Corpus) -> None:
    run(corpus)
    shutil.rmtree(corpus.raw)
    before = contents(corpus)
    with pytest.raises(CallError, match="no such folder"):
        run(corpus)
    assert contents(corpus) == before


def test_a_text_that_comes_back_is_no_revision_any_more(corpus: Corpus) -> None:
    run(corpus)
    put(corpus.root, "a.txt", dump("Ferry sails tomorrow"))
    run(corpus)
    assert [one.title for one in corpus.revisions()] == ["Ferry stays in port"]
    put(corpus.root, "a.txt", dump("Ferry stays in port"))
    run(corpus)
    assert [one.title for one in corpus.revisions()] == ["Ferry sails tomorrow"]
    assert run(corpus).changes == 0


def test_nothing_coming_out_is_an_error_after_the_rejections_are_written(corpus: Corpus) -> None:
    put(corpus.root, "a.txt", b"Short.")
    put(corpus.root, "b/b.html", b"")
    with pytest.raises(DataError, match="nothing came out"):
        run(corpus)
    assert [rejection.reason for rejection in corpus.rejected()] == ["too-short", "empty", "too-short"]


def own_field(corpus: Corpus, *required: str) -> Contract:
    """The contract with a field of the corpus's own, `edition`."""
    path = corpus.schema / "corpus.schema.json"
    document = msgspec.json.decode(path.read_bytes())
    field = {"description": "Which of the day's.", "enum": ["early", "late"]}
    document["$defs"]["metadata"] |= {"properties": {"edition": field}, "required": list(required)}
    path.write_bytes(msgspec.json.encode(document))
    return load_contract(corpus.schema)


def test_a_contract_that_every_article_breaks_stops_the_run_before_anything_is_written(corpus: Corpus) -> None:
    with pytest.raises(
        DataError, match=r"a\.txt: article: metadata: .*edition.*\n.*b\.html: article: .*\nnothing was w"
    ):
        run(corpus, contract=own_field(corpus, "edition"))
    assert not list(corpus.articles())
    assert list((corpus.state / "normalise").glob("*.facts"))


@pytest.mark.parametrize("required", [(), ("edition",)])
def test_an_input_whose_own_field_breaks_the_contract_is_rejected_alone(
    corpus: Corpus, required: tuple[str, ...]
) -> None:
    contract = own_field(corpus, *required)
    rows = csv_of(("text", "edition"), (body(1), "early"), (body(2), "noon"), (body(3), "late"))
    put(corpus.root, "d.csv", rows)
    receipt = run(corpus, contract=contract)
    broken = {one.path: one.detail for one in corpus.rejected() if one.reason == "broken"}
    assert broken.keys() == ({"a.txt", "b/b.html", "d.csv/2"} if required else {"d.csv/2"})
    assert "metadata/edition: 'noon' is not one of ['early', 'late']; mend what it states" in broken["d.csv/2"]
    assert [article(corpus, f"d.csv/{row}").metadata["edition"] for row in (1, 3)] == ["early", "late"]
    assert receipt.adds_up


def test_an_earlier_article_that_stays_and_breaks_the_contract_of_today_is_an_error(corpus: Corpus) -> None:
    run(corpus)
    annotated = frozenset({article(corpus, "a.txt").id})
    put(corpus.root, "d.csv", csv_of(("text", "edition"), (body(1), "early")))
    with pytest.raises(DataError, match=r"a\.txt: article: metadata: .*edition"):
        run(corpus, annotated, own_field(corpus, "edition"))
    assert len(list(corpus.articles())) == 2


def test_a_record_of_a_web_archive_with_a_wrong_date_is_one_without(corpus: Corpus) -> None:
    data = gzip.decompress(warc_of(("https://kabar.example/6", page("Six", "")))).replace(b"2026-01-02T", b"yesterday ")
    put(corpus.root, "6.warc", data)
    run(corpus)
    assert article(corpus, "6.warc/1").source.retrieved is None


def test_a_broken_line_is_named(corpus: Corpus) -> None:
    run(corpus)
    shard = corpus.corpus / "articles/00000.jsonl"
    shard.write_bytes(shard.read_bytes() + b"{\n")
    with pytest.raises(DataError, match=r"00000\.jsonl:3: "):
        run(corpus)


def test_an_input_that_kliping_fails_on_is_told_and_its_earlier_article_stays(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus)
    before = list(corpus.articles())

    def fail(raw: Raw, _reading: Reading) -> Article:
        raise ZeroDivisionError(raw.path)

    monkeypatch.setattr("kliping.normaliser.run.staging.normalise_raw", fail)
    receipt = run(corpus)
    assert list(corpus.articles()) == before
    assert {one.reason for one in corpus.rejected()} == {"broken"}
    assert [note for note in receipt.notes if "please report it: 3: a.txt, b/b.html, c.txt" in note]
    assert receipt.adds_up


def test_an_article_whose_raw_file_cannot_be_read_stays_and_the_file_is_told(corpus: Corpus) -> None:
    put(corpus.root, "d.zip", zip_of({"a.txt": dump("Four", body(4))}))
    run(corpus)
    before = list(corpus.articles())
    for name, to in (("a.txt", "nowhere"), ("b/b.html", "b.html"), ("d.zip", "nowhere")):
        (corpus.raw / name).unlink()
        (corpus.raw / name).symlink_to(to)
    put(corpus.root, "e.txt", dump("Five", body(5)))
    receipt = run(corpus)
    assert [one for one in corpus.articles() if one.source.path != "e.txt"] == before
    assert {one.path: one.reason for one in corpus.rejected()} == {
        "a.txt": "not-found", "b/b.html": "broken", "c.txt": "too-short", "d.zip": "not-found",
    }  # fmt: skip
    assert [note for note in receipt.notes if "the earlier one stays: 3: a.txt, b/b.html, d.zip/a.txt" in note]
    assert receipt.adds_up


def test_an_input_whose_article_cannot_be_written_is_told_and_the_rest_goes_on(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwritable(raw: Raw, reading: Reading) -> Article:
        made = normalise_raw(raw, reading)
        return msgspec.structs.replace(made, publisher="Kabar \udce9") if raw.path == "a.txt" else made

    monkeypatch.setattr("kliping.normaliser.run.staging.normalise_raw", unwritable)
    run(corpus)
    assert [(one.path, one.reason) for one in corpus.rejected()] == [("a.txt", "broken"), ("c.txt", "too-short")]
    assert [one.source.path for one in corpus.articles()] == ["b/b.html"]


def test_a_table_whose_header_is_in_another_charset_is_read_and_one_that_is_turned_down_is_told(corpus: Corpus) -> None:
    rows = csv_of(("text", "Überschrift"), (body(4), "Straße"))
    put(corpus.root, "d.csv", rows.decode().encode("latin-1"))
    put(corpus.root, "e.csv", "isi,Überschrift\nx,été\n".encode("latin-1"))
    put(corpus.root, "f/sources.csv", "path,é\nété.txt,x\n".encode("latin-1"))
    run(corpus)
    assert article(corpus, "d.csv/1").extra == '{"Überschrift": "Straße"}'
    rejected = {one.path: one.detail for one in corpus.rejected()}
    assert "there are: isi, Überschrift;" in rejected["e.csv"]
    assert rejected["f/sources.csv/1"].startswith("there is no ")


def many(corpus: Corpus, count: int = 40) -> None:
    """Raw files enough for several shards, some of them duplicates and some too short."""
    for number in range(count):
        put(
            corpus.root,
            f"many/{number:03}.txt",
            dump(f"Report {number % 30} of the day", f"{BODY} " * (number % 30 + 1)),
        )
        put(corpus.root, f"many/{number:03}s.txt", b"Short.")


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kliping.normaliser.run.plan.SHARD_FILES", 7)


@pytest.mark.usefixtures("small_shards")
def test_the_bytes_do_not_depend_on_the_number_of_workers(corpus: Corpus) -> None:
    many(corpus)
    run(corpus, options=Options(workers=1))
    alone = contents(corpus)
    shutil.rmtree(corpus.corpus / "articles")
    (corpus.corpus / "sources.jsonl").unlink()
    shutil.rmtree(corpus.state)
    run(corpus, options=Options(workers=3))
    assert contents(corpus) == alone


@pytest.mark.usefixtures("small_shards")
def test_a_stopped_run_goes_on_at_the_next_shard_and_ends_as_an_undisturbed_one(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    many(corpus)
    undisturbed = contents(ran_elsewhere(corpus, tmp_path_factory))

    def stop(far: Progress) -> None:
        if far.inputs >= 21:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, options=Options(workers=1, progress=stop))
    assert not list(corpus.articles())
    told: list[Progress] = []
    run(corpus, options=Options(workers=1, progress=told.append))
    assert told[-1].inputs == 83 - 21
    assert (told[0].bytes > 0, told[-1].bytes) == (True, told[-1].all_bytes)
    assert contents(corpus) == undisturbed


KILLED = """
import os, signal, sys
import kliping.normaliser.run.plan
from kliping.contract import load_contract
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.run.corpus import Options, normalise_corpus
from kliping.project import Corpus

kliping.normaliser.run.plan.SHARD_FILES = 7
corpus = Corpus.open(sys.argv[1])
done = lambda: len(list((corpus.state / "normalise").glob("*.facts")))
stop = lambda far: os.kill(os.getpid(), signal.SIGKILL) if done() >= 3 else None
normalise_corpus(corpus, load_contract(corpus.schema), set(), Options(workers=2, progress=stop))
"""


@pytest.mark.usefixtures("small_shards")
def test_a_killed_run_of_several_processes_goes_on_and_ends_as_an_undisturbed_one(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    many(corpus)
    twin = ran_elsewhere(corpus, tmp_path_factory)
    # The call returns when the last process that holds its output is gone: the workers end with the killed parent.
    done = subprocess.run([sys.executable, "-c", KILLED, str(corpus.root)], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list((corpus.state / "normalise").glob("*.facts"))) >= 3
    run(corpus)
    assert contents(corpus) == contents(twin)


@pytest.mark.usefixtures("small_shards")
def test_a_shard_whose_files_changed_since_is_made_again(corpus: Corpus) -> None:
    many(corpus)

    def stop(far: Progress) -> None:
        if far.inputs >= 21:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, options=Options(workers=1, progress=stop))
    put(corpus.root, "a.txt", dump("Ferry leaves port after all"))
    run(corpus)
    assert article(corpus, "a.txt").title == "Ferry leaves port after all"
    assert not (corpus.state / "normalise").exists()


def test_a_run_killed_while_it_put_its_result_in_place_is_finished_by_the_next(corpus: Corpus) -> None:
    run(corpus)
    after = contents(corpus)
    ready = corpus.state / "normalise" / "ready"
    (ready / "articles").mkdir(parents=True)
    for name in ("sources.jsonl", "articles/00000.jsonl"):
        (corpus.corpus / name).rename(ready / name)
    (corpus.corpus / "articles" / "00001.jsonl").write_bytes(b"")
    (ready / "surplus.json").write_bytes(b'["articles/00001.jsonl"]')
    assert run(corpus).changes == 0
    assert contents(corpus) == after


FINISHING = """
import os, signal, shutil, sys
from pathlib import Path
from kliping.normaliser.run.journal import Journal

def killed_at_the_first_file(place):
    first = next(path for path in sorted(Path(place).rglob("*"), reverse=True) if path.is_file())
    first.unlink()
    os.kill(os.getpid(), signal.SIGKILL)

staging, corpus = map(Path, sys.argv[1:])
journal = Journal(staging, corpus)
journal.write("a.jsonl", b"new")
shutil.rmtree = killed_at_the_first_file
journal.commit()
"""


def test_a_run_killed_while_it_deletes_what_it_needs_no_more_does_not_stop_the_next(corpus: Corpus) -> None:
    staging = corpus.state / "normalise"
    command = [sys.executable, "-c", FINISHING, str(staging), str(corpus.corpus)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert (corpus.corpus / "a.jsonl").read_bytes() == b"new"
    assert list(staging.iterdir())
    run(corpus)
    assert not staging.exists()


def test_a_shard_of_which_a_killed_run_left_one_file_is_made_again(corpus: Corpus) -> None:
    with pytest.raises(DataError):
        run(corpus, contract=own_field(corpus, "edition"))
    staging = corpus.state / "normalise"
    (lines,) = [path for path in staging.glob("*.lines") if path.with_suffix(".facts").exists()]
    lines.unlink()
    with pytest.raises(DataError, match="edition"):
        run(corpus, contract=load_contract(corpus.schema))
    assert lines.exists()


def test_two_runs_at_once_are_refused_in_a_sentence(corpus: Corpus) -> None:
    def again(_far: Progress) -> None:
        with ThreadPoolExecutor(1) as another:
            another.submit(run, corpus).result()

    with pytest.raises(CallError, match=r"`kliping normalise` \(process \d+, since .*Z\) is at work on this corpus"):
        run(corpus, options=Options(workers=1, progress=again))


def test_a_source_is_treated_as_its_table_says(corpus: Corpus) -> None:
    with (corpus.root / "pyproject.toml").open("a") as settings:
        settings.write(
            '[tool.kliping.sources."b"]\nlicence = "CC-BY-4.0"\npublisher = "Kabar"\n'
            '[tool.kliping.sources."c.txt"]\nmin_length = 5\nlanguage = "id"\n'
        )
    put(corpus.root, "c.txt", b"Judul\n\nIsi yang pendek saja.\n")
    run(Corpus.open(corpus.root))
    one, two = article(corpus, "b/b.html"), article(corpus, "c.txt")
    assert (one.source.licence, one.publisher, two.language) == ("CC-BY-4.0", "Kabar", "id")
    assert article(corpus, "a.txt").source.licence == "CC0-1.0"


def test_a_wrong_setting_of_a_source_is_told_with_its_place(corpus: Corpus) -> None:
    with (corpus.root / "pyproject.toml").open("a") as settings:
        settings.write('[tool.kliping.sources."b"]\nlanguage = "?"\n')
    with pytest.raises(CallError, match=r'pyproject\.toml: \[tool\.kliping\.sources\."b"\]: .*no language tag'):
        run(Corpus.open(corpus.root))


def test_near_duplicates_are_reported_and_not_looked_for_twice(corpus: Corpus) -> None:
    put(corpus.root, "z.txt", dump("Another headline altogether"))
    receipt = run(corpus)
    assert [note for note in receipt.notes if "near-duplicates" in note and "z.txt and a.txt" in note]
    assert run(corpus).notes == receipt.notes


def test_a_search_for_near_duplicates_that_fails_is_told_in_the_receipt_of_what_was_written(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_corpus: Corpus, _workers: int | None) -> None:
        raise DataError("a worker process was killed")

    monkeypatch.setattr("kliping.normaliser.run.corpus.near_duplicates", fail)
    receipt = run(corpus)
    assert receipt.changes == 5
    assert receipt.notes[-1].endswith("near-duplicates could not be looked for: a worker process was killed")


# All kinds of raw files.


def csv_of(*rows: tuple[str, ...]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def parquet_of(**columns: list[object]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tar_of(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def warc_of(*pages: tuple[str, bytes]) -> bytes:
    records = []
    for url, data in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def body(number: int) -> str:
    return f"{BODY} It was time number {number}, and the islanders of place {number} are tired of it."


def fill(corpus: Corpus) -> None:
    put(
        corpus.root,
        "1.csv",
        csv_of(("text", "title", "date", "desk"), (body(1), "One", "2024-06-20", "x"), ("", "Two", "", "")),
    )
    lines = [msgspec.json.encode({"content": body(2), "authors": ["Nell Astrand"], "url": "https://kabar.example/2"})]
    put(corpus.root, "2.jsonl", b"\n".join([*lines, b"{broken", b""]))
    put(corpus.root, "3.parquet", parquet_of(text=[body(3), body(3)], lang=["en", "en"]))
    put(corpus.root, "4.zip", zip_of({"x/a.txt": dump("Four", body(4)), "../b.txt": b"x"}))
    put(corpus.root, "5.tar.gz", tar_of({"a.txt": dump("Five", body(5)), "b.txt": b""}))
    put(corpus.root, "6.warc.gz", warc_of(("https://kabar.example/6?utm_source=x", page("Six", ""))))
    put(corpus.root, "7.txt.gz", gzip.compress(dump("Seven", body(7))))
    put(corpus.root, "8.txt", dump("Eight", body(8)))
    put(corpus.root, "8.txt.json", b'{"url":"https://kabar.example/8","licence":"MIT","retrieved":"2026-01-02"}')
    put(corpus.root, "sources.csv", csv_of(("path", "rights_holder"), ("7.txt.gz", "Coast Post"), ("9.txt", "Nobody")))


def test_all_kinds_of_raw_files_become_articles_and_every_input_is_accounted_for(corpus: Corpus) -> None:
    fill(corpus)
    receipt = run(corpus)
    assert [one.source.path for one in corpus.articles()] == [
        "1.csv/1", "2.jsonl/1", "3.parquet/1", "4.zip/x/a.txt", "5.tar.gz/a.txt", "6.warc.gz/1", "7.txt.gz", "8.txt",
        "a.txt", "b/b.html",
    ]  # fmt: skip
    assert {one.path: one.reason for one in corpus.rejected()} == {
        "1.csv/2": "empty", "2.jsonl/2": "broken", "4.zip/../b.txt": "unsafe-path", "5.tar.gz/b.txt": "empty",
        "c.txt": "too-short", "sources.csv/2": "not-found",
    }  # fmt: skip
    (count,) = receipt.counts
    assert (count.taken, count.kept, count.set_aside, receipt.adds_up) == (17, 10, 7, True)
    assert [note for note in receipt.notes if "3.parquet/2 (of 3.parquet/1)" in note]


def test_what_stands_beside_the_text_is_in_the_article_and_in_its_source(corpus: Corpus) -> None:
    fill(corpus)
    run(corpus)
    one, two, six, eight = (article(corpus, path) for path in ("1.csv/1", "2.jsonl/1", "6.warc.gz/1", "8.txt"))
    assert (one.title, one.published, one.extra, one.text) == (
        "One",
        "2024-06-20",
        '{"desk": "x"}',
        f"One\n\n{body(1)}",
    )
    assert (two.authors, two.url, two.title) == (("Nell Astrand",), "https://kabar.example/2", None)
    assert (six.url, six.source.retrieved) == ("https://kabar.example/6", "2026-01-02T03:04:05Z")
    assert (eight.url, eight.source.licence) == ("https://kabar.example/8", "MIT")
    (source,) = [source for source in corpus.sources() if source.path == "8.txt"]
    assert (source.url, source.licence, source.retrieved) == ("https://kabar.example/8", "MIT", "2026-01-02")
    assert article(corpus, "7.txt.gz").source.rights_holder == "Coast Post"


def test_a_second_run_over_all_kinds_changes_nothing(corpus: Corpus) -> None:
    fill(corpus)
    run(corpus)
    before = contents(corpus)
    assert run(corpus, options=Options(workers=2)).changes == 0
    assert contents(corpus) == before


def test_an_article_of_a_container_keeps_its_id_when_it_comes_as_a_file(corpus: Corpus) -> None:
    fill(corpus)
    run(corpus)
    before = {path: article(corpus, path).id for path in ("2.jsonl/1", "4.zip/x/a.txt")}
    for name in ("2.jsonl", "4.zip"):
        (corpus.raw / name).unlink()
    put(corpus.root, "y.html", page("Two", "https://kabar.example/2?utm_medium=x"))
    put(corpus.root, "z.txt", dump("Four", body(4)))
    run(corpus)
    assert (article(corpus, "y.html").id, article(corpus, "z.txt").id) == tuple(before.values())


def test_rows_keep_their_ids_when_others_come_before_them(corpus: Corpus) -> None:
    rows = [(body(number), f"Title {number}") for number in range(5)]
    put(corpus.root, "t.csv", csv_of(("text", "title"), *rows))
    run(corpus)
    before = {one.title: one.id for one in corpus.articles()}
    put(corpus.root, "t.csv", csv_of(("text", "title"), (body(9), "New"), *rows))
    run(corpus)
    after = {one.title: one.id for one in corpus.articles()}
    assert {title: after[title] for title in before} == before


def test_columns_are_mapped_by_the_settings_and_the_corpus_own_fields_are_typed(corpus: Corpus) -> None:
    schema = corpus.schema / "corpus.schema.json"
    document = msgspec.json.decode(schema.read_bytes())
    document["$defs"]["metadata"]["properties"] = {
        "edition": {"type": "integer", "description": "The day's how manieth."},
        "desk": {"type": "string", "description": "Who made it."},
    }
    schema.write_bytes(msgspec.json.encode(document))
    with (corpus.root / "pyproject.toml").open("a") as settings:
        settings.write(
            '[tool.kliping.sources."*.csv"]\ncolumns = { text = "isi", title = "judul", edition = "terbitan" }\n'
        )
    put(corpus.root, "1.csv", csv_of(("isi", "judul", "terbitan", "desk"), (body(1), "Satu", "12", "Kota")))
    put(corpus.root, "2.csv", csv_of(("isi", "judul"), (body(2), "Dua")))
    put(corpus.root, "3.jsonl", b'{"isi":"x"}\n')
    run(Corpus.open(corpus.root), contract=load_contract(corpus.schema))
    one = article(corpus, "1.csv/1")
    assert (one.title, one.metadata, one.extra) == ("Satu", {"edition": 12, "desk": "Kota"}, None)
    rejected = {one.path: one.detail for one in corpus.rejected()}
    assert "terbitan (for edition); there are: isi, judul" in rejected["2.csv"]
    assert "there are: isi; say which in" in rejected["3.jsonl"]


def test_a_mapping_of_an_unknown_field_is_told_before_anything_is_written(corpus: Corpus) -> None:
    with (corpus.root / "pyproject.toml").open("a") as settings:
        settings.write('[tool.kliping.sources."*.csv"]\ncolumns = { txt = "isi" }\n')
    with pytest.raises(CallError, match=r"pyproject\.toml: .*columns: unknown field `txt`; the known ones are text"):
        run(Corpus.open(corpus.root))
    assert not (corpus.corpus / "articles").exists()
