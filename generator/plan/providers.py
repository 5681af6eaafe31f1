"""The providers of a root: one row a provider, and what is special about each cloud's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.variables import finish
from generator.plan.root_plan import ProviderBlock, ProviderRequirement
from generator.text.expression import Reference, Value

# The commit hook reads manifests by this table, and must not wait for pydantic.
if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.infrastructure import Infrastructure
    from generator.model.settings import Settings

TAGS = Reference("local.tags")


class Provider(NamedTuple):
    """A provider that a root can have.

    Attributes:
        source: its address in the registry.
        version: the constraint of a root unless dativo.yaml has another: with an upper bound.
        arguments: what its block can say, the tags aside.
        blocks: the blocks in its block, the tags aside, and what each can say.
    """

    source: str
    version: str
    arguments: tuple[str, ...]
    blocks: Mapping[str, tuple[str, ...]] = MappingProxyType({})


PROVIDERS = {
    "aws": Provider("hashicorp/aws", "~> 6.0", ("region", "allowed_account_ids")),
    "azurerm": Provider("hashicorp/azurerm", "~> 5.0", ("subscription_id",), {"features": ()}),
    "databricks": Provider("databricks/databricks", "~> 1.100", ("host",)),
    "google": Provider("hashicorp/google", "~> 8.0", ("project", "region")),
    "kubernetes": Provider(
        "hashicorp/kubernetes",
        "~> 3.0",
        ("host", "cluster_ca_certificate"),
        {"exec": ("api_version", "command", "args", "env")},
    ),
}


class CloudProvider(NamedTuple):
    """What is special about a cloud's provider.

    Attributes:
        provider: its local name.
        block: where a job's root makes things, without tags.
        tags: what makes the provider itself put the tags on every resource: an argument's name
            or a block's name and its argument; empty where it has no such thing.
    """

    provider: str
    block: Callable[[Infrastructure], ProviderBlock]
    tags: tuple[str, ...]


def _aws(infrastructure: Infrastructure) -> ProviderBlock:
    arguments: dict[str, Value] = {"region": infrastructure.region}
    if infrastructure.account.account_id:
        arguments["allowed_account_ids"] = [infrastructure.account.account_id]
    return ProviderBlock("aws", arguments, {})


def _google(infrastructure: Infrastructure) -> ProviderBlock:
    project = infrastructure.account.project_id
    arguments: dict[str, Value] = {} if project is None else {"project": project}
    return ProviderBlock("google", {**arguments, "region": infrastructure.region}, {})


def _azurerm(infrastructure: Infrastructure) -> ProviderBlock:
    subscription = infrastructure.account.subscription_id
    arguments: dict[str, Value] = {"subscription_id": subscription} if subscription else {}
    return ProviderBlock("azurerm", arguments, {"features": {}})


CLOUD_PROVIDERS = {
    "aws": CloudProvider("aws", _aws, ("default_tags", "tags")),
    "gcp": CloudProvider("google", _google, ("default_labels",)),
    # azurerm has no default tags: the module's tags input alone carries them.
    "azure": CloudProvider("azurerm", _azurerm, ()),
}


def untagged(infrastructure: Infrastructure) -> ProviderBlock:
    """The cloud's provider for a root that only looks things up there."""
    return CLOUD_PROVIDERS[infrastructure.provider].block(infrastructure)


def own(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The cloud's provider, which puts the tags on all that it makes, where it can."""
    provider = CLOUD_PROVIDERS[infrastructure.provider]
    block = provider.block(infrastructure)
    if len(provider.tags) == 2:
        outer, inner = provider.tags
        return (block._replace(blocks={**block.blocks, outer: {inner: TAGS}}),)
    return (block._replace(arguments={**block.arguments, **dict.fromkeys(provider.tags, TAGS)}),)


def check_account(loaded: LoadedJob) -> None:
    """Refuse a region or account that holds a name that nothing defines.

    A provider is configured before any module, and its block says where everything is made.

    Raises:
        InputError: there is such a name.
    """
    infrastructure = loaded.job.infrastructure
    account = infrastructure.account
    for path, text in (
        (("region",), infrastructure.region),
        (("account", "account_id"), account.account_id),
        (("account", "project_id"), account.project_id),
        (("account", "subscription_id"), account.subscription_id),
        (("databricks", "host"), infrastructure.databricks.host),
    ):
        if text is not None:
            finish(text, partial(loaded.locations.location, ("infrastructure", *path)))


def requirements(
    providers: tuple[ProviderBlock, ...], settings: Settings
) -> tuple[ProviderRequirement, ...]:
    """The entries of ``required_providers``, in the order of their names."""
    pinned = settings.terraform.providers
    found = []
    for name in sorted(block.name for block in providers):
        source, version = PROVIDERS[name][:2]
        found.append(ProviderRequirement(name, source, pinned.get(name, version)))  # type: ignore[call-overload]
    return tuple(found)
