from __future__ import annotations

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.junk import kept_blocks
from kliping.normaliser.page.segments import segment

PROSE = "Nelayan di dermaga kayu menunggu perahu lampion yang kembali lebih awal dari biasanya. "
ARTICLE = f"<article><h1>Feri malam</h1>{f'<p>{PROSE}</p>' * 5}</article>"


def kept(html: str, title: int = -1) -> list[str]:
    found = segment(LexborHTMLParser(html).root)
    good = np.array([float(len(block.text)) if len(block.text) >= 60 else 0.0 for block in found.blocks])
    return [block.text for block, is_kept in zip(found.blocks, kept_blocks(found, good, title), strict=True) if is_kept]


def test_navigation_and_comments_beside_an_article_go() -> None:
    page = f"<nav>Beranda</nav>{ARTICLE}<div class=comments><p>{PROSE * 3}</p></div><footer>Kontak</footer>"
    assert kept(page) == ["Feri malam", *[PROSE.strip()] * 5]


def test_an_aside_that_holds_most_of_the_prose_is_believed_to_be_the_article() -> None:
    assert kept(f"<aside>{f'<p>{PROSE}</p>' * 5}</aside><p>{PROSE}</p>") == [PROSE.strip()] * 6


def test_a_rule_is_not_believed_where_it_leaves_nothing() -> None:
    assert kept(f"<div class=comments><p>{PROSE}</p></div>") == [PROSE.strip()]


def test_what_holds_the_title_stays() -> None:
    assert kept(f"<aside><h1>Feri malam</h1></aside>{ARTICLE}", title=0)[0] == "Feri malam"


def test_a_paragraph_is_no_container_whatever_its_class() -> None:
    assert kept(f"{ARTICLE}<p class=related>{PROSE}</p>") == ["Feri malam", *[PROSE.strip()] * 6]


def test_a_hidden_copy_of_the_article_goes() -> None:
    assert kept(f"{ARTICLE}<div hidden><p>{PROSE}</p></div>") == ["Feri malam", *[PROSE.strip()] * 5]


TEASERS = "".join(f"<li><h3><a href=/{n}>Kabar {n}</a></h3><p>{PROSE}</p></li>" for n in range(3))


def test_a_list_of_teasers_goes() -> None:
    assert kept(f"{ARTICLE}<ul>{TEASERS}</ul>") == ["Feri malam", *[PROSE.strip()] * 5]


def test_a_list_of_linked_headings_that_holds_nearly_all_prose_is_believed_to_be_the_article() -> None:
    assert kept(f"<p>{PROSE}</p><ul>{TEASERS}</ul>").count(PROSE.strip()) == 4


ITEMS = "".join(
    f"<li><a href=/{n}>{name}</a> {PROSE}</li>" for n, name in enumerate(("Pasar lama", "Feri malam", "Kafe"))
)


def test_a_list_of_items_that_begin_with_links_goes_where_one_links_the_page_itself() -> None:
    assert kept(f"{ARTICLE}<ul>{ITEMS}</ul>", title=0) == ["Feri malam", *[PROSE.strip()] * 5]
    assert len(kept(f"{ARTICLE}<ul>{ITEMS.replace('Feri malam', 'Feri pagi')}</ul>", title=0)) == 9
