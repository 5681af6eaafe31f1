"""What runtimes of Azure share: subscription and group, blob containers, the registry, logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.patterns import lazy
from generator.plan.runtimes import containers
from generator.plan.runtimes.runtime import Faults, Input

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure

_CONTAINER = lazy(r"([a-z0-9]{3,24})/([a-z0-9$](?:[a-z0-9-]{1,61}[a-z0-9]))")
_CONTAINER_RESOURCE = lazy(
    r"(?i)/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Storage"
    r"/storageAccounts/[^/]+/blobServices/default/containers/[^/]+"
)
_REGISTRY_IMAGE = lazy(r"[^/]+\.azurecr\.[a-z.]+/")
_CONTAINER_ID = (
    "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage"
    "/storageAccounts/{account}/blobServices/default/containers/{container}"
)


def place(infrastructure: Infrastructure, faults: Faults, runtime: str) -> Iterator[Input]:
    """Subscription, resource group and region."""
    account = infrastructure.account
    if account.subscription_id is None:
        faults.missing("account.subscription_id", runtime)
    if account.resource_group is None:
        faults.missing("account.resource_group", runtime, "a resource group that exists already")
    else:
        path = ("infrastructure", "account", "resource_group")
        yield Input("resource_group_name", account.resource_group, path)
    yield Input("location", infrastructure.region, ("infrastructure", "region"))


def storage(infrastructure: Infrastructure, faults: Faults, runtime: str) -> Iterator[Input]:
    """The blob containers, and the key."""
    wanted = infrastructure.storage
    at = ("infrastructure", "storage")
    if wanted.kms_key_id is not None:
        yield Input("kms_key_id", wanted.kms_key_id, (*at, "kms_key_id"))
    containers.orphaned(infrastructure, faults, runtime)
    if wanted.data_bucket is None:
        if wanted.state_bucket is not None:
            container = _container_id("state_bucket", infrastructure, faults)
            yield Input(
                "storage", containers.state_alone(infrastructure, "container_id", container), at
            )
        return
    value: dict[str, Any] = {"container_id": _container_id("data_bucket", infrastructure, faults)}
    for name in ("prefix", "allow_delete", "state_prefix"):
        if getattr(wanted, name):
            value[name] = getattr(wanted, name)
    if wanted.state_bucket is not None:
        value["state_container_id"] = _container_id("state_bucket", infrastructure, faults)
    yield Input("storage", value, at)


def _container_id(field: str, infrastructure: Infrastructure, faults: Faults) -> str:
    """The blob container's resource id, given as such or as account/container."""
    text: str = getattr(infrastructure.storage, field)
    if "${" in text or _CONTAINER_RESOURCE.fullmatch(text):
        return text
    match, account = _CONTAINER.fullmatch(text), infrastructure.account
    if match is None:
        hint = "write account/container, or the container's resource id"
        faults.add(f"storage.{field}", f'"{text}" names no blob container', hint)
        return text
    return _CONTAINER_ID.format(
        subscription=account.subscription_id,
        group=account.resource_group,
        account=match[1],
        container=match[2],
    )


def check_image(infrastructure: Infrastructure, faults: Faults) -> None:
    """An image that a named registry holds says so itself."""
    runtime = infrastructure.runtime
    image = runtime.image or "${"
    elsewhere = "${" not in image and not _REGISTRY_IMAGE.match(image)
    if runtime.registry_id is not None and elsewhere:
        message = "the image of a registry starts with NAME.azurecr.io/"
        faults.add("runtime.image", message, "or remove runtime.registry_id")


def check_log_days(infrastructure: Infrastructure, faults: Faults) -> None:
    """Azure Monitor documentation, "Manage data retention in a Log Analytics workspace"."""
    if not 30 <= infrastructure.monitoring.log_retention_days <= 730:
        faults.add("monitoring.log_retention_days", "Log Analytics keeps logs for 30 to 730 days")
