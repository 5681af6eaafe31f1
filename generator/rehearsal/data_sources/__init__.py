"""What the data sources answer whose value matters to a root; the others are invented."""

from __future__ import annotations

import base64
import importlib
from collections.abc import Callable
from typing import Any

Config = dict[str, Any]
Answers = dict[str, Callable[[Config, Config], Config]]

# The certificate of a cluster's authority, as an API gives it.
AUTHORITY = base64.b64encode(
    b"-----BEGIN CERTIFICATE-----\nbW9jaw==\n-----END CERTIFICATE-----\n"
).decode()

CLOUDS = ("aws", "azurerm", "google")


def answer(cloud: str, kind: str, config: Config, provider: Config) -> Config:
    """The attributes that are known of a data source.

    Args:
        cloud: the provider's short name.
        kind: the type of the data source.
        config: its arguments.
        provider: the provider's configuration.
    """
    if cloud not in CLOUDS:
        return {}
    module = importlib.import_module(f"generator.rehearsal.data_sources.{cloud}")
    answers: Answers = module.ANSWERS
    return answers[kind](config, provider) if kind in answers else {}
