"""AWS: databases, caches and queues that a job refers to.

What an endpoint's name says: Amazon RDS and Aurora user guides, "Connecting to a DB instance" and
"Aurora endpoint connections"; ElastiCache user guide, "Finding connection endpoints".
"""

from __future__ import annotations

from generator.model.infrastructure import Infrastructure
from generator.plan.existing.lookup import (
    Arguments,
    Check,
    Lookup,
    attribute,
    in_state,
    matched,
    own_only,
    same_endpoint,
)
from generator.text.expression import Value
from generator.text.patterns import lazy

_ID = r"(?P<id>[a-z][a-z0-9-]*)"
_HASH = r"[a-z0-9]+"
_RDS = r"\.(?P<region>[a-z0-9-]+)\.rds\.amazonaws\.com(?:\.cn)?"
_INSTANCE = rf"{_ID}\.{_HASH}{_RDS}"
_instance = lazy(_INSTANCE)
_CACHE = r"\.[a-z0-9]+\.cache\.amazonaws\.com(?:\.cn)?"
_GROUP = "|".join(
    (
        rf"(?:master|replica|clustercfg)\.(?P<a>[a-z][a-z0-9-]*)\.{_HASH}{_CACHE}",
        rf"(?P<b>[a-z][a-z0-9-]*)\.{_HASH}\.(?:ng\.\d+|clustercfg){_CACHE}",
        rf"(?P<c>[a-z][a-z0-9-]*)-ro\.{_HASH}\.ng\.\d+{_CACHE}",
    )
)
_group = lazy(_GROUP)
_ARN = r"arn:aws[a-z-]*:sqs:(?P<region>[a-z0-9-]+):(?P<account_id>\d{12}):(?P<name>[A-Za-z0-9_.-]+)"
_URL = (
    r"https://sqs\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/(?P<account_id>\d{12})"
    r"/(?P<name>[A-Za-z0-9_.-]+)"
)
_url = lazy(_URL)


def _endpoint(infrastructure: Infrastructure) -> Value:
    """The endpoint of an instance, where it is the cloud's own name of it."""
    endpoint = infrastructure.references.database.endpoint
    return endpoint if endpoint and _instance.fullmatch(endpoint) else None


def _replication_group(text: str, infrastructure: Infrastructure) -> Arguments | None:
    match = _group.fullmatch(text)
    return {"replication_group_id": match["a"] or match["b"] or match["c"]} if match else None


def _no_url(infrastructure: Infrastructure) -> bool:
    url = infrastructure.references.queue.url
    return url is None or _url.fullmatch(url) is None


def _database(infrastructure: Infrastructure) -> bool:
    return infrastructure.references.database.instance_id is None


_PORT = Check(
    attribute("port"),
    "==",
    lambda infrastructure: infrastructure.references.database.port,
    "has this port",
    "has port {self.port}, another than references.database.port",
)
_INSTANCE_BY_ID = Lookup(
    *("references.database.instance_id", "aws_db_instance", "database", "database"),
    parse=matched(r"(?P<id>[A-Za-z][A-Za-z0-9-]{0,62})", db_instance_identifier="id"),
    checks=(same_endpoint("address", _endpoint), _PORT),
    permissions=("rds:DescribeDBInstances", "rds:ListTagsForResource"),
)
_CLUSTER = ("rds:DescribeDBClusters", "rds:DescribeGlobalClusters", "rds:ListTagsForResource")
_QUEUE_BY_URL = Lookup(
    *("references.queue.url", "aws_sqs_queue", "queue", "queue"),
    parse=own_only("account_id", _URL, name="name", region="region"),
    permissions=("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ListQueueTags"),
)


def _aurora(kind: str, name: str) -> Lookup:
    """A cluster by its endpoint for writing (``cluster``) or reading (``cluster-ro``)."""
    same = same_endpoint(name, lambda infrastructure: infrastructure.references.database.endpoint)
    return Lookup(
        *("references.database.endpoint", "aws_rds_cluster", "database", "database cluster"),
        parse=matched(rf"{_ID}\.{kind}-{_HASH}{_RDS}", cluster_identifier="id", region="region"),
        checks=(same._replace(says=f"has the endpoint {{self.{name}}}"), _PORT),
        permissions=_CLUSTER,
        when=_database,
    )


LOOKUPS = (
    _INSTANCE_BY_ID,
    _INSTANCE_BY_ID._replace(
        field="references.database.endpoint",
        parse=matched(_INSTANCE, db_instance_identifier="id", region="region"),
        when=_database,
    ),
    _aurora("cluster", "endpoint"),
    _aurora("cluster-ro", "reader_endpoint"),
    Lookup(
        *("references.cache.endpoint", "aws_elasticache_replication_group", "cache", "cache"),
        parse=_replication_group,
        permissions=("elasticache:DescribeReplicationGroups",),
    ),
    Lookup(
        *("references.cache.endpoint", "aws_elasticache_cluster", "cache", "cache"),
        parse=matched(rf"{_ID}\.{_HASH}\.(?:cfg|\d+){_CACHE}", cluster_id="id"),
        permissions=("elasticache:DescribeCacheClusters", "elasticache:ListTagsForResource"),
    ),
    Lookup(
        *("references.cache.endpoint", "aws_elasticache_serverless_cache", "cache", "cache"),
        parse=matched(rf"{_ID}-{_HASH}\.serverless{_CACHE}", name="id"),
        checks=(in_state("status", "available"),),
        permissions=("elasticache:DescribeServerlessCaches",),
    ),
    _QUEUE_BY_URL,
    _QUEUE_BY_URL._replace(
        field="references.queue.arn",
        parse=own_only("account_id", _ARN, name="name", region="region"),
        when=_no_url,
    ),
)
