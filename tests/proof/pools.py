"""Values that a field's type alone does not tell: what the clouds take, by field and by cloud.

What is not here is drawn from the field's type, or is the value that
``tests/plan/promises.py`` has.
"""

from __future__ import annotations

from typing import Any

from tests.plan.promises import AWS_KEY, AWS_SECRET, GCP_KEY, GCP_SECRET, GROUP, SUBNET, VAULT

AWKWARD = (
    *("", " ", "plain", "a b", "0123", "no", "1e9", "é ü", "漢字", "ends with \\", "\\n", "'"),
    *('a"b', "$", "$$", "%", "%%", "$${A}", "50%{", "{{x}}", "a\tb", "two\nlines", "# no comment"),
    *("/* */", "<<EOT", "x" * 200, "-", ":", "@", "a=b", "a,b;c", "[1]", "~", "null", "true"),
)
TAGS = (
    *("data", "Data Platform", "FIN-001", "a.b", "x_y-z", "v1.2.3", "Größe", "team@acme.example"),
    *("a/b", "a:b", "x" * 70, "0123", "true", "1.50", "UPPER"),
)
CRONS = (
    *("0 2 * * *", "*/15 * * * *", "30 6 * * 1-5", "0 0 1 * *", "5,35 8-18 * * MON-FRI"),
    *("0 12 1 1,7 *", "59 23 * * 0", "0 4 * * 7", "15 3 15 * *", "0 */6 * * *", "0 9 * * sun"),
)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
REGIONS = {
    "aws": ("us-east-1", "eu-central-1", "ap-southeast-2", "us-gov-west-1"),
    "gcp": ("europe-west1", "us-central1", "asia-northeast1"),
    "azure": ("westeurope", "eastus", "germanywestcentral", "West Europe"),
}
SIZES = {
    "ecs_fargate": ((0.25, "512Mi"), (0.5, "1Gi"), (1, "2Gi"), (2, "4Gi"), (16, "32Gi")),
    "lambda": ((1, 128), (1, "512Mi"), (1, 1769), (1, "10Gi")),
    "cloud_run_job": ((1, "512Mi"), (1, "2Gi"), (2, "8Gi"), (4, "16Gi"), (8, "32Gi")),
    "cloud_function": ((1, "512Mi"), (1, "2Gi"), (2, "4Gi"), (0.5, "512Mi")),
    "container_apps_job": ((0.25, "512Mi"), (0.5, "1Gi"), (1, "2Gi"), (2, "4Gi"), ("1500m", "3Gi")),
    "": ((0.1, "64Mi"), (0.5, "1Gi"), (1, "2Gi"), ("1500m", "3G"), (3, 4096)),
}
_INSTANCES = {
    "aws": ("r5.xlarge", "m5.xlarge", "r6g.2xlarge", "i3.xlarge"),
    "gcp": ("n2-standard-4", "e2-standard-8", "n2d-highmem-4", "c3-standard-4"),
    "azure": ("Standard_D4s_v5", "Standard_E8s_v5", "Standard_D4ds_v5"),
}
_NETWORK = f"{GROUP}/Microsoft.Network/virtualNetworks/net"
_BLOBS = f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers"
_KEY = AWS_KEY.replace("0f9e2a", "0f9e2a1b-0000-4000-8000-000000000001")
_ROLES = ("arn:aws:iam::123456789012:role/etl", "arn:aws:iam::123456789012:role/team/etl-run")
_SERVICE_ACCOUNT = "etl-runner@acme-data.iam.gserviceaccount.com"
_SECURITY = (["sg-0a1b2c3d"], ["sg-0a1b2c3d4e5f60718", "sg-0123456789abcdef0"])
_CIDRS = (["10.1.0.0/16"], ["10.0.0.0/8", "192.168.1.0/24"], ["2001:db8::/32"])
_TOPICS = ("arn:aws:sns:us-east-1:123456789012:alerts", "arn:aws:sns:us-east-1:123456789012:ops")
_CHANNEL = "projects/acme-data/notificationChannels/1"

