"""The screen follows the contract, unless what people used would be lost."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from tests.studio.push.on_server import begin, listed_of, project_of, region, with_annotators

from kliping.contract.labeling import instruction, labeling_config
from kliping.errors import DataError
from kliping.project.annotators import PersonTable
from kliping.studio.client import Setup
from kliping.studio.projects import annotator_role
from kliping.studio.push import plan_push, planned, push
from kliping.studio.push.screens import is_by_hand, signed

if TYPE_CHECKING:
    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client


def without_event(contract: Contract) -> Contract:
    labels = tuple(label for label in contract.scheme.entity_labels if label.const != "EVENT")
    return dataclasses.replace(contract, scheme=dataclasses.replace(contract.scheme, entity_labels=labels))


def with_mood(config: str) -> str:
    """A screen with a question that the contract has not."""
    end = config.rindex("</View>")
    mood = '<Choices name="mood" toName="text"><Choice value="x"/><Choice value="y"/></Choices>'
    return config[:end] + mood + config[end:]


def config_of(corpus: Corpus, client: Client) -> str:
    return client.projects.setup(project_of(corpus, client)).config


def test_a_screen_is_known_as_ours_unless_somebody_changed_it() -> None:
    now, then = Setup(signed("<View>a</View>")), Setup(signed("<View>b</View>"))
    assert not is_by_hand(now, then)
    assert is_by_hand(Setup(now.config.replace("a", "c", 1)), then)
    assert is_by_hand(Setup("<View>a</View>"), then)
    assert not is_by_hand(Setup("<View>b</View>"), then), "an earlier push did not sign"


@pytest.mark.studio
def test_a_screen_follows_the_contract(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    receipt = push(three, without_event(contract), client)
    assert receipt.changes == 2  # the screen and labeling.xml
    assert not any("changed on the server" in note for note in receipt.notes)
    assert "EVENT" not in config_of(three, client)
    assert push(three, without_event(contract), client).changes == 0


@pytest.mark.studio
def test_the_short_form_of_the_guidelines_is_the_instruction(three: Corpus, contract: Contract, client: Client) -> None:
    guidelines = three.annotation_folder / "guidelines.md"
    guidelines.write_text("# Pedoman\n\n## Ringkasan\n\nTandai **setiap** sebutan, juga `<b>`.\n", encoding="utf-8")
    push(three, contract, client)
    shown = client.projects.setup(project_of(three, client)).instruction
    assert shown == instruction(guidelines.read_text(encoding="utf-8"), "id")
    assert "<strong>setiap</strong>" in shown or "<b>setiap</b>" in shown
    assert push(three, contract, client).changes == 0
    guidelines.write_text("# Pedoman\n\n## Ringkasan\n\nLain.\n", encoding="utf-8")
    assert push(three, contract, client).changes == 1


@pytest.mark.studio
def test_a_screen_changed_by_hand_is_put_back_and_told(three: Corpus, contract: Contract, client: Client) -> None:
    push(three, contract, client)
    before = client.projects.setup(project_of(three, client))
    own = with_mood(before.config)
    client.projects.set_up(project_of(three, client), dataclasses.replace(before, config=own))
    (told,) = planned(plan_push(three, contract, client))
    assert (told.screen, told.by_hand) == (True, True)
    receipt = push(three, contract, client)
    assert receipt.changes == 1
    assert any("the screen had been changed on the server" in note for note in receipt.notes)
    assert config_of(three, client) == before.config


@pytest.mark.studio
def test_a_screen_changed_by_hand_and_used_is_left(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    before = client.projects.setup(project_of(three, client))
    own = with_mood(before.config)
    client.projects.set_up(project_of(three, client), dataclasses.replace(before, config=own))
    item = {"id": "m", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["x"]}}
    ayu.annotations.submit(listed_of(three, client)[0].task, [item])
    with pytest.raises(DataError, match="mood is used in 1 annotation"):
        push(three, contract, client)
    assert config_of(three, client).strip() == own.strip()


@pytest.mark.studio
def test_a_screen_that_would_lose_a_used_label_is_refused_with_counts_and_the_way_out(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    first, second, third = (one.task for one in listed_of(three, client))
    ayu.annotations.submit(first, [region("EVENT")])
    ayu.annotations.submit(second, [region("EVENT")])
    begin(ayu, third, [region("EVENT")])
    before, screen = config_of(three, client), three.labeling.read_bytes()
    with pytest.raises(DataError) as refused:
        push(three, without_event(contract), client)
    assert "label=EVENT is used in 2 annotations and 1 draft" in str(refused.value)
    assert "`kliping relabel OLD=NEW`" in str(refused.value)
    with pytest.raises(DataError):
        plan_push(three, without_event(contract), client)
    assert (config_of(three, client), three.labeling.read_bytes()) == (before, screen)


@pytest.mark.studio
def test_a_screen_is_compared_with_every_project(
    three: Corpus, contract: Contract, client: Client, ayu: Client
) -> None:
    push(three, contract, client)
    ayu.annotations.submit(listed_of(three, client)[0].task, [region("EVENT")])
    blind = with_annotators(three, people={"annotator-aaaaaaaaaaaa": PersonTable()}, blind=True)
    push(blind, contract, client)
    with pytest.raises(DataError, match="label=EVENT is used in 1 annotation"):
        push(blind, without_event(contract), client)
    own = project_of(three, client, annotator_role("annotator-aaaaaaaaaaaa"))
    assert client.projects.setup(own).config.strip() == signed(labeling_config(contract.scheme, "id"))
