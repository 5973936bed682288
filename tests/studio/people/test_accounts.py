"""Accounts are made as people make them, and what goes wrong is told without the address, the password or the link."""

from __future__ import annotations

import socket
import uuid

import pytest
from tests.studio.gateway import answering

from kliping.errors import ServerError
from kliping.studio.client import Client
from kliping.studio.people.accounts import own_token, sign_up

PASSWORD = "tides-turn-twice-a-day"


def told(url: str, invitation: str) -> str:
    with pytest.raises(ServerError) as caught:
        sign_up(url, invitation, "ayu@pos.example", PASSWORD)
    said = str(caught.value)
    assert not any(secret in said for secret in ("ayu", PASSWORD, "feedface"))
    return said


def test_nobody_listening_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert f"{url}: no answer as Label Studio's" in told(url, f"{url}/user/signup/?token=feedface")


def test_another_page_has_no_form() -> None:
    with answering(200, b"<html>Welcome</html>", "text/html") as url:
        assert f"{url}/user/signup/: this page has no form" in told(url, f"{url}/user/signup/?token=feedface")


def test_a_refusal_is_told_with_its_status() -> None:
    with answering(403, b"<html>No</html>", "text/html") as url:
        assert f"{url}/user/signup/: status 403" in told(url, f"{url}/user/signup/?token=feedface")


@pytest.mark.studio
def test_who_signs_up_is_a_user_with_a_token_of_their_own(studio: tuple[str, str], client: Client) -> None:
    address = f"{uuid.uuid4().hex[:8]}@pos.example"
    sign_up(studio[0], client.people.invitation(), address, PASSWORD)
    assert address in client.people.addresses().values()
    with Client(studio[0], own_token(studio[0], address, PASSWORD)) as own:
        assert own.people.whoami() == address


@pytest.mark.studio
def test_an_address_signs_up_once(studio: tuple[str, str], client: Client) -> None:
    invitation = client.people.invitation()
    sign_up(studio[0], invitation, "twice@pos.example", PASSWORD)
    with pytest.raises(ServerError, match="may be there with another password") as caught:
        sign_up(studio[0], invitation, "twice@pos.example", "another-password-altogether")
    assert "twice" not in str(caught.value)


@pytest.mark.studio
def test_a_wrong_link_makes_no_account(studio: tuple[str, str], client: Client) -> None:
    with pytest.raises(ServerError, match="status 403"):
        sign_up(studio[0], f"{studio[0]}/user/signup/?token=feedface", "nobody@pos.example", PASSWORD)
    assert "nobody@pos.example" not in client.people.addresses().values()
