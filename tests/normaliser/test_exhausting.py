"""Inputs made to exhaust: each ends with an article or with a reason, and none with an error."""

from __future__ import annotations

import pytest

from kliping import Article, Rejected, normalise
from kliping.normaliser.accounting import lost

P = "Dewan kota menunda keputusan tentang pasar itu sampai Maret, kata ketua dewan seusai rapat yang panjang."
N = 20_000

DUMPS = {
    "numbered lines": "\n\n".join(f"{n % 90}. Judul" for n in range(N)),
    "bullets": "\n\n".join(["• butir"] * N),
    "headings": f"{P}\n\nJudul\n\n" * N,
    "labels": f"{P}\n\n" + "Topik:\n\n• a\n\n" * N,
    "words that begin a label": "kata\n\n" * N + P,
    "related": f"{P}\n\n" + "Baca juga: Judul\n\n" * N,
    "bylines": f"{P}\n\n" + "Oleh: Ana Sorel\n\n" * N,
    "wrapped": f"{P[:70]}\n" * N,
    "one line": P * N,
    "one word": "a" * 10 * N,
    "mojibake": "CafÃ© " * N + P,
    "brackets": "(" * N + P,
    "commas": "Tags: " + "a, " * N + f"\n\n{P}",
    "credits": f"Pasar itu ditunda\n\n{P}\n\nPasar itu ditunda" + " (b)" * N + f"\n\n{P}",
    "a dateline": "JAKARTA, " * N + f" - {P}",
}
PAGES = {
    "nested blocks": "<div>" * N + f"<p>{P}</p>",
    "nested links": "<a href=x>" * N + f"<p>{P}</p>",
    "open paragraphs": "<p>ab" * N,
    "line breaks": "<p>" + "kata<br>" * N + f"<p>{P}</p>",
    "headings": f"<p>{P}</p>" + "<h1>Judul</h1>" * N,
    "quotations": "".join(f"<blockquote><p>{n} {P[: 40 + n % 60]}</p></blockquote>" for n in range(N // 2)),
    "marks": f"<p>{P}</p>" + "<time>2024-01-01</time><span class=author>Oleh Ana Sorel</span><a rel=tag>t</a>" * N,
    "class names": "".join(f"<p class='c{n} d{n}'>{P}</p>" for n in range(N // 2)),
    "a long class name": f"<div class='{'a b ' * N}'><p>{P}</p></div>",
    "captions": f"<p>{P}</p>" + "<figure><figcaption>Foto</figcaption></figure>" * (N // 2) + f"<p>{P}</p>",
    "links": f"<p>{P}</p>" + "<a href=/x>tautan ke sana</a>, " * N,
    "JSON-LD that is cut": "<script type='application/ld+json'>" + '{"a":' * N + f"</script><p>{P}</p>",
    "JSON-LD of openings": "<script type='application/ld+json'>" + '[{"' * 6000 + f"</script><p>{P}</p>",
    "JSON-LD of many": "<script type='application/ld+json'>[" + '{"@type":"NewsArticle"},' * N + f"{{}}]</script>{P}",
    "credits": f"<p>{P}</p><figure><figcaption>Pasar" + " (b)" * N + f"</figcaption></figure><p>{P}</p>",
    "a table": "<table>" + "<tr><td>a<td>b" * (N // 2) + f"</table><p>{P}</p>",
    "comments": "<!-- x -->" * N + f"<p>{P}</p>",
    "entities": f"<p>{'&amp;' * N}</p><p>{P}</p>",
    "mojibake": f"<nav>{' '.join(f'CafÃ©{n}' for n in range(3 * N))}</nav><p>{P * 99}</p>",
    "NUL and controls": f"<p>{P}</p>" + "<p>\x01\x02</p>" * N,
}


def outcome(data: bytes, media_type: str) -> Article | str:
    try:
        return normalise(data, media_type=media_type, min_length=10)
    except Rejected as why:
        return why.reason


@pytest.mark.parametrize("name", DUMPS)
def test_of_a_dump_made_to_exhaust_every_letter_is_accounted_for_or_there_is_a_reason(name: str) -> None:
    found = outcome(DUMPS[name].encode(), "text/plain")
    assert (
        found in {"no-article", "too-short"} if isinstance(found, str) else not any(lost(DUMPS[name].encode(), found))
    )


@pytest.mark.parametrize("name", PAGES)
def test_of_a_page_made_to_exhaust_the_text_is_its_blocks_or_there_is_a_reason(name: str) -> None:
    found = outcome(f"<!doctype html><html><body>{PAGES[name]}".encode(), "text/html")
    if isinstance(found, Article):
        assert "\n\n".join(found.text[block.start : block.end] for block in found.blocks) == found.text
    else:
        assert found in {"no-article", "too-short", "too-large", "index-page", "binary"}
