"""Backends: which arguments each takes, what it defaults to, and which state it means.

Arguments as the Terraform documentation lists them for each backend. Those that carry
credentials are refused: they belong into the environment of whoever applies.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.errors import InputError, KeyPath, Place, Problem
from generator.job_file import resolve
from generator.job.problems import unknown_key
from generator.job.variables import finish
from generator.plan.root_plan import Backend

if TYPE_CHECKING:
    from generator.job.loaded import Layers, LoadedJob

_AT: KeyPath = ("infrastructure", "terraform", "backend")


@dataclass(frozen=True, slots=True)
class _Type:
    """One row: what a backend type requires, allows and refuses, and its state's address."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    secret: tuple[str, ...]
    defaults: Callable[[dict[str, Any], str], dict[str, Any]]
    address: Callable[[dict[str, Any], str], str]


def _state_key(
    name: str, suffix: str = "/terraform.tfstate"
) -> Callable[[dict[str, Any], str], dict[str, Any]]:
    return lambda arguments, identity: {name: f"dativo/{identity}{suffix}"}


def _s3_defaults(arguments: dict[str, Any], identity: str) -> dict[str, Any]:
    defaults: dict[str, Any] = {"key": f"dativo/{identity}/terraform.tfstate", "encrypt": True}
    if "dynamodb_table" not in arguments:
        defaults["use_lockfile"] = True
    return defaults


def _workspace(arguments: dict[str, Any], identity: str) -> dict[str, Any]:
    return {"workspaces": {"name": identity.replace("/", "-")}}


def _workspace_address(arguments: dict[str, Any], folder: str) -> str:
    workspaces = arguments["workspaces"]
    name = workspaces.get("name") or workspaces.get("prefix", "") + "*"
    host = arguments.get("hostname", "app.terraform.io")
    return f"{host}/{arguments['organization']}/{name}"


def _http_address(arguments: dict[str, Any], folder: str) -> str:
    return str(arguments["address"])


_TYPES = {
    "s3": _Type(
        ("bucket", "region"),
        (
            "key",
            "encrypt",
            "use_lockfile",
            "dynamodb_table",
            "kms_key_id",
            "acl",
            "profile",
            "assume_role",
        )
        + ("workspace_key_prefix", "endpoints", "use_path_style", "skip_region_validation")
        + ("skip_credentials_validation", "skip_metadata_api_check", "skip_requesting_account_id")
        + ("skip_s3_checksum", "max_retries", "allowed_account_ids", "use_fips_endpoint"),
        ("access_key", "secret_key", "token", "sse_customer_key", "shared_credentials_files"),
        _s3_defaults,
        lambda a, _: f"s3://{a['bucket']}/{a['key'].lstrip('/')}",
    ),
    "gcs": _Type(
        ("bucket",),
        ("prefix", "kms_encryption_key", "impersonate_service_account", "storage_custom_endpoint"),
        ("credentials", "access_token", "encryption_key"),
        _state_key("prefix", ""),
        lambda a, _: f"gs://{a['bucket']}/{a['prefix'].strip('/')}/default.tfstate",
    ),
    "azurerm": _Type(
        ("storage_account_name", "container_name"),
        (
            "key",
            "resource_group_name",
            "subscription_id",
            "tenant_id",
            "environment",
            "use_azuread_auth",
        )
        + ("use_oidc", "use_msi", "use_cli", "snapshot", "client_id", "metadata_host"),
        (
            "access_key",
            "sas_token",
            "client_secret",
            "client_certificate",
            "client_certificate_password",
        )
        + ("oidc_token", "oidc_request_token"),
        _state_key("key"),
        lambda a, _: f"azurerm://{a['storage_account_name']}/{a['container_name']}/{a['key']}",
    ),
    "local": _Type(
        (),
        ("path", "workspace_dir"),
        (),
        lambda arguments, identity: {"path": "terraform.tfstate"},
        lambda a, folder: "local:" + posixpath.normpath(posixpath.join(folder, a["path"])),
    ),
    "http": _Type(
        ("address",),
        ("lock_address", "unlock_address", "update_method", "lock_method", "unlock_method")
        + ("skip_cert_verification", "retry_max", "retry_wait_min", "retry_wait_max"),
        ("username", "password", "client_private_key_pem", "client_certificate_pem"),
        lambda arguments, identity: {},
        _http_address,
    ),
    "remote": _Type(
        ("organization",), ("hostname", "workspaces"), ("token",), _workspace, _workspace_address
    ),
    "cloud": _Type(
        ("organization",), ("hostname", "workspaces"), ("token",), _workspace, _workspace_address
    ),
}
TYPES = tuple(_TYPES)


