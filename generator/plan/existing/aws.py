"""AWS: what a job can name, and the data source that knows it.

The arguments and attributes are those of the AWS provider's data sources; what a value looks
like is said in the Service Authorization Reference, "Resource types defined by ...".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.plan.existing import aws_references
from generator.plan.existing.lookup import (
    ITSELF,
    Arguments,
    Check,
    Lookup,
    Unverified,
    attribute,
    matched,
)
from generator.text.expression import Reference, Value

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure

_ARN = r"arn:aws[a-z-]*"
_SECRET = rf"(?P<arn>{_ARN}:secretsmanager:(?P<region>[a-z0-9-]+):\d{{12}}:secret:[^:]+)(?::.*)?"
_ROLE = matched(rf"{_ARN}:iam::\d{{12}}:role/(?:[^/]+/)*(?P<name>[^/]+)", name="name")
_TOPIC = rf"{_ARN}:sns:(?P<region>[a-z0-9-]+):(?P<account>\d{{12}}):(?P<name>[A-Za-z0-9_.-]+)"
_topic = matched(_TOPIC, name="name", region="region", account="account")


def _in_account(text: str, infrastructure: Infrastructure) -> Arguments | None:
    """A topic is found by its name, so only in the account that the job says is its own."""
    found = _topic(text, infrastructure)
    if found is None or found.pop("account") != infrastructure.account.account_id:
        return None
    return found


def _vpc(infrastructure: Infrastructure) -> Value:
    return Reference("data.aws_vpc.this.id") if infrastructure.network.vpc_id else None


_AVAILABLE = Check(
    attribute("state"),
    "==",
    "available",
    "is available",
    "is in state {self.state}, not available",
)
_IN_VPC = Check(
    attribute("vpc_id"),
    "==",
    _vpc,
    "is in the VPC",
    "is in {self.vpc_id}, another VPC than the job",
)
_IN_REGION = Check(
    attribute("bucket_region"),
    "==",
    lambda infrastructure: infrastructure.region,
    "is in the region of the job",
    "is in {self.bucket_region}, and the job runs in {region}",
    former=("region", "6.0"),
)
_ENABLED = Check(
    attribute("key_state"),
    "==",
    "Enabled",
    "is enabled",
    "is in state {self.key_state}, not Enabled",
)
_ACTIVE = Check(
    attribute("status"), "==", "ACTIVE", "is active", "is in status {self.status}, not ACTIVE"
)
# An upgrade of the control plane takes half an hour, and the cluster works meanwhile.
_WORKING = Check(
    attribute("status"),
    "in",
    ("ACTIVE", "UPDATING"),
    "is active",
    "is in status {self.status}, not ACTIVE",
)
# Found by its name, which stands at the end of the ARN.
_SAME_ROLE = Check(
    attribute("arn"),
    "==",
    lambda infrastructure: infrastructure.runtime.identity,
    "has this account and path",
    "is not there, but {self.arn} is",
)
_SAME_TOPIC = Check(
    attribute("arn"), "==", ITSELF, "has this ARN", "is not there, but {self.arn} is"
)
_BUCKET = ("s3:ListBucket",)
_KEY = ("kms:DescribeKey",)
_READ_SECRET = ("secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy")
_secret = matched(_SECRET, arn="arn", region="region")

LOOKUPS = (
    Lookup(
        # Its state is an argument of the data source only, which never answers with one.
        *("network.vpc_id", "aws_vpc", "this", "VPC"),
        argument="id",
        permissions=("ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"),
    ),
    Lookup(
        *("network.subnet_ids", "aws_subnet", "this", "subnet"),
        argument="id",
        checks=(_AVAILABLE, _IN_VPC),
        permissions=("ec2:DescribeSubnets",),
    ),
    Lookup(
        *("network.security_group_ids", "aws_security_group", "this", "security group"),
        argument="id",
        checks=(_IN_VPC,),
        permissions=("ec2:DescribeSecurityGroups",),
    ),
    Lookup(
        *("runtime.cluster_name", "aws_ecs_cluster", "this", "cluster"),
        argument="cluster_name",
        checks=(_ACTIVE,),
        permissions=("ecs:DescribeClusters",),
        runtimes=("ecs_fargate",),
    ),
    Lookup(
        *("runtime.cluster_name", "aws_eks_cluster", "this", "cluster"),
        argument="name",
        checks=(_WORKING,),
        permissions=("eks:DescribeCluster",),
        runtimes=("kubernetes",),
        needed=True,
    ),
    Lookup(
        *("runtime.identity", "aws_iam_role", "identity", "role"),
        parse=_ROLE,
        checks=(_SAME_ROLE,),
        permissions=("iam:GetRole", "iam:ListRoleTags"),
    ),
    Lookup(
        *("runtime.secrets", "aws_secretsmanager_secret", "secrets", "secret"),
        parse=_secret,
        permissions=_READ_SECRET,
    ),
    Lookup(
        *("runtime.readable_secrets", "aws_secretsmanager_secret", "readable", "secret"),
        parse=_secret,
        permissions=_READ_SECRET,
    ),
    Lookup(
        *("runtime.entry_point", "aws_s3_bucket", "entry_point", "bucket"),
        parse=matched(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/.*", bucket="bucket"),
        permissions=_BUCKET,
    ),
    Lookup(
        *("storage.data_bucket", "aws_s3_bucket", "data", "bucket"),
        argument="bucket",
        checks=(_IN_REGION,),
        permissions=_BUCKET,
    ),
    Lookup(
        *("storage.state_bucket", "aws_s3_bucket", "state", "bucket"),
        argument="bucket",
        checks=(_IN_REGION,),
        permissions=_BUCKET,
    ),
    Lookup(
        *("storage.kms_key_id", "aws_kms_key", "data", "key"),
        argument="key_id",
        checks=(_ENABLED,),
        permissions=_KEY,
    ),
    Lookup(
        *("monitoring.kms_key_id", "aws_kms_key", "logs", "key"),
        argument="key_id",
        checks=(_ENABLED,),
        permissions=_KEY,
    ),
    Lookup(
        *("monitoring.alerts.channels", "aws_sns_topic", "alerts", "topic"),
        parse=_in_account,
        checks=(_SAME_TOPIC,),
        permissions=("sns:ListTopics", "sns:ListTagsForResource"),
        when=lambda infrastructure: infrastructure.monitoring.enabled,
    ),
    Lookup(
        *("references.secrets.kms_key_id", "aws_kms_key", "secrets", "key"),
        argument="key_id",
        checks=(_ENABLED,),
        permissions=_KEY,
    ),
    Lookup(
        *("references.secrets.secret_manager_arn", "aws_secretsmanager_secret"),
        *("reference", "secret"),
        parse=_secret,
        permissions=_READ_SECRET,
    ),
    *aws_references.LOOKUPS,
)

UNVERIFIED = (
    Unverified(
        ("runtime.secrets", "runtime.readable_secrets", "references.secrets.secret_manager_arn"),
        "A parameter of Systems Manager (`arn:aws:ssm:...`): its only data source reads the value "
        "into the state.",
    ),
    Unverified(
        ("runtime.cluster_name",),
        "A cluster of EMR: the provider has no data source of one.",
    ),
    Unverified(
        ("monitoring.alerts.channels", "references.queue.arn", "references.queue.url"),
        "A topic or queue of another account than `account.account_id`, or where the job names no "
        "account: it is found by its name, in the account that plans.",
    ),
    Unverified(
        ("references.database.endpoint", "references.cache.endpoint"),
        "An address that is not the cloud's own (a name of yours, a proxy): it says nothing of the "
        "thing behind it.",
    ),
    Unverified(
        ("references.cache.cluster_id",),
        "The id alone does not say whether it is a cluster, a replication group or a serverless "
        "cache; the endpoint does.",
    ),
    Unverified(
        ("runtime.image",), "Whoever runs the job pulls it, often from a registry elsewhere."
    ),
)
