"""ARNs and ids as Amazon writes them.

Source: Service Authorization Reference, "Resource types defined by …" of each service.
"""

from __future__ import annotations

from generator.rehearsal.inventions import Invention

ACCOUNT = "123456789012"
REGION = "us-east-1"

# kind → (service, resource part of the ARN); {id} is the resource's id where that is invented
ARNS = {
    "aws_batch_compute_environment": ("batch", "compute-environment/{name}"),
    "aws_batch_job_definition": ("batch", "job-definition/{name}:1"),
    "aws_batch_job_queue": ("batch", "job-queue/{name}"),
    "aws_cloudwatch_event_rule": ("events", "rule/{name}"),
    "aws_cloudwatch_log_group": ("logs", "log-group:{name}"),
    "aws_cloudwatch_metric_alarm": ("cloudwatch", "alarm:{name}"),
    "aws_db_instance": ("rds", "db:{name}"),
    "aws_dynamodb_table": ("dynamodb", "table/{name}"),
    "aws_ecr_repository": ("ecr", "repository/{name}"),
    "aws_ecs_cluster": ("ecs", "cluster/{name}"),
    "aws_ecs_service": ("ecs", "service/{cluster}/{name}"),
    "aws_ecs_task_definition": ("ecs", "task-definition/{name}:1"),
    "aws_eks_cluster": ("eks", "cluster/{name}"),
    "aws_emr_cluster": ("elasticmapreduce", "cluster/{id}"),
    "aws_glue_job": ("glue", "job/{name}"),
    "aws_kms_key": ("kms", "key/{id}"),
    "aws_kms_alias": ("kms", "{name}"),
    "aws_lambda_function": ("lambda", "function:{name}"),
    "aws_scheduler_schedule": ("scheduler", "schedule/{group}/{name}"),
    "aws_scheduler_schedule_group": ("scheduler", "schedule-group/{name}"),
    "aws_secretsmanager_secret": ("secretsmanager", "secret:{name}-AbCdEf"),
    "aws_security_group": ("ec2", "security-group/{id}"),
    "aws_sfn_state_machine": ("states", "stateMachine:{name}"),
    "aws_sns_topic": ("sns", "{name}"),
    "aws_sqs_queue": ("sqs", "{name}"),
    "aws_ssm_parameter": ("ssm", "parameter/{name}"),
    "aws_subnet": ("ec2", "subnet/{id}"),
    "aws_vpc": ("ec2", "vpc/{id}"),
    "aws_vpc_security_group_egress_rule": ("ec2", "security-group-rule/{id}"),
    "aws_vpc_security_group_ingress_rule": ("ec2", "security-group-rule/{id}"),
}
ID_PREFIXES = {
    "aws_emr_instance_fleet": "if-",
    "aws_instance": "i-",
    "aws_launch_template": "lt-",
    "aws_security_group": "sg-",
    "aws_subnet": "subnet-",
    "aws_vpc": "vpc-",
    "aws_vpc_endpoint": "vpce-",
    "aws_vpc_security_group_egress_rule": "sgr-",
    "aws_vpc_security_group_ingress_rule": "sgr-",
}
# The provider uses the ARN as the id of these.
ID_IS_ARN = {
    *("aws_batch_compute_environment", "aws_batch_job_definition", "aws_batch_job_queue"),
    *("aws_ecs_cluster", "aws_ecs_service", "aws_iam_policy", "aws_secretsmanager_secret"),
    *("aws_sfn_state_machine", "aws_sns_topic"),
}


def region_of(about: Invention) -> str:
    """The region of a resource: its own, or its provider's."""
    return about.setting("region", REGION)


def partition_of(region: str) -> str:
    """The partition that a region belongs to."""
    prefixes = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    return next((p for prefix, p in prefixes.items() if region.startswith(prefix)), "aws")


def identifier(about: Invention) -> str:
    """The id of a resource whose id is not its ARN."""
    kind, name = about.kind, about.own_name()
    if kind in ID_PREFIXES:
        return ID_PREFIXES[kind] + about.digest()
    if kind == "aws_emr_cluster":
        return f"j-{about.digest(length=13).upper()}"
    if kind == "aws_kms_key":
        return about.uuid("key")
    if kind == "aws_scheduler_schedule":
        return f"{about.get('group_name', default='default')}/{name}"
    if kind == "aws_iam_role_policy":
        return f"{about.get('role')}:{name}"
    if kind == "aws_iam_role_policy_attachment":
        return f"{about.get('role')}/{about.get('policy_arn')}"
    if kind == "aws_sqs_queue":
        return f"https://sqs.{region_of(about)}.amazonaws.com/{ACCOUNT}/{name}"
    return name


def arn(about: Invention) -> str:
    """The ARN of a resource."""
    kind, name, region = about.kind, about.own_name(), region_of(about)
    start = f"arn:{partition_of(region)}"
    if kind == "aws_s3_bucket":
        return f"{start}:s3:::{name}"
    if kind.startswith("aws_iam_"):
        sort = kind.removeprefix("aws_iam_").replace("_", "-")
        return f"{start}:iam::{ACCOUNT}:{sort}{about.get('path', default='/')}{name}"
    words = kind.removeprefix("aws_").split("_")
    service, part = ARNS.get(kind) or (words[0], "-".join(words[1:] or words) + "/{name}")
    resource = part.format(
        name=name.lstrip("/") if kind == "aws_ssm_parameter" else name,
        id=identifier(about),
        cluster=about.get("cluster", default="default").rsplit("/", 1)[-1],
        group=about.get("group_name", default="default"),
    )
    return f"{start}:{service}:{region}:{ACCOUNT}:{resource}"


def invent(name: str, about: Invention) -> str:
    """A plausible value, or the empty string where nothing is known of it."""
    if name == "region":
        return region_of(about)
    if name in ("owner_id", "account_id", "owner", "registry_id"):
        return ACCOUNT
    return "" if about.nested else _of_resource(name, about)


def _of_resource(name: str, about: Invention) -> str:
    if name == "arn_without_revision":
        return arn(about).rsplit(":", 1)[0]
    if name == "arn" or name.endswith("_arn"):
        return arn(about)
    if name == "id":
        return arn(about) if about.kind in ID_IS_ARN else identifier(about)
    if name == "unique_id" and about.kind.startswith("aws_iam_"):
        return "AROA" + about.digest().upper()
    if name in ("name", "bucket"):
        return about.own_name()
    if name == "master_public_dns":
        return f"ip-10-0-0-1.{region_of(about)}.compute.internal"
    if name == "key_id" or (name == "url" and about.kind == "aws_sqs_queue"):
        return identifier(about)
    return {"path": "/", "group_name": "default"}.get(name, "")
