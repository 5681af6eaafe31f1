"""Says what the tasks of some DAGs would start: `run_airflow.py LAUNCHER=FOLDER ...`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Any
from unittest.mock import MagicMock, patch

import kubernetes
from airflow.dag_processing.dagbag import DagBag
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk.definitions.mappedoperator import MappedOperator
from fakes import Calls, Ecs, container_apps
from loading import answer, load

INSTANCE = MagicMock(dag_id="d", task_id="run", run_id="r", try_number=1, map_index=-1)
DAY = {"ds": "2026-03-02", "x": "rendered"}


def given(task: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """What the operator has of each setting, once its templates are rendered."""
    if isinstance(task, MappedOperator):
        return {
            "settings": {name: task.partial_kwargs.get(name) for name in settings},
            "expanded": dict(task.expand_input.value),
        }
    task.render_template_fields(dict(DAY))
    return {"settings": {name: getattr(task, name, None) for name in settings}}


def ecs(task: Any) -> dict[str, Any]:
    """The requests of one run."""
    calls: Calls = []
    client = Ecs(calls, [0], reattaching=True)("ecs", region_name=task.region_name)
    context = {"ti": INSTANCE}
    with (
        patch.object(EcsRunTaskOperator, "client", client),
        patch.object(EcsRunTaskOperator, "_get_task_log_fetcher", MagicMock()),
        patch("time.sleep"),
    ):
        task.execute(context)
    return {"calls": calls}


def pod(task: Any) -> dict[str, Any]:
    """The pod of one run."""
    with patch.object(type(task), "hook", MagicMock(is_in_cluster=False)):
        made = task.build_pod_request_obj({**DAY, "ti": INSTANCE, "run_id": "r", "dag": task.dag})
    return {"pod": kubernetes.client.ApiClient().sanitize_for_serialization(made)}


def step(task: Any) -> dict[str, Any]:
    """What becomes of a running step when its task is killed."""
    emr = MagicMock()
    name = task.steps[0]["Name"]
    steps = [{"Id": "s-1", "Name": name}, {"Id": "s-2", "Name": "another job"}]
    emr.list_steps.return_value = {"Steps": steps}
    with patch.object(type(task), "hook", MagicMock(conn=emr)):
        task.on_kill()
    return {"cancelled": emr.cancel_steps.call_args.kwargs}


def function(task: Any) -> dict[str, Any]:
    """The requests of two runs on Azure, the second of which fails."""
    runs = []
    for states in (["Running", "Succeeded"], ["Processing", "Failed"]):
        calls: Calls = []
        with ExitStack() as stack:
            client = container_apps(calls, states)
            names = task.python_callable.__globals__
            stack.enter_context(patch.dict(names, ContainerAppsAPIClient=client))
            stack.enter_context(patch.dict(names, DefaultAzureCredential=MagicMock))
            stack.enter_context(patch("time.sleep"))
            error = ""
            try:
                task.python_callable()
            except RuntimeError as failure:
                error = str(failure)
        runs.append({"calls": calls, "error": error})
    return {"runs": runs}


MORE = {
    "ecs": ecs,
    "kubernetes": pod,
    "gke": pod,
    "emr": step,
    "container-apps": function,
}


def look(launcher: str, folder: str) -> dict[str, Any]:
    """What the task has, and where it can be told, what it does."""
    (dag,) = DagBag(dag_folder=folder).dags.values()
    (task,) = dag.tasks
    module = load(folder, "airflow_dag.py")
    found = given(task, module.settings())
    return found | (MORE[launcher](task) if launcher in MORE else {})


if __name__ == "__main__":
    pairs = [argument.partition("=") for argument in sys.argv[1:]]
    answer({launcher: look(launcher, folder) for launcher, _, folder in pairs})
