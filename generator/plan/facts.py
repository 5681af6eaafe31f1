"""What a person wants to know first about a root, for the table at the head of its README."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plan.providers import CLOUDS

if TYPE_CHECKING:
    from generator.job.infrastructure import Runtime as RuntimeFields
    from generator.job.job import Job
    from generator.job.loaded import LoadedJob
    from generator.plan.runtimes.runtime import Runtime
    from generator.tags.tag_set import TagSet


def facts_of(loaded: LoadedJob, runtime: Runtime, tags: TagSet) -> dict[str, str]:
    """Label to text, in reading order; what is not known is left out.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
        tags: the merged tags, for owner, team and cost centre.
    """
    job = loaded.job
    infrastructure = job.infrastructure
    account = infrastructure.account
    where = account.account_id or account.project_id or account.subscription_id
    facts = {
        "Owner": tags.value_of("owner"),
        "Team": tags.value_of("team"),
        "Cost center": tags.value_of("cost_center"),
        "Data": _data(job),
        "Cloud": f"{CLOUDS[infrastructure.provider].title}, {infrastructure.region}",
        "Account": where,
        "Runs on": f"{runtime.title}, {_size(infrastructure.runtime)}",
        "Schedule": _schedule(job),
        "Classification": tags.value_of("data_classification"),
    }
    return {label: text for label, text in facts.items() if text}


def _data(job: Job) -> str | None:
    if job.source_connector and job.target_connector:
        return f"{job.source_connector} to {job.target_connector}" + (
            f": {job.asset}" if job.asset else ""
        )
    return job.asset


def _size(runtime: RuntimeFields) -> str:
    memory = f"{runtime.memory / 1024:g} GiB" if runtime.memory >= 1024 else f"{runtime.memory} MiB"
    return f"{runtime.cpu:g} vCPU, {memory}"


def _schedule(job: Job) -> str:
    orchestrator = job.infrastructure.orchestrator.type
    if job.infrastructure.runtime.scaling.min > 0:
        return "always running"
    if orchestrator != "none":
        started = f", at {job.schedule.cron} {job.schedule.timezone}" if job.schedule else ""
        return f"started by {orchestrator.capitalize()}{started}"
    if job.schedule is None:
        return "started by hand"
    paused = "" if job.schedule.enabled else ", paused"
    return f"{job.schedule.cron} {job.schedule.timezone}{paused}"
