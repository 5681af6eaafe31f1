"""What stands inside a backend's mappings and lists is checked as the arguments are."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans, job

S3 = "type: s3, bucket: acme-state, region: us-east-1"
ROLE = "role_arn: 'arn:aws:iam::123456789012:role/deploy'"


def _block(arguments: str, base: str = S3) -> str:
    return f"terraform: {{backend: {{{base}, {arguments}}}}}"


def _messages(plans: Plans, block: str) -> list[str]:
    return [line.split(": ", 1)[1] for line in plans.told(job(block=block))]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("assume_role: {}", 'missing-key: "assume_role" needs "role_arn"'),
        ("assume_role: {rolearn: x}", 'unknown-key: unknown key "rolearn"'),
        (f"assume_role: {{{ROLE}, duration: 5m}}", 'invalid-value: "assume_role.duration" must be'),
        (f"assume_role: {{{ROLE}, duration: 60}}", 'invalid-value: "assume_role.duration" must be'),
        (f"assume_role: {{{ROLE}, duration: 13h}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, external_id: x}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, session_name: 'a b'}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, source_identity: '#'}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, policy: '[]'}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, policy_arns: [x]}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, policy_arns: x}}", "invalid-value"),
        (f"assume_role: {{{ROLE}, tags: x}}", "invalid-value"),
        ("assume_role: {role_arn: [x]}", 'invalid-value: "assume_role.role_arn" must be text'),
        ("assume_role: {role_arn: deploy}", "invalid-value"),
        (
            f"assume_role_with_web_identity: {{{ROLE}}}",
            'missing-key: "assume_role_with_web_identity" needs "web_identity_token_file"',
        ),
        ("endpoints: {s4: 'https://x'}", 'unknown-key: unknown key "s4"'),
        ("endpoints: {s3: minio}", 'invalid-value: "endpoints.s3" must be an address'),
        ("key: a//b", 'invalid-value: "key" must not hold "//"'),
        ("workspace_key_prefix: a/", "invalid-value"),
        ("retry_mode: legacy", "invalid-value"),
        ("ec2_metadata_service_endpoint_mode: 4", "invalid-value"),
        ("allowed_account_ids: [12]", 'invalid-value: "allowed_account_ids" must hold an account'),
        ("shared_config_files: [[x]]", "invalid-value"),
        (
            "allowed_account_ids: ['123456789012'], forbidden_account_ids: ['123456789013']",
            'conflict: "forbidden_account_ids" and "allowed_account_ids" exclude each other',
        ),
    ],
)
def test_s3(plans: Plans, arguments: str, told: str) -> None:
    """What Terraform refuses at init is told before, once, at the job's line."""
    (found,) = _messages(plans, _block(arguments))
    assert found.startswith(told)


@pytest.mark.parametrize(
    ("base", "arguments"),
    [
        ("type: gcs, bucket: acme-state", "kms_encryption_key: k"),
        ("type: gcs, bucket: acme-state", "impersonate_service_account: robot"),
        ("type: gcs, bucket: acme-state", "impersonate_service_account_delegates: [robot]"),
        ("type: gcs, bucket: acme-state", "storage_custom_endpoint: minio"),
        ("type: azurerm, storage_account_name: acme, container_name: state", "tenant_id: acme"),
        ("type: azurerm, storage_account_name: acme, container_name: state", "msi_endpoint: x"),
        ("type: http, address: 'https://x.example'", "update_method: put it"),
    ],
)
def test_others(plans: Plans, base: str, arguments: str) -> None:
    """The other backends' arguments have shapes, too."""
    (found,) = _messages(plans, _block(arguments, base))
    assert found.startswith("invalid-value")


def test_everything_that_a_role_takes(plans: Plans) -> None:
    """What Terraform takes is taken, and arrives as it was written."""
    arguments = (
        f"assume_role: {{{ROLE}, duration: 1h30m, external_id: 'a:b/c', session_name: dativo,"
        " source_identity: ci, policy: '{}', policy_arns: ['arn:aws:iam::aws:policy/ReadOnly'],"
        " tags: {team: data}, transitive_tag_keys: [team]}, endpoints: {s3: 'http://minio:9000'}"
    )
    backend = plans.plan(job(block=_block(arguments))).backend
    role = backend.arguments["assume_role"]
    assert isinstance(role, dict)
    assert [role["duration"], role["tags"], role["transitive_tag_keys"]] == [
        "1h30m",
        {"team": "data"},
        ["team"],
    ]
    assert backend.address.startswith("s3://acme-state@minio:9000/")
