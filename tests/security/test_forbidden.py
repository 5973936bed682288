"""What the code never calls: what would run data, wait for ever, or open more than it was told."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "kliping"

FORBIDDEN = {
    "eval": (), "exec": (), "compile": (), "__import__": (),
    "pickle.*": (), "marshal.*": (), "shelve.*": (), "dill.*": (), "cloudpickle.*": (), "joblib.*": (),
    "yaml.load": (), "yaml.unsafe_load": (), "yaml.full_load": (),
    "tempfile.mktemp": (), "os.system": (), "os.popen": (), "webbrowser.*": (),
    "ET.parse": (), "ET.iterparse": (), "ET.XML": (), "ET.fromstring": ("contract/labeling/reading.py",),
    "lxml.*": (), "xml.dom.*": (), "xml.sax.parse*": (), "minidom.*": (),
    "urlopen": (), "urllib.request.urlopen": (), "requests.*": (),
    "*.extractall": (), "*.extract": ("normaliser/page/*",), "shutil.unpack_archive": (),
    "numpy.load": (), "np.load": (), "torch.*": (),
    "subprocess.getoutput": (), "subprocess.getstatusoutput": (),
    "subprocess.run": (
        "check/release/load.py", "check/since/revision.py", "project/repository.py", "release/building/reproducing.py",
        "studio/server/install.py", "studio/server/process.py",
    ),
    "subprocess.Popen": (), "subprocess.check_output": (), "subprocess.call": (), "subprocess.check_call": (),
    "os.posix_spawn": ("studio/server/process.py",),
}  # fmt: skip
"""Calls, and the files that may make them."""


SOURCES = sorted(SOURCE.rglob("*.py"))


class Call(NamedTuple):
    """A call in the code: its file, relative to the package, its line, and what is called."""

    file: str
    line: int
    called: str
    node: ast.Call


@cache
def calls() -> list[Call]:
    return [
        Call(path.relative_to(SOURCE).as_posix(), node.lineno, ast.unparse(node.func), node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


@pytest.mark.parametrize("forbidden", FORBIDDEN)
def test_nothing_calls(forbidden: str) -> None:
    pattern = re.compile(re.escape(forbidden).replace(r"\*", ".*"))
    found = [
        f"{one.file}:{one.line}: {one.called}"
        for one in calls()
        if pattern.fullmatch(one.called) and not any(Path(one.file).match(may) for may in FORBIDDEN[forbidden])
    ]
    assert found == []


@pytest.mark.parametrize("argument", ["shell", "trust_remote_code", "verify", "allow_pickle", "unsafe_allow_html"])
def test_nothing_is_called_with(argument: str) -> None:
    assert [one for one in calls() if any(keyword.arg == argument for keyword in one.node.keywords)] == []


def test_a_command_is_a_list_and_never_a_line() -> None:
    begun = [one for one in calls() if one.called in ("subprocess.run", "os.posix_spawn")]
    assert len(begun) > 5
    assert [one for one in begun if isinstance(one.node.args[0], ast.JoinedStr | ast.Constant)] == []


def test_what_connects_to_a_server_has_a_time_limit() -> None:
    waits = ("http.client.HTTPConnection", "httpx.Client", "BoundedClient", "browser.open")
    asked = [one for one in calls() if one.called in waits]
    assert {one.called for one in asked} == {*waits} - {"httpx.Client"}
    assert [one for one in asked if not any(keyword.arg == "timeout" for keyword in one.node.keywords)] == []


def test_no_validator_fetches_what_a_schema_names() -> None:
    made = [one for one in calls() if one.called == "jsonschema_rs.Draft202012Validator"]
    with_others = [one for one in made if any(keyword.arg == "registry" for keyword in one.node.keywords)]
    assert with_others
    assert [one for one in with_others if not any(keyword.arg == "retriever" for keyword in one.node.keywords)] == []


def test_the_rules_about_security_are_on_and_each_exception_has_its_reason() -> None:
    for path in SOURCES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.search(r"# noqa: [A-Z0-9, ]*\bS\d{3}\b.*", line)
            assert found is None or " — " in found[0], f"{path}:{number}"
