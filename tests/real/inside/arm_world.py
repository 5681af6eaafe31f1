"""What the example jobs on Azure say that others made."""

from __future__ import annotations

from tests.real.inside.arm import Arm
from tests.real.inside.arm_answers import TENANT

ACME = "/subscriptions/00000000-0000-4000-8000-0000000000a1"
GLOBEX = "/subscriptions/00000000-0000-4000-8000-0000000000b2"
# Subscription to groups, each with its region.
GROUPS = {
    ACME: ("rg-acme-etl", "rg-network", "rg-images", "rg-monitoring"),
    GLOBEX: (
        *("rg-globex-etl", "rg-globex-net", "rg-globex-keys", "rg-globex-images"),
        *("rg-globex-ops", "rg-images"),
    ),
}


def network_of(subscription: str) -> str:
    """The id of the virtual network of others."""
    names = {ACME: ("rg-network", "vnet-data"), GLOBEX: ("rg-globex-net", "globex-weu")}
    group, name = names[subscription]
    return (
        f"{subscription}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}"
    )


VAULT = f"{ACME}/resourceGroups/rg-acme-etl/providers/Microsoft.KeyVault/vaults/kv-acme-etl"
ENVIRONMENT = (
    f"{GLOBEX}/resourceGroups/rg-globex-etl/providers/Microsoft.App/managedEnvironments/cae-globex"
)
IDENTITY = (
    f"{GLOBEX}/resourceGroups/rg-globex-etl/providers/Microsoft.ManagedIdentity"
    "/userAssignedIdentities/id-etl"
)
CONTAINER = (
    f"{ACME}/resourceGroups/rg-acme-etl/providers/Microsoft.Storage/storageAccounts/acmedatalake"
    "/blobServices/default/containers/raw"
)
GROUP = f"{ACME}/resourceGroups/rg-acme-etl"


def fill(arm: Arm) -> None:
    """Make all of it."""
    for subscription, groups in GROUPS.items():
        for group in groups:
            arm.make(f"{subscription}/resourceGroups/{group}", {"location": "westeurope"})
    _network(arm, ACME, "snet-etl")
    _network(arm, GLOBEX, "aks-inventory")
    _vault(arm, VAULT)
    _container(arm, CONTAINER)
    _container(
        arm,
        f"{GLOBEX}/resourceGroups/rg-globex-etl/providers/Microsoft.Storage/storageAccounts"
        "/globexlake/blobServices/default/containers/raw",
    )
    images = (f"{ACME}/resourceGroups/rg-images", f"{GLOBEX}/resourceGroups/rg-images")
    for group in (*images, f"{GLOBEX}/resourceGroups/rg-globex-images"):
        _registry(arm, group)
    _environment(arm, ENVIRONMENT, "northeurope")
    _environment(arm, f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae-acme-dev")
    arm.make(IDENTITY, {"location": "northeurope"})


def _environment(arm: Arm, path: str, region: str = "westeurope") -> None:
    profile = {"name": "Consumption", "workloadProfileType": "Consumption"}
    logs = {"destination": "azure-monitor"}
    properties = {"appLogsConfiguration": logs, "workloadProfiles": [profile]}
    arm.make(path, {"location": region, "properties": properties})


def _network(arm: Arm, subscription: str, subnet: str) -> None:
    network = network_of(subscription)
    space = {"addressPrefixes": ["10.0.0.0/16"]}
    arm.make(
        network,
        {"location": "westeurope", "properties": {"addressSpace": space, "subnets": []}},
    )
    properties = {
        "addressPrefix": "10.0.0.0/23",
        "addressPrefixes": ["10.0.0.0/23"],
        "privateEndpointNetworkPolicies": "Disabled",
        "privateLinkServiceNetworkPolicies": "Enabled",
        "serviceEndpoints": [],
        "delegations": [],
    }
    arm.make(f"{network}/subnets/{subnet}", {"properties": properties})


def _vault(arm: Arm, path: str) -> None:
    name = path.rsplit("/", 1)[1]
    properties = {
        "tenantId": TENANT,
        "sku": {"family": "A", "name": "standard"},
        "vaultUri": f"https://{name}.vault.azure.net/",
        "enableRbacAuthorization": True,
        "enablePurgeProtection": True,
        "accessPolicies": [],
        "publicNetworkAccess": "Enabled",
    }
    arm.make(path, {"location": "westeurope", "properties": properties})


def _container(arm: Arm, path: str) -> None:
    account = path.partition("/blobServices")[0]
    endpoint = f"https://{account.rsplit('/', 1)[1]}.blob.core.windows.net/"
    sku = {"name": "Standard_LRS", "tier": "Standard"}
    properties = {"primaryEndpoints": {"blob": endpoint}}
    arm.make(
        account,
        {"location": "westeurope", "kind": "StorageV2", "sku": sku, "properties": properties},
    )
    access = {"publicAccess": "None", "metadata": {}}
    arm.make(
        path, {"properties": {**access, "hasImmutabilityPolicy": False, "hasLegalHold": False}}
    )


def _registry(arm: Arm, group: str) -> None:
    path = f"{group}/providers/Microsoft.ContainerRegistry/registries/acmeimages"
    properties = {"loginServer": "acmeimages.azurecr.io", "adminUserEnabled": False}
    sku = {"name": "Premium", "tier": "Premium"}
    arm.make(path, {"location": "westeurope", "sku": sku, "properties": properties})
