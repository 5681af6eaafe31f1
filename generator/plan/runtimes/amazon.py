"""What runtimes of AWS share: a network of the caller's, secrets that code reads, logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.infrastructure import Infrastructure, Network
from generator.model.variables import piece_of, waits
from generator.plan.runtimes import ways_out
from generator.plan.runtimes.account import CLOUDS
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy

# Step Functions, "Service quotas": the longest execution of a standard workflow.
MAX_RUN_SECONDS = 365 * 24 * 3600
_KEY = lazy(r"arn:aws[a-z-]*:kms:([a-z0-9-]+):.*")
# The secret store that exists, and the key of its secrets.
SECRETS = frozenset(("references.secrets.secret_manager_arn", "references.secrets.kms_key_id"))
ACCOUNT = parts("", *CLOUDS["aws"].paths, "account.ignore_tags.")
NETWORK = (
    *parts("network", "network.vpc_id", "network.subnet_ids", "network.security_group_ids"),
    *parts("network", "network.egress_cidr_blocks", "network.private"),
    *parts("egress_rules", *ways_out.BLOCKS, *ways_out.GROUPS),
)
READABLE = (
    *parts("readable_secrets", "runtime.readable_secrets", "references.secrets.secret_manager_arn"),
    Field("references.secrets.kms_key_id", "secrets_kms_key_arns", lambda key: [key]),
)
LOGS = (
    Field("monitoring.log_group", "log_group_name"),
    Field("monitoring.kms_key_id", "log_kms_key_arn"),
    Field("monitoring.metrics_namespace", "metrics_namespace"),
)


def network(infrastructure: Infrastructure, faults: Faults) -> dict[str, Any] | None:
    """VPC, subnets, security groups and where HTTPS may go to; None where the first two lack."""
    wanted = infrastructure.network
    if wanted.vpc_id is None:
        faults.missing("network.vpc_id")
    if not wanted.subnet_ids:
        faults.missing("network.subnet_ids", "the private subnets that runs start in")
    if wanted.vpc_id is None or not wanted.subnet_ids:
        return None
    if wanted.egress_cidr_blocks is not None and wanted.security_group_ids:
        message = '"egress_cidr_blocks" has no effect on security groups that exist already'
        faults.idle("network.egress_cidr_blocks", message, "remove one of the two")
    return network_value(wanted, faults)


def network_value(wanted: Network, faults: Faults) -> dict[str, Any]:
    """A network as modules of AWS take it."""
    value: dict[str, Any] = {"vpc_id": wanted.vpc_id, "subnet_ids": list(wanted.subnet_ids)}
    if wanted.security_group_ids:
        value["security_group_ids"] = list(wanted.security_group_ids)
    if wanted.egress_cidr_blocks is not None:
        _check_blocks(wanted.egress_cidr_blocks, faults)
        value["egress_cidr_blocks"] = list(wanted.egress_cidr_blocks)
    return value


def _check_blocks(blocks: tuple[str, ...], faults: Faults) -> None:
    """Where HTTPS may go to is written as CIDR blocks, one at least."""
    if not blocks:
        message = "without any way out no run reaches even the services of AWS"
        faults.add("network.egress_cidr_blocks", message, "list at least one block")
    ways_out.check_cidr(blocks, ("network", "egress_cidr_blocks"), faults)


def egress(infrastructure: Infrastructure, faults: Faults, own_groups: bool) -> Iterator[Input]:
    """The ways through the group that the module makes, to what ``references`` names.

    Args:
        infrastructure: the job's block.
        faults: collects what is wrong.
        own_groups: the job is in security groups that exist already instead.
    """
    if own_groups:
        where = "on security groups that exist already"
        ways_out.refuse_destinations(infrastructure, faults, where)
        return
    ways_out.check_blocks(infrastructure, faults)
    if found := ways_out.rules(infrastructure):
        yield Input("egress_rules", found, ("infrastructure", "references"), optional=True)


def secrets(infrastructure: Infrastructure, faults: Faults) -> Iterator[Input]:
    """Secrets that the code reads itself."""
    readable = list(infrastructure.runtime.readable_secrets)
    store = infrastructure.references.secrets.secret_manager_arn
    path: tuple[str, ...] = ("infrastructure", "runtime", "readable_secrets")
    if store is not None:
        path = (
            path if readable else ("infrastructure", "references", "secrets", "secret_manager_arn")
        )
        readable += [store] if store not in readable else []
    if readable:
        yield Input("readable_secrets", readable, path)
    key = infrastructure.references.secrets.kms_key_id
    if key is not None and not readable and not infrastructure.runtime.secrets:
        hint = "it is the key of secrets, and the job reads none"
        faults.idle("references.secrets.kms_key_id", '"kms_key_id" has no effect here', hint)


def check_keys(infrastructure: Infrastructure, faults: Faults) -> None:
    """A key serves its own region alone, that of the logs or of the bucket.

    That of a bucket is the job's where the root looks whether it is.

    Sources: CloudWatch Logs user guide, "Encrypt log data using AWS KMS"; S3 user guide, "Using
    server-side encryption with AWS KMS keys".
    """
    region, keys = infrastructure.region, {"logs": infrastructure.monitoring.kms_key_id}
    if infrastructure.terraform.verify_existing:
        keys["data"] = infrastructure.storage.kms_key_id
    for what, key in keys.items():
        found = _KEY.fullmatch(key or "")
        if key is None or found is None or waits(region) or waits(piece_of(key, found[1])):
            continue
        if found[1] != region:
            path = "monitoring.kms_key_id" if what == "logs" else "storage.kms_key_id"
            faults.add(path, f"the key is in {found[1]}, and the {what} in {region}")


def check_run_time(infrastructure: Infrastructure, faults: Faults) -> None:
    """A state machine tries a run again, and ends itself after a year."""
    runtime = infrastructure.runtime
    if runtime.timeout_seconds * (runtime.max_retries + 1) > MAX_RUN_SECONDS:
        message = f"a run with all its retries must end within a year ({MAX_RUN_SECONDS} seconds)"
        faults.add("runtime.timeout_seconds", message)
