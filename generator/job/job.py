"""One ETL job for one tenant and one environment, valid and complete."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from generator.job.fields import Filled, Model, Text, Texts
from generator.job.infrastructure import Infrastructure


class Schedule(Model):
    """When the job runs."""

    cron: Filled = Field(description="Five fields: minute hour day-of-month month day-of-week.")
    timezone: Filled = Field("UTC", description="IANA time zone.")
    enabled: bool = Field(True, description="False keeps the schedule, paused.")


class FinOps(BaseModel):
    """Who pays."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    cost_center: Text | None = None
    business_tags: Texts | None = None
    project: Text | None = None
    environment: Text | None = None
    business_unit: Text | None = None
    owner: Text | None = None


class GovernanceOverrides(BaseModel):
    """What the job decides otherwise than its asset."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    retention_days: int | None = Field(None, ge=0)
    owner: Text | None = None
    approval_required: bool | None = None


class Job(BaseModel):
    """A job file's content after defaults, environment and variables are filled in.

    Keys that only the ETL runner reads are left alone.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    tenant_id: Filled
    environment: Filled
    name: Filled
    source_connector: Text | None = None
    target_connector: Text | None = None
    asset: Text | None = None
    asset_path: Filled | None = None
    schedule: Schedule | None = None
    finops: FinOps | None = None
    classification_overrides: dict[str, Text] = {}
    governance_overrides: GovernanceOverrides | None = None
    infrastructure: Infrastructure
