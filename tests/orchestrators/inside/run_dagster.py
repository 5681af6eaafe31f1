"""Runs jobs in Dagster on fake clouds: `run_dagster.py HOW=FOLDER ...`; says what was asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import Any
from unittest.mock import MagicMock, create_autospec, patch

import dagster as dg
import kubernetes
from azure import identity
from azure.mgmt import appcontainers
from databricks import sdk
from databricks.sdk.service import jobs as databricks_jobs
from fakes import Calls, Ecs, Lambda, container_apps
from google.cloud import run_v2
from loading import answer, load

Patches = list[Any]
# The package has the op under this name.
k8s_job_op: Any = import_module("dagster_k8s.ops.k8s_job_op")


def ecs(calls: Calls, codes: list[int]) -> Patches:
    """Tasks that end with these exit codes."""
    return [patch("boto3.client", Ecs(calls, codes))]


def cloud_run(calls: Calls, failed: int) -> Patches:
    """An execution of which so many tasks fail."""
    client = create_autospec(run_v2.JobsClient, instance=True)
    execution = run_v2.Execution(
        name="executions/x", task_count=3, failed_count=failed, succeeded_count=3 - failed
    )
    operation = MagicMock(metadata=execution)
    operation.result.side_effect = lambda timeout: calls.append(("result", timeout)) or execution

    def run_job(*, name: str) -> Any:
        calls.append(("run_job", name))
        return operation

    client.run_job.side_effect = run_job
    return [patch.object(run_v2, "JobsClient", lambda: client)]


def databricks(calls: Calls, state: str) -> Patches:
    """A run that comes to a state."""
    client = MagicMock()
    client.jobs = create_autospec(databricks_jobs.JobsAPI, instance=True)
    ended = databricks_jobs.Run(
        run_id=7,
        state=databricks_jobs.RunState(result_state=databricks_jobs.RunResultState(state)),
    )

    def run_now(**arguments: Any) -> Any:
        calls.append(("run_now", arguments))
        return sdk.service.jobs.Wait(
            lambda timeout, **_: calls.append(("result", timeout)) or ended, run_id=7
        )

    client.jobs.run_now.side_effect = run_now
    return [patch.object(sdk, "WorkspaceClient", lambda: client)]


def k8s(calls: Calls, _: Any) -> Patches:
    """A cluster that runs a job to its end."""
    client = MagicMock()

    def create(namespace: str, job: Any) -> None:
        plain = kubernetes.client.ApiClient().sanitize_for_serialization(job)
        calls.append(("create_namespaced_job", {"namespace": namespace, "job": plain}))

    client.batch_api.create_namespaced_job.side_effect = create
    client.wait_for_job_to_have_pods.return_value = [MagicMock()]
    client.wait_for_running_job_to_succeed.side_effect = lambda **given: calls.append(
        ("wait", {"pods": given["num_pods_to_wait_for"], "timeout": given["wait_timeout"]})
    )
    production = patch.object(
        k8s_job_op.DagsterKubernetesClient, "production_client", lambda: client
    )
    login = patch.object(
        kubernetes.config, "load_incluster_config", lambda: calls.append(("login", "in cluster"))
    )
    return [production, login, patch.object(kubernetes.watch, "Watch", _Silent)]


class _Silent:
    def stream(self, *_: Any, **__: Any) -> Any:
        return iter(())


def azure(calls: Calls, states: list[str]) -> Patches:
    """An execution that goes through the states."""
    client = container_apps(calls, states)
    return [
        patch.object(appcontainers, "ContainerAppsAPIClient", client),
        patch.object(identity, "DefaultAzureCredential", MagicMock),
    ]


def function(calls: Calls, error: bool) -> Patches:
    """A function that answers or fails."""
    return [patch("boto3.client", Lambda(calls, error))]


HOW: dict[str, tuple[Callable[[Calls, Any], Patches], Any]] = {
    "ecs": (ecs, [0]),
    "ecs-copies": (ecs, [0, 0, 0]),
    "ecs-failing": (ecs, [0, 137, 0]),
    "cloud-run": (cloud_run, 0),
    "cloud-run-failing": (cloud_run, 2),
    "databricks": (databricks, "SUCCESS"),
    "databricks-failing": (databricks, "FAILED"),
    "k8s": (k8s, None),
    "container-apps": (azure, ["Running", "Processing", "Succeeded"]),
    "container-apps-failing": (azure, ["Running", "Failed"]),
    "lambda": (function, False),
    "lambda-failing": (function, True),
}


def perform(how: str, folder: str) -> dict[str, Any]:
    """Run the job once, without waiting between looks."""
    make, outcome = HOW[how]
    calls: Calls = []
    with ExitStack() as stack:
        for one in make(calls, outcome):
            stack.enter_context(one)
        stack.enter_context(patch("time.sleep"))
        module = load(folder, "dagster_job.py")
        instance = stack.enter_context(dg.DagsterInstance.ephemeral())
        ended = module.defs.resolve_job_def(module.JOB).execute_in_process(
            instance=instance, raise_on_error=False
        )
    errors = [str(event.event_specific_data) for event in ended.all_events if event.is_failure]
    return {"success": ended.success, "calls": calls, "run": ended.run_id, "errors": errors}


if __name__ == "__main__":
    pairs = [argument.partition("=") for argument in sys.argv[1:]]
    answer({how: perform(how, folder) for how, _, folder in pairs})
