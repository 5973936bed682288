"""What people submit comes back as it was, on any server: `nox -s upgrade` and `nox -s postgres` run this too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from demo.annotators import submit
from demo.returned import differences
from tests.corpora import annotation, article, entity, mention

from kliping.records import Holder, Stance, Target
from kliping.studio.projects import find_project
from kliping.studio.pull import pull
from kliping.studio.push import push
from kliping.studio.server.install import numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation, Receipt
    from kliping.studio.client import Client
    from kliping.studio.results import Item
    from kliping.studio.tasks import Key

pytestmark = pytest.mark.studio

AUTHOR = Holder(kind="author")
# Emoji with joiners and a flag, a combining mark that NFC keeps apart: code points and UTF-16 units differ.
MARKET = article(
    "market",
    "Pasar Lama 👩‍🌾 tetap buka",
    "Wali Kota 🇮🇩 Sena Waluyo menolak relokasi Pasar Lama; x̱Kafe Arum dan Warga Tepi mendukung. 🎉 Pasar Lama ramai.",
)
LEVY = article("levy", "Pungutan", "Pungutan kantong plastik naik, kata Sena Waluyo 🙂.")
FERRY = article("ferry", "Feri malam", "Feri malam kembali beroperasi. 🚢")


def by_ayu() -> list[Annotation]:
    """Arrows, a named holder, the article's voice, an unsure mention, a comment; and a skip."""
    entities = (
        entity(MARKET, 1, "Sena Waluyo", "PERSON"),
        entity(MARKET, 2, "relokasi Pasar Lama", "POLICY"),
        entity(MARKET, 3, "x̱Kafe Arum", "ORGANISATION"),
        entity(MARKET, 4, "Warga Tepi", "ORGANISATION"),
        entity(MARKET, 5, "Pasar Lama", "PLACE", after="🎉 "),
    )
    stances = (
        Stance(id="s1", stance="favor", target=mention("e2"), holder=Holder(kind="mention", mention="e3")),
        Stance(id="s2", stance="favor", target=mention("e2"), holder=Holder(kind="mention", mention="e4")),
        Stance(id="s3", stance="favor", target=mention("e2"), holder=Holder(kind="named", name="RESIDENTS")),
        Stance(id="s4", stance="none", target=mention("e5"), holder=AUTHOR),
        Stance(id="s5", stance="against", target=mention("e1"), holder=Holder(kind="unspecified")),
        Stance(id="s6", stance="none", target=Target(kind="declared", name="MARKET_MOVE"), holder=AUTHOR),
    )
    return [
        annotation(MARKET, "annotator-1", entities, stances, comment="Siapa Warga Tepi? 🤔"),
        annotation(LEVY, "annotator-1", status="skipped"),
    ]


def by_bima() -> list[Annotation]:
    """Other mentions of the same articles; and nothing on one of them."""
    return [
        annotation(MARKET, "annotator-2", [entity(MARKET, 1, "Sena Waluyo", "PERSON")]),
        annotation(LEVY, "annotator-2", [entity(LEVY, 1, "Sena Waluyo", "PERSON")]),
        annotation(FERRY, "annotator-2"),
    ]


def tasks_of(corpus: Corpus, client: Client) -> dict[Key, int]:
    found = find_project(client, corpus.settings)
    assert found is not None
    return {listed.key: listed.task for listed in client.tasks.inventory(found.id) if listed.key is not None}


def counts(receipt: Receipt) -> dict[str, tuple[int, int, int]]:
    return {one.what: (one.taken, one.kept, one.set_aside) for one in receipt.counts}


def test_the_server_is_the_one_that_was_asked_for(client: Client, request: pytest.FixtureRequest) -> None:
    version = client.version()
    assert version == numbers(request.config.getoption("--label-studio"))[: len(version)]


def test_two_peoples_work_comes_back_as_it_was(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client, bima: Client
) -> None:
    corpus = make_corpus(FERRY, LEVY, MARKET)
    assert counts(push(corpus, contract, client)) == {"tasks": (3, 3, 0)}
    assert push(corpus, contract, client).changes == 0
    tasks = tasks_of(corpus, client)
    submit(ayu, tasks, by_ayu())
    submit(bima, tasks, by_bima())
    receipt = pull(corpus, contract, client)
    assert differences([*by_ayu(), *by_bima()], corpus.annotations()) == []
    assert receipt.adds_up
    found = counts(receipt)
    assert {what: found[what] for what in ("annotations", "regions", "comments")} == {
        "annotations": (5, 5, 0),
        "regions": (7, 7, 0),
        "comments": (1, 1, 0),
    }
    assert all(taken == kept > 0 and not aside for taken, kept, aside in found.values())
    assert list(corpus.quarantine()) == []
    again = pull(corpus, contract, client)
    assert (again.changes, counts(again)) == (0, found)
    assert push(corpus, contract, client).changes == 0


def test_spans_that_are_counted_in_utf16_come_back_in_code_points(
    make_corpus: Callable[..., Corpus], contract: Contract, client: Client, ayu: Client
) -> None:
    """The screens of older servers count so."""
    corpus = make_corpus(MARKET)
    push(corpus, contract, client)
    begin = MARKET.text.index("Warga Tepi")
    shifted = len(MARKET.text[:begin].encode("utf-16-le")) // 2
    assert shifted > begin
    value = {"start": shifted, "end": shifted + 10, "text": "Warga Tepi", "labels": ["ORGANISATION"]}
    region: Item = {"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    ayu.annotations.submit(next(iter(tasks_of(corpus, client).values())), [region])
    pull(corpus, contract, client)
    (only,) = corpus.annotations()
    assert [(one.start, one.text) for one in only.entities] == [(begin, "Warga Tepi")]
