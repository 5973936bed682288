"""What looks like an article and is none: a page that was not found, a login or cookie wall.

A rule is a small function over what an input shows; it says in a sentence why there is no article. A longer text is not
asked: an article about cookies, or about the number 404, is longer than a page that stands in for one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.normaliser.assembly import Parts

__all__ = ["require_article"]

LONGEST = 1500
"""A page that stands in for an article has fewer code points than this, its title apart."""
LONGEST_NOTICE = 80
"""A title or a first line that says that there is nothing is no longer."""
LONGEST_ERROR = 600
"""A page that tells that there is nothing has fewer."""
SHARE = 0.5
"""From this share of its code points on, in sentences that speak of it, a text is about cookies or logging in."""
_SENTENCE = re.compile(r"(?<=[.!?…。])\s+")


def _phrases(*phrases: str) -> re.Pattern[str]:
    spelled = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{spelled})", re.IGNORECASE)


class _Topic(NamedTuple):
    """A wall's topic: phrases that turn to the reader, one of which it must have, and words that speak of it."""

    addressed: re.Pattern[str]
    words: re.Pattern[str]


NOT_FOUND = _phrases(
    "page not found", "page cannot be found", "page can't be found", "page can’t be found", "page could not be found",
    "page doesn't exist", "page doesn’t exist", "page does not exist", "page is no longer available", "error 404",
    "404 error", "404 not found",
    "halaman tidak ditemukan", "halaman yang anda cari", "laman tidak dijumpai", "artikel tidak ditemukan",
    "seite nicht gefunden", "seite wurde nicht gefunden", "seite konnte nicht gefunden", "seite existiert nicht",
    "página no encontrada", "página no existe", "página que buscas", "page introuvable", "page non trouvée",
    "page n'existe pas", "page n’existe pas", "página não encontrada", "página não existe", "pagina non trovata",
    "pagina niet gevonden",
)  # fmt: skip
"""How pages say that there is nothing at an address."""

_BARE = re.compile(
    r"\W*(?:error\W*)?404\W*(?:error\W*)?|\W*(?:not found|tidak ditemukan|nicht gefunden|no encontrado|non trouvé)\W*",
    re.IGNORECASE,
)
"""A title that says no more than that."""

CONSENT = _Topic(
    addressed=_phrases(
        "we use cookies", "we and our partners", "our partners use", "we value your privacy", "your privacy",
        "your consent", "this site uses cookies", "this website uses cookies", "accept cookies", "accept all cookies",
        "cookie settings", "kami memakai cookie", "kami menggunakan cookie", "kami dan para mitra", "kami dan mitra",
        "situs ini menggunakan cookie", "memberi persetujuan", "beri persetujuan", "wir verwenden cookies",
        "wir nutzen cookies", "wir und unsere partner", "ihre einwilligung", "ihre zustimmung", "usamos cookies",
        "utilizamos cookies", "nosotros y nuestros socios", "su consentimiento", "tu consentimiento",
        "nous utilisons des cookies", "nous et nos partenaires", "votre consentement", "usiamo cookie",
        "utilizziamo cookie", "il tuo consenso", "seu consentimento", "wij gebruiken cookies", "uw toestemming",
    ),
    words=_phrases(
        "cookie", "gdpr", "privacy", "consent", "kebijakan privasi", "persetujuan", "datenschutz", "einwilligung",
        "zustimm", "privacidad", "confidentialité", "privacidade", "consenso", "toestemming",
    ),
)  # fmt: skip
"""What consent pages say to their reader, and what they speak of."""

LOGIN = _Topic(
    addressed=_phrases(
        "to continue reading", "to keep reading", "to read this article", "to read the full article", "log in or",
        "log in to read", "log in to continue", "please log in", "please sign in", "sign in or", "sign in to read",
        "subscribe to read", "subscribe now", "subscribe or", "already a subscriber", "already subscribed",
        "already a member", "already have an account", "create a free account", "create an account",
        "untuk membaca artikel ini", "masuk untuk", "silakan masuk", "berlangganan untuk", "sudah berlangganan",
        "jetzt abonnieren", "jetzt anmelden", "bitte anmelden", "sie sind schon abonnent", "bereits abonnent",
        "weiterlesen mit", "inicia sesión", "iniciar sesión para", "suscríbete", "regístrate", "ya eres suscriptor",
        "abonnez-vous", "connectez-vous", "déjà abonné", "réservé aux abonnés", "réservé à nos abonnés",
        "assine agora", "assine para", "já é assinante", "abbonati", "accedi per", "log in om",
    ),
    words=_phrases(
        "log in", "login", "sign in", "sign up", "subscri", "account", "register", "password", "free trial", "masuk",
        "daftar", "langganan", "kata sandi", "anmelden", "einloggen", "registrieren", "abonn", "passwort",
        "suscrip", "contraseña", "se connecter", "mot de passe", "assina", "senha", "accedi", "abbona", "inloggen",
    ),
)  # fmt: skip
"""What login and subscription walls say to their reader, and what they speak of."""


class _Seen(NamedTuple):
    """What an input shows: its title, and its text line by line."""

    title: str | None
    texts: tuple[str, ...]

    @property
    def length(self) -> int:
        return sum(map(len, self.texts))


def require_article(parts: Parts) -> None:
    """Ask every rule of what the lines of an input gave.

    Raises:
        Rejected: `not-found` or `wall`.
    """
    if parts.body_length >= LONGEST:
        return
    seen = _seen(parts)
    for reason, rule in _RULES:
        why = rule(seen)
        if why:
            raise Rejected(reason, why)


def _not_found(seen: _Seen) -> str | None:
    if seen.length >= LONGEST_ERROR:
        return None
    told = seen.title or (seen.texts[0] if seen.texts else "")
    if (len(told) <= LONGEST_NOTICE and NOT_FOUND.search(told)) or _BARE.fullmatch(told):
        return f"it says that there is nothing here: {told[:80]!r}"
    return None


def _consent_wall(seen: _Seen) -> str | None:
    return "it asks for consent to cookies, and holds no article" if _share(CONSENT, seen) >= SHARE else None


def _login_wall(seen: _Seen) -> str | None:
    return "it asks to log in or to subscribe, and holds no article" if _share(LOGIN, seen) >= SHARE else None


_RULES: tuple[tuple[str, Callable[[_Seen], str | None]], ...] = (
    ("not-found", _not_found),
    ("wall", _consent_wall),
    ("wall", _login_wall),
)


def _share(topic: _Topic, seen: _Seen) -> float:
    """The share of the text in sentences that speak of a topic; none where no sentence turns to the reader with it."""
    sentences = [sentence for text in seen.texts for sentence in _SENTENCE.split(text)]
    if not any(map(topic.addressed.search, sentences)):
        return 0.0
    about = sum(len(one) for one in sentences if topic.words.search(one) or topic.addressed.search(one))
    return about / sum(map(len, sentences))


def _seen(parts: Parts) -> _Seen:
    """The title and the blocks; where nothing was taken for the article, all that the page shows."""
    texts = tuple(parts.text[block.start : block.end] for block in parts.blocks if block.type != "title")
    return _Seen(parts.title, texts or tuple(one.text for one in parts.removed))
