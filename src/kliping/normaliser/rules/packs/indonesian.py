"""The furniture words of Indonesian."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["INDONESIAN"]

INDONESIAN = Pack(
    related=("baca juga", "baca", "simak juga", "lihat juga", "baca selengkapnya", "tonton juga"),
    topics=("topik", "tag", "tags", "kata kunci", "label"),
    others=(
        "artikel terkait", "berita terkait", "berita lainnya", "berita terkini", "berita terkini lainnya",
        "baca berita lainnya", "artikel lainnya", "artikel terpopuler", "berita terpopuler", "terpopuler",
        "rekomendasi", "rekomendasi untuk anda", "pilihan editor", "baca selanjutnya", "komentar",
        "terkini lainnya",
    ),
    authors=("penulis", "reporter", "pewarta", "wartawan", "kontributor", "oleh", "laporan"),
    by=("oleh", "laporan", "ditulis oleh"),
    editors=("editor", "penyunting", "redaktur", "penerjemah", "sumber"),
    credits=("foto", "gambar", "ilustrasi", "sumber foto", "sumber gambar", "kredit foto", "dok", "dok."),
    interruptions=(
        "iklan", "advertisement", "bagikan", "bagikan artikel", "bagikan artikel ini", "salin tautan",
        "lanjutkan membaca", "gulir untuk lanjut membaca", "artikel ini berlanjut di bawah iklan", "cetak",
    ),
    conjunctions=("dan",),
    particles=("bin", "binti", "di", "dan", "dari", "van", "de", "der", "al"),
    months=(
        "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
        "november", "desember", "jan", "feb", "mar", "apr", "jun", "jul", "agu", "ags", "agt", "sep", "sept", "okt",
        "nov", "des",
        "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad",
    ),
    newsrooms=("redaksi",),
    rights=("hak cipta",),
)  # fmt: skip
