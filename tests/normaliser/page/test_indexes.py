from __future__ import annotations

import pytest

from kliping import Rejected, normalise

TEASERS = [
    ("Dewan Kota Menunda Relokasi Pasar Lama", "Rapat berakhir tanpa keputusan setelah pedagang menolak rencana itu."),
    ("Feri Malam Kembali Berlayar Pekan Depan", "Kapal yang rusak sejak Mei sudah diperbaiki di galangan Rimbia."),
    ("Tanggul Selatan Bocor di Tiga Titik", "Petugas menutup kebocoran dengan karung pasir sejak dini hari tadi."),
    ("Sekolah Kedua di Harsa Dibuka Kembali", "Atap yang runtuh karena hujan telah diganti dengan rangka baja."),
    ("Harga Ikan Turun Menjelang Musim Angin", "Nelayan menjual hasil tangkapan lebih murah dari bulan lalu."),
    ("Perpustakaan Keliling Sampai di Bukit", "Buku dipinjamkan tanpa biaya kepada anak-anak di tiga desa."),
]


MARKUPS = {
    "headings": '<div class="item"><h3><a href="/kota/{n}">{title}</a></h3><p>{words}</p></div>',
    "cards": '<a class="card" href="/kota/{n}"><h3>{title}</h3><p>{words}</p></a>',
    "bare links": '<li><a href="/kota/{n}">{title}</a></li>',
    "links with dates": '<div><time datetime="2024-05-14">14 Mei</time><a href="/kota/{n}">{title}</a> {words}</div>',
}


def front(head: str = "", markup: str = "headings") -> bytes:
    items = "".join(
        MARKUPS[markup].format(n=n, title=title, words=words) for n, (title, words) in enumerate(TEASERS * 4)
    )
    page = f"<!doctype html><html><head><title>Kota</title>{head}</head><body><main><h1>Kota</h1>{items}</main></body>"
    return page.encode()


def story(teasers: int) -> bytes:
    paragraph = (
        "<p>Dewan kota menunda keputusan tentang pasar itu sampai Maret, kata ketua dewan seusai rapat yang "
        "berlangsung hampir lima jam di balai kota pada Senin malam.</p>"
    )
    items = "".join(f'<li><a href="/{n}">{title}</a></li>' for n, (title, _) in enumerate(TEASERS * teasers))
    return (
        f"<!doctype html><html><body><article><h1>Dewan Kota Menunda Relokasi</h1>{paragraph * 8}</article>"
        f"<section class='related'><h2>Berita lain</h2><ul>{items}</ul></section></body></html>"
    ).encode()


def reason(data: bytes, url: str | None = None) -> str:
    with pytest.raises(Rejected) as raised:
        normalise(data, url=url)
    return raised.value.reason


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_list_of_teasers_is_no_article(markup: str) -> None:
    assert reason(front(markup=markup)) == "index-page"


def test_a_list_of_teasers_that_carries_a_date_is_no_article() -> None:
    assert reason(front('<meta property="article:published_time" content="2024-05-14T07:30:00+07:00">')) == "index-page"


def test_a_front_page_is_no_article() -> None:
    assert reason(story(1), url="https://kabar.example/") == "index-page"


@pytest.mark.parametrize("teasers", [0, 1, 5])
def test_an_article_above_a_list_of_others_is_one(teasers: int) -> None:
    assert normalise(story(teasers), url="https://kabar.example/kota/1").title == "Dewan Kota Menunda Relokasi"
