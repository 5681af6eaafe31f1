"""The shell of GitLab's and Azure DevOps' pipelines: from a pull request to the apply."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import os
import platform
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.code_host import TOKEN, AzureHost, GitLabHost, serving
from tests.ci.conftest import ROOT, Team

pytestmark = [pytest.mark.deep, pytest.mark.terraform]
_SILENT = "pip install"


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A mirror of Terraform's releases, whose program is the one that is on PATH as terraform."""
    folder = tmp_path_factory.mktemp("releases")
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    name = f"terraform_1.13.5_{sys.platform}_{machine}.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("terraform", '#!/bin/sh\nexec "$REAL_TERRAFORM" "$@"\n')
    (folder / name).write_bytes(packed.getvalue())
    digest = hashlib.sha256(packed.getvalue()).hexdigest()
    (folder / "terraform_1.13.5_SHA256SUMS").write_text(f"{digest}  {name}\n", encoding="utf-8")
    handler = partial(_Files, directory=os.fspath(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _shell(team: Team, script: str, given: Mapping[str, str], code: int = 0) -> str:
    """Run one script as a job does; what is installed already is not installed again."""
    lines = [line for line in script.splitlines() if not line.startswith(_SILENT)]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
        cwd=team.folder,
        env={**team.environment, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def _real(team: Team, releases: str) -> dict[str, str]:
    program = os.fspath(team.folder.parent / "bin" / "terraform")
    return {"DATIVO_TERRAFORM_RELEASES": releases, "REAL_TERRAFORM": program}


def _gitlab(team: Team, job: Mapping[str, Any], given: Mapping[str, str], code: int = 0) -> str:
    scripts = [*job["before_script"], *job["script"]]
    variables = {name: value.replace("$$", "$") for name, value in job.get("variables", {}).items()}
    return _shell(team, "\n".join(scripts), {**variables, **given}, code)


def test_gitlab(team: Team, releases: str) -> None:
    """A merge request is planned in a child pipeline and told of in one note; a push applies what
    was reviewed; a push that nothing vouches for is refused.
    """
    team.git("checkout", "--quiet", "main")
    team.dativo("ci", "gitlab")
    start = team.commit("gitlab")
    team.git("checkout", "--quiet", "-b", "more")
    team.edit(lambda text: text.replace("runtime:", "runtime:\n    memory: 3Gi"))
    head = team.commit("more")
    host = GitLabHost()
    parent = yaml.safe_load((team.folder / ".gitlab/dativo.yml").read_text(encoding="utf-8"))
    base = parent[".dativo"]
    with serving(host) as address:
        given = {
            **_real(team, releases),
            "GITLAB_CI": "true",
            "CI_API_V4_URL": address,
            "CI_PROJECT_ID": "12",
            "DATIVO_GITLAB_TOKEN": TOKEN,
        }

        def child(**more: str) -> dict[str, Any]:
            _gitlab(team, base | parent["changed roots"], {**given, **more})
            found: dict[str, Any] = yaml.safe_load((team.folder / "dativo-roots.yml").read_text())
            return found

        of_request = {"DATIVO_DO": "plan", "DATIVO_BASE": start, "CI_MERGE_REQUEST_IID": "5"}
        of_request["CI_COMMIT_SHA"] = head
        jobs = child(**of_request)
        with_terraform = jobs[".terraform"]
        _gitlab(team, with_terraform | jobs[f"plan {ROOT}"], {**given, **of_request})
        _gitlab(team, jobs[".dativo"] | jobs["comment"], {**given, **of_request})
        (note,) = host.notes[5]
        assert f"| `{ROOT}` |" in note["body"]
        of_push = {"DATIVO_DO": "apply", "DATIVO_BASE": start}
        jobs = child(**of_push)
        apply = with_terraform | jobs[f"apply {ROOT}"]
        assert apply["environment"] == "prod"
        assert "no plan of it was reviewed" in _gitlab(team, apply, {**given, **of_push}, code=2)
        host.merge(5, head, head)
        assert f"== {ROOT}: applied" in _gitlab(team, apply, {**given, **of_push})
        jobs = child(DATIVO_DO="apply", DATIVO_BASE=head)
        assert "echo" in jobs["nothing to plan"]["script"][0]
        jobs = child(DATIVO_DO="drift")
        night = {**given, "DATIVO_DO": "drift"}
        _gitlab(team, with_terraform | jobs[f"plan {ROOT}"], night)
        _gitlab(team, jobs[".dativo"] | jobs["issues"], night)
        assert host.open_issues == []
    (team.folder / "dativo-roots.yml").unlink()


def _variables(text: str) -> dict[str, str]:
    """What a step of Azure Pipelines hands on by its logging commands."""
    start = "##vso[task.setvariable variable="
    found = [line.removeprefix(start) for line in text.splitlines() if line.startswith(start)]
    pairs = [line.split(";isOutput=true]", 1) for line in found]
    return {name: value.replace("%AZP25", "%") for name, value in pairs}


def test_azure_devops(team: Team, releases: str, tmp_path: Path) -> None:
    """So does Azure DevOps: variables hand the roots on, the comment is a thread, the root is
    applied once its pull request is completed.
    """
    team.git("checkout", "--quiet", "main")
    team.dativo("ci", "azure-devops")
    team.commit("azure")
    team.git("push", "--quiet", "--force", "origin", "main")
    team.git("fetch", "--quiet", "origin")
    team.git("checkout", "--quiet", "-b", "still-more")
    team.edit(lambda text: text.replace("cron: 0 2", "cron: 0 3"))
    head = team.commit("later")
    file = team.folder / ".azure-pipelines/dativo.yml"
    stages = {one["stage"]: one for one in yaml.safe_load(file.read_text())["stages"]}
    host = AzureHost()
    with serving(host) as address:
        given = {
            **_real(team, releases),
            "AGENT_TEMPDIRECTORY": os.fspath(tmp_path),
            "TF_BUILD": "True",
            "SYSTEM_ACCESSTOKEN": TOKEN,
            "SYSTEM_COLLECTIONURI": f"{address}/acme/",
            "SYSTEM_TEAMPROJECT": "data",
            "BUILD_REPOSITORY_ID": "r1",
            "DIGEST": "none",
        }
        given["PATH"] = f"{tmp_path}/bin{os.pathsep}{team.environment['PATH']}"

        def steps(job: Mapping[str, Any], more: Mapping[str, str], code: int = 0) -> str:
            where = job["strategy"]["runOnce"]["deploy"] if "deployment" in job else job
            scripts = [step["bash"] for step in where["steps"] if "bash" in step]
            said = [_shell(team, script, {**given, **more}) for script in scripts[:-1]]
            return "".join([*said, _shell(team, scripts[-1], {**given, **more}, code)])

        (changed,) = stages["changed"]["jobs"]
        request = {
            "BUILD_REASON": "PullRequest",
            "SYSTEM_PULLREQUEST_PULLREQUESTID": "6",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID": head,
        }
        handed = _variables(steps(changed, {"ROOT": "none", **request}))
        (leg,) = json.loads(handed["prod__acme"]).values()
        plan, comment = stages["plan"]["jobs"]
        assert plan["job"] == "plan_prod__acme"
        steps(plan, {"ROOTS": leg["roots"], **request})
        steps(comment, request)
        (thread,) = host.threads[6]
        assert f"| `{ROOT}` |" in thread["comments"][0]["content"]
        handed = _variables(steps(changed, {"ROOT": "none", "BUILD_REASON": "IndividualCI"}))
        (apply,) = stages["apply"]["jobs"]
        host.merge(6, head, head)
        said = steps(apply, {"ROOTS": handed["prod__acme_roots"]})
        assert f"== {ROOT}: applied" in said
        (follow,) = stages["then"]["jobs"]
        assert steps(follow, {}) == "nothing follows\n"
