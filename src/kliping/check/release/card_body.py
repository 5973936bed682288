"""Level 6, the card as people read it: its sections, the release that it says it is of, and its links."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kliping.check.release.documents import CARD
from kliping.check.rules import Example, RuleList
from kliping.release.card.card import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.card import CardSeen
    from kliping.check.rules import Fault

__all__ = ["CARD_BODY_RULES"]

CARD_BODY_RULES: RuleList[CardSeen] = RuleList()


@CARD_BODY_RULES(
    "E636",
    "the card has all its sections, in order",
    mend="Release again.",
    example=Example(CARD, "## Agreement\n", "## Accord\n"),
)
def card_has_its_sections(seen: CardSeen) -> Iterator[Fault]:
    """Limits, licences and whom it may harm stand there: where they are cut out, nobody misses them."""
    if seen.fault is not None:
        return
    found = dict(_SECTION.findall(_FENCED.sub("", seen.card.split[1])))
    missing = [title for title, _ in SECTIONS if not found.get(title, "").strip()]
    titles = [title for title, _ in SECTIONS]
    if missing:
        message = f"without, or with an empty, section {', '.join(missing)}; release again"
        yield seen.card.found(message, f"## {missing[0]}")
    elif list(found) != titles:
        pairs = zip(found, [*titles, *found], strict=False)
        other = next((title for title, expected in pairs if title != expected), "")
        yield seen.card.found(
            "its sections are in another order, or others are among them; release again", f"## {other}"
        )


@CARD_BODY_RULES(
    "E637",
    "card and citation name this very release",
    mend="Get the release again; its card or citation is of another version.",
    example=Example(CARD, "entities and stances, version 0.2.0\n", "entities and stances, version 0.1.0\n"),
)
def card_names_the_release(seen: CardSeen) -> Iterator[Fault]:
    """The card of another version, whose files happen to fit, tells of other data; and papers cite that version."""
    manifest = seen.manifest
    if manifest is None:
        return
    if seen.fault is None:
        yield from _card_versions(seen, manifest.version)
        if f'load_dataset("{manifest.name}-{manifest.version}")' not in seen.card.split[1]:
            message = f"does not load {manifest.name}-{manifest.version}; release again"
            yield seen.card.found(message, "articles = load_dataset(")
    cited, _ = seen.told.citation.whole
    version = str(cited["version"]) if "version" in cited else None
    if version != manifest.version:
        yield seen.told.citation.stated(f"cites version {version}, not {manifest.version}; release again", "version")


@CARD_BODY_RULES(
    "E638",
    "every relative link and image of the card is a file of the release",
    mend="Release again.",
    example=Example(CARD, "after [guidelines.md](guidelines.md)", "after [guidelines.md](../guidelines.md)"),
)
def card_links_lead_somewhere(seen: CardSeen) -> Iterator[Fault]:
    """A link out of the folder leads to another file on each machine; one to nothing hides what the card promises."""
    manifest = seen.manifest
    if manifest is None:
        return
    body = _FENCED.sub(lambda found: "\n" * found[0].count("\n"), seen.card.split[1])
    told: set[str] = set()
    for number, line in enumerate(body.split("\n"), seen.card.body_line):
        for target in (one for found in _LINK.findall(line) for one in found if one):
            path = unquote(target.partition("#")[0])
            if path and path not in told and not _WEB.match(path) and normpath(path) not in manifest.files:
                told.add(path)
                yield seen.card.at(number, f"leads to {path}, which is no file of the release; release again", target)


_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)>\s]+)[^)]*\)|\b(?:src|href)=[\"\']([^\"\']+)")
_WEB = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_HEADING = re.compile(r"^# .*, version (\S+)$", re.MULTILINE)


def _card_versions(seen: CardSeen, version: str) -> Iterator[Fault]:
    """Each place where the card names another version."""
    stated: list[tuple[object, tuple[str, ...]]] = [(seen.head.get("version"), ("version",))]
    for config in seen.listed("configs"):
        stated.append((config.get("version"), ("configs", str(config.get("config_name")), "version")))
    for found, place in stated:
        if found != version:
            yield seen.card.stated(f"says version {found}, not {version}; release again", *place)
    heading = _HEADING.search(seen.card.split[1])
    if heading is None or heading[1] != version:
        message = f"its heading says version {heading and heading[1]}, not {version}; release again"
        yield seen.card.found(message, "# ")
