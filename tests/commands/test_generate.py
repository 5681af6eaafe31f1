"""``dativo generate`` and ``dativo check``: what they say, write, and exit with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.repository import Repository


def test_life_of_a_root(repository: Repository) -> None:
    """A root is created, unchanged, changed, retired, unchanged, pruned."""
    repository.job("orders")
    assert repository.run("check").out == (
        "generated/acme/orders/prod is missing (run: dativo generate)\n"
    )
    first = repository.run("generate")
    assert (first.code, first.err) == (0, "")
    assert first.out == "created   generated/acme/orders/prod\n1 root: 1 created\n"
    assert repository.run("generate").out == "1 root, all unchanged\n"
    assert repository.run("check").out == "1 root up to date\n"

    repository.edit("jobs/orders.yaml", "2Gi", "4Gi")
    stale = repository.run("check")
    assert stale.code == 2
    assert stale.out.startswith("generated/acme/orders/prod is stale: README.md, main.tf, ")
    changed = repository.run("generate")
    assert changed.out == "changed   generated/acme/orders/prod\n1 root: 1 changed\n"

    (repository.folder / "jobs/orders.yaml").unlink()
    assert repository.run("check").code == 2
    retired = repository.run("generate")
    assert retired.out == "retired   generated/acme/orders/prod\n1 root: 1 retired\n"
    assert not (repository.root("orders") / "main.tf").exists()
    tombstone = repository.state()
    assert repository.run("generate").out == "1 root, all unchanged\n"
    assert repository.state() == tombstone
    assert repository.run("check").code == 0

    dry = repository.run("prune", "--applied", "--dry-run")
    assert dry.out == "would remove generated/acme/orders/prod\n1 root to remove\n"
    pruned = repository.run("prune", "--applied")
    assert pruned.out == "removed generated/acme/orders/prod\n1 root removed\n"
    assert not (repository.folder / "generated/acme").exists()
    assert repository.run("prune").out == "0 roots removed\n"


def test_returned_job_revives_its_root(repository: Repository) -> None:
    """A job that comes back gets its root back, to the byte."""
    path = repository.job("orders")
    repository.run("generate")
    before, text = repository.contents(), path.read_text()
    path.unlink()
    repository.run("generate")
    path.write_text(text)

    assert repository.run("generate").out.startswith("changed   generated/acme/orders/prod\n")
    assert repository.contents() == before


def test_generated_again_touches_nothing(repository: Repository) -> None:
    """A second run writes no file, with and without the note of the first."""
    for name in ("a", "b"):
        repository.job(name)
    repository.run("generate")
    before = repository.state()

    for _ in range(2):
        repository.run("generate")
        shutil.rmtree(repository.folder / ".dativo")
        repository.run("generate")
        repository.run("generate", str(repository.folder / "jobs/a.yaml"))

    assert repository.state() == before


def test_some_jobs(repository: Repository) -> None:
    """Paths limit a run to their jobs; nothing else is written, nor retired."""
    for name in ("a", "b", "c"):
        repository.job(name)
    (repository.folder / "jobs/deep").mkdir()
    (repository.folder / "jobs/c.yaml").rename(repository.folder / "jobs/deep/c.yaml")
    repository.run("generate")
    (repository.folder / "jobs/a.yaml").unlink()
    for name in ("b", "deep/c"):
        repository.edit(f"jobs/{name}.yaml", "2Gi", "4Gi")
    before = repository.contents()

    done = repository.run("generate", str(repository.folder / "jobs/deep"))

    assert done.out == "changed   generated/acme/c/prod\n1 root: 1 changed\n"
    after = repository.contents()
    assert {path.split("/")[2] for path in after if after[path] != before[path]} == {"c"}


def test_path_that_is_no_job(repository: Repository, tmp_path: Path) -> None:
    """A path that is not there, is outside, or is no YAML is a mistake on the command line."""
    repository.write("jobs/notes.txt", "")
    for path, said in (
        ("jobs/none.yaml", "no such file or folder"),
        ("jobs/notes.txt", "not a YAML file"),
        ("..", "outside the project folder"),
    ):
        done = repository.run("generate", str(repository.folder / path))
        assert (done.code, done.out) == (1, "") and said in done.err
        machine = repository.run("generate", "--format", "json", str(repository.folder / path))
        assert machine.code == 1 and said in machine.document["problems"][0]["message"]


def test_hand_edit(repository: Repository) -> None:
    """A file edited by hand stops the run; check calls it a difference; --force replaces it."""
    repository.job("orders")
    repository.run("generate")
    before = repository.contents()
    repository.edit("generated/acme/orders/prod/main.tf", "2048", "4096")

    for command, code in (("generate", 1), ("check", 2)):
        done = repository.run(command)
        assert done.code == code and "main.tf was edited by hand" in done.err
    assert repository.run("generate", "--force").code == 0
    assert repository.contents() == before


def test_manifest_that_is_gone(repository: Repository) -> None:
    """A root that is as it should be gets its manifest back; one that is not needs a word."""
    repository.job("orders")
    repository.run("generate")
    before = repository.contents()
    (repository.root("orders") / ".dativo.json").unlink()
    assert repository.run("generate").code == 0
    assert repository.contents() == before

    (repository.root("orders") / ".dativo.json").unlink()
    repository.edit("jobs/orders.yaml", "2Gi", "4Gi")
    assert repository.run("generate").code == 1
    assert repository.run("generate", "--force").code == 0


def test_garbled_manifest_of_a_root_without_a_job(repository: Repository) -> None:
    """Nobody can tell what such a root is, so its folder is left to the user."""
    repository.job("orders")
    repository.run("generate")
    repository.write("generated/acme/orders/prod/.dativo.json", "<<<<<<< HEAD\n")
    (repository.folder / "jobs/orders.yaml").unlink()

    done = repository.run("generate", "--force")

    assert done.code == 1 and "remove the folder" in done.err


def test_prune_leaves_files_of_the_user(repository: Repository) -> None:
    """A tombstone with a file of the user's in it stays, and that is said."""
    repository.job("orders")
    repository.run("generate")
    (repository.folder / "jobs/orders.yaml").unlink()
    repository.run("generate")
    repository.write("generated/acme/orders/prod/vpc_extra.tf", "# mine\n")

    done = repository.run("prune", "--applied")

    assert done.code == 1 and "vpc_extra.tf in it is yours" in done.err
    assert (repository.root("orders") / "vpc_extra.tf").exists()


