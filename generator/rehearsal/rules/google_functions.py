"""Cloud Functions of the second generation, which are Cloud Run services.

Sources: Cloud Functions documentation, "Configure memory and vCPU limits", "Quotas", "Runtime
support" and "Environment variables"; Cloud Functions API v2, projects.locations.functions;
"Direct VPC egress".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, one_of, unique
from generator.rehearsal.rules.google_run import size_problems
from generator.rehearsal.values import blocks, known, mapping

RUNTIME = r"(?:dotnet|go|java|nodejs|php|python|ruby)\d{1,3}"
REPOSITORY = r"projects/[^/]+/locations/[^/]+/repositories/[^/]+"
ACCOUNT = r"projects/[^/]+/serviceAccounts/[^/\s]+"
RESERVED = (
    *("FUNCTION_SIGNATURE_TYPE", "FUNCTION_TARGET", "K_CONFIGURATION", "K_REVISION"),
    *("K_SERVICE", "PORT"),
)
INGRESS = ("ALLOW_ALL", "ALLOW_INTERNAL_ONLY", "ALLOW_INTERNAL_AND_GCLB")
CONNECTOR_EGRESS = (
    "ALL_TRAFFIC",
    "PRIVATE_RANGES_ONLY",
    "VPC_CONNECTOR_EGRESS_SETTINGS_UNSPECIFIED",
)
DIRECT_EGRESS = (
    *("VPC_EGRESS_ALL_TRAFFIC", "VPC_EGRESS_PRIVATE_RANGES_ONLY"),
    "DIRECT_VPC_EGRESS_UNSPECIFIED",
)
HTTP_SECONDS, EVENT_SECONDS = 3600, 540


def function(kind: str, value: Resource) -> Iterator[Problem]:
    """A runtime, a source, a size, an hour a call; a key needs a repository with that key."""
    for build in blocks(value, "build_config"):
        yield from _build(kind, build)
        if value.get("kms_key_name") and build.get("docker_repository") == "":
            yield f"{kind}: kms_key_name without docker_repository", "Images need a repository."
    longest = EVENT_SECONDS if blocks(value, "event_trigger") else HTTP_SECONDS
    for service in blocks(value, "service_config"):
        yield from in_range(kind, service, "timeout_seconds", 1, longest)
        yield from in_range(kind, service, "max_instance_request_concurrency", 1, 1000)
        yield from one_of(kind, service, "ingress_settings", INGRESS)
        yield from _size(kind, service)
        yield from _network(kind, service)
        yield from _variables(kind, service)


def _build(kind: str, build: Resource) -> Iterator[Problem]:
    patterns = {"runtime": RUNTIME, "docker_repository": REPOSITORY, "service_account": ACCOUNT}
    for attribute, pattern in patterns.items():
        text = build.get(attribute)
        if isinstance(text, str) and text and not re.fullmatch(pattern, text):
            yield f"{kind}: invalid {attribute}", f"{text!r} does not match {pattern}."
    for source in blocks(build, "source", "storage_source"):
        found = source.get("object")
        if isinstance(found, str) and not found.endswith(".zip"):
            yield f"{kind}: the source is no zip archive", repr(found)


def _size(kind: str, service: Resource) -> Iterator[Problem]:
    given = {"cpu": service.get("available_cpu"), "memory": service.get("available_memory")}
    limits = {name: text for name, text in given.items() if isinstance(text, str) and text}
    yield from ((f"{kind}: no such size", problem) for problem in size_problems(limits))
    found = re.fullmatch(r"0?\.\d+|\d{1,3}m", limits.get("cpu", ""))
    calls = service.get("max_instance_request_concurrency")
    if found and isinstance(calls, int | float) and calls > 1:
        yield f"{kind}: concurrency needs a whole vCPU", f"{calls} calls on {limits['cpu']} vCPU."


def _network(kind: str, service: Resource) -> Iterator[Problem]:
    yield from one_of(kind, service, "vpc_connector_egress_settings", CONNECTOR_EGRESS)
    yield from one_of(kind, service, "direct_vpc_egress", DIRECT_EGRESS)
    interfaces = blocks(service, "direct_vpc_network_interface")
    if interfaces and service.get("vpc_connector"):
        yield f"{kind}: vpc_connector or direct_vpc_network_interface", "Not both."
    for interface in interfaces:
        if interface.get("network") is None and interface.get("subnetwork") is None:
            yield f"{kind}: network or subnetwork", "A network interface names one of them."


def _variables(kind: str, service: Resource) -> Iterator[Problem]:
    variables = mapping(service.get("environment_variables"))
    secrets = [secret.get("key") for secret in blocks(service, "secret_environment_variables")]
    yield from unique(kind, "environment variable", [*variables, *secrets])
    for name in [*variables, *(key for key in secrets if isinstance(key, str))]:
        if not name or "=" in name or name in RESERVED or name.startswith("X_GOOGLE_"):
            yield f"{kind}: invalid environment variable name", repr(name)
    if known(variables) and sum(len(k) + len(str(v)) for k, v in variables.items()) > 32768:
        yield f"{kind}: environment is too large", "The API takes 32 KiB."
