"""A real Chromium, people who are logged in to the run's Label Studio with it, and corpora that they annotate.

What comes back is fetched and released with the commands that people use. All names in the corpora are invented.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from demo.annotators import PASSWORD, sign_up
from tests.browser.screen import VIEWPORT, Screen, log_in
from tests.corpora import article, write_corpus

from kliping.contract import load_contract
from kliping.contract.labeling import instruction
from kliping.files import encode_lines, write_bytes
from kliping.project import Corpus
from kliping.records import SourceEntry
from kliping.studio.client import Client
from kliping.studio.projects import find_project
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from kliping.records import Article

ROOT = Path(__file__).parents[2]

ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 20_000
"""Milliseconds that an action may wait for what it needs."""

MARKET = article(
    "market",
    "Pasar Lama Tetap Buka",
    "Ketua kelompok tani 👩‍🌾 Sena Waluyo menolak relokasi Pasar Lama 🇮🇩 pada hari Senin.",
    "Wali Kota Rina Belida sebaliknya mendukung rencana itu karena atapnya bocor.",
    "Warga yang tinggal di sekitar pasar juga keberatan.",
)
FERRY = article(
    "ferry",
    "Feri Malam Kembali Berlayar",
    "Dewan Feri Rimbia menjalankan lagi feri malam sejak hari Selasa.",
    "Pungutan kantong plastik sudah lama ditunggu para penumpang yang menyukai laut yang bersih.",
)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A corpus, its project on the server, and the commands that are run on it."""

    root: Path
    project: int
    tasks: dict[str, int]
    """The number of each article's task, by the article's id."""

    def kliping(self, *arguments: str) -> str:
        """Run a command on the corpus, and return what it prints."""
        return run(*arguments, cwd=self.root)

    @property
    def corpus(self) -> Corpus:
        return Corpus.open(self.root)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    assert path is not None, "no chromium here; run these tests with `nox -s browser`, or install Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def person(studio: tuple[str, str], chromium: Browser) -> Callable[[str], Screen]:
    """Somebody with an account and a browser window of their own, logged in; the same for the same name."""
    known: dict[str, Screen] = {}

    def come(name: str) -> Screen:
        if name not in known:
            address = f"{name}@pos.example"
            sign_up(*studio, address)
            page = chromium.new_context(viewport=VIEWPORT).new_page()
            page.set_default_timeout(PATIENCE)
            log_in(page, studio[0], address, PASSWORD)
            known[name] = Screen(page, studio[0])
        return known[name]

    return come


@pytest.fixture
def annotated(studio: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Annotated]:
    """Make a corpus of some texts, with this repository's labels and guidelines, pushed to a project of its own."""
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])

    def make(*articles: Article) -> Annotated:
        corpus = write_corpus(
            tmp_path / "corpus", articles, splits=dict.fromkeys((one.id for one in articles), "train")
        )
        settings = corpus.root / "pyproject.toml"
        own = uuid.uuid4().hex[:12]
        told = re.sub(r"(?m)^title = .*$", f'title = "Layar {own}"', settings.read_text())
        told = re.sub(r"(?m)^name = .*$", f'name = "layar-{own}"', told)
        settings.write_text(told + "single_annotator = true\n")
        write_bytes(corpus.corpus / "sources.jsonl", encode_lines([known(one) for one in articles]))
        shutil.copy(ROOT / "annotations" / "guidelines.md", corpus.annotation_folder / "guidelines.md")
        corpus = Corpus.open(corpus.root)
        with Client(*studio) as client:
            push(corpus, load_contract(corpus.schema), client)
            found = find_project(client, corpus.settings)
            assert found is not None
            project = found.id
            tasks = {listed.key[0]: listed.task for listed in client.tasks.inventory(project) if listed.key}
        show_instruction(studio, project, corpus)
        return Annotated(corpus.root, project, tasks)

    return make


@pytest.fixture
def picture() -> Callable[[Screen, str], None]:
    """Take a picture for people to look at, where `KLIPING_SCREENSHOTS` names a folder for it."""

    def take(screen: Screen, name: str) -> None:
        folder = os.environ.get("KLIPING_SCREENSHOTS")
        if folder:
            screen.screenshot(Path(folder) / f"{name}.png")

    return take


@pytest.fixture
def disagreement(annotated: Callable[..., Annotated], person: Callable[[str], Screen]) -> Annotated:
    """A project where two people submitted one article on the screen, and disagree: on a mention, and on a side.

    What adjudication on the screen begins with.
    """
    made = annotated(MARKET)
    for name, side in (("ayu", "1"), ("bima", "3")):
        screen = person(name)
        screen.open(made.project, made.tasks["market"])
        if name == "bima":
            screen.begin()
            screen.mark("p", "Rina Belida")
        screen.mark("p", "Sena Waluyo")
        screen.mark("k", "relokasi Pasar Lama")
        screen.arrow("Sena Waluyo", "relokasi Pasar Lama")
        screen.select("relokasi Pasar Lama")
        screen.press(side)
        screen.submit()
    return made


def known(about: Article) -> SourceEntry:
    """An article's line in `corpus/sources.jsonl`."""
    return SourceEntry(
        id=about.id, aliases=(), path=f"{about.id}.txt", sha256=about.source.sha256, media_type="text/plain",
        url=about.url, retrieved=None, licence="CC0-1.0", rights_holder=None,
    )  # fmt: skip


def run(*arguments: str, cwd: Path) -> str:
    """Run a command of kliping, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "kliping", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def show_instruction(studio: tuple[str, str], project: int, corpus: Corpus) -> None:
    """Give the project the guidelines' short form; the server keeps it as it was sent, so that it can be compared."""
    text = (corpus.annotation_folder / "guidelines.md").read_text(encoding="utf-8")
    shown = instruction(text, corpus.settings.language)
    kept = change(studio, f"projects/{project}", {"expert_instruction": shown, "show_instruction": True})
    assert kept["expert_instruction"] == shown


def change(studio: tuple[str, str], what: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Change a project or a task of the run's server, by its own interface; what it is then."""
    request = Request(  # noqa: S310 — the server's own address
        f"{studio[0]}/api/{what}/",
        json.dumps(fields).encode(),
        {"Authorization": f"Token {studio[1]}", "Content-Type": "application/json"},
        method="PATCH",
    )
    with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
        changed: dict[str, Any] = json.load(answer)
    return changed
