from __future__ import annotations

import pytest

from kliping import Rejected, normalise

PARAGRAPH = (
    "Dewan kota menunda keputusan tentang pasar itu sampai Maret, kata ketua dewan seusai rapat yang berlangsung "
    "hampir lima jam di balai kota pada Senin malam."
)


def page(title: str, *paragraphs: str) -> bytes:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><main><h1>{title}</h1>{words}</main></body>".encode()


def reason(data: bytes) -> str:
    with pytest.raises(Rejected) as raised:
        normalise(data)
    return raised.value.reason


@pytest.mark.parametrize(
    "title",
    [
        "404", "Error 404", "Not found", "Page not found", "Halaman tidak ditemukan", "Seite nicht gefunden",
        "Página no encontrada", "Page introuvable",
    ],
)  # fmt: skip
def test_a_page_that_says_it_is_not_there_is_rejected(title: str) -> None:
    assert reason(page(title, "The address you typed leads nowhere. Go back to the front page and look there.")) == (
        "not-found"
    )


@pytest.mark.parametrize(
    "words",
    [
        "We and our partners use cookies to store and access information on your device. Choose what you consent to.",
        "Kami memakai cookie untuk menampilkan iklan. Dengan melanjutkan, Anda memberi persetujuan kepada kami.",
        "Wir verwenden Cookies und bitten um Ihre Einwilligung, bevor wir Ihnen diese Seite zeigen können.",
        "Nous utilisons des cookies. Sans votre consentement, cette page ne peut pas être affichée sur votre appareil.",
    ],
)
def test_a_cookie_wall_is_rejected(words: str) -> None:
    assert reason(page("Before you go on", words)) == "wall"


@pytest.mark.parametrize(
    "words",
    [
        "To continue reading, log in or subscribe. Subscribers read every article of this site on all their devices.",
        "Berlangganan untuk membaca artikel ini sampai akhir, atau masuk untuk melanjutkan bila Anda sudah terdaftar.",
        "Jetzt abonnieren und weiterlesen. Sie sind schon Abonnent? Dann können Sie sich hier mit Passwort anmelden.",
    ],
)
def test_a_login_wall_is_rejected(words: str) -> None:
    assert reason(page("Pasar lama", words)) == "wall"


def test_a_dump_of_a_wall_is_rejected_as_well() -> None:
    words = "Log in to read this article.\n\nSubscribe now and read every story on all your devices, cancel any time."
    assert reason(words.encode()) == "wall"


def test_an_article_about_what_was_not_found_is_one() -> None:
    assert normalise(page("Missing boat not found after three days", *[PARAGRAPH] * 2)).title == (
        "Missing boat not found after three days"
    )


def test_an_article_about_cookies_is_one() -> None:
    about = "Dewan itu melarang cookie pihak ketiga di situs kota, dan meminta persetujuan warga lebih dahulu."
    assert normalise(page("Situs kota tanpa cookie", about, *[f"{PARAGRAPH} {n}" for n in range(6)])).title == (
        "Situs kota tanpa cookie"
    )


def test_a_short_article_that_ends_with_an_offer_to_subscribe_is_one() -> None:
    offer = "Subscribe to our newsletter for more stories like this one."
    article = normalise(page("Pasar lama", PARAGRAPH, f"{PARAGRAPH} Lagi.", offer))
    assert article.title == "Pasar lama"


@pytest.mark.parametrize(
    "words",
    [
        "The regulator fined the ferry company for setting cookies without consent, and told it to ask its passengers.",
        "Voters can register until Friday at the town hall, the clerk said, and bring a passport or a driving licence.",
        "The harbour paper lost a third of its subscribers this year, its publisher told staff on Monday evening.",
        "Stolen passwords opened 300 accounts of the savings bank, police said; customers were asked to change theirs.",
        "Langganan koran itu turun sepertiga tahun ini, kata penerbitnya, dan harganya akan naik mulai bulan depan.",
        "Das Gericht verlangt für jeden Cookie die Einwilligung der Fahrgäste, teilte die Reederei am Montag mit.",
    ],
)
def test_a_short_article_that_speaks_of_what_walls_speak_of_is_one(words: str) -> None:
    assert words in normalise(page("Kabar singkat", words)).text
    assert normalise(f"Kabar singkat\n\n{words}".encode()).title == "Kabar singkat"
