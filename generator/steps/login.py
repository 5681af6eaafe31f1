"""Logs in for a root with the token that a CI system gives a job: no key is stored anywhere.

GitHub has actions for that, which its workflow uses; elsewhere the token is handed over in
variables, and Terraform's providers and backends take it from what is written here.
AWS: AssumeRoleWithWebIdentity from AWS_WEB_IDENTITY_TOKEN_FILE. Google Cloud: a credential
configuration of type external_account. Azure: ARM_OIDC_TOKEN of the provider azurerm.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Literal

from generator.ci.logins import logins_of
from generator.model.ci import CiSettings
from generator.render.root_clouds import CLOUDS

As = Literal["plan", "apply"]
# The token for all clouds, and those for one, which go before it.
_TOKEN = "DATIVO_ID_TOKEN"  # noqa: S105  # the name of a variable
_TOKENS = {cloud: f"DATIVO_{cloud.upper()}_TOKEN" for cloud in CLOUDS}


@contextmanager
def logged_in(
    settings: CiSettings, manifest: Mapping[str, Any], who: As, environment: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """The environment of Terraform for one root; files of tokens go when the context ends.

    Args:
        settings: the block ``ci``.
        manifest: of the root.
        who: whether it is planned or applied.
        environment: of the job.
    """
    result = {name: value for name, value in environment.items() if name not in _ALL_TOKENS}
    with TemporaryDirectory(prefix="dativo-login-") as scratch:
        for cloud, login in logins_of(settings, manifest).items():
            token = environment.get(_TOKENS[cloud]) or environment.get(_TOKEN)
            if token:
                result |= _WAYS[cloud](login, who, token, scratch)
        yield result


def _aws(login: Mapping[str, str | None], who: As, token: str, scratch: str) -> dict[str, str]:
    role = login[f"{who}_role"]
    if role is None:
        return {}
    found = {
        "AWS_ROLE_ARN": role,
        "AWS_ROLE_SESSION_NAME": f"dativo-{who}",
        "AWS_WEB_IDENTITY_TOKEN_FILE": _file(scratch, "aws-token", token),
    }
    if region := login["region"]:
        found["AWS_REGION"] = region
    return found


def _gcp(login: Mapping[str, str | None], who: As, token: str, scratch: str) -> dict[str, str]:
    account, provider = login[f"{who}_account"], login["provider"]
    if account is None or provider is None:
        return {}
    address = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts"
    configuration = {
        "type": "external_account",
        "audience": f"//iam.googleapis.com/{provider}",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "service_account_impersonation_url": f"{address}/{account}:generateAccessToken",
        "credential_source": {"file": _file(scratch, "gcp-token", token)},
    }
    text = json.dumps(configuration)
    return {"GOOGLE_APPLICATION_CREDENTIALS": _file(scratch, "gcp.json", text)}


def _azure(login: Mapping[str, str | None], who: As, token: str, scratch: str) -> dict[str, str]:
    found = {"ARM_USE_OIDC": "true", "ARM_USE_AZUREAD": "true", "ARM_OIDC_TOKEN": token}
    names = {
        "ARM_CLIENT_ID": f"{who}_client_id",
        "ARM_TENANT_ID": "tenant_id",
        "ARM_SUBSCRIPTION_ID": "subscription_id",
    }
    return found | {name: value for name, key in names.items() if (value := login[key])}


_WAYS = {"aws": _aws, "gcp": _gcp, "azure": _azure}
_ALL_TOKENS = frozenset((_TOKEN, *_TOKENS.values()))


def _file(scratch: str, name: str, text: str) -> str:
    """A file that only we can read: the folder is ours alone."""
    path = os.path.join(scratch, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
