"""Jobs on AKS, for their tests."""

from __future__ import annotations

from tests.plan.conftest import GROUP, HEAD, SUBSCRIPTION

SUBNET = f"{GROUP}/Microsoft.Network/virtualNetworks/net/subnets/jobs"
VAULT = f"{GROUP}/Microsoft.KeyVault/vaults/etl-vault"
WORKSPACE = f"{GROUP}/Microsoft.OperationalInsights/workspaces/shared"
NETWORK = f"network: {{subnet_ids: [{SUBNET}]}}"
BLOCK = f"""\
infrastructure:
  provider: azure
  region: westeurope
  account: {{subscription_id: {SUBSCRIPTION}, resource_group: rg}}
  runtime:
    type: aks
    image: ghcr.io/acme/etl:1
"""
SHARED = f"terraform: {{variables: {{log_analytics_workspace_id: {WORKSPACE}}}}}"


def job(runtime: str = "", block: str = "", network: str = NETWORK, head: str = "") -> str:
    """A job file: the network is line 7, ``runtime`` lines begin at 11, then ``block`` lines."""
    text = HEAD + head + BLOCK.replace("  runtime:", f"  {network}\n  runtime:")
    if "registry_id" in runtime:
        text = text.replace("ghcr.io/acme/etl", "acme.azurecr.io/etl")
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())
