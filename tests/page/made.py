"""Reports of any number of roots, drawn by a seed, as ``dativo report --format json`` has them."""

from __future__ import annotations

import random
from typing import Any

Row = dict[str, Any]
Report = dict[str, Any]

_CLOUDS = {
    "aws": ("us-east-1", ("ecs_fargate", "lambda", "batch"), "111122223333"),
    "gcp": ("europe-west1", ("cloud_run_job", "cloud_function"), "acme-data"),
    "azure": ("westeurope", ("container_apps_job",), "0f3e2c1d-0000-4000-8000-000000000001"),
}
_SOURCES = ("stripe", "hubspot", "postgres", "shopify", "zendesk", "ga4", "salesforce", "kafka")
_OBJECTS = ("customers", "orders", "invoices", "events", "tickets", "sessions", "contacts")
_TENANTS = ("acme", "globex", "initech", "umbrella", "shared")
_TEAMS = ("data-engineering", "growth", "finance-data", "platform", "support-analytics")
_CLASSES: tuple[list[str], ...] = ([], ["PII"], ["PII", "FINANCIAL"], ["INTERNAL"], ["PUBLIC"])
# Most people choose the top of the night.
_HOURS = (2, 2, 2, 2, 0, 1, 3, 4, 6, 12, 18)


def report(roots: int, seed: int = 1) -> Report:
    """Rows and gaps of so many roots; the same for the same seed."""
    drawn = random.Random(seed)  # noqa: S311
    rows = [_row(drawn, number) for number in range(roots)]
    rows.sort(key=lambda row: str(row["address"]))
    return {
        "format": 1,
        "rows": rows,
        "pivots": {},
        "gaps": [gap for row in rows for gap in _gaps(row)],
    }


def _row(drawn: random.Random, number: int) -> Row:
    tenant, team = drawn.choice(_TENANTS), drawn.choice(_TEAMS)
    cloud = drawn.choices([*_CLOUDS], (5, 3, 2))[0]
    region, runtimes, account = _CLOUDS[cloud]
    environment = ("dev", "prod", "staging")[number % 3]
    source, of = drawn.choice(_SOURCES), drawn.choice(_OBJECTS)
    job = f"{source}-{of}-{number // 3:04d}"
    file = f"jobs/{tenant}/{job}.yaml"
    classes = drawn.choice(_CLASSES)
    runs, timeout = drawn.choice((30.4375, 4.348125, 730.5)), drawn.choice((900, 3600, 7200))
    cpu, memory = drawn.choice(((0.5, 1), (1, 2), (2, 4), (4, 16)))
    hour, weekday = drawn.choice(_HOURS), drawn.choice((None, None, None, 0, 6))
    hours = runs * timeout / 3600
    row: Row = {
        "address": f"{tenant}/{job}/{environment}",
        "tenant": tenant,
        "job": job,
        "environment": environment,
        "cloud": cloud,
        "account": account,
        "region": region,
        "runtime": drawn.choice(runtimes),
        "cpu": cpu,
        "memory_gib": memory,
        "copies": 1,
        "started_by": "schedule",
        "schedule": f"0 {hour} * * {'*' if weekday is None else (weekday + 1) % 7}",
        "timezone": (zone := drawn.choice(("UTC", "UTC", "Europe/Berlin"))),
        "runs_a_month": runs,
        "starts": [[weekday, hour, 1]],
        "starts_utc": _utc(zone, weekday, hour),
        "timeout_seconds": timeout,
        "vcpu_hours_a_month": round(hours * cpu, 2),
        "gib_hours_a_month": round(hours * memory, 2),
        "cost_center": drawn.choice(("FIN-001", "FIN-002", "MKT-010", "fin-001", None)),
        "owner": drawn.choice((f"{team}@{tenant}.example", f"{team}@{tenant}.example", None)),
        "team": team,
        "business_unit": drawn.choice(("data-platform", "commerce")),
        "classes": classes,
        "regulations": ["GDPR"] if "PII" in classes else [],
        "retention_days": drawn.choice((30, 365, 730, None)),
        "key": drawn.choice(
            (None, f"arn:aws:kms:{region}:{account}:key/{drawn.getrandbits(32):08x}")
        ),
        "private_network": drawn.choice((True, False, None)),
        "secrets": [f"{tenant}/{source}/api-key"],
        "alerts": drawn.choice(([], [f"#{team}"])),
        "image": f"registry.example/{team}/{source}:{drawn.choice(('1.4.2', 'latest'))}",
        "image_tag": "1.4.2",
        "resources": (made := drawn.randint(6, 24)),
        "taggable": made - 3,
        "not_taggable": 3,
        "state": f"s3://{tenant}-terraform-state/dativo/{tenant}/{environment}/{job}/terraform.tfstate",
        "asset": f"{source}_{of}",
        "module": f"modules/{cloud}",
        "where": {"job": file, "cost_center": f"{file}:11", "owner": f"assets/{source}.yaml:4"},
    }
    row["tags"] = _tags(row, file)
    return row


def _utc(zone: str, weekday: int | None, hour: int) -> Row:
    """In Berlin it is an hour later in January, and two in July."""
    found = {}
    for month, ahead in (("january", 1), ("july", 2)):
        days, at = divmod(hour - (0 if zone == "UTC" else ahead), 24)
        found[month] = [[None if weekday is None else (weekday + days) % 7, at, 1]]
    return found


def _tags(row: Row, file: str) -> list[Row]:
    def tag(key: str, value: Any, layer: str, where: str, *overrode: Row) -> Row:
        return {"key": key, "value": value, "layer": layer, "where": where, "overrode": [*overrode]}

    asset = f"assets/{row['asset']}.yaml"
    before = {"value": "billing", "layer": "asset", "where": f"{asset}:23"}
    shared = [(f"Tag{at:02d}", f"value {at}") for at in range(20)]
    return [
        tag("CostCenter", row["cost_center"] or "FIN-000", "job", f"{file}:11"),
        tag("DataClassification", "+".join(row["classes"]) or "none", "asset", f"{asset}:18"),
        tag("Environment", row["environment"], "identity", f"{file}:3"),
        tag("JobName", row["job"], "identity", f"{file}:2"),
        tag("ManagedBy", "dativo", "derived", "dativo"),
        tag("Project", "data-platform", "job", f"{file}:20", before),
        tag("TenantId", row["tenant"], "identity", f"{file}:2"),
        *(tag(key, value, "defaults", "dativo.yaml:15") for key, value in shared),
    ]


def _gaps(row: Row) -> list[Row]:
    def gap(severity: str, rule: str, message: str, line: int = 1) -> Row:
        return {
            "severity": severity,
            "rule": rule,
            "message": message,
            "address": row["address"],
            "file": row["where"]["job"],
            "line": line,
        }

    found = []
    if row["owner"] is None:
        found.append(gap("error", "no-owner", "nobody owns it"))
    if "PII" in row["classes"] and row["key"] is None:
        found.append(gap("error", "pii-without-key", "PII without a key of its own", 20))
    if row["environment"] == "prod" and not row["alerts"]:
        found.append(
            gap("warning", "prod-without-alerts", "prod, and nobody is told when it fails", 30)
        )
    if str(row["image"]).endswith(":latest"):
        found.append(gap("note", "latest", "the image is whatever `latest` is on the day", 40))
    return found
