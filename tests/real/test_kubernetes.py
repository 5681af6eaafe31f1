"""The example roots on Kubernetes, on the real provider, with a real API server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.real.conftest import Command, RealProviders
from tests.real.kubernetes import NOBODY, Answer, Cluster
from tests.real.lives import Project

pytestmark = pytest.mark.real_provider

# A cron job with two pods a run on EKS, and the pods that Airflow starts on AKS: each with the
# cluster that it names, and a change of what a run takes.
INTERCOM = ("acme/intercom-conversations", "    cluster_name: data-prod\n", "memory: 1Gi")
ZENDESK = ("globex/zendesk-tickets", "    cluster_name: aks-globex-data\n", "memory: 4Gi")
_PODS, _JOBS = "/api/v1/namespaces/{}/pods", "/apis/batch/v1/namespaces/{}/jobs"
_DRY = "?dryRun=All"


@pytest.fixture
def project(
    api_server: Cluster, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project without jobs, whose roots have the real provider."""
    version = real_providers.version("hashicorp/kubernetes")
    return Project(tmp_path, real_terraform, {}, {"kubernetes": version})


def add(project: Project, api_server: Cluster, job: str, named: str, user: str = "admin") -> Path:
    """Add an example job that runs on the cluster of the test; its root."""
    project.add(f"{job}.yaml")
    project.edit(f"{job}.yaml", named, "")
    given = json.dumps(api_server.named(user))
    text = (project.folder / "jobs" / f"{job}.yaml").read_text(encoding="utf-8")
    if "\n  kubernetes:\n" in text:
        project.edit(f"{job}.yaml", "\n  kubernetes:\n", f"\n  kubernetes:\n    cluster: {given}\n")
    else:
        project.edit(f"{job}.yaml", "\n  tags:", f"\n  kubernetes: {{cluster: {given}}}\n  tags:")
    project.generate()
    return project.root(f"{job}/prod")


def labels(project: Project, api_server: Cluster, root: Path) -> dict[str, dict[str, str]]:
    """The labels that the server has of every object of a root, by address."""
    return {
        f"{found['type']}.{found['name']}": api_server.stored(
            found["type"], instance["attributes"]
        )["metadata"].get("labels", {})
        for found in project.state(root)["resources"]
        if found["mode"] == "managed" and found["type"].startswith("kubernetes_")
        for instance in found["instances"]
    }


def runs_of(api_server: Cluster, project: Project, root: Path) -> dict[str, Any]:
    """The template of the jobs that a root's cron job starts."""
    (cron,) = [
        instance["attributes"]
        for found in project.state(root)["resources"]
        if found["type"] == "kubernetes_cron_job_v1"
        for instance in found["instances"]
    ]
    template: dict[str, Any] = api_server.stored("kubernetes_cron_job_v1", cron)["spec"][
        "jobTemplate"
    ]
    return template


def namespace_of(project: Project, root: Path) -> str:
    """The namespace that the output of a root names."""
    found: str = json.loads(project.terraform(root, "output", "-json", "namespace").stdout)
    return found


def admitted(api_server: Cluster, namespace: str, pod: dict[str, Any]) -> Answer:
    """What the server says to a pod, without making it."""
    meta = {**pod["metadata"], "generateName": "try-"}
    body = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": pod["spec"]}
    return api_server.ask("POST", _PODS.format(namespace) + _DRY, body)


@pytest.mark.deep
@pytest.mark.parametrize(("job", "named", "size"), [INTERCOM, ZENDESK], ids=["cron", "airflow"])
def test_life_of_a_root(
    api_server: Cluster, project: Project, job: str, named: str, size: str
) -> None:
    """A root applies and leaves nothing to do; every object has all tags as labels; its pods are
    admitted as restricted ones; size and tags change in place; a retired job goes with its
    namespace.
    """
    root = add(project, api_server, job, named)
    project.apply(root)
    wanted = project.wanted(f"{job}.yaml")
    told = labels(project, api_server, root)
    assert len(told) >= 6
    assert {
        name: found for name, found in told.items() if not wanted.items() <= found.items()
    } == {}

    outputs = json.loads(project.terraform(root, "output", "-json").stdout)
    namespace = outputs["namespace"]["value"]
    template = runs_of(api_server, project, root)
    assert admitted(api_server, namespace, template["spec"]["template"]).status == 201
    run = {"metadata": {**template["metadata"], "name": "by-hand"}, "spec": template["spec"]}
    assert api_server.ask("POST", _JOBS.format(namespace) + _DRY, run).status == 201
    if "airflow_kubernetes_config" in outputs:
        pod = outputs["airflow_kubernetes_config"]["value"]["pod_template_dict"]
        assert admitted(api_server, namespace, pod).status == 201

    project.edit(f"{job}.yaml", size, "memory: 2Gi")
    project.edit(f"{job}.yaml", "tags: {", "tags: {review: yearly, ")
    project.generate()
    assert {tuple(each) for each in project.changes(root).values()} == {("update",)}
    project.apply(root)
    wanted = project.wanted(f"{job}.yaml")
    assert "yearly" in wanted.values()
    told = labels(project, api_server, root)
    assert {
        name: found for name, found in told.items() if not wanted.items() <= found.items()
    } == {}
    project.edit(f"{job}.yaml", "tags: {review: yearly, ", "tags: {")
    project.generate()
    project.apply(root)
    told = labels(project, api_server, root)
    assert [name for name, found in told.items() if "yearly" in found.values()] == []

    project.retire(f"{job}.yaml", root)
    assert project.state(root)["resources"] == []
    assert api_server.ask("GET", f"/api/v1/namespaces/{namespace}").status == 404