# Field below ``infrastructure`` to values: of one cloud where it is a mapping of clouds.
POOLS: dict[str, Any] = {
    "account.account_id": ("123456789012", "210987654321"),
    "account.assume_role": (
        *({"role_arn": role} for role in _ROLES),
        {
            "role_arn": _ROLES[0],
            "session_name": "dativo",
            "external_id": "x-1",
            "duration": "1h30m",
        },
        [{"role_arn": _ROLES[0]}, {"role_arn": _ROLES[1], "tags": {"team": "a b"}}],
    ),
    "account.endpoints": {
        "aws": ({"s3": "http://localhost:4566", "sqs": "http://localhost:4566"},),
        "gcp": ({"storage": "https://storage.acme.example/storage/v1/"},),
        "azure": ({},),
    },
    "runtime.image": (
        "registry.acme.example/etl:2",
        "ghcr.io/acme/etl:1.2.3",
        f"a/b@sha256:{'0a' * 32}",
    ),
    "runtime.command": (["python"], ["sh", "-c", 'echo "$HOME" ${x} %{y}'.replace("${", "$${")]),
    "runtime.args": (["run"], ["--date", "a b", ""], ["--json", '{"a": "b"}'], ["-m", "etl.main"]),
    "runtime.ephemeral_storage": ("21Gi", "30Gi", "1Gi", "512Mi", "5Gi", "100Gi"),
    "runtime.timeout_seconds": (60, 61, 300, 600, 900, 1800, 3600, 14400, 86400),
    "runtime.environment": (),
    "runtime.secrets": {
        "aws": (
            {"TOKEN": AWS_SECRET, "B_2": f"{AWS_SECRET}:password::"},
            {"P": "arn:aws:ssm:us-east-1:123456789012:parameter/etl/p"},
        ),
        "gcp": ({"TOKEN": GCP_SECRET}, {"A": f"{GCP_SECRET}/versions/3", "B": GCP_SECRET}),
        "azure": (
            {"TOKEN": "https://etl-vault.vault.azure.net/secrets/token"},
            {
                "A_B": "https://etl-vault.vault.azure.net/secrets/a",
                "A-B": "https://other-vault.vault.azure.net/secrets/b",
            },
        ),
    },
    "runtime.key_vaults": ({"etl-vault": VAULT},),
    "runtime.cluster_name": ("shared", "data-eu"),
    "runtime.identity": {
        "aws": _ROLES,
        "gcp": (_SERVICE_ACCOUNT,),
        "azure": (f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/etl",),
    },
    "runtime.nodes.instance_type": _INSTANCES,
    "runtime.nodes.count": (1, 2, 3, 8),
    "runtime.nodes.other_instance_types": (["m5.xlarge"], ["r5.2xlarge", "m6i.2xlarge"]),
    "runtime.nodes.disk_gib": (30, 64, 100, 200, 512),
    "runtime.release": (
        "1.33",
        "emr-7.10.0",
        "emr-6.15.0",
        "15.4.x-scala2.12",
        "16.4.x-photon-scala2.12",
        "python312",
        "python311",
        "java21",
    ),
    "network.vpc_id": {
        "aws": ("vpc-0a1b2c3d", "vpc-0123456789abcdef0"),
        "gcp": ("net", "projects/acme-data/global/networks/data"),
        "azure": (_NETWORK,),
    },
    "network.subnet_ids": {
        "aws": (["subnet-0a1b2c3d"], ["subnet-0a1b2c3d", "subnet-0123456789abcdef0"]),
        "gcp": (["data"], ["projects/acme-data/regions/europe-west1/subnetworks/data"]),
        "azure": ([SUBNET], [f"{_NETWORK}/subnets/b_2"]),
    },
    "network.security_group_ids": _SECURITY,
    "network.network_tags": (["etl"], ["etl", "egress-nat"]),
    "network.egress_cidr_blocks": _CIDRS,
    "storage.data_bucket": {
        "aws": ("acme-lake", "acme.data.lake"),
        "gcp": ("acme-lake", "acme_lake"),
        "azure": (f"{_BLOBS}/raw",),
    },
    "storage.state_bucket": {
        "aws": ("acme-state", "acme-lake"),
        "gcp": ("acme-state", "acme-lake"),
        "azure": (f"{_BLOBS}/state", f"{_BLOBS}/raw"),
    },
    "storage.prefix": ("raw", "raw/x/", "a b/c", "tenant=acme/é", "a'b"),
    "storage.state_prefix": ("state", "state/y", "raw/state"),
    "storage.kms_key_id": {"aws": (_KEY,), "gcp": (GCP_KEY,), "azure": (f"{VAULT}/keys/data",)},
    "access": {
        "aws": (
            [{"resource": "arn:aws:sqs:us-east-1:123456789012:orders", "level": "read"}],
            [
                {"resource": "arn:aws:s3:::acme-other/in", "level": "read"},
                {"resource": "arn:aws:dynamodb:us-east-1:123456789012:table/t", "level": "write"},
                {"resource": "arn:aws:sns:us-east-1:123456789012:t", "level": "write"},
            ],
        ),
        "gcp": (
            [{"resource": "acme-data.orders", "level": "write"}],
            [
                {"resource": "projects/acme-data/topics/t", "level": "write"},
                {"resource": "projects/acme-data/subscriptions/s", "level": "read"},
            ],
        ),
        "azure": (
            [
                {
                    "resource": f"{GROUP}/Microsoft.ServiceBus/namespaces/etl/queues/q",
                    "level": "read",
                }
            ],
            [
                {
                    "resource": f"{_BLOBS.replace('acmelake', 'other')}/c",
                    "level": "write",
                }
            ],
        ),
    },
    "kubernetes.labels": ({"app": "etl"}, {"acme.example/part": "a_b", "x": ""}),
    "kubernetes.annotations": ({"acme.example/about": 'a "b" $${c} %{d}'}, {"x": "é\nf"}),
    "databricks.host": ("https://acme.cloud.databricks.com", "https://other.cloud.databricks.com"),
    "databricks.permissions": (
        {"data-team": "CAN_VIEW"},
        {"a b": "CAN_MANAGE_RUN", "u@acme.example": "CAN_MANAGE"},
    ),
    "references.database.endpoint": ("db.acme.example", "10.1.2.3"),
    "references.cache.endpoint": ("cache.acme.example:6379",),
    **{f"references.{name}.cidr_blocks": _CIDRS for name in ("database", "cache", "queue")},
    **{
        f"references.{name}.security_group_ids": _SECURITY
        for name in ("database", "cache", "queue")
    },
    "monitoring.log_retention_days": (1, 7, 30, 90, 365, 730),
    "monitoring.kms_key_id": {"aws": (_KEY,), "gcp": (GCP_KEY,), "azure": ()},
    "references.secrets.kms_key_id": (_KEY,),
    "monitoring.log_group": ("/acme/etl", "acme.etl_1-x"),
    "monitoring.alerts.channels": {
        "aws": ([_TOPICS[0]], list(_TOPICS)),
        "gcp": ([_CHANNEL], [_CHANNEL, f"{_CHANNEL}2"]),
        "azure": ([f"{GROUP}/Microsoft.Insights/actionGroups/alerts"],),
    },
    "monitoring.alerts.records_field": ("records", "totals.records_1"),
    "monitoring.alerts.thresholds.run_seconds": (30, 59, 60, 120, 300),
}
