"""One row a backend: its arguments, what they default to, and which state they mean.

Arguments as Terraform 1.11 takes them (its ``init`` refuses all others), less deprecated ones.
Those that carry credentials are refused: they belong into the environment of whoever applies.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Arguments = dict[str, Any]


class BackendType(NamedTuple):
    """What a backend takes.

    Attributes:
        required: arguments that must be given, the one that names the place first.
        optional: further arguments, in the order they are written.
        secret: arguments that are credentials.
        defaults: given arguments and the identity "tenant/environment/job", to what is added.
        address: arguments and the root's folder, to one line that identifies the state. Raises
            KeyError, TypeError or AttributeError where the arguments do not tell.
        shapes: argument to the pattern of its value, and the pattern in words; of a list, of
            each item.
        apart: arguments that exclude each other.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    secret: frozenset[str]
    defaults: Callable[[Arguments, str], Arguments]
    address: Callable[[Arguments, str], str]
    shapes: dict[str, tuple[str, str]]
    apart: tuple[tuple[str, str], ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Of all backends: arguments that are true or false, whole numbers, mappings, or lists.
BOOLS = frozenset(
    _words(
        "encrypt use_lockfile use_path_style insecure skip_credentials_validation"
        " skip_metadata_api_check skip_region_validation skip_requesting_account_id"
        " skip_s3_checksum use_dualstack_endpoint use_fips_endpoint snapshot use_oidc use_msi"
        " use_cli use_azuread_auth use_aks_workload_identity lookup_blob_endpoint"
        " skip_cert_verification"
    )
)
NUMBERS = frozenset(("max_retries", "retry_max", "retry_wait_min", "retry_wait_max"))
MAPPINGS = frozenset(("assume_role", "assume_role_with_web_identity", "endpoints", "workspaces"))
LISTS = frozenset(
    _words(
        "allowed_account_ids forbidden_account_ids shared_credentials_files shared_config_files"
        " impersonate_service_account_delegates"
    )
)
# Keys of nested mappings that are credentials.
NESTED_SECRETS = frozenset(("web_identity_token", "token"))

# HCP Terraform documentation, "Workspace names".
_LONGEST_WORKSPACE = 90


def _s3_defaults(arguments: Arguments, identity: str) -> Arguments:
    defaults: Arguments = {"key": f"dativo/{identity}/terraform.tfstate", "encrypt": True}
    if "dynamodb_table" not in arguments:
        defaults["use_lockfile"] = True
    return defaults


def _s3_address(arguments: Arguments, _folder: str) -> str:
    endpoints = arguments.get("endpoints") or {}
    endpoint = endpoints.get("s3") or arguments.get("endpoint")
    at = f"@{_host(endpoint)}" if endpoint else ""
    return f"s3://{arguments['bucket']}{at}/{arguments['key'].strip('/')}"


def _gcs_address(arguments: Arguments, _folder: str) -> str:
    endpoint = arguments.get("storage_custom_endpoint")
    at = f"@{_host(endpoint)}" if endpoint else ""
    prefix = (arguments.get("prefix") or "").lstrip("/")
    path = posixpath.normpath(posixpath.join(prefix, "default.tfstate"))
    return f"gs://{arguments['bucket']}{at}/{path}"


def _azurerm_address(arguments: Arguments, _folder: str) -> str:
    account, container = arguments["storage_account_name"], arguments["container_name"]
    return f"azurerm://{account.lower()}/{container.lower()}/{arguments['key']}"


def _local_address(arguments: Arguments, folder: str) -> str:
    path = arguments.get("path") or "terraform.tfstate"
    return "local:" + posixpath.normpath(posixpath.join(folder, path))


def _http_address(arguments: Arguments, _folder: str) -> str:
    url = urlsplit(arguments["address"])
    return url._replace(scheme=url.scheme.lower(), netloc=_host(arguments["address"])).geturl()


def _host(address: str) -> str:
    """Host and port of an address, without a port that goes without saying."""
    url = urlsplit(address if "//" in address else f"//{address}")
    host = url.netloc.rpartition("@")[2].lower()
    usual = {"http": ":80", "https": ":443"}.get(url.scheme.lower())
    return host.removesuffix(usual) if usual else host


def _workspace(_arguments: Arguments, identity: str) -> Arguments:
    name = identity.replace("/", "-")
    if len(name) > _LONGEST_WORKSPACE:
        digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
        name = f"{name[: _LONGEST_WORKSPACE - 9]}-{digest}"
    return {"workspaces": {"name": name}}


def _workspace_address(arguments: Arguments, _folder: str) -> str:
    workspaces = arguments["workspaces"]
    name = workspaces.get("name") or workspaces["prefix"] + "*"
    host = arguments.get("hostname") or "app.terraform.io"
    return f"{host.lower()}/{arguments['organization']}/{name}"


_URL = (r"https?://\S+", "an address that starts with https:// or http://")
_UUID = (r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "a UUID")
_ACCOUNT = (r"[0-9]{12}", "an account id of 12 digits")
_S3 = BackendType(
    ("bucket", "region"),
    _words(
        "key encrypt use_lockfile dynamodb_table kms_key_id acl profile assume_role"
        " assume_role_with_web_identity allowed_account_ids forbidden_account_ids"
        " workspace_key_prefix shared_config_files shared_credentials_files endpoints"
        " sts_region use_path_style use_dualstack_endpoint use_fips_endpoint max_retries retry_mode"
        " skip_credentials_validation skip_metadata_api_check skip_region_validation"
        " skip_requesting_account_id skip_s3_checksum insecure custom_ca_bundle http_proxy"
        " https_proxy no_proxy ec2_metadata_service_endpoint ec2_metadata_service_endpoint_mode"
    ),
    frozenset(("access_key", "secret_key", "token", "sse_customer_key")),
    _s3_defaults,
    _s3_address,
    {
        "bucket": (
            r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
            "3 to 63 lower-case letters, digits, dots and hyphens",
        ),
        "region": (r"[a-z0-9-]+", "a region such as us-east-1"),
        "sts_region": (r"[a-z0-9-]+", "a region such as us-east-1"),
        "workspace_key_prefix": (r"[^/](.*[^/])?", "a path that neither starts nor ends with /"),
        "retry_mode": (r"standard|adaptive", "standard or adaptive"),
        "ec2_metadata_service_endpoint": _URL,
        "ec2_metadata_service_endpoint_mode": (r"IPv4|IPv6", "IPv4 or IPv6"),
        "allowed_account_ids": _ACCOUNT,
        "forbidden_account_ids": _ACCOUNT,
    },
    (("allowed_account_ids", "forbidden_account_ids"),),
)
_GCS = BackendType(
    ("bucket",),
    _words(
        "prefix kms_encryption_key impersonate_service_account"
        " impersonate_service_account_delegates storage_custom_endpoint"
    ),
    frozenset(("credentials", "access_token", "encryption_key")),
    lambda _, identity: {"prefix": f"dativo/{identity}"},
    _gcs_address,
    {
        "bucket": (
            r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]",
            "3 to 222 lower-case letters, digits, dots, hyphens and underscores",
        ),
        "kms_encryption_key": (
            r"projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+",
            "a key such as projects/P/locations/L/keyRings/R/cryptoKeys/K",
        ),
        "impersonate_service_account": (r"[^@\s]+@[^@\s]+", "the address of a service account"),
        "impersonate_service_account_delegates": (
            r"[^@\s]+@[^@\s]+",
            "the address of a service account",
        ),
        "storage_custom_endpoint": _URL,
    },
)
_AZURERM = BackendType(
    ("storage_account_name", "container_name"),
    _words(
        "key resource_group_name subscription_id tenant_id environment metadata_host snapshot"
        " lookup_blob_endpoint use_azuread_auth use_oidc use_msi use_cli use_aks_workload_identity"
        " client_id client_id_file_path client_certificate_path client_secret_file_path"
        " oidc_token_file_path oidc_request_url ado_pipeline_service_connection_id msi_endpoint"
    ),
    frozenset(
        _words(
            "access_key sas_token client_secret client_certificate client_certificate_password"
            " oidc_token oidc_request_token"
        )
    ),
    lambda _, identity: {"key": f"dativo/{identity}/terraform.tfstate"},
    _azurerm_address,
    {
        "storage_account_name": (r"[a-z0-9]{3,24}", "3 to 24 lower-case letters and digits"),
        "container_name": (
            r"[a-z0-9$][a-z0-9-]{2,62}",
            "3 to 63 lower-case letters, digits and hyphens",
        ),
        "subscription_id": _UUID,
        "tenant_id": _UUID,
        "client_id": _UUID,
        "oidc_request_url": _URL,
        "msi_endpoint": _URL,
    },
)
_LOCAL = BackendType(
    (),
    ("path", "workspace_dir"),
    frozenset(),
    lambda _, identity: {"path": "terraform.tfstate"},
    _local_address,
    {},
)
_METHOD = (r"[A-Z]+", "an HTTP method such as PUT")
_HTTP = BackendType(
    ("address",),
    _words(
        "lock_address unlock_address update_method lock_method unlock_method"
        " skip_cert_verification retry_max retry_wait_min retry_wait_max"
        " client_ca_certificate_pem client_certificate_pem"
    ),
    frozenset(("username", "password", "client_private_key_pem")),
    lambda _, identity: {},
    _http_address,
    {
        "address": _URL,
        "lock_address": _URL,
        "unlock_address": _URL,
        **dict.fromkeys(("update_method", "lock_method", "unlock_method"), _METHOD),
    },
)
_REMOTE = BackendType(
    ("organization",),
    ("hostname", "workspaces"),
    frozenset(("token",)),
    _workspace,
    _workspace_address,
    {
        "hostname": (r"[A-Za-z0-9.-]+(:[0-9]+)?", "a host name without https://"),
        "organization": (r"[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores"),
    },
)

BACKENDS = {
    "s3": _S3,
    "gcs": _GCS,
    "azurerm": _AZURERM,
    "local": _LOCAL,
    "http": _HTTP,
    "remote": _REMOTE,
    "cloud": _REMOTE,
}
# A root has one state: prefixes and tags, which choose among several, are refused.
WORKSPACE_KEYS = {"remote": ("name",), "cloud": ("name", "project")}


def address_of(kind: str, arguments: Arguments, folder: str) -> str | None:
    """The address that a backend means; None when its arguments do not tell.

    Args:
        kind: the backend's type.
        arguments: plain data; of a hand-written backend what is no expression.
        folder: the root, below the project folder.
    """
    row = BACKENDS.get(kind)
    if row is None:
        return None
    try:
        return row.address(arguments, folder)
    except (KeyError, AttributeError, TypeError, ValueError):
        return None
