"""``dativo policy``: each policy loads in its tool or schema, and says what dativo says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import hcl2
import jsonschema
import pytest
import yaml
from referencing import Registry
from referencing.jsonschema import DRAFT4

from generator.cli import main
from generator.rehearsal.binary import Terraform
from generator.rehearsal.mirror import Mirror
from generator.rehearsal.terraform_run import run
from tests.policy.test_policy import CHECKOV
from tests.terraform.projects import JOB, write_project
from tests.terraform.roots import explained_tags
from tests.user_environment import environment_of

PUBLISHED = Path(__file__).parent / "published"
SETTINGS = """\
tags:
  required:
    cost_center: {pattern: "FIN-[0-9]{3}"}
    team: {allowed: [data, finance]}
    owner:
"""
Say = Callable[..., str]


@pytest.fixture
def policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """``policy(*arguments, settings=SETTINGS, code=0)``: what it prints, then its warnings."""

    def call(*arguments: str, settings: str = SETTINGS, code: int = 0) -> str:
        (tmp_path / "dativo.yaml").write_text(settings, encoding="utf-8")
        capsys.readouterr()
        assert main(["policy", "--project", os.fspath(tmp_path), *arguments]) == code
        said = capsys.readouterr()
        return said.out + said.err

    return call


@pytest.fixture
def tags_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], dict[str, str]]:
    """The tags of a generated root on a cloud."""

    def call(cloud: str) -> dict[str, str]:
        project = tmp_path / cloud
        project.mkdir()
        write_project(project, cloud, tags={"owner": "ada"})
        (project / "dativo.yaml").write_text(SETTINGS, encoding="utf-8")
        capsys.readouterr()
        where = ["--project", os.fspath(project), "--format", "json"]
        assert main(["explain", os.fspath(project / JOB), *where]) == 0
        return explained_tags(capsys.readouterr().out)

    return call


def spoilt(tags: dict[str, str], team: str) -> list[dict[str, str]]:
    """The tags without each required one, and with a team that is not allowed."""
    keys = [key for key in tags if re.sub("[^a-z]", "", key.lower()) in ("costcenter", "owner")]
    assert len(keys) == 2
    lacking = [{k: v for k, v in tags.items() if k != key} for key in (*keys, team)]
    return [*lacking, {**tags, team: "nobody"}]


def test_aws(policy: Say, tags_on: Callable[[str], dict[str, str]]) -> None:
    """A tag policy has the keys as roots write them, what is reported where it lacks, and values;
    a pattern that it cannot hold is told.
    """
    said = policy("aws", "--enforced-for", "ecs:ALL_SUPPORTED")
    document, end = json.JSONDecoder().raw_decode(said)
    assert 'the pattern FIN-[0-9]{3} of the tag "cost_center" is not handed over' in said[end:]
    assert said[end:].count("warning:") == 1
    assert set(document) == {"tags"} and set(document["tags"]) == {"CostCenter", "Team", "Owner"}
    for key, entry in document["tags"].items():
        # AWS Organizations User Guide, "Tag policy syntax": only values of these fields.
        assert set(entry) <= {"tag_key", "tag_value", "enforced_for", "report_required_tag_for"}
        assert all(set(field) == {"@@assign"} for field in entry.values())
        assert entry["tag_key"]["@@assign"] == key
        assert entry["enforced_for"]["@@assign"] == ["ecs:ALL_SUPPORTED"]
        assert "lambda:ALL_SUPPORTED" in entry["report_required_tag_for"]["@@assign"]
    tags = tags_on("aws")
    assert _aws_allows(document, tags)
    assert not any(_aws_allows(document, bad) for bad in spoilt(tags, "Team"))
    open_end = SETTINGS.replace("FIN-[0-9]{3}", "FIN-.*|OPS")
    found, _ = json.JSONDecoder().raw_decode(policy("aws", settings=open_end))
    assert found["tags"]["CostCenter"]["tag_value"]["@@assign"] == ["FIN-*", "OPS"]
    assert "enforced_for" not in found["tags"]["CostCenter"]


def _aws_allows(document: dict[str, Any], tags: dict[str, str]) -> bool:
    return all(
        key in tags
        and any(fnmatchcase(tags[key], glob) for glob in entry.get("tag_value", _ANY)["@@assign"])
        for key, entry in document["tags"].items()
    )


_ANY = {"@@assign": ["*"]}


def test_azure(policy: Say, tags_on: Callable[[str], dict[str, str]]) -> None:
    """A policy definition fits Azure's schema, and its rule finds what dativo refuses."""
    said = policy("azure")
    document, end = json.JSONDecoder().raw_decode(said)
    rule = document["properties"]["policyRule"]
    registry: Registry[Any] = Registry().with_resource(
        "https://schema.management.azure.com/schemas/common/definitions.json",
        DRAFT4.create_resource(json.loads((PUBLISHED / "definitions.json").read_text("utf-8"))),
    )
    schema = json.loads((PUBLISHED / "policyDefinition.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema, registry=registry)
    validator.validate(rule)
    assert not validator.is_valid({**rule, "if": {"field": "x"}})
    tags = tags_on("azure")
    assert not _azure_finds(rule["if"], tags)
    assert all(_azure_finds(rule["if"], bad) for bad in spoilt(tags, "Team"))
    assert _azure_finds(rule["if"], {**tags, "CostCenter": "FIN-12"})
    assert "compares values without regard to capitals" in said[end:]


def _azure_finds(condition: dict[str, Any], tags: dict[str, str]) -> bool:
    """What Azure's documentation says of the conditions that are used here."""
    if "anyOf" in condition:
        return any(_azure_finds(one, tags) for one in condition["anyOf"])
    if "not" in condition:
        return not _azure_finds(condition["not"], tags)
    value = tags.get(condition["field"].removeprefix("tags['").removesuffix("']"))
    if "exists" in condition:
        return value is None
    if "notIn" in condition:
        return str(value).lower() not in [one.lower() for one in condition["notIn"]]
    if "like" in condition:
        return fnmatchcase(str(value).lower(), condition["like"].lower())
    return bool(re.fullmatch(re.escape(condition["match"]).replace("\\#", "[0-9]"), str(value)))


def test_gcp(policy: Say, tags_on: Callable[[str], dict[str, str]]) -> None:
    """A custom constraint has the fields that gcloud reads, and its condition holds for labels of
    a root alone; resources that no constraint sees are told.
    """
    said = policy("gcp", "--organization", "123456789")
    text, _, warnings = said.partition("dativo.yaml:")
    document = yaml.safe_load(text)
    assert set(document) == {
        *("name", "resourceTypes", "methodTypes", "condition", "actionType"),
        *("displayName", "description"),
    }
    assert document["name"].startswith("organizations/123456789/customConstraints/custom.")
    condition = document["condition"].replace("&&", "and").replace("resource.resourceLabels", "L")
    tags = tags_on("gcp")
    assert eval(condition, {"L": tags})  # noqa: S307 - CEL of this form is Python as well
    assert not any(eval(condition, {"L": bad}) for bad in spoilt(tags, "team"))  # noqa: S307
    assert "only clusters of GKE" in warnings and "a label has no capitals" in warnings
    assert "give --organization" in policy("gcp")


def test_tflint(policy: Say, tmp_path: Path) -> None:
    """The configuration is HCL with the rules of tflint's rule sets; tflint loads it where it is
    installed.
    """
    policy("tflint", "--output", os.fspath(tmp_path / "out"))
    text = (tmp_path / "out" / ".tflint.hcl").read_text(encoding="utf-8")
    found = hcl2.loads(text)
    keys = {key.strip('"'): rule["tags"] for one in found["rule"] for key, rule in one.items()}
    assert set(keys) == {"aws_resource_missing_tags", "azurerm_resource_missing_tags"}
    for rule in keys.values():
        assert [key.strip('"') for key in rule] == ["CostCenter", "Team", "Owner"]
    if tflint := shutil.which("tflint"):
        without = re.sub(r"(?s)\nplugin.*", "", text)  # rule sets come from a network
        (tmp_path / "out" / ".tflint.hcl").write_text(without, encoding="utf-8")
        subprocess.run([tflint], cwd=tmp_path / "out", check=True, capture_output=True)


@pytest.mark.terraform
def test_checkov(policy: Say, tmp_path: Path, tags_on: Callable[[str], dict[str, str]]) -> None:
    """Resources with the tags of a root pass the policies in checkov, and others do not."""
    if not CHECKOV.exists():
        pytest.fail("checkov is not installed, run: make test")
    policy("checkov", "--output", os.fspath(tmp_path / "out"))
    tags = tags_on("aws")
    roots = {"good": tags, **{f"bad{n}": bad for n, bad in enumerate(spoilt(tags, "Team"))}}
    blocks = [
        f'resource "aws_sqs_queue" "{name}" {{\n  tags = {json.dumps(found)}\n}}\n'
        for name, found in roots.items()
    ]
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "main.tf").write_text("\n".join(blocks), encoding="utf-8")
    ran = subprocess.run(
        [os.fspath(CHECKOV), "--directory", ".", "--framework", "terraform", "--output", "json"]
        + ["--skip-download", "--compact", "--external-checks-dir", "../out/checkov"]
        + ["--check", "CKV2_DATIVO*"],
        cwd=tmp_path / "scan",
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": os.fspath(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    found = json.loads(ran.stdout)["results"]
    failed = {check["resource"] for check in found["failed_checks"]}
    assert failed == {f"aws_sqs_queue.{name}" for name in roots if name != "good"}, ran.stderr
    passed = {c["check_id"] for c in found["passed_checks"] if c["resource"].endswith(".good")}
    assert len(passed) == 3


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["aws"], "{}\n", "tags.required names no tags"),
        (["asw"], SETTINGS, 'did you mean "aws"'),
        (["checkov"], SETTINGS, "name a folder with --output"),
        (["aws", "--organization", "12"], SETTINGS, "--organization is for gcp"),
        (["gcp", "--organization", "acme"], SETTINGS, "it is a number"),
        (["aws", "--enforced-for", "ecs"], SETTINGS, "write SERVICE:TYPE"),
    ],
)
def test_refused(policy: Say, arguments: list[str], settings: str, said: str) -> None:
    """What cannot be made is told."""
    assert said in policy(*arguments, settings=settings, code=1)


@pytest.mark.terraform
def test_compliance(tmp_path: Path, mirror: Mirror, terraform_program: Terraform) -> None:
    """The provider of AWS looks for required tags where the settings say so, in tombstones too,
    and older ones, which cannot, are not selected.
    """
    write_project(tmp_path, "aws")
    setting = "terraform: {tag_policy_compliance: error}\n"
    (tmp_path / "dativo.yaml").write_text(setting, encoding="utf-8")
    generate = ["generate", "--project", os.fspath(tmp_path)]
    assert main(generate) == 0
    root = tmp_path / "generated/acme/orders/prod"
    assert '"~> 6.0, >= 6.22.1"' in (root / "terraform.tf").read_text("utf-8")
    environment = environment_of(os.environ, mirror.environment())
    for job_is_there in (True, False):
        if not job_is_there:
            (tmp_path / JOB).unlink()
            assert main(generate) == 0
        text = (root / "providers.tf").read_text("utf-8")
        assert re.search(r'(?m)^  tag_policy_compliance += "error"$', text)
        for command in (["init", "-backend=false"], ["validate"], ["fmt", "-check"]):
            ran = run(terraform_program.path, command, os.fspath(root), environment)
            assert ran.code == 0, ran.stdout + ran.stderr
