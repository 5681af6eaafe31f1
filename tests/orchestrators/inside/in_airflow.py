"""Says what Airflow makes of the files of some roots: `in_airflow.py FOLDER ...`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DataInterval, TimeRestriction
from loading import answer

AT = datetime(2026, 3, 1, tzinfo=UTC)


def look(folder: str) -> dict[str, Any]:
    """The DAG, as the processor of DAGs finds it and the scheduler reads it."""
    bag = DagBag(dag_folder=folder, safe_mode=True)
    if bag.import_errors:
        return {"errors": list(bag.import_errors.values())}
    (dag,) = bag.dags.values()
    (task,) = dag.tasks
    read = DagSerialization.from_dict(DagSerialization.to_dict(dag))
    return {
        "errors": [],
        "dag": dag.dag_id,
        "description": dag.description,
        "tags": sorted(dag.tags),
        "paused": dag.is_paused_upon_creation,
        "catchup": dag.catchup,
        "active": dag.max_active_runs,
        "next": [moment.isoformat() for moment in runs(read.timetable)],
        "task": task.task_id,
        "operator": task.operator_name,
        **limits(task),
    }


def limits(task: Any) -> dict[str, Any]:
    """How the task is run; a mapped one says it in other places."""
    partial = getattr(task, "partial_kwargs", {})
    return {
        "mapped": bool(partial),
        "owner": task.owner,
        "retries": task.retries,
        "limit": task.execution_timeout.total_seconds() if task.execution_timeout else None,
    }


def runs(timetable: Any) -> list[datetime]:
    """When the scheduler starts the first two runs from the first of March 2026 on."""
    found: list[datetime] = []
    last = None
    for _ in range(2):
        info = timetable.next_dagrun_info(
            last_automated_data_interval=last,
            restriction=TimeRestriction(earliest=AT, latest=None, catchup=True),
        )
        if info is None:
            break
        found.append(info.run_after)
        last = DataInterval(info.data_interval.start, info.data_interval.end)
    return found


if __name__ == "__main__":
    answer({folder: look(folder) for folder in sys.argv[1:]})
