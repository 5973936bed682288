from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from markdown_it import MarkdownIt
from tests.corpora import article
from tests.release.card.describing import annotated, described

from kliping.contract.tables import arrow_schema
from kliping.project import CardTable, CitationTable, Settings
from kliping.release.card.card import SECTIONS, card, card_files
from kliping.release.card.changelog import Change
from kliping.release.card.plot import PLOT
from kliping.release.card.statistics import Origin
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus


def card_of(folder: Path) -> tuple[dict[str, Any], str]:
    _, head, body = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_the_first_config_is_the_default_and_the_only_one(released: Path) -> None:
    configs = card_of(released)[0]["configs"]
    assert [one["config_name"] for one in configs] == ["articles", "entities", "stances", "annotations", "soft_labels"]
    assert [one.get("default") for one in configs] == [True, None, None, None, None]


def test_every_data_file_is_named_exactly_and_every_parquet_file_is_named(released: Path) -> None:
    named = [file["path"] for config in card_of(released)[0]["configs"] for file in config["data_files"]]
    assert sorted(named) == sorted(path.relative_to(released).as_posix() for path in released.rglob("*.parquet"))


def test_the_examples_are_counted_as_in_the_manifest(released: Path) -> None:
    counted = {
        one["config_name"]: {split["name"]: split["num_examples"] for split in one["splits"]}
        for one in card_of(released)[0]["dataset_info"]
    }
    configs = read_manifest(released).configs
    assert counted == {name: {split: part.rows for split, part in parts.items()} for name, parts in configs.items()}


def test_the_head_says_what_the_hub_asks_for(released: Path) -> None:
    head = card_of(released)[0]
    assert (head["language"], head["license"], head["size_categories"]) == (["en", "id"], "cc0-1.0", ["n<1K"])
    assert head["pretty_name"] == "Toy corpus: news from Rimbia"


def test_every_section_is_there_and_filled(released: Path) -> None:
    body = card_of(released)[1]
    found = re.findall(r"^## (.+)\n\n(.+)", body, flags=re.MULTILINE)
    assert [title for title, _ in found] == [title for title, _ in SECTIONS]


@pytest.mark.parametrize(
    "line",
    [
        "5 news articles; 2 of them with gold entities (6 mentions) and stances (3), from 6 annotations by 2",
        "- Languages (articles): id (3), en (2)",
        "- Published (articles by year): 2024 (5)",
        "- Licence: CC0-1.0 ([LICENSE](LICENSE)); see [Licences](#licences)",
        "| `entities` | A row an article with gold: its tokens, BIO tags and mentions. | 1 | 0 | 1 |",
        "| `partial` | annotated, and something is open | 1 | 0 | 0 |",
        "Articles: `train` 3 (60.0 %), `validation` 1 (20.0 %), `test` 1 (20.0 %). An article keeps its split",
        "Leakage: 0 near-duplicate pairs across splits (method: word 5-grams,",
        "| `ner_tags` | list of class, 11 names | A BIO class for each token: a projection of `entities`, with",
        "| `favor` | In favor | Mendukung | The holder supports the target or wants it to happen. | 0 | 0 | 1 |",
        "| `MARKET_MOVE` | The plan to move the traders of the Old Market to a new building. | 0 | 1 | 0 |",
        "| a mention | anything that is marked as an entity | 1 | 0 | 1 |",
        "Holders of the stances, by kind: mention (2), author (1).",
        "| not stated | CC0-1.0 | not stated | 5 |",
        "Normaliser (articles): by-hand 1 (5).",
        "Texts were annotated in Label Studio after [guidelines.md](guidelines.md)",
        "- Annotations: 6; articles that an annotator skipped: 1",
        "- By round: round 1 (6); by version of the scheme: 1.0.0 (6)",
        "- Articles annotated: by 2 annotators (3)",
        "- With a model's predictions in sight: 0 (0.0 %)",
        "- Gold is what everybody who submitted the article, two at least, said alike (strategy `unanimous`);",
        "Annotators: 2, known only by keyed pseudonyms. Annotations each: 3, 3.",
        "| mentions, exact span and label | F1 | 0.923 | – | 13 | 3 | mentions |",
        "| `ORGANISATION` | 3 | 0.667 | – |",
        "- Articles whose text holds an e-mail address, in the source's own words: 0.",
        "- Not annotated: 2 (40.0 %) of the articles.",
        "- Annotated and not decided in full, so in no gold table: 1 (20.0 %) of the articles.",
        "- Annotators: 2 only, so agreement says little about others.",
        "- Entity labels that gold does not have: `EVENT`.",
        "- Declared targets that gold does not have: `PLASTIC_LEVY`.",
        "- Of the mentions, `ner_tags` lose 1 (16.7 %), nested or overlapping, and widen 0 (0.0 %) to whole tokens.",
        "- Languages with fewer than 50 articles: en 2, id 3.",
        "| CC0-1.0 | 5 | 0 |",
        "The makers do not say. `kliping diff` compares two versions in the corpus.",
        "The toy maintainers: Toy corpus: news from Rimbia, version 0.1.0.",
        "@misc{toy-0.1.0,",
        "Errors, questions and requests to take something out: the issue tracker.",
    ],
)
def test_the_card_says_what_the_corpus_holds(released: Path, line: str) -> None:
    assert line in card_of(released)[1]


