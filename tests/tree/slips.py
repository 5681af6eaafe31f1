"""What can happen to a job file by a slip."""

from __future__ import annotations

from tests.repository import JOB, Repository

ONE = "jobs/acme/one.yaml"
ROOT = "generated/acme/one/prod"
TEXT = JOB % {"name": "one", "environment": "prod"}


def told(project: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    """Severity, code and message of each problem that a command tells."""
    done = project.run(*arguments, "--format", "json")
    return [(p["severity"], p["code"], p["message"]) for p in done.document["problems"]]
