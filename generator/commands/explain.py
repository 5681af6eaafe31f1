"""``dativo explain``: where every tag, input and name of a job comes from."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from generator.commands.common import has_errors, print_problems, project_folder

if TYPE_CHECKING:
    from generator.job.loaded import LoadedJob
    from generator.plan.root_plan import RootPlan
    from generator.project import Project
    from generator.tags.tag_set import Tag, TagSet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("job", metavar="JOB", help="a job file")
    parser.add_argument("--environment", metavar="NAME", help="only this environment")
    parser.add_argument("--tenant", metavar="NAME", help="only this tenant")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="for people or for machines (default: text)",
    )


def run(options: argparse.Namespace) -> int:
    """Explain each root of one job file."""
    from generator.cache import open_catalogue
    from generator.job.load import load
    from generator.job_files import chosen_jobs
    from generator.pipeline import decide
    from generator.project import open_project

    project = open_project(project_folder(options.project))
    catalogue = open_catalogue(project)
    roots = []
    problems: list[Any] = []
    for file in chosen_jobs(project, [options.job]):
        jobs, warnings = load(project, file)
        problems += warnings
        for loaded in jobs:
            if options.environment in (None, loaded.job.environment) and options.tenant in (
                None,
                loaded.job.tenant_id,
            ):
                tags, plan = decide(project, loaded, catalogue, problems)
                if tags is not None:
                    roots.append(explained(project, loaded, tags, plan))
    if options.format == "json":
        print(json.dumps({"version": 1, "roots": roots}, indent=2, ensure_ascii=False))
    else:
        sys.stdout.write("\n".join(as_text(root) for root in roots))
    print_problems(problems, argparse.Namespace(project=options.project, format="text"))
    if not roots and not has_errors(problems):
        print(f"dativo: {options.job} has no root to explain", file=sys.stderr)
        return 1
    return 1 if has_errors(problems) else 0


def explained(
    project: Project, loaded: LoadedJob, tags: TagSet, plan: RootPlan | None
) -> dict[str, Any]:
    """Everything about one root as plain data, with file and line of every origin."""
    from generator.report.located import Lines

    lines = Lines(project.folder)
    job = loaded.job
    root: dict[str, Any] = {
        "job": loaded.file,
        "tenant": job.tenant_id,
        "name": job.name,
        "environment": job.environment,
        "cloud": tags.cloud,
        "tags": [_tag(key, tag, tags, lines.of) for key, tag in tags.merged.items()],
    }
    if plan is not None:
        root |= {
            "root": f"{project.settings.output}/{plan.folder}",
            "state": plan.backend.address,
            "module": plan.module.source,
            "inputs": [
                {"name": a.name, "value": _plain(a.value), "from": lines.of(a.place) or a.source}
                for a in plan.module.arguments
            ],
            "variables": [{"name": v.name, "type": v.type} for v in plan.variables],
            "outputs": [output.name for output in plan.outputs],
        }
    return root


def _tag(key: str, tag: Tag, tags: TagSet, line_of: Any) -> dict[str, Any]:
    lost = [
        {"value": other.value, "layer": other.layer, "from": line_of(other.place) or "dativo"}
        for other in tags.overridden.get(key, ())
    ]
    return {
        "key": key,
        "value": tag.value,
        "concept": tag.concept,
        "written": list(tag.values) if len(tag.values) != 1 else tag.values[0],
        "layer": tag.layer,
        "from": line_of(tag.place) or "dativo",
        "overrides": lost,
    }


def _plain(value: Any) -> Any:
    """A value for people: references and templates as Terraform shows them."""
    from generator.plan.expression import Reference, Template

    if isinstance(value, Reference):
        return value.text
    if isinstance(value, Template):
        return "".join(p if isinstance(p, str) else "${" + p.text + "}" for p in value.parts)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def as_text(root: dict[str, Any]) -> str:
    """One root for people."""
    from generator.report.printable import printable

    head = [
        f"{root['job']}  tenant {root['tenant']}, job {root['name']}, environment {root['environment']}"
    ]
    for label in ("root", "state", "module"):
        if label in root:
            head.append(f"  {label:<8}{root[label]}")
    tag_rows = [("KEY", "VALUE", "LAYER", "FROM", "OVERRIDES")]
    for tag in root["tags"]:
        lost = "; ".join(f"{o['value']} ({o['from']})" for o in tag["overrides"])
        tag_rows.append((tag["key"], tag["value"], tag["layer"], tag["from"], lost))
    parts = [*head, "", f"Tags on {root['cloud']} ({len(root['tags'])})", *_table(tag_rows)]
    if "inputs" in root:
        rows = [("INPUT", "VALUE", "FROM")]
        rows += [
            (i["name"], json.dumps(i["value"], ensure_ascii=False), i["from"])
            for i in root["inputs"]
        ]
        parts += ["", "Inputs of the module", *_table(rows)]
        if root["variables"]:
            rows = [("VARIABLE", "TYPE", "SET WITH")]
            rows += [(v["name"], v["type"], f"TF_VAR_{v['name']}") for v in root["variables"]]
            parts += ["", "Variables to set at apply", *_table(rows)]
        parts += ["", "Outputs: " + ", ".join(root["outputs"])]
    return "\n".join(printable(line) for line in parts) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    from generator.report.printable import width

    widths = [max(min(width(row[i]), 48) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell + " " * max(size - width(cell), 0) for cell, size in zip(row, widths, strict=True)
        ]
        yield ("  " + "  ".join(cells)).rstrip()
