"""What moto's server lacks of AWS and the roots need, added to it; each gap is a function here.

Answers are shaped as the API references of the services say. Nothing here knows our modules.
"""

from __future__ import annotations

import json
from typing import Any

import aws_emr
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.awslambda.models import LambdaFunction
from moto.core.responses import BaseResponse
from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.stepfunctions.parser.asl.static_analyser.static_analyser import StaticAnalyser
from moto.stepfunctions.responses import StepFunctionResponse

Body = dict[str, Any]


def fill() -> None:
    """Fill every gap; to be called before the server starts."""
    unknown_calls()
    state_machines()
    log_configuration_of_functions()
    networks_of_functions()
    descriptions_of_group_rules()
    tags_of_scalable_targets()
    aws_emr.clusters_with_instance_fleets()


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


def networks_of_functions() -> None:
    """The VPC of a function is that of its subnets; moto tells one that nobody made."""
    told = LambdaFunction.vpc_config.fget
    assert told is not None

    def vpc_config(self: Any) -> Body | None:
        found: Body | None = told(self)
        if found and found.get("SubnetIds"):
            networks = ec2_backends[self.account_id][self.region]
            found["VpcId"] = networks.get_subnet(found["SubnetIds"][0]).vpc_id
        return found

    LambdaFunction.vpc_config = property(vpc_config)


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


def _body(response: Any) -> Body:
    body: Body = json.loads(response.body)
    return body
