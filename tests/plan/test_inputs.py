"""The module call: what a job's fields become, checked against what the module declares."""

from __future__ import annotations

import pytest

from generator.text.expression import Interpolation, Reference
from tests.plan.conftest import Plans, job

MODULE = """\
variable "name" { type = string }
variable "image" {
  type    = string
  default = null
}
variable "network" {
  default = null
}
variable "flag" {
  type    = bool
  default = null
}
variable "size" {
  type     = number
  default  = 1
  nullable = false
}
variable "shape" {
  type = object({
    kind  = string
    sides = optional(number)
    inner = optional(object({ deep = list(number) }))
  })
  default = null
}
variable "many" {
  type    = list(string)
  default = []
}
variable "anything" {
  default = null
}
output "id" { value = 1 }
"""
OWN = "terraform: {module: {source: ./modules/own}, variables: {%s}}"


def _own(plans: Plans, variables: str, module: str = MODULE, cloud: str = "aws") -> str:
    plans.write("modules/own/main.tf", module)
    return job(cloud, block=OWN % variables)


def test_fields_become_inputs_in_a_stable_order(plans: Plans) -> None:
    """Identity first, then fields, tags last; many defaults of the module stay its own."""
    text = job(runtime="cpu: 2\nmemory: 4Gi\nscaling: {max: 3}\nargs: [run]")
    inputs = plans.inputs(text)
    assert list(inputs) == [
        "name",
        "tenant",
        "environment",
        "image",
        "args",
        "cpu",
        "memory_mib",
        "timeout_seconds",
        "parallelism",
        "network",
        "tags",
    ]
    assert inputs["cpu"] == 2
    assert type(inputs["cpu"]) is int
    assert inputs["memory_mib"] == 4096
    assert inputs["tags"] == Reference("local.tags")


def test_origins(plans: Plans) -> None:
    """Every argument tells where it was written, and what is only a default says so."""
    settings = "defaults: {infrastructure: {runtime: {timeout_seconds: 60}}}"
    plan = plans.plan(job(runtime="cpu: 1"), settings)
    origins = {a.name: (a.origin.source, a.origin.location) for a in plan.module.arguments}
    assert origins["cpu"][0] == "infrastructure.runtime.cpu"
    assert origins["timeout_seconds"][0] == "infrastructure.runtime.timeout_seconds in dativo.yaml"
    assert origins["memory_mib"] == ("default of infrastructure.runtime.memory", None)
    assert origins["cpu"][1] is not None


def test_unquoted_scalars_take_the_type_that_the_module_wants(plans: Plans) -> None:
    """``no`` is false for a bool and text for a string; ``any`` takes YAML's own type."""
    text = _own(
        plans,
        "flag: no, size: '10', many: [no, 0123, 1.10], anything: {a: true, b: no},"
        " shape: {kind: 007, sides: 3}",
    )
    inputs = plans.inputs(text)
    assert inputs["flag"] is False
    assert inputs["size"] == 10
    assert inputs["many"] == ["no", "0123", "1.10"]
    assert inputs["anything"] == {"a": True, "b": "no"}
    assert inputs["shape"] == {"kind": "007", "sides": 3}
    assert [type(item) for item in inputs["many"]] == [str, str, str]


def test_defaults_that_an_own_module_lacks_are_left_out(plans: Plans) -> None:
    """A field that nobody set is not passed to a module that does not know it."""
    assert list(plans.inputs(_own(plans, "size: 2"))) == ["name", "image", "network", "size"]


