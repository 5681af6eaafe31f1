"""What moto's server lacks of AWS and the roots need, added to it; each gap is a function here.

Answers are shaped as the API references of the services say. Nothing here knows our modules.
"""

from __future__ import annotations

import json
import random
import string
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.awslambda.models import LambdaFunction
from moto.core.exceptions import JsonRESTError
from moto.core.responses import BaseResponse
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.emr.responses import ElasticMapReduceResponse
from moto.stepfunctions.parser.asl.static_analyser.static_analyser import StaticAnalyser
from moto.stepfunctions.responses import StepFunctionResponse

Body = dict[str, Any]


def fill() -> None:
    """Fill every gap; to be called before the server starts."""
    unknown_calls()
    state_machines()
    log_configuration_of_functions()
    descriptions_of_group_rules()
    tags_of_scalable_targets()
    clusters_with_instance_fleets()


def unknown_calls() -> None:
    """A call that moto does not know is refused by name, and not with a page of HTML."""
    call = BaseResponse.call_action

    def call_action(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return call(self, *args, **kwargs)
        except NotImplementedError as error:
            body = {"__type": "NotImplemented", "message": f"moto lacks {error}"}
            return 400, {}, json.dumps(body)

    BaseResponse.call_action = call_action


def state_machines() -> None:
    """ValidateStateMachineDefinition by moto's own parser, and a list of no versions."""

    def validate(self: Any) -> str:
        found: list[Body] = []
        try:
            StaticAnalyser().analyse(_body(self)["definition"])
        except Exception as error:  # noqa: BLE001  # whatever its parser raises is a refusal
            text = repr(error)[:500]
            found = [{"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": text}]
        result = "FAIL" if found else "OK"
        return json.dumps({"result": result, "diagnostics": found, "truncated": False})

    StepFunctionResponse.validate_state_machine_definition = validate
    StepFunctionResponse.list_state_machine_versions = lambda self: json.dumps(
        {"stateMachineVersions": []}
    )


def log_configuration_of_functions() -> None:
    """The LoggingConfig of a function is kept and told."""
    made, told, changed = (
        LambdaFunction.__init__,
        LambdaFunction.get_configuration,
        LambdaFunction.update_configuration,
    )

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **kwargs)
        spec = kwargs.get("spec") or (args[1] if len(args) > 1 else {})
        self.logging_config = spec.get("LoggingConfig")

    def get_configuration(self: Any, *args: Any, **kwargs: Any) -> Body:
        found: Body = told(self, *args, **kwargs)
        if self.logging_config:
            found["LoggingConfig"] = dict(self.logging_config)
        return found

    def update_configuration(self: Any, config: Body, *args: Any, **kwargs: Any) -> Any:
        self.logging_config = config.get("LoggingConfig", self.logging_config)
        return changed(self, config, *args, **kwargs)

    LambdaFunction.__init__ = init
    LambdaFunction.get_configuration = get_configuration
    LambdaFunction.update_configuration = update_configuration


def descriptions_of_group_rules() -> None:
    """A rule that refers to a group has a description as one with a range has."""
    SecurityGroupRule.description = property(
        lambda self: self.ip_range.get("Description") or self.source_group.get("Description")
    )


def tags_of_scalable_targets() -> None:
    """Tags of scalable targets, which moto takes and forgets."""
    tags: dict[str, dict[str, str]] = {}
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self: Any) -> Any:
        body, answer = _body(self), register(self)
        targets = self.applicationautoscaling_backend.targets
        for target in targets.get(body["ScalableDimension"], {}).values():
            if target.resource_id == body["ResourceId"] and "Tags" in body:
                tags[target.arn] = body["Tags"]
        return answer

    def tag(self: Any) -> str:
        tags.setdefault(_body(self)["ResourceARN"], {}).update(_body(self)["Tags"])
        return "{}"

    def untag(self: Any) -> str:
        for key in _body(self)["TagKeys"]:
            tags.get(_body(self)["ResourceARN"], {}).pop(key, None)
        return "{}"

    kind = ApplicationAutoScalingResponse
    kind.register_scalable_target = register_scalable_target
    kind.tag_resource, kind.untag_resource = tag, untag
    kind.list_tags_for_resource = lambda self: json.dumps(
        {"Tags": tags.get(_body(self)["ResourceARN"], {})}
    )


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
    return lambda self: json.dumps(getattr(_clusters, name)(_body(self), self))


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


def _body(response: Any) -> Body:
    body: Body = json.loads(response.body)
    return body
