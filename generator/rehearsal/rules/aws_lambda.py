"""Lambda: functions, what becomes of their failures; SQS queues.

Sources: Lambda API reference, CreateFunction and PutFunctionEventInvokeConfig; Lambda
Developer Guide, "Lambda quotas" and "Working with Lambda environment variables"; SQS API
reference, CreateQueue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of
from generator.rehearsal.values import blocks, known, mapping

ECR_IMAGE = (
    r"\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?"
    r"/[a-z0-9][a-z0-9._/-]*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?"
)
RESERVED = (
    *("_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"),
    *("AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_RUNTIME_API"),
    *("AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_ACCESS_KEY"),
    *("AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY_ID"),
    *("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"),
)
VARIABLES_BYTES = 4096
VISIBILITY_SECONDS = 12 * 3600
RETENTION_SECONDS = (60, 14 * 24 * 3600)


def function(kind: str, value: Resource) -> Iterator[Problem]:
    """128 to 10240 MB, 15 minutes, one architecture; an image comes from a private repository."""
    yield from in_range(kind, value, "memory_size", 128, 10240)
    yield from in_range(kind, value, "timeout", 1, 900)
    yield from one_of(kind, value, "package_type", ("Image", "Zip"))
    architectures = value.get("architectures")
    one = isinstance(architectures, list) and known(architectures)
    if one and architectures not in ([], ["x86_64"], ["arm64"]):
        yield f"{kind}: invalid architectures", f"{architectures}: x86_64 or arm64."
    for disk in blocks(value, "ephemeral_storage"):
        yield from in_range(kind, disk, "size", 512, 10240)
    for tracing in blocks(value, "tracing_config"):
        yield from one_of(kind, tracing, "mode", ("Active", "PassThrough"))
    yield from _package(kind, value)
    yield from _variables(kind, value)
    yield from _network(kind, value)


def _package(kind: str, value: Resource) -> Iterator[Problem]:
    image = value.get("image_uri")
    if isinstance(image, str) and not re.fullmatch(ECR_IMAGE, image):
        yield f"{kind}: image_uri is not in a private ECR repository", repr(image)
    if value.get("package_type") == "Image":
        for attribute in ("handler", "runtime", "layers"):
            if value.get(attribute):
                yield f"{kind}: {attribute} with an image", "A container image has its own."
    elif blocks(value, "image_config"):
        yield f"{kind}: image_config without an image", "package_type is not Image."


def _variables(kind: str, value: Resource) -> Iterator[Problem]:
    for environment in blocks(value, "environment"):
        variables = mapping(environment.get("variables"))
        for name in variables:
            if name in RESERVED:
                yield f"{kind}: reserved environment variable", repr(name)
            elif not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_]+", name):
                detail = f"{name!r}: two or more letters, digits and _, starting with a letter."
                yield f"{kind}: invalid environment variable", detail
        size = len(json.dumps(variables, ensure_ascii=False).encode()) if known(variables) else 0
        if size > VARIABLES_BYTES:
            detail = f"{size} bytes; the API takes {VARIABLES_BYTES}."
            yield f"{kind}: environment is too large", detail


def _network(kind: str, value: Resource) -> Iterator[Problem]:
    for network in blocks(value, "vpc_config"):
        for attribute, most in (("subnet_ids", 16), ("security_group_ids", 5)):
            ids = network.get(attribute)
            if isinstance(ids, list) and len(ids) > most:
                yield f"{kind}: too many {attribute}", f"{len(ids)}; the API takes {most}."


def invoke_config(kind: str, value: Resource) -> Iterator[Problem]:
    """Two retries, six hours, a destination that is an ARN."""
    yield from in_range(kind, value, "maximum_retry_attempts", 0, 2)
    yield from in_range(kind, value, "maximum_event_age_in_seconds", 60, 21600)
    for end in ("on_failure", "on_success"):
        for target in blocks(value, "destination_config", end):
            arn = target.get("destination")
            if isinstance(arn, str) and not re.match(
                r"arn:[a-z-]+:(sqs|sns|lambda|events|s3):", arn
            ):
                yield f"{kind}: invalid {end} destination", repr(arn)


def queue(kind: str, value: Resource) -> Iterator[Problem]:
    """Messages are kept from a minute to 14 days, hidden for 12 hours, encrypted in one way."""
    yield from in_range(kind, value, "message_retention_seconds", *RETENTION_SECONDS)
    yield from in_range(kind, value, "visibility_timeout_seconds", 0, VISIBILITY_SECONDS)
    yield from in_range(kind, value, "kms_data_key_reuse_period_seconds", 60, 86400)
    if value.get("kms_master_key_id") and value.get("sqs_managed_sse_enabled") is True:
        yield f"{kind}: kms_master_key_id or sqs_managed_sse_enabled", "Not both."
