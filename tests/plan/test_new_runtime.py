"""A runtime, and a field of one, are added in a copy of the repository, with all that follows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("generator", "modules", "templates", "scripts", "docs")
JOB = """\
tenant_id: acme
environment: prod
name: nightly
infrastructure:
  provider: aws
  region: eu-central-1
  terraform: {backend: {type: local}}
"""
ROW = 'RuntimeType("glue", "Glue", ("aws",), "machines", "aws-glue"),\n    '
FILE = '''\
"""AWS Glue: a job's fields as inputs of ``modules/aws-glue``."""

from generator.plan.runtimes.field import Field
from generator.plan.runtimes.runtime import RuntimeSpec

RUNTIME = RuntimeSpec(fields=(Field("runtime.entry_point", "script"),))
'''
MODULE = """\
terraform {
  required_version = ">= 1.9"
}

variable "name" { type = string }
variable "tenant" { type = string }
variable "environment" { type = string }
variable "script" { type = string }
variable "tags" { type = map(string) }
"""
CONTAINER = """\
  runtime: {type: %s, image: "example.com/etl:1", priority: 3}
  network: {vpc_id: vpc-1, subnet_ids: [subnet-1]}
"""


class Copy:
    """A copy of the repository, and what is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__", ".terraform", "tests", "examples")
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        shutil.copy(ROOT / "README.md", folder)
        self.write("dativo.yaml", "")

    def write(self, path: str, text: str) -> None:
        """A new file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, text: str) -> None:
        """Text before the first occurrence of another."""
        old = self.text(path)
        assert before in old
        self.write(path, old.replace(before, text + before, 1))

    def text(self, path: str) -> str:
        """A file."""
        return (self.folder / path).read_text(encoding="utf-8")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``python -m`` in the copy."""
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the repository without jobs."""
    return Copy(tmp_path)


def test_a_row_a_file_and_a_module_make_a_runtime(copy: Copy) -> None:
    """A runtime whose name was known and refused is one that jobs have, with all that follows."""
    copy.write("jobs/nightly.yaml", JOB + "  runtime: {type: glue, entry_point: s3://code/a.py}\n")
    assert 'error: "glue" is no runtime' in copy.run("generator", "generate").stderr
    copy.insert("generator/model/runtime_types.py", 'RuntimeType("spark"', ROW)
    copy.write("generator/plan/runtimes/glue.py", FILE)
    copy.write("modules/aws-glue/main.tf", MODULE)
    derived = copy.run("scripts", "module_interfaces", "runtime_table")
    assert derived.returncode == 0, derived.stderr
    done = copy.run("generator", "generate")
    assert done.returncode == 0, done.stderr
    called = copy.text("generated/acme/nightly/prod/main.tf")
    assert '"../../../../modules/aws-glue"' in called
    assert 'script      = "s3://code/a.py"' in called
    assert "| `glue` | AWS | [aws-glue](modules/aws-glue/README.md) |" in copy.text("README.md")
    assert "| [`glue`](../modules/aws-glue) | AWS |" in copy.text("docs/runtimes.md")
    settings = "defaults: {runtimes: {glue: {infrastructure: {region: eu-west-1}}}}\n"
    copy.write("dativo.yaml", settings)
    assert copy.run("generator", "validate").returncode == 0


def test_a_row_makes_a_field(copy: Copy) -> None:
    """A field of the model has an effect where a runtime's table has it, and nowhere else."""
    model = '    priority: int | None = Field(None, description="Which run goes first.")\n'
    copy.insert("generator/model/runtime.py", "    image: Filled", model)
    row = '    Field("runtime.priority", "priority"),\n'
    at = '    Field("runtime.cluster_name", "cluster_name"),\n'
    copy.insert("generator/plan/runtimes/ecs_fargate.py", at, row)
    variable = 'variable "priority" {\n  type    = number\n  default = null\n}\n\n'
    copy.insert("modules/aws-ecs-fargate/variables.tf", 'variable "', variable)
    copy.write("jobs/nightly.yaml", JOB + CONTAINER % "ecs_fargate")
    done = copy.run("generator", "generate")
    assert done.returncode == 0, done.stderr
    called = copy.text("generated/acme/nightly/prod/main.tf")
    assert "priority = 3" in " ".join(called.split())
    copy.write("jobs/nightly.yaml", JOB + CONTAINER % "lambda")
    told = copy.run("generator", "validate")
    assert '"runtime.priority" has no effect on lambda' in told.stderr + told.stdout
