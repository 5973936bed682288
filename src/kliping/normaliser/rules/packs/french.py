"""The furniture words of French."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["FRENCH"]

FRENCH = Pack(
    related=(
        "lire aussi", "à lire aussi", "lire également", "à lire également", "à lire", "lisez aussi", "voir aussi",
        "à voir aussi", "sur le même sujet", "lire la suite", "pour aller plus loin",
    ),
    topics=("thèmes", "thème", "sujets", "mots-clés", "mots clés", "étiquettes", "thématiques", "en savoir plus sur"),
    others=(
        "à lire aussi", "lire aussi", "à lire également", "sur le même sujet", "sur le même thème", "articles liés",
        "articles similaires", "articles associés", "articles connexes", "autres articles", "plus d'articles",
        "dernières actualités", "les plus lus", "les plus lues", "vous aimerez aussi", "à voir aussi",
        "vous pourriez aussi aimer", "nos recommandations", "commentaires", "dans la même rubrique",
    ),
    authors=("auteur", "auteure", "autrice", "auteurs", "autrices", "par", "texte", "textes"),
    by=("par", "écrit par", "rédigé par", "publié par", "propos recueillis par", "un reportage de", "texte de"),
    editors=("édition", "édité par", "traduction", "traduit par", "rédaction", "source"),
    credits=(
        "photo", "photos", "photographie", "photographies", "image", "images", "illustration", "infographie",
        "photo d'archives", "photo d'illustration", "image d'illustration", "crédit photo", "crédits photo",
        "crédits photos", "crédit image", "crédits",
    ),
    interruptions=(
        "publicité", "annonce", "partager", "partager l'article", "partager cet article", "imprimer",
        "copier le lien", "lire la suite", "continuer la lecture", "la suite après la publicité",
        "la suite après cette publicité", "l'article continue après la publicité", "suite de l'article",
        "inscrivez-vous à notre newsletter",
    ),
    conjunctions=("et", "avec"),
    particles=("de", "du", "des", "la", "le", "les", "en", "sur", "sous", "aux", "et", "lès"),
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre", "janv", "févr", "fév", "avr", "juil", "sept", "oct", "nov", "déc",
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        "lun", "mar", "mer", "jeu", "ven", "sam", "dim",
    ),
    in_dates=("le", "du", "ce"),
    newsrooms=("rédaction",),
    rights=("tous droits réservés",),
)  # fmt: skip
