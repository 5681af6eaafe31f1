"""Points the real providers of a root at one server that answers in place of the cloud.

The credentials are made up, and what a root says of accounts, profiles and hosts is overridden, so
that nothing of it can reach an account.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from generator.errors import UsageError
from generator.rehearsal.configuration import labelled, parse
from generator.rehearsal.provider_source import quoted

# Read after every other override file, so that what it says holds.
FILE = "zzz_dativo_endpoint_override.tf"
# What a provider that has never seen a secret is given.
MADE_UP = "rehearsal"
# They ask nobody.
LOCAL = frozenset(("archive", "null", "random", "time", "tls"))
_CLOUD = re.compile(
    r"(^|\.)(amazonaws\.com(\.cn)?|api\.aws|googleapis\.com|azure\.com|azure\.net|windows\.net|"
    r"microsoftonline\.com|azuredatabricks\.net|databricks\.com|azmk8s\.io)$"
)
_REFUSED = {
    "azurerm": "azurerm takes its endpoints from a document of its cloud, which no one address is",
    "google": "google has an endpoint for each of Google's APIs, and no server answers for all",
    "kubernetes": "kubernetes is configured from a cluster, which no emulator of a cloud has",
}


def checked(url: str) -> str:
    """The address without a slash at its end.

    Raises:
        UsageError: it is no address of a server, or it is that of a cloud.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise UsageError(f"--endpoint {url}: expected http://HOST:PORT")
    if _CLOUD.search(parts.hostname.lower().rstrip(".")):
        message = "that is a cloud itself; name LocalStack, moto or the like"
        raise UsageError(f"--endpoint {url}: {message}")
    return url.rstrip("/")


def environment(url: str) -> dict[str, str]:
    """What leads the providers to the server, whatever a provider block leaves open.

    Args:
        url: of the server.
    """
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": MADE_UP,
        "AWS_SECRET_ACCESS_KEY": MADE_UP,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "2",
        "DATABRICKS_AUTH_TYPE": "pat",
        "DATABRICKS_HOST": url,
        "DATABRICKS_TOKEN": MADE_UP,
    }


def refusals(selected: Iterable[str], folder: str) -> Iterator[str]:
    """Why a root cannot be pointed at one address; nothing where it can.

    Args:
        selected: the addresses of its providers, as ``terraform version -json`` tells them.
        folder: the root.
    """
    names = sorted(address.rpartition("/")[2] for address in selected)
    for name in names:
        if name in _REFUSED:
            yield _REFUSED[name]
        elif name not in _ARGUMENTS and name not in LOCAL:
            yield f"it is not known how {name} is led to another address"
    for name, alias in _blocks(folder):
        if alias and name in _ARGUMENTS:
            yield f"the provider {name} with the alias {alias} would lead elsewhere"


def override(folder: str, url: str) -> str:
    """The file that overrides the provider blocks of a root.

    Args:
        folder: the root.
        url: of the server.
    """
    blocks = []
    for name in sorted({name for name, _ in _blocks(folder)} & _ARGUMENTS.keys()):
        given = {**_ARGUMENTS[name], **({"host": quoted(url)} if name == "databricks" else {})}
        lines = "".join(f"  {argument} = {value}\n" for argument, value in given.items())
        blocks.append(f'provider "{name}" {{\n{lines}}}\n')
    return "\n".join(blocks)


# As HCL. An account that an emulator has is none that a job names, so it is not compared.
_ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "aws": {
        "access_key": quoted(MADE_UP),
        "secret_key": quoted(MADE_UP),
        "token": "null",
        "profile": "null",
        "allowed_account_ids": "null",
        "forbidden_account_ids": "null",
        "s3_use_path_style": "true",
        "skip_credentials_validation": "true",
        "skip_metadata_api_check": '"true"',
    },
    "databricks": {"token": quoted(MADE_UP), "auth_type": quoted("pat"), "profile": "null"},
}


def _blocks(folder: str) -> Iterator[tuple[str, str]]:
    """The provider blocks of a root: name and alias."""
    for name in sorted(os.listdir(folder)):
        if name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json")):
            content = parse(os.path.join(folder, name), ("provider",)) or {}
            for provider, body in labelled(content, "provider"):
                yield provider, str(body.get("alias", "")).strip('"')
