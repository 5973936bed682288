from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kliping import normalise
from kliping.normaliser.text.mojibake import repair
from kliping.records import Repair


class Sample(NamedTuple):
    """Real-like words of a language, and the signs that stand beside them."""

    words: str
    signs: str = ".,!?"


SAMPLES = {
    "Indonesian": Sample("warga menolak pasar lama dermaga kafé “baik” ‘ya’ — 10° §5", ".,”’…"),
    "Vietnamese": Sample("người dân thành phố ĐÃ VÀ Ở Đà Nẵng Ã À Ư Ơ ẴM LÃ quận “chợ” thứ bảy", ".,”’…»–"),
    "Polish": Sample("Łódź żółty świeży GĘŚ JAŹŃ „targ” zażółć Ćma ŚĆ dziesięć Ź Ś", ".,”’…»–"),
    "Turkish": Sample("İstanbul ığdır ŞİŞLİ çarşı göğüs ‘kent’ ÜÇ Ğ Ö halkın", ".,”’…»–"),
    "French": Sample("« l’été » ÉTÉ À ÇA déjà où naïve cœur Œuvre garçon 5€ n° 3", ".,”’…»–"),
    "German": Sample("„Straße“ GROẞ Fuß weiß ÄÖÜ über Öl »Größe« MÜSSEN Spaß", ".,”“’…»«–"),
    "Portuguese": Sample("“AMANHÔ IRMÃ MANHÃ não ações PÃO À É Ê Ã são João", ".,’…–—"),
    "Spanish": Sample("¿Qué? ¡Año! NIÑO Ñ «señal» MÁS mañana corazón", ".,”’…»–"),
    "Russian": Sample("Привет рынок «С» Рё ещё СССР Сёстры Ёж её Р Сё", ".,”’…»–"),
    "Ukrainian": Sample("Її ґанок «Рівне» Європа С’їзд їжа Р", ".,”’…»–"),
    "Greek": Sample("Αθήνα «Ελλάδα» ΌΧΙ ύστερα Γ Β", ".,”’…»–"),
    "Romanian": Sample("ÎN ÂST Ă „piață” Știre ță Țară ANĂ", ".,”’…»–"),
    "Chinese": Sample("市场 搬迁 “居民” 反对，。 《报》", "。，”、"),
    "Japanese": Sample("市場 移転 「住民」 カフェ ー の", "。、」"),
    "Thai": Sample("ตลาด เก่า ชาวบ้าน ฯ", " ฯ"),
    "Arabic": Sample("السوق القديم «نعم» ؟ لا", "،؟»"),
    "signs": Sample("🎉 👩\u200d🌾 © ® ™ ½ × √ √2 ≤ € £ ¥ ° ± µ ├ ─ │ 20€ a© ²", ".,”’…»–"),
}


@st.composite
def real_text(draw: st.DrawFn) -> str:
    """Text of one language, in its own case, in capitals or small, with signs right behind its words."""
    sample = draw(st.sampled_from(sorted(SAMPLES.values())))
    words = draw(st.lists(st.sampled_from(sample.words.split()), min_size=1, max_size=12))
    signs = st.one_of(st.just(""), st.sampled_from(sample.signs))
    case = draw(st.sampled_from([None, "upper", "lower"]))
    return " ".join((getattr(word, case)() if case else word) + draw(signs) for word in words)


@given(real_text())
@example("“A FEIRA É AMANHÃ”")
@example("A letra Ã” e a letra Ã»")
@example("Привет «Рё» — СССР")
def test_text_without_mojibake_is_never_changed(text: str) -> None:
    assert repair(text) == (text, ())


@given(real_text(), st.sampled_from(["latin-1", "cp1252"]))
@example("“AMANHÔ “AMANHÔ “AMANHÔ “AMANHÔ IRMÃ–", "latin-1")
def test_what_is_repaired_is_what_was_meant(text: str, charset: str) -> None:
    found = text.encode().decode("latin-1")
    if charset == "cp1252":
        found = "".join(bytes([ord(char)]).decode("cp1252", "ignore") or char for char in found)
    _, repairs = repair(found)
    assume(repairs)
    assert all(one.repaired in text and one.found in found for one in repairs)


@given(st.text())
def test_a_repaired_text_is_not_repaired_again(text: str) -> None:
    once, _ = repair(text)
    assert repair(once) == (once, ())


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("Pemilik CafÃ© itu", "Pemilik Café itu"),
        ("kata â€œbaikâ€\x9d donâ€™t", "kata “baik” don’t"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("РџСЂРёРІРµС‚", "Привет"),
        ("√©t√©", "été"),
        ("ÃƒÂ© twice", "é twice"),
        ("Ã–sterreich fÃ¼r alle", "Österreich für alle"),
        ("ä¸\xadæ–‡", "中文"),
        ("CafÃ\xa0", "Cafà"),
    ],
)
def test_mojibake_is_repaired(found: str, repaired: str) -> None:
    assert repair(found)[0] == repaired


@pytest.mark.parametrize("text", ["Ã–", "CafÃ", "ﬁn ½ &eacute; “x”", "Â", "AMANHÃ”"])
def test_what_is_not_certain_stays(text: str) -> None:
    assert repair(text) == (text, ())


def test_each_distinct_piece_is_told_once_in_order() -> None:
    assert repair("CafÃ© nÃ£o CafÃ©")[1] == (
        Repair(found="CafÃ©", repaired="Café"),
        Repair(found="nÃ£o", repaired="não"),
    )


def test_an_article_says_what_was_repaired() -> None:
    data = "Sebuah Judul\n\nPemilik CafÃ© itu menolak rencana dewan kota yang baru.".encode()
    article = normalise(data, language="id", min_length=1)
    assert article.text.endswith("Pemilik Café itu menolak rencana dewan kota yang baru.")
    assert article.repairs == (Repair(found="CafÃ©", repaired="Café"),)


def test_a_page_says_what_was_repaired_in_its_article_and_nothing_else() -> None:
    paragraph = (
        "<p>Pemilik CafÃ© itu menolak rencana dewan kota yang baru, dan warga mendukungnya dengan suara bulat.</p>"
    )
    page = f"<html><body><nav>nÃ£o</nav><article><h1>Judul</h1>{paragraph * 4}</article></body></html>"
    article = normalise(page.encode(), language="id")
    assert article.repairs == (Repair(found="CafÃ©", repaired="Café"),)
