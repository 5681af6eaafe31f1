"""Runs over all and over some jobs that need each other: roots, manifests, order, refusals."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
import yaml

import generator
from generator import run as run_module
from generator.job.project import open_project
from generator.run import Run
from tests.neighbours.conftest import TAKES, needing
from tests.repository import Repository

REGIONS = "regions: [us-central1, europe-west4]\ninfrastructure:"


def manifest(repository: Repository, name: str) -> Any:
    """The manifest of a job's root."""
    return json.loads((repository.root(name) / ".dativo.json").read_text(encoding="utf-8"))


def outputs(repository: Repository, name: str) -> str:
    """What a job's root puts out."""
    return (repository.root(name) / "outputs.tf").read_text(encoding="utf-8")


def test_the_manifest_names_what_comes_first(repository: Repository) -> None:
    """Folders below the project, each with what is taken; a root that needs none says nothing."""
    assert manifest(repository, "mart")["needs"] == {
        "generated/acme/land/prod": ["cloud_run_job_name"]
    }
    assert manifest(repository, "report")["needs"] == {"generated/acme/mart/prod": []}
    assert "needs" not in manifest(repository, "land")
    assert not (repository.root("report") / "needs.tf").exists()
    assert "reads" not in (repository.root("report") / "README.md").read_text(encoding="utf-8")


def test_an_alias_is_declared_where_another_job_asks(repository: Repository) -> None:
    """``cloud_run_job_name`` is a second name, which a root has for nobody: here it has it for
    ``mart``, in runs over either of the two, and no more when nobody asks.
    """
    assert 'output "cloud_run_job_name"' in outputs(repository, "land")
    assert 'output "cloud_run_job_name"' not in outputs(repository, "mart")
    for some in ("jobs/land.yaml", "jobs/mart.yaml"):
        done = repository.run("generate", str(repository.folder / some))
        assert done.code == 0 and "all unchanged" in done.out, done
    repository.edit("jobs/mart.yaml", "cloud_run_job_name", "service_name")
    done = repository.run("generate", str(repository.folder / "jobs/mart.yaml"))
    assert "changed   generated/acme/land/prod" in done.out
    assert 'output "cloud_run_job_name"' not in outputs(repository, "land")
    assert repository.run("check").code == 0


def test_a_run_over_some_follows_the_other_job(repository: Repository) -> None:
    """A state that moves is read from where it is then, though the job that reads was not named;
    jobs that have nothing to do with it are not looked at.
    """
    repository.write("jobs/alone.yaml", "tenant_id: [")
    backend = "  terraform: {backend: {bucket: acme-other}}\n"
    repository.job("land", backend)
    done = repository.run("generate", "--migrate-state", str(repository.folder / "jobs/land.yaml"))
    assert done.code == 0, done.err
    text = (repository.root("mart") / "needs.tf").read_text(encoding="utf-8")
    assert 'bucket = "acme-other"' in text


def test_a_new_job_that_needs_an_old_one(repository: Repository) -> None:
    """A run over the new file alone finds the other by its manifest, or by its file, and gives it
    what is asked for.
    """
    repository.job("fresh")
    needing(repository, "next", "fresh", TAKES.replace("land", "fresh") % "job_id")
    done = repository.run("generate", str(repository.folder / "jobs/next.yaml"))
    assert done.code == 0, done.err
    assert "created   generated/acme/fresh/prod" in done.out
    assert 'output "job_id"' in outputs(repository, "fresh")
    assert repository.run("check").code == 0


