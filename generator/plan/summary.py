"""What a person wants to know first about a root, for the table at the head of its README."""

from __future__ import annotations

from collections.abc import Iterator

from generator.job.budgets import BILLING
from generator.job.loaded import LoadedJob
from generator.model.account import Account
from generator.model.infrastructure import Infrastructure
from generator.model.job import Job
from generator.model.runtime import Runtime
from generator.model.variables import finish
from generator.plan.runtimes.buckets import of_data
from generator.plan.runtimes.runtime import RuntimeSpec, honoured
from generator.tags.rules import TAG_RULES
from generator.tags.tag_set import TagSet


def summary_of(loaded: LoadedJob, runtime: RuntimeSpec, tags: TagSet) -> dict[str, str]:
    """Label to text, in reading order; what is not known is left out.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
        tags: the merged tags, for owner, team and classification.
    """
    job = loaded.job
    infrastructure = job.infrastructure
    account = infrastructure.account
    account_id = account.account_id or account.project_id or account.subscription_id
    rows = {
        "Owner": tags.value_of("owner"),
        "Team": tags.value_of("team"),
        "Data": data_of(loaded),
        "Cloud": f"{TAG_RULES[infrastructure.provider].title}, {infrastructure.region}",
        "Account": account_id,
        "Acts as": _acts_as(account),
        "Runs on": ", ".join(_runs_on(runtime, infrastructure)),
        "Buckets": ", ".join(_buckets(loaded, runtime)),
        "Schedule": "" if runtime.type == BILLING else _schedule(job),
        "Classification": tags.value_of("data_classification"),
    }
    return {label: text for label, text in rows.items() if text}


def _acts_as(account: Account) -> str | None:
    """Whom the provider makes itself, the last of a chain; None where it is who applies."""
    if account.assume_role:
        return account.assume_role[-1].role_arn
    return account.impersonate_service_account or account.client_id


def _buckets(loaded: LoadedJob, runtime: RuntimeSpec) -> Iterator[str]:
    """Where the job reads and writes data, and its state, each with its prefix."""
    storage = loaded.job.infrastructure.storage
    data = honoured(runtime.honours, "storage.data_bucket")
    for name, prefix, _ in of_data(loaded) if data else ():
        yield f"{name}/{prefix.strip('/')}".rstrip("/")
    if storage.state_bucket is not None:
        yield f"{storage.state_bucket}/{storage.state_prefix.strip('/')}".rstrip("/") + " (state)"


def data_of(loaded: LoadedJob) -> str:
    """Which data goes from where to where; empty where the job does not say.

    Args:
        loaded: the job.

    Raises:
        InputError: a text holds a name that nothing defines.
    """
    job = loaded.job

    def final(field: str) -> str:
        return finish(getattr(job, field) or "", lambda: loaded.locations.location((field,)))

    source, target, asset = map(final, ("source_connector", "target_connector", "asset"))
    if source and target:
        return f"{source} to {target}" + (f": {asset}" if asset else "")
    return asset


def _runs_on(runtime: RuntimeSpec, infrastructure: Infrastructure) -> Iterator[str]:
    """The runtime and its size; a cluster that is known by its address is none of the cloud's."""
    other = infrastructure.kubernetes.cluster is not None
    yield runtime.title.partition(" (")[0] if other else runtime.title
    yield from _size(runtime, infrastructure.runtime)


def _size(runtime: RuntimeSpec, fields: Runtime) -> Iterator[str]:
    """The size as far as the runtime has such fields, set or by default."""
    if "runtime.cpu" in runtime.honours:
        yield f"{fields.cpu:g} vCPU"
    if "runtime.memory" in runtime.honours:
        yield f"{fields.memory / 1024:g} GiB" if fields.memory >= 1024 else f"{fields.memory} MiB"
    nodes = fields.nodes
    if nodes.instance_type is not None:
        bounds = nodes.autoscaling
        many = f"{bounds.min} to {bounds.max}" if bounds else f"{nodes.count or 1}"
        yield f"{many} nodes {nodes.instance_type}" if many != "1" else f"1 {nodes.instance_type}"


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
