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
LONGEST_ERROR = 600
"""A page that tells that there is nothing has fewer."""
SHARE = 0.5
"""From this share of its lines' code points on, a text is about cookies, or about logging in."""


def _phrases(*phrases: str) -> re.Pattern[str]:
    spelled = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{spelled})", re.IGNORECASE)


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

CONSENT = _phrases(
    "cookie", "gdpr", "we value your privacy", "your privacy", "privacy policy", "consent", "our partners",
    "kebijakan privasi", "persetujuan", "datenschutz", "einwilligung", "zustimm", "einverstanden", "privacidad",
    "consentimiento", "confidentialité", "consentement", "vos données", "privacidade", "riservatezza", "consenso",
    "toestemming",
)  # fmt: skip
"""What consent pages speak of."""

LOGIN = _phrases(
    "log in", "login", "sign in", "sign up", "subscribe", "subscription", "subscriber", "create an account",
    "create a free account", "already a member", "register", "password", "free trial", "to continue reading",
    "to read this article", "masuk untuk", "silakan masuk", "daftar untuk", "berlangganan", "langganan", "kata sandi",
    "anmelden", "einloggen", "registrieren", "abonnieren", "abonnent", "abonnement", "passwort", "weiterlesen mit",
    "iniciar sesión", "inicia sesión", "regístrate", "registrarse", "suscríbete", "suscripción", "suscriptor",
    "contraseña", "se connecter", "connectez-vous", "s'abonner", "s’abonner", "abonnez-vous", "abonné", "mot de passe",
    "réservé aux", "iniciar sessão", "assine", "assinante", "senha", "accedi", "abbonati", "inloggen",
)  # fmt: skip
"""What login and subscription walls speak of."""


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
    if NOT_FOUND.search(told) or _BARE.fullmatch(told):
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


def _share(phrases: re.Pattern[str], seen: _Seen) -> float:
    """The share of the text that stands in lines with one of some phrases."""
    matching = sum(len(text) for text in seen.texts if phrases.search(text))
    return matching / seen.length if seen.length else 0.0


def _seen(parts: Parts) -> _Seen:
    """The title and the blocks; where nothing was taken for the article, all that the page shows."""
    texts = tuple(parts.text[block.start : block.end] for block in parts.blocks if block.type != "title")
    return _Seen(parts.title, texts or tuple(one.text for one in parts.removed))
