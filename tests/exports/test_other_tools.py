"""CloudFormation and Pulumi: the files have the shapes that these tools read."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from generator.cli import main
from generator.yaml.write import block
from tests.exports.projects import JOB, ROOT, project
from tests.exports.test_reports import AZURE, PROD, STRIPE


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["export", *arguments]) == 0
    return capsys.readouterr().out


def test_template_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    """Parameters and tags are text; names are letters and digits; objects are taken apart."""
    found = json.loads(_printed(capsys, "cloudformation", STRIPE, *PROD))
    assert list(found) == ["Parameters", "Tags"]
    parameters = found["Parameters"]
    assert all(re.fullmatch("[A-Za-z0-9]+", name) for name in parameters)
    assert all(isinstance(value, str) for value in parameters.values())
    assert parameters["MemoryMib"] == "2048"
    assert parameters["NetworkVpcId"] == "vpc-0a1b2c3d4e5f60718"
    assert parameters["NetworkSubnetIds"].count(",") == 1
    assert json.loads(parameters["EnvironmentVariables"]) == {"LOG_LEVEL": "info"}
    assert "Tags" not in parameters
    assert found["Tags"]["CostCenter"] == "FIN-001"


def test_lists_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """``create-stack`` takes the same parameters and tags as lists."""
    whole = json.loads(_printed(capsys, "cloudformation", STRIPE, *PROD))
    arguments = ("cloudformation", STRIPE, *PROD, "--format")
    parameters = json.loads(_printed(capsys, *arguments, "parameters"))
    assert {p["ParameterKey"]: p["ParameterValue"] for p in parameters} == whole["Parameters"]
    tags = json.loads(_printed(capsys, *arguments, "tags"))
    assert {tag["Key"]: tag["Value"] for tag in tags} == whole["Tags"]


def test_list_with_a_comma_in_it_is_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comma inside an item must not make two items of it."""
    made = project(tmp_path, runtime={"args": ["run", "a,b"]})
    found = json.loads(_printed(capsys, "cloudformation", str(made / JOB), "--project", str(made)))
    assert json.loads(found["Parameters"]["Args"]) == ["run", "a,b"]


def test_cloudformation_is_for_aws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A job for another cloud is refused at its provider."""
    made = project(tmp_path, provider="azure", **AZURE)
    assert main(["export", "cloudformation", str(made / JOB), "--project", str(made)]) == 1
    assert (
        "CloudFormation is for AWS, and the tags of this job are for Azure"
        in capsys.readouterr().err
    )


def test_pulumi_stack(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys have a namespace, values keep their types, the provider gets region and tags."""
    text = _printed(capsys, "pulumi", STRIPE, *PROD, "--namespace", "etl")
    config = yaml.safe_load(text)["config"]
    assert config == YAML(typ="safe", pure=True).load(text)["config"]
    assert config["aws:region"] == "us-east-1"
    assert config["aws:defaultTags"]["tags"]["AssetVersion"] == "1.0"
    assert config["etl:memory_mib"] == 2048
    assert config["etl:network"]["subnet_ids"][0].startswith("subnet-")
    assert {key.partition(":")[0] for key in config} == {"aws", "etl"}


def test_pulumi_would_take_it_for_a_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mapping with the one key "secure" means an encrypted value to Pulumi."""
    made = project(tmp_path, runtime={"environment": {"secure": "x"}})
    assert main(["export", "pulumi", str(made / JOB), "--project", str(made)]) == 1
    assert "for an encrypted value" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tags", "--format", "yaml"), "tags has json, csv, markdown"),
        (("tags", "--to", "gcp"), "--to is for labels"),
        (("tfvars", "--namespace", "x"), "--namespace is for pulumi"),
        (("pulumi", "--namespace", "a b"), "not the name of a Pulumi project"),
    ],
)
def test_options_that_an_export_lacks(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option without an effect is refused, not ignored."""
    what, *more = arguments
    assert main(["export", what, STRIPE, *PROD, *more]) == 1
    assert message in capsys.readouterr().err


def test_several_roots_need_a_choice(capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists the choices as they are typed."""
    assert main(["export", "tags", STRIPE, "--project", str(ROOT)]) == 1
    assert "--tenant acme --environment dev, --tenant acme" in capsys.readouterr().err
    assert main(["export", "tags", STRIPE, "--project", str(ROOT), "--environment", "x"]) == 1
    assert "has no such root, it has: --tenant acme" in capsys.readouterr().err


_KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(-1e9, 1e9, allow_subnormal=False), _KEYS,
    st.sampled_from(["1e3", "0x1F", "0o7", "12:30", "NO", "~", "", " a ", "- b", "2024-01-01"]),
)  # fmt: skip
_DATA = st.dictionaries(
    _KEYS,
    st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@given(_DATA)
def test_yaml_means_the_same_to_all_parsers(data: dict[str, Any]) -> None:
    """What is written is read back equal by YAML 1.1 (PyYAML) and YAML 1.2 (ruamel)."""
    text = block(data)
    assert yaml.safe_load(text) == data
    assert YAML(typ="safe", pure=True).load(io.StringIO(text)) == data


@pytest.mark.parametrize("tool", ["cloudformation", "pulumi"])
def test_a_job_of_the_other_tool(
    tool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A job that the tool deploys has no root, and is exported and explained like any other; what
    is left out of a default is named.
    """
    made = project(tmp_path, iac=tool)
    default = "defaults: {infrastructure: {network: {connector: c}}}\n"
    (made / "dativo.yaml").write_text(default, encoding="utf-8")
    job = str(made / JOB)
    assert main(["generate", "--project", str(made)]) == 0
    assert not list(made.glob("generated/*/*"))
    capsys.readouterr()
    found = _printed(capsys, tool, job, "--project", str(made))
    assert "CostCenter" in found and "mage" in found
    assert main(["explain", job, "--project", str(made)]) == 0
    text = capsys.readouterr().out
    assert "inputs of the module" in text and "state" not in text.split("\n\n")[0]
    assert re.search(r"network\.connector +dativo\.yaml:1", text)
