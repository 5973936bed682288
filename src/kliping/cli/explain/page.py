"""An explanation as a page of its own: no scripts, nothing fetched, everything escaped, in light and in dark."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from kliping.cli.explain.facts import LOOKS, facts, verdict
from kliping.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.explanation import Explanation, Piece, Traced

__all__ = ["as_page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fdfdfb; --dim: #5c5c5c; --rule: #d8d8d2;
  --kept: #1b6b3a; --moved: #14539a; --removed: #a3262a; --moved-paper: #e8f0fb; --removed-paper: #fbeaea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --paper: #17181a; --dim: #a2a2a2; --rule: #3a3b3e;
  --kept: #7fce9b; --moved: #8ebcf5; --removed: #f19a9a; --moved-paper: #1c2938; --removed-paper: #38201f; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 66rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
.verdict { border-left: .3rem solid var(--kept); padding: .25rem .75rem; }
.verdict.rejected { border-color: var(--removed); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0; font-size: .9rem; }
dt { color: var(--dim); }
dd { margin: 0; }
ol, ul { list-style: none; margin: 0; padding: 0; }
ul.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9rem; margin-bottom: .75rem; }
ol > li { display: grid; grid-template-columns: 2.5rem 1fr; border-top: 1px solid var(--rule); padding: .3rem 0; }
.number { color: var(--dim); font-size: .8rem; text-align: right; padding: .2rem .6rem 0 0; text-decoration: none; }
.piece { display: grid; grid-template-columns: 14rem 1fr; gap: 0 1rem; padding: .1rem .3rem; }
.where { font-size: .85rem; padding-top: .1rem; }
.where b { font-weight: 600; }
.where small { display: block; color: var(--dim); font-size: .75rem; line-height: 1.2; }
.mark { display: inline-block; width: 1.1rem; font-weight: 700; }
.kept .where b, .kept .mark { color: var(--kept); }
.moved .where b, .moved .mark { color: var(--moved); }
.removed .where b, .removed .mark { color: var(--removed); }
.moved { background: var(--moved-paper); }
.removed { background: var(--removed-paper); }
.removed .text { color: var(--removed); }
.title .text { font-size: 1.2rem; font-weight: 700; }
.subtitle .text, .heading .text { font-weight: 600; }
.quote .text { font-style: italic; }
.list_item .text::before { content: "• "; }
@media (max-width: 44rem) { .piece { grid-template-columns: 1fr; } }
"""


def as_page(explanation: Explanation) -> str:
    """The page, whole. Its policy lets in this style by its hash, and nothing else."""
    name = plain(explanation.path or "input")
    policy = f"default-src 'none'; style-src 'sha256-{_hash(_STYLE)}'; base-uri 'none'; form-action 'none'"
    language = f' lang="{_attribute(explanation.article.language)}"' if explanation.article else ""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_attribute(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(name)} explained</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>What became of <bdi>{_text(name)}</bdi></h1>",
            _verdict(explanation),
            *_facts(explanation),
            *(_lines(explanation, language) if explanation.lines else ()),
            "</body>",
            "</html>",
            "",
        ]
    )


def _verdict(explanation: Explanation) -> str:
    end = verdict(explanation)
    return f'<p class="verdict {_attribute(end.name)}"><b>{_text(end.name)}</b> {_text(end.told)}</p>'


def _facts(explanation: Explanation) -> Iterator[str]:
    yield "<dl>"
    for fact in facts(explanation):
        yield f'<dt>{_text(fact.name)}</dt><dd dir="auto">{_text(fact.told)}</dd>'
    yield "</dl>"


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    is_page = explanation.media_type == "text/html"
    what = "The article's part of the page, line by line" if is_page else "Every line of the source, in its order"
    yield f"<h2>{_text(what)}</h2>"
    yield '<ul class="legend">'
    for outcome, look in LOOKS.items():
        yield (
            f'<li class="{outcome}"><span class="where"><span class="mark">{_text(look.mark)}</span>'
            f"<b>{outcome}</b></span> {_text(look.meaning)}</li>"
        )
    yield "</ul>"
    yield "<ol>"
    for number, line in enumerate(explanation.lines, 1):
        yield from _line(number, line, language)
    yield "</ol>"


def _line(number: int, line: Traced, language: str) -> Iterator[str]:
    yield f'<li id="line-{number}"><a class="number" href="#line-{number}">{number}</a><div>'
    for piece in line.pieces:
        yield _piece(piece, language)
    yield "</div></li>"


def _piece(piece: Piece, language: str) -> str:
    where = piece.to if piece.to == piece.outcome else f"{piece.outcome}: {piece.to}"
    return (
        f'<div class="piece {_attribute(piece.outcome)} {_attribute(piece.to)}">'
        f'<div class="where"><span class="mark">{_text(LOOKS[piece.outcome].mark)}</span><b>{_text(where)}</b>'
        f"<small>rule {_text(piece.rule)}</small></div>"
        f'<div class="text" dir="auto"{language}>{_text(piece.text)}</div></div>'
    )


def _text(text: str) -> str:
    return escape(plain(text), quote=False)


def _attribute(text: str) -> str:
    return escape(text, quote=True)


def _hash(style: str) -> str:
    """What a policy knows a style by (Content Security Policy Level 3, 2.3.1)."""
    return b64encode(sha256(style.encode()).digest()).decode()
