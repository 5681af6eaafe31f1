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
_GOOGLE = """\
  provider: gcp
  region: us-central1
  tags: {owner: data, team: data}
"""
_PROJECT = "  account: {project_id: acme-data}\n"

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
"""A made-up runtime: a job's fields as inputs of its module."""

from __future__ import annotations

from generator.plan.runtimes.field import Field
from generator.plan.runtimes.runtime import RuntimeSpec

RUNTIME = RuntimeSpec(fields=(Field("runtime.image", "image"), Field("region", "region")))
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
    RuntimeType("oracle_instance", "Instance", ("oracle",), "container", "oracle_instance"),
"""
_PROVIDER_ROW = """
PROVIDERS = {
    "oci": Provider("oracle/oci", "~> 7.0", frozenset(("region",))),
"""
_PROVIDER = """\
def _oci(infrastructure: Infrastructure) -> ProviderBlock:
    return ProviderBlock("oci", {"region": infrastructure.region}, {})


CLOUD_PROVIDERS = {
    "oracle": CloudProvider("oci", _oci, ()),
"""
_RULES = """\
        TagRules("oracle", "Oracle Cloud", "tag", 64, 100, 256, "+"),
        TagRules("azure", """
_CLOUD: dict[str, Edit] = {
    "generator/model/runtime_types.py": [
        ('Cloud = Literal["aws", ', 'Cloud = Literal["oracle", "aws", '),
        ("_ROWS = (\n", _TYPE_ROW),
    ],
    "generator/plan/providers.py": [
        ("\nPROVIDERS = {\n", _PROVIDER_ROW),
        ("CLOUD_PROVIDERS = {\n", _PROVIDER),
    ],
    "generator/plan/regions.py": [
        ("_REGIONS = {", '_REGIONS = {"oracle": frozenset(("eu-frankfurt-1",)), ')
    ],
    "generator/tags/rules.py": [('        TagRules("azure", ', _RULES)],
    "generator/plan/existing/oracle.py": (
        '"""Oracle Cloud: nothing is looked up."""\n\nLOOKUPS = ()\nUNVERIFIED = ()\n'
    ),
    "generator/plan/runtimes/oracle_instance.py": _RUNTIME,
    "modules/oracle_instance/variables.tf": _MODULE,
}


def test_every_recipe_is_followed() -> None:
    """A recipe without a test below is nobody's promise."""
    titles = ["A field", "A tag", "A runtime", "A cloud", "A command", "An older spelling"]
    assert list(recipes()) == titles


def test_a_field(tmp_path: Path) -> None:
    """A field, a row and a variable pass a value on to the module of one runtime; no other."""
    field = '    priority: Text | None = Field(None, description="Which runs go first.")\n'
    variable = 'variable "priority" {\n  description = "Which runs go first."\n  type = string\n}\n'
    edits: dict[str, Edit] = {
        "generator/model/runtime.py": [("    image: ", f"{field}    image: ")],
        "generator/plan/runtimes/cloud_run_job.py": [
            ("import Input, parts", "import Field, Input, parts"),
            ("FIELDS = (\n", 'FIELDS = (\n    Field("runtime.priority", "priority"),\n'),
        ],
        "modules/gcp-cloud-run-job/variables.tf": [
            ('variable "region" {', variable + '\nvariable "region" {')
        ],
    }
    copy = follow("A field", "cloud_run_job", tmp_path, edits)
    runtime = "  runtime: {type: cloud_run_job, image: example.com/etl:1, priority: high}\n"
    copy.write("jobs/acme/orders.yaml", JOB + _GOOGLE + _PROJECT + runtime)
    copy.run("generate", "jobs/acme/orders.yaml")
    assert 'priority = "high"' in copy.read("generated/acme/orders/prod/main.tf")


def test_a_tag(tmp_path: Path) -> None:
    """A row and a field put a value of the asset file on every resource."""
    row = '    Concept("steward", ASSET, "who keeps the data", ("asset team.steward",)),\n'
    field = '    steward: Text | None = Field(None, description="Who keeps the data; a tag.")\n'
    edits: dict[str, Edit] = {
        "generator/concepts/table.py": [("_TABLE = (\n", f"_TABLE = (\n{row}")],
        "generator/model/asset.py": [("    owner: Text", f"{field}    owner: Text")],
    }
    copy = follow("A tag", "", tmp_path, edits)
    asset = copy.folder / "assets/stripe/v1.0/customers.yaml"
    asset.write_text(asset.read_text("utf-8").replace("team:\n", "team:\n  steward: Dana\n"))
    copy.run("generate", "jobs/acme/stripe-customers.yaml")
    assert 'Steward = "Dana"' in copy.read("generated/acme/stripe-customers/prod/locals.tf")


def test_a_runtime(tmp_path: Path) -> None:
    """A row, a file and a module make a root, also where older jobs knew the name of old."""
    row = '_ROWS = (\n    RuntimeType("batch", "Batch", ("gcp",), "container", "batch"),\n'
    edits: dict[str, Edit] = {
        "generator/model/runtime_types.py": [("_ROWS = (\n", row)],
        "generator/plan/runtimes/batch.py": _RUNTIME,
        "modules/batch/variables.tf": _MODULE,
    }
    copy = follow("A runtime", "batch", tmp_path, edits)
    runtime = "  runtime: {type: batch, image: example.com/etl:1}\n"
    copy.write("jobs/acme/orders.yaml", JOB + _GOOGLE + runtime)
    copy.run("generate", "jobs/acme/orders.yaml")
    root = "generated/acme/orders/prod"
    assert 'source = "../../../../modules/batch"' in copy.read(f"{root}/main.tf")
    assert 'image = "example.com/etl:1"' in copy.read(f"{root}/main.tf")


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
    runtime = "  runtime: {type: cloud_run_job}\n  container: {picture: example.com/etl:1}\n"
    copy.write("jobs/acme/orders.yaml", JOB + _GOOGLE + _PROJECT + runtime)
    copy.run("generate", "jobs/acme/orders.yaml")
    assert 'image = "example.com/etl:1"' in copy.read("generated/acme/orders/prod/main.tf")


def test_a_cloud(tmp_path: Path) -> None:
    """A name, a provider, regions, rules for tags and a runtime make a root on a new cloud."""
    copy = follow("A cloud", "oracle", tmp_path, _CLOUD)
    block = (
        "  provider: oracle\n  region: eu-frankfurt-1\n  tags: {owner: data, team: data}\n"
        "  runtime: {type: oracle_instance, image: example.com/etl:1}\n"
        "  terraform: {backend: {type: local}}\n"
    )
    copy.write("jobs/acme/orders.yaml", JOB + block)
    copy.run("generate", "jobs/acme/orders.yaml")
    copy.run("check", "jobs/acme/orders.yaml")
    root = "generated/acme/orders/prod"
    assert 'source = "oracle/oci"' in copy.read(f"{root}/terraform.tf")
    assert 'provider "oci"' in copy.read(f"{root}/providers.tf")
    assert 'CostCenter = "FIN-001"' in copy.read(f"{root}/locals.tf")
