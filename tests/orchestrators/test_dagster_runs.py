"""A run in Dagster asks the cloud for what the module said, and tells how that ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.orchestrators.conftest import Inside, Roots

pytestmark = [pytest.mark.terraform, pytest.mark.orchestrators, pytest.mark.xdist_group("dagster")]

# How a run ends, and the root that it is a run of.
RUNS = {
    "ecs": "ecs",
    "ecs-copies": "ecs-copies",
    "ecs-failing": "ecs-copies",
    "cloud-run": "cloud-run",
    "cloud-run-failing": "cloud-run",
    "databricks": "databricks",
    "databricks-failing": "databricks",
    "k8s": "kubernetes-copies",
    "container-apps": "container-apps",
    "container-apps-failing": "container-apps",
    "lambda": "lambda",
    "lambda-failing": "lambda",
}


class Ran:
    """What one run asked for, and the settings that it did so with."""

    def __init__(self, found: dict[str, Any], settings: Any) -> None:
        self.success: bool = found["success"]
        self.run: str = found["run"]
        self.errors = " ".join(found["errors"])
        self.calls = [(name, given) for name, given in found["calls"]]
        self.settings = settings

    def asked(self, name: str) -> list[Any]:
        """The arguments of every call of that name."""
        return [given for called, given in self.calls if called == name]


@pytest.fixture(scope="module")
def runs(roots: Roots, inside: Inside) -> dict[str, Ran]:
    """Every run of ``RUNS``."""
    folders = {how: roots(launcher, "dagster") for how, launcher in RUNS.items()}
    found = inside("run_dagster.py", *(f"{how}={folder}" for how, folder in folders.items()))
    return {how: Ran(found[how], _settings(folder)) for how, folder in folders.items()}


def _settings(folder: Path) -> Any:
    outputs = json.loads((folder / "outputs.json").read_text(encoding="utf-8"))
    ((_, output),) = [pair for pair in outputs.items() if pair[0].startswith("dagster_")]
    return output["value"]


def test_they_end_as_the_cloud_says(runs: dict[str, Ran]) -> None:
    """A run succeeds just where what it started does."""
    failed = {how for how, ran in runs.items() if not ran.success}

    assert failed == {how for how in RUNS if how.endswith("-failing")}


@pytest.mark.parametrize(("how", "copies"), [("ecs", 1), ("ecs-copies", 3)])
def test_ecs(runs: dict[str, Ran], how: str, copies: int) -> None:
    """Each copy is a task of the module's definition, in its network, with its number."""
    ran = runs[how]

    assert ran.asked("client") == [{"service": "ecs", "region": "eu-central-1"}]
    started = ran.asked("RunTask")
    assert len(started) == copies
    for index, given in enumerate(started):
        (override,) = given.pop("overrides")["containerOverrides"]
        assert override["name"] == ran.settings["container_name"]
        numbers = {"TASK_INDEX": str(index), "TASK_COUNT": str(copies)}
        assert {one["name"]: one["value"] for one in override["environment"]} == numbers
        assert given.pop("clientToken") == f"{ran.run}-0-{index}"
        assert given.pop("startedBy") == f"{ran.run}-0"
        definition = ran.settings["task_definition"]
        wanted = {**ran.settings["run_task_kwargs"], "taskDefinition": definition, "count": 1}
        assert given == wanted
    assert ran.asked("StopTask") == []


def test_ecs_leaves_nothing_behind(runs: dict[str, Ran]) -> None:
    """Where one copy fails, the others are stopped and the exit code is told."""
    ran = runs["ecs-failing"]

    assert len(ran.asked("StopTask")) == 3
    assert "137" in ran.errors


def test_cloud_run(runs: dict[str, Ran]) -> None:
    """The module's job is run, and waited for as long as it may take."""
    ran = runs["cloud-run"]

    location = f"projects/{ran.settings['project']}/locations/{ran.settings['region']}"
    assert ran.asked("run_job") == [f"{location}/jobs/{ran.settings['job_name']}"]
    assert ran.asked("result") == [3600 + 900]
    assert "2 of 3 tasks failed" in runs["cloud-run-failing"].errors


def test_kubernetes(runs: dict[str, Ran]) -> None:
    """A job with the pods of the module's cron job: image, variables, secrets, limits, rights."""
    ran = runs["k8s"]
    config = ran.settings["run_k8s_config"]

    assert ran.asked("login") == ["in cluster"]
    (made,) = ran.asked("create_namespaced_job")
    job = made["job"]["spec"]
    assert made["namespace"] == ran.settings["namespace"]
    assert (job["parallelism"], job["completions"], job["completionMode"]) == (2, 2, "Indexed")
    # Each part has retries of its own; the limit of all together is out of the way.
    assert (job["backoffLimit"], job["backoffLimitPerIndex"]) == (2**31 - 1, 0)
    assert job["activeDeadlineSeconds"] == ran.settings["timeout"]
    pod = job["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["serviceAccountName"] == ran.settings["service_account_name"]
    assert container["image"] == ran.settings["image"]
    assert [*container.get("command", []), *container.get("args", [])] == (
        ran.settings["command"] + ran.settings["args"]
    )
    for name in ("resources", "securityContext", "volumeMounts"):
        assert container[name] == config["container_config"][name]
    assert all(one in container["env"] for one in config["container_config"]["env"])
    assert pod["securityContext"] == config["pod_spec_config"]["securityContext"]
    assert pod["automountServiceAccountToken"] is False
    labels = config["pod_template_spec_metadata"]["labels"]
    assert labels.items() <= job["template"]["metadata"]["labels"].items()
    assert ran.asked("wait") == [{"pods": 2, "timeout": ran.settings["timeout"] + 900}]


def test_databricks(runs: dict[str, Ran]) -> None:
    """The module's job is run once, and what a run came to is looked at."""
    ran = runs["databricks"]

    (asked,) = ran.asked("run_now")
    assert asked["job_id"] == ran.settings["databricks_job_id"]
    assert asked["idempotency_token"] == f"{ran.run}-0"
    assert "FAILED" in runs["databricks-failing"].errors


def test_container_apps(runs: dict[str, Ran]) -> None:
    """The module's job is started, and looked at until it has ended."""
    ran = runs["container-apps"]
    location = [ran.settings["resource_group_name"], ran.settings["job_name"]]

    assert ran.asked("client") == [ran.settings["subscription_id"]]
    assert ran.asked("begin_start") == [location]
    assert ran.asked("begin_stop_execution") == []
    assert "run-1 ended: FAILED" in runs["container-apps-failing"].errors


def test_lambda(runs: dict[str, Ran]) -> None:
    """The module's function is invoked once, with a connection that outlasts it."""
    ran = runs["lambda"]

    (client,) = ran.asked("client")
    assert client == {"region": "us-east-1", "read_timeout": ran.settings["read_timeout_seconds"]}
    (asked,) = ran.asked("Invoke")
    assert asked["FunctionName"] == ran.settings["function_name"]
    assert "Unhandled" in runs["lambda-failing"].errors
