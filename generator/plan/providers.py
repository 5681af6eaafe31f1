"""The providers of a root: one row a provider, and what is special about each cloud's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from generator.model.variables import finish
from generator.plan import endpoint_names
from generator.plan.root_plan import ProviderBlock, ProviderRequirement
from generator.text.expression import Reference, Value
from generator.text.versions import satisfiable
from generator.yaml.data import texts

# The commit hook reads manifests by this table, and must not wait for pydantic.
if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.model.account import Account, AssumeRole
    from generator.model.infrastructure import Infrastructure
    from generator.model.settings import Settings

TAGS = Reference("local.tags")


class Provider(NamedTuple):
    """A provider that a root can have.

    Attributes:
        source: its address in the registry.
        version: the constraint of a root unless dativo.yaml has another: with an upper bound.
        arguments: what its block can say, the tags aside.
        blocks: the blocks in its block, the tags aside, and what each can say; several of one
            kind where the provider takes them.
    """

    source: str
    version: str
    arguments: frozenset[str]
    blocks: Mapping[str, frozenset[str]] = MappingProxyType({})


# The fields of ``account`` that are arguments of a cloud's provider under their own names.
OF_ACCOUNT = {
    "aws": (
        "s3_use_path_style",
        "skip_credentials_validation",
        "skip_metadata_api_check",
        "skip_region_validation",
        "skip_requesting_account_id",
    ),
    "gcp": ("impersonate_service_account", "impersonate_service_account_delegates"),
    "azure": (
        "tenant_id",
        "client_id",
        "use_oidc",
        "use_cli",
        "use_msi",
        "oidc_token_file_path",
        "ado_pipeline_service_connection_id",
        "environment",
        "metadata_host",
    ),
}
_ROLE = (
    *("role_arn", "session_name", "external_id", "duration", "policy", "policy_arns"),
    *("source_identity", "tags", "transitive_tag_keys"),
)
# Of the provider of Google: whose quota its calls count against, other than their resource's.
_QUOTA = ("billing_project", "user_project_override")
_CUSTOM_ENDPOINT = "_custom_endpoint"
PROVIDERS = {
    "aws": Provider(
        "hashicorp/aws",
        "~> 6.0",
        frozenset(("region", "allowed_account_ids", "tag_policy_compliance", *OF_ACCOUNT["aws"])),
        {
            "assume_role": frozenset(_ROLE),
            "endpoints": endpoint_names.AWS,
            "ignore_tags": frozenset(("keys", "key_prefixes")),
        },
    ),
    "azurerm": Provider(
        "hashicorp/azurerm",
        "~> 5.0",
        frozenset(("subscription_id", *OF_ACCOUNT["azure"])),
        {"features": frozenset()},
    ),
    "databricks": Provider("databricks/databricks", "~> 1.100", frozenset(("host",))),
    "google": Provider(
        "hashicorp/google",
        "~> 8.0",
        frozenset(("project", "region", *_QUOTA, *OF_ACCOUNT["gcp"]))
        | {name + _CUSTOM_ENDPOINT for name in endpoint_names.GOOGLE},
    ),
    "kubernetes": Provider(
        "hashicorp/kubernetes",
        "~> 3.0",
        frozenset(("host", "cluster_ca_certificate")),
        {"exec": frozenset(("api_version", "command", "args", "env"))},
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


def _plain(account: Account, names: tuple[str, ...]) -> dict[str, Value]:
    """The fields of an account that are set, as arguments of these names."""
    found: dict[str, Value] = {}
    for name in names:
        value = getattr(account, name)
        if value not in (None, ()):
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _aws(infrastructure: Infrastructure) -> ProviderBlock:
    account = infrastructure.account
    arguments: dict[str, Value] = {"region": infrastructure.region}
    if account.account_id:
        arguments["allowed_account_ids"] = [account.account_id]
    arguments |= _plain(account, OF_ACCOUNT["aws"])
    if "skip_metadata_api_check" in arguments:  # the one that the schema has as text
        arguments["skip_metadata_api_check"] = str(account.skip_metadata_api_check).lower()
    blocks: dict[str, Value] = {}
    roles = [role_body(role) for role in account.assume_role]
    if roles:
        blocks["assume_role"] = roles[0] if len(roles) == 1 else [*roles]
    if account.endpoints:
        blocks["endpoints"] = dict(sorted(account.endpoints.items()))
    ignored = account.ignore_tags
    if ignored.keys or ignored.key_prefixes:
        pairs = (("keys", ignored.keys), ("key_prefixes", ignored.key_prefixes))
        blocks["ignore_tags"] = {name: list(value) for name, value in pairs if value}
    return ProviderBlock("aws", arguments, blocks)


def role_body(role: AssumeRole) -> dict[str, Value]:
    """What an ``assume_role`` block says: what the job says of the role."""
    body: dict[str, Value] = {}
    for name in _ROLE:
        value = getattr(role, name)
        if value:
            body[name] = list(value) if isinstance(value, tuple) else value
    return body


def _google(infrastructure: Infrastructure) -> ProviderBlock:
    account = infrastructure.account
    project = account.project_id
    arguments: dict[str, Value] = {} if project is None else {"project": project}
    arguments |= {"region": infrastructure.region, **_plain(account, OF_ACCOUNT["gcp"])}
    for name, address in sorted(account.endpoints.items()):
        arguments[name + _CUSTOM_ENDPOINT] = address
    return ProviderBlock("google", arguments, {})


def _azurerm(infrastructure: Infrastructure) -> ProviderBlock:
    account = infrastructure.account
    subscription = account.subscription_id
    arguments: dict[str, Value] = {"subscription_id": subscription} if subscription else {}
    return ProviderBlock(
        "azurerm", arguments | _plain(account, OF_ACCOUNT["azure"]), {"features": {}}
    )


CLOUD_PROVIDERS = {
    "aws": CloudProvider("aws", _aws, ("default_tags", "tags")),
    "gcp": CloudProvider("google", _google, ("default_labels",)),
    # azurerm has no default tags: the module's tags input alone carries them.
    "azure": CloudProvider("azurerm", _azurerm, ()),
}


def untagged(infrastructure: Infrastructure) -> ProviderBlock:
    """The cloud's provider for a root that only looks things up there."""
    return CLOUD_PROVIDERS[infrastructure.provider].block(infrastructure)


