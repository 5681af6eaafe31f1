"""What is no name of a thing: the APIs refuse it before they look.

Sources: Amazon EC2 API reference, "Error codes" (Malformed); Amazon S3 user guide, "Bucket naming
rules"; the API reference of each service for the others; Google Cloud, "Resource names" of each
service; Azure, "Naming rules and restrictions for Azure resources".
"""

from __future__ import annotations

import re
from typing import Any

from generator.rehearsal.values import text

Problem = tuple[str, str]

_GROUP = r"(?i:/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/"
_S3 = r"(?!xn--|sthree-|\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
_GCS = r"(?!goog)(?!.*\.\.)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]"
_GCP_NAME = r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY = rf"({_UUID}|mrk-[0-9a-f]{{32}})"
_HEX = r"([0-9a-f]{8}|[0-9a-f]{17})"
_RESOURCE_GROUP = r"[\w().-]{0,89}[\w()-]"

# Data source to its arguments and what each must match.
PATTERNS: dict[str, dict[str, str]] = {
    "aws_db_instance": {"db_instance_identifier": r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,62}"},
    "aws_ecs_cluster": {"cluster_name": r"[A-Za-z0-9_-]{1,255}|arn:aws[a-z-]*:ecs:.+"},
    "aws_eks_cluster": {"name": r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"},
    "aws_elasticache_cluster": {"cluster_id": r"[A-Za-z][A-Za-z0-9-]{0,49}"},
    "aws_elasticache_replication_group": {"replication_group_id": r"[A-Za-z][A-Za-z0-9-]{0,39}"},
    "aws_elasticache_serverless_cache": {"name": r"[A-Za-z][A-Za-z0-9-]{0,39}"},
    "aws_iam_role": {"name": r"[\w+=,.@-]{1,64}"},
    "aws_kms_key": {"key_id": rf"{_KEY}|alias/.+|arn:aws[a-z-]*:kms:.+:(key/{_KEY}|alias/.+)"},
    "aws_rds_cluster": {"cluster_identifier": r"(?!.*--)[A-Za-z][A-Za-z0-9-]{0,62}"},
    "aws_s3_bucket": {"bucket": rf"{_S3}|arn:aws[a-z-]*:s3:.+"},
    "aws_secretsmanager_secret": {
        "arn": r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+"
    },
    "aws_security_group": {"id": rf"sg-{_HEX}"},
    "aws_sns_topic": {"name": r"[A-Za-z0-9_-]{1,256}(\.fifo)?"},
    "aws_sqs_queue": {"name": r"[A-Za-z0-9_-]{1,80}(\.fifo)?"},
    "aws_subnet": {"id": rf"subnet-{_HEX}"},
    "aws_vpc": {"id": rf"vpc-{_HEX}"},
    "azurerm_container_app_environment": {
        "name": r"[a-z0-9][a-z0-9-]{0,58}[a-z0-9]",
        "resource_group_name": _RESOURCE_GROUP,
    },
    "azurerm_key_vault": {"name": r"[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]"},
    "azurerm_key_vault_key": {
        "name": r"[A-Za-z0-9-]{1,127}",
        "key_vault_id": _GROUP + r"Microsoft\.KeyVault/vaults/[^/]+)",
    },
    "azurerm_resource_group": {"name": _RESOURCE_GROUP},
    "azurerm_storage_container": {
        "name": r"\$(root|web|logs)|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
        "storage_account_id": _GROUP + r"Microsoft\.Storage/storageAccounts/[a-z0-9]{3,24})",
    },
    "azurerm_subnet": {"name": r"\w([\w.-]{0,78}\w)?", "resource_group_name": _RESOURCE_GROUP},
    "azurerm_user_assigned_identity": {"name": r"[A-Za-z0-9][\w-]{2,127}"},
    "azurerm_virtual_network": {"name": r"[A-Za-z0-9]([\w.-]{0,62}\w)?"},
    "google_compute_network": {"name": _GCP_NAME},
    "google_compute_subnetwork": {"name": _GCP_NAME},
    "google_container_cluster": {"name": r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?"},
    "google_kms_crypto_key": {
        "name": r"[A-Za-z0-9_-]{1,63}",
        "key_ring": r"projects/[^/]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]{1,63}",
    },
    "google_pubsub_subscription": {"name": r"(?!goog)[A-Za-z][\w.~+%-]{2,254}"},
    "google_pubsub_topic": {"name": r"(?!goog)[A-Za-z][\w.~+%-]{2,254}"},
    "google_secret_manager_secret": {"secret_id": r"[A-Za-z0-9_-]{1,255}"},
    "google_service_account": {"account_id": r"[a-z0-9-]{6,30}|[^@\s]+@[^@\s]+|\d+|projects/.+"},
    "google_sql_database_instance": {"name": r"[a-z]([-a-z0-9]{0,96}[a-z0-9])?"},
    "google_storage_bucket": {"name": _GCS},
    "google_storage_bucket_object": {"bucket": _GCS},
    "google_vpc_access_connector": {"name": r"[a-z]([-a-z0-9]{0,23}[a-z0-9])?"},
}


def refuse(kind: str, config: dict[str, Any], provider: dict[str, Any]) -> list[Problem]:
    """Why the API would not even look.

    Args:
        kind: the type of the data source.
        config: its arguments.
        provider: the provider's configuration.
    """
    problems = []
    for name, pattern in PATTERNS.get(kind, {}).items():
        value = config.get(name)
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            problems.append((f"{kind}: invalid {name}", f"{value!r} does not match {pattern}."))
    arn = (text(config.get("arn")) or text(config.get("key_id"))).split(":")
    region = text(config.get("region")) or text(provider.get("region"))
    if len(arn) > 5 and region and arn[3] and arn[3] != region:
        detail = f"{':'.join(arn)!r} lies in {arn[3]}, and is looked for in {region}."
        problems.append((f"{kind}: not found", detail))
    return problems
