"""Raw pages and names: nothing unfolds, nothing is fetched, and no file is made where a name says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.corpora import toy, write_corpus
from tests.security.test_handed_over_corpus import kliping
from tests.security.test_screens import LAUGHS
from tests.security.test_server_answers import listening

if TYPE_CHECKING:
    from pathlib import Path

BODY = "<p>Sena Waluyo menolak pemindahan pasar lama itu, kata warga Rimbia pada hari Senin pagi.</p>" * 6

ODD_NAMES = (
    "../../../out.html", "/out.html", "..\\out.html", "C:\\out.html", "a\0b.html", "\u202egnp.html", "con.html",
    "-rf.html", "~root.html", "$(touch out).html", ";touch out.html", "é" * 100 + ".html", ".../x.html",
    "％2e％2e／x.html",
)  # fmt: skip


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_pages_entities_do_not_unfold_and_nothing_that_it_names_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "toy", [])
    corpus.raw.mkdir(parents=True)
    with listening() as (url, got):
        head = f"<title>Pasar</title><script src='{url}/x.js'></script><link rel=stylesheet href='{url}/x.css'>"
        more = f"<img src='{url}/x.png'><iframe src='{url}/x'></iframe><object data='{url}/y'></object>"
        for name, doctype in {
            "laughs": f'<!DOCTYPE html [<!ENTITY a0 "ha">{LAUGHS}]>',
            "file": '<!DOCTYPE html [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
            "elsewhere": f'<!DOCTYPE html SYSTEM "{url}/x.dtd">',
        }.items():
            body = f"<body><h1>{name}</h1>{BODY}&a9;{more}</body>"
            for kind, opening in (("html", "<html>"), ("xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'>")):
                page = f"<?xml version='1.0'?>{doctype}{opening}<head>{head}</head>{body}</html>"
                (corpus.raw / f"{name}.{kind}").write_text(page)
        assert kliping(monkeypatch, "normalise", "-C", str(corpus.root)) == 0
        assert got == []
    made = b"".join(path.read_bytes() for path in corpus.root.glob("corpus/articles/*.jsonl"))
    assert made
    assert len(made) < 100_000
    assert b"haha" not in made.replace(b"&a", b"")


def test_whatever_a_source_is_called_files_are_made_in_their_places_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "deep/er/toy", [])
    corpus.raw.mkdir(parents=True)
    with ZipFile(corpus.raw / "names.zip", "w") as archive:
        for number, name in enumerate(ODD_NAMES):
            archive.writestr(name, f"<h1>Berita nomor {number}</h1>" + BODY.replace("Senin", f"{number} Mei"))
    for number, name in enumerate(ODD_NAMES):
        page = f"<link rel=canonical href='https://pos.example/{name}?{number}'><h1>Kabar nomor {number}</h1>"
        (corpus.raw / f"{number}.html").write_text(page + BODY.replace("Senin", f"{number} Juni"), errors="replace")
    outside = tree(tmp_path) - tree(corpus.root)
    assert kliping(monkeypatch, "normalise", "-C", str(corpus.root)) == 0
    ids = [one.id for one in corpus.articles()]
    assert len(ids) > len(ODD_NAMES)
    assert all("/" not in one and "\\" not in one and one.isascii() and not one.startswith((".", "-")) for one in ids)
    assert max(map(len, ids)) <= 200
    made = {
        path for path in tree(corpus.root) if not path.startswith(("schema", ".kliping", "annotations", "corpus/raw"))
    }
    assert {path for path in made if path.count("/") > 1} <= {"corpus/articles/00000.jsonl"}
    assert {one for one in tree(tmp_path) - outside if not one.startswith("deep/er/toy")} == set()


@pytest.mark.parametrize("name", ["../../out", "/out", "a/b", "..", "a\nb", "-x", "x" * 5000])
def test_a_name_that_leads_elsewhere_names_no_corpus_no_predictions_and_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    corpus = toy(tmp_path / "deep/er/toy")
    before = tree(tmp_path)
    given = corpus.root / "given.jsonl"
    given.touch()
    for words in (("predict", "--from", str(given), "--", name), ("release", "--", name)):
        assert kliping(monkeypatch, *words[:1], "-C", str(corpus.root), *words[1:]) in (1, 2)
    settings = (corpus.root / "pyproject.toml").read_text().replace('"toy"', json.dumps(name))
    (corpus.root / "pyproject.toml").write_text(settings)
    assert kliping(monkeypatch, "release", "-C", str(corpus.root), "0.1.0") in (1, 2)
    assert {one for one in tree(tmp_path) - before if "/.kliping" not in one} == {"deep/er/toy/given.jsonl"}
