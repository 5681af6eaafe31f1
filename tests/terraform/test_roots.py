"""Every committed root, applied by real Terraform through pytest-terraform."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from pytest_terraform import terraform
from pytest_terraform.tf import TerraformTestApi

from generator.cli import main
from generator.rehearsal.cloud import ATTRIBUTION
from generator.rehearsal.configuration import read_configuration
from generator.rehearsal.report import RehearsedResource
from generator.rehearsal.scratch import LABELS_OUTPUT, TAGS_OUTPUT
from generator.rehearsal.stand_ins import stand_in
from generator.rehearsal.tags import FULL_AT, rehearsed_resources
from tests.deep import first_of_each, sampled
from tests.terraform.conftest import Command
from tests.terraform.roots import (
    REPOSITORY,
    Root,
    committed_roots,
    explained_tags,
    outputs_of,
    python_tags,
)

pytestmark = pytest.mark.terraform

ROOTS = committed_roots()
_COUNTED = re.compile(r"^\| `(\w+)` \| ([\w ]+) \| (yes|none) \|$", re.MULTILINE)

# One fixture for each root, in this module's names: that is where pytest-terraform puts them.
for _root in ROOTS:
    terraform(_root.called)


@pytest.fixture(
    params=sampled(
        {root.called: root for root in ROOTS},
        *first_of_each((root.called, root.runtime) for root in ROOTS),
    )
)
def root(request: pytest.FixtureRequest) -> Root:
    """One committed root."""
    chosen: Root = request.param
    return chosen


@pytest.fixture
def emptied() -> Iterator[list[str]]:
    """State files; what they list has to be gone when pytest-terraform has destroyed it."""
    states: list[str] = []
    yield states
    for state in states:
        assert json.loads(Path(state).read_text(encoding="utf-8"))["resources"] == []


@pytest.fixture
def applied(
    root: Root,
    request: pytest.FixtureRequest,
    module_folder: Path,
    lay_out: Callable[..., str],
    emptied: list[str],
) -> TerraformTestApi:
    """A root after init, plan and apply by pytest-terraform, which destroys it in the end."""
    wanted = read_configuration(root.folder).variables
    folder = lay_out(root.folder, **{name: stand_in(name, kind) for name, kind in wanted.items()})
    os.symlink(folder, module_folder / root.called)
    found: TerraformTestApi = request.getfixturevalue(root.called)
    emptied.append(found.terraform.state_path)
    return found


def test_every_cloud_has_roots() -> None:
    """Two tenants, three clouds, at least eight jobs, development and production."""
    providers = {
        name for root in ROOTS for name in ("aws", "google", "azurerm") if _uses(root, name)
    }
    assert providers == {"aws", "google", "azurerm"}
    assert {root.tenant for root in ROOTS} == {"acme", "globex"}
    assert {root.environment for root in ROOTS} == {"dev", "prod"}
    assert len({root.job for root in ROOTS}) >= 8


def test_a_root_is_applied_tagged_and_settled(
    root: Root,
    applied: TerraformTestApi,
    command: Command,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The tags on every resource that can be tagged are those that ``dativo explain`` prints,
    no more and no fewer, also where they are handed on, inside a cluster in the form of
    Kubernetes; ``local.tags`` as Terraform evaluates it is what Python computed; the outputs that
    the job waits for have values; a second plan is empty; destroying leaves nothing.
    """
    arguments = [f"{root.tenant}/{root.name}/{root.environment}"]
    project = ["--project", os.fspath(REPOSITORY), "--format", "json"]
    assert main(["explain", *arguments, *project]) == 0
    expected = explained_tags(capsys.readouterr().out)
    shown = applied.terraform.show()
    outputs = outputs_of(shown)

    assert outputs.pop(TAGS_OUTPUT) == expected == python_tags(root)
    labels = outputs.pop(LABELS_OUTPUT, expected)
    resources = rehearsed_resources(shown, expected, labels)
    assert {r.address: _own(r) for r in resources if r.taggable} == {
        r.address: labels if _inside(r) else expected for r in resources if r.taggable
    }
    # A budget of Azure takes no tags, and nothing else is made of a bill.
    assert any(r.taggable for r in resources) is not root.runtime.startswith("azurerm billing")
    _check_readme(Path(root.folder, "README.md").read_text("utf-8"), resources)
    assert [(r.address, n.path) for r in resources for n in r.nested if not n.complete] == []
    assert _unprefixed(outputs.get("all_tags", expected)) == expected
    assert [name for name in root.placeholders() if not outputs.get(name)] == []
    data = {"TF_DATA_DIR": os.fspath(applied.work_dir)}
    state = f"-state={applied.terraform.state_path}"
    command(applied.terraform.module_dir, "plan", "-detailed-exitcode", state, **data)


def _check_readme(text: str, resources: Iterable[RehearsedResource]) -> None:
    """README tells how many resources of which type there are, and how many have no tags."""
    there = Counter(resource.type for resource in resources)
    told = {kind: (many, tags) for kind, many, tags in _COUNTED.findall(text)}
    assert there.keys() <= told.keys()
    known = {kind: int(many) for kind, (many, _) in told.items() if many.isdigit()}
    assert known == {kind: there[kind] for kind in known}
    untagged = {kind for kind, (_, tags) in told.items() if tags == "none"}
    told_sum = re.search(r"^([0-9]+)( or more)? cannot be tagged", text, re.MULTILINE)
    assert told_sum
    assert int(told_sum[1]) <= sum(there[kind] for kind in untagged)
    assert told_sum[2] or int(told_sum[1]) == sum(there[kind] for kind in untagged)


def _uses(root: Root, provider: str) -> bool:
    return f'provider "{provider}"' in Path(root.folder, "providers.tf").read_text()


def _inside(resource: RehearsedResource) -> bool:
    """Whether it is an object inside a Kubernetes cluster."""
    return resource.type.startswith("kubernetes_")


def _unprefixed(labels: dict[str, str]) -> dict[str, str]:
    """Without Kubernetes' own labels and those of the job, which have prefixes; no tag has one."""
    return {key: value for key, value in labels.items() if "/" not in key}


def _own(resource: RehearsedResource) -> dict[str, str]:
    """Its tags without the label that Google's provider adds of its own accord.

    A Databricks job takes 25, the DNS zone of an AKS cluster 15; one that has so many of them hands
    on all to the machines.
    """
    own = {key: value for key, value in resource.tags.items() if key not in ATTRIBUTION}
    if _inside(resource):
        return _unprefixed(own)
    if len(own) == FULL_AT.get(resource.type):
        handed_on = {
            key: tag for machines in resource.nested for key, tag in machines.value.items()
        }
        assert own.items() <= handed_on.items()
        return handed_on
    return own
