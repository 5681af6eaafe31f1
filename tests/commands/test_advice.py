"""What is allowed and most likely a slip is told as a warning, and the root is written."""

from __future__ import annotations

import re
import shutil

import pytest

from generator.plan.cron import UnevenSteps, uneven_steps
from tests.repository import TOP, Repository

IMAGE = '"example/etl:1.0"'


def warnings(repository: Repository) -> list[str]:
    """The warnings of a run that succeeds: line, column and text of each."""
    done = repository.run("generate")
    assert done.code == 0, done.err
    return re.findall(r"^[\w/.-]+:(\d+:\d+: warning: .*)$", done.err, re.MULTILINE)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            "us-central1",
            "us-centrl1",
            '7:11: .*no region "us-centrl1".*did you mean "us-central1"',
        ),
        ("us-central1", "moon-base9", 'no region "moon-base9" is known of this cloud'),
        (
            "infrastructure:",
            "infrastructure:\n  terraform: {backend: {type: s3, bucket: acme, region: us-east1}}",
            '6:57: .*no region "us-east1" is known of AWS.*did you mean "us-east-1"',
        ),
        (IMAGE, '"example/etl"', "8:41: .*the image has no tag, which means latest"),
        (IMAGE, '"example/etl:latest"', "the image is whatever latest is"),
        (IMAGE, '"localhost:5000/etl"', "the image has no tag"),
        (
            IMAGE,
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/etl:1",
            r"is private \(Amazon ECR\).*copy it to a registry of the job's own cloud",
        ),
        (IMAGE, "acme.azurecr.io/etl:1", r"is private \(Azure Container Registry\)"),
        (IMAGE, "registry.gitlab.com/acme/etl:1", r"is private \(GitLab\)"),
        (IMAGE, '"example/etl:${JOBNAME}"', r"\$\{JOBNAME\} becomes .*did you mean \$\{JOB_NAME\}"),
        (IMAGE, '"example/etl:${RUNER_VERSION}"', r"8:41: .*did you mean \$\{RUNNER_VERSION\}"),
        (
            "infrastructure:",
            'schedule: {cron: "*/45 2 * * *"}\ninfrastructure:',
            r'5:18: .*"\*/45" is not every 45 minutes: the last step takes 15 minutes only',
        ),
        (
            "infrastructure:",
            "target_connector: bigquery\ninfrastructure:",
            "5:19: .*no access to any dataset of BigQuery.*level: write",
        ),
        (
            "infrastructure:",
            "source_connector: bigquery\ninfrastructure:",
            "5:19: .*no access to any dataset of BigQuery.*level: read",
        ),
    ],
)
def test_told(repository: Repository, before: str, after: str, says: str) -> None:
    """Each slip is one warning at its place."""
    repository.write(
        "dativo.yaml",
        (repository.folder / "dativo.yaml").read_text("utf-8")
        + "values: {RUNNER_VERSION: 1.4.0}\n",
    )
    repository.job("orders")
    repository.edit("jobs/orders.yaml", before, after)

    (said,) = warnings(repository)

    assert re.search(says, said), said


@pytest.mark.parametrize(
    "image",
    ["example/etl:1.0", "example.com:5000/a/b:1", "etl@sha256:" + "a" * 64]
    + ["us-central1-docker.pkg.dev/acme/etl/run:2", "${OTHER}/etl", "gcr.io/acme/etl:v1"],
)
def test_not_told(repository: Repository, image: str) -> None:
    """A pinned image that the job can pull, or that is not known yet, deserves no word."""
    repository.job("orders")
    repository.edit("jobs/orders.yaml", IMAGE, f'"{image}"')

    assert warnings(repository) == []


QUEUE = "arn:aws:sqs:us-east-1:123456789012:clicks"
READER = f"""tenant_id: acme
environment: prod
finops: {{cost_center: FIN-001}}
infrastructure:
  provider: aws
  region: us-east-1
  runtime: {{type: ecs_fargate, image: "example/etl:1.0"}}
  network: {{vpc_id: vpc-1, subnet_ids: [subnet-1]}}
  references: {{queue: {{arn: "{QUEUE}"}}}}
  tags: {{owner: etl@acme.example}}
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", True),
        ("  tags:", f'  access: [{{resource: "{QUEUE}2", level: read}}]\n  tags:', True),
        ("  tags:", f'  access: [{{resource: "{QUEUE}", level: write}}]\n  tags:', False),
        ('1.0"', '1.0", identity: "arn:aws:iam::123456789012:role/etl"', False),
        (QUEUE, "${QUEUE_ARN}", False),
    ],
)
def test_a_queue_that_nobody_may_use(
    repository: Repository, before: str, after: str, told: bool
) -> None:
    """A reference grants nothing: who reads the queue says so in access, or has a role."""
    kept_out = shutil.ignore_patterns(".*", "examples", "tests")
    module = "modules/aws-ecs-fargate"
    shutil.copytree(TOP / module, repository.folder / module, ignore=kept_out)
    repository.write("jobs/clicks.yaml", READER.replace(before, after, 1) if before else READER)

    said = [text for text in warnings(repository) if "receive or send" in text]

    assert len(said) == told
    assert [text for text in said if "9:29: warning: the job gets" not in text] == []


def test_a_slip_in_required_tags_is_one_error(repository: Repository) -> None:
    """A required tag that no job can have, as it is misspelt, is told once, in dativo.yaml."""
    settings = (repository.folder / "dativo.yaml").read_text("utf-8")
    repository.write("dativo.yaml", settings + "tags: {required: {cost_centre: {}}}\n")
    repository.job("orders", "  tags: {team: a}\n")
    repository.job("refunds", "  tags: {team: a}\n")

    done = repository.run("generate")

    assert done.code == 1 and done.err.count("error: ") == 1
    assert 'dativo.yaml:6:19: error: jobs have no tag "cost_centre"' in done.err
    assert 'did you mean "cost_center"?' in done.err


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("*/45 * * * *", [UnevenSteps("*/45", 45, 15, "minutes")]),
        ("0 */5 * * *", [UnevenSteps("*/5", 5, 4, "hours")]),
        ("*/15 */6 */2 * *", []),
        ("0,30 1-23/2 * * *", []),
        ("@daily", []),
    ],
)
def test_uneven_steps(expression: str, found: list[UnevenSteps]) -> None:
    """A step that does not divide the hour or the day is uneven; days of months always are."""
    assert uneven_steps(expression) == found


def test_a_dataset_is_enough(repository: Repository) -> None:
    """A job that lists a dataset, whatever it does with it, gets no warning."""
    repository.job("orders")
    access = "infrastructure:\n  access: [{resource: acme-lake.web, level: read}]"
    said = f"target_connector: bigquery\n{access}"
    repository.edit("jobs/orders.yaml", "infrastructure:", said)
    assert warnings(repository) == []
