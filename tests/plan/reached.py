"""What the tests of reach share."""

from __future__ import annotations

from tests.plan.conftest import GROUP, Plans, job

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a-a1B2c3"
BLOBS = f"{GROUP}/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers"


def target(connection: str) -> str:
    """Lines that say where the runner writes to."""
    return f"target: {{connection: {{{connection}}}}}\n"


def warnings(plans: Plans, text: str) -> list[str]:
    """The warnings of a job, each with its line and its hint."""
    found, problems = plans.decided(text)
    assert found, problems
    return [f"{plans.line_of(p)} ({p.hint})" for p in problems if p.code == "not-granted"]


def aws(runtime: str, block: str) -> str:
    """A job of ECS with this block."""
    text = job("aws", block=block)
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/etl:1"
    text = text.replace("registry/etl:1", image) if runtime == "lambda" else text
    text = text.replace("ecs_fargate", runtime)
    code = "image: registry/etl:1" if runtime == "ecs_fargate" else "entry_point: s3://code/main.py"
    return text.replace("image: registry/etl:1", code)
