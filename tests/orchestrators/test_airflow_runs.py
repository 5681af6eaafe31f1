"""A task in Airflow starts what the module said, word for word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.orchestrators.conftest import Inside, Roots
from tests.orchestrators.jobs import STARTED

pytestmark = [pytest.mark.terraform, pytest.mark.orchestrators, pytest.mark.xdist_group("airflow")]

# Launchers whose settings are the operator's arguments.
ARGUMENTS = ["ecs", "cloud-run", "lambda", "databricks", "emr"]
Found = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def settings(roots: Roots) -> dict[str, Any]:
    """The settings of every root, as Terraform put them out."""
    found = {}
    for launcher in STARTED:
        text = (roots(launcher, "airflow") / "outputs.json").read_text(encoding="utf-8")
        ((_, output),) = [p for p in json.loads(text).items() if p[0].startswith("airflow_")]
        found[launcher] = output["value"]
    return found


@pytest.fixture(scope="module")
def found(roots: Roots, inside: Inside, settings: dict[str, Any]) -> Found:
    """What each root's task has and does."""
    pairs = [f"{launcher}={roots(launcher, 'airflow')}" for launcher in settings]
    answer: Found = inside("run_airflow.py", *pairs)
    return answer


@pytest.mark.parametrize("launcher", ARGUMENTS)
def test_settings_are_arguments(launcher: str, found: Found, settings: dict[str, Any]) -> None:
    """The operator has every setting, after its templates were rendered."""
    assert found[launcher]["settings"] == settings[launcher]


def test_ecs(found: Found, settings: dict[str, Any]) -> None:
    """A run is looked for, started in the module's network, and waited for."""
    config = settings["ecs"]
    calls = [(name, given) for name, given in found["ecs"]["calls"]]

    assert [name for name, _ in calls][:3] == ["client", "ListTasks", "RunTask"]
    assert calls[0][1]["region"] == config["region_name"]
    asked = calls[2][1]
    assert asked["taskDefinition"] == config["task_definition"]
    assert asked["networkConfiguration"] == config["network_configuration"]
    assert (asked["launchType"], asked["propagateTags"]) == ("FARGATE", "TASK_DEFINITION")


def test_copies(found: Found, settings: dict[str, Any]) -> None:
    """Several copies are several tasks, each with its number."""
    tasks = found["ecs-copies"]["expanded"]["overrides"]
    (numbers,) = zip(*(one["containerOverrides"] for one in tasks), strict=True)

    assert found["ecs-copies"]["settings"] == settings["ecs-copies"]
    assert [one["environment"][0]["value"] for one in numbers] == ["0", "1", "2"]
    pods = found["kubernetes-copies"]["expanded"]["env_vars"]
    assert [one["JOB_COMPLETION_INDEX"] for one in pods] == ["0", "1"]


@pytest.mark.parametrize("launcher", ["kubernetes", "gke"])
def test_pods(launcher: str, found: Found, settings: dict[str, Any]) -> None:
    """The pod is the module's: container, rights, limits and labels."""
    config, pod = settings[launcher], found[launcher]["pod"]
    wanted = config["pod_template_dict"]

    assert pod["metadata"]["namespace"] == config["namespace"]
    assert wanted["metadata"]["labels"].items() <= pod["metadata"]["labels"].items()
    (container,) = pod["spec"]["containers"]
    (template,) = wanted["spec"]["containers"]
    for name in ("image", "resources", "securityContext", "volumeMounts", "imagePullPolicy"):
        assert container[name] == template[name]
    assert all(one in container["env"] for one in template["env"])
    for name in ("serviceAccountName", "securityContext", "activeDeadlineSeconds", "volumes"):
        assert pod["spec"][name] == wanted["spec"][name]
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert pod["spec"]["restartPolicy"] == "Never"


def test_templates_are_text(found: Found) -> None:
    """What looks like a template of Airflow's, or like one's file, stands in the job as text."""
    (container,) = found["kubernetes"]["pod"]["spec"]["containers"]
    (step,) = found["emr"]["settings"]["steps"]

    variables = {one["name"]: one.get("value") for one in container["env"]}
    assert variables["ODD"] == "{{ ds }}.json\n"
    assert step["HadoopJarStep"]["Args"][-2:] == ["{{ x }}", "conf.json"]


def test_emr(found: Found, settings: dict[str, Any]) -> None:
    """A task that is killed cancels its step and no other."""
    cancelled = found["emr"]["cancelled"]

    assert cancelled["ClusterId"] == settings["emr"]["job_flow_id"]
    assert cancelled["StepIds"] == ["s-1"]


def test_container_apps(found: Found, settings: dict[str, Any]) -> None:
    """The module's job is started and looked at until it has ended."""
    config = settings["container-apps"]
    fine, failed = found["container-apps"]["runs"]

    calls = dict(fine["calls"])
    assert calls["client"] == config["subscription_id"]
    assert calls["begin_start"] == [config["resource_group_name"], config["job_name"]]
    assert (fine["error"], failed["error"]) == ("", "run-1 ended: FAILED")
