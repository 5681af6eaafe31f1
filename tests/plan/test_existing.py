"""Things that exist already: which of them a root looks up, and by which data source."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from generator.plan.existing.gcp import locations
from generator.plan.root_plan import Condition, DataSource, RootPlan
from generator.render.data_blocks import data_blocks
from generator.text.expression import Call, Reference, Value
from tests.plan.conftest import GROUP, SUBSCRIPTION, Plans, job
from tests.plan.existing_samples import SECRET
from tests.plan.existing_samples import found as found_in

ACCOUNT = "account: {account_id: '123456789012'}"


def _by_address(plan: RootPlan) -> dict[str, DataSource]:
    return {f"{source.type}.{source.name}": source for source in plan.data}


def _conditions(source: DataSource) -> list[tuple[Any, str, Any]]:
    return [(one.left, one.operator, one.right) for one in source.conditions]


def test_subnets_belong_to_the_vpc(plans: Plans) -> None:
    """Subnets and security groups are looked up one by one and compared with the VPC."""
    found = _by_address(plans.plan(job(network="security_group_ids: [sg-1]")))
    vpc, subnets = found["aws_vpc.this"], found["aws_subnet.this"]
    assert (vpc.arguments, vpc.for_each) == ({"id": "vpc-1"}, ())
    assert (subnets.arguments, subnets.for_each) == ({"id": Reference("each.value")}, ("subnet-1",))
    within = (Reference("self.vpc_id"), "==", Reference("data.aws_vpc.this.id"))
    assert within in _conditions(subnets)
    assert _conditions(found["aws_security_group.this"]) == [within]


def test_a_message_names_thing_field_and_file(plans: Plans) -> None:
    """A postcondition says in a whole sentence what is wrong, and where to mend it."""
    settings = "defaults: {infrastructure: {storage: {data_bucket: acme-lake}}}"
    bucket = _by_address(plans.plan(job(), settings))["aws_s3_bucket.data"]
    text = data_blocks([bucket])
    assert (
        'error_message = "The bucket acme-lake is in ${self.bucket_region}, and the job runs in '
        'us-east-1; see infrastructure.storage.data_bucket in dativo.yaml."'
    ) in text
    assert 'condition     = self.bucket_region == "us-east-1"' in text


def test_switched_off(plans: Plans) -> None:
    """Nothing is looked up, in a job or in dativo.yaml, where nobody wants it."""
    off = "terraform: {verify_existing: false}"
    assert plans.plan(job()).data != ()
    assert plans.plan(job(block=off)).data == ()
    settings = f"defaults: {{infrastructure: {{{off}}}}}"
    assert plans.plan(job(), settings).data == ()


@pytest.mark.parametrize("cloud", ["aws", "azure", "gcp"])
def test_a_provider_keeps_what_it_is_configured_from(cloud: str) -> None:
    """The cluster of a Kubernetes job is looked up whatever the setting says, and alone."""
    named = {"runtime": {"cluster_name": "shared"}, "terraform": {"verify_existing": False}}
    (cluster,) = found_in(cloud, "kubernetes", named)
    assert (cluster.name, cluster.needed) == ("this", True)
    assert "tflint-ignore" not in data_blocks([cluster])


def test_a_module_of_ones_own(plans: Plans) -> None:
    """What a job with its own module names is looked up like any other."""
    variables = "".join(
        f'variable "{name}" {{\n  type    = any\n  default = null\n}}\n'
        for name in ("name", "tenant", "environment", "tags", "network", "storage", "image")
    )
    plans.write("own/main.tf", variables)
    text = yaml.safe_dump(
        {
            "tenant_id": "acme",
            "environment": "prod",
            "infrastructure": {
                "provider": "aws",
                "region": "us-east-1",
                "runtime": {"type": "spark", "image": "registry/etl:1"},
                "network": {"vpc_id": "vpc-1"},
                "storage": {"data_bucket": "acme-lake"},
                "terraform": {"module": {"source": "./own"}},
            },
        }
    )
    assert set(_by_address(plans.plan(text))) == {"aws_vpc.this", "aws_s3_bucket.data"}


def test_variables_of_the_root(plans: Plans) -> None:
    """A value that waits for a variable is looked up through it, if it need not be taken apart."""
    text = job(
        runtime="identity: ${ROLE}\nsecrets: {A: '${SECRET}', B: '" + SECRET % "us-east-1" + "'}",
        block="storage: {data_bucket: 'lake-${STAGE}'}",
    ).replace("[subnet-1]", "['${SUBNET_A}', subnet-2]")
    plan = plans.plan(text)
    found = _by_address(plan)
    declared = {f"var.{variable.name}" for variable in plan.variables}
    assert found["aws_subnet.this"].for_each == (Reference("var.subnet_a"), "subnet-2")
    assert set(found["aws_secretsmanager_secret.secrets"].for_each) == {"B"}
    assert "aws_iam_role.identity" not in found
    blocks = data_blocks(plan.data)
    assert 'bucket = "lake-${var.stage}"' in blocks
    assert "The bucket lake-${var.stage} is in" in blocks
    assert set(re.findall(r"var\.[a-z_]+", blocks)) <= declared


def test_references_only_to_what_is_looked_up(plans: Plans) -> None:
    """A subnetwork is compared with its network only where that one can be looked up."""
    network = "network: {vpc_id: 'projects/${HOST}/global/networks/n', subnet_ids: [s]}"
    (subnetwork,) = plans.plan(job("gcp", block=network)).data
    assert subnetwork.type == "google_compute_subnetwork"
    assert "data.google_compute_network" not in data_blocks([subnetwork])


def test_secrets_are_found_by_what_the_job_calls_them(plans: Plans) -> None:
    """The name of the variable is the key; a JSON key is cut off, a parameter is left out."""
    parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/acme/key"
    secrets = {"A": SECRET % "us-east-1" + ":password::", "B": parameter, "C": SECRET % "eu-west-1"}
    found = _by_address(plans.plan(job(runtime=f"secrets: {json.dumps(secrets)}")))
    source = found["aws_secretsmanager_secret.secrets"]
    assert source.for_each == {
        "A": {"arn": SECRET % "us-east-1", "region": "us-east-1"},
        "C": {"arn": SECRET % "eu-west-1", "region": "eu-west-1"},
    }
    assert source.arguments["region"] == Reference("each.value.region")
    only = plans.plan(job(runtime=f"secrets: {{B: '{parameter}'}}")).data
    assert {one.type for one in only} == {"aws_vpc", "aws_subnet"}


def test_things_found_by_name_are_looked_for_in_the_own_account_only(plans: Plans) -> None:
    """A topic of another account, or of an account that the job does not name, is left out."""
    topic = "monitoring: {alerts: {channels: ['arn:aws:sns:us-east-1:%s:alerts']}}"
    own = plans.plan(job(block=f"{ACCOUNT}\n{topic % '123456789012'}")).data
    other = plans.plan(job(block=f"{ACCOUNT}\n{topic % '999999999999'}")).data
    unknown = plans.plan(job(block=topic % "123456789012")).data
    assert [one.type for one in own if one.name == "alerts"] == ["aws_sns_topic"]
    assert [one for one in (*other, *unknown) if one.name == "alerts"] == []


def test_resources_of_other_subscriptions_are_left_out(plans: Plans) -> None:
    """A provider of Azure looks in its own subscription; what goes by its whole id is found."""
    other = GROUP.replace(SUBSCRIPTION, "00000000-0000-4000-8000-0000000000ff")
    block = f"""\