def test_fields_that_an_own_module_lacks_are_told(plans: Plans) -> None:
    """A field that somebody set would be ignored."""
    text = _own(plans, "size: 2").replace("    type: ecs", "    args: [a]\n    type: ecs")
    assert plans.told(text)[0].startswith(
        '8:5: unknown-input: the module modules/own has no input "args"'
    )


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ("sise: 1", 'unknown-input: the module modules/own has no input "sise"'),
        ("size: big", 'input-type: the input "size" of modules/own must be a number'),
        ("size: ", 'input-type: the input "size" of modules/own must not be null'),
        ("flag: ", None),
        ("flag: maybe", 'input-type: the input "flag" of modules/own must be true or false'),
        ("many: text", 'input-type: the input "many" of modules/own must be a list'),
        ("many: [[a]]", 'input-type: the input "many[0]" of modules/own must be text'),
        ("shape: text", 'input-type: the input "shape" of modules/own must be a mapping'),
        ("shape: {}", 'input-type: the input "shape" of modules/own lacks the attribute "kind"'),
        (
            "shape: {kind: a, side: 1}",
            'input-type: the input "shape" of modules/own has no attribute "side"',
        ),
        (
            "shape: {kind: a, inner: {deep: [1, two]}}",
            'input-type: the input "shape.inner.deep[1]" of modules/own must be a number',
        ),
        ("count: 1", 'reserved-name: "count" is reserved by Terraform'),
        ("providers: {}", 'reserved-name: "providers" is reserved by Terraform'),
        ("name: x", 'reserved-name: "name" is set by dativo'),
        ("tags: {}", 'reserved-name: "tags" is set by dativo'),
    ],
)
def test_faults_of_variables(plans: Plans, variables: str, told: str | None) -> None:
    """Unknown, wrongly typed however deep, and reserved inputs are told at line 10."""
    found = plans.told(_own(plans, variables))
    if told is None:
        assert found == []
    else:
        (line,) = found
        assert line.startswith("10:")
        assert line.split(": ", 1)[1].startswith(told)


def test_the_place_of_a_wrong_part(plans: Plans) -> None:
    """The line and column of the part itself, not of the whole input."""
    block = """\
terraform:
  module: {source: ./modules/own}
  variables:
    shape:
      kind: a
      inner:
        deep:
          - 1
          - two
      sidez: 3
"""
    plans.write("modules/own/main.tf", MODULE)
    first, second = plans.told(job(block=block))
    assert first.startswith('18:15: input-type: the input "shape.inner.deep[1]"')
    assert second.startswith('19:9: input-type: the input "shape" of modules/own has no attribute')


def test_hints_name_what_was_meant(plans: Plans) -> None:
    """Inputs and attributes are names that are chosen: the nearest is offered."""
    text = _own(plans, "sise: 1, shape: {kind: a, side: 1}")
    hints = [problem.hint for problem in plans.problems(text)]
    assert 'did you mean "size"?' in hints
    assert 'did you mean "sides"?' in hints


def test_an_input_that_a_field_sets_already(plans: Plans) -> None:
    """The field is the one way to say it."""
    (told,) = plans.told(job(block="terraform: {variables: {timeout_seconds: 60}}"))
    assert told.startswith("10:27: set-twice")
    assert "default of infrastructure.runtime.timeout_seconds" in told


def test_required_inputs(plans: Plans) -> None:
    """What the module requires and the job does not give is told where it would be added."""
    module = MODULE + 'variable "must" {\n  type = string\n  description = "What must be."\n}\n'
    text = _own(plans, "size: 1", module)
    problems = [p for p in plans.problems(text) if p.code == "missing-input"]
    assert [p.message for p in problems] == [
        'the module modules/own requires the input "must" (string)'
    ]
    assert problems[0].hint.endswith("What must be.")
    assert plans.line_of(problems[0]).startswith("10:48:")


# ${NAME} that only apply knows.


def test_undefined_names_become_variables_of_the_root(plans: Plans) -> None:
    """Alone it has the input's type, inside a text it is a string; typed, described, sorted."""
    text = job(
        runtime="environment: {A: 'x-${TOKEN_URL}-y', B: '${token_url}', C: '$${LITERAL}'}",
        network="security_group_ids: ['${GROUP}']",
    )
    plan = plans.plan(text)
    inputs = {argument.name: argument.value for argument in plan.module.arguments}
    assert inputs["environment_variables"] == {
        "A": Interpolation(("x-", Reference("var.token_url"), "-y")),
        "B": Reference("var.token_url"),
        "C": "${LITERAL}",
    }
    assert inputs["network"]["security_group_ids"] == [Reference("var.group")]  # type: ignore[index, call-overload]
    assert [(v.name, v.type, v.used_by) for v in plan.variables] == [
        ("group", "string", ("network",)),
        ("token_url", "string", ("environment_variables",)),
    ]


