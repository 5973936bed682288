"""What is open becomes questions that tell no annotator apart; what is settled is asked no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import annotation, article, entity, mention, stance
from tests.studio.adjudication.disagreement import AYU, BIMA, HOLDER, MARKET, MOVE, SENA, adjudicated, span

from kliping.annotation import adjudicate_article
from kliping.records import Decision, Holder, Target
from kliping.studio.adjudication.questions import digest, letters, questions, side
from kliping.studio.adjudication.tasks import asked_in, open_task, same_questions
from kliping.studio.adjudication.words import in_context
from kliping.studio.tasks import mark_in

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.studio.adjudication.questions import Question


def asked(contract: Contract, *decisions: Decision, language: str = "id") -> list[Question]:
    return questions(MARKET, adjudicated(*decisions), contract.scheme, language)


def rejecting(surface: str, label: str) -> Decision:
    return Decision(
        article_id="market", text_sha256=MARKET.text_sha256, mention=span(surface, label), stance=None,
        verdict="reject", edited_mention=None, edited_stance=None, by="adjudicator", when="2026-03-01", why="",
        guidelines="1.0.0",
    )  # fmt: skip


def test_each_open_mention_is_asked_about_then_each_holder_and_target(contract: Contract) -> None:
    assert letters("market", ["annotator-aa", "annotator-bb"]) == {"annotator-aa": "B", "annotator-bb": "A"}
    assert [one.shown for one in asked(contract)] == [
        ("1. Orang: Pasar Lama Tetap Buka [Wali Kota Rimbia], Sena Waluyo, menolak…\n"
         "A: Orang · B: Tempat “Rimbia”"),
        ("2. Tempat: …Lama Tetap Buka Wali Kota [Rimbia], Sena Waluyo, menolak…\n"
         "A: Orang “Wali Kota Rimbia” · B: Tempat"),
        ("3. Organisasi: …mendukung pemindahan itu. [Pedagang Pasar Lama] menunggu.\n"
         "A: Organisasi · B: tidak menandai"),
        ("4. Sikap “Sena Waluyo” terhadap “pemindahan Pasar Lama”\n"
         "A: Tidak memihak · B: Menolak"),
    ]  # fmt: skip


def test_the_answers_are_titles_and_what_is_stored(contract: Contract) -> None:
    first, *_, last = asked(contract)

    assert [(one.value, one.alias) for one in first.choices] == [
        ("Terima", "accept"), ("Tolak", "reject"), ("Ubah", "edit"),
    ]  # fmt: skip
    assert [(one.value, one.alias) for one in last.choices] == [
        ("Menolak", "side:against"), ("Tidak memihak", "side:none"), ("Mendukung", "side:favor"),
        ("Tidak ada sikap", "reject"),
    ]  # fmt: skip
    assert [side(one.alias) for one in last.choices] == ["against", "none", "favor", None]
    assert [one.stance for one in last.claims] == ["against", "none"]


def test_in_english_they_are_english(contract: Contract) -> None:
    shown = asked(contract, language="en-GB")[-1].shown

    assert shown == "4. Stance of “Sena Waluyo” towards “pemindahan Pasar Lama”\nA: Takes no side · B: Against"


def test_what_was_decided_is_not_asked_again(contract: Contract) -> None:
    after = asked(contract, rejecting("Wali Kota Rimbia", "PERSON"), rejecting("Rimbia", "PLACE"))

    assert [one.shown.split("\n")[0] for one in after] == [
        "1. Organisasi: …mendukung pemindahan itu. [Pedagang Pasar Lama] menunggu.",
        "2. Sikap “Sena Waluyo” terhadap “pemindahan Pasar Lama”",
    ]


def test_unsure_marks_other_holders_and_what_nobody_chose_are_shown(contract: Contract) -> None:
    doubtful = msgspec.structs.replace(SENA, unsure=True)
    crowd = [
        annotation(MARKET, "annotator-aa", [doubtful, MOVE], [stance(1, "against", mention("e2"), HOLDER)]),
        annotation(MARKET, "annotator-bb", [MOVE], [stance(1, "none", mention("e2"), Holder(kind="author"))]),
        annotation(
            MARKET, "annotator-cc", [MOVE],
            [stance(1, "favor", Target(kind="declared", name="MARKET_MOVE"), Holder(kind="unspecified"))],
        ),
    ]  # fmt: skip
    one = adjudicate_article(MARKET, crowd, [], single_annotator=False)
    shown = [one.shown for one in questions(MARKET, one, contract.scheme, "en")]

    assert letters("market", ["annotator-aa", "annotator-bb", "annotator-cc"]) == {
        "annotator-aa": "B", "annotator-bb": "A", "annotator-cc": "C",
    }  # fmt: skip
    assert shown == [
        ("1. Person: …Buka Wali Kota Rimbia, [Sena Waluyo], menolak pemindahan Pasar…\n"
         "A: not marked · B: Person (unsure) · C: not marked"),
        ("2. Stance of nobody chosen towards Moving the Old Market\n"
         "A: none · B: none · C: In favor"),
        ("3. Stance of The article's voice towards “pemindahan Pasar Lama”\n"
         "A: Takes no side · B: another holder · C: none"),
        ("4. Stance of “Sena Waluyo” towards “pemindahan Pasar Lama”\n"
         "A: another holder · B: Against · C: none"),
    ]  # fmt: skip


def test_letters_are_mixed_by_article() -> None:
    people = [f"annotator-{number}" for number in range(5)]
    mixed = {tuple(letters(f"article-{number}", people)) for number in range(40)}

    assert len(mixed) > 20
    assert all(letters("market", people)[who] == letters("market", reversed(people))[who] for who in people)
    assert list(letters("market", map(str, range(28))).values())[-3:] == ["Z", "AA", "AB"]


def test_a_task_carries_its_questions_and_knows_them_again(contract: Contract) -> None:
    one = adjudicated()
    task, sent = open_task(MARKET, one, asked(contract), contract.scheme, "id")
    mark = mark_in(task["meta"])

    assert mark is not None
    assert (mark.key, mark.shown, mark.sent) == (("market", MARKET.text_sha256, 1), "layers", sent)
    assert asked_in(msgspec.json.decode(msgspec.json.encode(task["data"])), mark) == ("1.0.0", tuple(asked(contract)))


def test_questions_that_somebody_edited_are_not_taken(contract: Contract) -> None:
    task, _ = open_task(MARKET, adjudicated(), asked(contract), contract.scheme, "id")
    mark = mark_in(task["meta"])
    assert mark is not None
    swapped = {**task["data"], "questions": task["data"]["questions"][::-1]}

    assert asked_in(swapped, mark) is None
    assert asked_in({**task["data"], "guidelines": "2.0.0"}, mark) is None
    assert asked_in({**task["data"], "questions": "?"}, mark) is None
    assert asked_in({}, mark) is None


def test_versions_are_layers_under_letters_and_what_is_settled_is_one(contract: Contract) -> None:
    task, _ = open_task(MARKET, adjudicated(), asked(contract), contract.scheme, "id")
    (prediction,) = task["predictions"]

    assert prediction["model_version"] == "layers"
    assert [(item["value"]["labels"], item["value"]["text"]) for item in prediction["result"]] == [
        (["agreed:PERSON"], "Sena Waluyo"),
        (["agreed:POLICY"], "pemindahan Pasar Lama"),
        (["A:PERSON"], "Wali Kota Rimbia"),
        (["A:ORGANISATION"], "Pedagang Pasar Lama"),
        (["B:PLACE"], "Rimbia"),
    ]
    assert all(MARKET.text[item["value"]["start"] :].startswith(item["value"]["text"]) for item in prediction["result"])
    assert "annotator-" not in str(task)


def test_a_mention_marked_twice_is_one_region(contract: Contract) -> None:
    twice = annotation(MARKET, "annotator-aa", [*AYU.entities, msgspec.structs.replace(AYU.entities[2], id="e9")])
    one = adjudicate_article(MARKET, [twice, BIMA], [], single_annotator=False)
    task, _ = open_task(MARKET, one, questions(MARKET, one, contract.scheme, "id"), contract.scheme, "id")
    names = [item["id"] for item in task["predictions"][0]["result"]]

    assert len(names) == len(set(names))


def test_the_digest_tells_questions_apart_from_all_else(contract: Contract) -> None:
    _, sent = open_task(MARKET, adjudicated(), asked(contract), contract.scheme, "id")
    renamed = msgspec.structs.replace(MARKET, url=None, publisher="Pos Rimbia")
    _, elsewhere = open_task(renamed, adjudicated(), asked(contract), contract.scheme, "id")
    fewer = asked(contract, rejecting("Rimbia", "PLACE"))

    assert sent != elsewhere
    assert same_questions(sent, elsewhere)
    assert not same_questions(sent, digest("1.0.0", fewer))
    assert not same_questions(None, sent)


@given(st.text(alphabet="ab 👩‍🌾\n", min_size=1, max_size=120), st.data())
def test_the_context_holds_the_mention_on_one_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = in_context(text, start, end)

    assert "\n" not in shown
    assert f"[{' '.join(text[start:end].split())}]".replace(" ", "") in shown.replace(" ", "")


def test_an_article_that_everybody_leaves_empty_asks_nothing(contract: Contract) -> None:
    plain = article("plain", "Kabar", "Tidak ada nama di sini.")
    crowd = [annotation(plain, who) for who in ("annotator-aa", "annotator-bb")]
    one = adjudicate_article(plain, crowd, [], single_annotator=False)

    assert questions(plain, one, contract.scheme, "id") == []


def test_every_open_thing_is_in_a_question(contract: Contract) -> None:
    third = annotation(MARKET, "annotator-cc", [entity(MARKET, 1, "Senar", "PLACE"), MOVE])
    one = adjudicated(more=(third,))
    made = questions(MARKET, one, contract.scheme, "id")

    assert {(q.mention.start, q.mention.end, q.mention.label) for q in made if q.mention} == {
        mention for mention, fate in one.mentions.fates.items() if fate == "open"
    }
    assert sum(len(q.claims) for q in made) == list(one.stances.fates.values()).count("open")


def test_of_two_sides_that_everybody_took_one_is_chosen(contract: Contract) -> None:
    sides = [stance(number, name, mention("e2"), HOLDER) for number, name in enumerate(("against", "none"), 1)]
    crowd = [annotation(MARKET, who, [SENA, MOVE], sides) for who in ("annotator-aa", "annotator-bb")]
    one = adjudicate_article(MARKET, crowd, [], single_annotator=False)
    (question,) = questions(MARKET, one, contract.scheme, "en")
    chosen, other = question.claims
    ruling = Decision(
        article_id="market", text_sha256=MARKET.text_sha256, mention=None, stance=chosen, verdict="accept",
        edited_mention=None, edited_stance=None, by="adjudicator", when="2026-03-01", why="", guidelines="1.0.0",
    )  # fmt: skip
    edit = msgspec.structs.replace(ruling, stance=other, verdict="edit", edited_stance=chosen)
    gold = adjudicate_article(MARKET, crowd, [ruling, edit], single_annotator=False).gold

    assert [claim.stance for claim in question.claims] == ["against", "none"]
    assert gold is not None
    assert [one.stance for one in gold.stances] == ["against"]
