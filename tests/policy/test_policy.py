"""What a policy scanner says of the modules, their examples, and the committed roots."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scripts import policy_table
from tests.apart import need, program
from tests.deep import first_of_each
from tests.terraform.roots import committed_roots

REPOSITORY = Path(__file__).parents[2]
CHECKOV = program("policy", "checkov")
# checkov can only guess at what a reason is worth; the list in the docs is what a person reads.
SHORTEST_REASON = 30

pytestmark = [pytest.mark.terraform, pytest.mark.xdist_group("policy")]


# checkov follows each call of a module, which is what it takes its time for: `make test` has one
# root on each cloud with its module, and `make deep` everything else.
SAMPLE = ("aws lambda", "azurerm container_apps_job", "google cloud_run_job")
MODULES = {path.parent.name for path in (REPOSITORY / "modules").glob("*/main.tf")}
SAMPLED = {"aws-lambda", "azure-container-apps-job", "gcp-cloud-run-job"}


class Scan(NamedTuple):
    """What checkov found.

    Attributes:
        results: its report.
        modules: those that it had before it.
    """

    results: dict[str, Any]
    modules: set[str]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="a root on each cloud"),
        pytest.param(True, id="rest", marks=pytest.mark.deep),
    ],
)
def scanned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scan:
    """What checkov found in a copy of modules/ and generated/, with no network."""
    need("policy")
    folder = tmp_path_factory.mktemp("scan")
    first = first_of_each(
        (root.folder, root.runtime) for root in committed_roots() if root.runtime in SAMPLE
    )
    modules = MODULES if request.param else SAMPLED
    hidden = shutil.ignore_patterns(".*", *(() if request.param else ["examples"]))
    for name in modules:
        shutil.copytree(REPOSITORY / "modules" / name, folder / "modules" / name, ignore=hidden)
    for root in committed_roots():
        if (root.folder in first) != request.param:
            below = os.path.relpath(root.folder, REPOSITORY)
            shutil.copytree(root.folder, folder / below, ignore=shutil.ignore_patterns(".*"))
    ran = subprocess.run(
        [os.fspath(CHECKOV), "--directory", ".", "--framework", "terraform", "--output", "json"]
        + ["--skip-download", "--compact"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": os.fspath(folder), "LC_ALL": "C.UTF-8"},
    )
    assert ran.stdout.startswith("{"), ran.stdout + ran.stderr
    return Scan(json.loads(ran.stdout)["results"], modules)


def test_no_check_fails(scanned: Scan) -> None:
    """Every check passes, or is suppressed at the resource with a reason."""
    failed = {
        f"{check['check_id']} {check['check_name']}: {check['resource']} in {check['file_path']}"
        for check in scanned.results["failed_checks"]
    }
    assert sorted(failed) == []
    assert scanned.results.get("parsing_errors", []) == []


def test_everything_was_read(scanned: Scan) -> None:
    """The checks looked into every module that makes cloud resources, through the calls of roots
    and examples; a scan that followed no call would have nothing to complain of.
    """
    looked = scanned.results["passed_checks"] + scanned.results["skipped_checks"]
    called = {check["file_path"] for check in looked if check["resource"].startswith("module.")}
    # There are no checks of Databricks jobs, nor of what tells of costs.
    unchecked = {"databricks-job", "aws-billing", "azure-billing", "gcp-billing"}
    assert {path.split("/")[2] for path in called} == scanned.modules - unchecked


def test_each_suppression_says_why() -> None:
    """A reason is a sentence, beside the resource that it is about."""
    found = policy_table.suppressions()
    assert found
    assert [one for one in found if len(one.reason) < SHORTEST_REASON or not one.resource] == []
