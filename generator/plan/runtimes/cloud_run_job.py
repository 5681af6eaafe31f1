"""Google Cloud Run jobs: a job's fields as inputs of ``modules/gcp-cloud-run-job``."""

from __future__ import annotations

from collections.abc import Iterator

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.plan.runtimes import containers, google
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["gcp"])
    containers.check_variables(infrastructure, faults)
    google.check_size(infrastructure, faults, "jobs")
    google.check_places(infrastructure, faults, "the job")
    google.check_account(infrastructure, faults)
    containers.check_container(infrastructure, faults)
    yield from containers.variables(infrastructure, faults)
    yield from google.network(infrastructure, faults, "a job")
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    yield from schedule(loaded, faults, regional=True)
    yield from alerts(infrastructure, faults)


FIELDS = (
    *parts("", "monitoring.enabled"),
    *google.ACCOUNT,
    *containers.CONTAINER,
    *google.NETWORK,
    *containers.STORAGE,
    containers.READABLE_SECRETS,
    *containers.SCHEDULE,
    *containers.WATCHING,
    google.LOG_KEY,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_cloud_run_config", "airflow": "airflow_cloud_run_config"},
    ungranted=frozenset({"runtime.secrets", "runtime.readable_secrets"}),
)
