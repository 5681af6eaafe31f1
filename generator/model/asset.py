"""An asset contract: what is known about the data, for the tags that come from it.

Two shapes load: the flat one (Open Data Contract Standard 3.0.2, extended) and the nested
one with everything below ``asset:`` and a ``governance`` section.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import KeyPath
from generator.model.fields import Text, Texts
from generator.model.job import FinOps


class _Open(BaseModel):
    """Asset files hold much that is not for us: unknown keys are left alone."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="ignore", populate_by_name=True
    )


class Team(_Open):
    """Who answers for the data."""

    owner: Text | None = Field(None, description="Person or team; a tag.")


class Security(_Open):
    """How the data is protected."""

    access_control: Text | None = Field(None, description="How access is decided; a tag.")
    encryption_required: bool | None = Field(
        None, description="Whether the data is encrypted; a tag."
    )


class Compliance(_Open):
    """What the data is in the eyes of the law."""

    classification: Texts | None = Field(None, description="Classes of the data, such as PII.")
    regulations: Texts | None = Field(None, description="Regulations that apply, such as GDPR.")
    retention_days: int | None = Field(
        None, ge=0, description="How long the data is kept; 0 is a value."
    )
    user_consent_required: bool | None = Field(
        None, description="Whether the data may be used only with its subjects' consent."
    )
    security: Security | None = Field(None, description="How the data is protected.")


class ChangeManagement(_Open):
    """Whether a change needs somebody's approval."""

    approval_required: bool | None = Field(None, description="Whether a change needs approval.")
    policy: Text | None = Field(
        None, description="Which changes are allowed, such as non-breaking."
    )


class Column(_Open):
    """A column of the data, as far as it is classified."""

    name: Text | None = Field(None, description="Name of the column.")
    classification: Text | None = Field(None, description="Class of the column's data.")


class Asset(_Open):
    """The part of an asset contract that becomes tags."""

    name: Text | None = Field(None, description="Name of the asset; a tag.")
    version: Text | None = Field(None, description="Version of the contract; a tag.")
    status: Text | None = Field(None, description="Status of the contract, such as active.")
    domain: Text | None = Field(None, description="Business domain; a tag.")
    data_product: Text | None = Field(
        None, alias="dataProduct", description="Data product that the asset belongs to; a tag."
    )
    source_type: Text | None = Field(None, description="Kind of source, such as postgres; a tag.")
    object: Text | None = Field(None, description="Object or table at the source; a tag.")
    tags: Texts | None = Field(None, description="Free key words.")
    team: Team | None = Field(None, description="Who answers for the data.")
    compliance: Compliance | None = Field(
        None, description="What the data is in the eyes of the law."
    )
    finops: FinOps | None = Field(None, description="Who pays; a job's own finops beats it.")
    change_management: ChangeManagement | None = Field(
        None, description="Whether a change needs somebody's approval."
    )
    columns: tuple[Column, ...] | None = Field(
        None, alias="schema", description="Columns of the data, as far as they are classified."
    )


def flatten(data: dict[str, Any]) -> tuple[dict[str, Any], dict[KeyPath, KeyPath]]:
    """Bring the nested shape to the flat one.

    What stands beside ``asset:`` counts where nothing below it says otherwise, and
    ``governance`` fills only what ``team`` and ``compliance`` leave open, so that nothing
    the file says is lost.

    Args:
        data: a parsed asset file of either shape.

    Returns:
        The flat document, and where each moved value stands in the file: new path to old.
    """
    body, moved = dict(data), dict[KeyPath, KeyPath]()
    nested = body.get("asset")
    if isinstance(nested, dict):
        del body["asset"]
        body.update(nested)
        moved = {(key,): ("asset", key) for key in nested}
    at = moved.get(("governance",), ("governance",))
    governance = body.pop("governance", None)
    for source, section, key in GOVERNANCE if isinstance(governance, dict) else ():
        value = governance.get(source)
        target = body if section is None else body.get(section)
        if value is None or (target is not None and not isinstance(target, dict)):
            continue
        if target is not None and target.get(key) is not None:
            continue
        if section is None:
            body[key] = value
        else:
            body[section] = {**(target or {}), key: value}
        moved[(key,) if section is None else (section, key)] = (*at, source)
    return body, moved


GOVERNANCE = (
    ("owner", "team", "owner"),
    ("tags", None, "tags"),
    ("classification", "compliance", "classification"),
    ("regulations", "compliance", "regulations"),
    ("retention_days", "compliance", "retention_days"),
    ("cost_center", "finops", "cost_center"),
    ("domain", None, "domain"),
)
