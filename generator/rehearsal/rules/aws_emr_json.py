"""The JSON that Amazon EMR is given: security configurations, and steps of state machines.

Sources: EMR Management Guide, "Create a security configuration"; EMR API reference, StepConfig;
Step Functions Developer Guide, "Create and manage Amazon EMR clusters".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource

FAILURES = ("TERMINATE_CLUSTER", "CANCEL_AND_WAIT", "CONTINUE")
ADD_STEP = r"arn:aws[a-z-]*:states:::elasticmapreduce:addStep(\.sync)?"
LONGEST_STEP = 10280


def security_configuration(kind: str, value: Resource) -> Iterator[Problem]:
    """JSON whose switches come with what they switch on."""
    text = value.get("configuration")
    if not isinstance(text, str):
        return
    try:
        found = json.loads(text)
    except ValueError as error:
        yield f"{kind}: configuration is not JSON", str(error)
        return
    details = _security(found) if isinstance(found, dict) else iter(("An object.",))
    yield from ((f"{kind}: invalid configuration", detail) for detail in details)


def _security(found: dict[str, Any]) -> Iterator[str]:
    encryption = found.get("EncryptionConfiguration") or {}
    for sort in ("AtRest", "InTransit"):
        on = encryption.get(f"Enable{sort}Encryption")
        if encryption and not isinstance(on, bool):
            yield f"Enable{sort}Encryption is true or false, not {on!r}."
        elif on and not encryption.get(f"{sort}EncryptionConfiguration"):
            yield f"Enable{sort}Encryption needs {sort}EncryptionConfiguration."
    rest = encryption.get("AtRestEncryptionConfiguration") or {}
    objects = rest.get("S3EncryptionConfiguration") or {}
    disks = rest.get("LocalDiskEncryptionConfiguration") or {}
    kms = "KMS" in str(objects.get("EncryptionMode"))
    if (kms and not objects.get("AwsKmsKey")) or (
        disks.get("EncryptionKeyProviderType") == "AwsKms" and not disks.get("AwsKmsKey")
    ):
        yield "Encryption with KMS needs AwsKmsKey."
    metadata = found.get("InstanceMetadataServiceConfiguration")
    if metadata is not None:
        version = metadata.get("MinimumInstanceMetadataServiceVersion")
        if version not in (1, 2):
            yield f"MinimumInstanceMetadataServiceVersion is 1 or 2, not {version!r}."
        hops = metadata.get("HttpPutResponseHopLimit")
        if version == 2 and not (isinstance(hops, int) and 1 <= hops <= 64):
            yield f"HttpPutResponseHopLimit is 1 to 64, not {hops!r}."


def steps(kind: str, value: Resource) -> Iterator[Problem]:
    """The steps that a state machine adds to a cluster."""
    text = value.get("definition")
    try:
        machine = json.loads(text) if isinstance(text, str) else {}
    except ValueError:
        return
    states = machine.get("States") if isinstance(machine, dict) else None
    for name, state in (states if isinstance(states, dict) else {}).items():
        if isinstance(state, dict) and re.fullmatch(ADD_STEP, str(state.get("Resource"))):
            parameters = state.get("Parameters") or {}
            for detail in _step(parameters.get("ClusterId"), parameters.get("Step") or {}):
                yield f"{kind}: invalid step", f"{name}: {detail}"


def _step(cluster_id: Any, step: dict[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"j-[A-Za-z0-9]+", str(cluster_id)):
        yield f"ClusterId {cluster_id!r} is not j-..."
    if not isinstance(step.get("Name"), str) or not 1 <= len(step["Name"]) <= 256:
        yield "Name has 1 to 256 characters."
    if step.get("ActionOnFailure", "CONTINUE") not in FAILURES:
        yield f"ActionOnFailure {step['ActionOnFailure']!r} is not one of {', '.join(FAILURES)}."
    jar = step.get("HadoopJarStep") or {}
    if not jar.get("Jar"):
        yield "HadoopJarStep needs a Jar."
    args = jar.get("Args", [])
    if not isinstance(args, list) or not all(isinstance(arg, str) for arg in args):
        yield "Args are strings."
    elif len(" ".join(args)) > LONGEST_STEP:
        yield f"Args have {len(' '.join(args))} characters; EMR takes {LONGEST_STEP}."
