"""``dativo rename``: another name, the same state, the same resources."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.moving.conftest import MANY, git, tree
from tests.repository import Repository

ORDERS, ROOT = "jobs/orders.yaml", "generated/acme/orders/prod"
SALES, NEW_ROOT = "jobs/sales.yaml", "generated/acme/sales/prod"


def _manifest(project: Repository, root: str) -> dict[str, Any]:
    found = json.loads((project.folder / root / ".dativo.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _file(project: Repository, path: str) -> str:
    """A file without what names the job file at its top."""
    text = (project.folder / path).read_text(encoding="utf-8")
    return text.partition("\n\n")[2]


def test_a_job_with_its_file(project: Repository) -> None:
    """The file is called like the job, so it moves along; state and module call stay what they
    were, the tags have the new name.
    """
    state = _manifest(project, ROOT)["state"]
    call, backend = _file(project, f"{ROOT}/main.tf"), _file(project, f"{ROOT}/backend.tf")
    done = project.run("rename", "orders", "sales")
    assert done.code == 0, done.err
    assert f"moved     {ORDERS} to {SALES}\nmoved     {ROOT} to {NEW_ROOT}\n" in done.out
    assert f"with its state, {state['address']}" in done.out
    assert not (project.folder / ORDERS).exists() and not (project.folder / ROOT).exists()
    assert _manifest(project, NEW_ROOT)["state"] == state
    assert _file(project, f"{NEW_ROOT}/main.tf") == call
    assert _file(project, f"{NEW_ROOT}/backend.tf") == backend
    assert '= "sales"' in _file(project, f"{NEW_ROOT}/locals.tf")
    assert project.run("check").code == 0
    git(project.folder, "add", "--all")
    assert f"R  {ORDERS} -> {SALES}" in git(project.folder, "status", "--short")


def test_again_and_back(project: Repository) -> None:
    """A second name, and the first one again, keep the same state and the same names."""
    state, call = _manifest(project, ROOT)["state"], _file(project, f"{ROOT}/main.tf")
    for old, new in (("orders", "sales"), ("sales", "revenue"), ("revenue", "orders")):
        assert project.run("rename", old, new).code == 0
    assert _manifest(project, ROOT)["state"] == state
    assert _file(project, f"{ROOT}/main.tf") == call


def test_all_roots_of_a_file(project: Repository) -> None:
    """Each tenant and environment keeps its own state, by one line; the comments stay."""
    roots = [f"{tenant}/many/{env}" for tenant in ("acme", "globex") for env in ("dev", "prod")]
    states = [_manifest(project, f"generated/{root}")["state"] for root in roots]
    assert project.run("rename", "many", "lots").code == 0
    text = (project.folder / "jobs/lots.yaml").read_text(encoding="utf-8")
    assert text.startswith(MANY)
    assert 'prefix: "dativo/${TENANT_ID}/${ENVIRONMENT}/many" # where its state' in text
    moved = [f"generated/{root.replace('many', 'lots')}" for root in roots]
    assert [_manifest(project, root)["state"] for root in moved] == states
    assert project.run("check").code == 0


def test_files_of_ones_own(project: Repository) -> None:
    """What dativo did not write goes along: files, the lock of providers, what init left."""
    for name in ("mine_extra.tf", ".terraform.lock.hcl", ".terraform/modules/modules.json"):
        project.write(f"{ROOT}/{name}", f"# {name}\n")
    done = project.run("rename", "orders", "sales")
    assert f"moved     {ROOT}/mine_extra.tf to {NEW_ROOT}/mine_extra.tf" in done.out
    for name in ("mine_extra.tf", ".terraform.lock.hcl", ".terraform/modules/modules.json"):
        assert (project.folder / NEW_ROOT / name).read_text(encoding="utf-8") == f"# {name}\n"
    assert not (project.folder / ROOT).exists()


def test_new_names(project: Repository) -> None:
    """Only on request do the resources get new names; the state stays, and what shows the
    replacements is said.
    """
    state = _manifest(project, ROOT)["state"]
    done = project.run("rename", "orders", "sales", "--new-names")
    assert "name: orders becomes sales" in done.out
    assert f"dativo rehearse --change {NEW_ROOT}" in done.out
    assert 'name            = "sales"' in _file(project, f"{NEW_ROOT}/main.tf")
    assert _manifest(project, NEW_ROOT)["state"] == state


def test_keeping_the_file(project: Repository) -> None:
    """The file stays where it is, and names the job."""
    project.edit(ORDERS, "name: orders\n", "")
    assert project.run("generate").code == 0
    done = project.run("rename", "orders", "sales", "--keep-file")
    assert done.code == 0, done.err
    text = (project.folder / ORDERS).read_text(encoding="utf-8")
    assert text.startswith("tenant_id: acme\nname: sales\nenvironment: prod\n")
    assert project.run("check").code == 0


def test_what_changes_all_the_same(project: Repository) -> None:
    """An input that the job itself makes of its name is told with both values."""
    project.edit(ORDERS, "memory: 2Gi}", 'memory: 2Gi, args: ["--job", "${JOB_NAME}"]}')
    assert project.run("generate").code == 0
    done = project.run("rename", "orders", "sales")
    assert 'args: ["--job", orders] becomes ["--job", sales]' in done.out


BACKENDS = {
    "s3": "{type: s3, bucket: acme-state, region: us-east-1}",
    "azurerm": "{type: azurerm, storage_account_name: acme, container_name: state}",
    "remote": "{type: remote, organization: acme}",
    "cloud": "{type: cloud, organization: acme}",
    "http": '{type: http, address: "https://s.example.com/${JOB_NAME}", '
    'lock_address: "https://s.example.com/${JOB_NAME}/lock"}',
    "s3 by name": "{type: s3, bucket: acme-state, region: us-east-1, key: 'etl/${JOB_NAME}'}",
    "long": "{type: remote, organization: acme}",
}


@pytest.mark.parametrize("kind", BACKENDS)
def test_every_backend(project: Repository, kind: str) -> None:
    """Whatever says where the state is, it stays there."""
    name = "o" * 78 if kind == "long" else "orders"
    project.edit(ORDERS, "name: orders\n", f"name: {name}\n")
    project.edit(
        ORDERS, "  provider: gcp", f"  terraform: {{backend: {BACKENDS[kind]}}}\n  provider: gcp"
    )
    project.edit(
        "dativo.yaml", "    terraform: {backend: {type: gcs, bucket: acme-terraform-state}}\n", ""
    )
    project.edit(
        "jobs/many.yaml",
        "  provider: gcp",
        "  terraform: {backend: {type: local}}\n  provider: gcp",
    )
    shutil.rmtree(project.folder / "generated")
    assert project.run("generate").code == 0
    state = _manifest(project, f"generated/acme/{name}/prod")["state"]
    done = project.run("rename", name, "sales")
    assert done.code == 0, done.err
    assert _manifest(project, NEW_ROOT)["state"] == state


def test_a_local_state_goes_along(project: Repository) -> None:
    """A state in the root's folder moves with it, though its address is another then."""
    project.edit(
        "dativo.yaml", "    terraform: {backend: {type: gcs, bucket: acme-terraform-state}}\n", ""
    )
    shutil.rmtree(project.folder / "generated")
    assert project.run("generate").code == 0
    project.write(f"{ROOT}/terraform.tfstate", "the state")
    assert project.run("rename", "orders", "sales").code == 0
    assert (project.folder / NEW_ROOT / "terraform.tfstate").read_text() == "the state"
    assert not (project.folder / ROOT).exists()
    assert "backend" not in (project.folder / SALES).read_text(encoding="utf-8")


