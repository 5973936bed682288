"""A line is mended only where it is proven to say the same."""

from __future__ import annotations

import json

import pytest

from kliping.check.lines import read_line
from kliping.check.mending.files import Mendable
from kliping.check.mending.lines import Mend, is_same_value, mend_line
from kliping.check.rules import Place
from kliping.records import Annotation, SplitEntry

SPLIT = Mendable("corpus/splits.jsonl", SplitEntry)
GOOD = b'{"id":"market","split":"train","cluster":"market"}\n'


def mended(data: bytes, mendable: Mendable = SPLIT) -> Mend:
    return mend_line(read_line(Place("corpus/splits.jsonl", 1), data), mendable, lambda _: None)


@pytest.mark.parametrize(
    ("broken", "good", "codes"),
    [
        (b"\xef\xbb\xbf" + GOOD, GOOD, ("E102",)),
        (GOOD[:-1] + b"\r\n", GOOD, ("E103",)),
        (GOOD[:-1], GOOD, ("E103",)),
        (GOOD[:-1] + b"\r", GOOD, ("E103",)),
        (b"\n", b"", ("E104",)),
        (b" \t\r\n", b"", ("E103", "E104")),
        (b"\xef\xbb\xbf", b"", ("E102", "E103", "E104")),
        (b'{"split":"train","id":"market","cluster":"market"}\n', GOOD, ("E105",)),
        (
            b'\xef\xbb\xbf{"split": "train", "id": "m\\u0061rket", "cluster": "market"}\r\n',
            GOOD,
            ("E102", "E103", "E105"),
        ),
    ],
)
def test_what_is_mechanical_is_mended(broken: bytes, good: bytes, codes: tuple[str, ...]) -> None:
    assert mended(broken) == Mend(good, codes, ())


def test_a_line_that_keeps_the_rules_stays_as_it_is_spaces_included() -> None:
    spaced = b'{"id": "market", "split": "train", "cluster": "market"}\n'

    assert mended(spaced) == Mend(spaced)


def test_a_line_with_an_unknown_field_gets_its_end_and_keeps_its_keys() -> None:
    line = b'{"mood":"good","split":"train","id":"market"}'

    assert mended(line) == Mend(line + b"\n", ("E103",), ())


@pytest.mark.parametrize("broken", [b'{"id":"market"', b"[]", b'{"id":"caf\xe9"}'])
def test_a_line_that_is_no_object_is_left(broken: bytes) -> None:
    why = "the line is no JSON object, so nobody can prove that it would say the same"

    assert mended(broken + b"\r\n") == Mend(broken + b"\r\n", (), (("E103", why),))


def test_a_key_that_is_there_twice_is_left_and_the_rest_of_the_line_is_mended() -> None:
    twice = b'{"id":"market","split":"train","split":"test","cluster":"market"}'
    why = "the key 'split' is there twice, and which one is right is for people to say"

    assert mended(twice + b"\r\n") == Mend(twice + b"\n", ("E103",), (("E105", why),))


def test_a_line_in_which_a_key_is_missing_is_left() -> None:
    line = json.loads(ANNOTATION)
    del line["entities"][0]["unsure"]
    data = json.dumps(line).encode() + b"\n"
    why = "a key is missing, or a number would lose digits"

    assert mended(data, PULLED) == Mend(data, (), (("E105", why),))


def test_a_number_keeps_every_digit_or_the_line_is_left() -> None:
    reordered = b'{"article_id":"market",' + ANNOTATION[1:].replace(b'"article_id":"market",', b"")
    exact = reordered.replace(b'"lead_time":12.5', b'"lead_time":0.12345678901234567891')

    assert mended(reordered, PULLED).codes == ("E105",)
    assert mended(exact, PULLED) == Mend(exact, (), (("E105", "a key is missing, or a number would lose digits"),))


def test_a_whole_file_is_never_emptied() -> None:
    key = Mendable("annotations/key.json", None, whole=True)

    assert mended(b"\n", key) == Mend(b"\n")
    assert mended(b'\xef\xbb\xbf{\r\n"fingerprint":"x"}', key).data == b'{\r\n"fingerprint":"x"}\n'


def test_lines_are_alike_whatever_the_order_of_their_members_and_not_that_of_lists() -> None:
    assert is_same_value(b'{"a":1,"b":[1,2.50]}\n', b'\xef\xbb\xbf{"b": [1, 2.5], "a": 1}\r\n')
    assert not is_same_value(b'{"a":[1,2]}', b'{"a":[2,1]}')
    assert not is_same_value(b'{"a":123456789012345678901}', b'{"a":123456789012345678902}')


PULLED = Mendable("annotations/pulled/*.jsonl", Annotation)
ANNOTATION = (
    b'{"id":"a1","article_id":"market","text_sha256":"ab","annotator":"annotator-aa","round":1,"scheme":"1.0.0",'
    b'"status":"submitted","entities":[{"id":"e1","start":0,"end":5,"text":"Pasar","label":"PLACE","ref":null,'
    b'"origin":"manual","unsure":false}],"stances":[],"comment":null,"created":null,"updated":null,"lead_time":12.5,'
    b'"predictions_shown":null,"studio":null}\n'
)
