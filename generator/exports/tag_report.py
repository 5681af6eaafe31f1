"""The tags of a root, each with its value and where it was written: JSON, CSV, Markdown."""

from __future__ import annotations

import json
from typing import Any

from generator.exports.job_root import JobRoot
from generator.render.markdown import code, prose
from generator.report.located import Lines
from generator.text.spreadsheet import line

_OURS = "dativo"
_COLUMNS = ("tenant", "environment", "job", "key", "value", "name", "layer", "source", "overrides")


def rows(job_root: JobRoot) -> list[dict[str, Any]]:
    """One row for each tag, in the order of keys.

    Returns:
        key and value as they are on the cloud; name, the canonical one, or the key as written for
        a tag of the user's own; layer, the one that won; source, ``file:line`` of the value, or
        "dativo" for what stands in no file; overrides, the values that lost, weakest first, each
        with its layer and source.
    """
    lines = Lines(job_root.project.folder)
    found = []
    for key, tag in job_root.tags.merged.items():
        lost = [
            {"value": o.value, "layer": o.layer, "source": lines.of(o.location) or _OURS}
            for o in job_root.tags.overridden.get(key, ())
        ]
        own = {"key": key, "value": tag.value, "name": tag.concept, "layer": tag.layer}
        found.append({**own, "source": lines.of(tag.location) or _OURS, "overrides": lost})
    return found


def render(job_root: JobRoot, format: str) -> str:
    """The report as "json", "csv" or "markdown"."""
    writers = {"json": _json, "csv": _csv, "markdown": _markdown}
    return writers[format](job_root)


def report(job_root: JobRoot) -> dict[str, Any]:
    """The report as data.

    Returns:
        job_name, tenant, environment, provider, runtime_type; tags (key to value), tag_sources
        (key to origin), tag_count; and details, a list with everything there is to say of each.
    """
    found = rows(job_root)
    job = job_root.loaded.job
    return {
        "job_name": job.name,
        "tenant": job.tenant_id,
        "environment": job.environment,
        "provider": job.infrastructure.provider,
        "runtime_type": job.infrastructure.runtime.type,
        "tags": {row["key"]: row["value"] for row in found},
        "tag_sources": {row["key"]: f"{row['layer']}: {row['source']}" for row in found},
        "tag_count": len(found),
        "details": found,
    }


def _json(job_root: JobRoot) -> str:
    return json.dumps(report(job_root), indent=2, ensure_ascii=False) + "\n"


def _csv(job_root: JobRoot) -> str:
    job = job_root.loaded.job
    lines = [line(_COLUMNS)]
    for row in rows(job_root):
        own = (job.tenant_id, job.environment, job.name)
        lost = "; ".join(f"{o['value']} ({o['source']})" for o in row["overrides"])
        lines.append(line([*own, *list(row.values())[:-1], lost]))
    return "".join(lines)


def _markdown(job_root: JobRoot) -> str:
    job = job_root.loaded.job
    root = f"Tenant {prose(job.tenant_id)}, environment {prose(job.environment)}"
    head = [
        f"# Tags of {prose(job.name)}",
        "",
        f"{root}, from {code(job_root.loaded.file)}.",
        "",
        "| tag | value | layer | from | overrides |",
        "|---|---|---|---|---|",
    ]
    body = [
        f"| {code(row['key'])} | {code(row['value'])} | {row['layer']} | {code(row['source'])} | "
        + "; ".join(f"{code(o['value'])} ({code(o['source'])})" for o in row["overrides"])
        + " |"
        for row in rows(job_root)
    ]
    return "\n".join([*head, *body, ""]).replace(" |  |\n", " | |\n")
