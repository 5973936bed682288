from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kliping.contract.tables import features, table_names
from kliping.project import Settings
from kliping.release.card.metadata import citation, hub_licence, size_category, yaml_features

if TYPE_CHECKING:
    from kliping.contract import Contract


def test_the_cards_features_are_those_that_datasets_writes(contract: Contract, datasets: Any) -> None:
    for table in table_names(contract):
        described = features(contract, table)
        assert yaml_features(described) == datasets.Features.from_dict(described)._to_yaml_list()


def test_a_licence_that_the_hub_knows_is_in_lower_case() -> None:
    assert hub_licence("CC0-1.0") == {"license": "cc0-1.0"}


def test_a_licence_that_the_hub_does_not_know_is_other_with_its_name() -> None:
    assert hub_licence("Own-1.0") == {"license": "other", "license_name": "own-1.0", "license_link": "LICENSE"}
    assert hub_licence(None)["license_name"] == "see-license-file"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (100_000, "100K<n<1M"), (99_999_999, "10M<n<100M")],
)
def test_size_categories_are_the_hubs(rows: int, expected: str) -> None:
    assert size_category(rows) == expected


def test_a_citation_names_the_rights_holder_the_title_and_the_version() -> None:
    settings = Settings(name="toy", title="Toy: news", licence="CC0-1.0", rights_holder="The toy maintainers")
    assert yaml.safe_load(citation(settings, "0.1.0")) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": "Toy: news",
        "version": "0.1.0",
        "authors": [{"name": "The toy maintainers"}],
        "license": "CC0-1.0",
    }