def test_variables_have_the_type_of_what_they_stand_for(plans: Plans) -> None:
    """Of a whole input, or of a part of one; text where the module takes anything."""
    variables = "flag: '${FLAG}', many: '${MANY}', anything: '${ANY}'"
    plan = plans.plan(_own(plans, variables + ", shape: {kind: a, inner: '${INNER}'}"))
    assert {variable.name: variable.type for variable in plan.variables} == {
        "flag": "bool",
        "many": "list(string)",
        "any": "string",
        "inner": "object({ deep = list(number) })",
    }


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ("flag: '${COUNT}'", "reserved-name: Terraform allows no variable named"),
        ("many: '${X}', size: '${X}'", "input-type: ${X} would have to be list(string) and number"),
        ("flag: '${ASSET}'", "undefined-variable: ${ASSET} is not defined"),
    ],
)
def test_variables_that_cannot_be(plans: Plans, variables: str, told: str) -> None:
    """Reserved names, two types at once, and facts that the job does not have."""
    assert any(told in line for line in plans.told(_own(plans, variables)))


def test_a_number_and_a_bool_of_one_name_are_a_string(plans: Plans) -> None:
    """Terraform converts a string to the number or bool that it holds."""
    (variable,) = plans.plan(_own(plans, "flag: '${X}', size: '${X}'")).variables
    assert (variable.type, variable.used_by) == ("string", ("flag", "size"))


@pytest.mark.parametrize(("cloud", "told"), [("azure", True), ("gcp", False)])
def test_an_own_module_without_tags_is_told_on_azure(plans: Plans, cloud: str, told: bool) -> None:
    """Its provider has no default tags: without the input nothing would be tagged."""
    further = "".join(
        f'variable "{name}" {{}}\n'
        for name in ("location", "region", "project_id", "resource_group_name")
    )
    plans.write("modules/own/main.tf", MODULE + further.replace("{}", "{ default = null }"))
    found, problems = plans.decided(
        job(cloud, block="terraform: {module: {source: ./modules/own}}")
    )
    assert len(found) == 1
    assert ("untagged" in {problem.code for problem in problems}) is told


# Modules that cannot be looked into.


REMOTE = "module: {source: 'git::https://e.com/m.git?ref=v1'}"


def test_inputs_of_a_module_that_is_not_at_hand_pass_unchecked(plans: Plans) -> None:
    """With a warning."""
    found, problems = plans.decided(job(block=f"terraform: {{{REMOTE}, variables: {{any: yes}}}}"))
    assert "unchecked-module" in {problem.code for problem in problems}
    assert {a.name: a.value for a in found[0].module.arguments}["any"] == "yes"


@pytest.mark.parametrize("name", ["a b", "x = 1", "1st", "a}", "-a"])
def test_names_of_inputs_are_names(plans: Plans, name: str) -> None:
    """They become HCL, so they are checked where no module can be asked, too."""
    (told,) = plans.told(job(block=f"terraform: {{{REMOTE}, variables: {{'{name}': x}}}}"))
    assert told.startswith("10:")
    assert "invalid-name" in told


def test_outputs_of_a_module_that_is_not_at_hand(plans: Plans) -> None:
    """Their names become HCL too."""
    plan = plans.plan(job(block=f"terraform: {{{REMOTE}, outputs: [id]}}"))
    assert [output.name for output in plan.outputs] == ["id"]
    (told,) = plans.told(job(block=f"terraform: {{{REMOTE}, outputs: ['id }} x {{']}}"))
    assert "invalid-name" in told
