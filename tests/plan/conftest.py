"""A repository with one job, and what planning its root says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.errors import InputError, Problem, Problems
from generator.files.shipped import folder
from generator.job.load import load
from generator.job.project import open_project
from generator.modules.catalogue import Catalogue
from generator.pipeline import decide
from generator.plan.root_plan import RootPlan
from generator.yaml.positions import Positions

JOB = "jobs/acme/etl.yaml"
HEAD = "tenant_id: acme\nenvironment: prod\n"
SUBSCRIPTION = "00000000-0000-4000-8000-0000000000a1"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers"
# The least that each cloud's runtime takes; `{runtime}` and `{block}` are where tests add.
CLOUDS = {
    "aws": """\
infrastructure:
  provider: aws
  region: us-east-1
  network: {vpc_id: vpc-1, subnet_ids: [subnet-1]%network%}
  runtime:
    type: ecs_fargate
    image: registry/etl:1
""",
    "gcp": """\
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  runtime:
    type: cloud_run_job
    image: registry/etl:1
""",
    "azure": f"""\
infrastructure:
  provider: azure
  region: westeurope
  account: {{subscription_id: {SUBSCRIPTION}, resource_group: rg}}
  runtime:
    type: container_apps_job
    image: registry/etl:1
""",
}


def job(
    cloud: str = "aws", runtime: str = "", block: str = "", head: str = "", network: str = ""
) -> str:
    """A job file: ``runtime`` lines first at line 10, ``block`` lines after them.

    Args:
        cloud: aws, gcp or azure.
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        network: further keys of the network on AWS.
    """
    text = HEAD + head + CLOUDS[cloud].replace("%network%", f", {network}" if network else "")
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())


@dataclass(frozen=True)
class Plans:
    """A folder with files of the user's, and the plans of its job.

    Modules are read once: a test that changes one writes it before it asks for a plan.
    """

    folder: Path
    catalogue: Catalogue = field(default_factory=lambda: Catalogue(None))

    def write(self, file: str, text: str) -> None:
        """Write one file, with its folders."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def decided(self, text: str, settings: str = "") -> tuple[list[RootPlan], list[Problem]]:
        """Plans and problems of the job file."""
        self.write(JOB, text)
        if settings:
            self.write("dativo.yaml", settings)
        modules = self.folder / "modules"
        if not modules.exists():
            self._copy_modules()
        project = open_project(str(self.folder))
        problems = Problems()
        try:
            jobs, warnings = load(project, JOB)
        except InputError as error:
            return [], list(error.problems)
        problems += warnings
        found = [decide(project, loaded, self.catalogue, problems)[1] for loaded in jobs]
        return [plan for plan in found if plan is not None], problems

    def _copy_modules(self) -> None:
        import shutil

        shipped = Path(folder("modules"))
        for file in shipped.glob("*/*.tf"):
            target = self.folder / "modules" / file.parent.name
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)

    def plan(self, text: str, settings: str = "") -> RootPlan:
        """The plan of the one root of a job without faults."""
        plans, problems = self.decided(text, settings)
        assert [p.message for p in problems if p.severity == "error"] == []
        (plan,) = plans
        return plan

    def inputs(self, text: str, settings: str = "") -> dict[str, Any]:
        """The arguments of the module call."""
        plan = self.plan(text, settings)
        return {argument.name: argument.value for argument in plan.module.arguments}

    def problems(self, text: str, settings: str = "") -> list[Problem]:
        """The errors of a job."""
        _, problems = self.decided(text, settings)
        return [problem for problem in problems if problem.severity == "error"]

    def told(self, text: str, settings: str = "") -> list[str]:
        """The errors as ``line:column: code: message``; the file's name where it is no job."""
        return [self.line_of(problem) for problem in self.problems(text, settings)]

    def line_of(self, problem: Problem) -> str:
        """One problem with its position."""
        location = problem.location
        assert location is not None
        line, column = location.line, location.column
        if line is None:
            text = (self.folder / location.file).read_text("utf-8")
            line, column = Positions(text).find(location.path, location.on_key)
        file = "" if location.file == JOB else f"{location.file}:"
        return f"{file}{line}:{column}: {problem.code}: {problem.message}"


@pytest.fixture
def plans(tmp_path: Path) -> Plans:
    """A repository of its own."""
    return Plans(tmp_path)
