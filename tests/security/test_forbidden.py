"""What the code never calls: what would run data, wait for ever, or open more than it was told."""

from __future__ import annotations

import ast
import re
from pathlib import Path

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


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


SOURCES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("call", FORBIDDEN)
def test_nothing_calls(call: str) -> None:
    pattern = re.compile(re.escape(call).replace(r"\*", ".*"))
    found = [
        f"{name}:{node.lineno}: {ast.unparse(node.func)}"
        for path in SOURCES
        if not any(Path(name := path.relative_to(SOURCE).as_posix()).match(allowed) for allowed in FORBIDDEN[call])
        for node in calls(ast.parse(path.read_text(encoding="utf-8")))
        if pattern.fullmatch(ast.unparse(node.func))
    ]
    assert found == []


@pytest.mark.parametrize("argument", ["shell", "trust_remote_code", "verify", "allow_pickle", "unsafe_allow_html"])
def test_nothing_is_called_with(argument: str) -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in SOURCES
        for node in calls(ast.parse(path.read_text(encoding="utf-8")))
        if any(keyword.arg == argument for keyword in node.keywords)
    ]
    assert found == []


def test_a_command_is_a_list_and_never_a_line() -> None:
    for path in SOURCES:
        for node in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if ast.unparse(node.func) in ("subprocess.run", "os.posix_spawn"):
                assert not isinstance(node.args[0], ast.JoinedStr | ast.Constant), f"{path}:{node.lineno}"


def test_what_connects_to_a_server_has_a_time_limit() -> None:
    waits = {"HTTPConnection", "Client", "BoundedClient", "open_connection", "create_connection"}
    for path in SOURCES:
        for node in calls(ast.parse(path.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] in waits and called not in ("Client",):
                assert any(keyword.arg == "timeout" for keyword in node.keywords), f"{path}:{node.lineno}"
            if called == "browser.open":
                assert any(keyword.arg == "timeout" for keyword in node.keywords), f"{path}:{node.lineno}"


def test_the_rules_about_security_are_on_and_each_exception_has_its_reason() -> None:
    for path in SOURCES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.search(r"# noqa: [A-Z0-9, ]*\bS\d{3}\b.*", line)
            assert found is None or " — " in found[0], f"{path}:{number}"
