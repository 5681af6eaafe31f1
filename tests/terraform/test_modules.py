"""The shipped modules: their own tests, and their examples."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hcl2
import pytest

from generator.rehearsal.binary import Terraform
from generator.rehearsal.cloud import ATTRIBUTION
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.rehearse import rehearse_root
from generator.rehearsal.report import RehearsalReport
from generator.rehearsal.scratch import called_folders
from tests.deep import first_of_each, sampled
from tests.terraform.conftest import Command
from tests.terraform.roots import REPOSITORY

pytestmark = pytest.mark.terraform

MODULES = REPOSITORY / "modules"


def _called(path: Path) -> str:
    return os.fspath(path.relative_to(MODULES)).removesuffix(".tftest.hcl")


# The largest first: xdist hands them out in this order, and both workers end together.
TESTS = {
    _called(path): path
    for path in sorted(MODULES.glob("*/tests/*.tftest.hcl"), key=lambda path: -path.stat().st_size)
}
# What a module makes, before all that may be added to it and all that is refused.
MAIN = [name for name in TESTS if name.endswith(("/job", "/function", "/tests/cluster"))]
EXAMPLES = {
    _called(path.parent): path.parent for path in sorted(MODULES.glob("*/examples/*/main.tf"))
}
# The tests of each module stay; of the examples, one on each cloud.
SAMPLE = [
    f"{name}/examples/complete"
    for name in ("aws-lambda", "azure-container-apps-job", "gcp-cloud-run-job")
]


@pytest.mark.parametrize("path", sampled(TESTS, *first_of_each((n, n.split("/")[0]) for n in MAIN)))
def test_a_module_passes_its_own_tests(path: Path, tmp_path: Path, command: Command) -> None:
    """Every run of a .tftest.hcl file passes, and there are runs."""
    kept_out = shutil.ignore_patterns(".terraform*", "examples")
    for folder in called_folders(os.fspath(path.parents[1])):
        shutil.copytree(folder, tmp_path / os.path.basename(folder), ignore=kept_out)
    module = tmp_path / path.parents[1].name
    command(module, "init", "-backend=false", "-input=false")
    ran = command(
        module, "test", "-no-color", f"-filter={path.relative_to(path.parents[1])}", expect=None
    )
    assert ran.code == 0, ran.stdout + ran.stderr
    runs = path.read_text(encoding="utf-8").count('\nrun "')
    assert runs > 0
    assert f"Success! {runs} passed, 0 failed." in ran.stdout


def test_every_module_has_tests_and_two_examples() -> None:
    """A module without tests or without its two examples is not shipped."""
    shipped = {path.parent.name for path in MODULES.glob("*/main.tf")}
    assert len(shipped) >= 3
    assert {path.parents[1].name for path in TESTS.values()} == shipped
    assert EXAMPLES.keys() >= {
        f"{name}/examples/{size}" for name in shipped for size in ("minimal", "complete")
    }


@pytest.mark.parametrize("folder", sampled(EXAMPLES, *SAMPLE))
def test_an_example_is_applied_tagged_and_destroyed(
    folder: Path,
    attached: Mirror,
    terraform_program: Terraform,
) -> None:
    """Providers come from the mirror at the versions that the module asks for; apply, an empty
    second plan and destroy succeed; every resource that can be tagged has just the tags that the
    example gives, in the form of the cloud or of Kubernetes, and hands them on.
    """
    report = rehearse_root(
        os.fspath(folder),
        expected_tags=_literal(folder, "tags"),
        expected_labels=_literal(folder, "kubernetes_labels"),
        mirror=attached,
        terraform=terraform_program,
    )
    assert (report.errors, report.ok) == ((), True)
    assert report.expected_tags
    untaggable = folder.parents[1].name == "azure-billing"  # budgets of Azure take no tags
    assert any(resource.taggable for resource in report.resources) is not untaggable
    check_tags(report)


def check_tags(report: RehearsalReport) -> None:
    """Every resource has the expected tags and no others, also where it hands them on.

    Kubernetes' own labels beside them, and those of the example, have a prefix.
    """
    inside = report.expected_labels or report.expected_tags
    for resource in report.resources:
        assert [nested.path for nested in resource.nested if not nested.complete] == []
        tags = {k: v for k, v in resource.tags.items() if k not in ATTRIBUTION}
        if resource.type.startswith("kubernetes_"):
            assert {k: v for k, v in tags.items() if "/" not in k} == inside, resource.address
        elif resource.taggable:
            assert tags == report.expected_tags, resource.address


def _literal(folder: Path, name: str) -> dict[str, str] | None:
    """The tags that stand in the module call; None where it refers to a local value."""
    options = hcl2.SerializationOptions(strip_string_quotes=True)
    text = (folder / "main.tf").read_text(encoding="utf-8")
    (call,) = hcl2.loads(text, serialization_options=options)["module"][:1]
    tags = call["job"].get(name)
    return None if tags is None or isinstance(tags, str) else dict(tags)
