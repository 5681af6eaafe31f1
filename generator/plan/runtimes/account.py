"""The account as the provider of each cloud reads it: which fields it takes, and what must hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.errors import KeyPath
from generator.model.account import AssumeRole
from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan import endpoint_names
from generator.plan.backend_nested import NESTED, seconds_of, value_problems
from generator.plan.providers import OF_ACCOUNT, role_body
from generator.plan.runtimes.runtime import Faults
from generator.text.hints import suggest
from generator.text.patterns import lazy

_ROLES: KeyPath = ("account", "assume_role")
_ROLE_ACCOUNT = lazy(r"arn:aws[a-z-]*:iam::([0-9]{12}):role/.+")
# AWS Security Token Service, "AssumeRole": a role that another assumes has an hour.
_CHAINED_SECONDS = 3600
# IAM User Guide, "Pass session tags in AWS STS".
_MOST_TAGS = 50
_TAG_KEY = lazy(r"(?!(?i:aws:))[\w .:/=+@-]{1,128}")
_TAG_VALUE = lazy(r"[\w .:/=+@-]{0,256}")
# google 8.7, `ValidateCustomEndpoint`: the address of the API's version.
_GOOGLE_ADDRESS = lazy(r"https?://[^/\s]+(/[^/\s]+)+/")
_ADDRESS = lazy(r"https?://\S+")


class CloudAccount(NamedTuple):
    """What the provider of a cloud takes of ``account``.

    Attributes:
        title: the provider, for people.
        fields: their names.
        endpoints: the services whose address can be another one.
    """

    title: str
    fields: tuple[str, ...]
    endpoints: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields as a runtime's table names them."""
        return tuple(f"account.{name}" for name in self.fields)


CLOUDS = {
    "aws": CloudAccount(
        "AWS",
        ("account_id", "assume_role", "ignore_tags", "endpoints", *OF_ACCOUNT["aws"]),
        endpoint_names.AWS,
    ),
    "gcp": CloudAccount(
        "Google Cloud",
        ("project_id", *OF_ACCOUNT["gcp"], "endpoints"),
        endpoint_names.GOOGLE,
    ),
    "azure": CloudAccount("Azure", ("subscription_id", "resource_group", *OF_ACCOUNT["azure"])),
}


def idle(
    infrastructure: Infrastructure, takes: Collection[str], where: str, faults: Faults
) -> None:
    """Note the fields of ``account`` that are set and have no effect.

    Args:
        infrastructure: the job's block.
        takes: the fields that have one.
        where: where the others have none, to follow that in a sentence.
        faults: collects them.
    """
    account = infrastructure.account
    for field in sorted(account.model_fields_set - set(takes)):
        if getattr(account, field) is not None:
            faults.idle(f"account.{field}", f'"{field}" has no effect {where}', "remove it")


def check(infrastructure: Infrastructure, faults: Faults) -> None:
    """What a provider, or the cloud behind it, would refuse of the account."""
    cloud = infrastructure.provider
    if cloud == "aws":
        _check_roles(infrastructure, faults)
    account = infrastructure.account
    alone = account.impersonate_service_account is None
    if cloud == "gcp" and account.impersonate_service_account_delegates and alone:
        field = "account.impersonate_service_account_delegates"
        faults.orphan(field, "account.impersonate_service_account", who=f'"{field}"')
    if cloud == "azure":
        _check_azure(infrastructure, faults)
    _check_endpoints(infrastructure, faults)


def _check_roles(infrastructure: Infrastructure, faults: Faults) -> None:
    roles = infrastructure.account.assume_role
    for index, role in enumerate(roles):
        if role.role_arn is None:
            hint = "or take the block away with `assume_role: null`"
            faults.missing((*_ROLES, index, "role_arn"), hint, who='"account.assume_role"')
        for path, message in _role_faults(role, chained=len(roles) > 1):
            faults.add((*_ROLES, index, *path), message)
    _check_account_of(infrastructure, faults)


def _role_faults(role: AssumeRole, chained: bool) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with one role, and where."""
    row = NESTED["assume_role"]
    for key, value in role_body(role).items():
        if isinstance(value, str) and waits(value):
            continue
        for below, message in value_problems(value, key, row):
            yield (key, *below), f'"assume_role.{key}" {message}'
    yield from _session_tag_faults(role)
    seconds = seconds_of(role.duration or "")
    if chained and seconds is not None and seconds > _CHAINED_SECONDS:
        message = "a role that is assumed in a chain has an hour at most"
        yield ("duration",), f"{message}, not {role.duration}"


def _session_tag_faults(role: AssumeRole) -> Iterator[tuple[KeyPath, str]]:
    if len(role.tags) > _MOST_TAGS:
        yield ("tags",), f"a session has {_MOST_TAGS} tags at most, not {len(role.tags)}"
    for key, value in role.tags.items():
        if not _TAG_KEY.fullmatch(key):
            yield ("tags", key), f'"{key}" is no key of a session tag'
        elif not _TAG_VALUE.fullmatch(value) and not waits(value):
            yield ("tags", key), f'"{value}" is no value of a session tag'
    for index, key in enumerate(role.transitive_tag_keys):
        if key not in role.tags and not waits(key):
            yield ("transitive_tag_keys", index), f'"{key}" is none of the session tags'


def _check_account_of(infrastructure: Infrastructure, faults: Faults) -> None:
    """The provider refuses another account than ``account_id``, and the last role says which."""
    account = infrastructure.account
    if not account.assume_role or account.account_id is None:
        return
    arn = account.assume_role[-1].role_arn or ""
    found = _ROLE_ACCOUNT.fullmatch(arn)
    if found and not waits(arn) and found[1] != account.account_id:
        message = f"the role is in the account {found[1]}, and the job in {account.account_id}"
        hint = "name a role of that account, or another account_id"
        faults.add((*_ROLES, len(account.assume_role) - 1, "role_arn"), message, hint)


def _check_azure(infrastructure: Infrastructure, faults: Faults) -> None:
    account = infrastructure.account
    for field in ("oidc_token_file_path", "ado_pipeline_service_connection_id"):
        if getattr(account, field) is not None and not account.use_oidc:
            faults.orphan(f"account.{field}", "account.use_oidc", "set it to true")


def _check_endpoints(infrastructure: Infrastructure, faults: Faults) -> None:
    row = CLOUDS[infrastructure.provider]
    for name, address in infrastructure.account.endpoints.items() if row.endpoints else ():
        path = ("account", "endpoints", name)
        if name not in row.endpoints:
            message = f'the provider of {row.title} has no service "{name}"'
            hint = suggest(name, sorted(row.endpoints), "the names are those of its provider block")
            faults.add(path, message, hint, on_key=True)
        elif waits(address):
            continue
        elif not _ADDRESS.fullmatch(address):
            faults.add(path, f'"{name}" must be an address such as http://localhost:4566')
        elif "@" in urlsplit(address).netloc:
            faults.add(path, f'"{name}" holds a user name or password, and would be committed')
        elif infrastructure.provider == "gcp" and not _GOOGLE_ADDRESS.fullmatch(address):
            message = f'"{name}" must be the address of an API with its version and a slash behind'
            faults.add(path, message, "such as https://storage.googleapis.com/storage/v1/")
