"""The furniture words of German."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["GERMAN"]

GERMAN = Pack(
    related=(
        "lesen sie auch", "lies auch", "auch interessant", "mehr zum thema", "mehr dazu", "siehe auch",
        "lesen sie mehr", "lesen sie hier", "lesetipp", "passend dazu",
    ),
    topics=("themen", "thema", "schlagwörter", "schlagworte", "stichwörter", "stichworte"),
    others=(
        "mehr zum thema", "weitere artikel", "weitere nachrichten", "weitere meldungen", "weitere themen",
        "ähnliche artikel", "verwandte artikel", "lesen sie auch", "auch interessant",
        "das könnte sie auch interessieren", "das könnte dich auch interessieren", "meistgelesen",
        "meistgelesene artikel", "meistgelesene", "aktuelle nachrichten", "neueste nachrichten", "kommentare",
        "empfehlungen der redaktion", "empfohlene artikel",
    ),
    authors=("autor", "autorin", "autoren", "autorinnen", "von", "text"),
    by=("von", "ein bericht von", "geschrieben von", "eine reportage von", "ein kommentar von", "ein gastbeitrag von"),
    editors=("redaktion", "redakteur", "redakteurin", "bearbeitung", "bearbeitet von", "übersetzung", "quelle"),
    credits=(
        "foto", "fotos", "bild", "bilder", "symbolbild", "symbolfoto", "archivbild", "archivfoto", "grafik",
        "illustration", "bildquelle", "fotoquelle", "bildnachweis", "fotocredit",
    ),
    interruptions=(
        "anzeige", "werbung", "teilen", "artikel teilen", "drucken", "link kopieren", "merken", "weiterlesen",
        "weiterlesen nach der anzeige", "hier weiterlesen", "der artikel wird nach der anzeige fortgesetzt",
        "nach der anzeige geht es weiter", "zum newsletter anmelden",
    ),
    conjunctions=("und", "mit"),
    particles=("von", "vom", "zum", "zur", "der", "den", "am", "an", "im", "in", "bei", "ob"),
    months=(
        "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "dezember", "jan", "feb", "mär", "mrz", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov",
        "dez",
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
        "mo", "di", "mi", "do", "fr", "sa", "so",
    ),
    in_dates=("den", "der", "dem", "am", "vom"),
    newsrooms=("redaktion",),
    rights=("alle rechte vorbehalten",),
)  # fmt: skip
