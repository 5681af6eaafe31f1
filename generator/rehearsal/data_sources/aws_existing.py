"""Amazon's things that exist already: what a root looks up before it builds upon them."""

from __future__ import annotations

from generator.rehearsal.data_sources import Answers, Config
from generator.rehearsal.inventions.aws import ACCOUNT, REGION, partition_of
from generator.rehearsal.values import text

# A part of every endpoint of an account in a region.
_HASH = "c0ffee123456"


def region_of(config: Config, provider: Config) -> str:
    """Where a thing is looked for."""
    return text(config.get("region")) or text(provider.get("region")) or REGION


def account_of(provider: Config) -> str:
    """The account that plans: the one that the provider allows, if it says so."""
    allowed = provider.get("allowed_account_ids")
    return str(allowed[0]) if isinstance(allowed, list) and allowed else ACCOUNT


def _arn(config: Config, provider: Config, service: str, resource: str) -> str:
    region = region_of(config, provider)
    return f"arn:{partition_of(region)}:{service}:{region}:{account_of(provider)}:{resource}"


def _vpc(config: Config, provider: Config) -> Config:
    own = config.get("id") or "vpc-0123456789abcdef0"
    arn = _arn(config, provider, "ec2", f"vpc/{own}")
    return {"id": own, "cidr_block": "10.0.0.0/16", "arn": arn}


def _subnet(config: Config, provider: Config) -> Config:
    own = config.get("id") or "subnet-0123456789abcdef0"
    return {
        "id": own,
        "arn": _arn(config, provider, "ec2", f"subnet/{own}"),
        "availability_zone": region_of(config, provider) + "a",
        "cidr_block": "10.0.1.0/24",
        "available_ip_address_count": 251,
        "state": "available",
        "vpc_id": config.get("vpc_id") or "vpc-0123456789abcdef0",
    }


def _security_group(config: Config, provider: Config) -> Config:
    own = config.get("id") or "sg-0123456789abcdef0"
    return {
        "id": own,
        "arn": _arn(config, provider, "ec2", f"security-group/{own}"),
        "vpc_id": config.get("vpc_id") or "vpc-0123456789abcdef0",
    }


def _bucket(config: Config, provider: Config) -> Config:
    region, name = region_of(config, provider), config["bucket"]
    return {
        "id": name,
        "arn": f"arn:{partition_of(region)}:s3:::{name}",
        "bucket_region": region,
        "bucket_domain_name": f"{name}.s3.amazonaws.com",
        "bucket_regional_domain_name": f"{name}.s3.{region}.amazonaws.com",
    }


def _key(config: Config, provider: Config) -> Config:
    key = str(config["key_id"])
    own = key.rpartition("key/")[2]
    return {
        "id": own,
        "arn": key if key.startswith("arn:") else _arn(config, provider, "kms", f"key/{own}"),
        "enabled": True,
        "key_state": "Enabled",
        "key_usage": "ENCRYPT_DECRYPT",
        "key_spec": "SYMMETRIC_DEFAULT",
        "key_manager": "CUSTOMER",
    }


def _secret(config: Config, provider: Config) -> Config:
    arn = str(config.get("arn") or _arn(config, provider, "secretsmanager", "secret:mock-AbCdEf"))
    return {"id": arn, "arn": arn, "name": arn.rpartition("secret:")[2].rpartition("-")[0]}


def _role(config: Config, provider: Config) -> Config:
    partition = partition_of(region_of(config, provider))
    arn = f"arn:{partition}:iam::{account_of(provider)}:role/{config['name']}"
    return {"id": config["name"], "arn": arn, "path": "/"}


def _topic(config: Config, provider: Config) -> Config:
    arn = _arn(config, provider, "sns", str(config["name"]))
    return {"id": arn, "arn": arn}


def _queue(config: Config, provider: Config) -> Config:
    region, name = region_of(config, provider), config["name"]
    url = f"https://sqs.{region}.amazonaws.com/{account_of(provider)}/{name}"
    return {"id": url, "url": url, "arn": _arn(config, provider, "sqs", str(name))}


def _database(config: Config, provider: Config) -> Config:
    own, region = config.get("db_instance_identifier") or "mock", region_of(config, provider)
    address = f"{own}.{_HASH}.{region}.rds.amazonaws.com"
    return {
        "id": own,
        "db_instance_arn": _arn(config, provider, "rds", f"db:{own}"),
        "address": address,
        "endpoint": f"{address}:5432",
        "engine": "postgres",
        "port": 5432,
    }


def _database_cluster(config: Config, provider: Config) -> Config:
    own, region = config["cluster_identifier"], region_of(config, provider)
    return {
        "id": own,
        "arn": _arn(config, provider, "rds", f"cluster:{own}"),
        "endpoint": f"{own}.cluster-{_HASH}.{region}.rds.amazonaws.com",
        "reader_endpoint": f"{own}.cluster-ro-{_HASH}.{region}.rds.amazonaws.com",
        "engine": "aurora-postgresql",
        "port": 5432,
    }


def _serverless(config: Config, provider: Config) -> Config:
    name = config["name"]
    return {
        "id": name,
        "arn": _arn(config, provider, "elasticache", f"serverlesscache:{name}"),
        "status": "available",
    }


EXISTING: Answers = {
    "aws_db_instance": _database,
    "aws_elasticache_serverless_cache": _serverless,
    "aws_iam_role": _role,
    "aws_kms_key": _key,
    "aws_rds_cluster": _database_cluster,
    "aws_s3_bucket": _bucket,
    "aws_secretsmanager_secret": _secret,
    "aws_security_group": _security_group,
    "aws_sns_topic": _topic,
    "aws_sqs_queue": _queue,
    "aws_subnet": _subnet,
    "aws_vpc": _vpc,
}
