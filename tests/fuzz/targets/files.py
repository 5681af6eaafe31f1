"""Other files that a project or its Terraform hands to dativo."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from tests.fuzz.inert import assert_files
from tests.fuzz.mutation import of_json, of_text, of_yaml
from tests.fuzz.target import Target
from tests.fuzz.targets.jobs import SETTINGS, job_files
from tests.fuzz.world import world

_OUTPUTS = {
    "id": {"sensitive": False, "type": "string", "value": "job-1"},
    "ids": {"sensitive": False, "type": ["list", "string"], "value": ["a", "b"]},
    "secret": {"sensitive": True, "type": "string", "value": "s"},
    "object": {"sensitive": False, "type": ["object", {"a": "string"}], "value": {"a": "b"}},
}
_WANTS = b'resource_identifiers: {a: "{{terraform_outputs.id}}", b: "{{terraform_outputs.ids}}"}\n'
_LOCK = """\
provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.1.0"
  constraints = "~> 6.0"
  hashes = [
    "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "zh:0000000000000000000000000000000000000000000000000000000000000000",
  ]
}
"""
_ROOT = """\
terraform {
  required_version = ">= 1.10"
  backend "s3" {
    bucket = "acme-state"
    key    = "acme/orders/prod/terraform.tfstate"
    region = "us-east-1"
  }
}
provider "aws" { region = "us-east-1" }
locals { tags = { owner = "data", cost_center = "FIN-001" } }
variable "image" { default = "example/etl:1.0" }
module "etl" {
  source = "../../modules/aws-ecs-fargate"
  name   = "orders-${local.tags.owner}"
  image  = var.image
  cpu    = 1024
  memory = 2048
  tags   = merge(local.tags, { team = "x" })
}
output "id" { value = module.etl.id }
"""
_VALUES = """\
image = "example/etl:2.0"
tags  = { owner = "data" }
list = [1, true, null, <<-A
  x
  A
]
"""
# One of each tool that ``dativo audit`` reads.
_TAGS = {"Owner": "data", "CostCenter": "FIN-001", "JobName": "stripe-customers"}
_NAME = "//run.googleapis.com/projects/acme-data/locations/europe-west1/jobs/x"
_APP = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.App/jobs/x"
_EXPORTS: tuple[object, ...] = (
    {
        "ResourceTagMappingList": [
            {
                "ResourceARN": "arn:aws:ecs:eu-west-1:123456789012:cluster/x",
                "Tags": [{"Key": key, "Value": value} for key, value in _TAGS.items()],
            }
        ]
    },
    [{"name": _NAME, "assetType": "run.googleapis.com/Job", "labels": {"owner": "data"}}],
    [{"name": _NAME, "assetType": "run.googleapis.com/Job", "resource": {"data": {"labels": {}}}}],
    {"count": 1, "data": [{"id": _APP, "type": "microsoft.app/jobs", "tags": _TAGS}]},
    {
        "format_version": "1.0",
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": "aws_ecs_cluster.this",
                        "mode": "managed",
                        "type": "aws_ecs_cluster",
                        "provider_name": "registry.terraform.io/hashicorp/aws",
                        "values": {"arn": "arn:aws:ecs:x:1:cluster/x", "tags_all": _TAGS},
                    }
                ]
            }
        },
    },
)
_ANSWERS = "_commit: 1.0\n_src_path: dativo\ncloud: aws\nci: github\nproject_name: acme\n"


def _outputs(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", job_files()[0] + b"\n" + _WANTS)
    here.put("outputs.json", data)
    here.run("resolve", "jobs/a.yaml", str(here.folder / "outputs.json"))


def _provider_lock(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", job_files()[0])
    here.put("locks/aws.terraform.lock.hcl", data)
    here.put(".terraform.lock.hcl", data)
    here.run("generate")
    assert_files({p: t for p, t in here.generated().items() if not p.endswith(".hcl")})


def _hand_written(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS.replace("hand_written_roots: []", ""))
    here.put("jobs/a.yaml", job_files()[0])
    name = "main.tf.json" if data.lstrip().startswith(b"{") else "main.tf"
    here.put(f"infra/orders/{name}", data)
    here.run(
        "adopt", str(here.folder / "infra/orders"), "--format", ("text", "json")[len(data) % 2]
    )
    here.run("generate")


def _tfvars(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("infra/orders/main.tf", _ROOT)
    name = "terraform.tfvars.json" if data.lstrip().startswith(b"{") else "terraform.tfvars"
    here.put(f"infra/orders/{name}", data)
    here.run("adopt", str(here.folder / "infra/orders"))


def _export(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", job_files()[0])
    here.put("export.json", data)
    view = ("text", "json", "csv", "markdown")[len(data) % 4]
    here.run("audit", "--format", view, str(here.folder / "export.json"))


def _cache(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", job_files()[0])
    here.run("generate")
    before = here.generated()
    folder = here.folder / ".dativo"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            path.write_bytes(data)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    here.run("generate")
    assert here.generated() == before


def _answers(data: bytes) -> None:
    here = world()
    here.clean()
    here.put("dativo.yaml", SETTINGS)
    here.put("jobs/a.yaml", job_files()[0])
    here.put(".copier-answers.yml", data)
    here.put(".dativo-answers.yml", data)
    here.put("requirements.txt", data)
    here.put(".gitignore", data)
    here.put(".gitmodules", data)
    here.run("generate")


def _texts(*texts: str) -> Sequence[bytes]:
    return [text.encode() for text in texts]


TARGETS = (
    Target("outputs", lambda: _texts(json.dumps(_OUTPUTS)), of_json, _outputs, ".json"),
    Target("provider_lock", lambda: _texts(_LOCK), of_text, _provider_lock, ".hcl"),
    Target("hand_written", lambda: _texts(_ROOT), of_text, _hand_written, ".tf"),
    Target(
        "tfvars", lambda: _texts(_VALUES, '{"image": "x", "tags": {}}'), of_text, _tfvars, ".txt"
    ),
    Target("export", lambda: _texts(*map(json.dumps, _EXPORTS)), of_json, _export, ".json"),
    Target("cache", lambda: _texts("{}", "[]", '{"version": 1}'), of_json, _cache, ".json"),
    Target("surroundings", lambda: _texts(_ANSWERS), of_yaml, _answers),
)
