"""Each recipe of docs/architecture.md, followed to the letter, makes what it promises."""

from __future__ import annotations

from pathlib import Path

from tests.docs.recipes import Edit, follow, recipes

JOB = """\
tenant_id: acme
environment: prod
name: orders
finops: {cost_center: FIN-001}
infrastructure:
"""

_COMMAND = '''\
"""``dativo tenants``: lists the tenants that have jobs."""

from __future__ import annotations

import argparse

from generator.commands.arguments import add_paths
from generator.commands.common import project_folder
from generator.job.project import open_project
from generator.run import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_paths(parser)


def run(options: argparse.Namespace) -> int:
    """Print each tenant on a line of its own."""
    work = Run(open_project(project_folder(options.project)), options.paths)
    work.build()
    print(*sorted({claim.tenant for claim in work.built.claims}), sep="\\n")
    return 0
'''

_RUNTIME = '''\
"""Container instances of Oracle Cloud: a job's fields as inputs of ``modules/oci_instance``."""

from __future__ import annotations

from generator.plan.runtimes.field import Field
from generator.plan.runtimes.runtime import Runtime

RUNTIME = Runtime(
    fields=(Field("runtime.image", "image"), Field("region", "region")),
    inputs=lambda infrastructure, loaded, faults: iter(()),
    launchers={},
)
'''
_MODULE = """\
variable "tenant" {
  description = "The tenant."
  type        = string
}

variable "environment" {
  description = "The stage."
  type        = string
}

variable "name" {
  description = "The job."
  type        = string
}

variable "image" {
  description = "The container image."
  type        = string
}

variable "region" {
  description = "The region."
  type        = string
}

variable "tags" {
  description = "The tags."
  type        = map(string)
}
"""
_TYPE_ROW = """\
_ROWS = (
    RuntimeType("oci_instance", "Instance", ("oracle",), "container", "oci_instance"),
"""
_PROVIDER = """\
def _oci(infrastructure: Infrastructure) -> ProviderBlock:
    return ProviderBlock("oci", {"region": infrastructure.region}, {})


CLOUDS = {
    "oracle": Cloud("oci", _oci, ()),
"""
_RULES = """\
        TagRules("oracle", "Oracle Cloud", "tag", 10, 100, 256, "+"),
        TagRules("azure", """
_CLOUD: dict[str, Edit] = {
    "generator/model/runtime_types.py": [
        ('Cloud = Literal["aws", ', 'Cloud = Literal["oracle", "aws", '),
        ("_ROWS = (\n", _TYPE_ROW),
    ],
    "generator/plan/providers.py": [
        ("PROVIDERS = {\n", 'PROVIDERS = {\n    "oci": ("oracle/oci", "~> 7.0"),\n'),
        ("CLOUDS = {\n", _PROVIDER),
    ],
    "generator/plan/regions.py": [
        ("_REGIONS = {", '_REGIONS = {"oracle": frozenset(("eu-frankfurt-1",)), ')
    ],
    "generator/tags/rules.py": [('        TagRules("azure", ', _RULES)],
    "generator/plan/existing/oracle.py": (
        '"""Oracle Cloud: nothing is looked up."""\n\nLOOKUPS = ()\nUNVERIFIED = ()\n'
    ),
    "generator/plan/runtimes/oci_instance.py": _RUNTIME,
    "modules/oci_instance/variables.tf": _MODULE,
}


def test_every_recipe_is_followed() -> None:
    """A recipe without a test below is nobody's promise."""
    titles = ["A field", "A tag", "A runtime", "A cloud", "A command", "An older spelling"]
    assert list(recipes()) == titles


def test_a_command(tmp_path: Path) -> None:
    """A file with two functions and a row make a command, with its help."""
    row = '    "tenants": "list the tenants that have jobs",\n'
    edits: dict[str, Edit] = {
        "generator/commands/tenants.py": _COMMAND,
        "generator/cli.py": [('    "check": "tell', row + '    "check": "tell')],
    }
    copy = follow("A command", "tenants", tmp_path, edits)
    assert copy.run("tenants") == "acme\nglobex\n"
    assert "List the tenants that have jobs." in copy.run("tenants", "--help")


def test_an_older_spelling(tmp_path: Path) -> None:
    """A row makes a key of another tool mean a key of today."""
    row = '    Spelling("V", "container.picture", "runtime.image"),\n'
    edits: dict[str, Edit] = {
        "generator/dialects/spellings.py": [("SPELLINGS = (\n", f"SPELLINGS = (\n{row}")]
    }
    copy = follow("An older spelling", "", tmp_path, edits)
    block = (
        "  provider: gcp\n  region: us-central1\n  account: {project_id: acme-data}\n"
        "  runtime: {type: cloud_run_job}\n  container: {picture: example.com/etl:1}\n"
        "  tags: {owner: data, team: data}\n"
    )
    copy.write("jobs/acme/orders.yaml", JOB + block)
    copy.run("generate", "jobs/acme/orders.yaml")
    assert 'image = "example.com/etl:1"' in copy.read("generated/acme/orders/prod/main.tf")


def test_a_cloud(tmp_path: Path) -> None:
    """A name, a provider, regions, rules for tags and a runtime make a root on a new cloud."""
    copy = follow("A cloud", "oracle", tmp_path, _CLOUD)
    block = (
        "  provider: oracle\n  region: eu-frankfurt-1\n  tags: {owner: data, team: data}\n"
        "  runtime: {type: oci_instance, image: example.com/etl:1}\n"
        "  terraform: {backend: {type: local}}\n"
    )
    copy.write("jobs/acme/orders.yaml", JOB + block)
    copy.run("generate", "jobs/acme/orders.yaml")
    copy.run("check", "jobs/acme/orders.yaml")
    root = "generated/acme/orders/prod"
    assert 'source = "oracle/oci"' in copy.read(f"{root}/terraform.tf")
    assert 'provider "oci"' in copy.read(f"{root}/providers.tf")
    assert 'CostCenter = "FIN-001"' in copy.read(f"{root}/locals.tf")
