"""The longest and oddest names that a job may have, on every runtime."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.model.fields import LONGEST
from generator.plan.runtimes.table import RUNTIMES
from tests.deep import sampled
from tests.plan.promises import JOBS, job, merged
from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

TENANT = "Acme_Very-Long_Tenant-Name-That-Is__Fort"
NAME = "9An_Awkward-Job__Name_With-Capitals_and_underscores_that-goes-on-to-80-character"
# As the first but for one sign, so that names made of letters and digits alone would be one.
TWINS = (("Prod_EU-", NAME), ("Prod-EU_", NAME), ("Prod_EU-", NAME[:-1] + "_"))
# One row a module: what is named does not differ by cloud.
ROWS = sorted({RUNTIMES[key].module: key for key in JOBS}.values())


def test_the_names_are_as_long_as_they_may_be() -> None:
    """One more character would be refused."""
    assert (len(TENANT), len(NAME)) == (LONGEST["tenant"], LONGEST["job"])


@pytest.mark.parametrize(
    ("cloud", "kind"),
    sampled(
        {"-".join(row): row for row in ROWS},
        *("aws-lambda", "azure-container_apps_job", "azure-kubernetes", "gcp-cloud_run_job"),
    ),
)
def test_awkward_names_become_valid_and_distinct(
    cloud: str, kind: str, tmp_path: Path, command: Command
) -> None:
    """The stand-ins refuse what the API refuses, at plan; two jobs never share a name."""
    backend = {"type": "local", "path": "terraform.tfstate"}
    local = {"terraform": {"backend": backend, "verify_existing": False}}
    project = tmp_path / "project"
    for index, (environment, name) in enumerate(TWINS):
        file = project / "jobs" / f"{index}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = {"tenant_id": TENANT, "environment": environment, "name": name}
        text["infrastructure"] = merged(job(cloud, kind), local)  # type: ignore[assignment]
        file.write_text(json.dumps(text), encoding="utf-8")
    (project / "dativo.yaml").write_text("{}\n", encoding="utf-8")
    kept_out = shutil.ignore_patterns("tests", "examples", ".terraform*", "*.tfstate*")
    shutil.copytree(REPOSITORY / "modules", project / "modules", ignore=kept_out)
    assert main(["generate", "--project", os.fspath(project)]) == 0
    names = set()
    for environment, name in TWINS:
        root = project / "generated" / TENANT / name / environment
        command(root, "init", "-input=false")
        command(root, "plan", "-input=false", "-out=planned")
        planned = command(root, "show", "-json", "planned").data()["planned_values"]
        (called,) = planned["root_module"]["child_modules"]
        names.add(tuple(sorted(filter(None, map(_name, called["resources"])))))
    assert len(names) == len(TWINS)


def _name(resource: dict[str, Any]) -> str:
    """What a resource is called in the cloud, so far as its plan says."""
    values = resource.get("values", {})
    (metadata,) = values.get("metadata") or [{}]
    name = values.get("name") or values.get("account_id") or metadata.get("name")
    return f"{resource['type']} {name}" if name else ""
