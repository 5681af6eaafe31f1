"""What each runtime takes: the job is told before Terraform or the cloud would."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import GROUP, Plans, job
from tests.plan.references import ARN, KEY, SUBNET, VAULT

SINK = "arn:aws:sns:us-east-1:123456789012:t"
CRON = "schedule: {cron: '0 2 * * 1'}\n"
# Cloud, runtime lines, block lines, and the inputs that they become.
GIVEN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("aws", "command: run\nmax_retries: 2", "", {"command": ["run"], "max_retries": 2}),
    ("aws", "scaling: {min: 1, max: 3}", "", {"workers": {"min": 1, "max": 3}}),
    ("aws", "ephemeral_storage: 50Gi", "", {"ephemeral_storage_gib": 50}),
    ("aws", "", "monitoring: {enabled: false}", {"container_insights": False}),
    (
        "aws",
        f"secrets: {{A: '{ARN}:key::'}}\nreadable_secrets: [{ARN}]",
        "",
        {"secrets": {"A": f"{ARN}:key::"}, "readable_secrets": [ARN]},
    ),
    (
        "aws",
        "",
        f"storage: {{data_bucket: data, prefix: p, allow_delete: yes, kms_key_id: '{KEY}'}}",
        {
            "storage": {"bucket": "data", "prefix": "p", "allow_delete": True},
            "kms_key_id": KEY,
        },
    ),
    (
        "aws",
        "",
        f"monitoring: {{alerts: {{channels: ['{SINK}'], thresholds: {{run_seconds: 60}}}}}}",
        {"alerts": {"channels": [SINK], "run_seconds": 60}},
    ),
    (
        "aws",
        "",
        "references: {database: {endpoint: db, port: 5432}, queue: {url: q}}",
        {
            "environment_variables": {
                "DATABASE_ENDPOINT": "db",
                "DATABASE_PORT": "5432",
                "QUEUE_URL": "q",
            }
        },
    ),
    ("gcp", "cpu: 2\nmemory: 1536Mi", "", {"cpu": 2, "memory_mib": 1536}),
    ("gcp", "", "network: {connector: c}", {"network": {"connector": "c"}}),
    (
        "gcp",
        "",
        "network: {vpc_id: n, subnet_ids: s, network_tags: [t], private: false}",
        {
            "network": {
                "network": "n",
                "subnetwork": "s",
                "network_tags": ["t"],
                "private": False,
            }
        },
    ),
    (
        "azure",
        f"key_vaults: {{kv1: '{VAULT}'}}\nsecrets: {{A: 'https://kv1.vault.azure.net/secrets/a'}}",
        "",
        {
            "secrets": {"A": "https://kv1.vault.azure.net/secrets/a"},
            "key_vault_ids": {"kv1": VAULT},
        },
    ),
    (
        "azure",
        "",
        "storage: {data_bucket: account1/raw, state_bucket: account1/state, state_prefix: p}",
        {
            "storage": {
                "container_id": f"{GROUP}/Microsoft.Storage/storageAccounts/account1"
                "/blobServices/default/containers/raw",
                "state_container_id": f"{GROUP}/Microsoft.Storage/storageAccounts/account1"
                "/blobServices/default/containers/state",
                "state_prefix": "p",
            }
        },
    ),
    ("azure", "", f"network: {{subnet_ids: ['{SUBNET}']}}", {"network": {"subnet_id": SUBNET}}),
]


@pytest.mark.parametrize(("cloud", "runtime", "block", "expected"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, cloud: str, runtime: str, block: str, expected: dict[str, Any]
) -> None:
    """Each field has its effect; the module's interface takes it."""
    size = "" if cloud != "azure" else "cpu: 1\nmemory: 2Gi\n"
    inputs = plans.inputs(job(cloud, size + runtime, block))
    assert {name: inputs[name] for name in expected} == expected


def test_regions(plans: Plans) -> None:
    """Each cloud spells its regions in its own way."""
    for cloud, region in (("aws", "europe-west1"), ("gcp", "us-east-1"), ("azure", "west-europe")):
        right = {"aws": "us-east-1", "gcp": "europe-west1", "azure": "westeurope"}[cloud]
        (told,) = plans.told(job(cloud).replace(f"region: {right}", f"region: {region}"))
        assert told.startswith('5:11: invalid-value: "region" must be')


def test_what_a_runtime_needs(plans: Plans) -> None:
    """Everything missing is told at once, at the mapping that it belongs into."""
    bare = "tenant_id: a\nenvironment: b\ninfrastructure:\n"
    bare += "  provider: {}\n  region: {}\n  runtime: {{type: {}}}\n"
    told = plans.told(bare.format("aws", "us-east-1", "ecs_fargate"))
    assert [line.split(": ", 2)[2] for line in told] == [
        'ecs_fargate needs "runtime.image"',
        'ecs_fargate needs "network.vpc_id"',
        'ecs_fargate needs "network.subnet_ids"',
    ]
    told = plans.told(bare.format("azure", "westeurope", "container_apps_job"))
    assert [line.split(": ", 2)[2] for line in told] == [
        'container_apps_job needs "account.subscription_id"',
        'container_apps_job needs "account.resource_group"',
        'container_apps_job needs "runtime.image"',
    ]


