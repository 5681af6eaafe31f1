"""Cloud Functions: what a job becomes, and what it is told before Terraform would tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans

SECRET = "projects/acme-data/secrets/token"
KEY = "projects/acme-data/locations/europe-west1/keyRings/r/cryptoKeys/k"
CHANNEL = "projects/acme-data/notificationChannels/1"
CRON = "schedule: {cron: '0 2 * * 1'}\n"


def job(runtime: str = "", block: str = "", head: str = "", **code: str) -> str:
    """A job file; ``runtime`` lines start at line 12, ``block`` lines follow them.

    Args:
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        code: another source, release or entry_point.
    """
    run = {"source": "gs://code/etl.zip", "release": "python312", "entry_point": "main", **code}
    text = f"""\
tenant_id: acme
environment: prod
{head}infrastructure:
  provider: gcp
  region: europe-west1
  account: {{project_id: acme-data}}
  runtime:
    type: cloud_function
    source: '{run["source"]}'
    release: '{run["release"]}'
    entry_point: '{run["entry_point"]}'
"""
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())


def test_the_least_that_a_job_says(plans: Plans) -> None:
    """The archive, its language and its function; the timeout of other runtimes is left out."""
    plan = plans.plan(job())
    inputs = {argument.name: argument.value for argument in plan.module.arguments}
    del inputs["tags"]
    assert inputs == {
        "name": "etl",
        "tenant": "acme",
        "environment": "prod",
        "project_id": "acme-data",
        "region": "europe-west1",
        "source_archive": "gs://code/etl.zip",
        "release": "python312",
        "entry_point": "main",
        "cpu": 1,
        "memory_mib": 2048,
    }
    assert plan.module.source.endswith("/modules/gcp-cloud-function")


# Runtime lines, block lines, lines before infrastructure, and the inputs that they become.
GIVEN: list[tuple[str, str, str, dict[str, Any]]] = [
    ("cpu: 583m\nmemory: 1Gi", "", "", {"cpu": 0.583, "memory_mib": 1024}),
    ("cpu: 0.167\nmemory: 256Mi", "", "", {"cpu": 0.167, "memory_mib": 256}),
    ("memory: 128Mi\ntimeout_seconds: 3600", "", "", {"memory_mib": 128, "timeout_seconds": 3600}),
    ("scaling: {max: 4}", "", "", {"max_instances": 4}),
    (
        "max_retries: 5\ntimeout_seconds: 1800",
        "",
        CRON,
        {
            "max_retries": 5,
            "timeout_seconds": 1800,
            "schedule": {"expression": "0 2 * * 1", "timezone": "UTC"},
        },
    ),
    (
        f"environment: {{A: x}}\nsecrets: {{B: {SECRET}/versions/3}}\nreadable_secrets: [{SECRET}]",
        "",
        "",
        {
            "environment_variables": {"A": "x"},
            "secrets": {"B": f"{SECRET}/versions/3"},
            "readable_secrets": [SECRET],
        },
    ),
    ("", "network: {connector: c}", "", {"network": {"connector": "c"}}),
    (
        "",
        "network: {vpc_id: n, subnet_ids: s, network_tags: [t], private: false}",
        "",
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
        "identity: etl-runner@acme-data.iam.gserviceaccount.com",
        f"storage: {{data_bucket: data, prefix: p, kms_key_id: '{KEY}'}}",
        "",
        {
            "identity": "etl-runner@acme-data.iam.gserviceaccount.com",
            "storage": {"bucket": "data", "prefix": "p"},
            "kms_key_id": KEY,
        },
    ),
    (
        "timeout_seconds: 600",
        f"monitoring: {{alerts: {{channels: ['{CHANNEL}'], thresholds: {{run_seconds: 599}}}}}}",
        "",
        {"alerts": {"channels": [CHANNEL], "run_seconds": 599}},
    ),
    (
        "",
        "terraform: {variables: {build_service_account: builds@acme-data.iam.gserviceaccount.com}}",
        "",
        {"build_service_account": "builds@acme-data.iam.gserviceaccount.com"},
    ),
]


@pytest.mark.parametrize(("runtime", "block", "head", "expected"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, head: str, expected: dict[str, Any]
) -> None:
    """Each field has its effect; the module's interface takes it."""
    inputs = plans.inputs(job(runtime, block, head))
    assert {name: inputs[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("source", "gs://code/etl/main-1.4.0.zip#1730000000000001"),
        ("release", "nodejs22"),
        ("release", "java21"),
        ("entry_point", "com.acme.Rates"),
        ("entry_point", "main_${TENANT_ID}"),
    ],
)
def test_code_that_is_taken(plans: Plans, field: str, text: str) -> None:
    """An object may name its generation; a class is an entry point, too."""
    name = "source_archive" if field == "source" else field
    assert plans.inputs(job(**{field: text}))[name] == text.replace("${TENANT_ID}", "acme")


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("source", "s3://code/etl.zip", '9:13: invalid-value: "runtime.source" cannot be "'),
        ("source", "gs://code/etl.tar.gz", '9:13: invalid-value: "runtime.source" cannot be "'),
        ("source", "gs://code.zip", '9:13: invalid-value: "runtime.source" cannot be "'),
        ("release", "3.12", '10:14: invalid-value: "runtime.release" cannot be "'),
        ("release", "python", '10:14: invalid-value: "runtime.release" cannot be "'),
        ("entry_point", "main.py run", '11:18: invalid-value: "runtime.entry_point" cannot be "'),
    ],
)
def test_code_that_is_refused(plans: Plans, field: str, text: str, expected: str) -> None:
    """At its line, in words of what it should be."""
    (told,) = plans.told(job(**{field: text}))
    assert told.startswith(expected)


