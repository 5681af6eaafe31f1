"""Outputs of the root, and the placeholders that wait for them."""

from __future__ import annotations

import pytest

from generator.text.expression import Reference
from tests.plan.conftest import Plans, job


def _names(plans: Plans, text: str, settings: str = "") -> list[str]:
    return [output.name for output in plans.plan(text, settings).outputs]


def test_all_outputs_but_other_launchers(plans: Plans) -> None:
    """Without a list the root has what the module has, a launcher's settings if it is used."""
    names = _names(plans, job())
    assert names == sorted(names)
    assert {"id", "cluster_name", "service_name", "all_tags"} <= set(names)
    assert "dagster_ecs_config" not in names
    assert "dagster_ecs_config" in _names(plans, job(block="orchestrator: {type: dagster}"))
    assert "dagster_ecs_config" not in _names(plans, job(block="orchestrator: {type: airflow}"))


def test_listed_and_awaited_outputs(plans: Plans) -> None:
    """A list narrows them; what a placeholder waits for is there all the same."""
    block = """\
terraform: {outputs: [id]}
resource_identifiers: {cluster: "{{terraform_outputs.cluster_name}}", plain: text}
"""
    plan = plans.plan(job(block=block))
    assert [output.name for output in plan.outputs] == ["cluster_name", "id"]
    assert plan.outputs[1].value == Reference("module.job.id")
    assert plan.identifiers == ("cluster", "plain")


def test_placeholders_outside_infrastructure(plans: Plans) -> None:
    """The runner's own keys may wait for an output, several in one text."""
    head = 'target: {url: "{{ terraform_outputs.id }}/{{terraform_outputs.service_name}}"}\n'
    assert _names(plans, job(head=head, block="terraform: {outputs: []}")) == ["id", "service_name"]


def test_placeholders_of_dativo_yaml(plans: Plans) -> None:
    """Defaults may wait for outputs, too, and are told in dativo.yaml."""
    settings = "defaults: {infrastructure: {resource_identifiers: {c: '{{terraform_outputs.%s}}'}}}"
    text = job(block="terraform: {outputs: [id]}")
    assert _names(plans, text, settings % "cluster_name") == ["cluster_name", "id"]
    (told,) = plans.told(text, settings % "clustername")
    assert told.startswith("dativo.yaml:1:55: unknown-output")


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (
            "terraform: {outputs: [idd]}",
            "10:25: unknown-output: the module modules/aws-ecs-fargate",
        ),
        ("terraform: {outputs: [id, id]}", '10:29: set-twice: "id" is listed twice'),
        ("terraform: {outputs: ['a b']}", "10:25: invalid-name"),
        (
            "resource_identifiers: {c: '{{terraform_outputs.clustername}}'}",
            "10:29: unknown-output",
        ),
        ("resource_identifiers: {c: '{{terraform_output.id}}'}", "10:29: placeholder"),
        ("resource_identifiers: {c: '{terraform_outputs.id}'}", "10:29: placeholder"),
        ("resource_identifiers: {c: '{{terraform_outputs.a-b c}}'}", "10:29: placeholder"),
        ("resource_identifiers: {c: '${NOBODY}'}", "10:29: undefined-variable"),
        ("tags: {c: '{{terraform_outputs.id}}'}", "10:13: placeholder: a placeholder is filled in"),
        ("tags: {c: {{terraform_outputs.id}}}", "10:14: odd-key"),
    ],
)
def test_faults(plans: Plans, block: str, told: str) -> None:
    """Unknown outputs, and what is no placeholder, are told at their place."""
    found = plans.told(job(block=block))
    assert any(line.startswith(told) for line in found)


def test_hints(plans: Plans) -> None:
    """The nearest output is offered."""
    (problem,) = plans.problems(job(block="terraform: {outputs: [clustername]}"))
    assert problem.hint == 'did you mean "cluster_name"?'


def test_placeholders_of_other_environments_wait_elsewhere(plans: Plans) -> None:
    """Each environment's root has the outputs that it is asked for."""
    head = """\
environments:
  dev: {infrastructure: {resource_identifiers: {c: "{{terraform_outputs.cluster_name}}"}}}
  prod: {}
"""
    plans_found, _ = plans.decided(job(head=head, block="terraform: {outputs: [id]}"))
    names = {plan.environment: [output.name for output in plan.outputs] for plan in plans_found}
    assert names == {"dev": ["cluster_name", "id"], "prod": ["id"]}
