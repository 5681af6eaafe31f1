"""Tags of older files, and what they say of a job's name and stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.settings import TagSettings
from generator.tags.merge import build as build_tags
from tests.dialects.projects import block, job, jobs, outcome, refused, translated

E = "provider: terraform\nruntime: {platform: %s}\n"
R = "provider: %s\nruntime: {type: %s, compute: {cpu: %s, memory: %s}}\n"


def test_five_tags() -> None:
    """Jobs of dialect P have five tags, in whatever spelling, and not empty."""
    tags = "tags: {JobName: a, team: b, pipeline_type: ' ', Environment: prod, cost-center: c}\n"
    (told,) = refused(job("provider: aws\nregion: x\nruntime: {type: aws_fargate}\n" + tags))
    assert told.startswith('7: tag "pipeline_type" is missing')


def test_spellings_of_a_tag(project: Path) -> None:
    """All spellings of a tag are one; different values for it at one level are an error."""
    spellings = ["cost_center", "CostCenter", "cost-center", "costcenter", "dativo:cost-center"]
    spellings += ["FinOps_cost_center", "finops_cost_center", "infra_cost_center", "Costcenter"]
    spellings += ["infrastructure.cost_center"]
    for spelling in spellings:
        text = R % ("aws", "ecs", 1, "2Gi") + f"tags: {{'{spelling}': X-1, owner: a}}\n"
        (loaded,) = jobs(project, job(text))
        assert build_tags(loaded, TagSettings()).as_map()["CostCenter"] == "X-1"
    text = R % ("aws", "ecs", 1, "2Gi") + "tags:\n  CostCenter: A\n  custom: {cost-center: B}\n"
    (error,) = outcome(project, job(text)).errors
    assert error.startswith('8: "cost-center" and "CostCenter" are the same tag')


def test_struct_of_tags() -> None:
    """The keys of ``custom`` stand beside the others; one key with two values is an error."""
    tags = "tags:\n  owner: a\n  compliance: [GDPR, SOC2]\n  custom: {sla: gold}\n"
    found = block(tags)["tags"]
    assert found == {"owner": "a", "compliance": ["GDPR", "SOC2"], "sla": "gold"}
    assert len(refused(job("tags:\n  owner: a\n  custom: {owner: b}\n"))) == 2


def test_identity_of_a_tag(project: Path) -> None:
    """Nobody gives a root another identity, whatever the precedence: a different value is an
    error, the same one is fine.
    """
    text = R % ("aws", "ecs", 1, "2Gi") + "tags: {owner: a, cost_center: b, TenantId: %s}\n"
    assert outcome(project, job(text % "acme")).errors == []
    (error,) = outcome(project, job(text % "globex")).errors
    assert error.startswith('6: tag "TenantId" is "globex", but the tenant_id of this root is')


def test_values_of_tags(project: Path) -> None:
    """Booleans as in YAML, numbers as written, lists joined, nothing with a warning; a mapping
    is an error.
    """
    tags = "metadata:\n  tags: {a: True, b: 7, c: 1.50, d: [x, y], e: ~, Owner: o}\n"
    text = job(E % "ecs" + tags, "finops: {cost_center: X}\n")
    (loaded,) = jobs(project, text)
    found = build_tags(loaded, TagSettings()).as_map()
    assert [found.get(key) for key in "abcde"] == ["true", "7", "1.50", "x+y", None]
    assert '7: "metadata.tags.e" has no value and is left out' in outcome(project, text).warnings
    (error,) = outcome(project, job(E % "ecs" + "metadata:\n  tags: {a: {b: c}}\n")).errors
    assert error.startswith("7: a tag holds text or a list of texts")


def test_compliance(project: Path) -> None:
    """Frameworks as a list, or as text with commas, are the same."""
    for value in ("[GDPR, SOC2]", '"GDPR,SOC2"'):
        text = R % ("aws", "ecs", 1, "2Gi") + f"tags: {{compliance: {value}}}\n"
        (loaded,) = jobs(project, job(text))
        assert build_tags(loaded, TagSettings()).as_map()["Compliance"] == "GDPR+SOC2"


def test_business_tags(project: Path) -> None:
    """A single business tag is a list of one, and the job's replace those of the asset."""
    more = "finops: {business_tags: payments}\nasset_path: assets/stripe/v1.0/customers.yaml\n"
    (loaded,) = jobs(project, job(R % ("aws", "ecs", 1, "2Gi"), more))
    assert build_tags(loaded, TagSettings()).as_map()["BusinessTags"] == "payments"


@pytest.mark.parametrize(
    ("written", "stage"),
    [("production", "prod"), ("Development", "dev"), ("stage", "staging"), ("test", "test")],
)
def test_stages(written: str, stage: str) -> None:
    """Stages have one name each, in the job and in its tags."""
    text = job(f"tags: {{Environment: {written}, custom: {{a: b}}}}\n")
    text = text.replace("environment: prod", f"environment: {written}")
    translation = translated(text)
    assert translation.document["environment"] == stage
    assert translation.document["infrastructure"]["tags"]["Environment"] == stage


def test_stage_of_finops() -> None:
    """What finops calls the stage is compared, in whatever word."""
    text = job(E % "ecs", "finops: {environment: %s}\n")
    assert translated(text % "production").warnings == ()
    (warning,) = translated(text % "staging").warnings
    assert warning.message == '"finops.environment" is "staging", but the job is for "prod"'


def test_stage_from_tags() -> None:
    """A job that names no stage but in its tags is for that one."""
    text = job("tags: {environment: production, custom: {a: b}}\n")
    translation = translated(text.replace("environment: prod\n", "", 1))
    assert translation.document["environment"] == "prod"
    assert translation.moved[("environment",)] == ("infrastructure", "tags", "environment")


def test_variables(project: Path) -> None:
    """${NAME} is filled from the job and dativo.yaml, in any case; what is left is a variable of
    the root, never of the process.
    """
    text = R % ("aws", "ecs", 1, "2Gi") + "storage: {bucket: '${ICEBERG_BUCKET}', prefix: '%s'}\n"
    (loaded,) = jobs(project, job(text % "${tenant_id}/${ENVIRONMENT}"))
    storage = loaded.job.infrastructure.storage
    assert (storage.data_bucket, storage.prefix) == ("acme-data-lake", "acme/prod")
    ((_, texts),) = outcome(project, job(text % "${HOME}")).built.roots.items()
    assert "var.home" in texts["main.tf"]


def test_name(project: Path) -> None:
    """The name of a job: its own key, or the tag, or the file's; never the asset's."""
    text = job(R % ("aws", "ecs", 1, "2Gi") + "tags: {%s}\n", "asset: customers\n")
    assert jobs(project, text % "job_name: etl")[0].job.name == "etl"
    assert jobs(project, text % "JobName: etl")[0].job.name == "etl"
    assert jobs(project, text % "")[0].job.name == "job"
    (error,) = outcome(project, text % "job_name: a b").errors
    assert error.startswith('6: the job name "a b" may hold only letters')
