"""`kliping explain` as people and machines run it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kliping.cli.explain.facts import LOOKS
from kliping.cli.explain.page import as_page
from kliping.normaliser.explanation import explain
from kliping.normaliser.raw import Raw
from kliping.normaliser.stated import Stated

ROOT = Path(__file__).parents[2]
DUMP = "text/old-market-petition.txt"
NASTY = "<script>alert(1)</script> & \"quoted\" 'single' \u202egnp.exe"
BODY = f"{NASTY} stands in a paragraph that is long enough to be an article of its own, more or less, they say."


def kliping(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kliping", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def on_terminal(*arguments: str, **environment: str) -> str:
    """What the command writes to a terminal."""
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "kliping", *arguments]
    with subprocess.Popen(
        command, stdout=writer, cwd=ROOT, env={**os.environ, "TERM": "xterm", **environment}
    ) as running:
        os.close(writer)
        written = b""
        while chunk := _read(reader):
            written += chunk
        running.wait()
    os.close(reader)
    return written.decode()


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 65536)
    except OSError:  # the other end is closed
        return b""


class Page(HTMLParser):
    """A page's elements, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_each_piece_is_a_line_with_its_mark_its_place_and_its_rule() -> None:
    done = kliping("explain", DUMP)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == DUMP
    assert "   1 = title            Old Market traders hand in petition against move [title]" in lines
    assert "   7 × removed          Read also: [related-label]" in lines
    assert "     → related          How a wooden bell came to rule the fish trade [related-label]" in lines
    assert lines[-1].startswith("article           7 blocks, 994 characters of body, 2 topics")


def test_a_rejection_is_an_answer() -> None:
    done = kliping("explain", "text/too-short.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("rejected          too-short: the body has 48 characters")
    assert "KILAT: Feri sore ke Pulau Rimbia batal berlayar. [paragraph]" in done.stdout


def test_an_article_is_found_by_its_id_and_a_page_says_what_it_states() -> None:
    done = kliping("explain", "f7dd7c43baab6fea")
    assert done.stdout.startswith("pages/old-market-heritage.html\n")
    assert re.search(r"^states authors +Nell Astrand$", done.stdout, re.MULTILINE)


def test_what_is_not_there_exits_with_2() -> None:
    done = kliping("explain", "no/such.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_machines_get_the_same_as_json() -> None:
    told = json.loads(kliping("explain", DUMP, "--json").stdout)
    assert (told["path"], told["media_type"], told["charset"]) == (DUMP, "text/plain", "utf-8")
    assert told["lines"][6]["pieces"][0] == {
        "outcome": "removed", "to": "removed", "rule": "related-label", "text": "Read also:"
    }  # fmt: skip
    assert (told["reason"], told["article"]["id"]) == (None, "f59a7d1ea766180a")


def test_a_terminal_gets_colours_and_nothing_else_does() -> None:
    assert "\x1b[31m× removed" in on_terminal("explain", DUMP)
    assert "\x1b[" not in on_terminal("explain", DUMP, NO_COLOR="1")
    assert "\x1b[" not in kliping("explain", DUMP).stdout


def test_lines_fit_the_terminal() -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("explain", DUMP, COLUMNS="72"))
    assert max(map(len, shown.splitlines())) <= 72
    assert "handed the Selawara" in " ".join(shown.split())


def test_a_page_is_written_and_says_the_same(tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    done = kliping("explain", DUMP, "--html", page)
    assert (done.returncode, done.stdout) == (0, f"wrote {page}\n")
    text = Page(page.read_text(encoding="utf-8")).text
    for words in (
        "What became of text/old-market-petition.txt",
        "How a wooden bell",
        "rule related-label",
        "→moved: related",
    ):
        assert words in text
    assert kliping("explain", DUMP, "--html", "-").stdout == page.read_text(encoding="utf-8")


def test_a_page_never_takes_an_input_s_place(tmp_path: Path) -> None:
    raw = tmp_path / "a.txt"
    raw.write_text("A title")
    done = kliping("explain", raw, "--html", raw)
    assert done.returncode == 2
    assert "is the input itself" in done.stderr
    assert raw.read_text() == "A title"
    inside = kliping("explain", DUMP, "--html", "corpus/raw/why.html")
    assert inside.returncode == 2
    assert "would become an input" in inside.stderr
    assert not (ROOT / "corpus/raw/why.html").exists()


def test_a_page_and_json_cannot_go_together() -> None:
    assert kliping("explain", DUMP, "--html", "-", "--json").returncode == 2


def test_everything_in_a_page_is_escaped() -> None:
    dump = f"{NASTY}\n\n{BODY}\n\nRead also: {NASTY}".encode()
    page = as_page(explain(Raw(dump, path=f"{NASTY}.txt", stated=Stated(authors=(NASTY,), url=NASTY))))
    parsed = Page(page)
    assert "script" not in parsed.tags
    assert parsed.text.count("<script>alert(1)</script> & \"quoted\" 'single' <U+202E>gnp.exe") == 7
    assert "\u202e" not in page


def test_a_page_lets_in_its_own_style_by_its_hash_and_nothing_else() -> None:
    page = as_page(explain(Raw(BODY.encode())))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    known = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
    parsed = Page(page)
    assert ("content", policy) in parsed.attributes
    assert not {name for name, _ in parsed.attributes} & {"style", "src", "onclick", "onload"}
    assert {value for name, value in parsed.attributes if name == "href"} == {"#line-1"}


@pytest.mark.parametrize("outcome", LOOKS)
def test_no_outcome_is_told_by_its_colour_alone(outcome: str) -> None:
    marks = [look.mark for look in LOOKS.values()]
    assert len(set(marks)) == len(marks)
    assert outcome in Page(as_page(explain(Raw(BODY.encode())))).text