network: {{subnet_ids: [{other}/Microsoft.Network/virtualNetworks/v/subnets/s]}}
storage:
  data_bucket: {other}/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers/raw
"""
    found = _by_address(plans.plan(job("azure", block=block)))
    assert set(found) == {"azurerm_resource_group.this", "azurerm_storage_container.data"}
    assert found["azurerm_storage_container.data"].arguments == {
        "name": "raw",
        "storage_account_id": f"{other}/Microsoft.Storage/storageAccounts/lake",
    }


def test_a_group_that_the_module_makes_is_not_looked_up(plans: Plans) -> None:
    """create_resource_group makes the group with the job."""
    block = "terraform: {variables: {create_resource_group: true}}"
    assert plans.plan(job("azure", block=block)).data == ()


def test_locations_that_hold_a_region() -> None:
    """A multi-region or a pair of regions holds the data of the regions in it; the EU does not
    hold London and Zurich.
    """
    assert locations("us-central1") == ("US-CENTRAL1", "US", "NAM4")
    assert locations("europe-west1") == ("EUROPE-WEST1", "EU", "EUR5")
    assert locations("europe-west2") == ("EUROPE-WEST2", "EUR5", "EUR7")
    assert locations("asia-northeast1") == ("ASIA-NORTHEAST1", "ASIA", "ASIA1")
    assert locations("southamerica-east1") == ("SOUTHAMERICA-EAST1",)


def test_how_conditions_are_written() -> None:
    """Comparisons, membership and plain truths read as somebody would write them."""
    left = Reference("self.x")
    pairs: list[tuple[str, Value]] = [("==", True), ("==", False), ("!=", "a"), ("in", ("a", "b"))]
    conditions = tuple(Condition(left, *pair, "It is not so.") for pair in pairs)
    called = Condition(Call("one", (Reference("self.y[*].z"),)), "==", "a", "It is not so.")
    listed = Call("concat", ((Reference("self.a"),), Reference("self.b[*].c")))
    meets = Condition(listed, "meets", ("x", "y"), "It is not so.")
    text = data_blocks([DataSource("t", "n", "c", {"a": 1}, (), (*conditions, called, meets))])
    written = re.findall(r"condition     = (.*)", text)
    assert written == [
        *("self.x", "!self.x", 'self.x != "a"', 'contains(["a", "b"], self.x)'),
        'one(self.y[*].z) == "a"',
        'length(setintersection(["x", "y"], concat([self.a], self.b[*].c))) > 0',
    ]


@pytest.mark.parametrize(
    ("pinned", "attribute"),
    [("~> 6.0", "bucket_region"), ("~> 5.90", "region"), (">= 5.0", "bucket_region")],
)
def test_a_bucket_of_an_older_provider(plans: Plans, pinned: str, attribute: str) -> None:
    """Version 6 of the AWS provider named the region of a bucket anew ("Version 6 Upgrade
    Guide"); a root that is pinned below asks for the former name, and the error says it, too.
    """
    settings = f"terraform: {{providers: {{aws: '{pinned}'}}}}"
    plan = plans.plan(job(block="storage: {data_bucket: lake}"), settings)
    (condition,) = _by_address(plan)["aws_s3_bucket.data"].conditions
    assert condition.left == Reference(f"self.{attribute}")
    assert f"self.{attribute}" in repr(condition.message)


def test_a_key_of_secrets_in_another_region_is_not_looked_up_in_the_jobs(plans: Plans) -> None:
    """The provider asks in the job's region, where the key would not be found."""
    key = "arn:aws:kms:{}:123456789012:key/0f9e2a1b-0000-4000-8000-000000000001"
    looked_up = {}
    for region in ("us-east-1", "eu-west-1"):
        secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:etl-a1B2c3"
        keys = f"secret_manager_arn: '{secret}', kms_key_id: '{key.format(region)}'"
        block = f"references: {{secrets: {{{keys}}}}}"
        found = _by_address(plans.plan(job("aws", block=block)))
        looked_up[region] = "aws_kms_key.secrets" in found
    assert looked_up == {"us-east-1": True, "eu-west-1": False}
