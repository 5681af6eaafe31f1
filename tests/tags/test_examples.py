"""Whole jobs, with every tag that they get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.tags.tag_set import TagSet

Build = Callable[..., TagSet]

CUSTOMERS = {
    "name": "stripe_customers",
    "source_type": "stripe",
    "object": "customers",
    "version": "1.0",
    "compliance": {"classification": ["PII", "SENSITIVE"], "regulations": ["GDPR"]},
    "finops": {"cost_center": "FIN-001", "project": "data-platform"},
}
JOB = {
    "asset": CUSTOMERS,
    "finops": {"cost_center": "HR-001", "business_tags": ["payments", "revenue"]},
    "tags": {"Team": "data-engineering"},
}


def test_namespaced_on_aws(tags_of: Build) -> None:
    """The job's cost center beats the asset's, the project is inherited, and the job's own tag
    stands beside them. The tag "Team" is known, so it has the namespace, too; lists are joined
    with "+", since IAM refuses commas; classes keep their case.
    """
    assert tags_of(settings={"style": "namespaced"}, **JOB).as_map() == {
        "dativo:asset": "stripe_customers",
        "dativo:asset-version": "1.0",
        "dativo:business-tags": "payments+revenue",
        "dativo:classification": "PII+SENSITIVE",
        "dativo:contains-pii": "true",
        "dativo:contains-sensitive": "true",
        "dativo:cost-center": "HR-001",
        "dativo:environment": "prod",
        "dativo:job": "stripe-customers",
        "dativo:managed-by": "dativo",
        "dativo:pipeline-type": "ingestion",
        "dativo:project": "data-platform",
        "dativo:provider": "aws",
        "dativo:region": "us-east-1",
        "dativo:regulations": "GDPR",
        "dativo:runtime": "ecs_fargate",
        "dativo:source-object": "customers",
        "dativo:source-type": "stripe",
        "dativo:team": "data-engineering",
        "dativo:tenant": "acme",
    }


def test_one_cost_center(tags_of: Build) -> None:
    """CostCenter in infrastructure.tags overrides the one from finops: never two on a resource."""
    tags = {"CostCenter": "OPS-9", "Project": "data-platform", "Environment": "production"}
    found = tags_of(settings={"style": "namespaced"}, **{**JOB, "tags": tags}).as_map()
    assert found["dativo:cost-center"] == "OPS-9"
    assert not {"CostCenter", "Project", "Environment"} & set(found)
    assert found["dativo:environment"] == "prod"


def test_shared_infrastructure(tags_of: Build) -> None:
    """A tag that nobody knows keeps its spelling, beside the known ones."""
    tags = {"Tenant": "acme", "SharedInfrastructure": "true"}
    found = tags_of(tags=tags).as_map()
    assert found["SharedInfrastructure"] == "true"
    assert found["TenantId"] == "acme"
    assert "Tenant" not in found


def test_pascal_on_aws(tags_of: Build) -> None:
    """A job with an address as owner and one class."""
    found = tags_of(
        finops={"cost_center": "data-eng"},
        asset={"compliance": {"classification": ["PII"]}, "team": {"owner": "data-team@acme.com"}},
    ).as_map()
    expected = {
        "TenantId": "acme",
        "Environment": "prod",
        "CostCenter": "data-eng",
        "Owner": "data-team@acme.com",
        "DataClassification": "PII",
        "ContainsPII": "true",
        "ManagedBy": "dativo",
    }
    assert expected.items() <= found.items()


FULL = {
    "asset": {
        **CUSTOMERS,
        "domain": "finance",
        "dataProduct": "billing",
        "status": "active",
        "tags": ["payments", "crm"],
        "team": {"owner": "data-team@acme.com"},
        "compliance": {
            "classification": ["PII", "FINANCIAL"],
            "regulations": ["GDPR", "CCPA"],
            "retention_days": 365,
            "user_consent_required": True,
            "security": {"encryption_required": True, "access_control": "role_based"},
        },
        "change_management": {"approval_required": True, "policy": "non-breaking"},
        "schema": [{"name": "email", "classification": "PII"}],
    },
    "source_connector": "stripe",
    "target_connector": "iceberg",
    "finops": {
        "cost_center": "FIN-001",
        "project": "customer-analytics",
        "business_tags": ["payments"],
        "environment": "production",
        "business_unit": "finance",
        "owner": "cfo",
    },
    "tags": {"team": "data-engineering", "Compliance": ["SOC2"]},
}


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure"])
def test_a_full_job(tags_of: Build, cloud: str) -> None:
    """A job and an asset that say all they can: over 35 tags in six groups, within the limit of
    every cloud, none of them with a clock, and no warning.
    """
    tags = tags_of(cloud, **FULL)
    assert 35 < len(tags.merged) <= 50
    assert not tags.warnings
    assert tags == tags_of(cloud, **FULL)
    assert not [key for key in tags.merged if "modified" in key.lower() or "creat" in key.lower()]


def test_labels_of_a_full_job(tags_of: Build) -> None:
    """On Google Cloud a query by ``cost_center`` finds what the style calls CostCenter."""
    found = tags_of("gcp", **FULL).as_map()
    expected = {
        "cost_center": "fin-001",
        "tenant_id": "acme",
        "data_classification": "pii_financial",
        "contains_financial": "true",
        "regulations": "gdpr_ccpa",
        "owner": "data-team_acme_com",
        "finops_environment": "production",
    }
    assert expected.items() <= found.items()
