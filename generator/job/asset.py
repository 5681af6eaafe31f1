"""An asset contract: what is known about the data, for the tags that come from it.

Two shapes load: the flat one (Open Data Contract Standard 3.0.2, extended) and the nested
one with everything below ``asset:`` and a ``governance`` section.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import KeyPath
from generator.job.fields import Text, Texts
from generator.job.job import FinOps


class _Open(BaseModel):
    """Asset files hold much that is not for us: unknown keys are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Team(_Open):
    """Who answers for the data."""

    owner: Text | None = None


class Security(_Open):
    """How the data is protected."""

    access_control: Text | None = None
    encryption_required: bool | None = None


class Compliance(_Open):
    """What the data is in the eyes of the law."""

    classification: Texts | None = None
    regulations: Texts | None = None
    retention_days: int | None = Field(None, ge=0)
    user_consent_required: bool | None = None
    security: Security | None = None


class ChangeManagement(_Open):
    """Whether a change needs somebody's approval."""

    approval_required: bool | None = None
    policy: Text | None = None


class Column(_Open):
    """A column of the data, as far as it is classified."""

    name: Text | None = None
    classification: Text | None = None


class Asset(_Open):
    """The part of an asset contract that becomes tags."""

    name: Text | None = None
    version: Text | None = None
    status: Text | None = None
    domain: Text | None = None
    data_product: Text | None = Field(None, alias="dataProduct")
    source_type: Text | None = None
    object: Text | None = None
    tags: Texts | None = None
    team: Team | None = None
    compliance: Compliance | None = None
    finops: FinOps | None = None
    change_management: ChangeManagement | None = None
    columns: tuple[Column, ...] | None = Field(None, alias="schema")


def flatten(data: dict[str, Any]) -> tuple[dict[str, Any], dict[KeyPath, KeyPath]]:
    """Bring the nested shape to the flat one.

    ``governance`` fills only what ``team`` and ``compliance`` leave open, so that nothing
    the file says is lost.

    Args:
        data: a parsed asset file of either shape.

    Returns:
        The flat document, and where each moved value stands in the file: new path to old.
    """
    if not isinstance(data.get("asset"), dict):
        return data, {}
    body = dict(data["asset"])
    moved: dict[KeyPath, KeyPath] = {(key,): ("asset", key) for key in body}
    governance = body.pop("governance", None)
    for source, section, key in _GOVERNANCE if isinstance(governance, dict) else ():
        value = governance.get(source)
        target = body if section is None else body.get(section)
        if value is None or target is not None and not isinstance(target, dict):
            continue
        if target is not None and target.get(key) is not None:
            continue
        if section is None:
            body[key] = value
        else:
            body[section] = {**(target or {}), key: value}
        moved[(key,) if section is None else (section, key)] = ("asset", "governance", source)
    return body, moved


_GOVERNANCE = (
    ("owner", "team", "owner"),
    ("tags", None, "tags"),
    ("classification", "compliance", "classification"),
    ("regulations", "compliance", "regulations"),
    ("retention_days", "compliance", "retention_days"),
    ("cost_center", "finops", "cost_center"),
    ("domain", None, "domain"),
)
