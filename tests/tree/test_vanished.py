"""What proves that a job is gone, and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repository import Repository
from tests.tree.slips import ONE, ROOT, TEXT, told

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
        assert ("warning", "root-retires", said) in told(project, command)
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
