"""The furniture words of Dutch."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["DUTCH"]

DUTCH = Pack(
    related=(
        "lees ook", "lees meer", "lees verder", "zie ook", "bekijk ook", "meer over dit onderwerp", "kijk ook",
    ),
    topics=("onderwerpen", "onderwerp", "trefwoorden", "trefwoord", "thema's", "meer over"),
    others=(
        "lees ook", "lees meer", "meer nieuws", "ander nieuws", "overig nieuws", "laatste nieuws",
        "gerelateerde artikelen", "gerelateerd nieuws", "gerelateerd", "meer artikelen", "andere artikelen",
        "meest gelezen", "best gelezen", "aanbevolen", "misschien vind je dit ook interessant",
        "meer over dit onderwerp", "reacties",
    ),
    authors=("auteur", "auteurs", "door", "tekst", "verslaggever", "verslaggeefster", "redacteur"),
    by=("door", "geschreven door", "tekst door", "een reportage van", "van onze verslaggever"),
    editors=("redactie", "eindredactie", "bewerkt door", "vertaling", "vertaald door", "bron"),
    credits=(
        "foto", "foto's", "beeld", "afbeelding", "afbeeldingen", "illustratie", "illustraties", "fotografie",
        "archieffoto", "archiefbeeld", "fotobron", "bron foto",
    ),
    interruptions=(
        "advertentie", "reclame", "delen", "deel", "deel dit artikel", "deel artikel", "artikel delen", "afdrukken",
        "kopieer link", "link kopiëren", "lees verder", "verder lezen", "lees verder onder de advertentie",
        "tekst gaat verder onder de advertentie", "de tekst gaat verder onder de advertentie",
        "het artikel gaat verder onder de advertentie", "tekst gaat verder onder de foto",
        "schrijf je in voor de nieuwsbrief",
    ),
    conjunctions=("en", "met"),
    particles=("van", "de", "der", "den", "het", "'t", "te", "ten", "ter", "aan", "op", "in", "en", "voor"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
        "november", "december", "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec",
        "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
        "ma", "di", "wo", "do", "vr", "za", "zo",
    ),
    in_dates=("de", "op"),
    newsrooms=("redactie",),
    rights=("alle rechten voorbehouden",),
)  # fmt: skip
