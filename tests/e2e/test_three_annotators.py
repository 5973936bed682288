"""Three annotators in projects of their own: two rounds there and back, by the commands people type.

What comes back must be what was submitted, and no command may change anything the second time. `ROUND_TRIP=200` in the
environment makes it 200 articles; `pytest -s` shows the receipts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from demo.returned import differences
from tests.corpora import annotation, article, write_corpus

from kliping.project import Corpus
from kliping.records import Entity, Holder, Stance, Target
from kliping.studio.client import Client
from kliping.studio.people.accounts import own_token, sign_up
from kliping.studio.projects import annotator_role, find_project
from kliping.studio.results import write

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Annotation, Article

ARTICLES = int(os.environ.get("ROUND_TRIP", "30"))
CALIBRATION = ARTICLES // 10
SEED = 20261125
PEOPLE = ("ratna@pos.example", "joko@pos.example", "mei@pos.example")
PASSWORD = "three-people-read-the-news"

PERSONS = ("Sena Waluyo", "Rina Sastro", "Darmo Wiguna", "Inés Dorandi", "Am\u0303u Tarel")
PLACES = ("Rimbia", "Selawara", "Tanjung Belida", "Kali Senar")
POLICIES = ("relokasi Pasar Lama", "pungutan kantong plastik", "uji coba feri malam")
SIDES = ("against", "none", "favor")
OPENINGS = ("", "👩‍🌾 ", "🇮🇩🎉 ", "“")


@pytest.mark.studio
def test_nothing_is_lost_between_three_annotators_and_gold(
    studio: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", studio[0])
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio[1])
    monkeypatch.setenv("KLIPING_PSEUDONYM_KEY", "5e" * 32)
    chance = random.Random(SEED)  # noqa: S311 — a scenario, not a secret
    corpus = write_corpus(tmp_path / "corpus", [_article(number, chance) for number in range(ARTICLES)])
    people = _invite(corpus, studio[0])
    corpus = _named(corpus, people)

    _run(corpus, "sample", "--size", str(CALIBRATION), "--calibration")
    _run(corpus, "sample", "--size", str(ARTICLES - CALIBRATION))
    pushed = _run(corpus, "push")
    submitted = [made for person in people for made in _annotate(corpus, person, people[person], studio[0], chance)]
    pulled = _run(corpus, "pull")
    for receipt in (pushed, pulled):
        _print(receipt)
    print(_output(corpus, "status"))  # noqa: T201 — for people who run this alone

    assert len(submitted) == CALIBRATION * 3 + (ARTICLES - CALIBRATION) * 2
    assert differences(submitted, corpus.annotations()) == []
    counts = {one["what"]: one for one in pulled["counts"]}
    assert all(one["taken"] == one["kept"] and one["set_aside"] == 0 for one in counts.values())
    assert counts["annotations"]["kept"] == len(submitted)
    assert counts["regions"]["kept"] == sum(len(one.entities) for one in submitted)
    assert [_run(corpus, command)["changes"] for command in ("push", "pull")] == [0, 0]
    assert _run(corpus, "pull", "--full")["changes"] == 0

    settled = _run(corpus, "adjudicate")
    agreed = json.loads(_output(corpus, "agree", "--json", "--samples", "100"))
    _print(settled)
    assert len(agreed["everyone"]["annotators"]) == 3
    assert _run(corpus, "adjudicate")["changes"] == 0
    everything = "".join(path.read_text() for path in corpus.root.rglob("*.json*"))
    assert not [address for address in PEOPLE if address in everything]


def _article(number: int, chance: random.Random) -> Article:
    person, other = chance.sample(PERSONS, 2)
    place, policy, opening = chance.choice(PLACES), chance.choice(POLICIES), chance.choice(OPENINGS)
    return article(
        f"berita-{number:03}",
        f"{place} membahas {policy}",
        f"{opening}{person} menolak {policy} pada pertemuan ke-{number} di {place}.",
        f"{other} mendukungnya 🙂, dan warga {place} menunggu keputusan.",
    )


def _invite(corpus: Corpus, url: str) -> dict[str, str]:
    """Invite and sign up everybody; address by pseudonym."""
    told = json.loads(_output(corpus, "studio", "invite", "--json", *PEOPLE))
    for address in PEOPLE:
        sign_up(url, told["link"], address, PASSWORD)
    return dict(zip((one["annotator"] for one in told["people"]), PEOPLE, strict=True))


def _named(corpus: Corpus, people: dict[str, str]) -> Corpus:
    """The corpus with its annotators, in blind projects, under a name that no other corpus on the server has."""
    own = uuid.uuid4().hex[:8]
    settings = corpus.root / "pyproject.toml"
    tables = "".join(f'\n[tool.kliping.annotators.people."{person}"]\n' for person in people)
    words = settings.read_text().replace('"toy"', f'"trip-{own}"').replace("Toy corpus", f"Trip {own}")
    settings.write_text(f"{words}\n[tool.kliping.annotators]\nblind = true\noverlap = 2\n{tables}")
    return Corpus.open(corpus.root)


def _annotate(corpus: Corpus, person: str, address: str, url: str, chance: random.Random) -> list[Annotation]:
    """One annotator's work on every task of their project, submitted as themselves."""
    articles = {one.id: one for one in corpus.articles()}
    made = []
    with Client(url, own_token(url, address, PASSWORD)) as client:
        project = find_project(client, corpus.settings, annotator_role(person))
        assert project is not None
        for listed in client.tasks.inventory(project.id):
            assert listed.key is not None
            said = _said(articles[listed.key.article_id], person, listed.key.round, chance)
            client.annotations.submit(
                listed.task, write(said), skipped=said.status == "skipped", lead_time=said.lead_time
            )
            made.append(said)
    return made


