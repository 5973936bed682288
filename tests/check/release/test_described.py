"""What a release tells of itself is made again of its tables, and what differs is found at its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.check.release.altering import edit, edit_card, edit_manifest

from kliping.check import check_release

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.records import Finding


def found(folder: Path, *codes: str) -> list[Finding]:
    return [one for one in check_release(folder, load=False) if one.code in codes]


def line_of(folder: Path, name: str, words: str) -> int:
    lines = (folder / name).read_text().split("\n")
    (number,) = [number for number, line in enumerate(lines, 1) if words in line]
    return number


def test_a_figure_of_the_card_that_is_not_the_tables_is_found_with_both(release: Path) -> None:
    edit_card(release, "- Annotations: 6;", "- Annotations: 7;")
    (one,) = found(release, "E640")
    assert (one.path, one.line) == ("README.md", line_of(release, "README.md", "- Annotations: 7"))
    assert one.message == "says 7 where the tables give 6; release again"
    assert one.excerpt is not None
    assert one.excerpt.text[one.excerpt.start : one.excerpt.end] == "7"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5 news articles; 2 of them", "9 news articles; 2 of them"),
        ("from 6 annotations by 2 annotators", "from 6 annotations by 3 annotators"),
        ("- Languages (articles): id (3), en (2)", "- Languages (articles): id (2), en (3)"),
        ("| mentions, exact span and label | F1 | 0.", "| mentions, exact span and label | F1 | 1."),
        ("- Licence: CC0-1.0 (", "- Licence: MIT ("),
        ("- Rights holder: The toy maintainers", "- Rights holder: Nobody"),
        ("strategy `unanimous`", "strategy `majority`"),
        ("Nothing was made anonymous.", "All was made anonymous."),
        ("- Articles whose text holds an e-mail address, in the source's own words: 0.\n", ""),
        ("## Contact\n", "## Contact\n\n<script>alert(1)</script>\n"),
        ("the issue tracker.", "nobody."),
        ("@misc{toy-0.1.0,", "@misc{toy,"),
    ],
)
def test_a_line_of_the_card_that_the_release_does_not_give_is_found(release: Path, old: str, new: str) -> None:
    edit_card(release, old, new)
    assert {one.path for one in found(release, "E640")} == {"README.md"}


def test_a_line_that_is_left_out_is_told_at_its_section(release: Path) -> None:
    edit_card(release, "- Rights holder: The toy maintainers\n", "")
    (one,) = found(release, "E640")
    assert one.line == line_of(release, "README.md", "## Details")
    assert one.message == "without the line '- Rights holder: The toy maintainers'; release again"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("license: cc0-1.0", "license: mit", "license"),
        ("pretty_name: '", "pretty_name: 'No ", "pretty_name"),
        ("- n<1K", "- 1M<n<10M", "size_categories"),
        ("- en\n- id\n", "- en\n", "language"),
        ("- multilingual", "- monolingual", "multilinguality"),
        ("tags:\n", "gated: true\ntags:\n", "gated"),
    ],
)
def test_a_field_of_the_card_that_the_release_does_not_give_is_found(
    release: Path, old: str, new: str, key: str
) -> None:
    edit_card(release, old, new)
    (one,) = found(release, "E639")
    assert one.message.startswith(f"{key} is ")
    assert one.line == line_of(release, "README.md", f"{key}: ") if key in ("license", "pretty_name") else one.line


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"license": "https://spdx.org/licenses/CC0-1.0"', '"license": "https://spdx.org/licenses/MIT"', "license"),
        ("5 news articles, with named", "6 news articles, with named", "description"),
        ('"name": "The toy maintainers"', '"name": "Somebody"', "creator"),
        ("Annotators: 2, known", "Annotators: 9, known", "rai:annotatorDemographics"),
        ('"rai:dataBiases"', '"rai:dataBias"', "rai:dataBiases"),
        ('"isLiveDataset": false', '"isLiveDataset": true', "isLiveDataset"),
        ('"sc:Dataset",', '"sc:Dataset",\n  "datePublished": "2026-01-01",', "datePublished"),
    ],
)
def test_a_field_of_croissant_that_the_release_does_not_give_is_found(
    release: Path, old: str, new: str, key: str
) -> None:
    edit(release, "croissant.json", old, new)
    messages = [one.message for one in found(release, "E647")]
    assert any(message.startswith(f"{key} is not what tables, card and citation give") for message in messages)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("title: 'Toy", "title: 'Another toy", "title"),
        ("license: CC0-1.0", "license: MIT", "license"),
        ("- name: The toy maintainers", "- name: Somebody", "authors"),
        ("type: dataset\n", "type: software\n", "type"),
        ("version: 0.1.0\n", "version: 0.1.0\ndate-released: '2020-01-01'\n", "date-released"),
    ],
)
def test_a_field_of_the_citation_that_others_do_not_have_is_found(release: Path, old: str, new: str, key: str) -> None:
    edit(release, "CITATION.cff", old, new)
    (one,) = found(release, "E648")
    assert one.message.startswith(f"{key} ")
    assert one.line == line_of(release, "CITATION.cff", f"{key}:")


def test_what_two_texts_say_alike_is_taken_for_meant(release: Path) -> None:
    edit(release, "CITATION.cff", "title: 'Toy", "title: 'Another toy")
    assert {one.path for one in found(release, "E639", "E640", "E647", "E648")} == {"CITATION.cff"}


def test_of_a_release_of_another_kliping_figures_are_compared_and_no_words(release: Path) -> None:
    edit_manifest(release, lambda held: held.update(kliping="0.0.1"))
    edit_card(release, "Nothing was made anonymous.", "All stayed as it was.")
    edit(release, "croissant.json", "nothing was filled in", "nothing was guessed")
    edit(release, "plots/labels.svg", "<desc", "<g/><desc")
    assert found(release, "E639", "E640", "E647", "E648", "E649") == []

    edit_card(release, "- Annotations: 6;", "- Annotations: 7;")
    edit_card(release, "license: cc0-1.0", "license: mit")
    edit(release, "croissant.json", "Annotators: 2, known", "Annotators: 9, known")
    edit(release, "croissant.json", "licenses/CC0-1.0", "licenses/MIT")
    edit(release, "CITATION.cff", "title: 'Toy", "title: 'Another toy")
    edit(release, "plots/labels.svg", "<svg ", "<!-- --><svg ")
    codes = {
        (one.code, one.message.partition(" ")[0]) for one in found(release, "E639", "E640", "E647", "E648", "E649")
    }
    assert codes == {
        ("E639", "license"),
        ("E640", "says"),
        ("E647", "rai:annotatorDemographics"),
        ("E647", "license"),
        ("E648", "title"),
        ("E649", "does"),
    }


def test_a_contact_may_be_an_address_and_nothing_else_may(release: Path) -> None:
    for name in ("README.md", "croissant.json"):
        text = (release / name).read_text()
        (release / name).write_text(text.replace("the issue tracker", "corpus@toy.example"))
    assert found(release, "E607") == []

    edit(release, "guidelines.md", "# Guidelines", "# Guidelines of desk@pos.example")
    (one,) = found(release, "E607")
    assert (one.path, one.line) == ("guidelines.md", 1)
    assert "desk@pos.example" not in json.dumps([one.message, one.excerpt and one.excerpt.text])


def test_an_address_behind_an_entity_is_found_and_not_shown(release: Path) -> None:
    edit(release, "guidelines.md", "# Guidelines", "# &lt;&lt;Guidelines of desk&#64;pos.example")
    (one,) = found(release, "E607")
    assert one.excerpt is not None
    assert one.excerpt.text[one.excerpt.start : one.excerpt.end] == "•" * len("desk@pos.example")
    assert "pos.example" not in one.excerpt.text
