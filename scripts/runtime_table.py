"""Write the runtimes into README.md and what they honour into docs/runtimes.md, between markers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.runtime_types import RUNTIME_TYPES
from generator.modules.catalogue import shipped_interfaces
from generator.plan.runtimes.runtime import RuntimeSpec, honoured
from generator.plan.runtimes.table import RUNTIMES
from generator.tags.rules import TAG_RULES
from scripts.pages import Files, between_markers

PAGE, README = "docs/runtimes.md", "README.md"
# Feature to the fields below `infrastructure` that give it.
FEATURES = {
    "size": ("runtime.cpu", "runtime.memory", "runtime.nodes"),
    "scaling": ("runtime.scaling", "runtime.nodes.autoscaling"),
    "secrets": ("runtime.secrets", "runtime.readable_secrets"),
    "storage": ("storage.data_bucket", "storage.prefix", "storage.state_bucket"),
    "access": ("access",),
    "network": ("network.subnet_ids", "network.private", "network.egress_cidr_blocks"),
    "encryption": ("storage.kms_key_id", "monitoring.kms_key_id"),
    "logs": ("monitoring.log_retention_days", "monitoring.log_group"),
    "alerts": ("monitoring.alerts.channels",),
}
NO = "–"


def files() -> Files:
    """The pages with their tables."""
    yield PAGE, between_markers(PAGE, {"RUNTIMES": table()})
    yield README, between_markers(README, {"RUNTIMES": names()})


def names() -> Iterator[str]:
    """Each runtime with its cloud and module; those without a shipped module share a row."""
    yield from ("", "| runtime | cloud | module |", "|---|---|---|")
    for row in RUNTIME_TYPES.values():
        if row.module:
            cloud = TAG_RULES[row.clouds[0]].title if len(row.clouds) == 1 else "any"
            link = f"[{row.module}](modules/{row.module}/README.md)"
            yield f"| `{row.type}` | {cloud} | {link} |"
    own = ", ".join(f"`{row.type}`" for row in RUNTIME_TYPES.values() if not row.module)
    yield from (f"| {own} | any | one of yours |", "")


def table() -> Iterator[str]:
    """One row a runtime that has a module; the same runtime on several clouds is one row."""
    rows: dict[str, list[RuntimeSpec]] = {}
    for row in RUNTIMES.values():
        if row.module:
            rows.setdefault(row.type, []).append(row)
    heads = ["`runtime.type`", "cloud", "schedule", *FEATURES, "tags on", "orchestrators"]
    yield from ("", f"| {' | '.join(heads)} |", "|" + "---|" * len(heads))
    for kind, same in sorted(rows.items()):
        row = same[0]
        cells = [
            f"[`{kind}`](../modules/{row.module})",
            ", ".join(TAG_RULES[one.cloud].title for one in same),
            "yes" if "schedule" in inputs_of(row.module) else NO,
            *(cell(same, fields) for fields in FEATURES.values()),
            tags(row),
            ", ".join(sorted(row.launchers)) or NO,
        ]
        yield f"| {' | '.join(cells)} |"
    yield from ("", "| | fields, where a runtime has them |", "|---|---|")
    for feature, fields in FEATURES.items():
        yield f"| {feature} | {', '.join(f'`{field}`' for field in fields)} |"
    yield ""


def cell(same: list[RuntimeSpec], fields: tuple[str, ...]) -> str:
    """Whether any of the fields has an effect, and where not on every cloud, on which."""
    able = [row for row in same if any(honoured(row.honours, field) for field in fields)]
    clouds = [TAG_RULES[row.cloud].title for row in able]
    return (NO if not clouds else "yes") if len(clouds) in (0, len(same)) else ", ".join(clouds)


def tags(row: RuntimeSpec) -> str:
    """What carries the tags."""
    if row.type == "kubernetes":
        return "labels of every object and pod"
    if row.type == "databricks":
        return "the job and its cluster"
    return "every resource" + (", Kubernetes labels" if row.labels else "")


def inputs_of(module: str) -> frozenset[str]:
    """The inputs of a shipped module."""
    for data in shipped_interfaces().values():
        if data["module"] == module:
            return frozenset(data["variables"])
    raise KeyError(module)
