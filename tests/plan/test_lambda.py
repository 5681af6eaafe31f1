"""Lambda: what a job becomes, and what it is told before Terraform would tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.conftest import Plans

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"
KEY = "arn:aws:kms:us-east-1:123456789012:key/k"
SINK = "arn:aws:sns:us-east-1:123456789012:t"
CRON = "schedule: {cron: '0 2 * * 1'}\n"
NETWORK = "network: {vpc_id: vpc-1, subnet_ids: [subnet-1]%s}"


def job(runtime: str = "", block: str = "", head: str = "", image: str = IMAGE) -> str:
    """A job file; ``runtime`` lines start at line 9, ``block`` lines follow them.

    Args:
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        image: the container image.
    """
    text = f"""\
tenant_id: acme
environment: prod
{head}infrastructure:
  provider: aws
  region: us-east-1
  runtime:
    type: lambda
    image: '{image}'
"""
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())


def test_the_least_that_a_job_says(plans: Plans) -> None:
    """No VPC, no timeout of other runtimes, no vCPUs: what is not said is left to the module."""
    plan = plans.plan(job())
    inputs = {argument.name: argument.value for argument in plan.module.arguments}
    del inputs["tags"]
    assert inputs == {
        "name": "etl",
        "tenant": "acme",
        "environment": "prod",
        "image": IMAGE,
        "memory_mib": 2048,
    }
    assert plan.module.source.endswith("/modules/aws-lambda")


# Runtime lines, block lines, lines before infrastructure, and the inputs that they become.
GIVEN: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "command: /entry.sh\nargs: [rates.handler]\ncpu_architecture: ARM64",
        "",
        "",
        {"command": ["/entry.sh"], "args": ["rates.handler"], "cpu_architecture": "ARM64"},
    ),
    (
        "memory: 10Gi\nephemeral_storage: 512Mi\ntimeout_seconds: 900\nmax_retries: 2",
        "",
        "",
        {
            "memory_mib": 10240,
            "ephemeral_storage_mib": 512,
            "timeout_seconds": 900,
            "max_retries": 2,
        },
    ),
    ("scaling: {min: 0, max: 3}", "", "", {"reserved_concurrency": 3}),
    (
        "",
        NETWORK % ", egress_cidr_blocks: [10.0.0.0/8]",
        "",
        {
            "network": {
                "vpc_id": "vpc-1",
                "subnet_ids": ["subnet-1"],
                "egress_cidr_blocks": ["10.0.0.0/8"],
            }
        },
    ),
    (
        "",
        NETWORK % ", security_group_ids: [sg-1], private: true",
        "",
        {
            "network": {
                "vpc_id": "vpc-1",
                "subnet_ids": ["subnet-1"],
                "security_group_ids": ["sg-1"],
            }
        },
    ),
    (
        f"readable_secrets: [{SECRET}]",
        f"references: {{secrets: {{kms_key_id: '{KEY}'}}}}",
        "",
        {"readable_secrets": [SECRET], "secrets_kms_key_arns": [KEY]},
    ),
    (
        "environment: {LOG_LEVEL: info}",
        "references: {queue: {url: q}}",
        "",
        {"environment_variables": {"LOG_LEVEL": "info", "QUEUE_URL": "q"}},
    ),
    ("", f"storage: {{kms_key_id: '{KEY}'}}", "", {"kms_key_id": KEY}),
    (
        "",
        "storage: {data_bucket: data, prefix: p, allow_delete: true}",
        "",
        {"storage": {"bucket": "data", "prefix": "p", "allow_delete": True}},
    ),
    (
        "",
        f"monitoring: {{log_group: /etl, kms_key_id: '{KEY}', metrics_namespace: etl}}",
        "",
        {"log_group_name": "/etl", "log_kms_key_arn": KEY, "metrics_namespace": "etl"},
    ),
    (
        "",
        f"monitoring: {{alerts: {{channels: ['{SINK}'], thresholds: {{run_seconds: 899}}}}}}",
        "",
        {"alerts": {"channels": [SINK], "run_seconds": 899}},
    ),
    (
        "",
        "",
        "schedule: {cron: '0 2 * * 1', timezone: Europe/Berlin}\n",
        {"schedule": {"expression": "cron(0 2 ? * MON *)", "timezone": "Europe/Berlin"}},
    ),
]


@pytest.mark.parametrize(("runtime", "block", "head", "expected"), GIVEN)
def test_fields_become_inputs(
    plans: Plans, runtime: str, block: str, head: str, expected: dict[str, Any]
) -> None:
    """Each field has its effect; the module's interface takes it."""
    inputs = plans.inputs(job(runtime, block, head))
    assert {name: inputs[name] for name in expected} == expected


@pytest.mark.parametrize("tool", ["dagster", "airflow"])
def test_an_orchestrator_starts_runs_and_repeats_them(plans: Plans, tool: str) -> None:
    """The module gets neither schedule nor retries; more of them than Lambda knows are fine."""
    wanted = job("max_retries: 5", f"orchestrator: {{type: {tool}}}", CRON)
    plan = plans.plan(wanted)
    names = {argument.name for argument in plan.module.arguments}
    assert not {"schedule", "max_retries"} & names
    assert f"{tool}_lambda_config" in {output.name for output in plan.outputs}


