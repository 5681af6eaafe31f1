"""What Amazon EMR refuses of clusters, fleets, scaling, security configurations and steps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.rehearsal.inventions import Invention, invent
from generator.rehearsal.rules import check
from generator.rehearsal.rules.aws_emr_json import FAILURES
from generator.rehearsal.values import UNKNOWN

CLUSTER, FLEET = "aws_emr_cluster", "aws_emr_instance_fleet"
SCALING, SECURITY = "aws_emr_managed_scaling_policy", "aws_emr_security_configuration"
MACHINE = {"instance_type": "m5.xlarge", "weighted_capacity": 1, "ebs_config": []}
PRIMARY = {"target_on_demand_capacity": 1, "instance_type_configs": [MACHINE]}
NETWORK = {
    "subnet_ids": ["subnet-1", "subnet-2"],
    "emr_managed_master_security_group": "sg-1",
    "emr_managed_slave_security_group": "sg-2",
    "service_access_security_group": "sg-3",
}
GOOD: dict[str, dict[str, Any]] = {
    CLUSTER: {
        "name": "acme",
        "release_label": "emr-7.10.0",
        "log_uri": "s3://logs/",
        "master_instance_fleet": [PRIMARY],
        "core_instance_fleet": [{**PRIMARY, "target_on_demand_capacity": 2}],
        "ec2_attributes": [NETWORK],
        "step_concurrency_level": 1,
    },
    FLEET: {
        "target_on_demand_capacity": 0,
        "target_spot_capacity": 1,
        "instance_type_configs": [MACHINE],
    },
    SCALING: {
        "compute_limits": [
            {
                "unit_type": "InstanceFleetUnits",
                "minimum_capacity_units": 2,
                "maximum_capacity_units": 10,
                "maximum_core_capacity_units": 2,
            }
        ]
    },
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_emr_takes_is_not_refused(kind: str) -> None:
    """A whole resource, as the module makes it, has no fault; nor has one that is not known yet."""
    assert check("aws", kind, GOOD[kind]) == []
    assert check("aws", kind, dict.fromkeys(GOOD[kind], UNKNOWN)) == []


GROUP = {"instance_type": "m5.xlarge", "ebs_config": []}
DISK = {"type": "gp3", "size": 2000}
SPOT = {
    "allocation_strategy": "cheap",
    "timeout_action": "WAIT",
    "timeout_duration_minutes": 1,
}
LIMITS = GOOD[SCALING]["compute_limits"][0]


@pytest.mark.parametrize(
    ("kind", "change", "refused"),
    [
        (CLUSTER, {"release_label": "7.10.0"}, {"invalid release_label"}),
        (CLUSTER, {"step_concurrency_level": 257}, {"invalid step_concurrency_level"}),
        (CLUSTER, {"log_uri": "logs"}, {"invalid log_uri"}),
        (CLUSTER, {"auto_termination_policy": [{"idle_timeout": 5}]}, {"invalid idle_timeout"}),
        (CLUSTER, {"configurations_json": "["}, {"configurations_json is not JSON"}),
        (CLUSTER, {"configurations_json": '[{"a": 1}]'}, {"invalid configurations_json"}),
        (CLUSTER, {"core_instance_group": [GROUP]}, {"groups or fleets"}),
        (CLUSTER, {"master_instance_fleet": []}, {"no primary node"}),
        (
            CLUSTER,
            {"master_instance_fleet": [{**PRIMARY, "target_on_demand_capacity": 3}]},
            {"invalid master_instance_fleet"},
        ),
        (
            CLUSTER,
            {"ec2_attributes": [{**NETWORK, "subnet_id": "subnet-1"}]},
            {"subnet_id or subnet_ids"},
        ),
        (
            CLUSTER,
            {"ec2_attributes": [{**NETWORK, "emr_managed_slave_security_group": ""}]},
            {"security groups of all nodes or none"},
        ),
        (
            CLUSTER,
            {"ec2_attributes": [{"service_access_security_group": "sg-3"}]},
            {"security groups of all nodes or none"},
        ),
        (
            CLUSTER,
            {
                "master_instance_fleet": [],
                "core_instance_fleet": [],
                "master_instance_group": [{**GROUP, "instance_type": "large"}],
            },
            {"invalid instance_type", "several subnets need fleets"},
        ),
        (
            FLEET,
            {"instance_type_configs": [{**MACHINE, "ebs_config": [DISK]}]},
            {"invalid size"},
        ),
        (FLEET, {"instance_type_configs": []}, {"a fleet without machines"}),
        (FLEET, {"target_spot_capacity": 0}, {"an empty fleet"}),
        (
            FLEET,
            {"launch_specifications": [{"spot_specification": [SPOT]}]},
            {
                "invalid allocation_strategy",
                "invalid timeout_action",
                "invalid timeout_duration_minutes",
            },
        ),
        (
            SCALING,
            {"compute_limits": [{**LIMITS, "minimum_capacity_units": 11}]},
            {"invalid minimum_capacity_units"},
        ),
        (
            SCALING,
            {"compute_limits": [{**LIMITS, "minimum_capacity_units": 0, "unit_type": "Nodes"}]},
            {"invalid minimum_capacity_units", "invalid unit_type"},
        ),
        (
            SCALING,
            {"compute_limits": [{**LIMITS, "maximum_core_capacity_units": 12}]},
            {"invalid maximum_core_capacity_units"},
        ),
    ],
)
def test_what_emr_refuses_is_refused(kind: str, change: dict[str, Any], refused: set[str]) -> None:
    """Each fault is told, and no other."""
    found = check("aws", kind, {**GOOD[kind], **change})
    assert {summary for summary, _ in found} == {f"{kind}: {text}" for text in refused}


AT_REST = {
    "EnableAtRestEncryption": True,
    "EnableInTransitEncryption": False,
    "AtRestEncryptionConfiguration": {
        "LocalDiskEncryptionConfiguration": {
            "EncryptionKeyProviderType": "AwsKms",
            "AwsKmsKey": "arn:aws:kms:us-east-1:123456789012:key/k",
        }
    },
}
METADATA = {"MinimumInstanceMetadataServiceVersion": 2, "HttpPutResponseHopLimit": 1}


@pytest.mark.parametrize(
    ("encryption", "metadata", "faults"),
    [
        (AT_REST, METADATA, 0),
        ({**AT_REST, "EnableInTransitEncryption": True}, METADATA, 1),
        ({**AT_REST, "EnableAtRestEncryption": "yes"}, METADATA, 1),
        ({"EnableAtRestEncryption": True, "EnableInTransitEncryption": False}, METADATA, 1),
        (
            {
                **AT_REST,
                "AtRestEncryptionConfiguration": {
                    "S3EncryptionConfiguration": {"EncryptionMode": "SSE-KMS"}
                },
            },
            METADATA,
            1,
        ),
        (AT_REST, {**METADATA, "HttpPutResponseHopLimit": 0}, 1),
        (AT_REST, {"MinimumInstanceMetadataServiceVersion": 3}, 1),
    ],
)
def test_security_configurations(
    encryption: dict[str, Any], metadata: dict[str, Any], faults: int
) -> None:
    """What is switched on must be described, and keys must be named."""
    written = json.dumps(
        {"EncryptionConfiguration": encryption, "InstanceMetadataServiceConfiguration": metadata}
    )
    found = check("aws", SECURITY, {"name": "acme", "configuration": written})
    assert [summary for summary, _ in found] == [f"{SECURITY}: invalid configuration"] * faults


@pytest.mark.parametrize(
    ("text", "summary"),
    [("{", "configuration is not JSON"), ("[]", "invalid configuration")],
)
def test_a_security_configuration_is_a_json_object(text: str, summary: str) -> None:
    """Text that is none is refused."""
    ((told, _),) = check("aws", SECURITY, {"configuration": text})
    assert told == f"{SECURITY}: {summary}"


STEP = {"Name": "run", "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["true"]}}


@pytest.mark.parametrize(
    ("cluster_id", "step", "told"),
    [
        ("j-ABC", STEP, []),
        ("acme", STEP, ["Run: ClusterId 'acme' is not j-..."]),
        ("j-ABC", {**STEP, "Name": "x" * 257}, ["Run: Name has 1 to 256 characters."]),
        (
            "j-ABC",
            {**STEP, "ActionOnFailure": "IGNORE"},
            [f"Run: ActionOnFailure 'IGNORE' is not one of {', '.join(FAILURES)}."],
        ),
        ("j-ABC", {**STEP, "HadoopJarStep": {}}, ["Run: HadoopJarStep needs a Jar."]),
        (
            "j-ABC",
            {**STEP, "HadoopJarStep": {"Jar": "a.jar", "Args": [1]}},
            ["Run: Args are strings."],
        ),
        (
            "j-ABC",
            {**STEP, "HadoopJarStep": {"Jar": "a.jar", "Args": ["x" * 10281]}},
            ["Run: Args have 10281 characters; EMR takes 10280."],
        ),
    ],
)
def test_steps_of_state_machines(cluster_id: str, step: dict[str, Any], told: list[str]) -> None:
    """A step that EMR would refuse is told where it is planned, not when it runs."""
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::elasticmapreduce:addStep.sync",
        "Parameters": {"ClusterId": cluster_id, "Step": step},
        "End": True,
    }
    machine = json.dumps({"StartAt": "Run", "States": {"Run": state}})
    found = check("aws", "aws_sfn_state_machine", {"name": "acme", "definition": machine})
    assert [detail for _, detail in found] == told


def test_clusters_get_ids_as_emr_writes_them() -> None:
    """``j-`` and capitals, by which other modules know an existing cluster."""
    about = Invention(CLUSTER, "a", {"name": "acme"}, {"region": "eu-west-1"})
    made = invent("aws", "id", about)
    assert made.startswith("j-") and made[2:].isalnum() and made[2:] == made[2:].upper()
    assert invent("aws", "arn", about) == (
        f"arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/{made}"
    )
    assert invent("aws", "master_public_dns", about).endswith(".compute.internal")
