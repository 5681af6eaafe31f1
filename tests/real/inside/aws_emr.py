"""EMR clusters of instance fleets, which moto lacks: what the provider asks, kept in memory.

Answers are shaped as the API reference of EMR says. Nothing here knows our modules.
"""

from __future__ import annotations

import json
import random
import string
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.emr.responses import ElasticMapReduceResponse

Body = dict[str, Any]
# What EMR attaches to a node for which no volumes are asked for.
_DEFAULT_VOLUMES = [
    {"VolumeSpecification": {"VolumeType": "gp2", "SizeInGB": 32}, "VolumesPerInstance": 2}
]


def clusters_with_instance_fleets() -> None:
    """EMR clusters of instance fleets, with managed scaling: all calls that the provider makes."""
    kind = ElasticMapReduceResponse
    for name in vars(_Clusters):
        if not name.startswith("_"):
            setattr(kind, name, _answer(name))


def _answer(name: str) -> Any:
    return lambda self: json.dumps(getattr(_clusters, name)(json.loads(self.body), self))


class _Clusters:
    """The clusters of all accounts: by id, as the API tells them."""

    def __init__(self) -> None:
        self._all: dict[str, Body] = {}
        self._fleets: dict[str, list[Body]] = {}
        self._scaling: dict[str, Body] = {}

    def run_job_flow(self, body: Body, request: Any) -> Body:
        instances, cluster = body["Instances"], _id("j-")
        subnets = instances.get("Ec2SubnetIds", [])
        groups = (
            *("EmrManagedMasterSecurityGroup", "EmrManagedSlaveSecurityGroup"),
            *("AdditionalMasterSecurityGroups", "AdditionalSlaveSecurityGroups"),
        )
        arn = (
            f"arn:aws:elasticmapreduce:{request.region}:{request.current_account}:cluster/{cluster}"
        )
        self._fleets[cluster] = [_fleet(fleet) for fleet in instances["InstanceFleets"]]
        self._all[cluster] = {
            "Id": cluster,
            "ClusterArn": arn,
            "Status": {"State": "WAITING", "StateChangeReason": {}, "Timeline": {}},
            "Ec2InstanceAttributes": {
                "RequestedEc2SubnetIds": subnets,
                "Ec2SubnetId": subnets[0] if subnets else None,
                "RequestedEc2AvailabilityZones": [],
                "IamInstanceProfile": body.get("JobFlowRole"),
                "ServiceAccessSecurityGroup": instances.get("ServiceAccessSecurityGroup"),
                **{name: instances[name] for name in groups if name in instances},
            },
            "InstanceCollectionType": "INSTANCE_FLEET",
            "LogUri": body["LogUri"].replace("s3://", "s3n://"),
            "AutoTerminate": False,
            "TerminationProtected": False,
            "UnhealthyNodeReplacement": False,
            "VisibleToAllUsers": True,
            "Applications": [
                {"Name": each["Name"].capitalize(), "Version": "1"}
                for each in body.get("Applications", [])
            ],
            "StepConcurrencyLevel": body.get("StepConcurrencyLevel", 1),
            "OSReleaseLabel": "2023.1",
            "MasterPublicDnsName": "ip-10-0-0-1.compute.internal",
            "KerberosAttributes": {},
            "PlacementGroups": [],
            "Configurations": body.get("Configurations", []),
            "Tags": body.get("Tags", []),
            **{
                name: body[name]
                for name in (
                    *("Name", "ServiceRole", "ReleaseLabel", "LogEncryptionKmsKeyId"),
                    *("SecurityConfiguration", "ScaleDownBehavior", "EbsRootVolumeSize"),
                )
                if name in body
            },
        }
        return {"JobFlowId": cluster, "ClusterArn": arn}

    def describe_cluster(self, body: Body, request: Any) -> Body:
        return {"Cluster": self._all[body["ClusterId"]]}

    def terminate_job_flows(self, body: Body, request: Any) -> Body:
        for cluster in body["JobFlowIds"]:
            self._all[cluster]["Status"]["State"] = "TERMINATED"
        return {}

    def list_instance_fleets(self, body: Body, request: Any) -> Body:
        return {"InstanceFleets": self._fleets[body["ClusterId"]]}

    def list_instance_groups(self, body: Body, request: Any) -> Body:
        message = "Instance fleets and instance groups are mutually exclusive."
        raise JsonRESTError("InvalidRequestException", message)

    def add_instance_fleet(self, body: Body, request: Any) -> Body:
        fleet = _fleet(body["InstanceFleet"])
        self._fleets[body["ClusterId"]].append(fleet)
        return {"ClusterId": body["ClusterId"], "InstanceFleetId": fleet["Id"]}

    def modify_instance_fleet(self, body: Body, request: Any) -> Body:
        change = body["InstanceFleet"]
        for fleet in self._fleets[body["ClusterId"]]:
            if fleet["Id"] == change["InstanceFleetId"]:
                for kind in ("OnDemandCapacity", "SpotCapacity"):
                    if f"Target{kind}" in change:
                        fleet[f"Target{kind}"] = change[f"Target{kind}"]
                        fleet[f"Provisioned{kind}"] = change[f"Target{kind}"]
        return {}

    def put_managed_scaling_policy(self, body: Body, request: Any) -> Body:
        self._scaling[body["ClusterId"]] = body["ManagedScalingPolicy"]
        return {}

    def get_managed_scaling_policy(self, body: Body, request: Any) -> Body:
        policy = self._scaling.get(body["ClusterId"])
        return {"ManagedScalingPolicy": policy} if policy else {}

    def remove_managed_scaling_policy(self, body: Body, request: Any) -> Body:
        self._scaling.pop(body["ClusterId"], None)
        return {}

    def add_tags(self, body: Body, request: Any) -> Body:
        cluster = self._all[body["ResourceId"]]
        tags = {tag["Key"]: tag for tag in (*cluster["Tags"], *body["Tags"])}
        cluster["Tags"] = list(tags.values())
        return {}

    def remove_tags(self, body: Body, request: Any) -> Body:
        cluster = self._all[body["ResourceId"]]
        cluster["Tags"] = [tag for tag in cluster["Tags"] if tag["Key"] not in body["TagKeys"]]
        return {}

    def get_auto_termination_policy(self, body: Body, request: Any) -> Body:
        return {}

    def set_termination_protection(self, body: Body, request: Any) -> Body:
        return {}

    def list_instances(self, body: Body, request: Any) -> Body:
        return {"Instances": []}

    def list_bootstrap_actions(self, body: Body, request: Any) -> Body:
        return {"BootstrapActions": []}

    def list_steps(self, body: Body, request: Any) -> Body:
        return {"Steps": []}


