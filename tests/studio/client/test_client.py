"""What goes wrong with a server is told in a sentence, and the token never is."""

from __future__ import annotations

import json
import socket
import traceback

import pytest
from tests.studio.gateway import answering

from kliping.errors import CallError, ServerError
from kliping.studio.client import Client

SECRET = "feedfacefeedfacefeedfacefeedfacefeedface"


def told(url: str, token: str = SECRET) -> str:
    """The sentence that an attempt to say who we are ends with; the whole trace is free of the token."""
    with pytest.raises(ServerError) as caught, Client(url, token) as client:
        client.people.whoami()
    trace = "".join(traceback.format_exception(caught.value))
    assert SECRET not in trace
    return str(caught.value)


def test_nobody_listening_says_how_to_start_a_server() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert "kliping studio start" in told(f"http://127.0.0.1:{taken.getsockname()[1]}")


def test_a_web_page_is_not_label_studio() -> None:
    with answering(200, b"<html>Welcome</html>", "text/html") as url:
        assert "not Label Studio's interface" in told(url)


def test_other_json_is_not_label_studio() -> None:
    with answering(200, b'{"hello": 1}', "application/json") as url:
        assert "not Label Studio" in told(url)


@pytest.mark.parametrize("status", [404, 500])
def test_a_refusal_shows_status_and_detail_alone(status: int) -> None:
    body = json.dumps({"detail": "No such thing."}).encode()
    with answering(status, body, "application/json") as url:
        assert f"status {status}: No such thing." in told(url)


def test_a_refusal_says_what_was_wrong_with_each_field() -> None:
    errors = {"title": ["Too long.", "Too dull."], "label_config": "No."}
    body = json.dumps({"detail": "Validation error", "validation_errors": errors}).encode()
    with answering(400, body, "application/json") as url:
        assert "status 400: title: Too long. Too dull.; label_config: No.; see" in told(url)


def test_an_answer_cut_short_is_a_sentence() -> None:
    with answering(200, b'{"email": "a', "application/json") as url:
        assert url in told(url)


@pytest.mark.parametrize("token", ["", " \n", f"{SECRET}\n{SECRET}", "tokén"])
def test_what_cannot_be_a_token_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(CallError, match="LABEL_STUDIO_API_KEY") as caught:
        Client("http://127.0.0.1:1", token)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://pos.example", "http://", "http://pos.example:port"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(CallError, match="address"):
        Client(url, SECRET)


@pytest.mark.studio
def test_a_wrong_token_says_what_to_do(studio: tuple[str, str]) -> None:
    assert "does not accept the token" in told(studio[0])


@pytest.mark.studio
def test_a_token_from_a_file_with_a_line_end_is_accepted(studio: tuple[str, str]) -> None:
    with Client(studio[0], f" {studio[1]}\n") as client:
        assert client.people.whoami() == "maintainer@kliping.example"


@pytest.mark.studio
def test_a_project_that_is_not_there_is_a_sentence(client: Client) -> None:
    with pytest.raises(ServerError, match="status 404: No Project"):
        list(client.tasks.inventory(999_999))


@pytest.mark.studio
def test_the_server_counts_as_it_was_measured(client: Client) -> None:
    assert client.version() == (1, 23, 2)


@pytest.mark.parametrize(
    "annotation",
    ['{"result": []}', '{"id": "x"}', '{"id": 1, "completed_by": []}', '{"id": 1, "created_at": null}', "3"],
)
def test_an_annotation_that_is_none_is_told(annotation: str) -> None:
    body = f'{{"tasks": [{{"id": 1, "annotations": [{annotation}]}}]}}'.encode()
    with answering(200, body, "application/json") as url, Client(url, "f" * 40) as client:
        with pytest.raises(ServerError, match="is not what Label Studio sends"):
            list(client.tasks.marked(1))
        with pytest.raises(ServerError, match="is not what Label Studio sends"):
            list(client.changes.walk(1))


def test_a_prediction_that_is_none_is_told() -> None:
    body = b'{"tasks": [{"id": 1, "predictions": [{"result": []}]}]}'
    with (
        answering(200, body, "application/json") as url,
        Client(url, "f" * 40) as client,
        pytest.raises(ServerError, match="is not what Label Studio sends"),
    ):
        list(client.tasks.predicted(1))
