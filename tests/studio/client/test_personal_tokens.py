"""A personal access token works as a legacy one does, also where the server stands below a path of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from tests.studio.gateway import WEB_PAGE, Fault, gateway, on, refused

from kliping.errors import ServerError
from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

# The SDK itself calls what pydantic has deprecated, where it exchanges a token.
pytestmark = [pytest.mark.studio, pytest.mark.filterwarnings("default:The `parse_obj` method:DeprecationWarning")]


@pytest.fixture(scope="module")
def personal(studio: tuple[str, str]) -> Iterator[str]:
    """A token as the page Account & Settings makes it: a JWT that is exchanged for one of five minutes."""
    authorised = {"Authorization": f"Token {studio[1]}"}
    token: str = httpx.post(f"{studio[0]}/api/token/", headers=authorised).json()["token"]
    yield token
    httpx.post(f"{studio[0]}/api/token/blacklist/", json={"refresh": token}, headers=authorised)  # one a user


def test_a_personal_token_is_accepted(studio: tuple[str, str], personal: str) -> None:
    with Client(studio[0], f"{personal}\n") as client:
        assert client.people.whoami() == "maintainer@kliping.example"


@pytest.mark.parametrize("kind", ["personal", "legacy"])
def test_below_a_path_both_kinds_of_token_are_accepted(studio: tuple[str, str], personal: str, kind: str) -> None:
    calls: list[str] = []

    def note(_method: str, path: str) -> None:
        calls.append(path)

    token = personal if kind == "personal" else studio[1]
    with gateway(studio[0], note, prefix="/label/studio") as url, Client(f"{url}/", token) as client:
        assert client.url == url
        assert client.people.whoami() == "maintainer@kliping.example"
        assert client.version() >= (1, 23, 2)
    assert ("/api/token/refresh/" in calls) == (kind == "personal")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(refused(401, "Token is blacklisted"), "does not accept the token"), (WEB_PAGE, "not what Label Studio sends")],
)
def test_a_personal_token_that_is_not_exchanged_is_a_sentence(
    studio: tuple[str, str], personal: str, fault: Fault, said: str
) -> None:
    with (
        gateway(studio[0], on("POST", "/api/token/refresh", fault)) as url,
        Client(url, personal) as client,
        pytest.raises(ServerError, match=said) as caught,
    ):
        client.people.whoami()
    assert personal not in str(caught.value)