_clusters = _Clusters()


def _fleet(asked: Body) -> Body:
    counts = {
        f"{state}{kind}": asked.get(f"Target{kind}", 0)
        for state in ("Target", "Provisioned")
        for kind in ("OnDemandCapacity", "SpotCapacity")
    }
    return {
        "Id": _id("if-"),
        "Name": asked.get("Name"),
        "InstanceFleetType": asked["InstanceFleetType"],
        "Status": {"State": "RUNNING", "StateChangeReason": {}, "Timeline": {}},
        "InstanceTypeSpecifications": [
            _instance_type(each) for each in asked.get("InstanceTypeConfigs", [])
        ],
        **counts,
        **(
            {"LaunchSpecifications": asked["LaunchSpecifications"]}
            if "LaunchSpecifications" in asked
            else {}
        ),
    }


def _instance_type(asked: Body) -> Body:
    configured = asked.get("EbsConfiguration", {})
    volumes: list[Body] = configured.get("EbsBlockDeviceConfigs") or _DEFAULT_VOLUMES
    single = [
        volume["VolumeSpecification"]
        for volume in volumes
        for _ in range(volume.get("VolumesPerInstance", 1))
    ]
    told = {key: value for key, value in asked.items() if key != "EbsConfiguration"}
    told.setdefault("WeightedCapacity", 1)
    if "BidPrice" not in told:
        told.setdefault("BidPriceAsPercentageOfOnDemandPrice", 100.0)
    told["EbsBlockDevices"] = [
        {"VolumeSpecification": specification, "Device": f"/dev/sd{letter}"}
        for specification, letter in zip(single, string.ascii_lowercase[1:], strict=False)
    ]
    return told


def _id(prefix: str) -> str:
    letters = string.ascii_uppercase + string.digits
    return prefix + "".join(random.choice(letters) for _ in range(13))  # noqa: S311  # no secret
