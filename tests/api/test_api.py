"""The Python API: the same work as the command line, as data; and the names of earlier tools."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import generator
from generator import (
    InputError,
    TagPropagator,
    UsageError,
    api,
    check,
    explain,
    export,
    generate,
    inputs_of,
    load_job,
    load_jobs,
    plan_of,
    resolve_job,
    root_files,
    tags_of,
    validate,
)
from generator.api import earlier
from generator.cli import main
from tests.docs.examples import ROOT, example
from tests.exports.projects import JOB, project, terraform

NAMES = [*api.__all__, *earlier.__all__]

PAGE = "docs/python-api.md"
STRIPE = ROOT / "jobs/acme/stripe-customers.yaml"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A project of one job."""
    return project(tmp_path / "p", resource_identifiers={"a": "{{terraform_outputs.id}}"})


def test_generate_and_check(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``generate`` writes what ``check`` announced, and then ``check`` has nothing to say."""
    assert check(made).roots == {"generated/acme/orders/prod": "created"}
    assert not (made / "generated/acme").exists()
    assert generate(made).require_ok().roots == {"generated/acme/orders/prod": "created"}
    result = check(made)
    assert result.up_to_date and result.files == 1
    files = root_files(made / JOB)
    assert {n: (made / "generated/acme/orders/prod" / n).read_text() for n in files} == files
    assert capsys.readouterr() == ("", "")


def test_errors_are_returned_or_raised(made: Path) -> None:
    """A run returns its problems and writes nothing; a single job raises them."""
    job = made / JOB
    job.write_text(job.read_text().replace("vpc_id", "vpcid"))
    result = generate(made)
    assert not result.ok and result.roots == {}
    assert not (made / "generated/acme").exists()
    assert {p.message for p in result.problems} >= {p.message for p in validate(made)}
    with pytest.raises(InputError):
        result.require_ok()
    with pytest.raises(InputError) as caught:
        load_job(job)
    assert "vpcid" in str(caught.value)


def test_explain_and_export_are_those_of_the_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A function returns what its command prints."""
    job = load_job(STRIPE, environment="prod")
    options = ["--project", str(ROOT), "--environment", "prod"]
    for what in ("tfvars", "metadata", "tags", "labels", "cloudformation", "pulumi"):
        assert main(["export", what, str(STRIPE), *options]) == 0
        assert capsys.readouterr().out == export(job, what)
    assert main(["explain", str(STRIPE), *options, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["roots"] == [json.loads(json.dumps(explain(job)))]
    with pytest.raises(UsageError, match="no such export"):
        export(job, "toml")


def test_load_jobs_has_every_root() -> None:
    """A job with two environments has two roots, in the order of the file."""
    environments = [job.loaded.job.environment for job in load_jobs(STRIPE)]
    assert environments == ["dev", "prod"]
    with pytest.raises(UsageError, match="several roots"):
        load_job(STRIPE)


def test_tags_and_plan_agree() -> None:
    """The tags of a job are those that its module call passes on."""
    job = load_job(STRIPE, environment="prod")
    assert inputs_of(job)["tags"] == tags_of(job).as_map()
    maps = [layer.tags for layer in plan_of(job).tag_maps]
    merged = {key: value for tags in maps for key, value in tags.items()}
    assert merged == tags_of(job).as_map()


def test_resolve_job(made: Path) -> None:
    """Outputs may be a mapping, or what Terraform printed."""
    text = (made / JOB).read_text()
    wanted = text.replace("{{terraform_outputs.id}}", "x")
    assert resolve_job(made / JOB, {"id": "x"}) == wanted
    assert resolve_job(made / JOB, b'{"id": {"value": "x", "sensitive": false}}') == wanted


def test_tag_propagator_parts_make_the_whole() -> None:
    """No part says another thing than the whole; together they hold what files say."""
    job = load_job(STRIPE, environment="prod")
    whole = TagPropagator.build_complete_tag_set(job)
    assert whole == generator.merge_infrastructure_tags(job)
    for part in (
        TagPropagator.derive_classification_tags(job),
        TagPropagator.derive_finops_tags(job),
    ):
        assert part and part.items() <= whole.items()
    assert TagPropagator.derive_tags_from_asset(job)["CostCenter"] == "FIN-002"
    assert TagPropagator.derive_tags_from_job(job)["CostCenter"] == "FIN-001"
    enriched = TagPropagator.enrich_tags_with_infrastructure({"RuntimeType": "x"}, job)
    assert (enriched["RuntimeType"], enriched["Team"]) == ("x", "data-engineering")


def test_provider_tags() -> None:
    """The tags of a job on AWS by the rules of another cloud."""
    job = load_job(STRIPE, environment="prod")
    assert generator.get_infrastructure_provider_tags(job) == tags_of(job).as_map()
    assert generator.get_infrastructure_provider_tags(job, "gcp")["cost_center"] == "fin-001"


def test_infrastructure_block() -> None:
    """A block as plain data is validated alone; a job's comes with its defaults."""
    block = {"provider": "aws", "region": "us-east-1", "runtime": {"type": "ecs_fargate"}}
    config = generator.load_infrastructure_config(block)
    assert config is not None and config.runtime.memory == 2048
    assert generator.load_infrastructure_config(None) is None
    assert generator.validate_infrastructure_config(block) == ()
    (problem,) = generator.validate_infrastructure_config({**block, "regoin": "x"})
    assert 'did you mean "region"' in problem.hint
    job = load_job(STRIPE, environment="prod")
    assert generator.load_infrastructure_config(job) == job.loaded.job.infrastructure
    assert generator.validate_infrastructure_for_job(job) == job.warnings


def test_older_infrastructure_block() -> None:
    """A block of an older dialect is read as in a file; its region was the module's business."""
    block = {
        "provider": "aws",
        "runtime": {
            "type": "ecs",
            "compute": {"cpu": "1024", "memory": 2048, "gpu": False},
            "scaling": {"min_instances": 1, "max_instances": 5},
            "timeout_seconds": 3600,
        },
        "networking": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1"], "private_access": True},
        "storage": {"state_bucket": "state", "encryption": {"enabled": True}},
        "tags": {"cost_center": "FIN-001", "compliance": ["GDPR"], "custom": {"key": "value"}},
        "terraform": {"backend": {"type": "s3", "config": {"bucket": "b", "encrypt": True}}},
        "monitoring": {"alerts": {"channels": ["arn"], "thresholds": {"latency": 5}}},
    }
    config = generator.load_infrastructure_config(block)
    assert config is not None and config.model_dump()["region"] is None
    assert (config.runtime.type, config.runtime.cpu, config.runtime.memory) == (
        "ecs_fargate",
        1,
        2048,
    )
    assert config.tags == {"cost_center": "FIN-001", "compliance": ["GDPR"], "key": "value"}
    warnings = generator.validate_infrastructure_config(block)
    assert {problem.severity for problem in warnings} == {"warning"} and len(warnings) == 2
    problems = generator.validate_infrastructure_config({**block, "regoin": "x"})
    assert [p.code for p in problems if p.severity == "error"] == ["unknown-key"]


@pytest.mark.terraform
def test_export_terraform_vars(made: Path, tmp_path: Path) -> None:
    """Both forms hold the inputs, and Terraform takes both."""
    inputs = generator.generate_terraform_variables(made / JOB)
    hcl, data = tmp_path / "a.tfvars", tmp_path / "a.tfvars.json"
    assert generator.export_terraform_tfvars(made / JOB, hcl) == str(hcl)
    assert generator.export_terraform_vars(made / JOB, data) == str(data)
    assert json.loads(data.read_text()) == inputs
    (tmp_path / "v.tf").write_text("".join(f'variable "{name}" {{}}\n' for name in inputs))
    for file in (hcl, data):
        done = terraform(tmp_path, "plan", f"-var-file={file}", "-no-color")
        assert done.returncode == 0, done.stderr


def test_no_module_takes_the_place_of_a_function() -> None:
    """Importing a module sets its name in the package, where a name of the API must stay."""
    assert [name for name in NAMES if find_spec(f"generator.{name}")] == []


def test_every_name_of_the_page_exists() -> None:
    """The page names what is there, and all of it."""
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)\(", text.split("## Names of earlier tools")[0]))
    assert named <= set(NAMES)
    assert [name for name in NAMES if name not in text and name.islower()] == []


@pytest.mark.parametrize("name", ["load", "problems", "back", "earlier"])
def test_examples_of_the_page_run(name: str, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows works as it stands."""
    job = made / JOB
    text = job.read_text().replace("terraform_outputs.id", "terraform_outputs.cluster_name")
    (made / "jobs/acme/stripe.yaml").write_text(text)
    job.unlink()
    monkeypatch.chdir(made)
    exec(compile(example(PAGE, name), PAGE, "exec"), {})  # noqa: S102


def test_import_is_cheap() -> None:
    """Importing the package brings no function, no model and no third party with it."""
    code = (
        "import sys, generator; generator.__version__; "
        "print([m for m in sys.modules if m in "
        "('typing', 'generator.api', 'pydantic', 'yaml', 'jinja2', 'argparse')])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "[]\n"
    with pytest.raises(AttributeError):
        _ = generator.no_such_name  # type: ignore[attr-defined] # as a type checker says, too