@pytest.mark.parametrize("field", ["source", "release", "entry_point"])
def test_code_that_is_missing(plans: Plans, field: str) -> None:
    """A function needs all three."""
    lines = [line for line in job().splitlines() if not line.strip().startswith(f"{field}:")]
    assert plans.told("\n".join(lines) + "\n") == [
        f'7:3: missing-key: cloud_function needs "runtime.{field}"'
    ]


# Runtime lines, block lines, and the one error: its place and message.
REFUSED = [
    ("cpu: 3", "", "12:10: invalid-value: Cloud Run has no 3 vCPU for functions"),
    ("memory: 8Gi", "", "12:13: invalid-value: Cloud Run gives 1 vCPU at most 4096 MiB"),
    ("memory: 64Mi", "", '12:13: invalid-value: "runtime.memory" cannot be "64Mi" (64)'),
    ("cpu: 0.333\nmemory: 1Gi", "", "13:13: invalid-value: Cloud Run gives 0.333 vCPU at most 512"),
    ("cpu: 8", "", "12:10: invalid-value: Cloud Run wants at least 4096 MiB with 8 vCPU"),
    (
        "timeout_seconds: 3601",
        "",
        '12:22: invalid-value: "runtime.timeout_seconds" cannot be "3601"',
    ),
    ("max_retries: 1", "", '12:5: invalid-value: "max_retries" has no effect without a schedule'),
    ("scaling: {min: 1}", "", "12:20: invalid-value: a function has no workers"),
    ("scaling: {max: 1001}", "", '12:20: invalid-value: "runtime.scaling.max" cannot be "1001"'),
    ("image: x", "", '12:5: no-effect: "runtime.image" has no effect on cloud_function'),
    ("args: [x]", "", '12:5: no-effect: "runtime.args" has no effect on cloud_function'),
    (
        "environment: {PORT: x}",
        "",
        '12:19: invalid-value: "runtime.environment.PORT" cannot be a key',
    ),
    (
        "environment: {X_GOOGLE_A: x}",
        "",
        '12:19: invalid-value: "runtime.environment.X_GOOGLE_A" cannot',
    ),
    ("secrets: {A: s3cret}", "", '12:18: invalid-value: "runtime.secrets.A" must be projects/'),
    ("identity: me@x.com", "", "12:15: invalid-value"),
    ("", "network: {connector: c, vpc_id: n}", "12:24: invalid-value: a function reaches its"),
    ("", "network: {subnet_ids: [a, b]}", "12:25: invalid-value: a function takes one subnetwork"),
    ("", "network: {private: true}", '12:3: missing-key: a private cloud_function needs "network'),
    ("", "network: {network_tags: [t]}", '12:27: invalid-value: "network_tags" need a network'),
    ("", "monitoring: {log_retention_days: 4000}", '12:36: invalid-value: "monitoring.log_'),
    (
        "",
        "monitoring: {alerts: {thresholds: {run_seconds: 1800}}}",
        '12:51: invalid-value: "run_seconds" must be from 1 to 1799',
    ),
    ("cpu_architecture: ARM64", "", '12:5: no-effect: "runtime.cpu_architecture" has no effect'),
]


@pytest.mark.parametrize(("runtime", "block", "expected"), REFUSED)
def test_what_a_function_does_not_take(
    plans: Plans, runtime: str, block: str, expected: str
) -> None:
    """One error, at the value or key that is wrong."""
    (told,) = plans.told(job(runtime, block))
    assert told.startswith(expected)


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        (
            "timeout_seconds: 1801",
            "13:22: invalid-value: Cloud Scheduler waits for a function for at most 1800 seconds",
        ),
        ("max_retries: 6", '13:18: invalid-value: "runtime.max_retries" cannot be "6"'),
    ],
)
def test_what_the_scheduler_does_not_do(plans: Plans, runtime: str, expected: str) -> None:
    """It waits for half an hour, and repeats a call five times."""
    (told,) = plans.told(job(runtime, head=CRON))
    assert told.startswith(expected)


def test_what_is_refused_is_told_the_way_out(plans: Plans) -> None:
    """An image has another place here, and the hint names it."""
    (problem,) = plans.problems(job("image: x"))
    assert problem.hint == (
        "remove it: the code of a function is a zip archive, runtime.source, "
        "and its runtime.entry_point"
    )


@pytest.mark.parametrize("tool", ["dagster", "airflow"])
def test_no_orchestrator_reaches_a_function(plans: Plans, tool: str) -> None:
    """It answers inside the project only, and neither tool has a launcher for it."""
    (told,) = plans.told(job(block=f"orchestrator: {{type: {tool}}}"))
    assert told.startswith(f"12:24: orchestrator: {tool.capitalize()} starts no runs of")


def test_a_cron_that_the_scheduler_cannot_take(plans: Plans) -> None:
    """Cloud Scheduler takes five fields."""
    (told,) = plans.told(job(head="schedule: {cron: '0 0 2 * * ?'}\n"))
    assert told.startswith('3:18: invalid-value: "cron" ')
