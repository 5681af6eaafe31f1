"""Text that waits for a Terraform variable, and text that only looks so."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.text.expression import Interpolation, Reference
from tests.plan.conftest import Plans, job

TOP = Path(__file__).parents[2]
KUBERNETES = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: aws
  region: us-east-1
  network: {egress_cidr_blocks: ["%s"]}
  runtime: {type: kubernetes, cluster_name: c1, image: registry/etl:1}
"""
FARGATE = """\
tenant_id: acme
environment: prod
infrastructure:
  provider: aws
  region: us-east-1
  network: {vpc_id: vpc-1, subnet_ids: [subnet-1], egress_cidr_blocks: ["%s"]}
  runtime: {type: ecs_fargate, image: registry/etl:1}
"""
NO_BLOCK = '"${X}" is no CIDR block such as 10.0.0.0/8'


@pytest.mark.parametrize("text", [KUBERNETES, FARGATE], ids=["kubernetes", "ecs_fargate"])
@pytest.mark.parametrize(("written", "told"), [("$${X}", [NO_BLOCK]), ("${X}", [])])
def test_runtimes_agree_on_what_waits(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    written: str,
    told: list[str],
) -> None:
    """A literal is judged as it is meant, on every runtime; a name is left to Terraform."""
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs/etl.yaml").write_text(text % written)
    for module in ("aws-ecs-fargate", "kubernetes-job"):
        shutil.copytree(TOP / "modules" / module, tmp_path / "modules" / module)
    (tmp_path / "dativo.yaml").write_text("")
    monkeypatch.chdir(tmp_path)
    main(["validate", "--format", "json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [p["message"] for p in problems if p["severity"] == "error"] == told


@pytest.mark.parametrize(
    ("cloud", "target", "expected"),
    [
        ("aws", "bucket: 's3://${LAKE}/raw'", Reference("var.lake")),
        ("aws", "bucket: 's3://a-${LAKE}/raw'", Interpolation(("a-", Reference("var.lake")))),
        ("gcp", "gcs: {bucket: '${LAKE}'}", Reference("var.lake")),
    ],
)
def test_what_is_cut_out_waits_too(plans: Plans, cloud: str, target: str, expected: object) -> None:
    """The bucket of an address holds the name that the address waits for."""
    storage = plans.inputs(job(cloud, head=f"target: {{connection: {{{target}}}}}\n"))["storage"]
    assert expected in storage.values()


def test_what_is_put_together_waits_too(plans: Plans) -> None:
    """A container's id is made of the group, which may wait, and of literal text."""
    text = job("azure", block="storage: {data_bucket: account1/raw}\n")
    inputs = plans.inputs(text.replace("resource_group: rg", "resource_group: '${GROUP}'"))
    assert Reference("var.group") in inputs["storage"]["container_id"].parts


def _asks_for_braces(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "'${'":
            yield f"{path.relative_to(TOP)}:{node.lineno}"


def test_one_place_knows_what_waits() -> None:
    """No room asks text for its braces: what is filled is a template, or it is literal.

    ``render/hcl.py`` and the rehearsal ask Terraform's own texts.
    """
    terraform = {"render/hcl.py", "rehearsal/expectations.py"}
    files = [
        path
        for path in (TOP / "generator").rglob("*.py")
        if path.relative_to(TOP / "generator").as_posix() not in {*terraform, "model/variables.py"}
    ]
    assert [where for path in files for where in _asks_for_braces(path)] == []
