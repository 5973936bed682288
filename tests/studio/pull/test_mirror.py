"""The mirror saves time and nothing else: without it, or with a broken one, a pull gives the same."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.corpora import annotation

from kliping.errors import DataError
from kliping.files import write_shards
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.pull.mirror import Damaged, open_mirror
from kliping.studio.push import push

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client


def mirror_of(corpus: Corpus) -> Path:
    return corpus.state / "studio.sqlite"


def submit_everywhere(corpus: Corpus, client: Client, annotator: Client) -> None:
    project = find_project(client, corpus.settings)
    assert project is not None
    for listed in client.tasks.inventory(project.id):
        annotator.annotations.submit(listed.task, [])


@pytest.mark.parametrize("broken", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"\1" * 5000])
def test_what_is_no_mirror_is_told(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "studio.sqlite"
    path.write_bytes(broken)
    if not broken:  # an empty file is an empty database
        with open_mirror(path) as mirror:
            assert mirror.execute("SELECT count(*) FROM lines").fetchone() == (0,)
        return
    with pytest.raises(Damaged), open_mirror(path):
        pass


def test_a_mirror_of_another_version_or_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "studio.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(Damaged), open_mirror(path):
        pass


def test_a_second_pull_at_the_same_time_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kliping.studio.pull.mirror.PATIENCE", 0.1)
    path = tmp_path / "studio.sqlite"
    with open_mirror(path), pytest.raises(DataError, match="another pull"), open_mirror(path):
        pass


@pytest.mark.studio
def test_a_broken_mirror_is_made_anew(three: Corpus, contract: Contract, client: Client, ayu: Client) -> None:
    push(three, contract, client)
    submit_everywhere(three, client, ayu)
    first = pull(three, contract, client)
    path = mirror_of(three)
    whole = path.read_bytes()
    for broken in (b"nonsense", whole[: len(whole) // 2], whole[:100] + b"\xff" * (len(whole) - 100)):
        path.write_bytes(broken)
        again = pull(three, contract, client)
        assert (again.changes, again.counts) == (0, first.counts)
    path.unlink()
    assert pull(three, contract, client).changes == 0


@pytest.mark.studio
def test_a_file_that_was_edited_by_hand_is_written_again_and_counted(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    submit_everywhere(three, client, ayu)
    pull(three, contract, client)
    path = three.annotation_folder / "pulled" / "00000.jsonl"
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"comment":null', b'"comment":"mine"', 1))
    assert pull(three, contract, client).changes == 1
    assert path.read_bytes() == before
    path.unlink()
    assert pull(three, contract, client).changes == 3
    assert path.read_bytes() == before


@pytest.mark.studio
def test_a_pull_that_was_killed_while_it_wrote_is_finished_from_the_mirror(
    three: Corpus, contract: Contract, client: Client, ayu: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came from no server stands in the mirror alone, once its file was written over."""
    push(three, contract, client)
    submit_everywhere(three, client, ayu)
    own = annotation(next(three.articles()), "annotator-hand")
    write_shards(three.annotation_folder / "pulled", [own])

    class Killed(BaseException):
        pass

    def killed(*_: object) -> bool:
        (three.annotation_folder / "pulled" / "00000.jsonl").write_bytes(b"")
        (three.annotation_folder / "pulled" / ".00000.jsonl.73976a8b").write_bytes(b"half of it")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("kliping.studio.pull.storing.write_files", killed)
        with pytest.raises(Killed):
            pull(three, contract, client)
    pull(three, contract, client)
    assert len(list(three.annotations())) == 4
    assert own in list(three.annotations())
    assert [path.name for path in (three.annotation_folder / "pulled").iterdir()] == ["00000.jsonl"]
    assert pull(three, contract, client).changes == 0


@pytest.mark.studio
def test_no_address_and_no_host_is_in_the_mirror(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    submit_everywhere(three, client, ayu)
    pull(three, contract, client)
    held = mirror_of(three).read_bytes()
    for secret in (b'pos.example"', b"ayu@", b"kliping.example", client.url.encode()):
        assert secret not in held


@pytest.mark.studio
def test_a_text_that_comes_back_takes_its_annotation_out_of_quarantine(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    submit_everywhere(three, client, ayu)
    articles = list(three.articles())
    write_shards(three.corpus / "articles", articles[1:])
    pull(three, contract, client)
    assert [one.reason.partition(":")[0] for one in three.quarantine()] == ["unknown-text"]
    write_shards(three.corpus / "articles", articles)
    assert pull(three, contract, client).changes == 1
    assert (len(list(three.annotations())), list(three.quarantine())) == (3, [])
