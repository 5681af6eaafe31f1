"""The example roots on Azure, on the real provider, with a Resource Manager in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.deep import sampled
from tests.real.conftest import Command, RealProviders
from tests.real.inside import arm_world
from tests.real.inside.api_server import self_signed
from tests.real.inside.arm import Arm
from tests.real.lives import Project

pytestmark = pytest.mark.real_provider

AZURERM = "hashicorp/azurerm"
CONTACTS = "acme/hubspot-contacts.yaml"
ACCOUNTS = "globex/salesforce-accounts.yaml"
SNAPSHOTS = "globex/inventory-snapshots.yaml"
CLUSTER = "module.job.azurerm_kubernetes_cluster.this"


@pytest.fixture
def arm(real_providers: RealProviders, tmp_path: Path) -> Iterator[Arm]:
    """A cloud with what the jobs name."""
    real_providers.version(AZURERM)
    made = Arm()
    arm_world.fill(made)
    with made.serving(self_signed(tmp_path)):
        made.environment["ARM_METADATA_HOSTNAME"] = made.url.removeprefix("https://")
        yield made


@pytest.fixture
def project(
    arm: Arm, real_providers: RealProviders, real_terraform: Command, tmp_path: Path
) -> Project:
    """A project whose roots lead to that cloud."""
    folder = tmp_path / "project"
    folder.mkdir()
    versions = {"azurerm": real_providers.version(AZURERM)}
    return Project(folder, real_terraform, arm.environment, versions)


LIVES = {
    "an environment of others": (CONTACTS, "acme/hubspot-contacts/dev"),
    "its own environment, and alerts": (CONTACTS, "acme/hubspot-contacts/prod"),
    "an environment and an identity of others": (ACCOUNTS, "globex/salesforce-accounts/prod"),
}


@pytest.mark.deep
@pytest.mark.parametrize(("job", "root"), LIVES.values(), ids=LIVES)
def test_life_of_a_root(project: Project, arm: Arm, job: str, root: str) -> None:
    """A root applies as it is, all that takes tags has them, and nothing is left to do; a tag that
    comes or goes changes in place; a retired job goes with all that it made, and with nothing else.
    """
    there = set(arm.resources)
    environment = root.rsplit("/", 1)[1]
    project.add(job)
    folder = project.applied(root)
    wanted = project.wanted(job, environment)
    assert _otherwise(project, arm, folder, wanted) == {}

    project.edit(job, "tags: {", "tags: {review: yearly, ")
    project.generate()
    actions = project.changes(folder)
    assert {tuple(each) for each in actions.values()} == {("update",)}
    project.apply(folder)
    wanted = {**wanted, "review": "yearly"}
    assert _otherwise(project, arm, folder, wanted) == {}

    project.edit(job, "review: yearly, ", "")
    project.applied(root)
    wanted = project.wanted(job, environment)
    assert _otherwise(project, arm, folder, wanted) == {}

    project.retire(job, folder)
    built_in = {key for key in arm.resources if "/roledefinitions/" in key}
    assert project.state(folder)["resources"] == []
    assert set(arm.resources) - built_in == there


@pytest.mark.deep
def test_change_in_place(project: Project, arm: Arm) -> None:
    """Size, limits and schedule change in place, and arrive."""
    root = "acme/hubspot-contacts/dev"
    project.add(CONTACTS)
    folder = project.applied(root)
    project.edit(CONTACTS, "cpu: 0.25", "cpu: 1")
    project.edit(CONTACTS, "memory: 512Mi", "memory: 2Gi")
    project.edit(CONTACTS, "timeout_seconds: 1800", "timeout_seconds: 900")
    project.edit(CONTACTS, "30 3 * * 1-5", "45 4 * * *")
    project.generate()
    job = "module.job.azurerm_container_app_job"
    assert {(name[: len(job)], *did) for name, did in project.changes(folder).items()} == {
        (job, "update")
    }
    project.apply(folder)
    made = next(one for one in arm.resources.values() if one["type"] == "microsoft.app/jobs")
    configuration = made["properties"]["configuration"]
    container = made["properties"]["template"]["containers"][0]
    assert (container["resources"]["cpu"], container["resources"]["memory"]) == (1, "2Gi")
    assert configuration["replicaTimeout"] == 900
    assert configuration["scheduleTriggerConfig"]["cronExpression"] == "45 4 * * *"


class Wrong(NamedTuple):
    """What a job names and is not as the job needs it.

    Attributes:
        job: the job.
        thing: the id of what is wrong.
        spoilt: what becomes of it; None where it is not there at all.
        said: what whoever plans reads: our sentence, or the provider's.
    """

    job: str
    thing: str
    spoilt: dict[str, Any] | None
    said: str


NETWORK = arm_world.network_of(arm_world.ACME)
WRONG = {
    "no group": Wrong(CONTACTS, arm_world.GROUP, None, 'rg-acme-etl\\")" was not found'),
    "network elsewhere": Wrong(
        CONTACTS,
        NETWORK,
        {"location": "northeurope"},
        "is in northeurope, and the job runs in westeurope; see infrastructure.network.subnet_ids",
    ),
    "no subnet": Wrong(CONTACTS, f"{NETWORK}/subnets/snet-etl", None, '"snet-etl") was not found'),
    "vault without roles": Wrong(
        CONTACTS,
        arm_world.VAULT,
        {"properties": {"enableRbacAuthorization": False}},
        "The key vault kv-acme-etl goes by access policies, so the roles of the job's identity "
        "have no effect; see infrastructure.runtime.key_vaults",
    ),
    "no container": Wrong(CONTACTS, arm_world.CONTAINER, None, '"raw"): unexpected status 404'),
    "environment elsewhere": Wrong(
        ACCOUNTS,
        arm_world.ENVIRONMENT,
        {"location": "westeurope"},
        "is in westeurope, and the job runs in northeurope; see infrastructure.runtime",
    ),
    "no identity": Wrong(ACCOUNTS, arm_world.IDENTITY, None, '"id-etl") was not found'),
}


@pytest.mark.parametrize("wrong", sampled(WRONG, "no group"))
def test_what_exists_and_is_wrong(project: Project, arm: Arm, wrong: Wrong) -> None:
    """What a job names and is missing, or not as the job needs it, stops the plan with a sentence
    that names it.
    """
    project.add(wrong.job)
    project.generate()
    if wrong.spoilt is None:
        del arm.resources[wrong.thing.lower()]
    else:
        found = arm.at(wrong.thing)
        properties = {**found["properties"], **wrong.spoilt.get("properties", {})}
        found |= {**wrong.spoilt, "properties": properties}
    root = wrong.job.removesuffix(".yaml") + "/prod"
    assert wrong.said in project.refused(project.root(root))


@pytest.mark.deep
def test_cluster(project: Project, arm: Arm, real_providers: RealProviders) -> None:
    """The cluster of an AKS root is made as it is asked for, and a second plan leaves it alone.
    What is inside of it needs an API server; its key needs a vault that answers.
    """
    real_providers.version("hashicorp/kubernetes")
    there = set(arm.resources)
    project.add(SNAPSHOTS)
    project.put(SNAPSHOTS, r"    kms_key_id: .*\n", "")
    project.generate()
    folder = project.root("globex/inventory-snapshots/prod")
    project.terraform(folder, "init", "-input=false")
    target = f"-target={CLUSTER}"
    project.terraform(folder, "apply", "-auto-approve", "-input=false", target)
    project.terraform(folder, "plan", "-detailed-exitcode", "-input=false", target)

    made = next(one for one in arm.resources.values() if one["type"].endswith("/managedclusters"))
    wanted = project.wanted(SNAPSHOTS)
    assert made["tags"].items() <= wanted.items()
    assert made["properties"]["disableLocalAccounts"] is True
    assert made["properties"]["apiServerAccessProfile"]["enablePrivateCluster"] is True

    project.terraform(folder, "destroy", "-auto-approve", "-input=false", target)
    left = {key for key in set(arm.resources) - there if "managedclusters" in key}
    assert left == set()


def _otherwise(
    project: Project, arm: Arm, folder: Path, wanted: dict[str, str]
) -> dict[str, dict[str, str]]:
    """By id, the tags that the API tells of what is in the state, where they are not the wanted."""
    made = [
        instance["attributes"]
        for found in project.state(folder)["resources"]
        if found["mode"] == "managed"
        for instance in found["instances"]
    ]
    told = {one["id"]: arm.at(one["id"]).get("tags", {}) for one in made if "tags" in one}
    assert told
    return {key: tags for key, tags in told.items() if tags != wanted}
