from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping import normalise
from kliping.errors import CallError
from kliping.normaliser.accounting import trace
from kliping.normaliser.rules import ALL_RULES, RULES, Furniture, Rule, apply_rules, furniture_from
from kliping.normaliser.rules.examples import EXAMPLES, Example
from kliping.normaliser.text.dump import read_dump

if TYPE_CHECKING:
    from kliping.normaliser.lines import Line

PARAGRAPH = "The council met on Monday and did not decide anything, said its clerk, who had hoped for more."


def roles(*lines: str) -> list[tuple[str, str]]:
    return [(segment.role, segment.text) for segment in trace("\n\n".join(lines).encode())]


def around(*lines: str) -> list[tuple[str, str]]:
    """What becomes of lines between two paragraphs below a title."""
    return roles("A title of the article", PARAGRAPH, *lines, PARAGRAPH)[2:-1]


def after(*lines: str) -> list[tuple[str, str]]:
    """What becomes of lines after the last paragraph."""
    return roles("A title of the article", PARAGRAPH, *lines)[2:]


def claimed(example: Example, furniture: Furniture = ALL_RULES) -> Line:
    """What the rules make of an example's line."""
    return apply_rules(read_dump("\n\n".join(example.dump)), furniture)[example.at]


def test_every_rule_has_a_name_of_its_own_a_sentence_and_an_example() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES)
    assert [rule.name for rule in RULES] == list(EXAMPLES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_shows_what_the_rule_does(rule: Rule) -> None:
    line = claimed(rule.example)
    assert (line.rule, tuple((piece.role, piece.text) for piece in line.segments)) == (rule.name, rule.example.pieces)


@pytest.mark.parametrize("rule", RULES[:-1], ids=lambda rule: rule.name)
def test_a_rule_that_is_off_leaves_its_example_to_others(rule: Rule) -> None:
    line = claimed(rule.example, furniture_from(off=[rule.name]))
    assert line.rule != rule.name
    assert tuple((piece.role, piece.text) for piece in line.segments) != rule.example.pieces


def test_the_last_rule_cannot_be_off() -> None:
    with pytest.raises(CallError, match="cannot be off"):
        furniture_from(off=[RULES[-1].name])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Baca Juga: Lonceng Tua", [("removed", "Baca Juga:"), ("related", "Lonceng Tua")]),
        ("(Read also: Old bell)", [("removed", "Read also:"), ("related", "Old bell")]),
        ("[Baca juga : Lonceng Tua]", [("removed", "Baca juga :"), ("related", "Lonceng Tua")]),
        ("ADVERTISEMENT", [("removed", "ADVERTISEMENT")]),
        ("- Iklan -", [("removed", "Iklan -")]),
        ("Foto: Sekar/Harian Lembah", [("removed", "Foto:"), ("credit", "Sekar/Harian Lembah")]),
        ("(Photo: Ines Parrow)", [("removed", "Photo:"), ("credit", "Ines Parrow")]),
        ("Foto: Warga menunggu. (Pos/Lintang)",
         [("removed", "Foto:"), ("caption", "Warga menunggu."), ("credit", "Pos/Lintang")]),
        ("What happens next", [("heading", "What happens next")]),
        ("2. What happens next?", [("heading", "2. What happens next?")]),
        ("> We walked.", [("quote", "We walked.")]),
        ("• one thing", [("list_item", "one thing")]),
        ("– Oui, dit-il.", [("paragraph", "– Oui, dit-il.")]),
        ("Mengapa?", [("paragraph", "Mengapa?")]),
        ("Editor: Bagas", [("heading", "Editor: Bagas")]),
        ("Topik: belum jelas.", [("paragraph", "Topik: belum jelas.")]),
    ],
)  # fmt: skip
def test_a_line_inside_the_body(line: str, expected: list[tuple[str, str]]) -> None:
    assert around(line) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Penulis: Tika Laruna"], [("removed", "Penulis:"), ("author", "Tika Laruna")]),
        (["By Nell Astrand and Orla Tavish"],
         [("removed", "By"), ("author", "Nell Astrand"), ("removed", "and"), ("author", "Orla Tavish")]),
        (["By the river"], [("paragraph", "By the river")]),
        (["Penulis: Tika | Editor: Bagas"],
         [("removed", "Penulis:"), ("author", "Tika"), ("removed", "Editor: Bagas")]),
        (["Editor: Bagas Omara"], [("removed", "Editor: Bagas Omara")]),
        (["(Reporting by Nell Astrand; Editing by Orla Tavish)"],
         [("removed", "Reporting by"), ("author", "Nell Astrand"), ("removed", "Editing by Orla Tavish")]),
        (["Penulis: Tika Laruna; Jaya Omara"],
         [("removed", "Penulis:"), ("author", "Tika Laruna"), ("author", "Jaya Omara")]),
        (["(Redaksi)"], [("removed", "(Redaksi)")]),
        (["Tags: Feri, #Pulau"], [("removed", "Tags:"), ("topic", "Feri"), ("topic", "Pulau")]),
        (["Topik:", "• Feri", "• Pulau Rimbia"], [("removed", "Topik:"), ("topic", "Feri"), ("topic", "Pulau Rimbia")]),
        (["Tag", "• #Feri"], [("removed", "Tag"), ("topic", "Feri")]),
        (["#feri #pulau"], [("topic", "feri"), ("topic", "pulau")]),
        (["Artikel Terkait", "Lonceng Tua", "Siapa Dia?"],
         [("removed", "Artikel Terkait"), ("removed", "Lonceng Tua"), ("removed", "Siapa Dia?")]),
        (["Baca Juga:", "• Lonceng", "• Garam"],
         [("removed", "Baca Juga:"), ("related", "Lonceng"), ("related", "Garam")]),
    ],
)  # fmt: skip
def test_lines_after_the_body(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert after(*lines) == expected


def test_a_label_of_a_related_title_may_stand_alone_above_it_inside_the_body() -> None:
    assert around("Read also", "The old bell") == [("removed", "Read also"), ("related", "The old bell")]
    assert around("Lire aussi", "• La cloche", "• Le bac") == [
        ("removed", "Lire aussi"),
        ("related", "La cloche"),
        ("related", "Le bac"),
    ]
    assert around("Read also") == [("heading", "Read also")]
    assert around("Related", "The old bell")[0] == ("paragraph", "Related")


def test_a_label_of_other_articles_before_a_paragraph_is_not_the_end() -> None:
    assert around("Artikel Terkait") == [("heading", "Artikel Terkait")]


def test_a_subtitle_is_short_and_does_not_end_like_a_sentence() -> None:
    assert roles("A title", "A line below it", PARAGRAPH)[1] == ("subtitle", "A line below it")
    assert roles("A title", "A line below it.", PARAGRAPH)[1] == ("paragraph", "A line below it.")
    assert roles("A title", "A line below it")[1] == ("paragraph", "A line below it")


def test_a_byline_below_the_title_is_no_subtitle() -> None:
    assert roles("A title", "By Orla Tavish", PARAGRAPH)[1:3] == [("removed", "By"), ("author", "Orla Tavish")]


def test_a_first_line_with_a_full_stop_is_a_paragraph() -> None:
    assert roles("It rained.", PARAGRAPH)[0] == ("paragraph", "It rained.")


def test_a_title_repeated_is_removed() -> None:
    assert around("A title of the article") == [("removed", "A title of the article")]


def test_a_title_glued_to_a_credit_leaves_the_credit() -> None:
    assert around("A title of the articlefoto.example/a") == [
        ("removed", "A title of the article"),
        ("credit", "foto.example/a"),
    ]


def test_a_paragraph_that_begins_with_the_title_by_chance_stays() -> None:
    line = "A title of the article is not enough, the editor said. It needs a body."
    assert around(line) == [("paragraph", line)]


def test_a_caption_below_the_title_needs_a_credit() -> None:
    lines = "A title", "Boats at the quay. (Coast Post/Loring)", PARAGRAPH
    assert roles(*lines)[1:3] == [("caption", "Boats at the quay."), ("credit", "Coast Post/Loring")]


def test_a_caption_may_stand_below_the_subtitle() -> None:
    lines = "A title", "A line below it", "Boats at the quay. (foto.example)", PARAGRAPH
    assert [role for role, _ in roles(*lines)[:4]] == ["title", "subtitle", "caption", "credit"]


def test_numbers_in_a_row_are_a_list_and_keep_their_numbers() -> None:
    assert around("1. One thing", "2. Another") == [("list_item", "1. One thing"), ("list_item", "2. Another")]


def test_dashes_in_a_row_are_a_list() -> None:
    assert around("- one", "- two") == [("list_item", "one"), ("list_item", "two")]


@pytest.mark.parametrize(
    "line",
    [
        "12. März 2024, 14:30 Uhr", "Senin, 18 Okt 2021 10:22 WIB", "2024-03-12", "Publié le 12 mars 2024",
        "Diperbarui: 18 Oktober 2021", "© 2024 HNA", "Hak Cipta 2024 HNA", "Copyright HNA. All rights reserved.",
    ],
)  # fmt: skip
def test_a_line_that_says_when_or_whose_rights_is_neither_subtitle_nor_heading(line: str) -> None:
    body = "Feri malam berlayar lagi setelah dua pekan tertambat di dermaga kayu, kata kepala pelabuhan pada Senin."
    above, below = (
        normalise(text.encode()) for text in (f"Feri malam\n\n{line}\n\n{body}", f"Feri malam\n\n{body}\n\n{line}")
    )
    assert line in [removed.text for removed in (*above.removed, *below.removed)]
    assert below.text == f"Feri malam\n\n{body}"


@pytest.mark.parametrize("line", ["Rapat 12 Maret 2024", "Banjir Selawara 2024", "Lima hari pada 2024", "Hak cipta"])
def test_a_subtitle_that_names_a_date_or_a_right_is_one(line: str) -> None:
    body = "Feri malam berlayar lagi setelah dua pekan tertambat di dermaga kayu, kata kepala pelabuhan pada Senin."
    more = "\n\n".join(f"{body} {number}." for number in range(5))
    assert normalise(f"Feri malam\n\n{line}\n\n{body}\n\n{more}".encode()).subtitle == line
