"""Each language's furniture in a dump of its own, and the prose that begins with the same words and stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping import normalise
from kliping.normaliser.accounting import lost
from kliping.normaliser.examination import examine
from kliping.normaliser.raw import Raw, Reading
from kliping.normaliser.rules import furniture_from
from kliping.normaliser.rules.packs import PACKS, first_word, words

DUMPS = Path(__file__).parent / "dumps"
LANGUAGES = ["de", "es", "fr", "pt", "it", "nl", "ms"]
"""Those with a dump here; Indonesian and English have the sample corpus."""

PARAGRAPH = "Kapal malam kembali ke dermaga setelah angin mereda, kata penjaga mercu yang menunggu sejak pagi."


def lines_of(text: str) -> list[str]:
    """Where each piece of a dump went: role, rule, text."""
    return [
        f"{piece.role:<10} {line.rule:<19} {piece.text}"
        for line in examine(Raw(text.encode()), Reading()).lines
        for piece in line.segments
    ]


def roles(*lines: str) -> list[str]:
    """The roles of lines below a title, each with its text, without the title's."""
    examined = examine(Raw("\n\n".join(["Kapal malam kembali", *lines]).encode()), Reading())
    return [f"{piece.role}: {piece.text}" for line in examined.lines for piece in line.segments][1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dump_in_the_language_comes_apart(language: str) -> None:
    text = (DUMPS / f"{language}.txt").read_text(encoding="utf-8")
    assert lines_of(text) == (DUMPS / f"{language}.expected").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dump_in_the_language_is_told_and_adds_up(language: str) -> None:
    data = (DUMPS / f"{language}.txt").read_bytes()
    article = normalise(data)
    assert (article.language, lost(data, article)) == (language, ({}, {}))


PROSE = [
    "By the river the market had already opened again.",
    "By Monday nobody in Cedar Bay remembered the storm.",
    "Door after door stayed shut that night in Rimbia.",
    "Share prices in Selawara fell for the third day.",
    "Print shops along the quay closed at noon today.",
    "Di Kota Tua air sudah surut sejak hari Senin pagi.",
    "Oleh Dewan Kota usul itu ditolak tanpa perdebatan.",
    "Baca dahulu aturan itu sebelum Anda menolaknya.",
    "Von Anna Bergfeld hat seit Montag niemand gehört.",
    "Von Kindern und Alten wurde der Deich verteidigt.",
    "Tag und Nacht schöpften die Fischer das Wasser ab.",
    "Bild und Ton passten in der alten Halle nicht mehr.",
    "Anzeige erstattete der Händler erst am Mittwoch.",
    "Text und Noten lagen noch auf dem Tisch der Wirtin.",
    "Por Inés Parral nadie preguntó en aquella reunión.",
    "Por fin llegó la lluvia a los campos de Selawara.",
    "Publicidad y noticias se mezclan en cada pantalla.",
    "Temas como el agua no entraron en el debate de ayer.",
    "Lo más leído de la biblioteca es un libro de mareas.",
    "Par Jupiter, la digue de Rimbia tient donc encore.",
    "Par endroits les allées n’ont que deux mètres.",
    "Photo à la main, elle attendait devant la mairie.",
    "Partager la halle en deux ne plaît à personne ici.",
    "Lire aussi les petites lignes reste un bon conseil.",
    "Por enquanto ninguém se muda do mercado velho.",
    "Mais lidas do que ouvidas, as cartas ficaram ali.",
    "Leia também as letras pequenas antes de assinar.",
    "Di Rimbia si parla ormai in tutta la provincia.",
    "Stampa e radio hanno taciuto per tre giorni interi.",
    "Foto e carte sono rimaste nella sede del comune.",
    "Condividi pure la tua idea, ha risposto il sindaco.",
    "Door de smalle gangen past geen brandweerwagen.",
    "Door Marken fietsen mag sinds maandag weer gewoon.",
    "Deel van de oude hal stond vannacht onder water.",
    "Beeld en geluid vielen uit tijdens de vergadering.",
    "Lees ook de kleine letters, zei de wethouder nog.",
    "Oleh sebab lorong sempit, bomba bimbang sekali.",
    "Gambar itu diambil sebelum pasar lama terbakar.",
    "Kongsi cerita di kedai kopi menjadi kebiasaannya.",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_that_begins_with_furniture_s_words_stays_wherever_it_stands(line: str) -> None:
    assert roles(line, PARAGRAPH)[0] == f"paragraph: {line}"
    assert roles(PARAGRAPH, line, PARAGRAPH)[1] == f"paragraph: {line}"
    assert roles(PARAGRAPH, line)[-1] == f"paragraph: {line}"


FIELDS = ("related", "topics", "others", "authors", "by", "editors", "credits", "interruptions")
LABELS = sorted({label for pack in PACKS.values() for field in FIELDS for label in getattr(pack, field)})


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(LABELS), st.lists(st.sampled_from(PARAGRAPH.lower().split()), min_size=7, max_size=12))
def test_any_label_that_goes_on_as_a_sentence_is_prose(label: str, rest: list[str]) -> None:
    line = f"{label[0].upper()}{label[1:]} {' '.join(rest).strip(',.')}."
    for found in (roles(line, PARAGRAPH)[0], roles(PARAGRAPH, line, PARAGRAPH)[1], roles(PARAGRAPH, line)[-1]):
        assert found == f"paragraph: {line}"


@pytest.mark.parametrize(
    "line",
    [
        "Von Mäusen und Menschen",
        "Von Kindern",
        "Von Anfang an dagegen",
        "Di Kota Tua",
        "Di Balik Layar Pasar Lama",
        "Door de eeuwen heen",
        "Par ici la sortie",
        "Por los caminos del agua",
        "By Popular Demand?",
        "Von Bergfeld: „Wir bleiben“",
    ],
)
def test_a_line_that_begins_like_a_byline_and_names_nobody_is_a_subtitle(line: str) -> None:
    assert roles(line, PARAGRAPH)[0] in {f"subtitle: {line}", f"paragraph: {line}"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Anna Bergfeld", ["Anna Bergfeld"]),
        ("VON ANNA BERGFELD UND JONAS KÜHLMOOR", ["ANNA BERGFELD", "JONAS KÜHLMOOR"]),
        ("Von Mia zur Linde, Rimbia", ["Mia zur Linde", "Rimbia"]),
        ("Por Inés Parral e Ignacio Olmo", ["Inés Parral", "Ignacio Olmo"]),
        ("Por Redacción", ["Redacción"]),
        ("Par Élise d’Arvane", ["Élise d’Arvane"]),
        ("Par HNA", ["HNA"]),
        ("Door Ines van der Parre", ["Ines van der Parre"]),
        ("By John E Astrand Jr.", ["John E Astrand Jr."]),
        ("Oleh Nur Aina binti Salleh dan Hakim Rosli", ["Nur Aina binti Salleh", "Hakim Rosli"]),
        ("Texte : Élise Tillois", ["Élise Tillois"]),
        ("Autora: Inés Parral", ["Inés Parral"]),
    ],
)
def test_a_byline_gives_its_names(line: str, names: list[str]) -> None:
    assert [found for found in roles(line, PARAGRAPH) if found.startswith("author: ")] == [
        f"author: {n}" for n in names
    ]


