"""Values in the one spelling that patterns are held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.text.globs import matches
from generator.text.patterns import lazy

_URL = lazy(
    r"(?:(https?)://)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?(/[^\s\\]*)?",
    re.IGNORECASE,
)
_USUAL = {"https": "443", "http": "80"}
# Kinds of patterns that are of hosts.
HOSTS = frozenset(("endpoints", "clusters", "databricks"))
# What stands in a longer text, such as a policy, and names somebody or a secret.
_IDENTITIES = lazy(
    r"arn:[a-z*-]*:(?:iam|sts)::[^:\s\"']*:"
    r"(?:role|instance-profile|user|assumed-role|federated-user)/[^\s\"',]+"
    r"|[A-Za-z0-9._*-]+@[A-Za-z0-9.*-]*gserviceaccount\.com"
    r"|/subscriptions/[^\s\"',]+/Microsoft\.ManagedIdentity/userAssignedIdentities/[^\s\"',]+",
    re.IGNORECASE,
)
_SECRETS = lazy(
    r"arn:[a-z*-]*:secretsmanager:[^\s\"',]+"
    r"|arn:[a-z*-]*:ssm:[^:\s\"']*:[^:\s\"']*:parameter[^\s\"',]*"
    r"|projects/[^/\s\"']+/(?:locations/[^/\s\"']+/)?secrets/[^\s\"',]+"
    r"|https://[^/\s\"']+\.vault(?:\.usgovcloudapi)?\.(?:azure\.)?[a-z]+/[^\s\"',]*"
    r"|/subscriptions/[^\s\"',]+/Microsoft\.KeyVault/vaults/[^\s\"',]+",
    re.IGNORECASE,
)


def spelling(kind: str, text: str) -> str | None:
    """A text in the spelling that patterns of a kind are held against; None where it has none."""
    if kind in HOSTS:
        return host_of(text)
    return state_of(text) if kind == "backends" else text


def host_of(address: str) -> str | None:
    """The host of an address, with a port that is not the usual one; None where it is not clear.

    What is not encrypted keeps its ``http://``: an address without a scheme is https's.
    """
    match = _URL.fullmatch(address.strip())
    if match is None or "@" in (match[4] or "").split("/")[0]:
        return None
    scheme, host, port = (match[1] or "https").lower(), match[2].lower().rstrip("."), match[3]
    if port and port != _USUAL[scheme]:
        host += f":{port}"
    return host if scheme == "https" else f"http://{host}"


def state_of(address: str) -> str | None:
    """The address of a state as roots show it; None where it could lead elsewhere than it reads.

    ``%2F`` is what some servers have in place of a slash in a name.
    """
    if not address.startswith(("http://", "https://")):
        return address
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    where = host_of(f"{scheme}://{host}")
    plain = path.replace("%2f", "%2F").replace("%2F", "")
    if where is None or "%" in plain or "\\" in path or "#" in path:
        return None
    if any(part in (".", "..", "") for part in path.split("?")[0].replace("%2F", "/").split("/")):
        return None
    where = where if scheme == "http" else f"https://{where}"
    return f"{where}{slash}{path.replace('%2f', '%2F')}"


def identities_in(text: str) -> list[str]:
    """Roles, service accounts and identities by the form that their clouds give them."""
    return _IDENTITIES.findall(text)


def secrets_in(text: str) -> list[str]:
    """References to secrets, by the form that their clouds give them."""
    return _SECRETS.findall(text)


def command_allowed(
    patterns: Sequence[str], command: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> bool:
    """Whether a pattern stands for a command: its words one by one, and its variables.

    Args:
        patterns: words with blanks between; those like ``NAME=*`` before the first other are
            variables that may be set; ``**`` as the last stands for any further words.
        command: the program.
        arguments: its arguments.
        environment: what is set for it.
    """
    return any(_command(p.split(), [command, *arguments], environment) for p in patterns)


def _command(words: list[str], given: list[str], environment: Mapping[str, str]) -> bool:
    variables = []
    while words and re.match(r"[A-Za-z_*][A-Za-z0-9_*]*=", words[0]):
        variables.append(words.pop(0))
    if not all(
        any(matches(variable, f"{name}={value}") for variable in variables)
        for name, value in environment.items()
    ):
        return False
    if words[1:] and words[-1] == "**":
        words = words[:-1]
        given = given[: len(words)]
    return len(words) == len(given) and all(map(matches, words, given))
