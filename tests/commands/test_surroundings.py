"""What lies around the jobs of a project: other projects, copies, work trees, links."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import PROGRAM, Done, Repository

TAKEN = "the state gs://acme-terraform-state/dativo/acme/prod/orders/default.tfstate belongs to"
BACKEND = """\
terraform {
  backend "gcs" {
    bucket = "acme-terraform-state"
    prefix = "dativo/acme/prod/orders"
  }
}
"""


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=n", "-c", "user.email=e@example.com"]
    command = ["git", "-C", str(folder), *identity, "-c", "protocol.file.allow=always"]
    subprocess.run([*command, *arguments], check=True, capture_output=True)


def _committed(repository: Repository) -> None:
    repository.job("orders")
    assert repository.run("generate").code == 0
    _git(repository.folder, "init", "-q", "-b", "main")
    _git(repository.folder, "add", "-A")
    _git(repository.folder, "commit", "-qm", "begin")


def test_two_projects_in_one_repository(repository: Repository, tmp_path: Path) -> None:
    """The state of another project's root is taken; moved here, no tombstone destroys it."""
    repository.job("orders")
    assert repository.run("generate").code == 0
    other = tmp_path / "data/other"
    shutil.copytree(repository.folder, other)
    _git(tmp_path, "init", "-q")
    repository.edit("jobs/orders.yaml", "2Gi", "4Gi")
    done = repository.run("generate")
    assert done.code == 1
    assert f"{TAKEN} ../data/other/generated/acme/orders/prod (jobs/orders.yaml)" in done.err
    (other / "jobs/orders.yaml").unlink()
    gone = subprocess.run([PROGRAM, "generate"], cwd=other, capture_output=True, check=True)
    assert gone.stdout.startswith(b"removed   generated/acme/orders/prod\n")
    assert repository.run("generate").code == 0


def test_another_output_folder(repository: Repository) -> None:
    """Roots that stay in the folder of before have states that would be two roots' each."""
    repository.job("orders")
    assert repository.run("generate").code == 0
    settings = (repository.folder / "dativo.yaml").read_text()
    repository.write("dativo.yaml", settings + "output: roots/etl\n")

    refused = repository.run("generate")
    assert refused.code == 1
    told = "a root of this project is in generated still, and this project writes its roots to"
    assert f"generated: error: {told} roots/etl" in refused.err
    assert not (repository.folder / "roots").exists()

    (repository.folder / "roots").mkdir()
    (repository.folder / "generated").rename(repository.folder / "roots/etl")
    assert repository.run("generate").code == 0
    assert repository.run("check").code == 0


def test_a_hand_written_root_beside_the_project(repository: Repository, tmp_path: Path) -> None:
    """The whole repository is searched, unless the settings name folders of it."""
    _git(tmp_path, "init", "-q")
    repository.job("orders")
    repository.write("../infra/main.tf", BACKEND)
    done = repository.run("generate")
    assert (done.code, f"{TAKEN} ../infra/main.tf:2 already" in done.err) == (1, True)
    before = (repository.folder / "dativo.yaml").read_text()
    for folder, code in (("../infra", 1), (".", 0)):
        repository.write("dativo.yaml", before + f"hand_written_roots: [{folder}]\n")
        assert repository.run("generate").code == code
    repository.write("dativo.yaml", before + "hand_written_roots: [../../infra]\n")
    assert 'must be a folder of the repository, not "../../infra"' in repository.run("check").err


def test_what_appears_beside_a_quiet_project(repository: Repository, tmp_path: Path) -> None:
    """Nothing to do is said only while nobody else took a state."""
    _git(tmp_path, "init", "-q")
    repository.job("orders")
    assert repository.run("generate").code == 0
    assert repository.run("generate").out == "1 root, all unchanged\n"
    repository.write("../infra/main.tofu", BACKEND)
    assert repository.run("generate").code == 1


@pytest.mark.parametrize("folder", [".worktrees/x", "trees/x", "jobs/x"])
def test_a_work_tree_inside_the_project(repository: Repository, folder: str) -> None:
    """A work tree of the same repository is neither another root nor more jobs."""
    _committed(repository)
    _git(repository.folder, "worktree", "add", "-q", folder)
    assert repository.run("generate").out == "1 root, all unchanged\n"
    repository.edit("jobs/orders.yaml", "2Gi", "4Gi")
    assert repository.run("generate").out.endswith("1 root: 1 changed\n")


