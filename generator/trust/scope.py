"""The patterns that count for a job: those of its tenant and environment before those for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.files.names import SETTINGS_FILE
from generator.model.trust import Trust, Trusted
from generator.plan.module_address import spelt
from generator.text.globs import matches
from generator.trust.spelling import HOSTS, spelling

KINDS = (
    *("modules", "backends", "endpoints", "clusters", "databricks", "commands"),
    *("identities", "secrets", "files"),
)
_SHOWN = 4


class Rule(NamedTuple):
    """One list of patterns.

    Attributes:
        setting: where it stands in dativo.yaml, dotted.
        patterns: with the names of the job in them.
        kind: what they are patterns of.
    """

    setting: str
    patterns: tuple[str, ...]
    kind: str

    def allows(self, text: str) -> bool:
        """Whether a pattern stands for the text; none does for one whose meaning is not clear."""
        spelt = spelling(self.kind, text)
        return spelt is not None and any(matches(pattern, spelt) for pattern in self.patterns)

    @property
    def hint(self) -> str:
        """Who decides, and what they allow."""
        shown = ", ".join(self.patterns[:_SHOWN]) or "nothing"
        more = len(self.patterns) - _SHOWN
        shown += f" and {more} more" if more > 0 else ""
        return f"it allows {shown}; whoever answers for {SETTINGS_FILE} can add to that"


class Rules(NamedTuple):
    """What counts for the jobs of a tenant in an environment.

    Attributes:
        of: kind to its list; a kind without one is not restricted.
        pins: how a module must be pinned; None where nobody says so.
        pins_setting: where that stands.
        files: the list of job files that may name the tenant, if there is one.
    """

    of: Mapping[str, Rule]
    pins: str | None
    pins_setting: str
    files: Rule | None


_NO_RULES = Rules(MappingProxyType({}), None, "", None)


def rules_for(trust: Trust, tenant: str, environment: str, job: str) -> Rules:
    """The lists that count for a job, kind by kind the most special one.

    Args:
        trust: the block of dativo.yaml.
        tenant: the job's, which patterns may hold; the other names as well.
        environment: likewise.
        job: its name.
    """
    if not trust.model_fields_set:
        return _NO_RULES
    names = {"TENANT_ID": tenant, "ENVIRONMENT": environment, "JOB_NAME": job}
    levels = list(_levels(trust, tenant, environment))
    found: dict[str, Rule] = {}
    for kind in KINDS:
        where, patterns = _strongest(levels, kind)
        if patterns is not None:
            found[kind] = Rule(where, _spelt(kind, _named(patterns, names)), kind)
    where, pins = _strongest(levels, "pins")
    if pins is None and "modules" in found:
        pins, where = "version", found["modules"].setting
    own = trust.tenants.get(tenant)
    files = None
    if own is not None and own.jobs is not None:
        files = Rule(f"trust.tenants.{tenant}.jobs", _named(own.jobs, names), "jobs")
    return Rules(found, pins, where, files)


def _levels(trust: Trust, tenant: str, environment: str) -> list[tuple[str, Trusted]]:
    """Strongest first, each with its place."""
    found: list[tuple[str, Trusted]] = []
    own = trust.tenants.get(tenant)
    if own is not None:
        at = f"trust.tenants.{tenant}"
        if environment in own.environments:
            found.append((f"{at}.environments.{environment}", own.environments[environment]))
        found.append((at, own))
    if environment in trust.environments:
        found.append((f"trust.environments.{environment}", trust.environments[environment]))
    return [*found, ("trust", trust)]


def _strongest(levels: Sequence[tuple[str, Trusted]], name: str) -> tuple[str, Any]:
    """The place and the value of what the strongest level says; None where no level does."""
    for setting, level in levels:
        if (value := getattr(level, name)) is not None:
            return f"{setting}.{name}", value
    return "", None


def _spelt(kind: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns in the spelling that values are brought into."""
    if kind in HOSTS:
        return tuple(map(str.lower, patterns))
    return tuple(map(spelt, patterns)) if kind == "modules" else patterns


def _named(patterns: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for pattern in patterns:
        filled = pattern
        for name, value in names.items():
            filled = filled.replace(f"${{{name}}}", value)
        found.append(filled)
    return tuple(found)
