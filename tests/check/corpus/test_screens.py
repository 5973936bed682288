"""Screens change no finding: they are strict, and what they pass keeps the rules that they stand for."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.check.corpus.test_checking import BREAKS
from tests.check.folder import Folder
from tests.corpora import article

from kliping.check import check_corpus
from kliping.check.bounds import BOUND_RULES, bounds_of_corpus
from kliping.check.contract import CONTRACT_RULES, ContractSeen, open_contract
from kliping.check.corpus.annotations import ANNOTATION_RULES, CORPUS_RULES
from kliping.check.corpus.article import ArticleSeen, adjudicate_seen
from kliping.check.corpus.kinds import KEPT
from kliping.check.corpus.references import REFERENCE_RULES
from kliping.check.corpus.screens import ANNOTATIONS, COMBINING, ODD, REFERENCES, TEXTS, is_plain
from kliping.check.corpus.survey import LINES, RECORDS, survey_corpus, take_line
from kliping.check.corpus.texts import HIDDEN, TEXT_RULES, TextSeen
from kliping.check.corpus.versions import version_findings
from kliping.check.lines import LINE_RULES, read_file
from kliping.check.rules import Example, Place, RuleList
from kliping.check.schema import RECORD_RULES
from kliping.check.screened import Screened
from kliping.errors import KlipingError
from kliping.files import sha256
from kliping.project import Corpus
from kliping.records import Block

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Article, Finding


def looked_at_by_every_rule(corpus: Corpus) -> list[Finding]:
    """What the rules find without a screen before them: of the whole corpus at once, each rule looks at everything."""
    if unread := [*BOUND_RULES.findings(bounds_of_corpus(corpus))]:
        return unread
    contract, faults = open_contract(corpus.schema)
    survey, _ = survey_corpus(corpus, contract)
    survey.findings += CONTRACT_RULES.findings(ContractSeen(corpus, contract, faults))
    survey.findings += CORPUS_RULES.findings(survey)
    seen: dict[str, ArticleSeen] = {}
    for kind, kept in KEPT.items():
        for path in sorted(corpus.root.glob(kept.pattern)):
            for line in read_file(corpus.root, path):
                taken = take_line(survey, line, kept.kind, kept.record)
                if taken is not None:
                    name = getattr(taken.record, kept.key) or f"none {path} {line.place.line}"
                    getattr(seen.setdefault(name, ArticleSeen(survey, name)), kind).append(taken)
    for _, one in sorted(seen.items()):
        adjudicate_seen(one, sound=False)
        for text in one.texts():
            survey.findings += TEXT_RULES.findings(text)
        survey.findings += REFERENCE_RULES.findings(one)
        survey.findings += ANNOTATION_RULES.findings(one)
    survey.findings += version_findings(corpus, contract)
    return sorted(survey.findings, key=lambda one: (one.path, one.line or 0, one.code))


@pytest.mark.parametrize(
    "broken", [name for name, (code, _) in BREAKS.items() if code != "E109"]
)  # it comes before all
def test_screens_hide_no_finding(folder: Folder, broken: str) -> None:
    BREAKS[broken][1](folder)
    corpus = Corpus.open(folder.root)

    assert check_corpus(corpus) == looked_at_by_every_rule(corpus)


def several_faults(root: Path, good: Folder) -> Corpus:
    """A corpus of many copies of the good one's articles, under ids of their own, broken in all ways."""
    broken = Folder(root)
    for path in sorted(good.root.rglob("*")):
        if path.is_file():
            broken.write(path.relative_to(good.root).as_posix(), path.read_bytes())
    for kept in KEPT.values():
        for path in sorted(good.root.glob(kept.pattern)):
            whole = b""
            for number, line in enumerate(path.read_bytes().splitlines(keepends=True) * 12):
                for name in (b"market", b"ferry", b"lamps"):
                    line = line.replace(b'"' + name, b'"' + name + b"-" + str(number // 3 % 9).encode())  # noqa: PLW2901
                whole += line if number % 7 else line.replace(b'":"', b'": "', 1)
            broken.write(path.relative_to(good.root).as_posix(), whole)
    for code, break_it in sorted(BREAKS.values(), key=lambda one: one[0], reverse=True):  # what spoils JSON comes last
        if code[1] != "2" and code not in ("E107", "E109"):  # these take away what the others break
            # one fault may take away what another is about
            with suppress(ValueError, LookupError, OSError, KlipingError):
                break_it(broken)
    return Corpus.open(root)


def test_neither_batches_nor_workers_change_a_finding(good: Folder, tmp_path: Path) -> None:
    corpus = several_faults(tmp_path / "broken", good)
    whole = looked_at_by_every_rule(corpus)

    assert len({one.code for one in whole}) >= 25
    for size in (1, 2000, 1 << 18):
        assert check_corpus(corpus, workers=1, batch_bytes=size) == whole
    assert check_corpus(corpus, workers=2, batch_bytes=2000) == whole


def test_every_screened_code_is_that_of_a_rule() -> None:
    lists: list[tuple[RuleList, set[str]]] = [  # type: ignore[type-arg]
        (LINE_RULES, LINES.codes),
        (RECORD_RULES, RECORDS.codes),
        (TEXT_RULES, TEXTS.codes),
        (REFERENCE_RULES, REFERENCES.codes),
        (ANNOTATION_RULES, ANNOTATIONS.codes),
    ]
    for rules, codes in lists:
        assert codes <= {rule.code for rule in (*rules.rules, *rules.further)}


def test_a_rule_that_no_screen_stands_for_always_looks() -> None:
    rules: RuleList[str] = RuleList()
    example = Example("words", "so", "Sophistic")
    rules("E998", "a word is short", mend="Cut it.", example=example)(
        lambda word: [(Place(word), "long")] if len(word) > 3 else []
    )
    rules("E999", "a word is in small letters", mend="Write it so.", example=example)(
        lambda word: [(Place(word), "capital")] if word != word.lower() else []
    )
    screened = Screened(rules, "E998")

    assert [one.code for one in screened.findings("Market", True)] == ["E999"]
    assert [one.code for one in screened.findings("Market", False)] == ["E999", "E998"]
    assert not screened.covers_all


def test_what_no_text_may_hold_and_white_space_are_odd() -> None:
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        if char not in " \n" and (char.isspace() or HIDDEN.match(char)):
            assert ODD.match(char), hex(point)


def test_below_the_first_combining_character_every_text_is_composed() -> None:
    for point in range(ord(COMBINING)):
        assert unicodedata.is_normalized("NFC", "e" + chr(point) + "e"), hex(point)


PIECES = st.text(st.sampled_from("ab \n\t\u00a0\u0301\u00e9\u200d\u2028\u00ad\ufeff\U0001f6f6"), max_size=5)


@st.composite
def texts(draw: st.DrawFn) -> Article:
    """An article whose blocks are in place, or nearly."""
    pieces = draw(st.lists(PIECES, min_size=1, max_size=4))
    blocks, start = [], 0
    for piece in pieces:
        kind = draw(st.sampled_from(["paragraph", "paragraph", "title", "subtitle"]))
        shift = draw(st.sampled_from([0] * 9 + [1, -1]))
        blocks.append(Block(type=kind, start=max(0, start + shift), end=start + len(piece) + shift))  # type: ignore[arg-type]
        start += len(piece) + 2
    text = draw(st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", " \n"])).join(pieces)
    titles = {block.type: text[block.start : block.end] for block in blocks if draw(st.integers(0, 9))}
    made = article("market", "Pasar", "Sena Waluyo")
    return type(made)(
        **{name: getattr(made, name) for name in made.__struct_fields__}
        | {
            "text": text,
            "text_sha256": sha256(text.encode()),
            "blocks": tuple(blocks),
            "title": titles.get("title"),
            "subtitle": titles.get("subtitle"),
        }
    )


@given(texts())
def test_a_plain_text_keeps_the_rules_behind_the_screen(one: Article) -> None:
    seen = TextSeen(Place("corpus/articles/00000.jsonl", 1), one, ())

    if is_plain(seen):
        assert list(TEXTS.behind[1].findings(seen)) == []


def test_the_good_corpus_s_texts_are_plain(good: Folder) -> None:
    corpus = Corpus.open(good.root)
    texts = [TextSeen(Place("corpus/articles/00000.jsonl"), one, ()) for one in corpus.articles()]

    assert [is_plain(one) for one in texts] == [True] * len(texts)
