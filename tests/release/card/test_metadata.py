"""The card's YAML: features as `datasets` writes them, and fields as the hub knows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.corpora import article
from tests.release.card.describing import annotated, described

from kliping.contract.tables import features, table_names
from kliping.project import CardTable, CitationTable, Settings
from kliping.release.card.hub import CHOICES, LICENCES
from kliping.release.card.metadata import card_metadata, yaml_features

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.release.card.described import Described

ENUMERATED = (
    "license", "annotations_creators", "language_creators", "multilinguality", "size_categories", "source_datasets",
    "task_categories", "task_ids",
)  # fmt: skip


def head_of(filled: Described) -> dict[str, Any]:
    found = yaml.safe_load(card_metadata(filled).removeprefix("---\n").removesuffix("---\n"))
    assert isinstance(found, dict)
    return found


def test_the_cards_features_are_those_that_datasets_writes(contract: Contract, datasets: Any) -> None:
    for table in table_names(contract):
        described_features = features(contract, table)
        assert yaml_features(described_features) == datasets.Features.from_dict(described_features)._to_yaml_list()


def test_huggingface_hub_reads_every_field_of_a_released_card(released: Path, datasets: Any) -> None:
    hub = pytest.importorskip("huggingface_hub")
    card = hub.DatasetCard.load(str(released / "README.md"))
    data = card.data
    assert isinstance(data, hub.DatasetCardData)
    assert (data.pretty_name, data.language, data.license) == ("Toy corpus: news from Rimbia", ["en", "id"], "cc0-1.0")
    for field in ENUMERATED:
        given = getattr(data, field)
        assert set([given] if isinstance(given, str) else given) <= CHOICES[field], field
    found = datasets.utils.metadata.MetadataConfigs.from_dataset_card_data(data)
    assert list(found) == ["articles", "entities", "stances", "annotations", "soft_labels"]
    assert found.get_default_config_name() == "articles"
    infos = datasets.info.DatasetInfosDict.from_dataset_card_data(data)
    assert infos["stances"].features["stance"].names == ["against", "none", "favor"]


def test_the_choices_are_among_those_of_datasets(datasets: Any) -> None:
    folder = Path(datasets.__file__).parent / "utils" / "resources"

    def resource(name: str) -> Any:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    assert CHOICES["size_categories"] == set(resource("size_categories.json")) - {"unknown"}
    assert CHOICES["annotations_creators"] == set(resource("creators.json")["annotations"])
    assert CHOICES["language_creators"] == set(resource("creators.json")["language"])
    assert CHOICES["multilinguality"] <= set(resource("multilingualities.json"))
    assert CHOICES["task_categories"] <= set(datasets.utils.metadata.known_task_ids)


def test_the_choices_are_among_those_that_huggingface_hub_documents() -> None:
    hub = pytest.importorskip("huggingface_hub")
    words = hub.DatasetCardData.__doc__ or ""
    for field in ("annotations_creators", "language_creators", "multilinguality", "size_categories", "source_datasets"):
        documented = words.split(f"{field} (")[1].split("Options are:")[1].split("\n            ")[0]
        documented = words.split(f"{field} (")[1].split("Options are:")[1].split("(`")[0]
        assert all(f"'{choice}'" in documented for choice in CHOICES[field]), field


def test_language_codes_are_among_those_of_datasets(released: Path, datasets: Any) -> None:
    path = Path(datasets.__file__).parent / "utils" / "resources" / "languages.json"
    head = yaml.safe_load((released / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert set(head["language"]) <= set(json.loads(path.read_text(encoding="utf-8")))


def test_a_licence_that_the_hub_does_not_know_is_other_with_a_name_and_its_file(contract: Contract) -> None:
    head = head_of(described(contract, Settings(name="toy", licence="Own terms (v1)"), [annotated()]))
    assert (head["license"], head["license_name"], head["license_link"]) == ("other", "own-terms-v1", "LICENSE")


def test_tags_of_regions_are_details_beside_the_codes_of_languages(contract: Contract) -> None:
    texts = [article("a", "One", "Sena Waluyo, Pasar Lama.", language="en-GB"), article("b", "Dua", "Tiga.")]
    filled = described(contract, articles=[annotated(texts[0])])
    filled.statistics.languages.update(["id", "und", "en-GB"])
    head = head_of(filled)
    assert (head["language"], head["language_details"]) == (["en", "id"], ["en-GB", "id"])
    assert head["multilinguality"] == ["multilingual"]


def test_tasks_are_those_of_the_configs_that_are_there(contract: Contract) -> None:
    assert "task_categories" not in head_of(described(contract))
    assert head_of(described(contract))["annotations_creators"] == ["no-annotation"]
    head = head_of(described(contract, articles=[annotated()]))
    assert head["task_categories"] == ["token-classification", "text-classification"]
    assert head["task_ids"] == ["named-entity-recognition", "multi-class-classification"]


def test_what_nobody_can_count_is_what_the_settings_say(contract: Contract) -> None:
    settings = Settings(
        name="toy",
        card=CardTable(language_creators=("expert-generated",), annotations_creators=("crowdsourced",)),
        citation=CitationTable(keywords=("Rimbia", "news")),
    )
    head = head_of(described(contract, settings, [annotated()]))
    assert (head["language_creators"], head["annotations_creators"]) == (["expert-generated"], ["crowdsourced"])
    assert head["tags"] == ["news", "named-entity-recognition", "stance-detection", "Rimbia"]


@pytest.mark.parametrize("title", ["a: b", "---", "- x\n- y", "'\"", "{{", "\u2028# x", "yes", "😀"])
def test_a_title_is_itself_in_the_yaml_whatever_it_holds(contract: Contract, title: str) -> None:
    assert head_of(described(contract, Settings(name="toy", title=title)))["pretty_name"] == title


def test_every_licence_is_one_of_the_hubs_choices() -> None:
    assert set(LICENCES.values()) < CHOICES["license"]
