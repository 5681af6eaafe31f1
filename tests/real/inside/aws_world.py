"""What the example jobs on AWS say that others made, made in moto; and what is to be read back.

aws_world.py URL make           makes it; prints {id in the job files: id that it got}
aws_world.py URL spoil          makes things that are there and wrong; prints {what: id}
aws_world.py URL tags < JSON    [{type, region, attributes}]; prints the tags of each
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import ClientError

Client = Callable[[str], Any]
US, EU, WEST = "us-east-1", "eu-central-1", "us-west-2"
# Region to the names that the jobs give to networks of others: the VPC, and its subnets.
NETWORKS = {
    US: ("vpc-0a1b2c3d4e5f60718", ("subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728")),
    EU: ("vpc-0e1f2a3b4c5d60718", ("subnet-0c1d2e3f405162738", "subnet-05a6b7c8d9e0f1a2b")),
    WEST: ("vpc-0f1e2d3c4b5a69788", ("subnet-0d1e2f30415263748", "subnet-0e1f203142536475a")),
}
GROUPS = {EU: "sg-0123456789abcdef0", US: "sg-0a1b2c3d4e5f60718"}
BUCKETS = {
    US: ("acme-data-lake", "acme-data-lake-dev", "acme-etl-state", "acme-etl-state-dev"),
    EU: ("acme-data-lake-eu", "acme-etl-code"),
    WEST: ("globex-data-lake",),
}
KEYS = {
    US: ("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",),
    EU: ("arn:aws:kms:eu-central-1:123456789012:key/5d4c3b2a-1f0e-4d9c-8b7a-6f5e4d3c2b1a",),
}
SECRETS = {
    US: ("acme/stripe-a1B2c3", "acme/sendgrid-d4E5f6"),
    EU: ("acme/orders-db-x9Y8z7",),
}
TOPICS = {US: ("data-alerts",), EU: ("etl-alarms",)}
DATABASE = "orders.cluster-abc123.eu-central-1.rds.amazonaws.com"
_ACCOUNT = "123456789012"


def clients(url: str, region: str) -> Client:
    """Clients of the services of one region."""
    credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return lambda service: boto3.client(
        service, region_name=region, endpoint_url=url, **credentials
    )


def make(url: str) -> dict[str, str]:
    """All that the example jobs name; what got an id of the service's choice is returned."""
    ids: dict[str, str] = {}
    for number, region in enumerate((US, EU, WEST)):
        client = clients(url, region)
        _network(client("ec2"), region, number, ids)
        for bucket in BUCKETS[region]:
            _bucket(client("s3"), bucket, region)
        for key in KEYS.get(region, ()):
            ids[key] = client("kms").create_key()["KeyMetadata"]["Arn"]
        for name in SECRETS.get(region, ()):
            made = client("secretsmanager").create_secret(Name=name[:-7], SecretString="{}")
            ids[f"arn:aws:secretsmanager:{region}:{_ACCOUNT}:secret:{name}"] = made["ARN"]
        for name in TOPICS.get(region, ()):
            client("sns").create_topic(Name=name)
    clients(url, EU)("ecs").create_cluster(clusterName="acme-shared")
    made = clients(url, EU)("rds").create_db_cluster(
        DBClusterIdentifier="orders",
        Engine="aurora-postgresql",
        MasterUsername="etl",
        MasterUserPassword="not-a-secret",
        Port=5432,
    )
    ids[DATABASE] = made["DBCluster"]["Endpoint"]
    for name in ("dativo", "dativo-lambda"):
        clients(url, US)("ecr").create_repository(repositoryName=name)
    clients(url, WEST)("sqs").create_queue(QueueName="clicks")
    return ids


def spoil(url: str) -> dict[str, str]:
    """Things that are there, and not as a job of us-east-1 or eu-central-1 needs them."""
    us, eu = clients(url, US), clients(url, EU)
    found: dict[str, str] = {}
    _bucket(clients(url, WEST)("s3"), "made-elsewhere", WEST)
    found["bucket"] = "made-elsewhere"
    key = us("kms").create_key()["KeyMetadata"]
    us("kms").schedule_key_deletion(KeyId=key["KeyId"])
    found["key"] = key["Arn"]
    secret = us("secretsmanager").create_secret(Name="acme/gone", SecretString="{}")["ARN"]
    us("secretsmanager").delete_secret(SecretId=secret)
    found["secret"] = secret
    eu("ecs").create_cluster(clusterName="was-here")
    eu("ecs").delete_cluster(cluster="was-here")
    found["cluster"] = "was-here"
    other: dict[str, str] = {}
    _network(eu("ec2"), EU, 9, other)
    vpc, (subnet, _) = NETWORKS[EU]
    found.update(vpc=other[vpc], subnet=other[subnet], group=other[GROUPS[EU]])
    return found


