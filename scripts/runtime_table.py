"""Write the table of runtimes and what they honour into docs/runtimes.md, between its markers.

python scripts/runtime_table.py           writes
python scripts/runtime_table.py --check   exit code 1 when the page is stale; writes nothing
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from generator.modules.catalogue import shipped_interfaces
from generator.plan.runtimes.runtime import Runtime, honoured
from generator.plan.runtimes.table import RUNTIMES

PAGE = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "runtimes.md"
)
BEGIN, END = "<!-- BEGIN_RUNTIMES -->\n", "<!-- END_RUNTIMES -->"
CLOUDS = {"aws": "AWS", "gcp": "Google Cloud", "azure": "Azure"}
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


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    with open(PAGE, encoding="utf-8", newline="") as stream:
        old = stream.read()
    head, begin, rest = old.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        print(f"{PAGE}: the markers of the table are missing", file=sys.stderr)
        return 1
    new = f"{head}{BEGIN}" + "".join(f"{line}\n" for line in table()) + f"{END}{tail}"
    if new == old:
        return 0
    if "--check" in arguments:
        print(f"{PAGE} is stale, run: python scripts/runtime_table.py", file=sys.stderr)
        return 1
    with open(PAGE, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(new)
    return 0


def table() -> Iterator[str]:
    """One row a runtime that has a module; the same runtime on several clouds is one row."""
    rows: dict[str, list[Runtime]] = {}
    for row in RUNTIMES.values():
        if row.module:
            rows.setdefault(row.type, []).append(row)
    heads = ["`runtime.type`", "cloud", "schedule", *FEATURES, "tags on", "orchestrators"]
    yield from ("", f"| {' | '.join(heads)} |", "|" + "---|" * len(heads))
    for kind, same in sorted(rows.items()):
        row = same[0]
        cells = [
            f"[`{kind}`](../modules/{row.module})",
            ", ".join(CLOUDS[one.cloud] for one in same),
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


def cell(same: list[Runtime], fields: tuple[str, ...]) -> str:
    """Whether any of the fields has an effect, and where not on every cloud, on which."""
    clouds = [
        CLOUDS[row.cloud] for row in same if any(honoured(row.honours, field) for field in fields)
    ]
    return (NO if not clouds else "yes") if len(clouds) in (0, len(same)) else ", ".join(clouds)


def tags(row: Runtime) -> str:
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
