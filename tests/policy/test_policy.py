"""What a policy scanner says of the modules, their examples, and the committed roots."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts import policy_table
from tests.deep import first_of_each
from tests.terraform.roots import committed_roots

REPOSITORY = Path(__file__).parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"
CHECKOV = REPOSITORY / ".venv-policy" / BIN / "checkov"
# checkov can only guess at what a reason is worth; the list in the docs is what a person reads.
SHORTEST_REASON = 30

pytestmark = [pytest.mark.terraform, pytest.mark.xdist_group("policy")]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="each runtime"),
        pytest.param(True, id="rest", marks=pytest.mark.deep),
    ],
)
def scanned(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What checkov found in a copy of modules/ and generated/, with no network.

    It follows each call of a module, which is what it takes its time for. So one root of each
    runtime is looked into, and apart from those all other roots and the modules' examples.
    """
    if not CHECKOV.exists():
        pytest.fail("checkov is not installed, run: make test")
    folder = tmp_path_factory.mktemp("scan")
    first = first_of_each((root.folder, root.runtime) for root in committed_roots())
    hidden = shutil.ignore_patterns(".*", *(() if request.param else ["examples"]))
    shutil.copytree(REPOSITORY / "modules", folder / "modules", ignore=hidden)
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
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_no_check_fails(scanned: dict[str, Any]) -> None:
    """Every check passes, or is suppressed at the resource with a reason."""
    failed = {
        f"{check['check_id']} {check['check_name']}: {check['resource']} in {check['file_path']}"
        for check in scanned["results"]["failed_checks"]
    }
    assert sorted(failed) == []
    assert scanned["results"].get("parsing_errors", []) == []


def test_everything_was_read(scanned: dict[str, Any]) -> None:
    """The checks looked into every module that makes cloud resources, through the calls of roots
    and examples; a scan that followed no call would have nothing to complain of.
    """
    looked = scanned["results"]["passed_checks"] + scanned["results"]["skipped_checks"]
    called = {check["file_path"] for check in looked if check["resource"].startswith("module.")}
    modules = {path.parent.name for path in (REPOSITORY / "modules").glob("*/main.tf")}
    # There are no checks of Databricks jobs.
    assert {path.split("/")[2] for path in called} == modules - {"databricks-job"}


def test_each_suppression_says_why() -> None:
    """A reason is a sentence, beside the resource that it is about."""
    found = policy_table.suppressions()
    assert found
    assert [one for one in found if len(one.reason) < SHORTEST_REASON or not one.resource] == []
