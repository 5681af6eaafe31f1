"""Policies of one's own: what a condition asks, and where it is told that it does not hold."""

from __future__ import annotations

import pytest

from generator.model.policy_fields import fields
from tests.repository import Repository
from tests.rules.conftest import JOB, NETWORK, Told

_RUNTIME = "infrastructure.runtime"


def _require(field: str, asked: str) -> str:
    return f"  rules: {{it: {{require: {{field: {{{field}: {asked}}}}}}}}}"


@pytest.mark.parametrize(
    ("field", "holding", "failing"),
    [
        ("name", "orders", "other"),
        ("name", "[other, orders]", "[]x"),
        ("name", "{equals: orders}", "{equals: Orders}"),
        ("name", "{in: [a, orders]}", "{in: [a, b]}"),
        ("name", "{pattern: 'or.*'}", "{pattern: or}"),
        ("name", "{contains: rde}", "{contains: x}"),
        ("name", "{not: {pattern: '.*x.*'}}", "{not: {contains: rd}}"),
        (f"{_RUNTIME}.memory", "{at_most: 2048}", "{at_most: 1Gi}"),
        (f"{_RUNTIME}.memory", "2048Mi", "{at_least: 2.5Gi}"),
        (f"{_RUNTIME}.cpu", "1000m", "{in: [2, 4]}"),
        (f"{_RUNTIME}.timeout_seconds", "{at_least: 60, at_most: 3600}", "{at_most: 3599}"),
        (f"{_RUNTIME}.secrets", "{present: false}", "{present: true}"),
        (f"{_RUNTIME}.secrets.KEY", "{not: {present: true}}", "{equals: x}"),
        ("infrastructure.network.private", "yes", "{equals: false}"),
        ("infrastructure.network.subnet_ids", "subnet-0123456789abcdef0", "{contains: [a, b]}"),
        ("infrastructure.network.subnet_ids", "{pattern: 'subnet-.*'}", "{pattern: 'x-.*'}"),
        ("infrastructure.terraform.backend.bucket", "acme-state", "{pattern: 'globex-.*'}"),
        ("infrastructure.monitoring.alerts", "{present: false}", "{present: true}"),
        ("schedule", "{present: true}", "{present: false}"),
    ],
)
def test_an_operator(field: str, holding: str, failing: str, told: Told) -> None:
    """Each operator is silent about what is so, and tells once of what is not."""
    assert told(_require(field, holding)) == []
    if failing != "[]x":
        [line] = told(_require(field, failing))
        assert f'policy it: "{field}" is ' in line


@pytest.mark.parametrize(
    ("when", "fires"),
    [
        ("{environment: prod}", True),
        ("{environment: [dev, test]}", False),
        ("{cloud: aws, runtime: ecs_fargate, region: {pattern: 'eu-.*'}, tenant: acme}", True),
        ("{cloud: aws, job: other}", False),
        ("{tag: {cost_center: FIN-001}}", True),
        ("{tag: {CostCenter: {pattern: 'FIN-.*'}}}", True),
        ("{tag: {squad: {present: true}}}", False),
        ("{any: [{environment: dev}, {tag: {owner: data}}]}", True),
        ("{any: [{environment: dev}, {tag: {owner: x}}]}", False),
        ("{class: pii}", False),
    ],
)
def test_when(when: str, fires: bool, told: Told) -> None:
    """A policy is for the jobs of which all of ``when`` holds."""
    policy = f"  rules: {{it: {{when: {when}, require: {{job: x}}, severity: note}}}}"
    assert len(told(policy)) == fires


@pytest.mark.parametrize(
    "classified",
    [
        "classification_overrides: {default: pii}",
        "classification_overrides: {default: 'INTERNAL, PII'}",
        "classification_overrides: {email: PII}",
        "asset_path: assets/a.yaml",
    ],
)
def test_classes(classified: str, repository: Repository, told: Told) -> None:
    """A class is that of the data or of one of its fields, said by the job or its asset."""
    repository.write(
        "assets/a.yaml",
        "name: a\nversion: '1.0'\nschema: [{name: email, type: string, classification: PII}]\n",
    )
    policy = "  rules: {it: {when: {class: PII}, require: {job: x}}}"
    assert len(told(policy, f"{JOB}{classified}\n")) == 1


def test_places(told: Told) -> None:
    """A finding stands at the job's own key, or where the key would be added."""
    asked = ["image: x", "timeout_seconds: {at_most: 60}"]
    lines = [
        told(_require(f"{_RUNTIME}.{one.partition(':')[0]}", one.partition(": ")[2]))
        for one in asked
    ]
    places = [line.partition(" ")[0] for [line] in lines]
    assert places == ["jobs/orders.yaml:10:39:", "jobs/orders.yaml:10:3:"]
    [line] = told("  rules: {it: {require: {tag: {owner: team}}}}")
    assert line.startswith('jobs/orders.yaml:9:17: error: policy it: tag "owner" is "data"')
    [line] = told("  rules: {it: {require: {tag: {squad: {present: true}}}}}")
    assert line.startswith('jobs/orders.yaml:9:9: error: policy it: tag "squad" is not set')


def test_a_message_and_one_finding(told: Told) -> None:
    """All that is wrong by one policy is one finding, after its own sentence."""
    [line] = told(
        "  rules: {big: {require: {job: x, tenant: y}, message: ask the platform team, "
        "severity: warning}}"
    )
    assert line == (
        'jobs/orders.yaml:1:12: warning: policy big: ask the platform team: "tenant_id" is '
        '"acme"; it has to be "y"; "name" is "orders"; it has to be "x"'
    )


def test_secrets_are_not_repeated(told: Told) -> None:
    """What stands where a secret may stand by mistake is in no message."""
    job = JOB.replace("memory: 2Gi", "memory: 2Gi, environment: {LEVEL: hunter2}")
    for asked in (f"{_RUNTIME}.environment: {{pattern: x}}", f"{_RUNTIME}.environment.LEVEL: x"):
        [line] = told(f"  rules: {{it: {{require: {{field: {{{asked}}}}}}}}}", job)
        assert "hunter2" not in line


def test_fields_without_effect_are_not_set(told: Told) -> None:
    """A default of dativo.yaml that the runtime cannot honour keeps no promise."""
    job = JOB.replace(
        'type: ecs_fargate, image: "example.com/etl:1.0", cpu: 1, memory: 2Gi',
        "type: databricks, entry_point: /a, cluster_name: c",
    )
    job = job.replace(
        NETWORK,
        "  databricks: {host: 'https://a.cloud.databricks.com'}\n",
    )
    policy = _require("infrastructure.storage.kms_key_id", "{present: true}")
    settings = "defaults: {infrastructure: {storage: {kms_key_id: 'arn:aws:kms:x'}}}"
    assert len(told(policy, job, settings)) == 1


def test_every_field_can_be_read(told: Told) -> None:
    """Each field that the models have can be asked for, and has a value or none."""
    asked = ", ".join(
        f"{name}: {{not: {{present: {flag}}}}}" for name in fields() for flag in ("true",)
    )
    [line] = told(f"  rules: {{it: {{require: {{field: {{{asked}}}}}}}}}")
    assert '"infrastructure.runtime.timeout_seconds" is "3600"' in line
    assert '"infrastructure.region" is "eu-west-1"' in line
