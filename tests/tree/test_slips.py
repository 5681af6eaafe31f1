"""A root goes when its job file or its environment is really gone; no slip destroys it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import generate
from generator.errors import UsageError
from tests.repository import JOB, Done, Repository
from tests.tree.slips import ONE, ROOT, TEXT, told


@pytest.fixture
def project(repository: Repository) -> Repository:
    """Two jobs with a root each."""
    repository.write(ONE, TEXT)
    repository.write("jobs/acme/keep.yaml", TEXT.replace("one", "keep"))
    assert repository.run("generate").code == 0
    return repository


def _dangle(path: Path) -> None:
    path.unlink()
    path.symlink_to("../../elsewhere/one.yaml")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _rename(name: str) -> Callable[[Path], object]:
    return lambda path: path.rename(path.parent / name)


def _replace(before: str, after: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(path.read_text().replace(before, after))


SLIPS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "emptied": (lambda path: path.write_text(""), ONE, "is empty"),
    "comments only": (lambda path: path.write_text("# later\n"), ONE, "is empty"),
    "block gone": (lambda path: path.write_text("tenant_id: acme\n"), ONE, 'no "infrastructure"'),
    "block without a value": (
        lambda path: path.write_text("tenant_id: acme\ninfrastructure:\n"),
        ONE,
        'no "infrastructure"',
    ),
    "another word": (_replace("infrastructure:", "infra:"), f"{ONE}:5:1", 'no "infrastructure"'),
    "misspelt": (_replace("infrastructure:", "infrastucture:"), f"{ONE}:5:1", "unknown key"),
    "another ending": (_rename("one.YAML"), "jobs/acme/one.YAML", "is not read"),
    "an ending more": (_rename("one.yaml.bak"), "jobs/acme/one.yaml.bak", "is not read"),
    "no ending": (_rename("one"), "jobs/acme/one", "is not read"),
    "json": (_rename("one.json"), "jobs/acme/one.json", "is not read"),
    "hidden": (_rename(".one.yaml"), "jobs/acme/.one.yaml", "is not read"),
    "dangling link": (_dangle, ONE, "is a symbolic link to ../../elsewhere/one.yaml"),
    "a folder": (_folder, ONE, "is a folder now"),
    "environment": (
        _replace("environment: prod", "environment: prdo"),
        f"{ONE}:2:1",
        'the environment "prdo" is new in jobs/acme/one.yaml, and "prod", which has a root, is',
    ),
    "tenant": (_replace("tenant_id: acme", "tenant_id: amce"), f"{ONE}:1:1", 'tenant "amce"'),
    "name": (_replace("name: one", "name: ome"), f"{ONE}:3:1", 'job "ome"'),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_no_slip_destroys(project: Repository, slip: str) -> None:
    """The file is there in some way: an error in generate and check alike, with the way out, and
    nothing on disk changes.
    """
    change, location, said = SLIPS[slip]
    before = project.state()
    change(project.folder / ONE)
    for command in ("generate", "check"):
        done = project.run(command)
        assert done.code == 1
        assert done.err.startswith(f"{location}:"), done.err
        assert said in done.err and "1 error in 1 file" in done.err
        assert "root on purpose, " in done.err or slip == "misspelt"
    assert project.state() == before


@pytest.mark.parametrize("slip", sorted(SLIPS.keys() - {"misspelt"}))
def test_on_purpose(project: Repository, slip: str) -> None:
    """Named, the root retires with a warning; after that nothing more is said about it."""
    SLIPS[slip][0](project.folder / ONE)
    done = project.run("generate", "--retire", f"{project.folder}/{ROOT}")
    assert done.code == 0
    assert f"retired   {ROOT}" in done.out
    assert f"warning: {ROOT} retires, since " in done.err
    for command in ("generate", "check"):
        again = project.run(command)
        assert (again.code, "retires" in again.err, "up to date" in again.out) == (
            0,
            False,
            command == "check",
        )


def test_a_run_over_the_job_alone(project: Repository) -> None:
    """A run over some jobs tells the slip, too, and lets no root go."""
    path = project.write(ONE, "")
    assert told(project, "generate", str(path)) == [
        ("error", "root-without-job", f"{ONE} is empty, but has a root")
    ]
    path.write_text(TEXT.replace("environment: prod", "environment: staging"))
    done = project.run("generate", str(path))
    assert (done.code, done.err) == (0, "")
    assert (project.folder / ROOT / "main.tf").exists()


def test_the_only_job(repository: Repository) -> None:
    """A project may lose the one job that it has."""
    repository.job("one")
    repository.run("generate")
    (repository.folder / "jobs/one.yaml").unlink()
    assert "1 retired" in repository.run("generate").out


def test_one_of_two_folders(project: Repository) -> None:
    """Each folder that `jobs:` names counts."""
    project.edit("dativo.yaml", "defaults:", "jobs: [jobs, more]\ndefaults:")
    project.write("more/two.yaml", TEXT.replace("one", "two"))
    assert project.run("generate").code == 0
    (project.folder / "more").rename(project.folder / "away")
    done = project.run("generate")
    assert done.code == 1
    assert "dativo.yaml:1:14: error: the folder of job files more is not there" in done.err


def test_submodule_that_is_not_checked_out(project: Repository) -> None:
    """A submodule leaves an empty folder where it is not checked out: its jobs are not gone."""
    project.write("jobs/team/two.yaml", TEXT.replace("one", "two"))
    assert project.run("generate").code == 0
    (project.folder / "jobs/team/two.yaml").unlink()
    project.write(".gitmodules", '[submodule "team"]\n\tpath = jobs/team\n\turl = ../team\n')
    subprocess.run(["git", "init", "-q", str(project.folder)], check=True)
    done = project.run("generate")
    assert done.code == 1
    assert "the submodule jobs/team, which has job files, is not checked out" in done.err
    assert "git submodule update --init" in done.err
    project.write("jobs/team/.git", "gitdir: ../../.git/modules/team\n")
    assert "1 retired" in project.run("generate").out


def test_sparse_checkout(project: Repository) -> None:
    """What a sparse checkout leaves out is not gone."""
    project.write("jobs/team/two.yaml", TEXT.replace("one", "two"))
    assert project.run("generate").code == 0

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        subprocess.run(["git", "-C", str(project.folder), *who, *arguments], check=True)

    git("init", "-q")
    git("add", "--all")
    git("commit", "-q", "-m", "all")
    git("sparse-checkout", "set", "--no-cone", "/*", "!/jobs/team/")
    assert not (project.folder / "jobs/team/two.yaml").exists()
    done = project.run("generate")
    assert done.code == 1
    assert "a sparse checkout leaves jobs/team/two.yaml out, and it has a root" in done.err


def test_default_environment(repository: Repository) -> None:
    """A slip in what gives many jobs their environment is told once, where it stands."""
    repository.edit("dativo.yaml", "defaults:", "defaults:\n  environment: prod")
    for name in ("one", "two", "three"):
        text = JOB % {"name": name, "environment": "prod"}
        repository.write(f"jobs/{name}.yaml", text.replace("environment: prod\n", ""))
    assert repository.run("generate").code == 0
    repository.edit("dativo.yaml", "environment: prod", "environment: pord")
    done = repository.run("check")
    assert done.code == 1 and "1 error in 1 file" in done.err
    assert 'dativo.yaml:2:16: error: the environment "pord" is new in dativo.yaml' in done.err


def test_what_lies_beside_is_no_job(project: Repository) -> None:
    """A query or a note of the job's name does not keep its root."""
    project.write("jobs/acme/one.sql", "select 1")
    project.write("jobs/acme/one.md", "# One\n")
    project.write("jobs/acme/one.json", '{"a": 1}')
    project.write("jobs/acme/one-old.yaml.bak", TEXT)
    (project.folder / ONE).unlink()
    assert "1 retired" in project.run("generate").out


