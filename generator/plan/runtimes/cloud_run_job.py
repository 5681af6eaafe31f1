"""Google Cloud Run jobs: a job's fields as inputs of ``modules/gcp-cloud-run-job``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.plan.runtimes import containers, google
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

# Cloud Run documentation, "Configure memory limits", "Set task timeout" and "Quotas" for jobs.
LEAST_MEMORY = 512
MAX_TIMEOUT_SECONDS = 7 * 24 * 3600
MAX_TASKS = 10_000
# Cloud Monitoring watches a condition for 23 hours and 30 minutes at most.
_RUN_SECONDS = (1, 84600)
_NAMES = lazy(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset(
    ("CLOUD_RUN_EXECUTION", "CLOUD_RUN_JOB", "CLOUD_RUN_TASK_ATTEMPT")
    + ("CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_TASK_INDEX")
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["gcp"])
    words = "letters, digits and _, not starting with a digit"
    containers.check_variables(infrastructure, faults, _NAMES, words, _RESERVED)
    google.check_size(infrastructure, faults, LEAST_MEMORY, "jobs")
    google.check_log_days(infrastructure, faults)
    _check_limits(infrastructure, faults)
    google.check_account(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from google.network(infrastructure, faults, "a job")
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    yield from schedule(loaded, faults)
    yield from alerts(infrastructure, faults, _RUN_SECONDS)


def _check_limits(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    if runtime.timeout_seconds > MAX_TIMEOUT_SECONDS:
        message = f"a Cloud Run job runs for at most seven days ({MAX_TIMEOUT_SECONDS} seconds)"
        faults.add("runtime.timeout_seconds", message)
    if runtime.scaling.min == 0 and runtime.scaling.max > MAX_TASKS:
        faults.add("runtime.scaling.max", f"a run has at most {MAX_TASKS} tasks")


FIELDS = (
    *parts("", "monitoring.enabled"),
    *google.ACCOUNT,
    *containers.CONTAINER,
    *google.NETWORK,
    *containers.STORAGE,
    containers.READABLE_SECRETS,
    *containers.SCHEDULE,
    *containers.WATCHING,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_cloud_run_config", "airflow": "airflow_cloud_run_config"},
    ungranted=frozenset({"runtime.secrets", "runtime.readable_secrets"}),
)