def _said(about: Article, person: str, number: int, chance: random.Random) -> Annotation:
    """What somebody says about an article: most of what is there, now and then another label, or nothing at all."""
    if chance.random() < 0.03:
        return annotation(about, person, status="skipped", round=number, comment="bukan berita")
    entities: list[Entity] = []
    for surfaces, label in ((PERSONS, "PERSON"), (PLACES, "PLACE"), (POLICIES, "POLICY")):
        for surface in surfaces:
            start = about.text.find(surface)
            while start >= 0:
                if chance.random() < 0.9:
                    name = f"r{start}"
                    entities.append(
                        Entity(
                            id=name, start=start, end=start + len(surface), text=surface,
                            label=label if chance.random() < 0.95 else "ORGANISATION", unsure=chance.random() < 0.1,
                        )
                    )  # fmt: skip
                start = about.text.find(surface, start + 1)
    entities.sort(key=lambda one: one.start)
    comment = "sulit 🤔" if chance.random() < 0.1 else None
    return annotation(
        about,
        person,
        entities,
        _stances(entities, chance),
        round=number,
        comment=comment,
        lead_time=chance.uniform(5, 90),
    )


def _stances(entities: list[Entity], chance: random.Random) -> list[Stance]:
    """A side on the first policy by one of several kinds of holders, and now and then one for a declared target."""
    said = []
    policy = next((one for one in entities if one.label == "POLICY"), None)
    persons = [one for one in entities if one.label == "PERSON"]
    if policy is not None:
        target = Target(kind="mention", mention=policy.id)
        holders = [Holder(kind="author"), Holder(kind="named", name="RESIDENTS"), Holder(kind="unspecified")]
        kinds = [[Holder(kind="mention", mention=one.id) for one in persons], [chance.choice(holders)]]
        side = chance.choice(SIDES)
        for number, holder in enumerate(chance.choice(kinds)):
            said.append(Stance(id=f"s{number}", stance=side, target=target, holder=holder))
    if chance.random() < 0.5:
        declared = Target(kind="declared", name="MARKET_MOVE")
        said.append(Stance(id="article", stance=chance.choice(SIDES), target=declared, holder=Holder(kind="author")))
    return said


def _run(corpus: Corpus, *arguments: str) -> Any:
    return json.loads(_output(corpus, *arguments, "--json"))


def _output(corpus: Corpus, *arguments: str) -> str:
    command = [sys.executable, "-m", "kliping", *arguments, "-C", str(corpus.root)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert not [address for address in PEOPLE if address in done.stdout + done.stderr]
    return done.stdout


def _print(receipt: Any) -> None:
    counts = [f"  {one['what']}: {one['taken']} = {one['kept']} + {one['set_aside']}" for one in receipt["counts"]]
    lines = [f"{receipt['step']}: {receipt['changes']} changes", *counts, *(f"  {note}" for note in receipt["notes"])]
    print("\n".join(lines))  # noqa: T201 — for people who run this alone
