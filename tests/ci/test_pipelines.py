"""The pipelines are what their systems read: published schemas, actionlint, shellcheck."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.ci.actions import ACTIONS
from generator.ci.systems import FILES
from generator.cli import main
from tests.repository import SETTINGS, Repository

PROGRAMS = Path(sys.executable).parent
SCHEMAS = {
    "github": "vendor.github-workflows",
    "gitlab": "vendor.gitlab-ci",
    "azure-devops": "vendor.azure-pipelines",
}
CI = """\
ci:
  program: tofu
  version: 1.10.6
  resolve: true
  tags: [docker]
  logins:
    aws: {region: us-east-1}
    gcp:
      provider: projects/1/locations/global/workloadIdentityPools/ci/providers/ci
      plan_account: plan@acme-data.iam.gserviceaccount.com
      apply_account: apply@acme-data.iam.gserviceaccount.com
    azure: {tenant_id: 00000000-0000-4000-8000-000000000001}
    plan_connection: plans
    apply_connection: applies
"""


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Repository]:
    """A project with nothing in its settings, and one with nearly everything; all pipelines."""
    made = {}
    for name, settings in (("plain", ""), ("full", CI)):
        project = made[name] = Repository(tmp_path_factory.mktemp(name))
        project.write("dativo.yaml", SETTINGS + settings)
        project.job("orders")
        project.job("returns", environment="dev")
        assert main(["generate", "--project", str(project.folder)]) == 0
        for system in FILES:
            assert main(["ci", system, "--project", str(project.folder)]) == 0
    return made


def _files(projects: dict[str, Repository], system: str) -> list[str]:
    return [
        str(path)
        for project in projects.values()
        for file in FILES[system]
        if (path := project.folder / file).exists()
    ]


@pytest.mark.parametrize("system", SCHEMAS)
def test_the_published_schema_is_kept(system: str, projects: dict[str, Repository]) -> None:
    """SchemaStore's schema of workflows, and those that GitLab and Microsoft publish."""
    # Microsoft's has patterns that are none with the flag for Unicode.
    command = ["check-jsonschema", "--regex-variant", "nonunicode", "--builtin-schema"]
    command = [str(PROGRAMS / command[0]), *command[1:], SCHEMAS[system]]
    done = subprocess.run(
        [*command, *_files(projects, system)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("changed", [True, False])
def test_the_child_pipeline_keeps_the_schema(
    changed: bool,
    projects: dict[str, Repository],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """So does the pipeline of GitLab that is made for what changed, also where nothing did."""
    folder = projects["full"].folder
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
        name = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
        commit = ["commit", "-q", "--allow-empty", "-m", "start"]
        subprocess.run(["git", *name, *commit], cwd=folder, check=True)
    head = [] if changed else ["--head", "HEAD"]
    options = ["--base", "HEAD", *head, "--format", "gitlab", "--project", str(folder)]
    assert main(["changed", *options]) == 0
    text = capsys.readouterr().out
    (tmp_path / "child.yml").write_text(text, encoding="utf-8")
    command = [str(PROGRAMS / "check-jsonschema"), "--builtin-schema", SCHEMAS["gitlab"]]
    done = subprocess.run([*command, str(tmp_path / "child.yml")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    jobs = [name for name in yaml.safe_load(text) if name.startswith(("plan ", "apply "))]
    assert len(jobs) == (4 if changed else 0)
    assert "nothing to plan" in yaml.safe_load(text) or changed


def test_actionlint_has_nothing_to_say(projects: dict[str, Repository]) -> None:
    """The linter of workflows, which asks shellcheck of their steps."""
    shellcheck = ["-shellcheck", str(PROGRAMS / "shellcheck")]
    command = [str(PROGRAMS / "actionlint"), *shellcheck, *_files(projects, "github")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""


def _scripts(node: Any) -> Iterator[str]:
    """The shell in a pipeline of any system, whole steps."""
    if isinstance(node, list):
        for one in node:
            yield from _scripts(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "bash", "inlineScript") and isinstance(value, str):
                yield value
            elif key in ("script", "before_script"):
                yield "\n".join(value)
            else:
                yield from _scripts(value)


@pytest.mark.parametrize("system", SCHEMAS)
def test_every_script_is_sound(
    system: str, projects: dict[str, Repository], tmp_path: Path
) -> None:
    """Of shellcheck there is nothing to hear, and no expression of the CI system stands in a
    script, where the text of a pull request would become shell.
    """
    found: list[Path] = []
    for file in _files(projects, system):
        for script in _scripts(yaml.safe_load(Path(file).read_text(encoding="utf-8"))):
            assert "${{" not in script
            assert not re.search(r"\$\([A-Za-z.]+\)", script)
            path = tmp_path / f"{len(found)}.sh"
            path.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
            found.append(path)
    assert len(found) >= 2
    # Variables that the CI systems set are spelt like those that nobody does.
    command = [str(PROGRAMS / "shellcheck"), "--exclude=SC2154", *map(os.fspath, found)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_workflows_take_no_more_rights_than_they_need(projects: dict[str, Repository]) -> None:
    """No right for all, each job's own; a fork never runs with the repository's; what is used is
    pinned to a commit, and what may write keeps no token in the work tree but the last job.
    """
    commits = {path: commit for path, commit, _ in ACTIONS.values()}
    writing = {"plan": {"id-token"}, "apply": {"id-token"}, "comment": {"pull-requests"}}
    writing |= {"issues": {"issues"}, "follow-up": {"contents", "pull-requests"}}
    for file in _files(projects, "github"):
        data = yaml.safe_load(Path(file).read_text(encoding="utf-8"))
        assert data["permissions"] == {}
        assert "pull_request_target" not in data[True]  # YAML 1.1 reads `on` so
        for name, job in data["jobs"].items():
            may = {what for what, right in job["permissions"].items() if right == "write"}
            assert may == writing.get(name, set()), name
            for step in job["steps"]:
                if "uses" in step:
                    path, _, commit = step["uses"].partition("@")
                    assert commits[path] == commit
                if step.get("uses", "").startswith("actions/checkout"):
                    kept = step.get("with", {}).get("persist-credentials", True)
                    assert kept == (name == "follow-up")
        if "plan" in data["jobs"] and "pull_request" in data[True]:
            condition = data["jobs"]["plan"]["if"]
            assert "head.repo.full_name == github.repository" in condition


def test_the_same_bytes(projects: dict[str, Repository], tmp_path: Path) -> None:
    """Nothing of the machine, of the time or of the folder is in a pipeline."""
    there = tmp_path / "a folder"
    shutil.copytree(projects["full"].folder, there)
    for system, files in FILES.items():
        for file in files:
            (there / file).unlink(missing_ok=True)
        assert main(["ci", system, "--project", str(there)]) == 0
        for file in files:
            here = projects["full"].folder / file
            assert here.exists() == (there / file).exists()
            if here.exists():
                assert here.read_bytes() == (there / file).read_bytes()
