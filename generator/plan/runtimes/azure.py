"""What runtimes of Azure share: subscription and group, blob containers, the registry, logs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import KeyPath
from generator.job.loaded import LoadedJob
from generator.model.infrastructure import Infrastructure
from generator.model.variables import joined, waits
from generator.plan.runtimes import containers
from generator.plan.runtimes.account import CLOUDS
from generator.plan.runtimes.field import Field, Input, parts
from generator.plan.runtimes.runtime import Faults
from generator.plan.runtimes.shapes import BUCKETS
from generator.text.patterns import lazy

_REGISTRY_IMAGE = lazy(r"[^/]+\.azurecr\.[a-z.]+/")

# The part of the input "network" that the job names otherwise.
NETWORK_ORIGINS: dict[KeyPath, KeyPath] = {
    ("subnet_id",): ("infrastructure", "network", "subnet_ids", 0),
}


ACCOUNT = (
    *parts("", *(path for path in CLOUDS["azure"].paths if path != "account.resource_group")),
    Field("account.resource_group", "resource_group_name"),
    Field("region", "location"),
)
STORAGE = (containers.KEY, *containers.BUCKETS, *containers.ACCESS)
VAULT_KEYS = "the keys of key_vaults are the vaults' names"
REGISTRY = (
    Field("runtime.key_vaults", "key_vault_ids"),
    Field("runtime.registry_id", "container_registry_id"),
    Field("runtime.readable_secrets", "readable_secrets"),
)


def check_account(infrastructure: Infrastructure, faults: Faults) -> None:
    """Nothing is made without a subscription and a resource group."""
    if infrastructure.account.subscription_id is None:
        faults.missing("account.subscription_id")
    if infrastructure.account.resource_group is None:
        faults.missing("account.resource_group", "a resource group that exists already")
    _check_identity(infrastructure, faults)


def _check_identity(infrastructure: Infrastructure, faults: Faults) -> None:
    """An identity is found in the provider's own subscription only, where one may be called alike.

    Source: azurerm 5.2, ``user_assigned_identity_data_source.go``.
    """
    own, identity = infrastructure.account.subscription_id, infrastructure.runtime.identity
    if own is None or identity is None or waits(identity):
        return
    of = identity.split("/")[2:3]
    if of and of[0].lower() != own.lower():
        message = f"the identity is in the subscription {of[0]}, and the job in {own}"
        faults.add("runtime.identity", message, "make an identity in the subscription of the job")


def storage(loaded: LoadedJob, faults: Faults) -> Iterator[Input]:
    """The blob containers."""
    infrastructure = loaded.job.infrastructure

    def read(text: str, path: KeyPath) -> str:
        return _container_id(text, path, infrastructure, faults)

    return containers.storage(loaded, faults, "container_id", read)


def _container_id(text: str, path: KeyPath, infrastructure: Infrastructure, faults: Faults) -> str:
    """The blob container's resource id, given as such or as account/container."""
    if waits(text) or (text.startswith("/") and BUCKETS["azure"].fullmatch(text)):
        return text
    account = infrastructure.account
    if BUCKETS["azure"].fullmatch(text) is None:
        hint = "write account/container, or the container's resource id"
        faults.add(path[1:], f'"{text}" names no blob container', hint)
        return text
    storage_account, _, container = text.partition("/")
    return joined(
        f"/subscriptions/{account.subscription_id}/resourceGroups/",
        account.resource_group or "None",
        f"/providers/Microsoft.Storage/storageAccounts/{storage_account}"
        f"/blobServices/default/containers/{container}",
    )


def check_vaults(infrastructure: Infrastructure, faults: Faults) -> None:
    """Each vault is called by its own name."""
    for name, resource in infrastructure.runtime.key_vaults.items():
        if not waits(resource) and resource.rpartition("/")[2].lower() != name.lower():
            message = f'"{name}" is not the name of the vault in its resource id'
            faults.add(("runtime", "key_vaults", name), message, VAULT_KEYS)


def check_image(infrastructure: Infrastructure, faults: Faults) -> None:
    """An image that a named registry holds says so itself."""
    runtime = infrastructure.runtime
    image = runtime.image
    if image is None or waits(image) or _REGISTRY_IMAGE.match(image):
        return
    if runtime.registry_id is not None:
        message = "the image of a registry starts with NAME.azurecr.io/"
        faults.add("runtime.image", message, "or remove runtime.registry_id")
