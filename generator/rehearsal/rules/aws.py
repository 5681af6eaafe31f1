"""Amazon: which rules hold for which resource; tags and names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.rehearsal.rules import Problem, Resource, Rule, aws_emr, aws_emr_json
from generator.rehearsal.rules.aws_billing import allocation_tag, budget, cost_category
from generator.rehearsal.rules.aws_ecs import ecs_service, scaling_target, task_definition
from generator.rehearsal.rules.aws_events import event_rule, schedule, state_machine
from generator.rehearsal.rules.aws_iam import iam_role, policies
from generator.rehearsal.rules.aws_lambda import function, invoke_config, queue
from generator.rehearsal.rules.aws_logs import log_group, metric_alarm, metric_filter
from generator.rehearsal.rules.aws_network import security_group, security_group_rule
from generator.rehearsal.rules.common import NameRule, check_name

WORD = r"[A-Za-z0-9_-]+"
IAM_NAME = r"[\w+=,.@-]+"
PRINTABLE = r"[^\x00-\x1f]+"

# Sources: each service's API reference, the "Pattern" and "Length Constraints" of the name.
NAMES: dict[str, NameRule] = {
    "aws_batch_job_definition": ("name", 128, r"[A-Za-z0-9][A-Za-z0-9_-]*"),
    "aws_batch_job_queue": ("name", 128, r"[A-Za-z0-9][A-Za-z0-9_-]*"),
    # Letters and digits of any script: cost centres of reports may have them.
    "aws_budgets_budget": ("name", 100, r"(?![^:\\]*/action/)(?!(?i:.*<script>))[^:\\\x00-\x1f]+"),
    "aws_ce_cost_category": ("name", 50, r"(?! )[^\W_]?[\w -]*(?<! )"),
    "aws_cloudwatch_event_rule": ("name", 64, r"[.\-_A-Za-z0-9]+"),
    "aws_cloudwatch_log_group": ("name", 512, r"[.\-_/#A-Za-z0-9]+"),
    "aws_cloudwatch_log_metric_filter": ("name", 512, r"[^:*]+"),
    "aws_cloudwatch_metric_alarm": ("alarm_name", 255, PRINTABLE),
    "aws_ecr_repository": (
        *("name", 256),
        r"(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*",
    ),
    "aws_ecs_cluster": ("name", 255, WORD),
    "aws_ecs_service": ("name", 255, WORD),
    "aws_ecs_task_definition": ("family", 255, WORD),
    "aws_eks_cluster": ("name", 100, r"[0-9A-Za-z][A-Za-z0-9_-]*"),
    "aws_emr_cluster": ("name", 256, r"[^<>$|`\x00-\x1f]+"),
    "aws_emr_security_configuration": ("name", 10280, PRINTABLE),
    "aws_iam_instance_profile": ("name", 128, IAM_NAME),
    "aws_iam_policy": ("name", 128, IAM_NAME),
    "aws_iam_role": ("name", 64, IAM_NAME),
    "aws_iam_role_policy": ("name", 128, IAM_NAME),
    "aws_kms_alias": ("name", 256, r"alias/(?!aws/)[A-Za-z0-9/_-]+"),
    "aws_lambda_function": ("function_name", 64, WORD),
    "aws_s3_bucket": ("bucket", 63, r"(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
    "aws_scheduler_schedule": ("name", 64, r"[0-9A-Za-z_.-]+"),
    "aws_scheduler_schedule_group": ("name", 64, r"[0-9A-Za-z_.-]+"),
    "aws_secretsmanager_secret": ("name", 512, r"[A-Za-z0-9/_+=.@-]+"),
    "aws_security_group": ("name", 255, r"(?!sg-)[0-9A-Za-z_ .:/()#,@\[\]+=&;{}!$*-]+"),
    "aws_sfn_state_machine": ("name", 80, r"[A-Za-z0-9_-]+"),
    "aws_sns_topic": ("name", 256, r"[A-Za-z0-9_-]+(\.fifo)?"),
    "aws_sqs_queue": ("name", 80, r"[A-Za-z0-9_-]+(\.fifo)?"),
}
TAG_PUNCTUATION = set("_.:/=+-@")


def tag_characters(text: str) -> bool:
    r"""True where ``text`` keeps to ``[\p{L}\p{Z}\p{N}_.:/=+\-@]``.

    Source: IAM API_Tag; the Tagging Best Practices white paper asks it of every service.
    """
    return all(c in TAG_PUNCTUATION or unicodedata.category(c)[0] in "LZN" for c in text)


def tags(kind: str, value: Resource) -> Iterator[Problem]:
    """50 tags, keys of 1 to 128 characters, values of 256; IAM's keys ignore case.

    Sources: AWS General Reference, "Tag naming limits"; IAM User Guide, "Rules for tagging
    in IAM" (keys are not case-sensitive).
    """
    found = value.get("tags_all") or value.get("tags")
    if not isinstance(found, dict):
        return
    if len(found) > 50:
        yield f"{kind}: too many tags", f"{len(found)} tags; the API takes 50."
    for key, tag in found.items():
        if not 1 <= len(key) <= 128 or key.lower().startswith("aws:"):
            detail = f"{key!r}: 1 to 128 characters, not starting with aws:."
            yield f"{kind}: invalid tag key", detail
        if not isinstance(tag, str):
            continue
        if len(tag) > 256:
            detail = f"{key}: {len(tag)} characters; the API takes 256."
            yield f"{kind}: tag value too long", detail
        if not tag_characters(key + tag):
            detail = f"{key!r} = {tag!r}: letters, digits, spaces and _.:/=+-@ only."
            yield f"{kind}: invalid tag", detail
    if kind.startswith("aws_iam_") and len({key.lower() for key in found}) < len(found):
        same = sorted(k for k in found if sum(k.lower() == o.lower() for o in found) > 1)
        yield f"{kind}: tag keys differ in case only", f"IAM takes {same} for one key."


def names(kind: str, value: Resource) -> Iterator[Problem]:
    """The name has the length and the characters that the API takes."""
    yield from check_name(NAMES, kind, value)


def machine(kind: str, value: Resource) -> Iterator[Problem]:
    """A state machine, and the steps of EMR in it."""
    yield from state_machine(kind, value)
    yield from aws_emr_json.steps(kind, value)


RULES: dict[str, Rule] = {
    "aws_appautoscaling_target": scaling_target,
    "aws_budgets_budget": budget,
    "aws_ce_cost_allocation_tag": allocation_tag,
    "aws_ce_cost_category": cost_category,
    "aws_cloudwatch_event_rule": event_rule,
    "aws_cloudwatch_log_group": log_group,
    "aws_cloudwatch_log_metric_filter": metric_filter,
    "aws_cloudwatch_metric_alarm": metric_alarm,
    "aws_ecs_service": ecs_service,
    "aws_ecs_task_definition": task_definition,
    "aws_emr_cluster": aws_emr.cluster,
    "aws_emr_instance_fleet": aws_emr.fleet,
    "aws_emr_managed_scaling_policy": aws_emr.scaling_policy,
    "aws_emr_security_configuration": aws_emr_json.security_configuration,
    "aws_iam_role": iam_role,
    "aws_lambda_function": function,
    "aws_lambda_function_event_invoke_config": invoke_config,
    "aws_scheduler_schedule": schedule,
    "aws_security_group": security_group,
    "aws_sfn_state_machine": machine,
    "aws_sqs_queue": queue,
    "aws_vpc_security_group_egress_rule": security_group_rule,
    "aws_vpc_security_group_ingress_rule": security_group_rule,
}


def rules_for(kind: str) -> list[Rule]:
    """The rules that hold for a resource type."""
    return [names, tags, policies, *([RULES[kind]] if kind in RULES else [])]
