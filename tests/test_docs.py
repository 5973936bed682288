"""The documentation names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from kliping.cli import COMMANDS
from kliping.project import Settings

ROOT = Path(__file__).parents[1]


def test_every_setting_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Settings):
        assert f"`{field.name}`" in page or f"`{field.name}." in page, field.name


def test_the_readme_goes_through_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"    kliping {command}" in readme, command


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []


def test_ci_and_the_readme_run_the_same_commands() -> None:
    ci, readme = (ROOT / ".ci/run").read_text(), (ROOT / "README.md").read_text(encoding="utf-8")
    for session in ("tests", "demo"):
        command = f"python -m pip install nox && python -m nox -s {session}"
        assert command in readme
        assert command.replace("install nox", "install --quiet nox") in ci
