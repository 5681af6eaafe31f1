"""``terraform.module.inputs``: a module with names of its own, called as it is."""

from __future__ import annotations

from typing import Any

import pytest

from generator.text.expression import Reference
from tests.plan.conftest import Plans
from tests.plan.public_modules import FUNCTION, IMAGE, LAMBDA, aws


def test_tags_labels_and_metadata_are_maps_of_the_root(plans: Plans) -> None:
    """Modules with ``metadata_tags`` or ``job_metadata`` get what they wait for."""
    names = ("metadata_tags", "job_metadata", "default_labels")
    module = "".join(f'variable "{name}" {{ type = map(string) }}\n' for name in names)
    plans.write("modules/ours/variables.tf", module + LAMBDA.replace('"tags"', '"others"'))
    lines = "        metadata_tags: tags\n        job_metadata: metadata\n"
    plan = plans.plan(aws(FUNCTION + lines + "        default_labels: labels\n"))
    found = {a.name: a.value for a in plan.module.arguments}
    assert found["metadata_tags"] == Reference("local.tags")
    assert found["job_metadata"] == Reference("local.metadata")
    assert found["default_labels"] == Reference("local.kubernetes_labels")
    assert plan.metadata["memory"] == "1Gi"
    assert plan.metadata["team"] == "data"
    assert None not in plan.metadata.values()
    assert plan.kubernetes_labels


def test_a_number_in_another_unit(plans: Plans) -> None:
    """Some modules count CPU units or bytes."""
    plans.write("modules/ours/variables.tf", LAMBDA + 'variable "bytes" { type = number }\n')
    line = "        bytes: {from: infrastructure.runtime.memory, times: 1048576}\n"
    assert plans.inputs(aws(FUNCTION + line))["bytes"] == 1024**3
    line = "        bytes: {from: infrastructure.runtime.image, times: 2}\n"
    (told,) = plans.told(aws(FUNCTION + line))
    assert told.startswith('29:23: invalid-value: "from" must be a number for "times", got')


@pytest.mark.parametrize(
    ("line", "told", "hint"),
    [
        (
            "function_nam: name",
            '19:9: unknown-input: the module modules/ours has no input "function_nam"',
            'did you mean "function_name"?',
        ),
        (
            "description: runtime.image",
            '19:22: unknown-source: "runtime.image" is no path of a job',
            'did you mean "infrastructure.runtime.image"?',
        ),
        (
            "description: finops.cost_centre",
            '19:22: unknown-source: "finops.cost_centre" is no path of a job',
            'did you mean "finops.cost_center"?',
        ),
        (
            "vpc_subnet_ids: [{literal: a}, infrastructure.nowhere]",
            '19:40: unknown-source: "infrastructure.nowhere" is no path of a job',
            "write {literal: ",
        ),
        (
            "package_type: '5'",
            '19:23: unknown-source: "5" is no path of a job',
            "write {literal: ",
        ),
        (
            "timeout: infrastructure.runtime.image",
            '9:12: input-type: the input "timeout" of modules/ours must be a number, got',
            "",
        ),
        (
            "timeout: {literal: soon}",
            '19:18: input-type: the input "timeout" of modules/ours must be a number, got "soon"',
            "",
        ),
        ("count: 2", '19:9: reserved-name: "count" is reserved by Terraform', ""),
    ],
)
def test_mistakes_are_told_where_they_stand(plans: Plans, line: str, told: str, hint: str) -> None:
    """An input that the module lacks, a source that a job lacks, a value that does not fit."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    text = aws(f"        {line}\n")
    problems = [p for p in plans.problems(text) if not _of_unmapped(p.message)]
    assert [plans.line_of(problem)[: len(told)] for problem in problems] == [told]
    assert hint in problems[0].hint


def _of_unmapped(message: str) -> bool:
    return any(
        f'no input "{name}"' in message
        for name in ("image", "memory_mib", "network", "timeout_seconds")
    )


def test_what_is_not_mapped_is_still_an_error(plans: Plans) -> None:
    """A field that reaches no input of the module has no effect, mapping or not."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    lines = "        image_uri: infrastructure.runtime.image\n"
    assert [told.partition(": ")[2] for told in plans.told(aws(lines))] == [
        f'unknown-input: the module modules/ours has no input "{name}"'
        for name in ("memory_mib", "timeout_seconds", "network")
    ]


