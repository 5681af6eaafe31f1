"""A root goes when its job file or its environment is really gone; no slip destroys it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import generate
from generator.errors import UsageError
from tests.repository import JOB, Done, Repository

ONE = "jobs/acme/one.yaml"
ROOT = "generated/acme/one/prod"
TEXT = JOB % {"name": "one", "environment": "prod"}
SEVERAL = TEXT.replace("environment: prod\n", "environments: {dev: {}, prod: {}}\n")
TENANTS = TEXT.replace("tenant_id: acme", "tenant_id: ${TENANT_ID}\ntenants: [acme, globex]")


@pytest.fixture
def project(repository: Repository) -> Repository:
    """Two jobs with a root each."""
    repository.write(ONE, TEXT)
    repository.write("jobs/acme/keep.yaml", TEXT.replace("one", "keep"))
    assert repository.run("generate").code == 0
    return repository


def _remade(project: Repository, text: str) -> None:
    """The one job in another shape, its roots made."""
    project.write(ONE, text)
    assert project.run("generate").code == 0


def _told(project: Repository, *arguments: str) -> list[tuple[str, str, str]]:
    done = project.run(*arguments, "--format", "json")
    return [(p["severity"], p["code"], p["message"]) for p in done.document["problems"]]


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
    assert _told(project, "generate", str(path)) == [
        ("error", "root-without-job", f"{ONE} is empty, but has a root")
    ]
    path.write_text(TEXT.replace("environment: prod", "environment: staging"))
    done = project.run("generate", str(path))
    assert (done.code, done.err) == (0, "")
    assert (project.folder / ROOT / "main.tf").exists()


VANISHED: dict[str, tuple[str, str, str, str]] = {
    "misspelt environment of several": (
        SEVERAL,
        SEVERAL.replace("dev", "dve"),
        f"{ONE}:2:16",
        'the environment "dve" is new',
    ),
    "misspelt environments": (
        SEVERAL,
        TEXT.replace("name:", "environmnts: {dev: {}, prod: {}}\nname:"),
        f"{ONE}:3:1",
        'unknown key "environmnts"',
    ),
    "environments by another word": (
        SEVERAL,
        TEXT.replace("name:", "stages: {dev: {}, prod: {}}\nname:"),
        f"{ONE}:3:1",
        'the environment "dev" stands below "stages", which is not read',
    ),
    "environments emptied": (
        SEVERAL,
        TEXT.replace("name:", "environments:\nname:"),
        f"{ONE}:3:1",
        '"environments" is empty, and "dev", which has a root, is gone',
    ),
    "misspelt tenant of several": (
        TENANTS,
        TENANTS.replace("globex]", "globx]"),
        f"{ONE}:2:17",
        'the tenant "globx" is new',
    ),
    "environment without its block": (
        "tenant_id: acme\nname: one\nenvironments:\n  dev:\n"
        + "".join(f"    {line}\n" for line in TEXT.splitlines()[3:])
        + "  prod:\n"
        + "".join(f"    {line}\n" for line in TEXT.splitlines()[3:]),
        "tenant_id: acme\nname: one\nenvironments:\n  dev: {}\n  prod:\n"
        + "".join(f"    {line}\n" for line in TEXT.splitlines()[3:]),
        f"{ONE}:4:3",
        'the environment "dev" of jobs/acme/one.yaml has no "infrastructure" any more',
    ),
}


@pytest.mark.parametrize("case", VANISHED)
def test_one_root_of_several(project: Repository, case: str) -> None:
    """One of the roots of a file vanishes by a slip: told at its line."""
    before, after, location, said = VANISHED[case]
    _remade(project, before)
    project.write(ONE, after)
    done = project.run("generate")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{location}: error: {said}"), done.err
    assert "1 error in 1 file" in done.err


REASONS: dict[str, tuple[str, str, str, str]] = {
    "environment removed": (
        SEVERAL,
        SEVERAL.replace("dev: {}, ", ""),
        f'{ONE}:2:1: warning: generated/acme/one/dev retires, since {ONE} has no environment "dev"',
        "if that is not meant",
    ),
    "tenant removed": (
        TENANTS,
        TENANTS.replace(", globex]", "]"),
        f'{ONE}:2:1: warning: generated/globex/one/prod retires, since {ONE} has no tenant "glob',
        "if that is not meant",
    ),
    "environment renamed": (
        TEXT,
        TEXT.replace("environment: prod", "environment: live"),
        f'{ONE}:2:1: warning: {ROOT} retires, since {ONE} has no environment "prod" any more',
        "one/live takes its place, and starts from nothing: to keep what it made, keep the env",
    ),
    "job renamed": (
        TEXT,
        TEXT.replace("name: one", "name: orders"),
        f'{ONE}:3:1: warning: {ROOT} retires, since the job of {ONE} is called "orders" now',
        f"which starts from nothing: to keep what it made, write `name: one` in {ONE}",
    ),
    "numbered": (
        TEXT,
        TEXT.replace("name: one", "name: one2"),
        f'{ONE}:3:1: warning: {ROOT} retires, since the job of {ONE} is called "one2" now',
        "renamed to generated/acme/one2/prod",
    ),
    "by hand": (
        TEXT,
        TEXT + "  iac: manual\n",
        f"{ONE}:9:8: warning: {ROOT} retires, since manual deploys its job now",
        "if that is not meant",
    ),
}


@pytest.mark.parametrize("case", REASONS)
def test_a_file_that_says_so(project: Repository, case: str) -> None:
    """What the file says plainly retires a root: a warning at the line, with what goes and what
    comes in its place.
    """
    before, after, said, hint = REASONS[case]
    _remade(project, before)
    project.write(ONE, after)
    for command, code in (("check", 2), ("generate", 0)):
        done = project.run(command)
        assert done.code == code, done.err
        assert said in done.err and hint in done.err
        assert "gcp-cloud-run-job, its module, declares " in done.err


def test_file_that_is_gone(project: Repository) -> None:
    """A removed file retires its root; what the module declares is counted."""
    (project.folder / ONE).unlink()
    declared = sum(
        file.read_text().count('\nresource "')
        for file in (project.folder / "modules/gcp-cloud-run-job").glob("*.tf")
    )
    said = (
        f"{ROOT} retires, since {ONE} is gone: its next apply destroys what it made, and "
        f"gcp-cloud-run-job, its module, declares {declared} resources"
    )
    for command in ("check", "generate"):
        assert ("warning", "root-retires", said) in _told(project, command)
    assert declared > 3
    assert project.run("generate").err == ""


def test_renamed_file(project: Repository) -> None:
    """A root made beside one that goes is told as its probable new name."""
    text = TEXT.replace("name: one\n", "")
    _remade(project, text)
    (project.folder / ONE).rename(project.folder / "jobs/acme/one-more.yaml")
    project.write("jobs/acme/other.yaml", TEXT.replace("name: one", "name: zebra"))
    done = project.run("generate")
    assert done.code == 0
    assert (
        "probably renamed to generated/acme/one-more/prod, which starts from nothing: to keep what "
        "it made, write `name: one` in jobs/acme/one-more.yaml"
    ) in done.err


def test_moved_file(project: Repository) -> None:
    """A job in another folder keeps its root."""
    (project.folder / "jobs/team").mkdir()
    (project.folder / ONE).rename(project.folder / "jobs/team/one.yaml")
    done = project.run("generate")
    assert (done.code, done.err) == (0, "")
    assert f"changed   {ROOT}" in done.out


def test_local_state_is_counted(project: Repository) -> None:
    """Beside a state of its own the consequence is exact."""
    backend = "  terraform: {backend: {type: local}}\n"
    project.write(ONE, TEXT + backend)
    assert project.run("generate", "--migrate-state").code == 0
    resource = {"mode": "managed", "type": "a", "name": "b", "instances": [{}, {}]}
    data = {"mode": "data", "type": "a", "name": "c", "instances": [{}]}
    state = {"version": 4, "lineage": "x", "serial": 1, "resources": [resource, data]}
    (project.folder / ROOT / "terraform.tfstate").write_text(json.dumps(state))
    (project.folder / ONE).unlink()
    assert "destroys 2 resources that its state has" in project.run("check").err


@pytest.mark.parametrize("format", ["json", "github", "sarif"])
@pytest.mark.parametrize("command", ["check", "generate"])
def test_every_format(project: Repository, command: str, format: str) -> None:
    """Machines are told as people are, as a warning."""
    (project.folder / ONE).unlink()
    out = project.run(command, "--format", format).out
    assert "its next apply destroys what it made" in out
    warning = {
        "json": '"severity": "warning",\n      "code": "root-retires"',
        "github": "::warning file=generated/acme/one/prod,title=root-retires::",
        "sarif": '"level": "warning"',
    }
    assert warning[format] in out


def _all_gone(folder: Path) -> None:
    for path in (folder / "jobs/acme").iterdir():
        path.unlink()


def _all_renamed(folder: Path) -> None:
    for path in (folder / "jobs/acme").iterdir():
        path.write_text(path.read_text().replace("environment: prod", "environment: live"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda folder: (folder / "jobs").rename(folder / "away"), "the folder of job files jobs"),
        (_all_gone, "generated: error: all 2 roots would retire at once: generated/acme/keep/prod"),
        (_all_renamed, "generated: error: all 2 roots would retire at once"),
    ],
)
def test_everything_at_once(
    project: Repository, change: Callable[[Path], object], said: str
) -> None:
    """Not all roots go at once, until somebody says so of all of them; it is one message."""
    before = project.state()
    change(project.folder)
    for command in ("generate", "check"):
        done = project.run(command)
        assert done.code == 1
        assert (
            said in done.err and "1 error" in done.err and "there are no job files" not in done.err
        )
        assert "run: dativo generate --retire generated" in done.err
    assert project.state() == before
    done = project.run("generate", "--retire", f"{project.folder}/generated")
    assert done.code == 0 and "2 retired" in done.out


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
