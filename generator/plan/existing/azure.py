"""Azure: what a job can name, and the data source that knows it.

A resource id says subscription, group and name; most data sources want group and name, and look
in the provider's own subscription only.
"""

from __future__ import annotations

from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan.existing.lookup import (
    Arguments,
    Check,
    Lookup,
    Parse,
    Unverified,
    attribute,
    in_region,
    matched,
    own_only,
    same_endpoint,
)
from generator.plan.regions import api_name
from generator.text.expression import Call, Value
from generator.text.patterns import lazy

_GROUP = (
    r"(?i:(?P<of>/subscriptions/(?P<subscription_id>[^/]+)"
    r"/resourceGroups/(?P<group>[^/]+)/providers/"
)
_CONTAINER = _GROUP + (
    r"Microsoft\.Storage/storageAccounts/[^/]+)/blobServices/default/containers/(?P<name>[^/]+))"
)
_KEY = _GROUP + r"Microsoft\.KeyVault/vaults/[^/]+)/keys/(?P<name>[^/]+))"
_SHORT = lazy(r"([a-z0-9]{3,24})/([a-z0-9$](?:[a-z0-9-]{1,61}[a-z0-9]))")
_container = matched(_CONTAINER, name="name", storage_account_id="of")


def _own(kind: str, **more: str) -> Parse:
    """A resource of the job's own subscription: its name and group, and further groups.

    Args:
        kind: the end of its id as a pattern, its name being the group ``name``.
        more: further arguments, as in ``matched``.
    """
    arguments = {"name": "name", **more, "resource_group_name": "group"}
    return own_only("subscription_id", f"{_GROUP}{kind}))", **arguments)


def _blob_container(text: str, infrastructure: Infrastructure) -> Arguments | None:
    """A container by its resource id, or as account/container in the job's own group."""
    short, account = _SHORT.fullmatch(text), infrastructure.account
    if short is None:
        return _container(text, infrastructure)
    if account.subscription_id is None or account.resource_group is None:
        return None
    if waits(account.resource_group):
        return None
    group = f"/subscriptions/{account.subscription_id}/resourceGroups/{account.resource_group}"
    of = f"{group}/providers/Microsoft.Storage/storageAccounts/{short[1]}"
    return {"name": short[2], "storage_account_id": of}


def _endpoint(suffix: str, name: str) -> Check:
    """The server's host name, where the job gives one of the cloud's own."""

    def expected(infrastructure: Infrastructure) -> Value:
        endpoint = infrastructure.references.database.endpoint
        if endpoint is None or waits(endpoint):
            return None
        return endpoint.lower() if endpoint.lower().endswith(suffix) else None

    return same_endpoint(name, expected)


_LOCATION = in_region("location", lambda infrastructure: api_name("azure", infrastructure.region))
_ROLES = Check(
    attribute("rbac_authorization_enabled"),
    "==",
    lambda infrastructure: True if infrastructure.runtime.identity is None else None,
    "goes by roles, if the job's identity is made with it",
    "goes by access policies, so the roles of the job's identity have no effect",
)
# Without Entra ID no exec plugin can log in, and the data source holds a client key.
_ENTRA = Check(
    Call("length", (attribute("azure_active_directory_role_based_access_control"),)),
    "!=",
    0,
    "goes by Entra ID",
    "does not go by Entra ID, so nobody can log in to it without a stored key",
)
# Azure's default. The data source then asks for the key of cluster-admin and stores it (azurerm,
# kubernetes_cluster_data_source.go); a plan that fails writes no state.
_LOCAL_ACCOUNTS = Check(
    Call("length", (attribute("kube_admin_config"),)),
    "==",
    0,
    "has no local accounts",
    "has local accounts, and the key of its administrator would go into the state: disable them, "
    "or describe the cluster in kubernetes.cluster",
)
# What the provider is configured from; empty where its caller may not list it.
_KUBECONFIG = Check(
    Call("length", (attribute("kube_config"),)),
    "!=",
    0,
    "tells its address",
    "does not tell its address to whoever plans, who lacks "
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
)
# "Virtual network configuration" of Container Apps: /27 at least, not to be changed afterwards. A
# smaller range has no address of this number.
_SIZE = Check(
    Call("can", (Call("cidrhost", (attribute("address_prefixes[0]"), 31)),)),
    "==",
    lambda infrastructure: infrastructure.runtime.type == "container_apps_job" or None,
    "is a /27 or larger, if an environment is made in it",
    "is {self.address_prefixes[0]}, and a Container Apps environment needs a /27 or larger",
)
_SUBNET = r"Microsoft\.Network/virtualNetworks/(?P<vnet>[^/]+)/subnets/(?P<name>[^/]+)"
_VNET = r"Microsoft\.Network/virtualNetworks/(?P<name>[^/]+)/subnets/[^/]+"
_READ = "Microsoft.{}/read"
_CONTAINER_OF_DATA = Lookup(
    *("storage.data_bucket", "azurerm_storage_container", "data", "blob container"),
    parse=_blob_container,
    permissions=(_READ.format("Storage/storageAccounts/blobServices/containers"),),
)

