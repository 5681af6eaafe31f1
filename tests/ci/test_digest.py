"""The digest of a plan counts what a reviewer was shown, and nothing else; logins hold no key."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import UsageError
from generator.model.ci import CiSettings
from generator.steps.digest import planned
from generator.steps.login import logged_in

PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "terraform_version": "1.13.5",
    "timestamp": "2026-11-27T10:00:00Z",
    "resource_changes": [
        {
            "address": "a.one",
            "type": "a",
            "provider_name": "p",
            "change": {
                "actions": ["update"],
                "before": {"id": "1", "size": 1, "etag": "x", "secret": "s1"},
                "after": {"id": "1", "size": 2, "etag": "x", "secret": "s2"},
                "after_unknown": {},
                "before_sensitive": {"secret": True},
                "after_sensitive": {"secret": True},
            },
        },
        {"address": "a.two", "type": "a", "change": {"actions": ["no-op"], "before": {}}},
    ],
    "output_changes": {"o": {"actions": ["update"], "before": "1", "after": "2"}},
}


def _after(change: Callable[[dict[str, Any]], object]) -> str:
    plan = copy.deepcopy(PLAN)
    change(plan)
    return planned(plan).digest


def _one(plan: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = plan["resource_changes"][0]["change"]
    return found


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.update(timestamp="2026-11-28T10:00:00Z", terraform_version="1.14.0"),
        lambda plan: _one(plan)["after"].update(secret="s3"),
        lambda plan: (_one(plan)["before"].update(etag="y"), _one(plan)["after"].update(etag="y")),
        lambda plan: plan["resource_changes"].reverse(),
        lambda plan: plan["resource_changes"].pop(),
    ],
    ids=["time", "a secret", "what stays", "order", "what is not changed"],
)
def test_what_nobody_was_shown_does_not_count(change: Callable[[dict[str, Any]], object]) -> None:
    """Two plans that read alike are one."""
    assert _after(change) == planned(PLAN).digest


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: _one(plan)["after"].update(size=3),
        lambda plan: _one(plan)["before"].update(size=0),
        lambda plan: _one(plan).update(actions=["delete", "create"]),
        lambda plan: _one(plan).update(after_unknown={"etag": True}),
        lambda plan: plan["resource_changes"][0].update(previous_address="a.zero"),
        lambda plan: plan["resource_changes"][1]["change"].update(actions=["delete"]),
        lambda plan: plan["output_changes"]["o"].update(after="3"),
        lambda plan: plan.update(action_invocations=[{"address": "action.x.y"}]),
    ],
)
def test_what_was_shown_counts(change: Callable[[dict[str, Any]], object]) -> None:
    """Any other difference makes another plan."""
    assert _after(change) != planned(PLAN).digest


@pytest.mark.parametrize("plan", [{}, {"format_version": "2.0"}, {**PLAN, "errored": True}])
def test_what_is_no_plan_is_refused(plan: dict[str, Any]) -> None:
    """Nothing is taken for an empty plan that is none."""
    with pytest.raises(UsageError):
        planned(plan)


def test_a_login_of_a_tenants_environment_goes_before_all(tmp_path: Path) -> None:
    """The token of the job becomes what Terraform reads, as the root's own role, and goes after."""
    role = "arn:aws:iam::123456789012:role/"
    settings = CiSettings.model_validate(
        {
            "logins": {"aws": {"region": "us-east-1", "plan_role": f"{role}all"}},
            "environments": {"prod": {"aws": {"plan_role": f"{role}prod"}}},
            "tenants": {"acme": {"environments": {"prod": {"aws": {"plan_role": f"{role}acme"}}}}},
        }
    )
    for tenant, environment, expected in (
        ("acme", "prod", "acme"),
        ("globex", "prod", "prod"),
        ("globex", "dev", "all"),
    ):
        manifest = {"tenant": tenant, "environment": environment, "providers": {"aws": {}}}
        with logged_in(settings, manifest, "plan", {"DATIVO_ID_TOKEN": "jwt"}) as given:
            assert given["AWS_ROLE_ARN"] == role + expected
            assert given["AWS_REGION"] == "us-east-1"
            assert "DATIVO_ID_TOKEN" not in given
            file = Path(given["AWS_WEB_IDENTITY_TOKEN_FILE"])
            assert file.read_text() == "jwt"
        assert not file.exists()


def test_google_cloud_takes_the_token_of_the_job() -> None:
    """By a credential configuration, which names the file of the token and the account."""
    provider = "projects/1/locations/global/workloadIdentityPools/ci/providers/ci"
    account = "plan@acme-data.iam.gserviceaccount.com"
    login = {"gcp": {"provider": provider, "plan_account": account}}
    settings = CiSettings.model_validate({"logins": login})
    manifest = {"tenant": "acme", "environment": "prod", "state": {"type": "gcs"}}
    with logged_in(settings, manifest, "plan", {"DATIVO_GCP_TOKEN": "jwt"}) as given:
        data = json.loads(Path(given["GOOGLE_APPLICATION_CREDENTIALS"]).read_text())
        assert Path(data["credential_source"]["file"]).read_text() == "jwt"
    assert data["audience"] == f"//iam.googleapis.com/{provider}"
    assert account in data["service_account_impersonation_url"]
    with logged_in(settings, manifest, "apply", {"DATIVO_GCP_TOKEN": "jwt"}) as given:
        assert "GOOGLE_APPLICATION_CREDENTIALS" not in given  # nobody was named for that
