"""Outputs of the root, and the placeholders that wait for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.files.shipped import folder
from generator.text.expression import Reference
from tests.plan.conftest import Plans, job

_OUTPUT = re.compile(
    r'^output "(\w+)" \{\n  description = "(.*)"\n  value += (.*?)\n\}', re.MULTILINE | re.DOTALL
)


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


def test_a_value_has_one_name_unless_another_is_asked_for(plans: Plans) -> None:
    """Second names, and what has no value here, are there for whoever asks for them by name."""
    block = "resource_identifiers: {c: '{{terraform_outputs.%s}}'}"
    plain = _names(plans, job(block=block % "cluster_name"))
    assert {"ecs_cluster_arn", "resource_tags", "service_arn"}.isdisjoint(plain)
    assert "ecs_cluster_arn" in _names(plans, job(block=block % "ecs_cluster_arn"))
    listed = _names(plans, job(block="terraform: {outputs: [id, service_arn]}"))
    assert listed == ["id", "service_arn"]
    assert "schedule_arn" not in plain
    scheduled = job(head="schedule: {cron: '0 2 * * *'}\n")
    assert "schedule_arn" in _names(plans, scheduled)


def test_every_second_name_of_a_value_says_so() -> None:
    """Of the outputs of a shipped module with one value, all but one are the same as that one."""
    for file in sorted(Path(folder("modules")).glob("*/outputs.tf")):
        named: dict[str, dict[str, str]] = {}
        for name, text, value in _OUTPUT.findall(file.read_text("utf-8")):
            named.setdefault(" ".join(value.split()), {})[name] = text
        for value, texts in named.items():
            first = [name for name, text in texts.items() if not text.startswith("The same as ")]
            if all(name.endswith("_config") for name in first) or value == "null":
                continue
            assert len(first) == 1, (file, texts)
            seconds = {text for name, text in texts.items() if name not in first}
            assert seconds <= {f"The same as {first[0]}."}, (file, texts)


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
