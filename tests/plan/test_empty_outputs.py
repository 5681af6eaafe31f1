"""Outputs that have no value, and the placeholders that would wait for them in vain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.files.shipped import folder
from generator.plan.empty_outputs import EMPTY
from tests.plan.conftest import Plans, job

_OUTPUT = re.compile(r'^output "(\w+)" \{\n  description = "(.*)"', re.MULTILINE)


def _described() -> dict[str, dict[str, str]]:
    """The outputs of every shipped module, with what is said of them."""
    files = sorted(Path(folder("modules")).glob("*/outputs.tf"))
    return {file.parent.name: dict(_OUTPUT.findall(file.read_text("utf-8"))) for file in files}


def test_every_output_that_can_be_null_is_known() -> None:
    """The table has just the outputs whose description says when they are null, or that of theirs.

    An output with the value of another one says so: "The same as NAME."
    """
    told = {
        module: {
            name
            for name, text in outputs.items()
            if re.search(r"\bnull\b", outputs.get(text[12:-1], text))
        }
        for module, outputs in _described().items()
    }
    assert {module: set(rows) for module, rows in EMPTY.items()} == told


def test_what_to_wait_for_instead_is_an_output() -> None:
    """A hint never names what the module lacks, nor what is empty in the same case."""
    described = _described()
    for module, rows in EMPTY.items():
        for name, empty in rows.items():
            if empty.instead:
                assert empty.instead in described[module], (module, name)
                other = rows.get(empty.instead)
                same = other and (other.argument, other.given) == (empty.argument, empty.given)
                assert not same, (module, name)


def test_jobs_and_workers_have_a_name(plans: Plans) -> None:
    """What older files wait for has a value on every runtime, or names what has."""
    for module, rows in EMPTY.items():
        assert "service_name" not in rows, module
        for name in ("cluster_name", "service_uri", "endpoint_url"):
            empty = rows.get(name)
            assert empty is None or empty.argument or empty.instead, (module, name)


WORKERS = "scaling: {min: 1}"


@pytest.mark.parametrize(
    ("cloud", "runtime", "name", "instead"),
    [
        ("gcp", "", "cluster_name", "service_name"),
        ("gcp", "", "service_id", "job_id"),
        ("gcp", WORKERS, "job_uri", "service_uri"),
        ("aws", "", "service_arn", "state_machine_arn"),
        ("aws", WORKERS, "endpoint_url", "id"),
        ("azure", "", "container_app_fqdn", "endpoint_url"),
        ("azure", "", "container_app_name", "service_name"),
    ],
)
def test_a_placeholder_that_could_never_be_filled(
    plans: Plans, cloud: str, runtime: str, name: str, instead: str
) -> None:
    """It is refused at its place, and the output that tells nearest the same is named."""
    block = f"resource_identifiers: {{c: '{{{{terraform_outputs.{name}}}}}'}}"
    (problem,) = plans.problems(job(cloud, runtime, block))
    assert problem.code == "empty-output" and problem.hint == f'wait for "{instead}" instead'
    assert plans.line_of(problem).split(":")[1] == "29"
    assert f'the output "{name}" has no value here: ' in problem.message


@pytest.mark.parametrize(
    ("cloud", "name"),
    [
        *((cloud, name) for cloud in ("aws", "gcp", "azure") for name in ("service_name", "id")),
        *((cloud, "endpoint_url") for cloud in ("aws", "gcp", "azure")),
        *(("aws", "cluster_name"), ("azure", "cluster_name"), ("gcp", "service_uri")),
    ],
)
def test_what_jobs_have(plans: Plans, cloud: str, name: str) -> None:
    """The outputs that older files wait for can be waited for."""
    block = f"resource_identifiers: {{c: '{{{{terraform_outputs.{name}}}}}'}}"
    assert plans.problems(job(cloud, block=block)) == []


def test_a_default_of_many_jobs_is_left_alone(plans: Plans) -> None:
    """What dativo.yaml waits for is for the jobs that have it."""
    waits = "{c: '{{terraform_outputs.cluster_name}}'}"
    settings = f"defaults: {{infrastructure: {{resource_identifiers: {waits}}}}}"
    _, problems = plans.decided(job("gcp"), settings)
    assert [problem for problem in problems if problem.code == "empty-output"] == []


def test_what_environments_share_is_a_warning(plans: Plans) -> None:
    """It may have a value for another environment; the one that has none is told so."""
    head = """\
environments:
  dev: {infrastructure: {runtime: {scaling: {min: 1}}}}
  prod: {}
"""
    block = "resource_identifiers: {c: '{{terraform_outputs.endpoint_url}}'}"
    plans_found, problems = plans.decided(job(head=head, block=block))
    told = [problem for problem in problems if problem.code == "empty-output"]
    assert len(plans_found) == 2 and [problem.severity for problem in told] == ["warning"]
