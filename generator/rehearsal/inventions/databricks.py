"""Ids and addresses as Databricks gives them.

Source: Databricks REST API reference, Jobs, "Create a new job"; the provider's documentation of
``databricks_job`` (url) and ``databricks_permissions`` (id).
"""

from __future__ import annotations

from generator.rehearsal.inventions import Invention

HOST = "https://mock.cloud.databricks.com"


def invent(name: str, about: Invention) -> str:
    """A plausible value, or the empty string where nothing is known of it."""
    if about.nested:
        return ""
    match about.kind, name:
        case "databricks_job", "id":
            return number(about)
        case "databricks_job", "url":
            host = about.setting("host", HOST).rstrip("/")
            return f"{host}/#job/{number(about)}"
        case "databricks_job", "format":
            return "MULTI_TASK"
        case "databricks_permissions", "id":
            return f"/jobs/{about.get('job_id', default='0')}"
        case "databricks_permissions", "object_type":
            return "job"
    return ""


def number(about: Invention) -> str:
    """The id of a job: a whole number of up to 16 digits."""
    return str(int(about.digest("id", length=12), 16))
