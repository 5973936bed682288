"""The words of the adjudicator's screen, in the language of the corpus's annotators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.studio.tasks import holders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.contract import Scheme
    from kliping.contract.scheme import Label

__all__ = ["Words", "in_context"]

AROUND = 28
"""Characters before and after a mention that a question shows."""

_WORDS = {
    "en": {
        "accept": "Accept",
        "reject": "Reject",
        "edit": "Edit",
        "no stance": "No stance",
        "unmarked": "not marked",
        "unsaid": "none",
        "other holder": "another holder",
        "unsure": "unsure",
        "unspecified": "nobody chosen",
        "article": "the article as a whole",
        "stance": "Stance of {holder} towards {target}",
        "instruction": (
            "The text shows each annotator's version in a colour and under a letter; letters change from article to "
            "article. Grey is settled. Answer the questions on the right: accept, reject, or edit. To edit a mention, "
            "choose Edit and mark the right words with the labels above the text. To add what nobody marked, mark it. "
            "What you leave unanswered stays open."
        ),
    },
    "id": {
        "accept": "Terima",
        "reject": "Tolak",
        "edit": "Ubah",
        "no stance": "Tidak ada sikap",
        "unmarked": "tidak menandai",
        "unsaid": "tidak ada",
        "other holder": "pemegang lain",
        "unsure": "ragu",
        "unspecified": "tidak dipilih",
        "article": "artikel secara keseluruhan",
        "stance": "Sikap {holder} terhadap {target}",
        "instruction": (
            "Teks menampilkan versi tiap anotator dengan warna dan huruf; huruf berganti dari artikel ke artikel. Yang "
            "abu-abu sudah disepakati. Jawablah pertanyaan di sebelah kanan: terima, tolak, atau ubah. Untuk mengubah "
            "sebutan, pilih Ubah lalu tandai kata yang benar dengan label di atas teks. Untuk menambah yang belum "
            "ditandai siapa pun, tandailah. Yang tidak dijawab tetap terbuka."
        ),
    },
}


class Words:
    """The words for answers and for what annotators said, and the scheme's titles."""

    def __init__(self, scheme: Scheme, language: str) -> None:
        """Words in a language (BCP 47, by its primary subtag), in English where there are none in it."""
        self._words = _WORDS.get(language.partition("-")[0], _WORDS["en"])
        self._scheme, self._language = scheme, language

    def __getitem__(self, name: str) -> str:
        """The words of a name."""
        return self._words[name]

    def label(self, const: str) -> str:
        """A label's title."""
        return self._title(self._scheme.entity_labels, const)

    def side(self, const: str) -> str:
        """A stance's title."""
        return self._title(self._scheme.stances, const)

    def sides(self) -> list[tuple[str, str]]:
        """Each stance that may be chosen, with its title."""
        return [(one.const, one.title_in(self._language)) for one in self._scheme.stances if not one.deprecated]

    def stance(self, holder: str, target: str) -> str:
        """What a question on a stance is about."""
        return self._words["stance"].format(holder=holder, target=target)

    def party(self, kind: str, name: str) -> str:
        """A holder or a target that is no mention."""
        if kind == "author":
            return holders(self._scheme, self._language)[0]["value"]
        if kind == "declared":
            return self._title(self._scheme.targets, name)
        return self._title(self._scheme.holders, name) if kind == "named" else self._words["unspecified"]

    def _title(self, labels: Iterable[Label], const: str) -> str:
        return next((one.title_in(self._language) for one in labels if one.const == const), const)


def in_context(text: str, start: int, end: int) -> str:
    """A mention in brackets with some of the words around it, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before = before if start <= AROUND else f"…{before.partition(' ')[2] or before}"
    after = after if end + AROUND >= len(text) else f"{after.rpartition(' ')[0] or after}…"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
