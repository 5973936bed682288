"""The furniture words of Italian.

A bare `di` is no byline here: in Indonesian, whose headlines begin each word with a capital, it says where.
"""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["ITALIAN"]

ITALIAN = Pack(
    related=(
        "leggi anche", "leggi pure", "leggere anche", "vedi anche", "guarda anche", "potrebbe interessarti",
        "ti potrebbe interessare", "approfondisci", "leggi di più",
    ),
    topics=("argomenti", "temi", "etichette", "parole chiave", "leggi altro su"),
    others=(
        "leggi anche", "vedi anche", "articoli correlati", "articoli simili", "altri articoli", "altre notizie",
        "ultime notizie", "notizie correlate", "i più letti", "le più lette", "più letti", "ultim'ora",
        "potrebbe interessarti", "potrebbe interessarti anche", "ti potrebbe interessare",
        "ti potrebbero interessare", "consigliati", "commenti",
    ),
    authors=("autore", "autrice", "autori", "testo", "testi"),
    by=("a cura di", "scritto da", "articolo di", "servizio di", "testo di"),
    editors=("redazione", "traduzione", "traduzione di", "tradotto da", "fonte"),
    credits=(
        "foto", "fotografia", "fotografie", "immagine", "immagini", "illustrazione", "infografica",
        "foto d'archivio", "foto di archivio", "foto di repertorio", "immagine di repertorio", "crediti foto",
    ),
    interruptions=(
        "pubblicità", "annuncio", "condividi", "condividi l'articolo", "condividi questo articolo", "stampa",
        "copia link", "continua a leggere", "leggi tutto", "continua dopo la pubblicità",
        "l'articolo continua dopo la pubblicità", "iscriviti alla newsletter",
    ),
    conjunctions=("e", "ed", "con"),
    particles=("di", "da", "de", "del", "della", "dello", "dei", "degli", "delle", "in", "sul", "sulla", "la", "il"),
    months=(
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
        "novembre", "dicembre", "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "sett", "ott", "nov",
        "dic",
        "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
        "lun", "mar", "mer", "gio", "ven", "sab", "dom",
    ),
    in_dates=("il", "del"),
    newsrooms=("redazione",),
    rights=("tutti i diritti riservati",),
)  # fmt: skip