def test_output_that_is_a_link(repository: Repository, tmp_path: Path) -> None:
    """Nothing is written through a link, and nothing at all is written."""
    repository.job("orders")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (repository.folder / "generated").symlink_to(elsewhere)

    for command in ("generate", "check", "prune"):
        done = repository.run(command)
        assert done.code == 1 and "generated is a symbolic link" in done.err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_output_that_cannot_be_written(repository: Repository) -> None:
    """An output folder without write permission is an error like any other."""
    repository.job("orders")
    (repository.folder / "generated").mkdir(mode=0o500)

    done = repository.run("generate")

    assert done.code == 1 and "cannot write generated/acme/orders/prod" in done.err


def test_output_that_is_a_file(repository: Repository) -> None:
    """A file where the output folder belongs is told as such."""
    repository.job("orders")
    repository.write("generated", "")

    done = repository.run("generate")

    assert done.code == 1 and "generated is not a folder" in done.err


def test_broken_cache_is_no_matter(repository: Repository) -> None:
    """Whatever lies where the cache belongs, the roots are written."""
    repository.job("orders")
    repository.write(".dativo", "a file\n")

    assert repository.run("generate").code == 0
    assert (repository.folder / ".dativo").read_text() == "a file\n"


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"tab\t.yaml", b"new\nline.yaml"])
def test_name_that_no_comment_can_show(repository: Repository, name: bytes) -> None:
    """A job file whose name is not text is refused."""
    path = repository.job("orders")
    try:
        os.rename(path, os.path.join(os.fsencode(path.parent), name))
    except OSError:
        pytest.skip("the file system takes no such name")

    done = repository.run("generate")

    assert done.code == 1 and "the name of this job file" in done.err
    assert not (repository.folder / "generated").exists()


def test_awkward_names(repository: Repository) -> None:
    """Quotes, spaces, templates and scripts of other languages in a file's name do no harm."""
    for number, name in enumerate(("日本 語", "a'b\"c`$(id)", "--> ${x} %{y}", "ى#?")):
        repository.job(f"job-{number}").rename(repository.folder / f"jobs/{name}.yaml")

    assert repository.run("generate").code == 0
    assert repository.run("check").code == 0


def test_no_jobs(repository: Repository) -> None:
    """A project without jobs gets a word about it, and no folder."""
    done = repository.run("generate")

    assert (done.code, done.out) == (0, "0 roots, all unchanged\n")
    assert "there are no job files below jobs" in done.err
    assert not (repository.folder / "generated").exists()


def test_job_that_is_overlooked(repository: Repository) -> None:
    """A wrong `jobs:` retires no root, whether the job is there or its folder is gone as well."""
    repository.job("orders")
    repository.run("generate")
    before = repository.state()
    repository.edit("dativo.yaml", "defaults:", "jobs: [job]\ndefaults:")
    for command in ("generate", "check"):
        done = repository.run(command)
        assert done.code == 1
        assert "dativo.yaml:1:7: error: jobs/orders.yaml is there and has a root" in done.err
    assert repository.state() == before

    (repository.folder / "jobs/orders.yaml").unlink()
    (repository.folder / "jobs").rmdir()
    gone = repository.run("generate")
    assert gone.code == 1
    assert "dativo.yaml:1:8: error: the folder of job files job is not there" in gone.err
    (repository.folder / "job").mkdir()
    assert "1 retired" in repository.run("generate").out
