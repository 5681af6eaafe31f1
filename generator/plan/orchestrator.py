"""What an orchestrator needs to know of a job: names, times, limits; and what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import InputError, KeyPath, Problem
from generator.job.loaded import LoadedJob
from generator.model.variables import finish
from generator.modules.interface import Interface
from generator.plan.cron import normalise
from generator.plan.orchestration import Orchestration, Timetable
from generator.plan.runtimes.field import Input
from generator.plan.runtimes.runtime import Idle, RuntimeSpec
from generator.plan.summary import data_of
from generator.tags.tag_set import TagSet
from generator.text.patterns import lazy

TITLES = {"dagster": "Dagster", "airflow": "Airflow"}
FILES = {"dagster": "dagster_job.py", "airflow": "airflow_dag.py"}
# What the alarms of an unwatched runtime count.
_COUNTED = frozenset(("failed_runs", "run_seconds", "error_rate", "timeout_rate"))
# Concepts that people look for runs by, beside tenant and environment.
_FILTERS = ("team", "cost_center", "data_classification")
# Airflow: TagMixin.name is a string of 100 characters.
_LONGEST_TAG = 100
_DOUBTFUL = lazy(r"_|--|-$")


def launcher_output(loaded: LoadedJob, runtime: RuntimeSpec) -> str | None:
    """The output with the settings of the job's orchestrator; None without one.

    Raises:
        InputError: the orchestrator cannot start this runtime, or there are no runs to start.
    """
    tool = loaded.job.infrastructure.orchestrator.type
    if tool == "none":
        return None
    if problems := [idle.problem for idle in idle_fields(loaded, runtime)]:
        raise InputError(*problems)
    return runtime.launchers[tool]


def idle_fields(loaded: LoadedJob, runtime: RuntimeSpec) -> Iterator[Idle]:
    """What has no effect: an orchestrator that cannot start the runtime, or what it does itself.

    Args:
        loaded: the job.
        runtime: its row in the table of runtimes.
    """
    tool = loaded.job.infrastructure.orchestrator.type
    if tool == "none":
        return
    if tool not in runtime.launchers:
        offered = ", ".join(["none", *(name for name in TITLES if name in runtime.launchers)])
        message = f"{TITLES[tool]} starts no runs of {runtime.type} here"
        yield _idle(loaded, message, f"it takes: {offered}")
    yield from _refused(loaded, runtime, TITLES[tool])


def check_output(loaded: LoadedJob, output: str, interface: Interface | None, shown: str) -> None:
    """Whether the module, which may be the user's own, has the output.

    Raises:
        InputError: it has not.
    """
    if interface is not None and output not in interface.outputs:
        title = TITLES[loaded.job.infrastructure.orchestrator.type]
        message = f'the module {shown} has no output "{output}", which {title} starts runs with'
        raise InputError(_problem(loaded, message, "give it one like that of the shipped module"))


def own_inputs(loaded: LoadedJob, inputs: list[Input]) -> list[Input]:
    """The inputs without what the orchestrator does itself: it tries a failed run again.

    If both did, a run that cannot succeed would be tried as often as the product of the two.
    """
    if loaded.job.infrastructure.orchestrator.type == "none":
        return inputs
    return [given for given in inputs if given.name != "max_retries"]


def orchestration_of(loaded: LoadedJob, runtime: RuntimeSpec, tags: TagSet) -> Orchestration | None:
    """What the orchestrator's file says; None without an orchestrator.

    Args:
        loaded: the job, found right by ``launcher_output``.
        runtime: its row in the table of runtimes.
        tags: the merged tags, for owner and filters.
    """
    job = loaded.job
    tool, fields = job.infrastructure.orchestrator.type, job.infrastructure.runtime
    if tool == "none":
        return None
    output = runtime.launchers[tool]
    limited = "runtime.timeout_seconds" in runtime.honours
    found = {"tenant": job.tenant_id, "environment": job.environment}
    found |= {"region": loaded.region} if loaded.region else {}
    found |= {name: text for name in _FILTERS if (text := tags.value_of(name))}
    return Orchestration(
        tool=tool,
        title=TITLES[tool],
        file=FILES[tool],
        launcher=_launcher(output, tool, runtime),
        output=output,
        name=_NAMES[tool](job.tenant_id, job.name, loaded.stage),
        description=_description(loaded),
        timetable=_timetable(loaded),
        timeout_seconds=fields.timeout_seconds if limited else None,
        retries=fields.max_retries,
        copies=max(fields.scaling.max, 1),
        owner=tags.value_of("owner") or tags.value_of("team"),
        tags=found if tool == "dagster" else {name: _short(found, name) for name in found},
    )


def _refused(loaded: LoadedJob, runtime: RuntimeSpec, title: str) -> Iterator[Idle]:
    """What the job asks for and gets from nobody once the orchestrator starts its runs."""
    infrastructure = loaded.job.infrastructure
    if infrastructure.runtime.scaling.min > 0:
        hint = "set orchestrator.type to none, or scaling.min to 0"
        yield _idle(loaded, f"{title} has no runs of workers to start, they always run", hint)
        return
    alerts = infrastructure.monitoring.alerts
    if not runtime.unwatched or alerts is None or not infrastructure.monitoring.enabled:
        return
    at: KeyPath = ("infrastructure", "monitoring", "alerts")
    lost = sorted(_COUNTED & alerts.thresholds.model_fields_set)
    paths = [(*at, "thresholds", name) for name in lost]
    if alerts.thresholds.error_lines is None and alerts.records_field is None:
        paths = paths or [at]
    for path in paths:
        message = f'"{path[-1]}" has no effect on runs that {title} starts, which it watches itself'
        hint = f"remove it, and let {title} tell of failed runs"
        problem = Problem("no-effect", message, loaded.locations.location(path, True), hint)
        yield Idle(path[1:], message, problem)


def _idle(loaded: LoadedJob, message: str, hint: str) -> Idle:
    return Idle(("orchestrator", "type"), message, _problem(loaded, message, hint))


def _problem(loaded: LoadedJob, message: str, hint: str) -> Problem:
    location = loaded.locations.location(("infrastructure", "orchestrator", "type"))
    return Problem("orchestrator", message, location, hint)


def _launcher(output: str, tool: str, runtime: RuntimeSpec) -> str:
    """What kind of launcher the output is for, by its name: ``airflow_ecs_config`` is for ecs.

    On GKE Airflow logs in with its own connection to Google Cloud.
    """
    kind = output.removeprefix(f"{tool}_").removesuffix("_config")
    return "gke" if runtime.type == "gke" and kind == "kubernetes" else kind


def dag_id(*parts: str) -> str:
    """The id in Airflow of a tenant's job in an environment; no part of it has a dot."""
    return ".".join(parts)


