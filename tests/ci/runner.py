"""Runs the shell of a workflow as its CI system would: in bash, with what it hands over."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Ran:
    """What the steps of one job came to.

    Attributes:
        code: the exit code of the first that failed, or 0.
        output: all that was printed.
        outputs: of the step, name to value.
    """

    code: int = 0
    output: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


class Workflow:
    """A workflow of GitHub Actions, on one machine that all its jobs share.

    Attributes:
        artifacts: name to folder of what was uploaded.
    """

    def __init__(self, folder: Path, file: str, environment: Mapping[str, str]) -> None:
        """Read it.

        Args:
            folder: the work tree.
            file: the workflow, below it.
            environment: of every step.
        """
        self.folder = folder
        self.data: dict[str, Any] = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        self._environment = dict(environment)
        self.artifacts = folder.parent / "artifacts"

    def job(self, name: str, **context: Any) -> Ran:
        """Run the steps of one job.

        Args:
            name: of the job.
            context: what expressions refer to: github, matrix, inputs, needs.
        """
        ran = Ran()
        context.setdefault("strategy", {"job-index": 0})
        context["github"] = {"workspace": str(self.folder), **context.get("github", {})}
        for step in self.data["jobs"][name]["steps"]:
            always = step.get("if") == "always()"
            if (ran.code and not always) or not _wanted(step.get("if"), context):
                continue
            if "run" in step:
                self._run(step, context, ran)
            else:
                self._use(step, context)
        return ran

    def _run(self, step: Mapping[str, Any], context: Mapping[str, Any], ran: Ran) -> None:
        assert "${{" not in step["run"], "text of others in a script"
        if step["run"].startswith("pip install"):  # it is installed
            return
        given = {**self.data.get("env", {}), **step.get("env", {})}
        output = self.folder.parent / "github-output"
        output.write_text("", encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={
                **self._environment,
                **{name: evaluated(str(value), context) for name, value in given.items()},
                "GITHUB_OUTPUT": os.fspath(output),
                "GITHUB_ENV": os.fspath(self.folder.parent / "github-env"),
                "GITHUB_STEP_SUMMARY": os.fspath(self.folder.parent / "summary.md"),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        ran.output += done.stdout
        ran.code = ran.code or done.returncode
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            ran.outputs[name] = value

    def _use(self, step: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        """What the actions do that matter here: they carry folders from job to job."""
        given = step.get("with", {})
        if step["uses"].startswith("actions/upload-artifact@"):
            source = self.folder / given["path"]
            if source.is_dir():
                target = self.artifacts / evaluated(given["name"], context)
                shutil.copytree(source, target, dirs_exist_ok=True)
                shutil.rmtree(source)
        elif step["uses"].startswith("actions/download-artifact@"):
            target = self.folder / given["path"]
            target.mkdir(exist_ok=True)
            for found in self.artifacts.glob(given["pattern"]):
                shutil.copytree(found, target / found.name)


def evaluated(text: str, context: Mapping[str, Any]) -> str:
    """A text with its expressions filled in: names with dots, ``||``, and toJSON."""
    return _EXPRESSION.sub(lambda match: _as_text(_value(match[1], context)), text)


def _wanted(condition: str | None, context: Mapping[str, Any]) -> bool:
    if condition is None or condition == "always()" or " == " in condition:
        return True
    return bool(_value(condition, context))


def _value(expression: str, context: Mapping[str, Any]) -> Any:
    for part in expression.split(" || "):
        if part.startswith("toJSON("):
            return json.dumps(_value(part[7:-1], context), indent=2)
        found: Any = context
        for name in part.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        if found:
            return found
    return ""


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
