"""A project with everything that commands read and write, and those commands."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

from generator import hook
from generator.cli import main
from tests.repository import Repository

WAITS = """\
tenant_id: acme
environment: prod
name: waits
finops: {cost_center: FIN-001}
asset_path: assets/own.yaml
source: {connection: '{{terraform_outputs.job_name}}'}
infrastructure:
  provider: gcp
  region: us-central1
  runtime: {type: cloud_run_job, image: "example/etl:1.0"}
"""
ASSET = "name: own\ntenant: acme\nfinops: {cost_center: FIN-001}\n"
LEGACY = """\
terraform {
  required_version = ">= 1.11"
  backend "gcs" {
    bucket = "acme-state"
    prefix = "legacy"
  }
}

provider "google" {
  project = "acme-data"
  region  = "us-central1"
}

module "job" {
  source = "../modules/gcp-cloud-run-job"
  name   = "legacy"
  image  = "example/etl:1.0"
  tags   = { tenant = "acme" }
}
"""
EXPORT: dict[str, list[str]] = {"ResourceTagMappingList": []}
OUTPUTS = {"job_name": {"value": "waits", "type": "string", "sensitive": False}}
STATE: dict[str, Any] = {
    "version": 4,
    "terraform_version": "1.12.0",
    "serial": 1,
    "lineage": "a",
    "outputs": {},
    "resources": [],
}
_NEW = (
    *("job", "visits", "--defaults", "--tenant", "acme", "--environment", "dev"),
    *("--runtime", "cloud_run_job", "--image", "registry.example/etl:1", "--owner", "data"),
    *("--cost-center", "FIN-001", "--source", "postgres", "--target", "iceberg"),
    *("--region", "us-central1"),
)
# Each command, with arguments that let it read and write all that it does. PROJECT is the folder.
COMMANDS: dict[str, tuple[str, ...]] = {
    "generate": ("generate",),
    "generate some": ("generate", "jobs/orders.yaml"),
    "check": ("check",),
    "validate": ("validate",),
    "changed": ("changed", "--base", "HEAD"),
    "diff": ("diff", "--base", "HEAD"),
    "explain": ("explain", "jobs/orders.yaml"),
    "report": ("report", "--output", "report.html"),
    "audit": ("audit", "--format", "json", "--output", "audit.json", "export.json"),
    "upgrade": ("upgrade", "--provider", "google=~> 7.0"),
    "retire": ("retire", "jobs/orders.yaml"),
    "rename": ("rename", "orders", "sales"),
    "adopt": (
        *("adopt", "legacy", "--state", "legacy.tfstate", "-o", "jobs/legacy.yaml"),
        *("--tenant", "acme", "--environment", "prod", "--region", "us-central1"),
    ),
    "prune": ("prune", "--applied", "generated/acme/gone/prod"),
    "prune by state": ("prune", "--state", "gone.tfstate", "generated/acme/gone/prod"),
    "schema": ("schema", "--write", "schemas"),
    "export": ("export", "tfvars", "jobs/orders.yaml", "--output", "out.tfvars"),
    "policy": ("policy", "gcp", "--output", "policies"),
    "infra": (
        *("infra", "generate-tfvars", "--job-config", "jobs/orders.yaml"),
        *("--output", "out.tfvars.json"),
    ),
    "terraform": (
        *("terraform", "export", "--config", "jobs/orders.yaml"),
        *("--output", "out.tfvars.json"),
    ),
    "resolve": ("resolve", "jobs/waits.yaml", "outputs.json", "--in-place"),
    "ci": ("ci", "github"),
    "pipeline": ("pipeline", "matrix"),
    "migrate": ("migrate", "jobs/older.yaml"),
    "new": ("new", *_NEW),
    "new project": ("new", "project", "../fresh", "--defaults"),
    "completion": ("completion", "bash"),
    "hook": ("dativo-hook",),
}


def lay_out(repository: Repository) -> None:
    """Write the project, and generate its roots."""
    repository.job("orders")
    repository.job("gone")
    repository.write("jobs/older.yaml", WAITS.replace("_job,", ",").replace("waits", "older"))
    repository.write("jobs/waits.yaml", WAITS)
    settings = (repository.folder / "dativo.yaml").read_text(encoding="utf-8")
    repository.write("dativo.yaml", settings + "tags: {required: {owner: {allowed: [data]}}}\n")
    repository.write("assets/own.yaml", ASSET)
    repository.write("outputs.json", json.dumps(OUTPUTS))
    repository.write("export.json", json.dumps(EXPORT))
    repository.write("gone.tfstate", json.dumps(STATE))
    repository.write("legacy.tfstate", json.dumps(STATE))
    repository.write("legacy/main.tf", LEGACY)
    repository.write(".gitattributes", ".dativo.json merge=union\n")
    repository.write(".gitignore", ".dativo/\n")
    repository.write(".copier-answers.yml", "_src_path: somewhere\n_commit: v1\n")
    for arguments in (("generate",), ("schema", "--write", "schemas"), ("ci", "github")):
        done = repository.spawn(*arguments)
        assert done.code == 0, done.err
    (repository.folder / "jobs/gone.yaml").unlink()
    done = repository.spawn("generate")
    assert done.code == 0, done.err


class Ended(NamedTuple):
    """How a command ended: its code (None where it hung), what it printed, and what it opened."""

    code: int | None
    said: str
    opened: set[str]


def run_apart(project: Path, arguments: tuple[str, ...], seconds: int = 120) -> Ended:
    """Run a command in a process of its own, which ends once it took far too long.

    Args:
        project: the folder it runs in.
        arguments: of dativo, or of the hook.
        seconds: how long that is, by far.
    """
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        signal.alarm(seconds)
        code, said = 70, io.StringIO()
        opened: set[str] = set()
        try:
            os.chdir(project)
            sys.addaudithook(_Listening(project, arguments, opened))
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = _called(arguments)
        except BaseException as error:  # noqa: BLE001 - told below
            said.write(f"Traceback: {error!r}")
        finally:
            answer = json.dumps([code, said.getvalue(), sorted(opened)]).encode()
            with os.fdopen(target, "wb") as pipe:
                pipe.write(answer)
            os._exit(0)
    os.close(target)
    with os.fdopen(source, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        return Ended(None, "", set())
    code, text, names = json.loads(answer)
    return Ended(code, text, set(names))


def _called(arguments: tuple[str, ...]) -> int:
    try:
        if arguments[0] == "dativo-hook":
            return hook.main([*arguments[1:]])
        return main([*arguments])
    except SystemExit as error:
        return int(error.code or 0)


class _Listening:
    """Notes what a process opens below a folder.

    A relative path may be one from another folder (``dir_fd``), unless it is of the command line.
    """

    def __init__(self, project: Path, arguments: tuple[str, ...], opened: set[str]) -> None:
        self._top, self._arguments, self._opened = f"{project}/", arguments, opened

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in ("open", "os.listdir", "os.scandir", "os.rename", "os.link", "os.mkdir"):
            return
        for path in arguments[:2]:
            if isinstance(path, (str, bytes)) and path:
                name = os.fsdecode(path)
                known = os.path.isabs(name) or name.startswith(self._arguments)
                full = os.path.abspath(name)
                if known and full.startswith(self._top):
                    self._opened.add(full.removeprefix(self._top))
