"""What has no effect on a runtime: an error, a warning, or left out of a default."""

from __future__ import annotations

import pytest

from tests.plan.conftest import Plans, job

NETWORK = "{vpc_id: vpc-1, subnet_ids: [subnet-1], private: true}"
# What a new repository has for its cloud.
SCAFFOLD = f"defaults: {{clouds: {{aws: {{infrastructure: {{network: {NETWORK}}}}}}}}}"
HEAD = "tenant_id: acme\nenvironment: prod\nname: orders\n"
KUBERNETES = (
    "infrastructure:\n  provider: aws\n  region: us-east-1\n"
    "  runtime: {type: kubernetes, image: example.com/etl:1, cluster_name: shared}\n"
)
DATABRICKS = (
    "infrastructure:\n  provider: aws\n  region: us-east-1\n"
    "  databricks: {host: https://acme.cloud.databricks.com}\n"
    "  runtime: {type: databricks, entry_point: /Shared/x, cluster_name: 0923-164208-meows279}\n"
)
EVERYWHERE = """\
defaults:
  infrastructure:
    orchestrator: {type: dagster}
    runtime: {image: example.com/etl:1, cpu_architecture: ARM64}
    storage: {prefix: raw}
    terraform: {variables: {container_insights: false}, outputs: [task_definition_arn, name]}
"""


@pytest.mark.parametrize("block", [KUBERNETES, DATABRICKS])
def test_a_default_does_not_reach_a_runtime_without_it(plans: Plans, block: str) -> None:
    """The network of dativo.yaml is for what runs in one; nothing is said but in an explanation."""
    (plan,), problems = plans.decided(HEAD + block, SCAFFOLD)
    assert not [problem for problem in problems if "network" in problem.message]
    fields = [left.field for left in plan.left_out]
    assert fields == ["network.private", "network.subnet_ids", "network.vpc_id"]
    assert {left.location.file for left in plan.left_out} == {"dativo.yaml"}
    assert "network" not in {argument.name for argument in plan.module.arguments}
    assert not [source for source in plan.data if "vpc" in source.type or "subnet" in source.type]


def test_every_sort_of_default(plans: Plans) -> None:
    """An orchestrator that cannot start the runtime, a prefix without its bucket, inputs and
    outputs of another module.
    """
    block = (
        "infrastructure:\n  provider: gcp\n  region: us-central1\n"
        "  account: {project_id: acme-data}\n  runtime: {type: cloud_function, "
        "source: 'gs://acme/code.zip', release: python312, entry_point: main}\n"
    )
    plan = plans.plan(HEAD + block, EVERYWHERE)
    assert {left.field for left in plan.left_out} == {
        "orchestrator.type",
        "runtime.cpu_architecture",
        "runtime.image",
        "storage.prefix",
        "terraform.variables.container_insights",
        "terraform.outputs.0",
    }
    assert plan.orchestration is None


def test_a_misspelt_default_is_told(plans: Plans) -> None:
    """An input that is near one of the module's was meant for it."""
    settings = "defaults: {infrastructure: {terraform: {variables: {container_insight: false}}}}"
    (problem,) = plans.problems(job(), settings)
    assert problem.hint == 'did you mean "container_insights"?'


def test_the_jobs_own_key_is_an_error(plans: Plans) -> None:
    """In the canonical form nothing is ignored."""
    (told,) = plans.told(HEAD + KUBERNETES + "  network: {vpc_id: vpc-1}\n")
    assert told.startswith('8:13: no-effect: "network.vpc_id" has no effect on kubernetes')


SEVERAL = HEAD.replace("environment: prod\n", "") + KUBERNETES.replace("type: kubernetes, ", "")


def test_a_job_for_several_runtimes(plans: Plans) -> None:
    """A key that one of them has is a warning in the others, and reaches the one."""
    text = SEVERAL + f"  network: {NETWORK}\nenvironments:\n"
    text += "  dev: {infrastructure: {runtime: {type: kubernetes}}}\n"
    text += "  prod: {infrastructure: {runtime: {type: ecs_fargate}}}\n"
    (dev, prod), problems = plans.decided(text)
    warnings = [problem for problem in problems if problem.code == "no-effect"]
    assert {problem.severity for problem in warnings} == {"warning"} and len(warnings) == 3
    assert warnings[0].hint == "write it under the environments that have it"
    assert not [argument for argument in dev.module.arguments if argument.name == "network"]
    assert [argument for argument in prod.module.arguments if argument.name == "network"]


def test_what_none_of_several_runtimes_has(plans: Plans) -> None:
    """It is an error; so is what one environment says of a runtime that it chose itself."""
    text = SEVERAL + "  databricks: {policy_id: x}\nenvironments:\n"
    text += "  dev: {infrastructure: {runtime: {type: kubernetes}, network: {vpc_id: vpc-1}}}\n"
    text += f"  prod: {{infrastructure: {{runtime: {{type: ecs_fargate}}, network: {NETWORK}}}}}\n"
    assert {line.partition(" has")[0] for line in plans.told(text)} == {
        '7:16: no-effect: "databricks.policy_id"',
        '9:65: no-effect: "network.vpc_id"',
    }


def test_what_depends_on_other_fields(plans: Plans) -> None:
    """A default that other fields of the job make idle is left out as well."""
    settings = "defaults: {infrastructure: {runtime: {timeout_seconds: 600, max_retries: 2}}}"
    plan = plans.plan(job(runtime="scaling: {min: 1}"), settings)
    fields = [left.field for left in plan.left_out]
    assert fields == ["runtime.timeout_seconds", "runtime.max_retries"]


def test_jobs_of_other_tools_are_checked(plans: Plans) -> None:
    """As any other, and planned for their exports; of one that nobody deploys only tags count."""
    (told,) = plans.told(job(runtime="cpu: 3", block="iac: pulumi"))
    assert told.startswith('10:10: invalid-value: "runtime.cpu" cannot be "3": Fargate has')
    (plan,), problems = plans.decided(job(block="iac: cloudformation"))
    assert plan.module.arguments and "local-state" not in {problem.code for problem in problems}
    (problem,) = [problem for problem in problems if problem.code == "no-root"]
    assert problem.hint == "dativo export cloudformation has its inputs"
    assert plans.decided(job(runtime="cpu: 3", block="iac: manual"))[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "{{terraform_output.x}}",
        "{{ outputs.x }}",
        "{terraform_outputs.x}",
        "{{terraform.outputs.x}}",
    ]
    + ['{{ terraform_outputs["x"] }}', "{{terrafrom_outputs.x}}", "{{TERRAFORM_OUTPUTS.x}}"],
)
def test_what_is_nearly_a_placeholder(plans: Plans, text: str) -> None:
    """It is an error wherever it stands, with what was probably meant."""
    identifiers = job(block=f"resource_identifiers: {{a: '{text}'}}")
    beside = job() + f"target: {{connection: {{endpoint: '{text}'}}}}\n"
    for file in (identifiers, beside):
        (problem,) = plans.problems(file)
        assert (problem.code, problem.hint) == (
            "placeholder",
            'did you mean "{{terraform_outputs.x}}"?',
        )


def test_templates_of_others(plans: Plans) -> None:
    """Braces that only the runner reads are its own; what the job reads back has no others."""
    assert not plans.problems(job() + "source: {query: '{{ ds }} {{ params.x }} {tenant}'}\n")
    (problem,) = plans.problems(job(block="resource_identifiers: {a: '{{ cluster_name }}'}"))
    assert problem.hint == "write {{terraform_outputs.NAME}}, quoted"