def backend_of(loaded: LoadedJob, folder: str) -> tuple[Backend, list[Problem]]:
    """The backend of a job's root.

    Args:
        loaded: the job.
        folder: the root, below the project folder, for the address of a local state.

    Returns:
        The backend, every argument a literal; and warnings.

    Raises:
        InputError: no such type, an unknown or missing argument, a credential, an undefined name.
    """
    job, places = loaded.job, loaded.places
    written = job.infrastructure.terraform.backend
    identity = f"{job.tenant_id}/{job.environment}/{job.name}"
    warnings = []
    if written is None:
        message = "no backend is set, so the state stays on the machine that applies"
        hint = "set infrastructure.terraform.backend here or under defaults in dativo.yaml"
        place = places.place(("infrastructure", "terraform"))
        warnings.append(Problem("local-state", message, Place(place.file), hint, "warning"))
        written = {"type": "local"}
    kind = _kind(written, places)
    arguments = _arguments(kind, written, places)
    arguments = {**_TYPES[kind].defaults(arguments, identity), **arguments}
    _check_key(kind, arguments, places)
    ordered = {name: arguments[name] for name in _order(kind) if arguments.get(name) is not None}
    return Backend(kind, ordered, _TYPES[kind].address(ordered, folder)), warnings


def address_of(kind: str, arguments: dict[str, Any], folder: str) -> str | None:
    """The address that a hand-written backend means; None when its arguments do not tell."""
    if kind not in _TYPES:
        return None
    try:
        return _TYPES[kind].address(arguments, folder)
    except (KeyError, AttributeError, TypeError):
        return None


def _order(kind: str) -> tuple[str, ...]:
    """Where the state is comes first, the rest in the table's order."""
    row = _TYPES[kind]
    return (
        row.required[:1]
        + tuple(n for n in ("key", "prefix") if n in row.optional)
        + tuple(n for n in (*row.required[1:], *row.optional) if n not in ("key", "prefix"))
    )


def _kind(written: dict[str, Any], places: Layers) -> str:
    kind = written.get("type")
    if kind is None:
        message = '"terraform.backend.type" is missing'
        raise InputError(
            Problem("missing-key", message, places.place(_AT, True), f"one of {', '.join(TYPES)}")
        )
    if kind not in _TYPES:
        from generator.hints import did_you_mean

        meant = did_you_mean(str(kind), TYPES)
        hint = f'did you mean "{meant}"?' if meant else f"one of {', '.join(TYPES)}"
        raise InputError(
            Problem(
                "invalid-value", f'there is no backend "{kind}"', places.place((*_AT, "type")), hint
            )
        )
    return str(kind)


def _arguments(kind: str, written: dict[str, Any], places: Layers) -> dict[str, Any]:
    row = _TYPES[kind]
    known = sorted({*row.required, *row.optional})
    arguments, problems = {}, []
    for name, value in written.items():
        place = places.place((*_AT, name))
        if name == "type":
            continue
        if name in row.secret:
            hint = "leave it out and let whoever applies set it in the environment"
            problems.append(
                Problem(
                    "credential", f'"{name}" is a credential and would be committed', place, hint
                )
            )
        elif name not in known:
            problems.append(
                unknown_key(
                    (*_AT[1:], name),
                    known,
                    lambda path, on_key: Place(place.file, place.path, True),
                )
            )
        else:
            try:
                arguments[name] = _literal(value, place)
            except InputError as error:
                problems += error.problems
    for name in row.required:
        if written.get(name) is None:
            problems.append(
                Problem(
                    "missing-key", f'the {kind} backend needs "{name}"', places.place(_AT, True)
                )
            )
    if problems:
        raise InputError(*problems)
    return arguments


def _literal(value: Any, place: Place) -> Any:
    """A value as a literal: a backend is read before any variable."""
    if isinstance(value, dict):
        return {
            key: _literal(item, Place(place.file, (*place.path, key)))
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [
            _literal(item, Place(place.file, (*place.path, index)))
            for index, item in enumerate(value)
        ]
    if isinstance(value, str):
        text = finish(value, place)
        return resolve(value) if text == value else text
    return value


def _check_key(kind: str, arguments: dict[str, Any], places: Layers) -> None:
    """Refuse what would point at another state than it seems, or carry a password."""
    for name in ("key", "prefix", "path", "bucket"):
        value = arguments.get(name)
        place = places.place((*_AT, name))
        if value is not None and not isinstance(value, str):
            arguments[name] = value = str(value)
        if value is not None and (not value.strip() or ".." in value.split("/")):
            raise InputError(
                Problem("invalid-value", f'"{name}" must be a plain path, not "{value}"', place)
            )
        if kind == "s3" and name == "key" and value is not None and value.startswith("env:"):
            message = '"key" must not start with "env:", where S3 keeps the states of workspaces'
            raise InputError(Problem("invalid-value", message, place))
    for name in ("address", "lock_address", "unlock_address"):
        if kind == "http" and "@" in urlsplit(str(arguments.get(name, ""))).netloc:
            message = f'"{name}" holds a user name or password and would be committed'
            raise InputError(Problem("credential", message, places.place((*_AT, name))))
