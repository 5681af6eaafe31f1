"""What Azure's modules have in common.

Sources: azurerm's upgrade guide 5.0 (nothing is registered by the provider), Azure's pages on
resource providers and on built-in roles.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.plan.needs.need import ALWAYS, Need, When, absent, both, either, given

_OWN_IDENTITY = absent("identity")
_GRANTS = both(
    either(
        given("storage"), given("key_vault_ids"), given("container_registry_id"), given("access")
    ),
    _OWN_IDENTITY,
)


def shared(providers: dict[str, str]) -> Iterator[Need]:
    """The rows that every module has.

    Args:
        providers: namespace of a resource provider to what it is for.
    """
    for name, why in providers.items():
        yield Need("resource provider", name, why)
    yield Need(
        "resource provider", "Microsoft.ManagedIdentity", "the job's identity", _OWN_IDENTITY
    )
    yield Need("resource provider", "Microsoft.OperationalInsights", "the logs", OWN_WORKSPACE)
    yield Need("resource provider", "Microsoft.Insights", "the alerts", given("alerts"))
    yield Need(
        "must exist", "the resource group", "all is made in it", absent("create_resource_group")
    )
    yield Need("whoever plans", "Reader on the resource group", "refreshing what the root made")
    yield Need(
        "whoever plans",
        "`Microsoft.OperationalInsights/workspaces/sharedKeys/action` on the workspace",
        "the provider reads its keys at every refresh, and writes them into the state",
        OWN_WORKSPACE,
    )
    yield Need("whoever applies", "Contributor on the resource group", "what the root makes")
    yield Need(
        "whoever applies",
        "Contributor on the subscription",
        "the resource group",
        given("create_resource_group"),
    )
    yield Need(
        "whoever applies",
        "Role Based Access Control Administrator on storage account, vaults, registry and what"
        " `access` names",
        "the grants to the job's identity",
        _GRANTS,
    )
    yield Need(
        "whoever applies",
        "`Microsoft.Authorization/roleDefinitions/write` on the storage account's scope",
        "the job's own role, which may not delete",
        STORAGE_ROLE,
    )


OWN_WORKSPACE = absent("log_analytics_workspace_id")
STORAGE_ROLE = both(given("storage"), absent("storage_role_definition_id"), _OWN_IDENTITY)


def at_subnet(who: str, when: When = ALWAYS) -> Need:
    """The right to put something into a subnet.

    Args:
        who: needs it.
        when: there is one.
    """
    return Need(
        "whoever applies",
        "`Microsoft.Network/virtualNetworks/subnets/join/action` on the subnet",
        who,
        when,
    )
