"""Runs the steps of an action or a workflow with bash, as GitHub's runner would; stands in for that server."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ROOT", "Job", "read_yaml", "run_steps"]

ROOT = Path(__file__).parents[2]

Step: TypeAlias = dict[str, Any]

_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
_PASSED_ON = ("HOME", "LANG", "PIP_CERT", "PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "SSL_CERT_FILE")
"""What a runner has too, and what this machine needs to reach its package index."""


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file; `on:` is a key, not a truth value."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in document.items()}


@dataclass(frozen=True, slots=True)
class Job:
    """A folder that was checked out, where programs are, and what expressions such as `inputs.path` stand for."""

    workspace: Path
    temporary: Path
    context: Mapping[str, str]
    path: str = "/usr/local/bin:/usr/bin:/bin"
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, step: Step) -> subprocess.CompletedProcess[str]:
        """Run the commands of one step: the shell `bash` of a runner is called with these very options."""
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace, env=self._environment(step), capture_output=True, text=True, check=False,
            encoding="utf-8",
        )  # fmt: skip

    @property
    def summary(self) -> str:
        """What the steps wrote for their summary."""
        return (self.temporary / "summary.md").read_text(encoding="utf-8")

    def _environment(self, step: Step) -> dict[str, str]:
        stated = {**self.environment, **step.get("env", {})}
        return {
            **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            "PATH": self.path,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "RUNNER_TEMP": str(self.temporary),
            **{name: self._expanded(value) for name, value in stated.items()},
        }

    def _expanded(self, value: str) -> str:
        return _EXPRESSION.sub(lambda found: self.context[found[1]], value)


def run_steps(job: Job, steps: list[Step]) -> subprocess.CompletedProcess[str]:
    """Run steps as a job does: after a failure those alone whose `if` says so. One result for all of them."""
    said, failed = "", 0
    for step in steps:
        goes_on = str(step.get("if", "")).startswith("${{ !cancelled()")
        if failed and not goes_on:
            continue
        done = job.run(step)
        said += done.stdout + done.stderr
        failed = failed or done.returncode
    return subprocess.CompletedProcess([], failed, said, "")