def test_values_that_wait_for_a_variable_are_left_to_terraform(plans: Plans) -> None:
    """What only apply knows cannot be checked here."""
    text = job(runtime="identity: '${ROLE}'\nsecrets: {A: '${SECRET}'}")
    assert {variable.name for variable in plans.plan(text).variables} == {"role", "secret"}


def test_unknown_runtimes(plans: Plans) -> None:
    """The cloud's runtimes are offered, the nearest first."""
    (problem,) = plans.problems(job().replace("ecs_fargate", "ecs_fargat"))
    assert plans.line_of(problem).startswith("8:11: unknown-runtime")
    assert problem.hint == 'did you mean "ecs_fargate"?'
    (problem,) = plans.problems(job().replace("ecs_fargate", "cloud_run_job"))
    assert "ecs_fargate" in problem.hint


def test_a_field_of_dativo_yaml_without_effect(plans: Plans) -> None:
    """It is for those that have it; one that is for this very runtime deserves a word."""
    settings = "defaults: {infrastructure: {network: {connector: c}}}"
    assert not plans.problems(job(), settings)
    of_runtime = "{ecs_fargate: {infrastructure: {network: {connector: c}}}}"
    (plan,), problems = plans.decided(job(), f"defaults: {{runtimes: {of_runtime}}}")
    (warning,) = [problem for problem in problems if problem.code == "no-effect"]
    assert plans.line_of(warning).startswith("dativo.yaml:1:64: no-effect")
    assert (warning.severity, warning.hint) == ("warning", "remove it")
    assert [left.field for left in plan.left_out] == ["network.connector"]


@pytest.mark.parametrize(
    ("cloud", "expression"),
    [("aws", "cron(0 2 ? * MON *)"), ("gcp", "0 2 * * 1"), ("azure", "0 2 * * 1")],
)
def test_schedules_in_the_clouds_syntax(plans: Plans, cloud: str, expression: str) -> None:
    """One cron expression, three schedulers."""
    inputs = plans.inputs(job(cloud, head=CRON))
    assert inputs["schedule"] == {"expression": expression, "timezone": "UTC"}


def test_a_schedule_in_another_region(plans: Plans) -> None:
    """Cloud Scheduler is not everywhere where Cloud Run is."""
    head = "schedule: {cron: '@daily', region: europe-west1}\n"
    assert plans.inputs(job("gcp", head=head))["schedule"] == {
        "expression": "0 0 * * *",
        "timezone": "UTC",
        "region": "europe-west1",
    }


def test_a_paused_schedule(plans: Plans) -> None:
    """It is kept, and does not fire."""
    head = "schedule: {cron: '@daily', timezone: Europe/Berlin, enabled: no}\n"
    assert plans.inputs(job(head=head))["schedule"] == {
        "expression": "cron(0 0 * * ? *)",
        "timezone": "Europe/Berlin",
        "enabled": False,
    }


@pytest.mark.parametrize("orchestrator", ["dagster", "airflow"])
def test_an_orchestrator_keeps_the_schedule(plans: Plans, orchestrator: str) -> None:
    """The cloud's scheduler has no part in it, nor do its limits count."""
    head = "schedule: {cron: '0 0 1 * 1', timezone: Asia/Tokyo}\n"
    for cloud in ("aws", "azure"):
        text = job(cloud, head=head, block=f"orchestrator: {{type: {orchestrator}}}")
        assert "schedule" not in plans.inputs(text)
    (told,) = plans.told(
        job(head="schedule: {cron: often}\n", block="orchestrator: {type: dagster}")
    )
    assert told.startswith("3:18: invalid-value")


@pytest.mark.parametrize(
    ("cloud", "schedule", "told"),
    [
        ("aws", "{cron: '0 0 1 * 1'}", '3:18: invalid-value: "cron" restricts both'),
        ("aws", "{cron: often}", '3:18: invalid-value: "cron" has 1 fields'),
        ("aws", "{cron: '${WHEN}'}", "3:18: undefined-variable: ${WHEN} is not defined"),
        ("aws", "{cron: '@daily', timezone: Europe/Berlinn}", "3:38: invalid-value"),
        ("gcp", "{cron: '@daily', timezone: berlin}", "3:38: invalid-value"),
        (
            "azure",
            "{cron: '@daily', timezone: Europe/Berlin}",
            '3:38: invalid-value: "timezone" must',
        ),
        ("aws", "{}", '3:1: missing-key: "schedule.cron" is missing'),
        ("aws", "{cron: '@daily', region: eu-west-1}", '3:28: no-effect: "region" has no effect'),
        ("gcp", "{cron: '@daily', region: europe}", "3:36: invalid-value"),
        ("aws", "{cron: '@daily', timzone: UTC}", "3:28: unknown-key"),
    ],
)
def test_faults_of_schedules(plans: Plans, cloud: str, schedule: str, told: str) -> None:
    """What no scheduler could run is told at the expression or the time zone."""
    assert plans.told(job(cloud, head=f"schedule: {schedule}\n"))[0].startswith(told)


def test_a_worker_has_no_schedule(plans: Plans) -> None:
    """It always runs."""
    (told,) = plans.told(job(head=CRON, runtime="scaling: {min: 1}"))
    assert told.startswith('3:1: no-effect: "schedule" has no effect on workers')
