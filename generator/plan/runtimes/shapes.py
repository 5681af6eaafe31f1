"""What single values must look like on a cloud, so that a job is told before Terraform is run.

The patterns are those of the modules' own validations; text that still waits for a Terraform
variable is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from generator.model.problems import shown
from generator.model.variables import waits
from generator.text.patterns import lazy

if TYPE_CHECKING:
    from generator.model.infrastructure import Infrastructure
    from generator.plan.runtimes.runtime import Faults


class Shape:
    """The pattern of a field's text, or of each text in its list or mapping.

    Args:
        field: dotted, below ``infrastructure``.
        pattern: what the whole text matches.
        words: the same for people, to follow "must be".
    """

    __slots__ = ("get", "path", "pattern", "words")

    def __init__(self, field: str, pattern: str, words: str) -> None:
        self.path = tuple(field.split("."))
        self.get = attrgetter(field)
        # Digits and blanks are those of ASCII, as in Terraform's own patterns.
        self.pattern = lazy(pattern, re.ASCII)
        self.words = words


def check(infrastructure: Infrastructure, faults: Faults, shapes: Iterable[Shape]) -> None:
    """Note every value that does not have its shape."""
    for shape in shapes:
        value: Any = shape.get(infrastructure)
        if not value:
            continue
        if isinstance(value, str):
            if not shape.pattern.fullmatch(value) and not waits(value):
                _wrong(shape, (), value, faults)
            continue
        for key, text in value.items() if isinstance(value, dict) else enumerate(value):
            if not shape.pattern.fullmatch(text) and not waits(text):
                _wrong(shape, (key,), text, faults)


def _wrong(shape: Shape, below: tuple[str | int, ...], text: str, faults: Faults) -> None:
    path = (*shape.path, *below)
    name = ".".join(map(str, path))
    # What stands where a reference belongs may be a secret: it is not repeated.
    got = "" if "secrets" in path else f", not {shown(text)}"
    faults.misshapen(path, f'"{name}" must be {shape.words}{got}')


_KMS_AWS = (r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", "the ARN of a KMS key")
_SECRET_AWS = (
    r"secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]+",
    r"ssm:[a-z0-9-]+:\d{12}:parameter/[A-Za-z0-9_./-]+",
)
_BUCKET_S3 = (r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket, no ARN or address")
_PREFIX_S3 = (
    r"[A-Za-z0-9!_.'()/=@:,&;+ -]*",
    "a key prefix without *, ?, $ and other special characters",
)
AWS = (
    Shape("region", r"[a-z]{2,}(-[a-z]+)+-\d+", "an AWS region such as us-east-1"),
    Shape("account.account_id", r"\d{12}", "12 digits"),
    Shape(
        "runtime.image",
        r"[A-Za-z0-9][A-Za-z0-9._/:@-]*",
        "a container image such as registry/name:tag",
    ),
    Shape(
        "runtime.cluster_name",
        r"[A-Za-z0-9_-]{1,255}",
        "the name of an ECS cluster, not its ARN",
    ),
    Shape("runtime.identity", r"arn:aws[a-z-]*:iam::\d{12}:role/.+", "the ARN of an IAM role"),
    Shape(
        "runtime.secrets",
        rf"arn:aws[a-z-]*:({_SECRET_AWS[0]}(:[^:]*:[^:]*:[^:]*)?|{_SECRET_AWS[1]})",
        "the ARN of a Secrets Manager secret or SSM parameter, never the secret itself",
    ),
    Shape(
        "runtime.readable_secrets",
        rf"arn:aws[a-z-]*:({_SECRET_AWS[0]}|{_SECRET_AWS[1]})",
        "the ARN of a Secrets Manager secret or SSM parameter",
    ),
    Shape(
        "references.secrets.secret_manager_arn",
        rf"arn:aws[a-z-]*:({_SECRET_AWS[0]}|{_SECRET_AWS[1]})",
        "the ARN of a Secrets Manager secret or SSM parameter",
    ),
    Shape("references.secrets.kms_key_id", *_KMS_AWS),
    Shape("network.vpc_id", r"vpc-[0-9a-z-]+", "the id of a VPC, vpc-..."),
    Shape("network.subnet_ids", r"subnet-[0-9a-z-]+", "the id of a subnet, subnet-..."),
    Shape("network.security_group_ids", r"sg-[0-9a-z-]+", "the id of a security group, sg-..."),
    Shape("storage.data_bucket", *_BUCKET_S3),
    Shape("storage.state_bucket", *_BUCKET_S3),
    Shape("storage.prefix", *_PREFIX_S3),
    Shape("storage.state_prefix", *_PREFIX_S3),
    Shape("storage.kms_key_id", *_KMS_AWS),
    Shape("monitoring.kms_key_id", *_KMS_AWS),
    Shape(
        "monitoring.log_group",
        r"(?!aws/)[.\-_/#A-Za-z0-9]{1,512}",
        "1 to 512 letters, digits and . - _ / #, not starting with aws/",
    ),
    Shape(
        "monitoring.metrics_namespace",
        r"(?!AWS/)[A-Za-z0-9._/#-]{1,255}",
        "1 to 255 letters, digits and . _ / # -, not starting with AWS/",
    ),
)
AWS_CHANNEL = Shape(
    "monitoring.alerts.channels",
    r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?",
    "the ARN of an SNS topic",
)

_BUCKET_GCS = (
    r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]",
    "the name of a bucket without gs://: lower-case letters, digits and . _ -",
)
_PREFIX_GCS = (
    r"[^\"'\\\x00-\x1f\x7f]{0,512}",
    "at most 512 characters without quotes, backslashes and control characters",
)
GCP = (
    Shape("region", r"[a-z]+-[a-z]+\d+", "a Google Cloud region such as europe-west1"),
    Shape(
        "account.project_id",
        r"([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]",
        "a project id of 6 to 30 lower-case letters, digits and hyphens",
    ),
    Shape("runtime.image", r"\S+", "the address of a container image, without blanks"),
    Shape(
        "runtime.identity",
        r"[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com",
        "the e-mail of a service account, NAME@PROJECT.iam.gserviceaccount.com",
    ),
    Shape(
        "runtime.secrets",
        r"projects/[^/\s]+/secrets/[A-Za-z0-9_-]{1,255}(/versions/[A-Za-z0-9_-]+)?",
        "projects/PROJECT/secrets/SECRET, or that with /versions/VERSION, never the secret itself",
    ),
    Shape(
        "runtime.readable_secrets",
        r"projects/[^/\s]+/secrets/[A-Za-z0-9_-]{1,255}",
        "projects/PROJECT/secrets/SECRET without a version",
    ),
    Shape(
        "network.network_tags",
        r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?",
        "1 to 63 lower-case letters, digits and hyphens, starting with a letter",
    ),
    Shape("storage.data_bucket", *_BUCKET_GCS),
    Shape("storage.state_bucket", *_BUCKET_GCS),
    Shape("storage.prefix", *_PREFIX_GCS),
    Shape("storage.state_prefix", *_PREFIX_GCS),
    Shape(
        "storage.kms_key_id",
        r"projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]+"
        r"/cryptoKeys/[A-Za-z0-9_-]+",
        "projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY without a version",
    ),
)
GCP_CHANNEL = Shape(
    "monitoring.alerts.channels",
    r"projects/[^/\s]+/notificationChannels/[^/\s]+",
    "projects/PROJECT/notificationChannels/ID",
)

_CONTAINER_ID = (
    r"(?i:/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Storage"
    r"/storageAccounts/[^/]+/blobServices/default/containers/[^/]+)"
)
_CONTAINER_NAME = r"[a-z0-9]{3,24}/[a-z0-9$](?:[a-z0-9-]{1,61}[a-z0-9])"
# A bucket as each cloud's jobs name one.
BUCKETS = {
    "aws": lazy(_BUCKET_S3[0], re.ASCII),
    "gcp": lazy(_BUCKET_GCS[0], re.ASCII),
    "azure": lazy(f"{_CONTAINER_NAME}|{_CONTAINER_ID}"),
}

_GROUP = r"(?i:/subscriptions/[^/]+/resourceGroups/[^/]+/providers/"


def _azure(field: str, kind: str, what: str) -> Shape:
    pattern = _GROUP + kind.replace(".", r"\.").replace("*", "[^/]+") + ")"
    return Shape(field, pattern, f"the resource id of {what}, .../{kind.replace('*', 'NAME')}")


_PREFIX_AZURE = (
    r"([^/'\\\x00-\x1f\x7f][^'\\\x00-\x1f\x7f]*)?",
    "a prefix that does not start with / and has no apostrophes, backslashes, control characters",
)
AZURE = (
    Shape("region", r"[A-Za-z0-9][A-Za-z0-9 ]*", "an Azure region such as westeurope"),
    Shape(
        "account.subscription_id",
        r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "a subscription id such as 00000000-0000-0000-0000-000000000000",
    ),
    Shape(
        "account.resource_group",
        r"[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]",
        "the name of a resource group",
    ),
    Shape("runtime.image", r"[^\s/]+(/[^\s/]+)*", "the address of a container image"),
    _azure("runtime.cluster_name", "Microsoft.App/managedEnvironments/*", "an environment"),
    _azure(
        "runtime.registry_id", "Microsoft.ContainerRegistry/registries/*", "a container registry"
    ),
    _azure(
        "runtime.identity",
        "Microsoft.ManagedIdentity/userAssignedIdentities/*",
        "a user-assigned identity",
    ),
    _azure("runtime.key_vaults", "Microsoft.KeyVault/vaults/*", "a key vault"),
    _azure("runtime.readable_secrets", "Microsoft.KeyVault/vaults/*/secrets/*", "a secret"),
    Shape(
        "runtime.secrets",
        r"https://[A-Za-z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)"
        r"/secrets/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?",
        "https://VAULT.vault.azure.net/secrets/NAME, never the secret itself",
    ),
    _azure("network.subnet_ids", "Microsoft.Network/virtualNetworks/*/subnets/*", "a subnet"),
    Shape("storage.prefix", *_PREFIX_AZURE),
    Shape("storage.state_prefix", *_PREFIX_AZURE),
    _azure("storage.kms_key_id", "Microsoft.KeyVault/vaults/*/keys/*", "a key without a version"),
)
AZURE_CHANNEL = _azure(
    "monitoring.alerts.channels", "Microsoft.Insights/actionGroups/*", "an action group"
)