# tag_policy_compliance came with 6.22.0, and failed where a tag's value was unknown.
_COMPLIANCE = "6.22.1"


def own(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The cloud's provider, which puts the tags on all that it makes, where it can."""
    provider = CLOUD_PROVIDERS[infrastructure.provider]
    block = provider.block(infrastructure)
    if len(provider.tags) == 2:
        outer, inner = provider.tags
        blocks = {**block.blocks, outer: {inner: TAGS}}
        return (block._replace(blocks=dict(sorted(blocks.items()))),)
    return (block._replace(arguments={**block.arguments, **dict.fromkeys(provider.tags, TAGS)}),)


def counted_in_project(infrastructure: Infrastructure) -> tuple[ProviderBlock, ...]:
    """The provider of Google, whose calls count against the root's project.

    Without it an API of billing accounts, which are in no project, refuses credentials of a person
    (google 8.0, documentation of ``google_billing_budget``).
    """
    (block,) = own(infrastructure)
    project = infrastructure.account.project_id
    if project is None:
        return (block,)
    quota: dict[str, Value] = dict(zip(_QUOTA, (project, True), strict=True))
    return (block._replace(arguments={"project": project, **quota, **block.arguments}),)


def check_account(loaded: LoadedJob) -> None:
    """Refuse a region or account that holds a name that nothing defines.

    A provider is configured before any module, and its block says where everything is made.

    Raises:
        InputError: there is such a name.
    """
    infrastructure = loaded.job.infrastructure
    account = infrastructure.account.model_dump(exclude_unset=True)
    account.pop("resource_group", None)  # no provider reads it
    for path, text in (
        (("region",), infrastructure.region),
        *texts(account, ("account",)),
        (("databricks", "host"), infrastructure.databricks.host),
    ):
        if text is not None:
            finish(text, partial(loaded.locations.location, ("infrastructure", *path)))


def with_compliance(
    providers: tuple[ProviderBlock, ...], settings: Settings
) -> tuple[ProviderBlock, ...]:
    """The providers, of which that of AWS looks for required tags where the settings ask for it.

    One without ``default_tags`` makes nothing that could lack them.
    """
    wanted = settings.terraform.tag_policy_compliance
    if wanted is None:
        return providers
    more: dict[str, Value] = {"tag_policy_compliance": wanted}
    return tuple(
        (
            block._replace(arguments={**block.arguments, **more})
            if block.name == "aws" and "default_tags" in block.blocks
            else block
        )
        for block in providers
    )


def requirements(
    providers: tuple[ProviderBlock, ...], settings: Settings
) -> tuple[ProviderRequirement, ...]:
    """The entries of ``required_providers``, in the order of their names."""
    pinned = settings.terraform.providers
    found = []
    for name in sorted(block.name for block in providers):
        source, version = PROVIDERS[name][:2]
        version = pinned.get(name, version)  # type: ignore[call-overload]
        compliant = name == "aws" and settings.terraform.tag_policy_compliance is not None
        if compliant and satisfiable(version, f"< {_COMPLIANCE}"):
            version += f", >= {_COMPLIANCE}"
        found.append(ProviderRequirement(name, source, version))
    return tuple(found)