@pytest.mark.deep
def test_each_part_of_a_run_has_its_own_retries(api_server: Cluster, project: Project) -> None:
    """Of a run with two parts both fail once, and both are tried again: one retry is one for each.
    The retries of parts are fixed once made, so that a change replaces the cron job.
    """
    job, named, _ = INTERCOM
    root = add(project, api_server, job, named)
    project.edit(f"{job}.yaml", "max_retries: 2", "max_retries: 1")
    project.generate()
    project.apply(root)
    template = runs_of(api_server, project, root)
    namespace = namespace_of(project, root)
    body = {"metadata": {**template["metadata"], "name": "run"}, "spec": template["spec"]}
    api_server.made(_JOBS.format(namespace), body)

    def pods() -> list[dict[str, Any]]:
        path = _PODS.format(namespace) + "?labelSelector=job-name%3Drun"
        found: list[dict[str, Any]] = api_server.ask("GET", path).body["items"]
        return found

    api_server.until(lambda: len(pods()) == 2)
    for pod in pods():
        path = f"{_PODS.format(namespace)}/{pod['metadata']['name']}/status"
        assert api_server.ask("PATCH", path, {"status": {"phase": "Failed"}}).status == 200
    index = "batch.kubernetes.io/job-completion-index"
    api_server.until(
        lambda: sorted(
            pod["metadata"]["annotations"][index]
            for pod in pods()
            if pod["status"]["phase"] == "Pending"
        )
        == ["0", "1"]
    )
    status = api_server.ask("GET", f"{_JOBS.format(namespace)}/run").body["status"]
    assert [one["type"] for one in status.get("conditions", [])] == []

    project.edit(f"{job}.yaml", "max_retries: 1", "max_retries: 2")
    project.generate()
    cron = 'module.job.kubernetes_cron_job_v1.this["job"]'
    assert project.changes(root) == {cron: ["delete", "create"]}
    project.terraform(root, "destroy", "-auto-approve", "-input=false")


@pytest.mark.deep
@pytest.mark.parametrize(
    ("key", "value"),
    [("job-name", "x"), ("batch.kubernetes.io/controller-uid", "x")],
)
def test_labels_of_the_job_controller(
    api_server: Cluster, project: Project, key: str, value: str
) -> None:
    """Why they are refused: the server keeps a cron job with them, and takes no job of it."""
    job, named, _ = INTERCOM
    root = add(project, api_server, job, named)
    project.apply(root)
    template, namespace = runs_of(api_server, project, root), namespace_of(project, root)
    template["spec"]["template"]["metadata"]["labels"][key] = value
    run = {"metadata": {"name": "by-hand"}, "spec": template["spec"]}
    answer = api_server.ask("POST", _JOBS.format(namespace) + _DRY, run)
    assert (answer.status, f"labels[{key}]" in answer.message) == (422, True)
    project.terraform(root, "destroy", "-auto-approve", "-input=false")


@pytest.mark.deep
# What a job names and is not there, or may not be touched; what whoever runs Terraform reads.
def test_what_is_not_there(api_server: Cluster, project: Project) -> None:
    """A missing namespace stops the apply; a missing account is told by the pods alone."""
    job, named, _ = INTERCOM
    root = add(project, api_server, job, named)
    name = "  kubernetes:\n"
    project.edit(f"{job}.yaml", name, f"{name}    namespace: etl-shared\n")
    project.generate()
    project.terraform(root, "init", "-input=false")
    said = project.terraform(root, "apply", "-auto-approve", "-input=false", expect=1).stderr
    assert 'namespaces "etl-shared" not found' in said

    api_server.namespace("etl-shared")
    identity = r"    identity: \S+\n"
    project.put(f"{job}.yaml", identity, "")
    namespace = "    namespace: etl-shared\n"
    project.edit(f"{job}.yaml", namespace, f"{namespace}    service_account: runner\n")
    project.generate()
    project.apply(root)
    pod = runs_of(api_server, project, root)["spec"]["template"]
    answer = admitted(api_server, "etl-shared", pod)
    assert answer.status == 403
    assert answer.message.endswith(
        'error looking up service account etl-shared/runner: serviceaccount "runner" not found'
    )
    account = {"metadata": {"name": "runner"}}
    api_server.made("/api/v1/namespaces/etl-shared/serviceaccounts", account)
    assert admitted(api_server, "etl-shared", pod).status == 201
    project.terraform(root, "destroy", "-auto-approve", "-input=false")
    assert api_server.ask("GET", "/api/v1/namespaces/etl-shared").status == 200


@pytest.mark.deep
def test_without_rights(api_server: Cluster, project: Project) -> None:
    """Whoever may do nothing reads what is missing, at the apply."""
    job, named, _ = ZENDESK
    root = add(project, api_server, job, named, NOBODY)
    project.terraform(root, "init", "-input=false")
    said = project.terraform(root, "apply", "-auto-approve", "-input=false", expect=1).stderr
    text = " ".join(said.replace("│", " ").split())
    assert f'User "{NOBODY}" cannot create resource "namespaces" in API group ""' in text
