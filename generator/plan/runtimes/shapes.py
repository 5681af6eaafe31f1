"""What single values must look like whatever the module says.

The provider reads the region and the account; and what stands where a reference to a secret belongs
may be the secret. Modules judge all other values themselves. Text that still waits for a Terraform
variable is passed over.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

from generator.model.infrastructure import Infrastructure
from generator.model.problems import shown
from generator.model.variables import waits
from generator.plan.runtimes import account
from generator.plan.runtimes.runtime import Faults
from generator.text.patterns import lazy


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


def check(infrastructure: Infrastructure, faults: Faults, *shapes: Shape) -> None:
    """Note every value that does not have its shape; region and account are looked at, too."""
    for shape in (*ACCOUNT[infrastructure.provider], *shapes):
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
    account.check(infrastructure, faults)


def _wrong(shape: Shape, below: tuple[str | int, ...], text: str, faults: Faults) -> None:
    path = (*shape.path, *below)
    name = ".".join(map(str, path))
    # What stands where a reference belongs may be a secret: it is not repeated.
    got = "" if "secrets" in path else f", not {shown(text)}"
    faults.add(path, f'"{name}" must be {shape.words}{got}')


_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_SERVICE_ACCOUNT = "the address of a service account"
# What the provider of each cloud reads.
ACCOUNT = {
    "aws": (
        Shape("region", r"[a-z]{2,}(-[a-z]+)+-\d+", "an AWS region such as us-east-1"),
        Shape("account.account_id", r"\d{12}", "12 digits"),
    ),
    "gcp": (
        Shape("region", r"[a-z]+-[a-z]+\d+", "a Google Cloud region such as europe-west1"),
        Shape(
            "account.project_id",
            r"([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]",
            "a project id of 6 to 30 lower-case letters, digits and hyphens",
        ),
        Shape("account.impersonate_service_account", r"[^@\s]+@[^@\s]+", _SERVICE_ACCOUNT),
        Shape(
            "account.impersonate_service_account_delegates", r"[^@\s]+@[^@\s]+", _SERVICE_ACCOUNT
        ),
    ),
    "azure": (
        Shape("region", r"[A-Za-z0-9][A-Za-z0-9 ]*", "an Azure region such as westeurope"),
        Shape(
            "account.subscription_id",
            _UUID,
            "a subscription id such as 00000000-0000-0000-0000-000000000000",
        ),
        Shape(
            "account.resource_group",
            r"[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]",
            "the name of a resource group",
        ),
        Shape("account.tenant_id", _UUID, "the id of a tenant, a UUID"),
        Shape("account.client_id", _UUID, "the id of an application or identity, a UUID"),
        Shape(
            "account.ado_pipeline_service_connection_id", _UUID, "the id of a connection, a UUID"
        ),
        Shape("account.metadata_host", r"[A-Za-z0-9.-]+(:[0-9]+)?", "a host without https://"),
    ),
}
# References to secrets where each cloud keeps them.
SECRETS = {
    "aws": Shape(
        "runtime.secrets",
        r"arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]+"
        r"(:[^:]*:[^:]*:[^:]*)?|ssm:[a-z0-9-]+:\d{12}:parameter/[A-Za-z0-9_./-]+)",
        "the ARN of a Secrets Manager secret or SSM parameter, never the secret itself",
    ),
    "gcp": Shape(
        "runtime.secrets",
        r"projects/[^/\s]+/secrets/[A-Za-z0-9_-]{1,255}(/versions/[A-Za-z0-9_-]+)?",
        "projects/PROJECT/secrets/SECRET, or that with /versions/VERSION, never the secret itself",
    ),
    "azure": Shape(
        "runtime.secrets",
        r"https://[A-Za-z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)"
        r"/secrets/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?",
        "https://VAULT.vault.azure.net/secrets/NAME, never the secret itself",
    ),
}

_CONTAINER_ID = (
    r"(?i:/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Storage"
    r"/storageAccounts/[^/]+/blobServices/default/containers/[^/]+)"
)
_CONTAINER_NAME = r"[a-z0-9]{3,24}/[a-z0-9$](?:[a-z0-9-]{1,61}[a-z0-9])"
# A bucket as each cloud's jobs name one.
BUCKETS = {
    "aws": lazy(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
    "gcp": lazy(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]"),
    "azure": lazy(f"{_CONTAINER_NAME}|{_CONTAINER_ID}"),
}
