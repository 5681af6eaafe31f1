"""``dativo generate`` where a job was renamed, or its state is somewhere else."""

from __future__ import annotations

from tests.repository import Repository

BACKEND = "  terraform: {backend: {type: gcs, bucket: acme-terraform-state, prefix: %s}}\n"


def test_renamed_job_with_its_state(repository: Repository) -> None:
    """A job renamed with its state keeps it: no tombstone is left that would destroy it."""
    repository.job("old", BACKEND % "kept")
    repository.run("generate")
    (repository.folder / "jobs/old.yaml").unlink()
    repository.job("new", BACKEND % "kept")

    assert "has no job any more, and another root has its state" in repository.run("check").out
    done = repository.run("generate")

    assert done.out == (
        "created   generated/acme/new/prod\n"
        "removed   generated/acme/old/prod\n"
        "2 roots: 1 created, 1 removed\n"
    )
    assert not (repository.folder / "generated/acme/old").exists()
    assert repository.run("check").code == 0


def test_renamed_job_alone(repository: Repository) -> None:
    """A run over the renamed job alone is not stopped by the root that is left behind."""
    repository.job("old", BACKEND % "kept")
    repository.run("generate")
    (repository.folder / "jobs/old.yaml").unlink()
    path = repository.job("new", BACKEND % "kept")

    assert repository.run("generate", str(path)).code == 0


def test_name_that_changes_case(repository: Repository) -> None:
    """Two folders that are one on other machines are not made."""
    repository.job("orders")
    repository.run("generate")
    repository.edit("jobs/orders.yaml", "name: orders", "name: Orders")

    done = repository.run("generate")

    assert done.code == 1 and "differ only in upper and lower case" in done.err
    assert not repository.root("Orders").exists()


def test_state_of_a_job_that_is_not_part_of_the_run(repository: Repository) -> None:
    """Roots on disk keep their states when only some jobs are generated."""
    repository.job("first", BACKEND % "shared")
    repository.run("generate")
    path = repository.job("second", BACKEND % "shared")

    done = repository.run("generate", str(path))

    assert done.code == 1
    assert "gs://acme-terraform-state/shared/default.tfstate belongs to jobs/first.yaml" in done.err


def test_state_that_moves(repository: Repository) -> None:
    """A state moves to another address only when it is said, and then how is told."""
    repository.job("orders")
    repository.run("generate")
    before = repository.contents()
    path = repository.job("orders", BACKEND % "elsewhere")

    refused = repository.run("generate")
    assert refused.code == 1 and "--migrate-state jobs/orders.yaml" in refused.err
    assert repository.contents() == before

    done = repository.run("generate", "--migrate-state", str(path))
    assert done.code == 0
    assert "terraform -chdir=generated/acme/orders/prod init -migrate-state\n" in done.out
