"""Amazon's data sources."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from generator.rehearsal.data_sources import AUTHORITY, Answers, Config
from generator.rehearsal.data_sources.aws_existing import EXISTING
from generator.rehearsal.inventions.aws import ACCOUNT, REGION, partition_of
from generator.rehearsal.values import known, text

Statement = dict[str, Any]


def _one_or_many(values: Any) -> Any:
    many = sorted(values) if isinstance(values, list) else values
    return many[0] if isinstance(many, list) and len(many) == 1 else many


def _statement(config: Config) -> Statement:
    out: Statement = {"Effect": config.get("effect") or "Allow"}
    if config.get("sid"):
        out["Sid"] = config["sid"]
    for source in ("actions", "not_actions", "resources", "not_resources"):
        if config.get(source):
            target = "".join(w.capitalize() for w in source[:-1].split("_"))
            out[target] = _one_or_many(config[source])
    for source, target in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        for principal in config.get(source) or []:
            value = _one_or_many(principal["identifiers"])
            if principal["type"] == "*" and value == "*":
                out[target] = "*"
            else:
                out.setdefault(target, {})[principal["type"]] = value
    for condition in config.get("condition") or []:
        values = condition["values"]
        test = out.setdefault("Condition", {}).setdefault(condition["test"], {})
        test[condition["variable"]] = values[0] if len(values) == 1 else values
    return out


def policy_document(config: Config, provider: Config) -> Config:
    """``aws_iam_policy_document``: the JSON that the real data source computes.

    ``source_policy_documents`` come first, ``override_policy_documents`` replace statements
    of the same Sid.
    """
    if not known(config):
        return {}
    statements: list[Statement] = []
    for source in config.get("source_policy_documents") or []:
        statements += json.loads(source).get("Statement", [])
    statements += [_statement(s) for s in config.get("statement") or []]
    for override in config.get("override_policy_documents") or []:
        for statement in json.loads(override).get("Statement", []):
            sid = statement.get("Sid")
            statements = [s for s in statements if not sid or s.get("Sid") != sid]
            statements.append(statement)
    document = {"Version": config.get("version") or "2012-10-17", "Statement": statements}
    whole = json.dumps(document, indent=2)
    return {
        "json": whole,
        "minified_json": json.dumps(document, separators=(",", ":")),
        "id": str(int(hashlib.sha256(whole.encode()).hexdigest()[:8], 16)),
    }


def _region_name(config: Config, provider: Config) -> str:
    names = (config.get("region"), config.get("name"), provider.get("region"), REGION)
    return next(filter(None, map(text, names)))


def _region(config: Config, provider: Config) -> Config:
    name = _region_name(config, provider)
    return {
        "region": name,
        "name": name,
        "id": name,
        "endpoint": f"ec2.{name}.amazonaws.com",
        "description": name,
    }


def _partition(config: Config, provider: Config) -> Config:
    name = partition_of(_region_name(config, provider))
    china = name == "aws-cn"
    return {
        "partition": name,
        "id": name,
        "dns_suffix": "amazonaws.com.cn" if china else "amazonaws.com",
        "reverse_dns_prefix": "cn.com.amazonaws" if china else "com.amazonaws",
    }


def _caller(config: Config, provider: Config) -> Config:
    partition = partition_of(_region_name(config, provider))
    return {
        "account_id": ACCOUNT,
        "arn": f"arn:{partition}:iam::{ACCOUNT}:user/mock",
        "id": ACCOUNT,
        "user_id": "AIDAMOCK",
    }


def _zones(config: Config, provider: Config) -> Config:
    region = _region_name(config, provider)
    return {"names": [region + z for z in "abc"], "zone_ids": [f"az{n}" for n in (1, 2, 3)]}


def _cluster(config: Config, provider: Config) -> Config:
    region = _region_name(config, provider)
    arn = f"arn:{partition_of(region)}:ecs:{region}:{ACCOUNT}:cluster/{config['cluster_name']}"
    return {"arn": arn, "id": arn, "status": "ACTIVE"}


def _eks_cluster(config: Config, provider: Config) -> Config:
    region, name = _region_name(config, provider), config["name"]
    return {
        "arn": f"arn:{partition_of(region)}:eks:{region}:{ACCOUNT}:cluster/{name}",
        "id": name,
        "endpoint": f"https://0123456789ABCDEF0123456789ABCDEF.gr7.{region}.eks.amazonaws.com",
        "certificate_authority": [{"data": AUTHORITY}],
        "status": "ACTIVE",
        "version": "1.33",
    }


def _subnets(config: Config, provider: Config) -> Config:
    return {"ids": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]}


ANSWERS: Answers = {
    **EXISTING,
    "aws_availability_zones": _zones,
    "aws_caller_identity": _caller,
    "aws_ecs_cluster": _cluster,
    "aws_eks_cluster": _eks_cluster,
    "aws_iam_policy_document": policy_document,
    "aws_partition": _partition,
    "aws_region": _region,
    "aws_subnets": _subnets,
}
