"""AWS Lambda from a container image: a job's fields as inputs of ``modules/aws-lambda``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.variables import waits
from generator.plan.cron import eventbridge
from generator.plan.runtimes import amazon, containers, ways_out
from generator.plan.runtimes.access import access
from generator.plan.runtimes.runtime import Faults, Input, Runtime
from generator.plan.runtimes.schedule import schedule
from generator.plan.runtimes.shapes import AWS, AWS_CHANNEL, Shape, check
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure

TYPE = "lambda"

# Lambda Developer Guide, "Lambda quotas", and "Error handling" of asynchronous invocation.
MEMORY_MIB = (128, 10240)
DISK_MIB = (512, 10240)
MAX_TIMEOUT_SECONDS = 900
MAX_RETRIES = 2
MAX_VARIABLES = 4096
# Lambda Developer Guide, "Working with Lambda environment variables".
_NAMES = lazy(r"[A-Za-z][A-Za-z0-9_]+")
_RESERVED = frozenset(
    ("AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV")
    + ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION")
    + ("AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_SESSION_TOKEN")
    + ("AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_LAMBDA_RUNTIME_API")
    + ("AWS_SECRET_ACCESS_KEY", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT")
)
_REGION = lazy(r"\d{12}\.dkr\.ecr\.([a-z0-9-]+)\..*")
SHAPES = (
    *(shape for shape in AWS if shape.path != ("runtime", "image")),
    Shape(
        "runtime.image",
        r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9][a-z0-9._/-]*"
        r"(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[0-9a-f]{64})?",
        "in a private ECR repository, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG",
    ),
)


def inputs(infrastructure: Infrastructure, loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The inputs beyond identity and tags."""
    check(infrastructure, faults, SHAPES)
    words = "two or more letters, digits and _, starting with a letter"
    containers.check_variables(infrastructure, faults, _NAMES, words, _RESERVED)
    _check_sizes(infrastructure, faults)
    yield from _image(infrastructure, faults)
    yield from _limits(infrastructure, faults)
    yield from _variables(infrastructure, faults)
    yield from _network(infrastructure, faults)
    yield from containers.storage(loaded, faults, TYPE)
    yield from access(infrastructure, faults)
    yield from amazon.secrets(infrastructure, faults)
    if infrastructure.runtime.scaling.min == 0:
        yield from schedule(loaded, faults, eventbridge)
    longest = min(infrastructure.runtime.timeout_seconds, MAX_TIMEOUT_SECONDS) - 1
    yield from containers.watching(infrastructure, faults, AWS_CHANNEL, (1, longest))
    yield from amazon.logs(infrastructure, faults)


def _check_sizes(infrastructure: Infrastructure, faults: Faults) -> None:
    runtime = infrastructure.runtime
    least, most = MEMORY_MIB
    if not least <= runtime.memory <= most:
        message = f"Lambda has no {runtime.memory} MiB"
        faults.add("runtime.memory", message, f"it offers {least} MiB to {most} MiB")
    least, most = DISK_MIB
    disk = runtime.ephemeral_storage
    if disk is not None and not least <= disk <= most:
        message = f"Lambda has no scratch disk of {disk} MiB"
        faults.add("runtime.ephemeral_storage", message, "it offers 512Mi to 10Gi")
    given = runtime.timeout_seconds if "timeout_seconds" in runtime.model_fields_set else 0
    if given > MAX_TIMEOUT_SECONDS:
        message = f"Lambda stops a run after {MAX_TIMEOUT_SECONDS} seconds (15 minutes)"
        faults.add("runtime.timeout_seconds", message, "ecs_fargate has longer runs")
    if runtime.max_retries > MAX_RETRIES and infrastructure.orchestrator.type == "none":
        message = f"Lambda tries a failed run again at most {MAX_RETRIES} times"
        faults.add("runtime.max_retries", message)
    if runtime.scaling.min > 0:
        message = "a function has no workers that always run"
        faults.add("runtime.scaling.min", message, "set it to 0, or take ecs_fargate")


def _image(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    runtime, at = infrastructure.runtime, ("infrastructure", "runtime")
    if runtime.image is None:
        faults.missing("runtime.image", TYPE, "a container image in a private ECR repository")
    else:
        found = _REGION.fullmatch(runtime.image)
        mixed = waits(infrastructure.region) or waits(runtime.image)
        if found and not mixed and found[1] != infrastructure.region:
            message = f"the image is in {found[1]}, and Lambda pulls from its own region only"
            faults.add("runtime.image", message, f"replicate it to {infrastructure.region}")
        yield Input("image", runtime.image, (*at, "image"))
    for name in ("command", "args"):
        if value := getattr(runtime, name):
            yield Input(name, list(value), (*at, name))
    for name in ("cpu_architecture", "identity"):
        if (text := getattr(runtime, name)) is not None:
            yield Input(name, text, (*at, name))


def _limits(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Size, time, retries, and how many runs may go on at a time."""
    runtime, at = infrastructure.runtime, ("infrastructure", "runtime")
    yield Input("memory_mib", runtime.memory, (*at, "memory"))
    if runtime.ephemeral_storage is not None:
        yield Input("ephemeral_storage_mib", runtime.ephemeral_storage, (*at, "ephemeral_storage"))
    # The default of other runtimes is longer than a function may run; the module has its own.
    if "timeout_seconds" in runtime.model_fields_set:
        yield Input("timeout_seconds", runtime.timeout_seconds, (*at, "timeout_seconds"))
    if runtime.max_retries:
        yield Input("max_retries", runtime.max_retries, (*at, "max_retries"))
    if runtime.scaling.max > 1:
        yield Input("reserved_concurrency", runtime.scaling.max, (*at, "scaling", "max"))


def _variables(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    for given in containers.variables(infrastructure, faults):
        if given.name != "environment_variables":
            continue  # Secrets, which Lambda does not honour, are refused at their line.
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
    value = amazon.network(infrastructure, faults, TYPE, "Lambda")
    if value is None:
        return
    if not wanted.private:
        message = "a function in a VPC has no public address"
        faults.idle("network.private", message, "remove it, or the network")
    yield Input("network", value, ("infrastructure", "network"))
    yield from amazon.egress(infrastructure, faults, bool(wanted.security_group_ids))


RUNTIME = Runtime(
    honours=(containers.HONOURS - {"runtime.cpu", "runtime.secrets"})
    | {"account.account_id", "runtime.cpu_architecture", "runtime.ephemeral_storage"}
    | {"network.vpc_id", "network.security_group_ids", "network.egress_cidr_blocks"}
    | {"references.secrets."}
    | ways_out.BLOCKS
    | ways_out.GROUPS
    | {"monitoring.log_group", "monitoring.kms_key_id", "monitoring.metrics_namespace"},
    inputs=inputs,
    launchers={"dagster": "dagster_lambda_config", "airflow": "airflow_lambda_config"},
    elsewhere=(
        ("runtime.cpu", "a function has a vCPU for each 1769 MiB of runtime.memory"),
        ("runtime.secrets", "list the ARNs in runtime.readable_secrets, and the code reads them"),
    ),
    ungranted=frozenset({"runtime.readable_secrets", "storage.kms_key_id"} | amazon.SECRETS),
)