def test_every_config_has_a_table_of_its_columns(released: Path, contract: Contract) -> None:
    body = card_of(released)[1]
    for config in read_manifest(released).configs:
        part = body.split(f"<summary>Columns of <code>{config}</code></summary>")[1].split("</details>")[0]
        names = re.findall(r"^\| `(\w+)` \| .+ \| .+ \|$", part, flags=re.MULTILINE)
        assert names == arrow_schema(contract, config).names


def test_the_python_of_a_card_runs_beside_the_release(
    released: Path, datasets: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(released.parent)
    blocks = re.findall(r"^```python\n(.+?)^```$", card_of(released)[1], flags=re.MULTILINE | re.DOTALL)
    known: dict[str, Any] = {}
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    exec(blocks[0], known)  # noqa: S102 — our own card
    assert known["articles"]["train"].num_rows == 3
    assert sorted(known["frame"]["stance"]) == ["against", "none"]
    others = blocks[1].splitlines()
    for line in others[1:]:
        name = line.partition(".")[0]
        if line:
            known[name] = pytest.importorskip(name)
            exec(line, known)  # noqa: S102


def test_a_card_of_nothing_annotated_says_so(contract: Contract) -> None:
    text = card(described(contract, Settings(name="bare")))
    assert "Nobody has annotated it yet." in text
    assert "Not measured, since no two annotators submitted the same article." in text
    assert PLOT not in text
    assert "0 news articles. Nobody has annotated them yet." in text
    assert "### Who annotated\n\nNobody yet.\n" in text
    for untrue in ("- For:", "marked as entities", "Annotators appear only", "Sentences are split", "see ([LICENSE]"):
        assert untrue not in text
    assert "- Licence: [LICENSE](LICENSE); see [Licences](#licences)" in text
    assert [path for path, _ in card_files(described(contract))] == ["README.md", "CITATION.cff"]


def test_the_makers_words_are_in_the_card(contract: Contract) -> None:
    settings = Settings(
        name="toy",
        contact="https://pos.example/is_sues",
        citation=CitationTable(abstract="News *from* Rimbia.\n\n# Two parts", url="https://pos.example/"),
        card=CardTable(rationale="For the <b>market</b>.", annotators="Two students of Rimbia, paid by the hour."),
    )
    text = card(described(contract, settings, [annotated()]))
    assert "News &#42;from&#42; Rimbia.\n\n&#35; Two parts\n" in text
    assert "### Why\n\nFor the &#60;b&#62;market&#60;/b&#62;.\n" in text
    assert "### Who annotated\n\nTwo students of Rimbia, paid by the hour.\n" in text
    assert "take something out: <https://pos.example/is_sues>.\n" in text
    assert "- Page: <https://pos.example/>\n" in text


def test_changes_are_the_changelogs_below_the_cards_own_headings(contract: Contract) -> None:
    words = "## Notes\n\nSee [the guide](../docs/guide.md) and <script>.\n\n### Fixed\n\n- [A](https://pos.example)"
    changes = (Change("0.1.0", "2026-11-25", words), Change("0.0.1", None, ""))
    assert (
        "## Changes\n\n### 0.1.0, 2026-11-25\n\n#### Notes\n\nSee the guide and &lt;script>.\n\n#### Fixed\n\n"
        "- [A](https://pos.example)\n\n### 0.0.1\n\nNo words.\n\n## Citation\n"
    ) in card(described(contract, changes=changes))


def test_sources_past_the_fiftieth_are_counted_together(contract: Contract) -> None:
    filled = described(contract, articles=[annotated()])
    filled.statistics.origins.update({Origin(f"P{number:03}", "", ""): 2 for number in range(60)})
    text = card(filled)
    assert "| P049 | not stated | not stated | 2 |\n| 11 others |  |  | 21 |\n" in text


def test_a_publisher_is_one_cell_whatever_it_is_called(contract: Contract) -> None:
    filled = described(contract, articles=[annotated()])
    nasty = "| a ` <img src=x onerror=y>\n## Contact\n\n[b](c.md) **d** &amp;"
    filled.statistics.origins.update([Origin(nasty, "<b>", "")])
    filled.statistics.languages.update(["x|`y"])
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(card(filled))
    cells = [token.content for token in tokens if token.type == "inline" and "onerror" in token.content]
    (children,) = [token.children or [] for token in tokens if token.content in cells and token.type == "inline"]
    assert ["".join(child.content for child in children)] == [" ".join(nasty.split())]
    assert {child.type for child in children} == {"text"}


def test_the_same_counts_in_another_order_give_the_same_bytes(contract: Contract) -> None:
    texts = [
        article(name, "Pasar", f"Sena Waluyo di Pasar Lama {name}.", language=name[:2]) for name in ("ab", "cd", "ef")
    ]
    one, other = (
        list(card_files(described(contract, articles=[annotated(text) for text in order])))
        for order in (texts, texts[::-1])
    )
    assert one == other


def test_no_path_of_the_machine_and_no_annotator_is_in_a_release(released: Path, toy_corpus: Corpus) -> None:
    for path in released.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert str(toy_corpus.root).encode() not in data
            assert path.suffix == ".parquet" or b"annotator-" not in data or path.parent.name == "schema"