# Runtime lines, block lines, and the one error: its place and message.
REFUSED = [
    ("memory: 64Mi", "", '9:13: invalid-value: "runtime.memory" cannot be "64Mi" (64)'),
    ("memory: 11Gi", "", '9:13: invalid-value: "runtime.memory" cannot be "11Gi" (11264)'),
    ("cpu: 2", "", '9:5: no-effect: "runtime.cpu" has no effect on lambda'),
    ("timeout_seconds: 901", "", '9:22: invalid-value: "runtime.timeout_seconds" cannot be "901"'),
    ("max_retries: 3", "", '9:18: invalid-value: "runtime.max_retries" cannot be "3"'),
    (
        "ephemeral_storage: 20Gi",
        "",
        '9:24: invalid-value: "runtime.ephemeral_storage" cannot be "20Gi" (20480',
    ),
    (
        "ephemeral_storage: 256Mi",
        "",
        '9:24: invalid-value: "runtime.ephemeral_storage" cannot be "256Mi" (256)',
    ),
    ("scaling: {min: 1}", "", "9:20: invalid-value: a function has no workers"),
    (
        f"secrets: {{A1: '{SECRET}'}}",
        "",
        '9:5: no-effect: "runtime.secrets" has no effect on lambda',
    ),
    (
        "environment: {AWS_REGION: x}",
        "",
        '9:19: invalid-value: "runtime.environment.AWS_REGION" cannot be a key',
    ),
    ("environment: {_A: x}", "", '9:19: invalid-value: "runtime.environment._A" cannot be a key'),
    ("environment: {A: x}", "", '9:19: invalid-value: "runtime.environment.A" cannot be a key'),
    (
        f"environment: {{LONG: {'x' * 4096}}}",
        "",
        "9:18: invalid-value: the environment has 4107 characters",
    ),
    ("identity: me", "", '9:15: invalid-value: "runtime.identity" cannot be "'),
    ("entry_point: main", "", '9:5: no-effect: "runtime.entry_point" has no effect on lambda'),
    ("cluster_name: x", "", '9:5: no-effect: "runtime.cluster_name" has no effect on lambda'),
    ("", "network: {vpc_id: vpc-1}", '9:3: missing-key: lambda needs "network.subnet_ids"'),
    ("", NETWORK % ", private: false", "9:61: invalid-value: a function in a VPC has no public"),
    (
        "",
        NETWORK % ", egress_cidr_blocks: [10.0.0.0]",
        '9:73: invalid-value: "10.0.0.0" is no CIDR block',
    ),
    (
        "",
        NETWORK % ", egress_cidr_blocks: []",
        "9:72: invalid-value: without any way out",
    ),
    (
        "",
        "network: {vpc_id: vpc-1, subnet_ids: ["
        + ", ".join(f"subnet-{n}" for n in range(17))
        + "]}",
        '9:40: invalid-value: "network.subnet_ids" cannot have 17 items',
    ),
    (
        "",
        "monitoring: {log_retention_days: 31}",
        '9:36: invalid-value: "monitoring.log_retention_days" cannot',
    ),
    (
        "timeout_seconds: 300",
        "monitoring: {alerts: {thresholds: {run_seconds: 300}}}",
        '10:51: invalid-value: "run_seconds" must be from 1 to 299',
    ),
    (
        "",
        "monitoring: {alerts: {thresholds: {run_seconds: 900}}}",
        '9:51: invalid-value: "run_seconds" must be from 1 to 899',
    ),
    ("", "storage: {prefix: a}", '9:3: missing-key: lambda needs "storage.data_bucket"'),
    ("", "account: {project_id: x}", '9:13: no-effect: "account.project_id" has no effect'),
]


@pytest.mark.parametrize(("runtime", "block", "expected"), REFUSED)
def test_what_lambda_does_not_take(plans: Plans, runtime: str, block: str, expected: str) -> None:
    """One error, at the value or key that is wrong."""
    (told,) = plans.told(job(runtime, block))
    assert told.startswith(expected)


def test_a_private_function_needs_a_network(plans: Plans) -> None:
    """Without one it would reach the internet, and nothing private."""
    assert plans.told(job(block="network: {private: true}")) == [
        '9:3: missing-key: lambda needs "network.vpc_id"',
        '9:3: missing-key: lambda needs "network.subnet_ids"',
    ]


def test_what_is_refused_is_told_the_way_out(plans: Plans) -> None:
    """Secrets and vCPUs have another place on Lambda, and the hint names it."""
    problems = plans.problems(job(f"cpu: 1\nsecrets: {{AB: '{SECRET}'}}"))
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("no-effect", "remove it: a function has a vCPU for each 1769 MiB of runtime.memory"),
        (
            "no-effect",
            "remove it: list the ARNs in runtime.readable_secrets, and the code reads them",
        ),
    ]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("docker.io/library/python:3.12", '"runtime.image" cannot be "'),
        ("public.ecr.aws/lambda/python:3.12", '"runtime.image" cannot be "'),
        (
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/etl:1",
            "the image is in eu-west-1, and Lambda pulls from its own region only",
        ),
    ],
)
def test_images_come_from_ecr_in_the_region(plans: Plans, image: str, expected: str) -> None:
    """Others are refused at the image's line."""
    (told,) = plans.told(job(image=image))
    assert told.startswith(f"8:12: invalid-value: {expected}")


def test_an_image_that_terraform_alone_knows(plans: Plans) -> None:
    """Where a part of it is a variable of the root, the module looks at it."""
    assert plans.told(job(image="${REGISTRY}/etl:1")) == []


def test_a_job_needs_an_image(plans: Plans) -> None:
    """Without one there is nothing to run."""
    text = job().replace(f"    image: '{IMAGE}'\n", "")
    assert plans.told(text) == ['6:3: missing-key: lambda needs "runtime.image"']


def test_a_cron_that_the_scheduler_cannot_take(plans: Plans) -> None:
    """EventBridge takes a day of the month or of the week, not both."""
    (told,) = plans.told(job(head="schedule: {cron: '0 2 1 * 1'}\n"))
    assert told.startswith('3:18: invalid-value: "cron" ')