def test_renamed_by_hand(project: Repository) -> None:
    """Who changed the name in the file first is told by generate, and mends it."""
    state, call = _manifest(project, ROOT)["state"], _file(project, f"{ROOT}/main.tf")
    project.edit(ORDERS, "name: orders", "name: refunds")
    assert "or run: dativo rename orders refunds" in project.run("check").err
    done = project.run("rename", "orders", "refunds")
    assert done.code == 0, done.err
    root = "generated/acme/refunds/prod"
    assert _manifest(project, root)["state"] == state
    assert _file(project, f"{root}/main.tf") == call
    assert not (project.folder / ROOT).exists()
    assert project.run("check").code == 0


def test_renamed_by_hand_and_generated(project: Repository) -> None:
    """A tombstone and a new root are one root again, if the user says that neither was applied."""
    state, call = _manifest(project, ROOT)["state"], _file(project, f"{ROOT}/main.tf")
    project.edit(ORDERS, "name: orders", "name: refunds")
    assert project.run("generate").code == 0
    before = tree(project)
    done = project.run("rename", "orders", "refunds")
    assert done.code == 1 and "say so: --not-applied" in done.err
    assert tree(project) == before
    done = project.run("rename", "orders", "refunds", "--not-applied")
    assert done.code == 0, done.err
    root = "generated/acme/refunds/prod"
    assert _manifest(project, root)["state"] == state
    assert _file(project, f"{root}/main.tf") == call
    assert not (project.folder / ROOT).exists()
    assert "init -reconfigure" in done.out
    assert project.run("check").code == 0


