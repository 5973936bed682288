"""`kliping diff`, as people call it, on two releases of the toy corpus."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.test_release_command import kliping
from tests.corpora import UNCHECKED, toy
from tests.release.versions.changed import in_article, in_gold, in_pulled, in_split, more_articles, more_labels, moved

from kliping.cli.difference import json_pieces, show_first
from kliping.contract import load_contract
from kliping.release import build_release
from kliping.release.card.changelog import read_changes
from kliping.release.versions.sides import recorded_side

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.cli.difference import Form
    from kliping.project import Corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """0.1.0 and 1.0.0; the titles hold characters that mean something to a terminal and to Markdown."""
    corpus = toy(tmp_path_factory.mktemp("toy"))
    build_release(corpus, load_contract(corpus.schema), "0.1.0", UNCHECKED)
    for change in (
        more_labels("entity_label", "SHIP", 5),
        more_articles,
        in_split("fish", "test"),
        in_article("fish", title="Fish *prices* <b>\x1b[1m"),
        in_gold("market", moved),
        in_gold("market", lambda one: one["stances"][0].update(stance="favor")),
        in_pulled(lambda lines: lines.pop(1)),
    ):
        change(corpus)
    build_release(corpus, load_contract(corpus.schema), "1.0.0", UNCHECKED)
    return corpus


PAGE = """\
toy 0.1.0 → 1.0.0: major, so 1.0.0 or later after 0.1.0
  major  1 article moved to another split: what a model learnt would test it
  minor  1 label added: the numbers of the others stay
  minor  1 article added: there is more, and what was there stays
  patch  1 article with other metadata: a correction
  patch  1 mention moved: a correction
  patch  1 stance flipped: a correction
  patch  1 annotation withdrawn: an annotator took it back
  not compared for corrections, since columns or labels differ: entities, stances, soft_labels

