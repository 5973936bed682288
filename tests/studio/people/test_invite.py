"""Who is invited gets a pseudonym; their address goes to the private file, and nowhere else."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping.errors import CallError, DataError
from kliping.project import AnnotatorsTable, Corpus, PersonTable
from kliping.studio.client import Setup
from kliping.studio.people.addresses import known_addresses
from kliping.studio.people.invite import invite, settings_lines
from kliping.studio.people.pseudonyms import pseudonym, pseudonym_key
from kliping.studio.projects import annotator_role, description, title

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.studio.client import Client

CONFIG = '<View><Text name="text" value="$text"/></View>'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KLIPING_PSEUDONYM_KEY", raising=False)
    return tmp_path


def with_annotators(corpus: Corpus, table: AnnotatorsTable) -> Corpus:
    return dataclasses.replace(corpus, settings=msgspec.structs.replace(corpus.settings, annotators=table))


def test_the_lines_to_add_are_settings_that_are_taken(tmp_path: Path) -> None:
    settings = '[tool.kliping]\nname = "a"\n\n' + settings_lines(["annotator-a1", "annotator-b2"])
    (tmp_path / "pyproject.toml").write_text(settings)
    people = Corpus.open(tmp_path).settings.annotators.people
    assert people == {"annotator-a1": PersonTable(), "annotator-b2": PersonTable()}


@pytest.mark.studio
def test_the_corpus_gets_a_fingerprint_and_no_address(client: Client, three: Corpus, home: Path) -> None:  # noqa: ARG001
    invitation = invite(three, client, [" kemuning@pos.example", "lestari@pos.example", "kemuning@pos.example"])
    key = pseudonym_key()
    wanted = [pseudonym(key, "kemuning@pos.example"), pseudonym(key, "lestari@pos.example")]
    assert [one.annotator for one in invitation.people] == wanted
    assert [(one.account, one.named, one.project) for one in invitation.people] == [(False, False, None)] * 2
    assert invitation.link.startswith(f"{client.url}/user/signup/?token=")
    assert known_addresses(key) == dict(zip(wanted, ["kemuning@pos.example", "lestari@pos.example"], strict=True))
    assert (three.annotation_folder / "key.json").exists()
    held = b"".join(path.read_bytes() for path in three.root.rglob("*") if path.is_file())
    for words in (held.decode(), msgspec.json.encode(invitation).decode()):
        assert "@pos.example" not in words
        assert "kemuning" not in words


@pytest.mark.studio
def test_who_is_named_and_has_an_account_and_a_project_is_told_so(
    client: Client, ayu: Client, three: Corpus, home: Path  # noqa: ARG001
) -> None:  # fmt: skip
    person = pseudonym(pseudonym_key(), ayu.people.whoami())
    corpus = with_annotators(three, AnnotatorsTable(people={person: PersonTable()}, blind=True))
    role = annotator_role(person)
    project = client.projects.create(title(corpus.settings, role), description(corpus.settings, role), Setup(CONFIG))
    (invited,) = invite(corpus, client, ["AYU@pos.example"]).people
    assert (invited.account, invited.named) == (True, True)
    assert invited.project == f"{client.url}/projects/{project}/data"


@pytest.mark.studio
def test_another_key_is_refused_and_nothing_is_kept(
    client: Client, three: Corpus, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(three, client, ["citra@pos.example"])
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "0" * 64)
    with pytest.raises(DataError, match="another key"):
        invite(three, client, ["dewi@pos.example"])
    assert len(list((home / "config/kliping/addresses").glob("*.json"))) == 1


@pytest.mark.studio
def test_what_is_no_address_leaves_no_key_behind(client: Client, three: Corpus, home: Path) -> None:
    with pytest.raises(CallError, match="number 1 is no e-mail address"):
        invite(three, client, ["citra"])
    assert not (home / "config").exists()
