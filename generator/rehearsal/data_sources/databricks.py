"""Databricks' data sources."""

from __future__ import annotations

from generator.rehearsal.data_sources import Answers, Config


def _service_principal(config: Config, provider: Config) -> Config:
    return {"id": "1234567890123456", "active": True}


ANSWERS: Answers = {"databricks_service_principal": _service_principal}
