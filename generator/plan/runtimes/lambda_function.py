"""AWS Lambda from a container image: a job's fields as inputs of ``modules/aws-lambda``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, containers, ways_out
from generator.plan.runtimes.access import access
from generator.plan.runtimes.alerts import alerts
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults, RuntimeSpec
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import SECRETS, check
from generator.text.patterns import lazy

# Lambda Developer Guide, "Lambda quotas".
MAX_TIMEOUT_SECONDS = 900
MAX_VARIABLES = 4096
_REGION = lazy(r"\d{12}\.dkr\.ecr\.([a-z0-9-]+)\..*")


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SECRETS["aws"])
    containers.check_variables(infrastructure, faults)
    _check_worker(infrastructure, faults)
    _check_image(infrastructure, faults)
    yield from _variables(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from containers.storage(loaded, faults)
    yield from access(infrastructure, faults)
    amazon.check_keys(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    if infrastructure.runtime.scaling.min == 0:
        yield from schedule(loaded, faults, eventbridge)
    longest = min(infrastructure.runtime.timeout_seconds, MAX_TIMEOUT_SECONDS) - 1
    yield from alerts(infrastructure, faults, longest)


def _check_worker(infrastructure: Infrastructure, faults: Faults) -> None:
    if infrastructure.runtime.scaling.min > 0:
        message = "a function has no workers that always run"
        faults.add("runtime.scaling.min", message, "set it to 0, or take ecs_fargate")


def _check_image(infrastructure: Infrastructure, faults: Faults) -> None:
    image, region = infrastructure.runtime.image, infrastructure.region
    if image is None:
        faults.missing("runtime.image", "a container image in a private ECR repository")
        return
    found = _REGION.fullmatch(image)
    mixed = waits(region) or waits(image)
    if found and not mixed and found[1] != region:
        message = f"the image is in {found[1]}, and Lambda pulls from its own region only"
        faults.add("runtime.image", message, f"replicate it to {region}")


def _variables(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    for given in containers.variables(infrastructure, faults):
        size = len(json.dumps(given.value, ensure_ascii=False, separators=(",", ":")))
        if size > MAX_VARIABLES:
            message = f"the environment has {size} characters with its names and quotes"
            faults.add("runtime.environment", message, f"Lambda takes {MAX_VARIABLES}")
        yield given


def _network(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """A VPC is a choice: without one a function reaches the internet alone."""
    wanted = infrastructure.network
    asked = wanted.private and "private" in wanted.model_fields_set
    fields = (wanted.vpc_id, wanted.subnet_ids, wanted.security_group_ids)
    if not any((asked, *fields, wanted.egress_cidr_blocks is not None)):
        ways_out.refuse_destinations(infrastructure, faults, "without a network")
        return
    value = amazon.network(infrastructure, faults)
    if value is None:
        return
    if not wanted.private:
        message = "a function in a VPC has no public address"
        faults.idle("network.private", message, "remove it, or the network")
    yield Input("network", value, ("infrastructure", "network"))
    yield from amazon.egress(infrastructure, faults, bool(wanted.security_group_ids))


FIELDS = (
    *amazon.ACCOUNT,
    *parts("", "monitoring.enabled", "runtime.scaling."),
    *containers.IMAGE,
    Field("runtime.cpu_architecture", "cpu_architecture"),
    containers.IDENTITY,
    Field("runtime.memory", "memory_mib"),
    Field("runtime.ephemeral_storage", "ephemeral_storage_mib"),
    # The default of other runtimes is longer than a function may run; the module has its own.
    Field("runtime.timeout_seconds", "timeout_seconds", written=True),
    Field("runtime.max_retries", "max_retries"),
    Field("runtime.scaling.max", "reserved_concurrency", containers.several),
    *containers.VARIABLES,
    *amazon.NETWORK,
    *containers.STORAGE,
    *amazon.READABLE,
    *containers.SCHEDULE,
    *containers.WATCHING,
    *amazon.LOGS,
)
RUNTIME = RuntimeSpec(
    fields=FIELDS,
    inputs=inputs,
    launchers={"dagster": "dagster_lambda_config", "airflow": "airflow_lambda_config"},
    elsewhere=(
        ("runtime.cpu", "a function has a vCPU for each 1769 MiB of runtime.memory"),
        ("runtime.secrets", "list the ARNs in runtime.readable_secrets, and the code reads them"),
    ),
    ungranted=frozenset({"runtime.readable_secrets", "storage.kms_key_id"} | amazon.SECRETS),
)
