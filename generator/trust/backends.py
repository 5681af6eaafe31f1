"""The backend of a job: which state it means, and whom it would ask as whom on the way there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.errors import InputError, KeyPath, Problem
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.plan.backend import backend_of
from generator.trust.rule import FORBIDDEN, forbidden
from generator.trust.scope import Rules
from generator.trust.spelling import state_of
from generator.trust.written import Written
from generator.yaml.data import texts

_AT: KeyPath = ("terraform", "backend")
# What the arguments of backends name; those of nested mappings by their last key.
ARGUMENTS = {
    **dict.fromkeys(
        ("storage_custom_endpoint", "http_proxy", "https_proxy", "ec2_metadata_service_endpoint")
        + ("metadata_host", "oidc_request_url", "msi_endpoint", "hostname")
        + ("endpoints.dynamodb", "endpoints.iam", "endpoints.s3", "endpoints.sso", "endpoints.sts"),
        "endpoints",
    ),
    **dict.fromkeys(
        ("profile", "client_id", "impersonate_service_account", "assume_role.role_arn")
        + ("assume_role_with_web_identity.role_arn", "impersonate_service_account_delegates")
        + ("ado_pipeline_service_connection_id",),
        "identities",
    ),
    **dict.fromkeys(
        ("shared_config_files", "shared_credentials_files", "custom_ca_bundle")
        + ("assume_role_with_web_identity.web_identity_token_file", "client_id_file_path")
        + ("client_certificate_path", "client_secret_file_path", "oidc_token_file_path")
        + ("workspace_dir",),
        "files",
    ),
    **dict.fromkeys(("lock_address", "unlock_address"), "backends"),
}
# Where a state that is not allowed is told, of what the job says.
_PLACE = ("key", "prefix", "path", "address", "workspaces", "bucket", "storage_account_name")
# With these anybody on the way can answer.
_UNSAFE = frozenset(("insecure", "skip_cert_verification"))


def judged(
    project: Project, loaded: LoadedJob, rules: Rules, written: Written
) -> Iterator[Problem]:
    """What of a job's backend is not allowed.

    Args:
        project: the repository.
        loaded: the job.
        rules: what counts for it.
        written: who wrote what of it.
    """
    block = loaded.job.infrastructure.terraform.backend or {}
    own = [name for name in block if block[name] is not None and written.by_job((*_AT, name))]
    if not own:
        return
    try:
        backend, _ = backend_of(loaded, f"{project.settings.output}/{loaded.folder}")
    except InputError:  # the plan tells
        return
    if (rule := rules.of.get("backends")) is not None:
        location = written.at((*_AT, next((name for name in _PLACE if name in own), own[0])))
        if not rule.allows(backend.address):
            why = "" if state_of(backend.address) else "it may lead elsewhere than it reads"
            yield forbidden(rule, f'the state "{backend.address}"', location, why)
        for name in sorted(_UNSAFE.intersection(own)):
            if backend.arguments.get(name):
                message = f'"{name}" lets anybody on the way answer for the state'
                hint = f"{rule.setting} allows states, and this takes what tells them for sure"
                yield Problem(FORBIDDEN, message, written.at((*_AT, name)), hint)
    for path, text in texts(dict(backend.arguments)):
        if written.by_job((*_AT, *path)):
            yield from _argument(path, text, rules, written)


def _argument(path: KeyPath, text: str, rules: Rules, written: Written) -> Iterator[Problem]:
    name = ".".join(str(key) for key in path if isinstance(key, str))
    kind = ARGUMENTS.get(name)
    rule = rules.of.get(kind or "")
    if kind is None or rule is None or (name == "workspace_dir" and _below(text)):
        return
    if not rule.allows(text):
        yield forbidden(rule, f'"{name}" of the backend, "{text}",', written.at((*_AT, *path)))


def _below(path: str) -> bool:
    return not posixpath.isabs(path) and ".." not in path.split("/")