def test_someone_who_is_no_author_may_be_named_without_a_colon() -> None:
    for line in ("Édité par Jeanne Corvin", "Editing by Orla Tavish", "Bearbeitet von Mia Sandkamp"):
        assert roles(PARAGRAPH, line)[-1] == f"removed: {line}"


def test_capitals_without_accents_and_curly_apostrophes_are_the_same_words() -> None:
    assert roles(PARAGRAPH, "PUBLICITE", PARAGRAPH)[1] == "removed: PUBLICITE"
    for line in ("L'article continue après la publicité", "L’article continue après la publicité"):
        assert roles(PARAGRAPH, line, PARAGRAPH)[1] == f"removed: {line}"


@pytest.mark.parametrize("field", FIELDS)
def test_every_label_is_found_by_its_first_word(field: str) -> None:
    known = words()
    assert [one for one in getattr(known.pack, field) if field not in known.labels[first_word(one)]] == []


def test_all_packs_are_asked_at_once_unless_some_are_chosen() -> None:
    assert roles(PARAGRAPH, "Werbung", PARAGRAPH)[1] == "removed: Werbung"
    reading = Reading(furniture=furniture_from(packs=["fr"]))
    lines = examine(Raw(f"Titre\n\n{PARAGRAPH}\n\nWerbung\n\nPublicité\n\n{PARAGRAPH}".encode()), reading).lines
    assert [line.rule for line in lines[2:4]] == ["heading", "interruption"]
