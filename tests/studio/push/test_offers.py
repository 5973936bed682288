"""What annotators begin from: carried annotations before a model's prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from tests.corpora import article, entity, mention, stance

from kliping.errors import CallError, DataError
from kliping.files import encode_lines, write_bytes
from kliping.records import Carried, Entity, Holder, Prediction, Stance
from kliping.studio.projects import SHARED, annotator_role
from kliping.studio.push.offers import CARRIED, Offers, in_common

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kliping.contract import Contract
    from kliping.project import Corpus

MARKET = article("market", "Pasar", "Sena Waluyo menolak pungutan di Pasar Lama.")
SENA = entity(MARKET, 1, "Sena Waluyo", "PERSON")
PLACE = entity(MARKET, 2, "Pasar Lama", "PLACE")
LEVY = entity(MARKET, 3, "pungutan", "POLICY")
AGAINST = stance(1, "against", mention("e3"), Holder(kind="mention", mention="e1"))
AYU, BIMA = "annotator-aaaaaaaaaaaa", "annotator-bbbbbbbbbbbb"


def carried(annotator: str, entities: Iterable[Entity], stances: Iterable[Stance] = ()) -> Carried:
    return Carried(
        article_id="market", text_sha256=MARKET.text_sha256, annotation=f"market.{annotator}.1",
        annotated_text_sha256="0" * 64, annotator=annotator, scheme="1.0.0",
        entities=tuple(entities), stances=tuple(stances), lost=(),
    )  # fmt: skip


def predicted(entities: Iterable[Entity], sha256: str = MARKET.text_sha256) -> Prediction:
    return Prediction(
        article_id="market", text_sha256=sha256, model_version="marker 1", score=0.5, entities=tuple(entities),
        stances=(),
    )  # fmt: skip


@pytest.fixture
def offers(make_corpus: Callable[..., Corpus], contract: Contract) -> Callable[..., Offers]:
    """What a corpus of one article offers."""

    def make(said: Iterable[Carried] = (), model: Iterable[Prediction] | None = None) -> Offers:
        corpus = make_corpus(MARKET)
        settings = corpus.settings
        write_bytes(corpus.annotation_folder / "carried.jsonl", encode_lines(said))
        if model:
            write_bytes(corpus.annotation_folder / "predictions" / "marker.jsonl", encode_lines(model))
        if model is not None:
            settings = msgspec.structs.replace(
                settings, annotators=msgspec.structs.replace(settings.annotators, predictions="marker")
            )
        return Offers(type(corpus)(corpus.root, settings), contract.scheme)

    return make


def test_nothing_is_offered_where_there_is_nothing(offers: Callable[..., Offers]) -> None:
    assert "market" not in offers()
    assert offers().of(MARKET, SHARED) is None


def test_a_models_prediction_is_offered(offers: Callable[..., Offers]) -> None:
    assert offers(model=[predicted([SENA])]).of(MARKET, SHARED) == predicted([SENA])


def test_one_of_another_text_is_not(offers: Callable[..., Offers]) -> None:
    made = offers(model=[predicted([SENA], "0" * 64)])
    assert made.of(MARKET, SHARED) is None
    assert made.is_of_another_text(MARKET)
    assert made.prediction_faults(MARKET) == ()


def test_what_is_wrong_with_a_prediction_is_told(offers: Callable[..., Offers]) -> None:
    made = offers(model=[predicted([msgspec.structs.replace(SENA, end=SENA.end + 1)])])
    (fault,) = made.prediction_faults(MARKET)
    assert "the text there is 'Sena Waluyo '" in fault
    assert made.of(MARKET, SHARED) is None


def test_carried_annotations_go_before_predictions(offers: Callable[..., Offers]) -> None:
    found = offers([carried(AYU, [PLACE])], [predicted([SENA])]).of(MARKET, SHARED)
    assert found is not None
    assert (found.model_version, found.entities) == (CARRIED, (PLACE,))


def test_in_their_own_project_annotators_get_their_own(offers: Callable[..., Offers]) -> None:
    made = offers([carried(AYU, [PLACE, SENA]), carried(BIMA, [SENA, LEVY])], [predicted([LEVY])])
    own = {name: made.of(MARKET, annotator_role(name)) for name in (AYU, BIMA, "annotator-cccccccccccc")}
    assert [one.entities if one else None for one in own.values()] == [(PLACE, SENA), (SENA, LEVY), (LEVY,)]


def test_in_a_shared_project_they_get_what_all_said(offers: Callable[..., Offers]) -> None:
    other = msgspec.structs.replace(SENA, id="x", unsure=True)
    found = offers([carried(AYU, [PLACE, SENA]), carried(BIMA, [other, LEVY])]).of(MARKET, SHARED)
    assert found is not None
    assert found.entities == (SENA,)


def test_a_stance_is_common_by_its_places() -> None:
    theirs = (msgspec.structs.replace(SENA, id="a"), msgspec.structs.replace(LEVY, id="b"))
    same = stance(9, "against", mention("b"), Holder(kind="mention", mention="a"))
    found = in_common([carried(AYU, [SENA, LEVY], [AGAINST]), carried(BIMA, theirs, [same])])
    assert (found.entities, found.stances) == ((SENA, LEVY), (AGAINST,))
    other = msgspec.structs.replace(same, stance="favor")
    assert in_common([carried(AYU, [SENA, LEVY], [AGAINST]), carried(BIMA, theirs, [other])]).stances == ()


def test_what_was_carried_and_the_screen_has_no_more_is_not_offered(offers: Callable[..., Offers]) -> None:
    made = offers([carried(AYU, [msgspec.structs.replace(SENA, label="HERO")])], [predicted([PLACE])])
    assert made.of(MARKET, SHARED) is None
    assert "'HERO' is not in the scheme" in made.carried_faults(MARKET, SHARED)[0]


def test_predictions_that_are_named_and_not_there_are_an_error(offers: Callable[..., Offers]) -> None:
    with pytest.raises(CallError, match=r"marker\.jsonl: missing"):
        offers(model=())


def test_a_broken_line_is_told_with_its_place(make_corpus: Callable[..., Corpus], contract: Contract) -> None:
    corpus = make_corpus(MARKET)
    write_bytes(corpus.annotation_folder / "carried.jsonl", b'{"article_id": "market"\n')
    with pytest.raises(DataError, match=r"carried\.jsonl:1"):
        Offers(corpus, contract.scheme)
