"""What the data sources answer whose value matters to a root; the others are invented.

A stand-in never tells what the real data source leaves empty.
"""

from __future__ import annotations

import base64
import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Config = dict[str, Any]
Answers = dict[str, Callable[[Config, Config], Config]]

# The certificate of a cluster's authority, as an API gives it.
AUTHORITY = base64.b64encode(
    b"-----BEGIN CERTIFICATE-----\nbW9jaw==\n-----END CERTIFICATE-----\n"
).decode()

CLOUDS = ("aws", "azurerm", "databricks", "google")
# The argument of each provider that a rehearsal hands its expectations in.
CARRIERS = {"aws": "user_agent", "azurerm": "partner_id", "google": "request_reason"}
# What lies in another thing: its attribute, and that of the one that was asked for before it.
INSIDE = {
    "aws_security_group": ("vpc_id", "aws_vpc", "id"),
    "aws_subnet": ("vpc_id", "aws_vpc", "id"),
    "google_compute_subnetwork": ("network", "google_compute_network", "self_link"),
}


def answer(
    cloud: str, kind: str, config: Config, provider: Config, found: Mapping[str, Config]
) -> Config:
    """The attributes that are known of a data source.

    Args:
        cloud: the provider's short name.
        kind: the type of the data source.
        config: its arguments.
        provider: the provider's configuration.
        found: the last answer of each data source.
    """
    if cloud not in CLOUDS:
        return {}
    module = importlib.import_module(f"generator.rehearsal.data_sources.{cloud}")
    answers: Answers = module.ANSWERS
    known = answers[kind](config, provider) if kind in answers else {}
    if kind in INSIDE:
        attribute, outer, name = INSIDE[kind]
        known |= {attribute: found[outer][name]} if outer in found else {}
    for expected in _expected(cloud, kind, config, provider):
        known |= expected
    return known


def _expected(cloud: str, kind: str, config: Config, provider: Config) -> Iterator[Config]:
    """What the rehearsed root takes for granted of this thing."""
    carried = provider.get(CARRIERS.get(cloud, ""))
    for text in carried if isinstance(carried, list) else [carried]:
        ours = isinstance(text, str) and text.startswith("[[")
        for sort, arguments, attributes in json.loads(str(text)) if ours else []:
            if sort == kind and all(config.get(name) == arguments[name] for name in arguments):
                yield attributes