def test_two_processes(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that need each other may be in the halves of two processes: the same roots."""
    before = repository.contents()
    monkeypatch.setattr(run_module, "ENOUGH_TO_FORK", 1)
    project = open_project(str(repository.folder))
    run = Run(project)
    run.check()
    assert not run.failed
    assert set(run.statuses.values()) == {"unchanged"}
    assert repository.contents() == before


def test_nothing_to_do_knows_of_both(repository: Repository) -> None:
    """A run over one job with nothing changed says so; a change of the other one is seen."""
    mart = str(repository.folder / "jobs/mart.yaml")
    assert "1 root, all unchanged" in repository.spawn("generate", "jobs/mart.yaml").out or (
        "all unchanged" in repository.run("generate", mart).out
    )
    repository.job("land", "  terraform: {backend: {prefix: elsewhere}}\n")
    done = repository.run("check", mart)
    assert done.code in (1, 2), done


def test_a_job_that_others_need_cannot_go(repository: Repository) -> None:
    """Whole runs and runs over one job refuse it where it is needed; nothing is written."""
    before = repository.contents()
    (repository.folder / "jobs/land.yaml").unlink()
    for arguments in ((), (str(repository.folder / "jobs/mart.yaml"),)):
        done = repository.run("generate", *arguments)
        assert done.code == 1
        assert "jobs/mart.yaml:5:9: error: the job acme/land/prod is gone with jobs/land.yaml" in (
            done.err
        )
    assert repository.contents() == before


def test_retire_is_refused_where_the_job_is_needed(repository: Repository) -> None:
    """``dativo retire`` says who needs the job, and leaves its file."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "jobs"], ["commit", "-qm", "jobs"]):
        subprocess.run([*git, *arguments], cwd=repository.folder, check=True)
    done = repository.run("retire", "land")
    assert done.code == 1
    assert "the job acme/land/prod is gone with jobs/land.yaml" in done.err
    assert (repository.folder / "jobs/land.yaml").exists()


def test_prune_keeps_what_is_needed(repository: Repository) -> None:
    """A tombstone that a root on disk still reads stays, whatever anybody says of its state; and
    a tombstone keeps what it needed, so that it is applied before that.
    """
    kept = (repository.root("mart") / ".dativo.json").read_bytes()
    (repository.folder / "jobs/report.yaml").unlink()
    (repository.folder / "jobs/mart.yaml").unlink()
    assert repository.run("generate").code == 0
    assert manifest(repository, "mart")["needs"] == {
        "generated/acme/land/prod": ["cloud_run_job_name"]
    }
    (repository.folder / "jobs/land.yaml").unlink()
    assert repository.run("generate").code == 0
    (repository.root("mart") / ".dativo.json").write_bytes(kept)  # as on another branch
    done = repository.run("prune", "--applied", str(repository.root("land")))
    assert done.code == 1
    assert "is needed by generated/acme/mart/prod (jobs/mart.yaml)" in done.err
    assert repository.root("land").exists()


def test_explain_and_export(repository: Repository) -> None:
    """Explain says what is taken and how; what only apply knows is left out of tfvars, by name."""
    [root] = repository.run("explain", "mart", "--format", "json").document["roots"]
    assert root["needs"] == [
        {
            "root": "generated/acme/land/prod",
            "job": "jobs/land.yaml",
            "outputs": ["cloud_run_job_name"],
            "read": "data.terraform_remote_state.land",
        }
    ]
    told = repository.run("explain", "mart").out
    assert "generated/acme/land/prod  cloud_run_job_name  data.terraform_remote_state.land" in told
    [land] = repository.run("explain", "land", "--format", "json").document["roots"]
    assert "cloud_run_job_name" in land["outputs"]
    done = repository.run("export", "tfvars", "mart")
    assert done.code == 0
    assert "storage (from data.terraform_remote_state.land.outputs.cloud_run_job_name)" in done.out


def test_an_older_file_may_have_the_key_for_itself(repository: Repository) -> None:
    """In an older dialect a ``needs`` that lists no jobs is the runner's, with a warning."""
    text = (repository.folder / "jobs/alone.yaml").read_text(encoding="utf-8")
    older = text.replace("cloud_run_job", "cloud-run") + "needs: {cpu: 2, disk: [fast]}\n"
    repository.write("jobs/alone.yaml", older)
    done = repository.run("validate", str(repository.folder / "jobs/alone.yaml"))
    assert done.code == 0, done.err
    assert '"needs" does not list jobs here' in done.err


def test_hand_edited_needs_are_refused(repository: Repository) -> None:
    """A manifest whose ``needs`` name a folder outside is garbled, not followed."""
    path = repository.root("mart") / ".dativo.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("generated/acme/land", "../x/acme/land"), encoding="utf-8")
    done = repository.run("check")
    assert done.code == 1
    assert "this manifest is garbled" in done.err


def test_the_api_gives_what_is_on_disk(repository: Repository) -> None:
    """``root_files`` has the outputs that others ask for, and how those of others are read."""
    for name in ("land", "mart"):
        files = generator.root_files(str(repository.folder / f"jobs/{name}.yaml"))
        for file in ("outputs.tf", "README.md", "main.tf"):
            assert files[file] == (repository.root(name) / file).read_text(encoding="utf-8")
    assert "needs.tf" in files


def test_pipelines_follow_the_order(repository: Repository) -> None:
    """What a pipeline writes of each root names those that come before it, as manifests do."""
    assert repository.run("ci", "atlantis").code == 0
    document = yaml.safe_load((repository.folder / "atlantis.yaml").read_text(encoding="utf-8"))
    projects = {one["name"]: one for one in document["projects"]}
    waits = {name: one.get("depends_on", []) for name, one in projects.items()}
    assert waits["generated/acme/mart/prod"] == ["generated/acme/land/prod"]
    assert waits["generated/acme/report/prod"] == ["generated/acme/mart/prod"]
    assert waits["generated/acme/land/prod"] == []


def test_a_need_means_the_root_in_the_same_region(repository: Repository) -> None:
    """Of a job in several regions, a root needs the one in its own region; a job in one region
    needs its only root, or the one that it names, and is told where several could be meant.
    """
    for name in ("land", "mart"):
        repository.edit(f"jobs/{name}.yaml", "infrastructure:", REGIONS)
    done = repository.run("generate")
    assert done.code == 0, done.err
    for region, other in (("prod", "prod"), ("prod-europe-west4", "prod-europe-west4")):
        root = repository.folder / f"generated/acme/mart/{region}/.dativo.json"
        needs = json.loads(root.read_text(encoding="utf-8"))["needs"]
        assert list(needs) == [f"generated/acme/land/{other}"]
        reads = (root.parent / "needs.tf").read_text(encoding="utf-8")
        assert 'data "terraform_remote_state" "land" {' in reads
    needing(repository, "elsewhere", "land")
    repository.edit("jobs/elsewhere.yaml", "region: us-central1", "region: us-east1")
    done = repository.run("generate")
    assert done.code == 1
    assert "elsewhere.yaml:" in done.err and "none of them is us-east1" in done.err
    assert "acme/land/prod or acme/land/prod-europe-west4" in done.err
    named = "[acme/land/prod-europe-west4]"
    repository.edit("jobs/elsewhere.yaml", "needs: [land]", f"needs: {named}")
    assert repository.run("generate").code == 0
    assert list(manifest(repository, "elsewhere")["needs"]) == [
        "generated/acme/land/prod-europe-west4"
    ]
