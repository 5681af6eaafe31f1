"""The real Dagster and Airflow load the files beside the roots, with outputs of a real apply."""

from __future__ import annotations

import pytest

from tests.orchestrators.conftest import Inside, Roots
from tests.orchestrators.jobs import STARTED

pytestmark = [pytest.mark.terraform, pytest.mark.orchestrators]

DAGSTER = [name for name, one in STARTED.items() if "dagster" in one.tools]
OPERATORS = {
    "ecs": "EcsRunTaskOperator",
    "ecs-copies": "EcsRunTaskOperator",
    "cloud-run": "CloudRunExecuteJobOperator",
    "container-apps": "@task",
    "kubernetes": "KubernetesPodOperator",
    "kubernetes-copies": "KubernetesPodOperator",
    "gke": "GKEStartPodOperator",
    "lambda": "LambdaInvokeFunctionOperator",
    "databricks": "DatabricksRunNowOperator",
    "emr": "Step",
}


def test_dagster(roots: Roots, inside: Inside) -> None:
    """Every job resolves, with its schedule in its own time zone, its limit and its retries."""
    folders = {name: roots(name, "dagster") for name in DAGSTER}
    found = inside("in_dagster.py", *folders.values())

    for name, folder in folders.items():
        one = found[str(folder)]
        job = f"acme__{name.replace('-', '_')}_dagster__prod"
        assert one["job"] == job
        (schedule,) = one["schedules"]
        assert schedule == {
            "name": f"{job}__schedule",
            "cron": "30 4 * * 1-5",
            "timezone": "Europe/Berlin",
            "status": "RUNNING",
            "ticks": ["2026-03-02T04:30:00+01:00", "2026-03-03T04:30:00+01:00"],
        }
        assert one["tags"]["tenant"] == "acme"
        assert one["launcher"] == [], name
        assert one["metadata"]["job_file"] == f"jobs/{name}-dagster.yaml"
    assert found[str(folders["ecs"])]["retries"] == 2
    assert found[str(folders["ecs"])]["tags"]["dagster/max_runtime"] == str(3 * (7200 + 960))
    assert found[str(folders["cloud-run"])]["retries"] == 0


def test_airflow(roots: Roots, inside: Inside) -> None:
    """Every file gives one DAG without import errors, with its schedule, limit and retries."""
    folders = {name: roots(name, "airflow") for name in OPERATORS}
    found = inside("in_airflow.py", *folders.values())

    for name, folder in folders.items():
        one = found[str(folder)]
        assert one["errors"] == [], name
        assert (one["dag"], one["task"]) == (f"acme.{name}-airflow.prod", "run")
        assert (one["paused"], one["catchup"], one["active"]) == (False, False, 1)
        assert one["next"] == ["2026-03-02T03:30:00+00:00", "2026-03-03T03:30:00+00:00"]
        assert one["operator"] == OPERATORS[name]
        assert one["mapped"] == name.endswith("-copies")
        assert {"tenant:acme", "environment:prod"} <= set(one["tags"])
    ecs = found[str(folders["ecs"])]
    assert (ecs["retries"], ecs["limit"]) == (2, 7200)
    assert found[str(folders["cloud-run"])]["limit"] == 3600 + 900


def test_without_outputs(roots: Roots, inside: Inside) -> None:
    """Before the first apply both say which file is missing and how to write it."""
    folder = roots("ecs", "airflow")
    (folder / "outputs.json").unlink()

    (error,) = inside("in_airflow.py", folder)[str(folder)]["errors"]

    assert f"{folder}/outputs.json is missing: after apply, run `terraform output -json" in error