@pytest.mark.parametrize("folder", ["vendor/copy", "jobs/copy"])
@pytest.mark.parametrize("clone", [True, False])
def test_a_copy_inside_the_project(repository: Repository, folder: str, clone: bool) -> None:
    """Nor is a clone or a copied folder, which the same root in the same place tells."""
    _committed(repository)
    copy = repository.folder / folder
    _git(repository.folder, "clone", "-q", ".", str(copy))
    if not clone:
        shutil.rmtree(copy / ".git")
    repository.edit("jobs/orders.yaml", "2Gi", "4Gi")
    assert repository.run("generate").out.endswith("1 root: 1 changed\n")
    assert repository.run("check", folder + "/jobs/orders.yaml").code == 1


def test_a_separate_project_below_the_project(repository: Repository) -> None:
    """Another job with the same state is told, wherever its project lies."""
    repository.job("orders")
    assert repository.run("generate").code == 0
    other = repository.folder / "teams/ml"
    shutil.copytree(repository.folder / "generated", other / "generated")
    manifest = other / "generated/acme/orders/prod/.dativo.json"
    manifest.write_text(manifest.read_text().replace("jobs/orders.yaml", "jobs/ml.yaml"))
    done = repository.run("check")
    assert f"{TAKEN} teams/ml/generated/acme/orders/prod (jobs/ml.yaml) already" in done.err
    manifest.write_text("{")
    assert "cannot read the manifest of this root" in repository.run("check").err


def test_a_submodule_is_part_of_the_repository(repository: Repository, tmp_path: Path) -> None:
    """What it holds was written for this repository."""
    infra = tmp_path / "infra"
    infra.mkdir()
    (infra / "main.tf").write_text(BACKEND)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "begin")):
        _git(infra, *arguments)
    _git(repository.folder, "init", "-q")
    _git(repository.folder, "submodule", "--quiet", "add", str(infra), "infra")
    repository.job("orders")
    assert f"{TAKEN} infra/main.tf:2 already" in repository.run("generate").err


def test_jobs_in_a_linked_folder(repository: Repository) -> None:
    """A link is followed inside the project, once, and in no circle."""
    repository.job("orders")
    (repository.folder / "shared").mkdir()
    (repository.folder / "jobs/orders.yaml").rename(repository.folder / "shared/orders.yaml")
    for link, target in (("acme", "../shared"), ("all", "."), ("up", ".."), ("gone", "../none")):
        (repository.folder / "jobs" / link).symlink_to(target)
    (repository.folder / "shared/again").symlink_to("../shared")
    done = repository.run("generate")
    assert done.out == "created   generated/acme/orders/prod\n1 root: 1 created\n"
    assert "jobs/acme/orders.yaml" in (repository.root("orders") / "README.md").read_text()
    path = str(repository.folder / "shared/orders.yaml")
    assert repository.run("check", path).out == "1 root up to date\n"


def test_a_link_out_of_the_project(repository: Repository, tmp_path: Path) -> None:
    """Its jobs are not read, and that is told."""
    (tmp_path / "outside").mkdir()
    repository.job("orders")
    (repository.folder / "jobs/x").symlink_to(tmp_path / "outside")
    done = repository.run("generate")
    assert done.code == 1
    assert 'error: "jobs/x" is a link that leads out of the project folder' in done.err


def test_a_project_behind_a_link(repository: Repository, tmp_path: Path) -> None:
    """Paths through the link and past it mean the same files, in job files as well."""
    link = tmp_path / "link"
    link.symlink_to(repository.folder)
    repository.write("assets/a.yaml", "name: a\n")
    path = repository.job("orders")
    texts = []
    for asset in ("assets/a.yaml", f"{link}/assets/a.yaml", f"{repository.folder}/assets/a.yaml"):
        path.write_text(f"asset_path: {asset}\n" + (repository.job("orders").read_text()))
        assert repository.run("generate", str(link / "jobs/orders.yaml")).code == 0
        texts.append((repository.root("orders") / "README.md").read_text())
    assert texts[0] == texts[1] == texts[2]
    linked = Repository.__new__(Repository)
    linked.folder, linked._capsys = link, repository._capsys
    assert linked.run("check", str(path)).out == "1 root up to date\n"


