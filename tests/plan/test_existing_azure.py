"""What a root on Azure looks up, and in which spelling its ids reach the provider."""

from __future__ import annotations

import pytest

from generator.plan.root_plan import DataSource, RootPlan
from generator.render.data_blocks import data_blocks
from generator.text.expression import Call, Reference
from tests.plan.conftest import GROUP, SUBSCRIPTION, Plans, job
from tests.plan.existing_samples import found as found_in

SUBNET = f"{GROUP}/Microsoft.Network/virtualNetworks/v/subnets/s"


def _by_address(plan: RootPlan) -> dict[str, DataSource]:
    return {f"{source.type}.{source.name}": source for source in plan.data}


def test_what_an_aks_cluster_must_not_hand_out() -> None:
    """A cluster with local accounts hands the key of its administrator to the state."""
    named = {"runtime": {"cluster_name": "shared"}, "terraform": {"verify_existing": False}}
    (cluster,) = found_in("azure", "kubernetes", named)
    assert [(one.left, one.operator, one.right) for one in cluster.conditions[1:]] == [
        (Call("length", (Reference("self.kube_admin_config"),)), "==", 0),
        (Call("length", (Reference("self.kube_config"),)), "!=", 0),
    ]
    text = data_blocks([cluster])
    assert "condition     = length(self.kube_admin_config) == 0" in text
    assert "the key of its administrator would go into the state" in text


def test_a_subnet_that_an_environment_fits_into() -> None:
    """Only where an environment is made in it."""
    named = {"network": {"subnet_ids": [SUBNET]}}
    found = {one.type: one for one in found_in("azure", "container_apps_job", named)}
    text = data_blocks([found["azurerm_subnet"]])
    assert "condition     = can(cidrhost(self.address_prefixes[0], 31))" in text
    found = {one.type: one for one in found_in("azure", "aks", named)}
    assert found["azurerm_subnet"].conditions == ()


def test_a_resource_group_that_waits(plans: Plans) -> None:
    """A group that apply knows stands in no look-up as it is written."""
    text = job("azure", block="storage: {data_bucket: lake/raw}")
    plan = plans.plan(text.replace("resource_group: rg", 'resource_group: "${RG}"'))
    found = _by_address(plan)
    assert set(found) == {"azurerm_resource_group.this"}
    assert found["azurerm_resource_group.this"].arguments == {"name": Reference("var.rg")}
    assert "${RG}" not in data_blocks(plan.data)


IN_LOWER_CASE = f"/SUBSCRIPTIONS/{SUBSCRIPTION}/resourcegroups/Rg/Providers"
WAITING = "/subscriptions/${SUB}/resourcegroups/g/providers"
SPELT = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/Rg/providers"

NETWORK = "microsoft.network/virtualnetworks"
WORKSPACE = f"{IN_LOWER_CASE}/microsoft.operationalinsights/workspaces/W"


@pytest.mark.parametrize(
    ("runtime", "block", "argument", "wanted"),
    [
        (
            f"cluster_name: {IN_LOWER_CASE}/microsoft.app/managedenvironments/E",
            "",
            "container_app_environment_id",
            f"{SPELT}/Microsoft.App/managedEnvironments/E",
        ),
        (
            "",
            f"terraform: {{variables: {{log_analytics_workspace_id: {WORKSPACE}}}}}",
            "log_analytics_workspace_id",
            f"{SPELT}/Microsoft.OperationalInsights/workspaces/W",
        ),
        (
            "",
            f"network: {{subnet_ids: [{IN_LOWER_CASE}/{NETWORK}/V/subnets/S]}}",
            "network",
            {"subnet_id": f"{SPELT}/Microsoft.Network/virtualNetworks/V/subnets/S"},
        ),
        (
            f"identity: {IN_LOWER_CASE}/microsoft.managedidentity/userassignedidentities/I",
            "",
            "identity",
            f"{SPELT}/Microsoft.ManagedIdentity/userAssignedIdentities/I",
        ),
        (
            f'cluster_name: "{WAITING}/microsoft.app/managedenvironments/e"',
            "",
            "container_app_environment_id",
            None,
        ),
    ],
    ids=["environment", "workspace", "subnet", "identity", "waiting"],
)
def test_ids_in_the_spelling_of_the_provider(
    plans: Plans, runtime: str, block: str, argument: str, wanted: object
) -> None:
    """Azure's tools hand out others; names keep theirs."""
    given = plans.inputs(job("azure", runtime, block))[argument]
    if wanted is None:
        assert "/resourceGroups/g/providers/Microsoft.App/managedEnvironments/e" in str(given)
    else:
        assert given == wanted


def test_what_is_found_below_an_id_in_lower_case(plans: Plans) -> None:
    """A container's account and a key's vault reach their data sources as the provider has them."""
    blobs = "microsoft.storage/storageaccounts/lake/blobservices/Default/containers/raw"
    bucket, key = f"{IN_LOWER_CASE}/{blobs}", f"{IN_LOWER_CASE}/microsoft.keyvault/vaults/kv/keys/k"
    text = job("azure", block=f"storage: {{data_bucket: {bucket}, kms_key_id: {key}}}")
    found = _by_address(plans.plan(text))
    account = f"{SPELT}/Microsoft.Storage/storageAccounts/lake"
    assert found["azurerm_storage_container.data"].arguments["storage_account_id"] == account
    vault = f"{SPELT}/Microsoft.KeyVault/vaults/kv"
    assert found["azurerm_key_vault_key.data"].arguments["key_vault_id"] == vault


def test_what_the_program_reads_keeps_its_spelling(plans: Plans) -> None:
    """Environment variables and arguments are nobody's ids but the program's."""
    own = f"{IN_LOWER_CASE}/microsoft.app/managedenvironments/e"
    inputs = plans.inputs(job("azure", f"environment: {{WHERE: {own}}}\nargs: [{own}]"))
    assert inputs["environment_variables"]["WHERE"] == own
    assert inputs["args"] == [own]


def test_a_tag_counts_in_bytes(plans: Plans) -> None:
    """The provider counts an umlaut twice: what is longer than 256 bytes is cut or refused."""
    fits, long = "ü" * 128, "ü" * 129
    assert plans.problems(job("azure", block=f"tags: {{note: {fits}}}")) == []
    settings = "tags: {overlong: refuse}"
    (problem,) = plans.problems(job("azure", block=f"tags: {{note: {long}}}"), settings)
    assert "it has 258 bytes, Azure allows 256" in problem.message
