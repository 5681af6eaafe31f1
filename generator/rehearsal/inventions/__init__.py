"""What the make-believe clouds answer for computed strings: ARNs, ids, addresses.

Only what the real provider computes is invented; what it takes as an argument stays as given.
"""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass, replace
from typing import Any

NAMES = (
    *("name", "bucket", "family", "function_name", "account_id", "alarm_name", "secret_id"),
    *("bucket_id", "dataset_id", "topic", "service_name", "repository_id"),
)
PREFIXES = ("name_prefix", "bucket_prefix")
TIME = "2026-01-01T00:00:00Z"
# Computed numbers that cannot be 1.
NUMBERS = {"disk_size_gb": 100}
CLOUDS = ("aws", "azurerm", "databricks", "google", "kubernetes")


@dataclass(frozen=True, slots=True)
class Invention:
    """What is known where a value has to be invented.

    Attributes:
        kind: the resource type.
        seed: stands for the resource's configuration, and the block within it.
        root: the planned resource, unknown values included.
        config: the provider's configuration.
        nested: the value lies in a nested block.
    """

    kind: str
    seed: str
    root: dict[str, Any]
    config: dict[str, Any]
    nested: bool = False

    def within(self, step: str) -> Invention:
        """The same, one block deeper."""
        return replace(self, seed=f"{self.seed}/{step}", nested=True)

    def digest(self, *parts: str, length: int = 17) -> str:
        """``length`` hex digits that depend on the resource and on ``parts``."""
        source = "/".join((self.kind, self.seed, *parts))
        return hashlib.sha256(source.encode()).hexdigest()[:length]

    def uuid(self, *parts: str) -> str:
        """A version 4 UUID that depends on the resource and on ``parts``."""
        return f"00000000-0000-4000-8000-{self.digest(*parts, length=12)}"

    def get(self, *names: str, default: str = "") -> str:
        """The first of the resource's attributes that is a known string and not empty."""
        for name in names:
            value = self.root.get(name)
            if isinstance(value, str) and value:
                return value
        return default

    def setting(self, name: str, default: str) -> str:
        """A known string of the resource or of its provider, else ``default``."""
        configured = self.config.get(name)
        usable = isinstance(configured, str) and configured
        return self.get(name) or (str(configured) if usable else default)

    def own_name(self) -> str:
        """How the resource is called: its name, or one after its prefix."""
        name = self.get(*NAMES)
        if name:
            return name
        metadata = self.root.get("metadata")
        for block in metadata if isinstance(metadata, list) else []:
            if isinstance(block, dict) and isinstance(block.get("name"), str):
                return str(block["name"])
        return self.get(*PREFIXES) + self.digest("name", length=16)


def answered(cloud: str, kind: str) -> frozenset[str]:
    """Computed lists of objects, and blocks left out, in which the API always answers one."""
    if cloud not in CLOUDS:
        return frozenset()
    module = importlib.import_module(f"generator.rehearsal.inventions.{cloud}")
    table: dict[str, frozenset[str]] = getattr(module, "ANSWERED", {})
    return table.get(kind, frozenset())


def invent(cloud: str, name: str, about: Invention) -> str:
    """A plausible value of the computed string ``name``; the same for the same input."""
    value = ""
    if cloud in CLOUDS:
        module = importlib.import_module(f"generator.rehearsal.inventions.{cloud}")
        value = module.invent(name, about)
    if value:
        return value
    if name.endswith(("_time", "_date", "created_at", "creation_timestamp")):
        return TIME
    if name == "id":
        return about.own_name()
    kind = about.kind.split("_", 1)[-1].replace("_", "-")
    return f"mock-{kind}-{name}-{about.digest(name, length=8)}"
