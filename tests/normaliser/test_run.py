from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.contract import Contract, load_contract
from kliping.errors import CallError, DataError
from kliping.files import encode_lines
from kliping.normaliser.run import normalise_corpus
from kliping.project import Corpus

if TYPE_CHECKING:
    from kliping.records import Article, Receipt

ROOT = Path(__file__).parents[2]
CONTRACT = load_contract(ROOT / "schema")
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


def run(corpus: Corpus, annotated: frozenset[str] = frozenset(), contract: Contract = CONTRACT) -> Receipt:
    return normalise_corpus(corpus, contract, annotated)


def article(corpus: Corpus, path: str) -> Article:
    (found,) = [article for article in corpus.articles() if article.source.path == path]
    return found


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


def test_an_annotated_text_stays_and_the_receipt_says_so(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "a.txt")
    put(corpus.root, "a.txt", dump("Ferry stays in port", BODY + " Or so he said."))
    receipt = run(corpus, frozenset({before.id}))
    assert article(corpus, "a.txt") == before
    assert [note for note in receipt.notes if "annotated" in note and before.id in note]
    assert list(corpus.revisions()) == []
    assert run(corpus, frozenset({before.id})).changes == 0


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


def test_the_same_article_from_two_files_is_kept_once(corpus: Corpus) -> None:
    put(corpus.root, "d.html", page("Ferry sails again!", "http://www.kabar.example/ferry/?utm_source=x"))
    put(corpus.root, "e.txt", dump("Ferry stays in port"))
    receipt = run(corpus)
    found = {rejection.path: rejection for rejection in corpus.rejected()}
    assert {path: found[path].reason for path in ("d.html", "e.txt")} == {"d.html": "duplicate", "e.txt": "duplicate"}
    assert "b/b.html" in found["d.html"].detail
    assert receipt.adds_up


def test_a_source_that_gains_a_url_keeps_its_id(corpus: Corpus) -> None:
    put(corpus.root, "d.html", page("Ferry", "/"))
    run(corpus)
    before = article(corpus, "d.html").id
    put(corpus.root, "d.html", page("Ferry", "https://kabar.example/d"))
    run(corpus)
    (source,) = [source for source in corpus.sources() if source.path == "d.html"]
    assert (source.id, source.url, len(source.aliases)) == (before, "https://kabar.example/d", 1)


def test_another_article_at_a_known_path_is_not_taken_for_the_earlier_one(corpus: Corpus) -> None:
    run(corpus)
    before = article(corpus, "b/b.html").id
    put(corpus.root, "b/b.html", page("Another", "https://kabar.example/another"))
    run(corpus, frozenset({before}))
    assert len({found.id for found in corpus.articles()}) == 3


def test_a_newer_version_that_makes_the_same_article_changes_nothing(corpus: Corpus) -> None:
    run(corpus)
    (shard,) = (corpus.corpus / "articles").glob("*.jsonl")
    older = [
        msgspec.structs.replace(one, normaliser=msgspec.structs.replace(one.normaliser, version="0.0.1"))
        for one in corpus.articles()
    ]
    shard.write_bytes(encode_lines(older))
    assert run(corpus).changes == 0


def test_an_empty_raw_folder_says_what_to_do(corpus: Corpus) -> None:
    shutil.rmtree(corpus.raw)
    with pytest.raises(CallError, match="put text dumps or HTML pages there"):
        run(corpus)
    assert not (corpus.corpus / "sources.jsonl").exists()


def test_nothing_coming_out_is_an_error_after_the_rejections_are_written(corpus: Corpus) -> None:
    put(corpus.root, "a.txt", b"Short.")
    put(corpus.root, "b/b.html", b"")
    with pytest.raises(DataError, match="nothing came out"):
        run(corpus)
    assert [rejection.reason for rejection in corpus.rejected()] == ["too-short", "empty", "too-short"]


def test_a_record_that_breaks_the_contract_stops_the_run_before_anything_is_written(corpus: Corpus) -> None:
    own = corpus.schema / "corpus.schema.json"
    strict = own.read_text().replace(
        '"properties": {},\n      "additionalProperties": false',
        '"properties": {"edition": {"description": "Which", "type": "string"}},\n'
        '      "required": ["edition"], "additionalProperties": false',
    )
    own.write_text(strict)
    with pytest.raises(DataError, match=r"a\.txt: article: metadata: .*edition"):
        run(corpus, contract=load_contract(corpus.schema))
    assert not list(corpus.articles())
    assert not (corpus.state / "normalise").exists()


def test_a_broken_line_is_named(corpus: Corpus) -> None:
    run(corpus)
    shard = corpus.corpus / "articles/00000.jsonl"
    shard.write_bytes(shard.read_bytes() + b"{\n")
    with pytest.raises(DataError, match=r"00000\.jsonl:3: "):
        run(corpus)
