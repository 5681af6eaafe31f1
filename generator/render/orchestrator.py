"""The Python file of an orchestrator, beside a root.

Templates hold what all jobs have in common, laid out as black leaves it; what is a job's own
stands in constants at the head of the file, which ``python`` writes.
"""

from __future__ import annotations

from generator.plan.orchestration import Orchestration
from generator.render.python import Plain, assignments
from generator.text.characters import in_line

# Until a machine is found and the image is there: what a run may take beyond its own limit.
START_SECONDS = 900
POLL_SECONDS = 15
RETRY_SECONDS = 60


def template_of(plan: Orchestration) -> str:
    """The template of the file, without its ending: one for each tool and launcher."""
    launcher = "kubernetes" if plan.launcher == "gke" else plan.launcher
    return f"{plan.tool}/{launcher}.py"


def constants_of(plan: Orchestration, job_file: str) -> str:
    """The constants at the head of the file.

    Args:
        plan: what the orchestrator needs to know.
        job_file: the file to edit.
    """
    named: dict[str, Plain] = {"description": plan.description}
    if plan.timetable:
        named |= {"cron": plan.timetable.cron, "timezone": plan.timetable.timezone}
    own = _dagster(plan, job_file) if plan.tool == "dagster" else _airflow(plan)
    return assignments([(name.upper(), value) for name, value in (own[0] | named | own[1]).items()])


def _dagster(plan: Orchestration, job_file: str) -> tuple[dict[str, Plain], dict[str, Plain]]:
    tags: dict[str, Plain] = dict(plan.tags)
    if plan.timeout_seconds is not None:
        longest = plan.timeout_seconds + START_SECONDS + RETRY_SECONDS
        tags["dagster/max_runtime"] = str(longest * (plan.retries + 1))
    metadata: dict[str, Plain] = {"job_file": in_line(job_file)}
    if plan.owner:
        metadata["owner"] = plan.owner
    rest: dict[str, Plain] = {"tags": tags, "metadata": metadata, **_limits(plan)}
    if plan.retries:
        rest |= {"retries": plan.retries, "retry_seconds": RETRY_SECONDS}
    if plan.launcher == "ecs":
        rest["copies"] = plan.copies
    if plan.launcher in ("ecs", "container_apps"):
        rest["poll_seconds"] = POLL_SECONDS
    return {"job": plan.name}, {**rest, **_running(plan), "output": plan.output}


def _airflow(plan: Orchestration) -> tuple[dict[str, Plain], dict[str, Plain]]:
    rest: dict[str, Plain] = {
        "owner": plan.owner or "airflow",
        "tags": [f"{name}:{value}" for name, value in plan.tags.items()],
        **_limits(plan),
        "retries": plan.retries,
    }
    if plan.copies > 1 and plan.launcher in ("ecs", "kubernetes", "gke"):
        rest["copies"] = plan.copies
    if plan.launcher in ("container_apps", "emr"):
        rest["poll_seconds"] = POLL_SECONDS
    return {"dag_id": plan.name}, {**rest, **_running(plan), "output": plan.output}


def _limits(plan: Orchestration) -> dict[str, Plain]:
    """How long a run may take, and how long until it starts where that does not count."""
    if plan.timeout_seconds is None:
        return {}
    limits: dict[str, Plain] = {"timeout_seconds": plan.timeout_seconds}
    return limits if plan.launcher == "ecs" else {**limits, "start_seconds": START_SECONDS}


def _running(plan: Orchestration) -> dict[str, Plain]:
    """The states of an execution of Azure Container Apps that has not ended."""
    if plan.launcher != "container_apps":
        return {}
    return {"running": ["Running", "Processing", "Unknown"]}
