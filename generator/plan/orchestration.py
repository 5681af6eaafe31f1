"""Who else than the cloud starts runs, and how, decided to the last word."""

from __future__ import annotations

from typing import NamedTuple


class Timetable(NamedTuple):
    """When an orchestrator starts runs: five fields of cron, an IANA time zone, or paused."""

    cron: str
    timezone: str
    enabled: bool


class Orchestration(NamedTuple):
    """What the orchestrator's Python file beside the root says.

    Attributes:
        tool: dagster or airflow.
        title: the same for people.
        file: its name.
        launcher: what starts a run: ecs, cloud_run, kubernetes ...
        output: the root's output with the launcher's settings.
        name: of the job in Dagster, of the DAG in Airflow; no other job's root has it.
        description: one line.
        timetable: None for runs that are started by hand.
        timeout_seconds: how long one try may take; None where the runtime has no such limit.
        retries: how often a failed run is tried again.
        copies: how many containers one run starts side by side.
        owner: who answers for the job, if it says so.
        tags: what people look for runs by.
    """

    tool: str
    title: str
    file: str
    launcher: str
    output: str
    name: str
    description: str
    timetable: Timetable | None
    timeout_seconds: int | None
    retries: int
    copies: int
    owner: str | None
    tags: dict[str, str]
