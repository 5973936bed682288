"""What the names that a page gives its elements tell of their purpose: words of page building, none of a publisher.

Classes, ids, roles and the like are split into words; a word, or two that stand side by side, may name a category.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CATEGORIES", "HIDDEN", "bit", "categories"]

CATEGORIES: dict[str, str] = {
    "comment": "comment comments disqus commenting commentlist kommentar kommentare comentarios commentaires "
    "komentar discussion replies respond livefyre coral talk",
    "related": "related recommend recommended recommendation recommendations recommends suggested trending popular "
    "outbrain taboola recirc recirculation terkait similar onward crosslink crosslinks readmore most-read "
    "most-popular most-viewed read-more read-next read-also see-also more-stories more-news more-from "
    "up-next also-read inline-related baca-juga lire-aussi mehr-zum latest moreon upnext zergnet "
    "revcontent",
    "teaser": "teaser teasers card cards tile tiles promo promos carousel slider swiper feed listing river thumbs "
    "thumb headlines",
    "side": "sidebar aside rail side secondary widget widgets complementary column-right right-column right-rail",
    "caption": "caption captions figcaption credit credits legend copyright imagecaption wp-caption photo-caption "
    "image-caption bildunterschrift photocredit",
    "media": "image images img photo photos picture pictures gallery media figure thumbnail slideshow video videos "
    "player audio podcast lightbox",
    "byline": "byline bylines author authors contributor contributors writer autor auteur bio biography penulis "
    "reporter",
    "date": "date dates time timestamp published updated pubdate dateline datetime posted",
    "meta": "meta metadata info details",
    "body": "body content article articlebody articlecontent story storybody text textbody entry richtext prose "
    "copy maincontent bodytext articletext article-body article-content story-body post-content "
    "entry-content body-text content-body artikel konten isi",
    "post": "post single main page detail",
    "title": "title headline heading hed",
    "lead": "lead lede summary standfirst dek deck subtitle subheadline subhead intro excerpt sapo chapo chapeau "
    "description abstract kicker strapline synopsis vorspann",
    "share": "share sharing social facebook twitter whatsapp telegram follow addthis sharethis pinterest socials",
    "nav": "nav navigation navbar menu breadcrumb breadcrumbs header footer topbar toolbar pagination pager "
    "masthead sitemap submenu banner contentinfo search",
    "newsletter": "newsletter newsletters subscribe subscription subscriptions signup sign-up register mailing email "
    "donate donation membership support optin",
    "consent": "cookie cookies consent gdpr privacy cmp onetrust didomi cookiebar",
    "modal": "modal popup overlay dialog alert lightbox flyout offcanvas",
    "ad": "ad ads advert adverts advertisement advertising advertorial sponsor sponsored dfp adslot adunit gpt "
    "anzeige iklan publicidad pub commercial marketing affiliate",
    "tags": "tag tags topic topics keywords keyword category categories hashtag",
    "embed": "embed embedded tweet instagram oembed twitter-tweet iframe",
    "quote": "pullquote pull-quote blockquote quote quotes",
    "box": "box infobox factbox fact facts infobox info-box sidebox note notes highlights keypoints key-points "
    "glance timeline",
    "paywall": "paywall premium metered regwall subscriber piano locked gate",
    "notice": "correction disclaimer footnote footnotes notice copyright terms editors-note legal about",
    "list": "list lists items item links link",
    "live": "live liveblog ticker",
    "tool": "tools button buttons btn print tooltip icon icons font-size translate listen",
    "table": "table score stats results rating ratings poll quiz",
}
"""The words of each category; `-` joins a pair."""

_ORDER = tuple(CATEGORIES)
_WORDS = {word: 1 << number for number, words in enumerate(CATEGORIES.values()) for word in words.split()}
# A word may be in more than one category.
for _number, _words in enumerate(CATEGORIES.values()):
    for _word in _words.split():
        _WORDS[_word] |= 1 << _number

HIDDEN = 1 << len(_ORDER)
"""The element is not shown."""
MOST = 50
"""So many words of an attribute are looked at."""

_SPLIT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEPT = frozenset(
    {"class", "id", "role", "itemprop", "data-testid", "data-component", "data-module", "data-type", "data-block"}
)
_CONCEALED = frozenset({"hidden", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "d-none"})


def bit(name: str) -> int:
    """The bit of a category."""
    return 1 << _ORDER.index(name)


def categories(attributes: Mapping[str, str | None]) -> int:
    """The categories that an element's attributes name, as bits; `HIDDEN` where it is not shown."""
    bits = 0
    for name, value in attributes.items():
        if name in _KEPT:
            bits |= _named(value or "")
        elif name == "hidden" or (name == "style" and value and _NONE.search(value)):
            bits |= HIDDEN
    return bits


@lru_cache(maxsize=65536)
def _named(value: str) -> int:
    """The categories of a whole attribute, cached: a site says the same again on every page."""
    bits = 0
    for token in value.split()[:MOST]:
        bits |= _of_token(token)
    return bits


@lru_cache(maxsize=65536)
def _of_token(token: str) -> int:
    if token in _CONCEALED:
        return HIDDEN
    words = [word.lower() for word in _SPLIT.findall(token)]
    bits = 0
    before = ""
    for word in words:
        bits |= _WORDS.get(word, 0)
        if before:
            bits |= _WORDS.get(f"{before}-{word}", 0) | _WORDS.get(before + word, 0)
        before = word
    return bits
