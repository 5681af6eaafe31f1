"""The text of the pipelines of a project: one function for each CI system."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.ci.actions import pinned
from generator.ci.atlantis import atlantis
from generator.ci.groups import groups_of
from generator.ci.project_shape import Shape, shape_of
from generator.ci.systems import with_header
from generator.ci.work import Work
from generator.errors import UsageError
from generator.files.shipped import folder
from generator.job.project import Project
from generator.model.ci import CiSettings

if TYPE_CHECKING:
    from jinja2 import Environment


def github(ci: CiSettings, shape: Shape, output: str) -> dict[str, str]:
    """The workflows of GitHub Actions."""
    context = _context(ci, shape, output)
    files = {".github/workflows/dativo.yml": _render("github.yml", context)}
    if ci.drift is not None:
        files[".github/workflows/dativo-drift.yml"] = _render("github_drift.yml", context)
    return files


def gitlab(ci: CiSettings, shape: Shape, output: str) -> dict[str, str]:
    """What GitLab's pipelines include, and a file that includes it."""
    context = _context(ci, shape, output)
    return {
        ".gitlab/dativo.yml": _render("gitlab.yml", context),
        ".gitlab-ci.yml": _render("gitlab_entry.yml", context),
    }


def gitlab_roots(ci: CiSettings, works: Sequence[Work]) -> str:
    """The child pipeline of GitLab for some work: a job that does nothing where there is none."""
    providers = sorted({work.logins.get("gcp", {}).get("provider") or "" for work in works})
    address = f"https://iam.googleapis.com/{providers[-1]}" if providers and providers[-1] else ""
    return _render(
        "gitlab_roots.yml",
        {
            "ci": ci,
            "works": works,
            "waves": max((work.wave for work in works), default=1),
            "gcp_audience": address or "https://iam.googleapis.com/",
        },
    )


def azure_devops(ci: CiSettings, shape: Shape, output: str) -> dict[str, str]:
    """The pipelines of Azure DevOps.

    Raises:
        UsageError: there is no root yet, or environments need each other's roots.
    """
    if not shape.roots:
        raise UsageError("a pipeline of Azure DevOps names its environments: first dativo generate")
    context = _context(ci, shape, output) | {"groups": groups_of(ci, shape.roots)}
    files = {".azure-pipelines/dativo.yml": _render("azure.yml", context)}
    if ci.drift is not None:
        files[".azure-pipelines/dativo-drift.yml"] = _render("azure_drift.yml", context)
    return files


System = Callable[[CiSettings, Shape, str], dict[str, str]]
SYSTEMS: dict[str, System] = {
    "github": github,
    "gitlab": gitlab,
    "azure-devops": azure_devops,
}


def pipelines(project: Project, system: str) -> dict[str, str]:
    """The pipelines of a project.

    Args:
        project: the repository.
        system: one of ``systems.FILES``.

    Returns:
        File below the project folder to its text, with the header.

    Raises:
        UsageError: a manifest cannot be read.
    """
    settings = project.settings
    shape = shape_of(project)
    if system == "atlantis":
        files = {"atlantis.yaml": atlantis(settings.ci, shape.roots, project.folder)}
    else:
        files = SYSTEMS[system](settings.ci, shape, settings.output)
    return {path: with_header(system, text) for path, text in files.items()}


def _context(ci: CiSettings, shape: Shape, output: str) -> dict[str, Any]:
    return {
        "ci": ci,
        "clouds": shape.clouds,
        "waves": shape.waves,
        "output": output,
        "uses": pinned(),
    }


def _render(name: str, context: dict[str, Any]) -> str:
    environment = _environment()
    template = environment.get_template(f"{name}.j2")
    system = name.partition("_")[0].partition(".")[0]
    if system in _WITH_STEPS:
        steps = environment.get_template(f"{system}_steps.j2").make_module(context)
        context = {**context, "steps": steps}
    return template.render(context)


# Those whose jobs repeat steps, which are macros.
_WITH_STEPS = ("github", "azure")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Braces are what the CI systems' own expressions are made of.
    environment = Environment(
        loader=FileSystemLoader(folder("templates/ci")),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[=",
        variable_end_string="=]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # A double-quoted scalar of YAML is a string of JSON.
    environment.filters["quoted"] = _quoted
    # What a macro made, without the line ends around it.
    environment.filters["block"] = lambda text: str(text).strip("\n")
    environment.filters["flow"] = lambda values: f"[{', '.join(map(_quoted, values))}]"
    # In the variables of GitLab a dollar sign begins a name, and two are one.
    environment.filters["roots"] = lambda roots: _quoted(json.dumps(roots)).replace("$", "$$")
    return environment


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)
