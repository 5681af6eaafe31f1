"""What the modules for AWS make."""

from __future__ import annotations

from generator.plan.made.count import RATES, Call, Counts, product, total

_S3 = ":s3:::"


def ecs_fargate(call: Call) -> Counts:
    """Of aws-ecs-fargate."""
    job, worker, own = call.job, 1 - call.job, call.absent("identity")
    schedule = job * call.given("schedule")
    task, access = own * _task(call), own * _access(call)
    invoke = call.given("invokers")
    lines = int(call.given("metrics_namespace") or call.limits("error_lines"))
    few = call.limits("records_processed_min")
    return {
        "aws_ecs_cluster": call.absent("cluster_name"),
        "aws_ecs_task_definition": 1,
        "aws_ecs_service": worker,
        "aws_appautoscaling_target": worker,
        "aws_appautoscaling_policy": worker,
        "aws_sfn_state_machine": job,
        **_schedule(schedule),
        "aws_iam_role": 1 + job + own + schedule,
        "aws_iam_policy": 1 + job + task + access + invoke + schedule,
        "aws_iam_role_policy_attachment": total(
            1 + job + task + access + schedule, call.many("invokers")
        ),
        **_network(call, 1),
        "aws_cloudwatch_log_group": 1 + job,
        "aws_cloudwatch_log_metric_filter": lines + few,
        "aws_cloudwatch_metric_alarm": call.limits(*RATES, "run_seconds", "error_lines")
        + few
        + call.alerts * (3 * job + worker + schedule),
    }


def function(call: Call) -> Counts:
    """Of aws-lambda."""
    own, schedule = call.absent("identity"), call.given("schedule")
    access = own * int(bool([r for r in call.resources("access") if _S3 not in r]))
    lines = int(call.given("metrics_namespace") or call.limits("error_lines"))
    few, late = call.limits("records_processed_min"), call.limits("timeout_rate")
    key = int(call.absent("kms_key_id") or call.given("keep_own_key"))
    return {
        "aws_lambda_function": 1,
        "aws_lambda_function_event_invoke_config": 1,
        "aws_lambda_event_source_mapping": call.given("queue_trigger"),
        "aws_lambda_permission": call.many("invokers"),
        **_schedule(schedule),
        "aws_iam_role": own + schedule,
        "aws_iam_policy": own + access + schedule,
        "aws_iam_role_policy_attachment": own + access + schedule,
        **_network(call, call.given("network")),
        "aws_kms_key": key,
        "aws_kms_alias": key,
        "aws_sqs_queue": 1,
        "aws_sqs_queue_policy": 1,
        "aws_cloudwatch_log_group": 1,
        "aws_cloudwatch_log_metric_filter": lines + few + late,
        # Failed runs have a limit unless it is null; throttled runs and dead letters are told
        # always.
        "aws_cloudwatch_metric_alarm": call.limits(*RATES, "run_seconds", "error_lines")
        + few
        + call.alerts * (3 + schedule),
    }


def emr(call: Call) -> Counts:
    """Of aws-emr."""
    new, own = call.absent("cluster_id"), call.absent("identity")
    schedule, invoke = call.given("schedule"), call.given("invokers")
    role = new * own
    access = role * int(bool([r for r in call.resources("access") if _S3 not in r]))
    key = new * int(call.absent("kms_key_id") or call.given("keep_own_key"))
    nodes = 2 * new  # core and primary
    https = product(nodes, call.many("network.egress_cidr_blocks", 1))
    further = product(nodes, 0 if call.absent("egress_rules") else None)
    task = None if new else 0
    logs = dict.fromkeys(_OF_A_BUCKET, new)
    return {
        "aws_emr_cluster": new,
        "aws_emr_instance_fleet": task,
        "aws_emr_managed_scaling_policy": task,
        "aws_emr_security_configuration": new,
        "aws_sfn_state_machine": 1,
        **_schedule(schedule),
        "aws_iam_role": 1 + role + new + schedule,
        "aws_iam_policy": 1 + role + access + new + invoke + schedule,
        "aws_iam_role_policy_attachment": total(
            1 + role + access + new + schedule, call.many("invokers")
        ),
        "aws_iam_instance_profile": new,
        "aws_kms_key": key,
        "aws_kms_alias": key,
        **logs,
        "aws_security_group": nodes + new,
        "aws_vpc_security_group_ingress_rule": 12 * new + nodes + new,
        "aws_vpc_security_group_egress_rule": total(4 * new, https, further, nodes, new),
        "aws_cloudwatch_log_group": 1,
        "aws_cloudwatch_metric_alarm": call.limits(*RATES, "run_seconds")
        + call.alerts * (3 + schedule),
    }


_OF_A_BUCKET = (
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
)


def _task(call: Call) -> int:
    """Whether the role of a task needs a policy for buckets and secrets."""
    buckets = [one for one in call.resources("access") if _S3 in one]
    return int(bool(call.given("storage") or call.given("readable_secrets") or buckets))


def _access(call: Call) -> int:
    """Whether it needs one for anything else."""
    return int(bool([one for one in call.resources("access") if _S3 not in one]))


def _schedule(given: int) -> Counts:
    return {"aws_scheduler_schedule": given, "aws_scheduler_schedule_group": given}


def _network(call: Call, there: int) -> Counts:
    """The security group that is made where the call names none, and its ways out."""
    own = there * call.absent("network.security_group_ids")
    https = call.many("network.egress_cidr_blocks", 1)
    further = 0 if call.absent("egress_rules") else None
    return {
        "aws_security_group": own,
        "aws_vpc_security_group_egress_rule": total(product(own, https), product(own, further)),
    }