def test_paths_that_are_no_jobs(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """An asset stands for the jobs that name it, the settings for all; nothing is passed over."""
    monkeypatch.chdir(repository.folder)
    repository.write("assets/a/one.yaml", "name: a\n")
    repository.write("assets/none.yaml", "name: a\n")
    path = repository.job("orders")
    path.write_text("asset_path: ${PLACE}/one.yaml\n" + path.read_text())
    repository.job("events")
    repository.write("other/two.yaml", path.read_text())
    settings = (repository.folder / "dativo.yaml").read_text() + "values: {PLACE: assets/a}\n"
    repository.write("dativo.yaml", settings)
    assert repository.run("generate").out.endswith("2 roots: 2 created\n")
    repository.write("assets/a/one.yaml", "name: b\n")
    for chosen in ("assets/a/one.yaml", "assets", "dativo.yaml"):
        done = repository.run("check", chosen)
        assert (done.code, done.out.count(" is stale: ")) == (2, 1), chosen
    assert repository.run("check", "jobs/events.yaml").out == "1 root up to date\n"
    for chosen, told in (
        ("assets/none.yaml", "no job file (those are below jobs), and no job names it"),
        ("other/two.yaml", "no job file (those are below jobs), and no job names it"),
        ("other", "holds no job file (those are below jobs), and no asset of a job"),
    ):
        done = repository.run("generate", chosen)
        assert (done.code, told in done.err) == (1, True), done.err
    path.write_text(path.read_text() + "  nonsense: 1\n")
    assert "nonsense" in repository.run("check", "assets/a/one.yaml").err


ALL = """
import contextlib, io, json, sys
from generator.cli import main
found = {}
for name, words in json.loads(sys.argv[1]).items():
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        with contextlib.redirect_stderr(io.StringIO()) as err:
            try:
                code = main(words)
            except SystemExit as end:
                code = end.code
    out.seek(0)
    found[name] = [code, out.read(), err.getvalue()]
json.dump(found, sys.stdout)
"""


def _without_rights(
    repository: Repository, commands: dict[str, tuple[str, ...]]
) -> dict[str, Done]:
    """Run commands as a user whom the permissions of files concern."""
    command = [sys.executable, "-c", ALL, json.dumps(commands)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads anything, and there is no setpriv")
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]
    done = subprocess.run(command, cwd=repository.folder, stdout=subprocess.PIPE, check=True)
    return {name: Done(*found) for name, found in json.loads(done.stdout).items()}


COMMANDS = {
    "generate": ("generate",),
    "check": ("check",),
    "validate": ("validate",),
    "prune": ("prune",),
    "explain": ("explain", "jobs/orders.yaml"),
    "report": ("report", "--format", "csv"),
    "export": ("export", "tfvars", "jobs/orders.yaml"),
    "migrate": ("migrate", "jobs"),
    "resolve": ("resolve", "jobs/orders.yaml", "outputs.json"),
    "infra": ("infra", "validate", "jobs/orders.yaml"),
}
UNREADABLE = {
    "jobs": "jobs",
    "a folder of jobs": "jobs/x",
    "a job": "jobs/orders.yaml",
    "the settings": "dativo.yaml",
    "assets": "assets",
    "an asset": "assets/a.yaml",
    "the roots": "generated",
    "a root": "generated/acme/orders/prod",
    "a manifest": "generated/acme/orders/prod/.dativo.json",
    "a file of a root": "generated/acme/orders/prod/main.tf",
    "the modules": "modules",
    "a module": "modules/gcp-cloud-run-job",
    "a file of a module": "modules/gcp-cloud-run-job/main.tf",
    "hand-written roots": "infra",
    "a hand-written root": "infra/main.tf",
    "outputs": "outputs.json",
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read(repository: Repository, what: str) -> None:
    """No command ends in a traceback; what matters to it is told by name."""
    repository.write("jobs/x/events.yaml", repository.job("events").read_text())
    (repository.folder / "jobs/events.yaml").unlink()
    path = repository.job("orders")
    path.write_text("asset_path: assets/a.yaml\n" + path.read_text())
    repository.write("assets/a.yaml", "name: a\n")
    repository.write("infra/main.tf", "terraform {}\n")
    repository.write("outputs.json", "{}")
    assert repository.run("generate").code == 0
    target = repository.folder / UNREADABLE[what]
    mode = target.stat().st_mode
    target.chmod(0)
    try:
        found = _without_rights(repository, COMMANDS)
    finally:
        target.chmod(mode)
    for name, done in found.items():
        assert done.code in (0, 1, 2) and "Traceback" not in done.err, (name, done.err)
    generate = found["generate"]
    if what == "hand-written roots":
        assert (generate.code, "cannot look for backends in infra" in generate.err) == (0, True)
    elif what == "outputs":
        assert (generate.code, found["resolve"].code) == (0, 1)
    else:
        assert generate.code == 1 and target.name in generate.err, generate.err