def dagster_name(*parts: str) -> str:
    """The name in Dagster of a tenant's job in an environment: letters, digits, underscores.

    Hyphens become underscores. Where another triple could come to the same name, a hash tells
    them apart.
    """
    name = "__".join(parts).replace("-", "_")
    if not any(_DOUBTFUL.search(part) for part in parts):
        return name
    return f"{name}__{_hash(chr(0).join(parts))}"


_NAMES = {"dagster": dagster_name, "airflow": dag_id}


def _hash(text: str) -> str:
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _description(loaded: LoadedJob) -> str:
    job = loaded.job
    identity = f"The job {job.name} of tenant {job.tenant_id} in {loaded.stage}"
    return data_of(loaded) or identity


def _timetable(loaded: LoadedJob) -> Timetable | None:
    """The schedule, found right when the runtime's inputs were made."""
    schedule = loaded.job.schedule
    if schedule is None:
        return None

    def final(field: str) -> str:
        text: str = getattr(schedule, field)
        return finish(text, lambda: loaded.locations.location(("schedule", field)))

    return Timetable(normalise(final("cron")), final("timezone"), schedule.enabled)


def _short(found: dict[str, str], name: str) -> str:
    """A value that fits a tag of Airflow together with its name, a hash in place of the rest."""
    room, text = _LONGEST_TAG - len(name) - 1, found[name]
    return text if len(text) <= room else f"{text[: room - 9]}-{_hash(text)}"