articles moved to another split
  fish  train → test  Fish *prices* <b><U+001B>[1m

labels added
  entity_label SHIP

articles added
  quay  Old bell rings

articles with other metadata
  fish  Fish *prices* <b><U+001B>[1m

mentions moved
  market  41-52 → 46-52 PERSON  Pasar Lama Tetap Buka

stances flipped
  market  62-83 by 46-52: against → favor  Pasar Lama Tetap Buka

annotations withdrawn
  dike  dike-annotator-bb-1  Tanggul Senar jebol
"""

NAMED = '{"name":"toy","version":"0.1.0","scheme":"1.0.0"}'
FIRST = f'{{"old":null,"new":{NAMED},"changes":0,"bump":null,"smallest":"0.1.0"}}\n'

MARKDOWN = """\
## 1.0.0

Major: 1 article moved to another split, 1 label added, 1 article added, 1 article with other metadata, \
1 mention moved, 1 stance flipped, 1 annotation withdrawn since 0.1.0.

- 1 article moved to another split:
  - `fish`, Fish \\*prices\\* \\<b\\><U+001B>\\[1m, train → test
- 1 label added:
  - entity\\_label SHIP
- 1 article added:
  - `quay`, Old bell rings
"""


def test_a_page_has_counts_first_and_then_examples_with_titles(corpus: Corpus) -> None:
    shown = kliping("diff", "0.1.0", "1.0.0", at=corpus.root)
    assert (shown.returncode, shown.stderr, shown.stdout) == (0, "", PAGE)


def test_two_folders_need_no_corpus(corpus: Corpus, tmp_path: Path) -> None:
    for version in ("0.1.0", "1.0.0"):
        shutil.copytree(corpus.releases / f"toy-{version}", tmp_path / f"got-{version}")
    assert kliping("diff", "got-0.1.0", "got-1.0.0", at=tmp_path).stdout == PAGE
    missing = kliping("diff", "0.1.0", "got-1.0.0", at=tmp_path)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("kliping: .: no corpus here")


def test_a_fresh_clone_tells_the_same_without_titles(corpus: Corpus, tmp_path: Path) -> None:
    shutil.copytree(corpus.root, tmp_path / "clone", ignore=shutil.ignore_patterns("releases"))
    lines = kliping("diff", "0.1.0", "1.0.0", "-C", "clone", at=tmp_path).stdout.splitlines()
    assert lines[:9] == PAGE.splitlines()[:9]
    assert "  market  41-52 → 46-52 PERSON" in lines


def test_markdown_is_a_section_of_a_changelog(corpus: Corpus) -> None:
    shown = kliping("diff", "0.1.0", "1.0.0", "--markdown", at=corpus.root)
    assert shown.stdout.startswith(MARKDOWN)
    (corpus.root / "pasted.md").write_text(f"# Changes\n\n{shown.stdout}")
    (section,) = read_changes(corpus.root / "pasted.md")
    assert (section.version, section.words.count("\n- ")) == ("1.0.0", 7)


def test_json_has_every_change_by_article(corpus: Corpus) -> None:
    told: dict[str, Any] = json.loads(kliping("diff", "0.1.0", "1.0.0", "--json", at=corpus.root).stdout)
    assert (told["changes"], told["bump"], told["smallest"]) == (7, "major", "1.0.0")
    assert told["old"] == {"name": "toy", "version": "0.1.0", "scheme": "1.0.0"}
    assert told["schema"] == [{"kind": "label_added", "was": None, "now": ["entity_label", "SHIP"]}]
    assert [one["id"] for one in told["articles"]] == ["dike", "fish", "market", "quay"]
    assert told["articles"][2]["changes"] == [
        {"kind": "mention_moved", "was": [41, 52, "PERSON"], "now": [46, 52, "PERSON"]},
        {"kind": "stance_flipped", "was": ["62-83", "41-52", "against"], "now": ["62-83", "46-52", "favor"]},
    ]
    assert sum(told["counts"].values()) == 7


def test_json_is_written_article_by_article(corpus: Corpus) -> None:
    pieces = list(json_pieces(recorded_side(corpus, "0.1.0"), recorded_side(corpus, "1.0.0")))
    assert len(pieces) == 1 + 4 + 1
    json.loads(b"".join(pieces))


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (None, "toy 0.1.0: the first release; it may have any version\n"),
        ("markdown", "## 0.1.0\n\nThe first release.\n"),
        ("json", FIRST),
    ],
)
def test_a_first_release_has_nothing_to_differ_from(
    corpus: Corpus, capsys: pytest.CaptureFixture[str], form: Form | None, shown: str
) -> None:
    show_first(recorded_side(corpus, "0.1.0"), form)
    assert capsys.readouterr().out == shown


def test_few_or_all_are_listed(corpus: Corpus) -> None:
    few = kliping("diff", "1.0.0", "0.1.0", "--most", "1", at=corpus.root).stdout
    assert "labels removed\n  entity_label SHIP\n" in few
    for name in range(3):
        in_article(("dike", "lamps", "ferry")[name], publisher="The Rimbia Post")(corpus)
    build_release(corpus, load_contract(corpus.schema), "1.0.1", UNCHECKED)
    few = kliping("diff", "1.0.0", "1.0.1", "--most", "1", at=corpus.root).stdout
    assert few.endswith("  dike  Tanggul Senar jebol\n  … and 2 more; --all lists them\n")
    all_of_them = kliping("diff", "1.0.0", "1.0.1", "--most", "1", "--all", at=corpus.root).stdout
    assert [line.split()[0] for line in all_of_them.splitlines()[-3:]] == ["dike", "ferry", "lamps"]


def test_a_version_with_itself_is_0_changes(corpus: Corpus) -> None:
    assert kliping("diff", "0.1.0", "0.1.0", at=corpus.root).stdout == "toy 0.1.0 → 0.1.0: 0 changes\n"


def test_what_is_no_version_and_no_release_exits_2_with_a_sentence(corpus: Corpus) -> None:
    wrong = kliping("diff", "0.1.0", "corpus", at=corpus.root)
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("kliping: corpus: no release: no manifest.json")
    unknown = kliping("diff", "0.1.0", "7.0.0", at=corpus.root)
    assert unknown.returncode == 2
    assert unknown.stderr.startswith(
        "kliping: 7.0.0: never released from this corpus; recorded in corpus/versions: 0.1.0"
    )
