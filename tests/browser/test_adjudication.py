"""An adjudicator settles on the screen what two annotators disagree on, and only what changes opens again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from demo.annotators import sign_up, submit
from tests.browser.adjudicating import Adjudicating
from tests.browser.conftest import MARKET
from tests.corpora import annotation, entity, mention, stance

from kliping.records import Holder
from kliping.studio.client import Client
from kliping.studio.projects import ADJUDICATION, find_project
from kliping.studio.tasks import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Annotated
    from tests.browser.screen import Screen

    from kliping.project import Corpus
    from kliping.records import Annotation

pytestmark = pytest.mark.browser

SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
MOVE = entity(MARKET, 2, "relokasi Pasar Lama", "POLICY")
RINA, MAYOR = entity(MARKET, 3, "Rina Belida", "PERSON"), entity(MARKET, 4, "Wali Kota Rina Belida", "PERSON")
TITLE = entity(MARKET, 5, "Pasar Lama Tetap Buka", "EVENT")
HOLDER = Holder(kind="mention", mention="e1")
AYU = annotation(MARKET, "ayu", [SENA, MOVE, RINA], [stance(1, "against", mention("e2"), HOLDER)])
BIMA = annotation(MARKET, "bima", [SENA, MOVE, MAYOR, TITLE], [stance(1, "none", mention("e2"), HOLDER)])


def test_what_is_decided_on_the_screen_is_gold_and_only_what_changes_opens_again(
    annotated: Callable[..., Annotated],
    person: Callable[[str], Screen],
    picture: Callable[[Screen, str], None],
    studio: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "5e" * 32)  # letters go by pseudonyms
    made = annotated(MARKET)
    submit_as(studio, made, "ayu", AYU)
    submit_as(studio, made, "bima", BIMA)
    made.kliping("pull")
    assert "4 questions are open in the adjudication project" in made.kliping("adjudicate", "--studio")

    citra = person("citra")
    screen = Adjudicating(citra.page, citra.url)
    screen.open_next(adjudication(studio, made.corpus))
    assert screen.questions() == QUESTIONS
    assert screen.layers() == LAYERS
    screen.answer(1, "Ubah")
    screen.add("Tempat", "Pasar Lama")
    screen.answer(2, "Tolak", "pedoman 2.1: tanpa jabatan")
    screen.answer(3, "Terima")
    screen.answer(4, "Menolak")
    screen.add("Organisasi", "kelompok tani")
    picture(screen, "adjudicated")
    assert screen.answers() == ["Ubah", "Tolak", "Terima", "Menolak"]
    screen.submit()

    told = made.kliping("adjudicate", "--studio")
    assert "questions submitted: 4 = 4 kept + 0 set aside" in told
    assert "additions: 1 = 1 kept + 0 set aside" in told
    assert ledger(made.corpus) == DECISIONS
    assert gold(made.corpus) == GOLD
    assert made.kliping("adjudicate", "--studio").startswith("adjudicate: 0 changes")

    farmers = entity(MARKET, 6, "Warga", "ORGANISATION")
    submit_as(studio, made, "bima", msgspec.structs.replace(BIMA, entities=(*BIMA.entities, farmers)))
    made.kliping("pull")
    assert "1 questions are open in the adjudication project" in made.kliping("adjudicate", "--studio")
    assert ledger(made.corpus) == DECISIONS
    screen.open_next(adjudication(studio, made.corpus))
    assert [one.split("\n")[0] for one in screen.questions()] == [
        "1. Organisasi: …itu karena atapnya bocor. [Warga] yang tinggal di sekitar…"
    ]
    picture(screen, "opened-again")


QUESTIONS = [
    ("1. Peristiwa: [Pasar Lama Tetap Buka] Ketua kelompok tani 👩‍🌾…\nA: Peristiwa · B: tidak menandai"),
    (
        "2. Orang: …Lama 🇮🇩 pada hari Senin. [Wali Kota Rina Belida] sebaliknya mendukung…\n"
        "A: Orang · B: Orang “Rina Belida”"
    ),
    (
        "3. Orang: …hari Senin. Wali Kota [Rina Belida] sebaliknya mendukung…\n"
        "A: Orang “Wali Kota Rina Belida” · B: Orang"
    ),
    ("4. Sikap “Sena Waluyo” terhadap “relokasi Pasar Lama”\nA: Tidak memihak · B: Menolak"),
]
LAYERS = {
    "✓ Orang": "rgba(140, 140, 140, 0.3)",
    "✓ Kebijakan": "rgba(140, 140, 140, 0.3)",
    "A: Peristiwa": "rgba(230, 184, 0, 0.3)",
    "A: Orang": "rgba(230, 184, 0, 0.3)",
    "B: Orang": "rgba(0, 163, 204, 0.3)",
}
"""What stands over the text, in grey, yellow and blue."""

DECISIONS = [
    ("edit", "Pasar Lama Tetap Buka EVENT", "Pasar Lama PLACE", ""),
    ("accept", "kelompok tani ORGANISATION", None, ""),
    ("reject", "Wali Kota Rina Belida PERSON", None, "pedoman 2.1: tanpa jabatan"),
    ("accept", "Rina Belida PERSON", None, ""),
    ("accept", "Sena Waluyo against relokasi Pasar Lama", None, ""),
    ("edit", "Sena Waluyo none relokasi Pasar Lama", "Sena Waluyo against relokasi Pasar Lama", ""),
]
GOLD = {
    "entities": [
        ("Pasar Lama", "PLACE"), ("kelompok tani", "ORGANISATION"), ("Sena Waluyo", "PERSON"),
        ("relokasi Pasar Lama", "POLICY"), ("Rina Belida", "PERSON"),
    ],
    "stances": [("Sena Waluyo", "against", "relokasi Pasar Lama")],
}  # fmt: skip


def submit_as(studio: tuple[str, str], made: Annotated, name: str, said: Annotation) -> None:
    """Submit through the server's interface, as the person."""
    with Client(studio[0], sign_up(*studio, f"{name}@pos.example")) as client:
        submit(client, {Key(MARKET.id, MARKET.text_sha256): made.tasks[MARKET.id]}, [said])


def adjudication(studio: tuple[str, str], corpus: Corpus) -> int:
    with Client(*studio) as client:
        found = find_project(client, corpus.settings, ADJUDICATION)
    assert found is not None
    return found.id


def ledger(corpus: Corpus) -> list[tuple[str, str | None, str | None, str]]:
    """The lines of `annotations/decisions.jsonl`: verdict, on what, into what, why."""
    lines = (corpus.annotation_folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert "@" not in "".join(lines)
    return [
        (
            line["verdict"],
            _said(line["mention"], line["stance"]),
            _said(line["edited_mention"], line["edited_stance"]),
            line["why"],
        )
        for line in map(json.loads, lines)
    ]


def _said(span: dict[str, str] | None, stated: dict[str, dict[str, str]] | None) -> str | None:
    if stated:
        return f"{stated['holder']['text']} {stated['stance']} {stated['target']['text']}"
    return f"{span['text']} {span['label']}" if span else None


def gold(corpus: Corpus) -> dict[str, list[tuple[str, ...]]]:
    (line,) = corpus.gold()
    words = {one.id: one.text for one in line.entities}
    return {
        "entities": [(one.text, one.label) for one in line.entities],
        "stances": [
            (words[one.holder.mention or ""], one.stance, words[one.target.mention or ""]) for one in line.stances
        ],
    }