def _network(ec2: Any, region: str, number: int, ids: dict[str, str]) -> None:
    vpc, subnets = NETWORKS[region]
    ids[vpc] = ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"]
    for index, subnet in enumerate(subnets):
        made = ec2.create_subnet(
            VpcId=ids[vpc],
            CidrBlock=f"10.{number}.{index}.0/24",
            AvailabilityZone=region + "ab"[index],
        )
        ids[subnet] = made["Subnet"]["SubnetId"]
    if region in GROUPS:
        made = ec2.create_security_group(GroupName="db", Description="db", VpcId=ids[vpc])
        ids[GROUPS[region]] = made["GroupId"]


def _bucket(s3: Any, name: str, region: str) -> None:
    place = {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=name, **({} if region == US else place))


def tags(url: str, resources: list[dict[str, Any]]) -> list[dict[str, str] | None]:
    """The tags that the API tells of each resource; None of what takes no tags.

    Raises:
        KeyError: a resource has tags in the state, and nothing here knows how to ask for them.
    """
    return [
        (
            READ[resource["type"]](clients(url, resource["region"]), resource["attributes"])
            if "tags_all" in resource["attributes"]
            else None
        )
        for resource in resources
    ]


def _pairs(found: list[dict[str, str]], key: str = "Key", value: str = "Value") -> dict[str, str]:
    return {tag[key]: tag[value] for tag in found}


def _by_arn(service: str, argument: str, answer: str, *names: str) -> Callable[..., dict[str, str]]:
    def read(client: Client, resource: dict[str, Any]) -> dict[str, str]:
        call = client(service).list_tags_for_resource
        found = call(**{argument: resource["arn"]})[answer]
        return found if isinstance(found, dict) else _pairs(found, *names)

    return read


def _of_ec2(client: Client, resource: dict[str, Any]) -> dict[str, str]:
    chosen = [{"Name": "resource-id", "Values": [resource["id"]]}]
    return _pairs(client("ec2").describe_tags(Filters=chosen)["Tags"])


def _of_cluster(client: Client, resource: dict[str, Any]) -> dict[str, str]:
    return _pairs(client("emr").describe_cluster(ClusterId=resource["id"])["Cluster"]["Tags"])


def _of_bucket(client: Client, resource: dict[str, Any]) -> dict[str, str]:
    try:
        found = client("s3").get_bucket_tagging(Bucket=resource["bucket"])
    except ClientError:
        return {}
    return _pairs(found["TagSet"])


_ECS = _by_arn("ecs", "resourceArn", "tags", "key", "value")
READ: dict[str, Callable[[Client, dict[str, Any]], dict[str, str]]] = {
    "aws_appautoscaling_target": _by_arn("application-autoscaling", "ResourceARN", "Tags"),
    "aws_cloudwatch_log_group": _by_arn("logs", "resourceArn", "tags"),
    "aws_cloudwatch_metric_alarm": _by_arn("cloudwatch", "ResourceARN", "Tags"),
    "aws_ecs_cluster": _ECS,
    "aws_ecs_service": lambda client, one: _ECS(client, {"arn": one["id"]}),
    "aws_ecs_task_definition": _ECS,
    "aws_emr_cluster": _of_cluster,
    "aws_iam_instance_profile": lambda client, one: _pairs(
        client("iam").get_instance_profile(InstanceProfileName=one["name"])["InstanceProfile"][
            "Tags"
        ]
    ),
    "aws_iam_policy": lambda client, one: _pairs(
        client("iam").list_policy_tags(PolicyArn=one["arn"])["Tags"]
    ),
    "aws_iam_role": lambda client, one: _pairs(
        client("iam").list_role_tags(RoleName=one["name"])["Tags"]
    ),
    "aws_kms_key": lambda client, one: _pairs(
        client("kms").list_resource_tags(KeyId=one["key_id"])["Tags"], "TagKey", "TagValue"
    ),
    "aws_lambda_function": lambda client, one: client("lambda").list_tags(Resource=one["arn"])[
        "Tags"
    ],
    "aws_s3_bucket": _of_bucket,
    "aws_scheduler_schedule_group": _by_arn("scheduler", "ResourceArn", "Tags"),
    "aws_security_group": _of_ec2,
    "aws_sfn_state_machine": _by_arn("stepfunctions", "resourceArn", "tags", "key", "value"),
    "aws_sqs_queue": lambda client, one: client("sqs").list_queue_tags(QueueUrl=one["url"])["Tags"],
    "aws_vpc_security_group_egress_rule": _of_ec2,
    "aws_vpc_security_group_ingress_rule": _of_ec2,
}


def main() -> None:
    """Run the command that the docstring of this file tells."""
    url, command = sys.argv[1:]
    if command == "tags":
        json.dump(tags(url, json.load(sys.stdin)), sys.stdout)
    else:
        json.dump({"make": make, "spoil": spoil}[command](url), sys.stdout)


if __name__ == "__main__":
    main()
