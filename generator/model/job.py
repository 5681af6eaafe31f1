"""One ETL job for one tenant and one environment, valid and complete."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.model.fields import Filled, Nullable, Part, Text, Texts
from generator.model.infrastructure import Infrastructure
from generator.model.need import Needs


class Schedule(Part):
    """When the job runs."""

    cron: Filled = Field(description="Five fields: minute hour day-of-month month day-of-week.")
    timezone: Filled = Field("UTC", description="IANA time zone.")
    enabled: bool = Field(True, description="False keeps the schedule, paused.")
    region: Filled | None = Field(
        None,
        description="Region of Cloud Scheduler, where that of the job has none (Cloud Run jobs and "
        "Cloud Functions).",
    )


class FinOps(Nullable):
    """Who pays."""

    cost_center: Text | None = Field(None, description="Cost centre that is charged.")
    business_tags: Texts | None = Field(None, description="Business topics, for reports.")
    project: Text | None = Field(None, description="Project that is charged.")
    environment: Text | None = Field(
        None, description="Environment in cost reports, where it differs from the job's."
    )
    business_unit: Text | None = Field(None, description="Business unit that is charged.")
    owner: Text | None = Field(None, description="Who answers for the cost.")


class GovernanceOverrides(Nullable):
    """What the job decides otherwise than its asset."""

    retention_days: int | None = Field(
        None, ge=0, description="How long the data is kept; 0 is a value."
    )
    owner: Text | None = Field(None, description="Who answers for the data.")
    approval_required: bool | None = Field(
        None, description="Whether a change needs somebody's approval."
    )


class Job(Nullable):
    """A job file's content after defaults, environment and variables are filled in.

    Keys that only the ETL runner reads are left alone.
    """

    tenant_id: Filled = Field(
        description="Whose job it is; ${TENANT_ID} where `tenants` lists them."
    )
    environment: Filled = Field(
        description="dev, prod, ...: part of every name and of the state's key."
    )
    name: Filled = Field(description="The job's name; the file's name unless given.")
    source_connector: Text | None = Field(None, description="Where the data comes from; a tag.")
    target_connector: Text | None = Field(None, description="Where the data goes; a tag.")
    target: Any = Field(
        None, description="What the runner writes to; the job may use the bucket in `connection`."
    )
    asset: Text | None = Field(None, description="Name of the asset; a tag.")
    asset_path: Filled | None = Field(
        None, description="Asset contract, from the project folder; its facts become tags."
    )
    schedule: Schedule | None = Field(None, description="When the job runs; by hand without it.")
    finops: FinOps | None = Field(None, description="Who pays; beats the asset's finops.")
    classification_overrides: dict[str, Text] = Field(
        default_factory=dict, description="Field of the data, or `default`, to its classification."
    )
    governance_overrides: GovernanceOverrides | None = Field(
        None, description="What the job decides otherwise than its asset."
    )
    needs: Needs = Field(
        (), description="Jobs whose roots are applied before this one's; it may take their outputs."
    )
    infrastructure: Infrastructure = Field(
        description="Where and how the job runs. Without it the job has no root module."
    )