def test_the_old_name_is_not_free(project: Repository) -> None:
    """A new job with the name that the resources of the renamed one have is refused, and with
    its state as well.
    """
    assert project.run("rename", "orders", "sales").code == 0
    project.job("orders")
    done = project.run("check")
    assert 'the resources of jobs/orders.yaml are called "orders" already' in done.err
    assert "dativo/acme/prod/orders/default.tfstate belongs to jobs/orders.yaml already" in done.err


def _stale(project: Repository) -> None:
    project.edit(ORDERS, "memory: 2Gi", "memory: 4Gi")


def _edited_root(project: Repository) -> None:
    (project.root("orders") / "main.tf").write_text("# mine\n", encoding="utf-8")


def _gone_root(project: Repository) -> None:
    shutil.rmtree(project.root("orders"))


def _garbled(project: Repository) -> None:
    (project.root("orders") / ".dativo.json").write_text("{}", encoding="utf-8")


def _taken(project: Repository) -> None:
    project.job("sales")
    assert project.run("generate").code == 0


def _file_taken(project: Repository) -> None:
    project.write(SALES, "tenant_id: globex\n")


def _folder_taken(project: Repository) -> None:
    project.write(f"{NEW_ROOT}/notes.txt", "mine")


def _put_together(project: Repository) -> None:
    project.edit(ORDERS, "name: orders", 'name: "${TENANT_ID}-orders"')
    assert project.run("generate").code == 0


def _nothing(_: Repository) -> None:
    """The project as it is."""