def test_a_required_input_without_a_value_is_told(plans: Plans) -> None:
    """At the mapping, with the field that is empty; an optional one is left to the module."""
    plans.write("modules/ours/variables.tf", LAMBDA + 'variable "owner" { type = string }\n')
    lines = "        owner: governance_overrides.owner\n        description: asset\n"
    (problem,) = plans.problems(aws(FUNCTION.replace("description", "#") + lines))
    assert plans.line_of(problem) == (
        '29:16: missing-input: the module modules/ours requires the input "owner" (string)'
    )
    assert (
        problem.hint
        == 'it is mapped to "governance_overrides.owner", of which the job says nothing'
    )


def test_null_keeps_an_input_from_the_module(plans: Plans) -> None:
    """What dativo would pass by its name is left out, where the name means something else."""
    plans.write("modules/ours/variables.tf", LAMBDA)
    assert "tags" not in plans.inputs(aws(FUNCTION + "        tags: null\n"))


def test_names_with_other_meanings_are_left_alone(plans: Plans) -> None:
    """``environment`` and ``tags`` are lists in some modules."""
    module = LAMBDA.replace('"tags" {\n  type    = map(string)', '"tags" {\n  type = list(string)')
    module = module.replace("default = {}\n}\noutput", "default = []\n}\noutput")
    plans.write(
        "modules/ours/variables.tf", module + 'variable "environment" { type = list(any) }\n'
    )
    found = plans.inputs(aws(FUNCTION + "        environment: []\n"))
    assert "tags" not in found
    assert found["environment"] == []


def test_a_module_that_is_not_at_hand_gets_what_is_mapped(plans: Plans) -> None:
    """Nothing that dativo would pass by its own names, since the module has others."""
    source = "terraform-aws-modules/lambda/aws, version: 8.1.0"
    text = aws(FUNCTION).replace("source: ./modules/ours", "source: X\n      version: 8.1.0")
    text = text.replace("source: X", f"source: {source.partition(',')[0]}")
    names = [line.partition(":")[0].strip() for line in FUNCTION.splitlines()]
    assert list(plans.inputs(text)) == names


SETTINGS = """\
modules:
  source: %s
  inputs: {metadata_tags: metadata, cost: finops.cost_center}
"""


def _shipped(**more: Any) -> str:
    return aws("").partition("  terraform:\n")[0]


@pytest.mark.parametrize("source", ["git::https://e.com/m.git?ref=v1", "vendored"])
def test_an_organisation_maps_inputs_of_its_modules(plans: Plans, source: str) -> None:
    """``modules.inputs`` of dativo.yaml stands beside what dativo passes by its own names."""
    shipped = plans.folder / "modules"
    plans.inputs(_shipped())  # lays the shipped modules down
    text = (shipped / "aws-lambda/variables.tf").read_text()
    for name in ("metadata_tags", "cost"):
        text += f'variable "{name}" {{ default = null }}\n'
    plans.write("vendored/aws-lambda/variables.tf", text)
    found = plans.inputs(_shipped(), SETTINGS % source)
    assert found["metadata_tags"] == Reference("local.metadata")
    assert found["cost"] == "FIN-001"
    assert found["image"] == IMAGE
    assert found["tags"] == Reference("local.tags")


def test_a_mapping_of_dativo_yaml_is_checked_there(plans: Plans) -> None:
    """At its line; a job with a module of its own has none of it."""
    (told,) = plans.told(_shipped(), "modules:\n  inputs: {image: finops.costs}\n")
    assert told.startswith('dativo.yaml:2:19: unknown-source: "finops.costs" is no path')
    plans.write("modules/ours/variables.tf", LAMBDA)
    assert "cost" not in plans.inputs(aws(FUNCTION), SETTINGS % "modules")
    defaults = "defaults:\n  infrastructure:\n    terraform:\n      module:\n"
    defaults += "        source: ./modules/ours\n        inputs:\n"
    defaults += "".join(f"  {line}\n" for line in FUNCTION.splitlines())
    assert plans.inputs(_shipped(), defaults)["function_name"] == "etl"


def test_a_version_needs_a_source(plans: Plans) -> None:
    """Of which module it would be is said nowhere else."""
    text = _shipped() + "  terraform: {module: {version: 1.0.0}}\n"
    assert plans.told(text) == [
        '15:15: missing-key: "infrastructure.terraform.module.source" is missing'
    ]