LOOKUPS = (
    Lookup(
        *("account.resource_group", "azurerm_resource_group", "this", "resource group"),
        argument="name",
        permissions=(_READ.format("Resources/subscriptions/resourceGroups"),),
        when=lambda infrastructure: not infrastructure.terraform.variables.get(
            "create_resource_group"
        ),
    ),
    Lookup(
        *("network.subnet_ids", "azurerm_virtual_network", "this", "network of the subnet"),
        parse=_own(_VNET),
        checks=(_LOCATION,),
        permissions=(_READ.format("Network/virtualNetworks"),),
    ),
    Lookup(
        *("network.subnet_ids", "azurerm_subnet", "this", "subnet"),
        parse=_own(_SUBNET, virtual_network_name="vnet"),
        checks=(_SIZE,),
        permissions=(_READ.format("Network/virtualNetworks/subnets"),),
    ),
    Lookup(
        *("runtime.cluster_name", "azurerm_container_app_environment", "this", "environment"),
        parse=_own(r"Microsoft\.App/managedEnvironments/(?P<name>[^/]+)"),
        checks=(_LOCATION,),
        permissions=(_READ.format("App/managedEnvironments"),),
        runtimes=("container_apps_job",),
    ),
    Lookup(
        *("runtime.cluster_name", "azurerm_kubernetes_cluster", "this", "cluster"),
        argument="name",
        more=lambda infrastructure: {"resource_group_name": infrastructure.account.resource_group},
        checks=(_ENTRA, _LOCAL_ACCOUNTS, _KUBECONFIG),
        permissions=(
            _READ.format("ContainerService/managedClusters"),
            "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
        ),
        runtimes=("kubernetes",),
        needed=True,
    ),
    Lookup(
        *("runtime.identity", "azurerm_user_assigned_identity", "identity", "identity"),
        parse=_own(r"Microsoft\.ManagedIdentity/userAssignedIdentities/(?P<name>[^/]+)"),
        permissions=(_READ.format("ManagedIdentity/userAssignedIdentities"),),
    ),
    Lookup(
        *("runtime.key_vaults", "azurerm_key_vault", "this", "key vault"),
        parse=_own(r"Microsoft\.KeyVault/vaults/(?P<name>[^/]+)"),
        checks=(_ROLES,),
        permissions=(_READ.format("KeyVault/vaults"),),
    ),
    _CONTAINER_OF_DATA,
    _CONTAINER_OF_DATA._replace(field="storage.state_bucket", name="state"),
    Lookup(
        *("storage.kms_key_id", "azurerm_key_vault_key", "data", "key"),
        parse=matched(_KEY, name="name", key_vault_id="of"),
        permissions=(
            _READ.format("KeyVault/vaults"),
            "Microsoft.KeyVault/vaults/keys/read (data action)",
        ),
    ),
    Lookup(
        *("references.database.instance_id", "azurerm_postgresql_flexible_server"),
        *("database", "database server"),
        parse=_own(r"Microsoft\.DBforPostgreSQL/flexibleServers/(?P<name>[^/]+)"),
        checks=(_endpoint(".postgres.database.azure.com", "fqdn"),),
        permissions=(_READ.format("DBforPostgreSQL/flexibleServers"),),
    ),
    Lookup(
        *("references.database.instance_id", "azurerm_mssql_server"),
        *("database", "database server"),
        parse=_own(r"Microsoft\.Sql/servers/(?P<name>[^/]+)"),
        checks=(_endpoint(".database.windows.net", "fully_qualified_domain_name"),),
        permissions=(_READ.format("Sql/servers"),),
    ),
    Lookup(
        *("references.database.instance_id", "azurerm_mssql_managed_instance"),
        *("database", "managed instance"),
        parse=_own(r"Microsoft\.Sql/managedInstances/(?P<name>[^/]+)"),
        permissions=(_READ.format("Sql/managedInstances"),),
    ),
)

UNVERIFIED = (
    Unverified(
        ("runtime.secrets", "runtime.readable_secrets"),
        "A secret of a key vault: the data source of one reads its value into the state, the one "
        "of all names every other secret of the vault there.",
    ),
    Unverified(
        ("runtime.registry_id",),
        "The data source of a registry reads the password of its admin user into the state.",
    ),
    Unverified(
        ("monitoring.alerts.channels",),
        "The data source of an action group reads the addresses of its receivers into the state, "
        "and those of functions, logic apps and webhooks hold keys.",
    ),
    Unverified(
        ("references.cache.cluster_id",),
        "The data sources of caches read their access keys into the state.",
    ),
    Unverified(
        ("references.database.endpoint", "references.cache.endpoint", "references.queue.url"),
        "An address says neither the group nor the kind of the thing behind it.",
    ),
    Unverified(
        ("network.subnet_ids", "runtime.cluster_name", "runtime.identity", "runtime.key_vaults"),
        "A resource of another subscription than `account.subscription_id`: the provider looks in "
        "its own only.",
    ),
)
