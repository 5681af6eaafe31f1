"""AWS: what a job can name, and the data source that knows it.

The arguments and attributes are those of the AWS provider's data sources; what a value looks
like is said in the Service Authorization Reference, "Resource types defined by ...".
"""

from __future__ import annotations

from generator.model.infrastructure import Infrastructure
from generator.plan.existing import aws_references
from generator.plan.existing.lookup import (
    ITSELF,
    Check,
    Lookup,
    Unverified,
    attribute,
    in_region,
    in_state,
    matched,
    own_only,
)
from generator.text.expression import Reference, Value
from generator.text.patterns import lazy

_ARN = r"arn:aws[a-z-]*"
_SECRET = rf"(?P<arn>{_ARN}:secretsmanager:(?P<region>[a-z0-9-]+):\d{{12}}:secret:[^:]+)(?::.*)?"
_KEY_ARN = lazy(rf"{_ARN}:kms:([a-z0-9-]+):.*")
_ROLE = matched(rf"{_ARN}:iam::\d{{12}}:role/(?:[^/]+/)*(?P<name>[^/]+)", name="name")
_TOPIC = rf"{_ARN}:sns:(?P<region>[a-z0-9-]+):(?P<account_id>\d{{12}}):(?P<name>[A-Za-z0-9_.-]+)"


def _key_is_here(infrastructure: Infrastructure) -> bool:
    """Whether the provider, which looks in the job's region, can find the key of the secrets."""
    found = _KEY_ARN.fullmatch(infrastructure.references.secrets.kms_key_id or "")
    return found is None or found[1] == infrastructure.region


def _vpc(infrastructure: Infrastructure) -> Value:
    return Reference("data.aws_vpc.this.id") if infrastructure.network.vpc_id else None


_IN_VPC = Check(
    attribute("vpc_id"),
    "==",
    _vpc,
    "is in the VPC",
    "is in {self.vpc_id}, another VPC than the job",
)
_IN_REGION = in_region("bucket_region", lambda infrastructure: infrastructure.region)
_ACTIVE = in_state("status", "ACTIVE")
# An upgrade of the control plane takes half an hour, and the cluster works meanwhile.
_WORKING = _ACTIVE._replace(operator="in", right=("ACTIVE", "UPDATING"))
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
_FIND_BUCKET = ("s3:ListBucket",)
_BUCKET = Lookup(
    *("storage.data_bucket", "aws_s3_bucket", "data", "bucket"),
    argument="bucket",
    checks=(_IN_REGION._replace(former=("region", "6.0")),),
    permissions=_FIND_BUCKET,
)
_KEY = Lookup(
    *("storage.kms_key_id", "aws_kms_key", "data", "key"),
    argument="key_id",
    checks=(in_state("key_state", "Enabled"),),
    permissions=("kms:DescribeKey",),
)
_SECRETS = Lookup(
    *("runtime.secrets", "aws_secretsmanager_secret", "secrets", "secret"),
    parse=matched(_SECRET, arn="arn", region="region"),
    permissions=("secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"),
)

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
        checks=(in_state("state", "available"), _IN_VPC),
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
    _SECRETS,
    _SECRETS._replace(field="runtime.readable_secrets", name="readable"),
    Lookup(
        *("runtime.entry_point", "aws_s3_bucket", "entry_point", "bucket"),
        parse=matched(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/.*", bucket="bucket"),
        permissions=_FIND_BUCKET,
    ),
    _BUCKET,
    _BUCKET._replace(field="storage.state_bucket", name="state"),
    _KEY,
    _KEY._replace(field="monitoring.kms_key_id", name="logs"),
    Lookup(
        *("monitoring.alerts.channels", "aws_sns_topic", "alerts", "topic"),
        parse=own_only("account_id", _TOPIC, name="name", region="region"),
        checks=(_SAME_TOPIC,),
        permissions=("sns:ListTopics", "sns:ListTagsForResource"),
        when=lambda infrastructure: infrastructure.monitoring.enabled,
    ),
    # The secret, and its key with it, may be in another region.
    _KEY._replace(field="references.secrets.kms_key_id", name="secrets", when=_key_is_here),
    _SECRETS._replace(field="references.secrets.secret_manager_arn", name="reference"),
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
)
