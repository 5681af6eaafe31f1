"""As whom a root acts: what the account says reaches the provider, and only what it takes."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model.account import Account
from generator.plan import endpoint_names
from generator.plan.providers import PROVIDERS
from generator.rehearsal.schema import load
from generator.render.manifest import manifest_of
from generator.render.render import render_tombstone
from tests.plan.conftest import Plans, job
from tests.plan.kubernetes_jobs import job as cluster_job

ROLE = "arn:aws:iam::123456789012:role/deploy"


@pytest.mark.parametrize("name", ["aws", "azurerm", "google"])
def test_the_provider_takes_what_a_root_can_say(name: str) -> None:
    """Every argument and block that dativo may write is one of the provider's own schema."""
    schema = load(name)["provider"]
    assert set(PROVIDERS[name].arguments) <= schema["attributes"].keys()
    for block, arguments in PROVIDERS[name].blocks.items():
        assert block == "features" or set(arguments) <= _attributes(schema, block)


def _attributes(schema: dict[str, Any], block: str) -> set[str]:
    return set(schema["blocks"][block]["block"]["attributes"])


def test_services_are_those_of_the_providers() -> None:
    """The names that ``endpoints`` may hold are all that the providers have, and no others."""
    ending = "_custom_endpoint"
    google = load("google")["provider"]["attributes"]
    assert _attributes(load("aws")["provider"], "endpoints") == endpoint_names.AWS
    assert {n.removesuffix(ending) for n in google if n.endswith(ending)} == endpoint_names.GOOGLE


def test_credentials_are_what_providers_would_take() -> None:
    """What a provider's schema takes as a credential is refused as such by its name."""
    taken = {"access_key", "secret_key", "token", "client_secret", "client_certificate"}
    taken |= {"client_certificate_password", "oidc_token", "oidc_request_token", "credentials"}
    taken |= {"access_token"}
    known = {n for p in ("aws", "azurerm", "google") for n in load(p)["provider"]["attributes"]}
    assert taken <= known
    assert taken <= Account.CREDENTIALS
    assert not Account.CREDENTIALS & Account.model_fields.keys()


@pytest.mark.parametrize(
    ("cloud", "account", "kept"),
    [
        ("aws", f"assume_role: {{role_arn: '{ROLE}', tags: {{a: b}}}}", f'"{ROLE}"'),
        ("aws", f"assume_role: [{{role_arn: '{ROLE}-1'}}, {{role_arn: '{ROLE}-2'}}]", "-2"),
        ("aws", "endpoints: {s3: 'http://localhost:4566'}", "localhost"),
        ("gcp", "project_id: acme-data, impersonate_service_account: a@b.example", "a@b.example"),
    ],
)
def test_a_tombstone_acts_as_the_root_did(
    plans: Plans, cloud: str, account: str, kept: str
) -> None:
    """What destroys a root's resources acts as whom they were made; its tags alone are gone."""
    text = job(cloud).replace("  account: {project_id: acme-data}\n", "")
    plan = plans.plan(text + f"  account: {{{account}}}\n")
    stone = render_tombstone(manifest_of(plan, {}))["providers.tf"]
    assert kept in stone
    assert "tags = local.tags" not in stone


def test_the_token_of_a_cluster_is_of_the_role(plans: Plans) -> None:
    """The program that signs in to an EKS cluster assumes the role that found it."""
    block = f"account: {{assume_role: {{role_arn: '{ROLE}'}}}}"
    plan = plans.plan(cluster_job("aws", block=block))
    plugin = plan.providers[1].blocks["exec"]
    assert plugin["args"][-2:] == ["--role-arn", ROLE]


def test_a_role_that_the_token_cannot_have_is_refused(plans: Plans) -> None:
    """``aws eks get-token`` takes no external id and no chain, and Terraform would fail late."""
    block = f"account: {{assume_role: {{role_arn: '{ROLE}', external_id: acme}}}}"
    (told,) = plans.told(cluster_job("aws", block=block))
    assert "aws eks get-token cannot give an external id" in told
    block = f"account: {{assume_role: [{{role_arn: '{ROLE}'}}, {{role_arn: '{ROLE}'}}]}}"
    (told,) = plans.told(cluster_job("aws", block=block))
    assert "one role, not a chain" in told


def test_a_role_without_its_arn_is_told(plans: Plans) -> None:
    """Defaults may name the session alone; where no layer names the role, the job is refused."""
    settings = "defaults: {infrastructure: {account: {assume_role: {session_name: dativo}}}}\n"
    (told,) = plans.told(job("aws"), settings)
    assert 'missing-key: "account.assume_role" needs "account.assume_role[0].role_arn"' in told
    assert told.startswith("3:1:")
    plans.plan(job("aws") + "  account: {assume_role: null}\n", settings)


def test_an_account_is_known_before_any_variable(plans: Plans) -> None:
    """A provider is configured before any module: no name may be left open, in a list neither."""
    block = "  account: {assume_role: [{role_arn: '${DEPLOYER}'}]}\n"
    told = plans.told(job("aws") + block)
    assert told and all("undefined-variable: ${DEPLOYER} is not defined" in one for one in told)
