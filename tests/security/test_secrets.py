"""A token, a key, a password or an address is in no output, no file of the corpus, no command line and no release."""

from __future__ import annotations

import getpass
import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from tests.corpora import UNCHECKED, toy
from tests.security.test_handed_over_corpus import kliping
from tests.security.test_server_answers import ODD, PERSONAL, TOKEN, redirecting
from tests.studio.gateway import CLOSED, WEB_PAGE, Fault, gateway
from tests.studio.server.test_install import write_uv
from tests.studio.server.test_lifecycle import stand_in

from kliping.contract import load_contract
from kliping.errors import ServerError, without_secrets
from kliping.release import build_release
from kliping.studio import server
from kliping.studio.people.addresses import keep_addresses
from kliping.studio.people.pseudonyms import pseudonym_key
from kliping.studio.server.data import place_of, read_secrets
from kliping.studio.server.install import install

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.project import Corpus

ADDRESS = "ayu.lestari@pos.example"

COMMANDS = (
    ("push",),
    ("push", "--dry-run"),
    ("pull",),
    ("status",),
    ("studio", "invite", ADDRESS),
    ("studio", "restore"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of a user's own, and an environment without a server."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return toy(tmp_path / "toy")


def files(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        yield from ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())


def echo(token: str) -> bytes:
    """A body that repeats all that it should not."""
    return json.dumps(
        {"detail": f"no {token} for {ADDRESS}", "token": token, "validation_errors": {"x": [token]}}
    ).encode()


ANSWERS = {
    "nobody there": CLOSED,
    "a refusal": Fault(status=401, body=b"%ECHO%"),
    "a refusal with words": Fault(status=403, body=b"%ECHO%"),
    "a fault of ours": Fault(status=400, body=b"%ECHO%"),
    "a page": WEB_PAGE,
    "other JSON": Fault(status=200, body=b'{"results": 7, "email": "%ECHO%"}'),
    "half an answer": Fault(status=200, body=b'{"email": "ayu', share=0.5),
}


@pytest.mark.filterwarnings("default:The `parse_obj` method:DeprecationWarning")
@pytest.mark.parametrize("late", [False, True], ids=["at once", "after the login"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_a_server_answers_no_output_and_no_file_has_the_token(
    corpus: Corpus,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    answer: str,
    late: bool,
) -> None:
    def fault(_method: str, path: str) -> Fault:
        given = ANSWERS[answer]
        if late and "whoami" in path:
            return Fault(status=200, body=f'{{"id": 1, "email": "{ADDRESS}"}}'.encode())
        return Fault(
            given.passed_on, given.status, given.body.replace(b"%ECHO%", echo(ODD)), given.kind, share=given.share
        )

    with gateway("", fault) as url:
        monkeypatch.setenv("LABEL_STUDIO_URL", url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", ODD)
        for words in COMMANDS:
            kliping(monkeypatch, *words, "-C", str(corpus.root))
    said = "".join(capfd.readouterr())
    assert "kliping: " in said
    for secret in (ODD, ADDRESS, ADDRESS.partition("@")[0]):
        assert secret not in said
        assert not [path for path, data in files(corpus.root) if secret.encode() in data]
    assert not [path for path, data in files(home) if ODD.encode() in data]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("token", [TOKEN, PERSONAL])
def test_a_redirect_and_a_wrong_address_show_no_token(
    corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    token: str,
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", token)
    with redirecting(307, "http://127.0.0.1:1/x") as url:
        for place in (url, f"http://ana:{ODD}@127.0.0.1:1", f"{url}/?key={ODD}", f"ana:{ODD}@host"):
            monkeypatch.setenv("LABEL_STUDIO_URL", place)
            assert kliping(monkeypatch, "pull", "-C", str(corpus.root)) in (2, 3)
    said = "".join(capfd.readouterr())
    assert token not in said
    assert f"ana:{ODD}" not in said


def test_an_installer_that_repeats_its_index_shows_no_login(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = home / "cache/kliping"
    home.mkdir()
    monkeypatch.setenv("PATH", f"{cache.parents[1] / 'bin'}:/usr/bin:/bin")
    write_uv(
        cache, f'case "$1" in pip) echo "no answer from https://ana:{ODD}@index.example/simple" >&2; exit 2;; esac\n'
    )
    with pytest.raises(ServerError, match=r"https://…@index\.example") as caught:
        install(lambda _: None)
    assert ODD not in str(caught.value)


def test_secrets_of_the_environment_are_taken_out_of_what_others_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_opensesame")
    monkeypatch.setenv("PGPASSWORD", "short")
    said = without_secrets(
        "hf_opensesame at postgresql://ana:opensesame@host/db, and ayu@pos.example; short words stay"
    )
    assert said == "… at postgresql://…@host/db, and ayu@pos.example; short words stay"


def test_no_secret_is_on_the_servers_command_line(
    corpus: Corpus, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every user of a machine can read it."""
    stand_in(tmp_path, monkeypatch, 'echo "given: $*"; exit 1')
    with pytest.raises(ServerError):
        server.start(corpus)
    (log,) = home.rglob("server.log")
    token, password = read_secrets(place_of(corpus))
    assert "given: -c" in log.read_text()
    assert not any(secret in log.read_text() for secret in (token, password))


def test_what_holds_a_secret_is_readable_by_its_owner_alone(corpus: Corpus, home: Path) -> None:
    before = os.umask(0)
    try:
        key = pseudonym_key()
        keep_addresses(key, [ADDRESS])
        read_secrets(place_of(corpus))
    finally:
        os.umask(before)
    held = [path for path in home.rglob("*") if path.is_file()]
    assert len(held) >= 4
    assert {oct(stat.S_IMODE(path.stat().st_mode)) for path in held} == {"0o600"}


def told_of_us(corpus: Corpus) -> list[str]:
    """What would say who made a release, where and on what machine."""
    names = [socket.gethostname(), socket.getfqdn(), getpass.getuser()]
    places = [os.getcwd(), str(Path.home()), str(corpus.root), sys.prefix, sys.executable]  # noqa: PTH109
    return [
        one for one in (*names, *places, ADDRESS, "ayu.lestari", "Sena Author") if len(one) > 4 and one != "localhost"
    ]


def test_a_release_says_nothing_of_who_made_it_and_where(
    corpus: Corpus, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_addresses(pseudonym_key(), [ADDRESS])
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "First")):
        identity = ("-c", "user.name=Sena Author", "-c", f"user.email={ADDRESS}")
        subprocess.run(["git", "-C", str(corpus.root), *identity, *words], check=True)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", TOKEN)
    folder = build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)[1]
    held = {path.name: data for path, data in files(folder)}
    for path in folder.rglob("*.parquet"):
        table = parquet.read_table(path)
        footer = parquet.read_metadata(path)
        held[f"{path.name}, read"] = repr((table.to_pylist(), footer.metadata, footer.to_dict())).encode()
    assert len(held) > 20
    for secret in (*told_of_us(corpus), TOKEN, pseudonym_key().hex()):
        assert not [name for name, data in held.items() if secret.encode() in data], secret
    assert home.exists()
    assert not [name for name, data in held.items() if b"file:/" in data or b"/home/" in data or b"/tmp/" in data]
