"""Versions that dativo.yaml, dativo and a module want have to have something in common."""

from __future__ import annotations

import pytest

from generator.text.versions import satisfiable
from tests.plan.conftest import Plans, job

OWN = 'variable "image" {}\nvariable "network" {}\n'
MODULE = job(block="terraform: {module: {source: ./modules/ours}}")


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        ((">= 1.9", "~> 1.10"), True),
        (("~> 6.0", ">= 6.28.1"), True),
        (("~> 6.0", "< 6.0"), False),
        (("~> 5.0", ">= 6.0"), False),
        (("~> 5.2.0", ">= 5.3"), False),
        (("~> 5.2", ">= 5.3"), True),
        (("~> 5", ">= 9"), True),
        (("> 1.2.3, < 1.2.4",), False),
        (("> 1.2.3, <= 1.2.4",), True),
        ((">= 1.2.3, < 1.2.5, != 1.2.3", "!= 1.2.4"), False),
        ((">= 1.2.3, < 1.3, != 1.2.3",), True),
        (("1.2.3", "= 1.2.3"), True),
        (("1.2.3", "1.2.4"), False),
        (("1.2", "1.2.1"), False),
        (("= 1.0.0-beta", "< 1.0"), True),
        (("something else", "1.0"), True),
        (("", ">= 1"), True),
    ],
)
def test_whether_a_version_meets_all(constraints: tuple[str, ...], expected: bool) -> None:
    """By the operators' meanings; what cannot be read rules nothing out."""
    assert satisfiable(*constraints) is expected


def _module(plans: Plans, terraform: str) -> None:
    plans.write("modules/ours/main.tf", OWN)
    plans.write("modules/ours/versions.tf", f"terraform {{\n{terraform}\n}}\n")


def test_dativo_yaml_against_the_module(plans: Plans) -> None:
    """The error stands in dativo.yaml and names the line of the module."""
    _module(
        plans, '  required_version = ">= 1.12"\n  required_providers {\n    aws = ">= 6.0"\n  }'
    )
    settings = 'terraform:\n  required_version: "~> 1.10.0"\n  providers: {aws: ~> 5.0}\n'
    terraform, provider = plans.told(MODULE, settings)
    assert terraform == (
        'dativo.yaml:2:21: version-conflict: no version of Terraform is both "~> 1.10.0" and '
        '">= 1.12" of modules/ours/versions.tf:2'
    )
    assert provider == (
        'dativo.yaml:3:20: version-conflict: no version of the provider aws is both "~> 5.0" and '
        '">= 6.0" of modules/ours/versions.tf:4'
    )


def test_what_dativo_pins_against_the_module(plans: Plans) -> None:
    """The error stands at the module's source, and says what to set."""
    provider = '{ source = "hashicorp/aws", version = ">= 4.0, < 6.0" }'
    _module(plans, f"  required_providers {{\n    aws = {provider}\n  }}")
    (problem,) = plans.problems(MODULE)
    assert plans.line_of(problem) == (
        '10:32: version-conflict: no version of the provider aws is both "~> 6.0", which dativo '
        'pins, and ">= 4.0, < 6.0" of modules/ours/versions.tf:3'
    )
    assert "terraform.providers.aws" in problem.hint
    assert plans.told(MODULE, "terraform: {providers: {aws: ~> 5.0}}") == []


def test_what_the_root_needs_against_dativo_yaml(plans: Plans) -> None:
    """S3's lock file came with 1.10, so an older Terraform could not read the backend."""
    backend = "terraform: {backend: {type: s3, bucket: acme-state, region: us-east-1}}"
    settings = 'terraform: {required_version: "~> 1.9.0"}'
    (told,) = plans.told(job(block=backend), settings)
    assert told == (
        'dativo.yaml:1:31: version-conflict: no version of Terraform is both "~> 1.9.0" and '
        '">= 1.10"'
    )
    assert plans.told(job(), settings) == []


def test_providers_of_others_are_left_alone(plans: Plans) -> None:
    """Another provider of the same name, or one that the root does not configure."""
    other = 'aws = { source = "acme/aws", version = "< 1.0" }\n    null = "< 1.0"'
    _module(plans, f"  required_providers {{\n    {other}\n  }}")
    assert plans.told(MODULE) == []


def test_a_constraint_that_contradicts_itself(plans: Plans) -> None:
    """It is told once, at its line."""
    with pytest.raises(Exception, match="contradicts itself") as caught:
        plans.told(job(), 'terraform: {required_version: ">= 2.0, < 1.0"}')
    assert caught.typename == "InputError"
