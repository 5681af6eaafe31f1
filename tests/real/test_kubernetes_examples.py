"""The examples of the module for Kubernetes, on the real provider, with a real API server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.deep import sampled
from tests.real.conftest import Command, RealProviders
from tests.real.kubernetes import Cluster
from tests.real.lives import LOCAL, Project

pytestmark = pytest.mark.real_provider

# What has to be there before each.
NEEDS: dict[str, tuple[str, list[str]]] = {
    "minimal": ("minimal", []),
    "complete": ("complete", ["payments"]),
    "orchestrators": ("orchestrators", []),
}

EXAMPLES = Path("modules", "kubernetes-job", "examples")


@pytest.fixture
def project(
    api_server: Cluster, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project without jobs, whose roots have the real provider."""
    version = real_providers.version("hashicorp/kubernetes")
    return Project(tmp_path, real_terraform, {}, {"kubernetes": version})


def example(name: str, folder: Path, api_server: Cluster) -> Path:
    """An example of the project's modules, whose provider leads to the cluster of the test."""
    made = folder / EXAMPLES / name
    text = (made / "main.tf").read_text(encoding="utf-8")
    wanted = api_server.named()
    login = f'command = "cat"\n    args = {json.dumps(wanted["exec"]["args"])}'
    block = f"""provider "kubernetes" {{
  host                   = "{wanted["endpoint"]}"
  cluster_ca_certificate = base64decode("{wanted["ca_certificate"]}")

  exec {{
    api_version = "client.authentication.k8s.io/v1beta1"
    {login}
  }}
}}
"""
    text = re.sub(r'^provider "kubernetes" \{\n.*?^\}\n', lambda _: block, text, flags=re.M | re.S)
    # The cloud is not there.
    text = re.sub(
        r'^(provider "aws"|data "aws_\w+" "\w+") \{\n.*?^\}\n', "", text, flags=re.M | re.S
    )
    (made / "main.tf").write_text(text, encoding="utf-8")
    versions = (made / "versions.tf").read_text(encoding="utf-8")
    versions = re.sub(r"^    aws = \{\n.*?^    \}\n", "", versions, flags=re.M | re.S)
    (made / "versions.tf").write_text(versions, encoding="utf-8")
    (made / "local_override.tf").write_text(LOCAL)
    return made


@pytest.mark.parametrize(("name", "needs"), sampled(NEEDS, "minimal"))
def test_examples(api_server: Cluster, project: Project, name: str, needs: list[str]) -> None:
    """An example applies, leaves nothing to do, and goes without a trace; what was there stays."""
    for namespace in needs:
        api_server.namespace(namespace)
    root = example(name, project.folder, api_server)
    project.apply(root)
    if name == "orchestrators":
        said = project.terraform(root, "output", "-json", "namespace").stdout
        check_rights(api_server, json.loads(said))
    project.terraform(root, "destroy", "-auto-approve", "-input=false")
    assert project.state(root)["resources"] == []
    for namespace in needs:
        assert api_server.ask("GET", f"/api/v1/namespaces/{namespace}").status == 200
        api_server.ask("DELETE", f"/api/v1/namespaces/{namespace}")


# What the operators and dagster-k8s call, and what nobody needs.
_CALLS = {
    "airflow:airflow-worker": (
        {"create /pods", "get /pods", "list /pods", "watch /pods", "patch /pods", "delete /pods"}
        | {"get /pods/log", "list /events"}
    ),
    "dagster:dagster": (
        {"create batch/jobs", "get batch/jobs", "get batch/jobs/status", "list batch/jobs"}
        | {"delete batch/jobs", "get /pods", "list /pods", "delete /pods", "get /pods/log"}
        | {"list /events"}
    ),
}
_NEVER = {"get /secrets", "list /secrets", "create /pods/exec", "create /serviceaccounts"}
_NEVER |= {"create rbac.authorization.k8s.io/roles", "update batch/cronjobs", "get /configmaps"}


def check_rights(api_server: Cluster, namespace: str) -> None:
    """Each orchestrator may do what it calls in the job's namespace, and nothing else."""
    every = set().union(*_CALLS.values()) | _NEVER
    for account, calls in _CALLS.items():
        user = f"system:serviceaccount:{account}"
        allowed = {call for call in every if api_server.may(user, namespace, *call.split(" "))}
        assert allowed == calls
        assert not any(api_server.may(user, "default", *call.split(" ")) for call in every)
