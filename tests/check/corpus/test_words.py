"""A finding about words shows them; of what stands in a field about people, nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.check.corpus.test_checking import carry, put_text, shift
from tests.check.folder import ARTICLES, PREDICTIONS, PULLED, SPLITS

from kliping.check import check_corpus
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Folder

    from kliping.records import Finding


def findings(folder: Folder, code: str) -> list[Finding]:
    return [one for one in check_corpus(Corpus.open(folder.root)) if one.code == code]


def shown(folder: Folder, code: str) -> list[str]:
    """The excerpts of a rule's findings, with what they are about in brackets."""
    return [
        f"{text[: one.excerpt.start]}[{text[one.excerpt.start : one.excerpt.end]}]{text[one.excerpt.end :]}"
        for one in findings(folder, code)
        if one.excerpt is not None and (text := one.excerpt.text)
    ]


def test_a_shifted_span_is_shown_in_its_text(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, shift)
    assert shown(folder, "E401") == [
        "Night ferry returns\n\nThe R[imbia Ferry Board ]backed the night ferry.",
    ]


def test_a_line_that_breaks_is_shown_where_it_breaks(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b'"train","cluster":"market"', b'"train" "cluster":"market"'))
    assert shown(folder, "E104") == ['{"id":"market","split":"train" ["]cluster":"market"}']


def test_a_byte_that_is_no_text_is_shown_as_an_escape(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b"lamps", b"l\xe4mps"))
    assert shown(folder, "E101") == ['{"id":"l[\\xe4]mps","split":"train","cluster":"l\\xe4mps"}']


def test_half_a_character_is_shown(folder: Folder) -> None:
    folder.edit(SPLITS, lambda data: data.replace(b'"lamps","split"', b'"lam\\ud83d","split"'))
    assert shown(folder, "E106") == ['{"id":"lam[\\ud83d]","split":"train","cluster":"lamps"}']


def test_a_value_of_another_schema_is_shown_with_its_key(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, lambda line: line["entities"][0].update(label="SHIP"))
    assert shown(folder, "E203") == ['"label":["SHIP"]']


@pytest.mark.parametrize(
    ("old", "new", "code", "expected"),
    [
        ("Tanjung", "Tanju\u0301n", "E403", "di Tanj[u\u0301]n Belida."),
        ("di Tanjung", "di\tTanjung", "E404", "di[\t]Tanjung Belida."),
        ("di Tanjung", "di\u00a0Tanjung", "E408", "di[\u00a0]Tanjung Belida."),
    ],
)
def test_what_a_text_may_not_hold_is_shown(folder: Folder, old: str, new: str, code: str, expected: str) -> None:
    put_text(old, new)(folder)
    assert shown(folder, code) == [f"Festival lampion\n\nFestival Perahu digelar {expected}"]


def test_a_mention_with_a_space_is_shown_in_its_text(folder: Folder) -> None:
    folder.edit_line(PREDICTIONS, 0, lambda line: line["entities"][0].update(text="Festival Perahu ", end=34))
    assert shown(folder, "E503") == ["Festival lampion\n\n[Festival Perahu ]digelar di Tanjung Belida."]


def test_a_mention_marked_twice_is_shown_in_its_text(folder: Folder) -> None:
    folder.edit_line(PREDICTIONS, 0, lambda line: line["entities"].append({**line["entities"][0], "id": "e9"}))
    assert shown(folder, "E510") == ["Festival lampion\n\n[Festival Perahu] digelar di Tanjung Belida."]


def test_of_a_long_surface_a_sentence_has_the_beginning(folder: Folder) -> None:
    folder.edit_line(PULLED, 0, lambda line: line["entities"][0].update(text="Rimbia " * 900))
    (found,) = findings(folder, "E401")
    assert found.message.endswith(f", not '{('Rimbia ' * 9)[:60]}…'; pull again, or mend the span")


HIDING: dict[str, Callable[[Folder], object]] = {
    "a comment": lambda f: f.edit_line(PULLED, 0, lambda a: a.update(comment="Tarsa Elun, tarsa@pos.example, says so")),
    "an annotator": lambda f: f.edit_line(PULLED, 0, lambda a: a.update(annotator="Tarsa Elun")),
    "an annotator twice": lambda f: f.edit(PULLED, lambda data: data.replace(b"annotator-aa", b"Tarsa Elun") * 2),
    "a reference": lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(ref="tarsa@pos.example")),
    "a reference carried over": lambda f: carry(f, lambda c: c["entities"][0].update(ref="tarsa@pos.example")),
    "a holder": lambda f: f.edit_line(
        PULLED,
        2,
        lambda a: a["stances"][0].update(holder={"kind": "named", "mention": None, "name": "tarsa@pos.example"}),
    ),
    "a label": lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(label="tarsa@pos.example")),
    "a round": lambda f: f.write(
        "annotations/rounds.jsonl", b'{"round":1,"article_id":"market","annotators":["Tarsa Elun"]}\n'
    ),
    "a surface": lambda f: f.edit_line(PULLED, 0, lambda a: a["entities"][0].update(text="tarsa@pos.example ")),
    "a line cut short": lambda f: f.edit(PULLED, lambda data: data[:30] + b'tarsa@pos.example" nonsense\n'),
    "a path": lambda f: f.edit_line(ARTICLES, 0, lambda a: a["source"].update(path="/tarsa@pos.example/x")),
}


@pytest.mark.parametrize("where", HIDING)
def test_nobody_is_named_and_no_address_is_shown(folder: Folder, where: str) -> None:
    HIDING[where](folder)
    found = check_corpus(Corpus.open(folder.root))
    assert found
    assert "arsa" not in repr(found)
    assert "@" not in repr(found)