REFUSED: dict[str, tuple[Callable[[Repository], None], tuple[str, str], str]] = {
    "out of date": (_stale, ("orders", "sales"), "is not what the job says"),
    "edited root": (_edited_root, ("orders", "sales"), "main.tf was not written by dativo"),
    "root deleted by hand": (_gone_root, ("orders", "sales"), f"{ROOT} is not there, so its state"),
    "manifest edited by hand": (_garbled, ("orders", "sales"), "this manifest is garbled"),
    "name taken": (_taken, ("orders", "sales"), "jobs/sales.yaml is or has a job called sales"),
    "file taken": (_file_taken, ("orders", "sales"), "jobs/sales.yaml is or has a job"),
    "folder taken": (_folder_taken, ("orders", "sales"), f"{NEW_ROOT} is there already"),
    "put together": (_put_together, ("jobs/orders.yaml", "sales"), "put together from values"),
    "only case": (_nothing, ("orders", "Orders"), "differ only in upper and lower case"),
    "the same": (_nothing, ("orders", "orders"), "is called orders already"),
    "blank": (_nothing, ("orders", "my sales"), 'the new name "my sales" may hold only letters'),
    "path": (_nothing, ("orders", "../sales"), "may hold only letters"),
    "unknown": (_nothing, ("order", "sales"), "no such job, file or folder (did you mean orders?)"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(project: Repository, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is said, and nothing is changed."""
    prepare, names, said = REFUSED[case]
    prepare(project)
    monkeypatch.chdir(project.folder)
    before = tree(project)
    done = project.run("rename", *names)
    assert (done.code, done.out) == (1, "")
    assert said in done.err, done.err
    assert tree(project) == before


def test_a_dry_run(project: Repository) -> None:
    """It says the same, and changes nothing."""
    before = tree(project)
    done = project.run("rename", "orders", "sales", "--dry-run")
    assert done.code == 0 and f"moved     {ROOT} to {NEW_ROOT}" in done.out
    assert "Nothing was changed." in done.out and tree(project) == before
    document = project.run("rename", "orders", "sales", "--dry-run", "--format", "json").document
    assert document["renamed"][0]["to"] == NEW_ROOT


_NEEDING = """\
tenant_id: acme
environment: prod
finops: {cost_center: FIN-001}
needs:
  - orders # first
infrastructure:
  provider: gcp
  region: us-central1
  runtime:
    type: cloud_run_job
    image: "example/etl:1.0"
    environment: {FEED: "{{jobs.orders.outputs.id}}"}
"""


def test_jobs_that_need_it(project: Repository) -> None:
    """Who needs the job needs it by its new name, in entries and outputs, and reads the same state;
    a job that somebody needs does not retire.
    """
    project.write("jobs/mart.yaml", _NEEDING)
    assert project.run("generate").code == 0
    before = tree(project)
    refused = project.run("retire", "orders", "--keep-file")
    assert refused.code == 1 and "jobs/mart.yaml:5:5: error: " in refused.err
    assert tree(project) == before
    reads = (project.root("mart") / "needs.tf").read_text(encoding="utf-8")
    done = project.run("rename", "orders", "sales")
    assert done.code == 0 and "changed   jobs/mart.yaml" in done.out, done.err
    text = (project.folder / "jobs/mart.yaml").read_text(encoding="utf-8")
    assert text == _NEEDING.replace("orders", "sales")
    after = (project.root("mart") / "needs.tf").read_text(encoding="utf-8")
    assert 'prefix = "dativo/acme/prod/orders"' in reads
    assert 'prefix = "dativo/acme/prod/orders"' in after
    assert project.run("check").code == 0


def test_from_python(project: Repository) -> None:
    """The same as functions."""
    from generator import rename_job, retire_job

    assert rename_job(project.folder, "orders", "sales") == {ROOT: NEW_ROOT}
    said = retire_job(project.folder, "sales", keep_file=True, dry_run=True)
    assert said[NEW_ROOT].startswith("its next apply destroys what it made")
    assert project.run("check").code == 0


LOCK = """\
# Locked by dativo for all roots that need these providers. To renew it: dativo lock
# Platforms: linux_amd64

provider "registry.terraform.io/hashicorp/google" {
  version = "8.1.0"
  hashes  = []
}

provider "registry.terraform.io/hashicorp/time" {
  version = "0.13.0"
  hashes  = []
}
"""


def test_a_lock_of_the_project(project: Repository) -> None:
    """A lock of providers that is dativo's own is written into the new root, and the old one
    goes.
    """
    project.write("locks/google.lock.hcl", LOCK)
    assert project.run("generate").code == 0
    assert (project.folder / ROOT / ".terraform.lock.hcl").exists()
    assert project.run("rename", "orders", "sales").code == 0
    assert "8.1.0" in (project.folder / NEW_ROOT / ".terraform.lock.hcl").read_text()
    assert not (project.folder / ROOT).exists()
    assert project.run("check").code == 0