def test_names_that_do_not_retire(project: Repository) -> None:
    """What --retire names has to go by itself; it ends no living job."""
    done = project.run("generate", "--retire", f"{project.folder}/{ROOT}")
    assert done.code == 1
    assert f"the root of {ROOT} does not retire: its job asks for it" in done.err
    done = project.run("generate", "--retire", "..", "--format", "json")
    assert done.code == 1 and "outside the project" in done.document["problems"][0]["message"]


def test_retire_from_python(project: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function takes what the option does; neither goes with some jobs alone."""
    monkeypatch.chdir(project.folder)
    project.write(ONE, "")
    assert generate().problems[0].code == "root-without-job"
    with pytest.raises(UsageError, match="--retire"):
        generate(paths=[ONE], retire=[ONE])
    assert generate(retire=[ONE]).roots[ROOT] == "retired"


def test_state_that_another_root_has(project: Repository) -> None:
    """Nothing is destroyed where the state lives on, so no word is said."""
    backend = "  terraform: {backend: {type: gcs, bucket: acme-terraform-state, prefix: kept}}\n"
    project.write(ONE, TEXT + backend)
    assert project.run("generate", "--migrate-state").code == 0
    project.write(ONE, TEXT.replace("name: one", "name: ome") + backend)
    done: Done = project.run("generate")
    assert (done.code, done.err) == (0, "")
    assert f"removed   {ROOT}" in done.out
