"""Which layer of tags wins, as each dialect had it, and the examples that came with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.settings import TagSettings
from generator.tags.merge import build as build_tags
from tests.dialects.projects import jobs

ASSET = """\
name: stripe_customers
compliance: {classification: [PII], retention_days: 365}
finops: {cost_center: FIN-001, project: data-platform}
"""
STRUCT = """\
tenant_id: acme
environment: prod
name: stripe
asset: stripe_customers
asset_path: /app/assets/struct.yaml
infrastructure:
  provider: aws
  runtime: {type: ecs, compute: {cpu: "2048", memory: "4096"}}
  tags: {cost_center: FIN-001, business_unit: Finance, compliance: [GDPR, SOC2]}
"""
CUSTOMERS = """\
name: stripe_customers
compliance: {classification: [PII, SENSITIVE], regulations: [GDPR]}
finops: {cost_center: FIN-001, project: data-platform}
"""
FLAT = """\
tenant_id: acme
environment: prod
name: stripe_customers
asset_path: /app/assets/flat.yaml
finops: {cost_center: HR-001, business_tags: [payments, revenue]}
infrastructure:
  provider: aws
  runtime: {type: ecs}
  compute: {cpu: "2048", memory: "4096"}
  tags: {Team: data-engineering}
"""
# Not what somebody said of the data, but what is known of every job.
DERIVED = {"InfraProvider", "PipelineType", "Region", "RuntimeType", "JobName"}


def _tags(project: Path, text: str, precedence: list[str], style: str = "pascal") -> dict[str, str]:
    (project / "assets/struct.yaml").write_text(ASSET, encoding="utf-8")
    (project / "assets/flat.yaml").write_text(CUSTOMERS, encoding="utf-8")
    (loaded,) = jobs(project, text)
    settings = TagSettings.model_validate({"precedence": precedence, "style": style})
    return build_tags(loaded, settings).as_map()


def test_struct(project: Path) -> None:
    """Dialect R's example, in its order: infrastructure, job, asset, and the system above all.

    One tag where there were several for one thing: FinOps_cost_center beside CostCenter,
    Classification_default, Governance_retention_days and FinOps_project are DataClassification,
    RetentionDays and Project. Lists are joined with +, classes keep their case, and no tag says
    that Terraform made it but ManagedBy.
    """
    precedence = ["defaults", "infrastructure", "job", "asset"]
    found = _tags(project, STRUCT, precedence)
    assert {key: value for key, value in found.items() if key not in DERIVED} == {
        "CostCenter": "FIN-001",
        "BusinessUnit": "Finance",
        "Compliance": "GDPR+SOC2",
        "TenantId": "acme",
        "Environment": "prod",
        "Asset": "stripe_customers",
        "DataClassification": "PII",
        "ContainsPII": "true",
        "RetentionDays": "365",
        "Project": "data-platform",
        "ManagedBy": "dativo",
    }


def test_flat(project: Path) -> None:
    """Dialect D's example, in its order, which is the usual one: the asset, the job, its tags.

    The tag Team is known and has the namespace, too; lists are joined with +, classes keep
    their case.
    """
    precedence = ["defaults", "asset", "job", "infrastructure"]
    found = _tags(project, FLAT, precedence, "namespaced")
    assert {
        "dativo:classification": "PII+SENSITIVE",
        "dativo:regulations": "GDPR",
        "dativo:cost-center": "HR-001",
        "dativo:business-tags": "payments+revenue",
        "dativo:project": "data-platform",
        "dativo:team": "data-engineering",
        "dativo:tenant": "acme",
        "dativo:environment": "prod",
    }.items() <= found.items()


ORDERS = {
    "E": ("defaults", "job", "asset", "infrastructure"),
    "R": ("defaults", "infrastructure", "job", "asset"),
    "P": ("defaults", "asset", "job", "infrastructure"),
    "D": ("defaults", "asset", "job", "infrastructure"),
}
WINNER = {"E": "INFRA", "R": "FIN-001", "P": "INFRA", "D": "INFRA"}


@pytest.mark.parametrize("dialect", sorted(ORDERS))
def test_orders(project: Path, dialect: str) -> None:
    """With the order of a dialect the layer wins that won there; identity stands above all."""
    text = FLAT.replace("Team: data-engineering", "CostCenter: INFRA, Environment: production")
    found = _tags(project, text, list(ORDERS[dialect]))
    assert found["CostCenter"] == WINNER[dialect]
    assert found["Environment"] == "prod"


@pytest.mark.parametrize("dialect", sorted(ORDERS))
def test_page_of_orders(dialect: str) -> None:
    """The page about dialects has the setting of each."""
    page = Path(__file__).parent.parent.parent / "docs" / "dialects.md"
    assert f"[{', '.join(ORDERS[dialect])}]" in page.read_text(encoding="utf-8")
