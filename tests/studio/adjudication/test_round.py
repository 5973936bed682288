"""Open questions to a real server, decisions back from it: once each, however a run ended, and nothing in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from demo.annotators import sign_up
from tests.corpora import annotation
from tests.studio.adjudication.disagreement import AYU, BIMA, MARKET, MOVE, SENA, chose, marked, span, wrote
from tests.studio.gateway import failing

from kliping.annotation import adjudicate_corpus
from kliping.check import check_corpus
from kliping.errors import ServerError
from kliping.files import encode_lines, write_shards
from kliping.records import Relabelling
from kliping.studio.adjudication import fetch_decisions, push_questions
from kliping.studio.client import Client
from kliping.studio.people.pseudonyms import pseudonym, pseudonym_key
from kliping.studio.projects import ADJUDICATION, find_project, known_projects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation, Decision, Receipt, Span
    from kliping.studio.client import Listed
    from kliping.studio.results import Item

pytestmark = pytest.mark.studio

SCREEN = "the adjudication project has the contract's screen now"
MAYOR, RIMBIA = span("Wali Kota Rimbia", "PERSON"), span("Rimbia", "PLACE")
TRADERS = span("Pedagang Pasar Lama", "ORGANISATION")
MARKET_THERE, TITLE = span("Pasar Lama", "PLACE", after="Pedagang "), span("Pasar Lama", "PLACE")
ALL: list[Item] = [
    chose(1, "reject"), wrote(1, "guideline 2.1"), chose(2, "accept"), chose(3, "edit"), marked("n", MARKET_THERE),
    chose(4, "side:against"), marked("t", TITLE),
]  # fmt: skip


@pytest.fixture(scope="session")
def citra(studio: tuple[str, str]) -> Iterator[Client]:
    """The adjudicator."""
    with Client(studio[0], sign_up(*studio, "citra@pos.example")) as client:
        yield client


@pytest.fixture
def corpus(make_corpus: Callable[..., Corpus]) -> Corpus:
    """One article on which two annotators disagree: four questions."""
    made = make_corpus(MARKET)
    submit(made, AYU, BIMA)
    return made


def submit(corpus: Corpus, *annotations: Annotation) -> None:
    """What a pull wrote."""
    write_shards(corpus.annotation_folder / "pulled", annotations)


def run(corpus: Corpus, contract: Contract, client: Client) -> tuple[Receipt, Receipt, Receipt]:
    """What `kliping adjudicate --studio` does."""
    done = (
        fetch_decisions(corpus, contract, client),
        adjudicate_corpus(corpus, contract),
        push_questions(corpus, contract, client),
    )
    assert all(receipt.adds_up for receipt in done)
    return done


def changes(done: Sequence[Receipt]) -> list[int]:
    return [receipt.changes for receipt in done]


def tasks(corpus: Corpus, client: Client) -> list[Listed]:
    found = find_project(client, corpus.settings, ADJUDICATION)
    assert found is not None
    return list(client.tasks.inventory(found.id))


def ruled(corpus: Corpus) -> list[tuple[str, str, str, str]]:
    """The ledger: the verdict, on what, into what, why."""
    return [(one.verdict, *_words(one), one.why) for one in corpus.decisions()]


def _words(one: Decision) -> tuple[str, str]:
    if one.mention is not None:
        return _span(one.mention), _span(one.edited_mention)
    assert one.stance is not None
    return one.stance.stance, one.edited_stance.stance if one.edited_stance else ""


def _span(one: Span | None) -> str:
    return f"{one.text} {one.label}" if one else ""


def notes(receipt: Receipt) -> str:
    return "\n".join(receipt.notes)


def test_what_is_open_is_sent_once_and_decided_once(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    assert changes(run(corpus, contract, client)) == [0, 0, 2]  # the project and its task
    assert changes(run(corpus, contract, client)) == [0, 0, 0]
    (task,) = tasks(corpus, client)

    citra.annotations.submit(task.task, ALL)
    fetched, derived, pushed = run(corpus, contract, client)
    assert changes([fetched, derived, pushed]) == [6, 1, 0]
    assert [(one.what, one.taken, one.kept, one.set_aside) for one in fetched.counts] == [
        ("questions submitted", 4, 4, 0), ("additions", 1, 1, 0),
    ]  # fmt: skip
    assert ruled(corpus) == [
        ("accept", "Pasar Lama PLACE", "", ""),
        ("reject", "Wali Kota Rimbia PERSON", "", "guideline 2.1"),
        ("accept", "Rimbia PLACE", "", ""),
        ("edit", "Pedagang Pasar Lama ORGANISATION", "Pasar Lama PLACE", ""),
        ("accept", "against", "", ""),
        ("edit", "none", "against", ""),
    ]
    (gold,) = corpus.gold()
    assert [(one.text, one.label) for one in gold.entities] == [
        ("Pasar Lama", "PLACE"), ("Rimbia", "PLACE"), ("Sena Waluyo", "PERSON"), ("pemindahan Pasar Lama", "POLICY"),
        ("Pasar Lama", "PLACE"),
    ]  # fmt: skip
    assert [one.stance for one in gold.stances] == ["against"]
    assert changes(run(corpus, contract, client)) == [0, 0, 0]
    assert [finding for finding in check_corpus(corpus) if finding.code.startswith("E5")] == []


def test_decisions_say_by_pseudonym_who_and_by_the_servers_clock_when(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, ALL)
    run(corpus, contract, client)
    project = find_project(client, corpus.settings, ADJUDICATION)
    assert project is not None
    (made,) = next(client.tasks.marked(project.id)).submitted

    who = pseudonym(pseudonym_key(), "citra@pos.example")
    assert {(one.by, one.when, one.guidelines) for one in corpus.decisions()} == {(who, made.updated, "1.0.0")}
    assert "@" not in (corpus.annotation_folder / "decisions.jsonl").read_text(encoding="utf-8")


def test_only_what_changed_opens_again(corpus: Corpus, contract: Contract, client: Client, citra: Client) -> None:
    run(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, ALL)
    run(corpus, contract, client)
    before = (corpus.annotation_folder / "decisions.jsonl").read_bytes()
    council = span("Dewan Senar", "ORGANISATION")
    more = msgspec.structs.replace(BIMA.entities[-1], id="e8", **msgspec.structs.asdict(council))
    submit(corpus, AYU, msgspec.structs.replace(BIMA, entities=(*BIMA.entities, more)))

    assert changes(run(corpus, contract, client)) == [0, 1, 1]  # its gold goes, and a task comes
    assert (corpus.annotation_folder / "decisions.jsonl").read_bytes() == before
    first, second = tasks(corpus, client)
    assert (first.annotations, second.annotations) == (1, 0)
    assert questions(corpus, client, second.task) == [
        "1. Organisasi: …tidak pindah,” kata dia. [Dewan Senar] mendukung pemindahan itu.…"
    ]

    citra.annotations.submit(second.task, [chose(1, "accept")])
    assert changes(run(corpus, contract, client)) == [1, 1, 0]
    assert ("accept", "Dewan Senar ORGANISATION", "", "") in ruled(corpus)
    assert len(list(corpus.gold())) == 1


def questions(corpus: Corpus, client: Client, task: int) -> list[str]:
    project = find_project(client, corpus.settings, ADJUDICATION)
    assert project is not None
    (found,) = [one for one in client.tasks.marked(project.id, data=True) if one.task == task]
    return [str(one["shown"]).split("\n")[0] for one in found.data["questions"]]


def test_questions_that_the_annotators_settle_themselves_leave_the_project(
    corpus: Corpus, contract: Contract, client: Client
) -> None:
    run(corpus, contract, client)
    submit(corpus, AYU, annotation(MARKET, "annotator-bb", AYU.entities, AYU.stances))

    assert changes(run(corpus, contract, client)) == [0, 1, 1]
    assert tasks(corpus, client) == []
    assert changes(run(corpus, contract, client)) == [0, 0, 0]


def test_an_untouched_task_of_other_questions_is_replaced(corpus: Corpus, contract: Contract, client: Client) -> None:
    run(corpus, contract, client)
    (old,) = tasks(corpus, client)
    submit(corpus, AYU, annotation(MARKET, "annotator-bb", [SENA, MOVE]))

    assert changes(run(corpus, contract, client)) == [0, 0, 2]  # one comes, one goes
    (new,) = tasks(corpus, client)
    assert new.task != old.task
    assert questions(corpus, client, new.task) == [
        "1. Tempat: …Lama Tetap Buka Wali Kota [Rimbia], Sena Waluyo, menolak…",
        "2. Sikap “Sena Waluyo” terhadap “pemindahan Pasar Lama”",
    ]


def test_what_is_left_unanswered_stays_open_and_is_asked_again(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, [chose(1, "reject"), chose(3, "edit")])
    fetched, _, pushed = run(corpus, contract, client)

    assert [(one.taken, one.kept, one.set_aside) for one in fetched.counts] == [(4, 1, 3), (0, 0, 0)]
    assert "no-edit: question 3 is answered `edit`, and no new region overlaps it" in notes(fetched)
    assert "3 questions are open in the adjudication project" in notes(pushed)
    assert [one.annotations for one in tasks(corpus, client)] == [1, 0]
    assert changes(run(corpus, contract, client)) == [0, 0, 0]


def test_a_skipped_or_empty_task_is_not_asked_twice(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    (task,) = tasks(corpus, client)
    citra.annotations.submit(task.task, [], skipped=True)
    fetched, _, pushed = run(corpus, contract, client)

    assert changes([fetched, pushed]) == [0, 0]
    assert "1 adjudication tasks were skipped" in notes(fetched)
    assert f"submitted or skipped with questions left open; answer them there: tasks {task.task}" in notes(pushed)
    assert len(tasks(corpus, client)) == 1


def test_a_decision_that_is_taken_back_opens_again(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    (task,) = tasks(corpus, client)
    made = citra.annotations.submit(task.task, ALL)
    run(corpus, contract, client)
    change(citra, made, [item for item in ALL if item["id"] not in ("q1", "w1", "t")])
    fetched, derived, _ = run(corpus, contract, client)

    assert changes([fetched, derived]) == [2, 1]
    assert notes(fetched).count("was withdrawn: its submission no longer says so") == 2
    assert list(corpus.gold()) == []


def change(client: Client, made: int, result: list[Item]) -> None:
    """Press Update."""
    session = client.annotations._session
    with session.told():
        session.sdk.annotations.update(made, result=result)


def test_a_line_by_hand_of_a_later_day_stands_and_is_told(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, ALL)
    run(corpus, contract, client)
    lines = [json.loads(line) for line in ledger(corpus)]
    lines[1] |= {"verdict": "accept", "by": "adjudicator", "when": "2999-01-01", "why": "a title after all"}
    path = corpus.annotation_folder / "decisions.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    fetched, derived, _ = run(corpus, contract, client)

    assert changes([fetched, derived]) == [0, 1]
    assert "the ledger's line of 2999-01-01 to accept it is later than the submission of" in notes(fetched)
    assert ("accept", "Wali Kota Rimbia PERSON", "", "a title after all") in ruled(corpus)


def ledger(corpus: Corpus) -> list[str]:
    return (corpus.annotation_folder / "decisions.jsonl").read_text(encoding="utf-8").splitlines()


def test_what_would_contradict_the_rest_is_left_out_and_told(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    stance: Item = {"id": "x", "from_name": "stance", "type": "choices", "value": {"choices": ["favor"]}}
    rejected_rimbia = [chose(1, "reject"), chose(2, "reject"), marked("x", RIMBIA, "layer", labels=["B:PLACE"]), stance]
    citra.annotations.submit(tasks(corpus, client)[0].task, rejected_rimbia)
    fetched, _, _ = run(corpus, contract, client)

    assert [verdict for verdict, *_ in ruled(corpus)] == ["reject", "reject"]
    assert "to accept the stance favor of unspecified towards 33-39 is left out: " in notes(fetched)


def test_a_task_that_somebody_edited_decides_nothing(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    (task,) = tasks(corpus, client)
    citra.annotations.submit(task.task, ALL)
    session = client.tasks._session
    with session.told():
        data = session.sdk.tasks.get(str(task.task)).data
        data["questions"] = data["questions"][::-1]
        session.sdk.tasks.update(str(task.task), data=data)
    fetched, _, _ = run(corpus, contract, client)

    assert fetched.changes == 0
    assert f"adjudication task {task.task}: edited-task" in notes(fetched)
    assert not (corpus.annotation_folder / "decisions.jsonl").exists()


def test_answers_to_questions_from_before_a_relabelling_have_the_new_name(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, [chose(3, "reject"), chose(4, "reject")])
    line = Relabelling(
        control="label", old="ORGANISATION", new="EVENT", annotations=1, decisions=0, scheme="1.1.0",
        when="2999-01-01T00:00:00Z",
    )  # fmt: skip
    (corpus.annotation_folder / "relabelled.jsonl").write_bytes(encode_lines([line]))
    fetch_decisions(corpus, contract, client)

    assert ruled(corpus)[0] == ("reject", "Pedagang Pasar Lama EVENT", "", "")


def test_an_import_that_was_stored_before_the_run_died_is_not_repeated(
    corpus: Corpus, contract: Contract, client: Client, studio: tuple[str, str]
) -> None:
    def dies(method: str, path: str) -> bool:
        return method == "POST" and "/import" in path

    with failing(studio[0], dies) as url, Client(url, studio[1]) as shaky:
        push_questions(corpus, contract, shaky)  # the inventory tells that it was stored
    assert len(tasks(corpus, client)) == 1
    assert push_questions(corpus, contract, client).changes == 0


def test_a_run_that_died_at_the_deletion_is_finished(
    corpus: Corpus, contract: Contract, client: Client, studio: tuple[str, str]
) -> None:
    push_questions(corpus, contract, client)
    submit(corpus, AYU, annotation(MARKET, "annotator-bb", [SENA, MOVE]))
    with (
        failing(studio[0], lambda _, path: "/dm/actions" in path) as url,
        Client(url, studio[1]) as shaky,
        pytest.raises(ServerError, match="502"),
    ):
        push_questions(corpus, contract, shaky)
    push_questions(corpus, contract, client)

    assert len(tasks(corpus, client)) == 1
    assert push_questions(corpus, contract, client).changes == 0


def test_a_task_that_the_adjudicator_has_begun_is_waited_for(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    run(corpus, contract, client)
    (task,) = tasks(corpus, client)
    draft = {"result": ALL[:1], "lead_time": 1}
    citra.tasks._session.post_json(f"api/tasks/{task.task}/drafts", draft, dict[str, object])
    submit(corpus, AYU, annotation(MARKET, "annotator-bb", [SENA, MOVE]))
    pushed = run(corpus, contract, client)[-1]

    assert pushed.changes == 0
    assert f"begun, and waited for, although what is open has changed: tasks {task.task}" in notes(pushed)
    citra.annotations.submit(task.task, ALL[:1])
    run(corpus, contract, client)
    assert ruled(corpus) == [("reject", "Wali Kota Rimbia PERSON", "", "")]
    assert [one.annotations for one in tasks(corpus, client)] == [1, 0]


def test_the_project_is_known_again_when_renamed_and_is_no_place_to_pull_from(
    corpus: Corpus, contract: Contract, client: Client
) -> None:
    push_questions(corpus, contract, client)
    project = find_project(client, corpus.settings, ADJUDICATION)
    assert project is not None
    session = client.projects._session
    with session.told():
        session.sdk.projects.update(project.id, title="Something else")

    assert push_questions(corpus, contract, client).changes == 0
    assert project.id not in {one.id for one in known_projects(client, corpus.settings).values()}


def test_a_third_annotator_gets_a_layer_beside_answers_and_earlier_letters_stay(
    corpus: Corpus, contract: Contract, client: Client, citra: Client
) -> None:
    push_questions(corpus, contract, client)
    citra.annotations.submit(tasks(corpus, client)[0].task, [chose(1, "accept")])
    submit(corpus, AYU, BIMA, annotation(MARKET, "annotator-cc", [SENA]))
    with_three = push_questions(corpus, contract, client)
    assert "the adjudication project has the contract's screen now" in with_three.notes

    submit(corpus, AYU, BIMA)
    assert (
        "the adjudication project has the contract's screen now" not in push_questions(corpus, contract, client).notes
    )


def test_an_article_of_one_annotator_waits_and_makes_no_project(
    corpus: Corpus, contract: Contract, client: Client
) -> None:
    submit(corpus, AYU)
    receipt = push_questions(corpus, contract, client)

    assert (receipt.changes, receipt.notes) == (0, ("1 articles wait for a second annotator",))
    assert find_project(client, corpus.settings, ADJUDICATION) is None
