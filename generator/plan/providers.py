"""The provider of each cloud: one row a cloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from generator.expression import Reference, Value
from generator.job.variables import finish
from generator.plan.root_plan import ProviderBlock, ProviderRequirement

if TYPE_CHECKING:
    from generator.job.infrastructure import Infrastructure
    from generator.job.loaded import LoadedJob
    from generator.job.settings import Settings

_TAGS = Reference("local.tags")


class Cloud(NamedTuple):
    """What is special about a cloud's provider.

    Attributes:
        provider: its local name.
        source: its address in the registry.
        version: the constraint of a root, unless dativo.yaml has another.
        block: the provider block of a job's root.
        title: the cloud's name for people.
        tags_by_provider: the provider itself puts the tags on every resource.
    """

    provider: str
    source: str
    version: str
    block: Callable[[Infrastructure], ProviderBlock]
    title: str
    tags_by_provider: bool


def _aws(infrastructure: Infrastructure) -> ProviderBlock:
    arguments: dict[str, Value] = {"region": infrastructure.region}
    if infrastructure.account.account_id:
        arguments["allowed_account_ids"] = [infrastructure.account.account_id]
    return ProviderBlock("aws", arguments, {"default_tags": {"tags": _TAGS}})


def _google(infrastructure: Infrastructure) -> ProviderBlock:
    arguments: dict[str, Value] = {
        "project": infrastructure.account.project_id,
        "region": infrastructure.region,
        "default_labels": _TAGS,
    }
    return ProviderBlock("google", {k: v for k, v in arguments.items() if v is not None}, {})


def _azurerm(infrastructure: Infrastructure) -> ProviderBlock:
    # azurerm has no default tags: the module's tags input alone carries them.
    arguments: dict[str, Value] = {}
    if infrastructure.account.subscription_id:
        arguments["subscription_id"] = infrastructure.account.subscription_id
    return ProviderBlock("azurerm", arguments, {"features": {}})


CLOUDS = {
    "aws": Cloud("aws", "hashicorp/aws", "~> 6.0", _aws, "AWS", True),
    "gcp": Cloud("google", "hashicorp/google", "~> 8.0", _google, "Google Cloud", True),
    "azure": Cloud("azurerm", "hashicorp/azurerm", "~> 5.0", _azurerm, "Azure", False),
}


def provider_of(loaded: LoadedJob) -> ProviderBlock:
    """The provider block of a job's root.

    Raises:
        InputError: region or account holds a name that nothing defines. A provider is
            configured before any module, and its block says where everything is made.
    """
    infrastructure = loaded.job.infrastructure
    account = infrastructure.account
    for path, text in (
        (("region",), infrastructure.region),
        (("account", "account_id"), account.account_id),
        (("account", "project_id"), account.project_id),
        (("account", "subscription_id"), account.subscription_id),
    ):
        if text is not None and "${" in text:
            finish(text, loaded.places.place(("infrastructure", *path)))
    return CLOUDS[infrastructure.provider].block(infrastructure)


def requirement(cloud: str, settings: Settings) -> ProviderRequirement:
    """The entry of ``required_providers`` for a cloud: a root pins with an upper bound."""
    row = CLOUDS[cloud]
    version = settings.terraform.providers.get(row.provider, row.version)  # type: ignore[call-overload]
    return ProviderRequirement(row.provider, row.source, version)
