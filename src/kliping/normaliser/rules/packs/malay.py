"""The furniture words of Malay, as written in Malaysia, Brunei and Singapore; it shares many with Indonesian."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["MALAY"]

MALAY = Pack(
    related=("baca juga", "baca lagi", "lihat juga", "tonton juga", "artikel berkaitan", "berita berkaitan"),
    topics=("topik", "topik berkaitan", "tag", "tags", "kata kunci"),
    others=(
        "artikel berkaitan", "berita berkaitan", "artikel lain", "berita lain", "berita terkini", "berita popular",
        "paling popular", "paling banyak dibaca", "cadangan untuk anda", "komen",
    ),
    authors=("penulis", "oleh", "wartawan", "pemberita", "laporan"),
    by=("oleh", "laporan", "ditulis oleh", "laporan oleh"),
    editors=("editor", "penyunting", "penterjemah", "sumber"),
    credits=(
        "foto", "gambar", "gambar hiasan", "gambar fail", "gambar ihsan", "foto fail", "foto hiasan", "ilustrasi",
        "kredit gambar", "kredit foto", "sumber gambar", "sumber foto",
    ),
    interruptions=(
        "iklan", "kongsi", "kongsikan", "kongsi artikel", "kongsi artikel ini", "salin pautan", "cetak",
        "teruskan membaca", "artikel bersambung selepas iklan",
    ),
    conjunctions=("dan", "dengan"),
    particles=("bin", "binti", "a/l", "a/p", "di", "dan", "dari", "al"),
    months=(
        "januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos", "september", "oktober", "november",
        "disember", "jan", "feb", "apr", "jul", "ogo", "sep", "sept", "okt", "nov", "dis",
        "isnin", "selasa", "rabu", "khamis", "jumaat", "sabtu", "ahad",
    ),
    in_dates=("hb",),
    rights=("hak cipta terpelihara",),
)  # fmt: skip
