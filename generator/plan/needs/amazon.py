"""What the modules of AWS have in common.

Sources: the Service Authorization Reference, and what the provider calls when it plans.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.plan.needs.need import ALWAYS, Kind, Need, When, absent, given

_ROLES = (
    "`iam:CreateRole`, `iam:DeleteRole`, `iam:TagRole`, `iam:PassRole`, `iam:CreatePolicy`,"
    " `iam:DeletePolicy`, `iam:CreatePolicyVersion`, `iam:AttachRolePolicy`, `iam:DetachRolePolicy`"
)


def shared(service: str, what: str) -> Iterator[Need]:
    """The rows that every module has.

    Args:
        service: the prefix of the actions of the service that runs the job.
        what: is made there.
    """
    applies: Kind = "whoever applies"
    yield Need(
        "whoever plans",
        f"`{service}:Describe*`, `{service}:Get*`, `{service}:List*`, and the same of `iam` and of"
        " `logs`",
        "refreshing what the root made",
    )
    yield Need(
        "whoever plans",
        "`ec2:DescribeSecurityGroups`, `ec2:DescribeSecurityGroupRules`",
        "refreshing the security groups",
        given("network"),
    )
    yield Need(applies, f"`{service}:*` on {what}", "the job itself")
    yield Need(applies, _ROLES, "the roles, and what they may do")
    yield Need(
        applies,
        "`logs:CreateLogGroup`, `logs:DeleteLogGroup`, `logs:PutRetentionPolicy`,"
        " `logs:TagResource`",
        "the logs",
    )
    yield Need(applies, "`scheduler:*` on schedule and group", "the schedule", given("schedule"))
    yield Need(
        applies,
        "`cloudwatch:PutMetricAlarm`, `cloudwatch:DeleteAlarms`, `cloudwatch:TagResource`,"
        " `logs:PutMetricFilter`, `logs:DeleteMetricFilter`",
        "the alarms",
        given("alerts"),
    )
    yield Need(
        applies,
        (
            "`iam:AttachRolePolicy`, `iam:DetachRolePolicy` on the roles in `invokers`"
            if service != "lambda"
            else "`lambda:AddPermission`, `lambda:RemovePermission` on the function"
        ),
        "the right of others to start runs",
        given("invokers", []),
    )
    yield Need(
        applies,
        "`ec2:CreateSecurityGroup`, `ec2:DeleteSecurityGroup`, `ec2:CreateTags`,"
        " `ec2:AuthorizeSecurityGroupEgress`, `ec2:RevokeSecurityGroupEgress`",
        "the security group",
        OWN_GROUP,
    )


OWN_GROUP = When(
    "`network` without `security_group_ids`",
    lambda inputs: inputs.value("network") is not None
    and not inputs.value("network.security_group_ids"),
    (("network", None),),
)
WAY_OUT = Need(
    "must exist",
    "a way out of the subnets: a NAT gateway, or VPC endpoints of what the job calls",
    "the job's tasks, nodes or functions have no public address",
    given("network"),
)


def state_machine(when: When = ALWAYS) -> Iterator[Need]:
    """The rows of a module that wraps runs in a state machine.

    Args:
        when: it does.
    """
    yield Need(
        "whoever plans",
        "`states:ValidateStateMachineDefinition` on `stateMachine:*`, `states:Describe*`,"
        " `states:List*`",
        "the provider has the state machine's definition checked at every plan",
        when,
    )
    yield Need("whoever applies", "`states:*` on the state machine", "the runs", when)


OWN_KEY = Need(
    "whoever applies",
    "`kms:CreateKey`, `kms:CreateAlias`, `kms:PutKeyPolicy`, `kms:TagResource`,"
    " `kms:ScheduleKeyDeletion`",
    "the job's own key",
    absent("kms_key_id"),
)
