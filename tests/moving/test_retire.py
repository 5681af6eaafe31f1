"""``dativo retire``: a job, or a part of it, goes on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.moving.conftest import MANY, git, tree
from tests.repository import Repository

ORDERS, ROOT = "jobs/orders.yaml", "generated/acme/orders/prod"
MANY_FILE = "jobs/many.yaml"


def test_a_whole_job(project: Repository) -> None:
    """The job file goes, its root becomes a tombstone, and what that does and what to do next is
    said; git brings all of it back.
    """
    before = tree(project)
    done = project.run("retire", "orders")
    assert done.code == 0, done.err
    assert f"removed   {ORDERS}" in done.out
    assert f"retired   {ROOT}: its next apply destroys what it made" in done.out
    assert f"dativo prune {ROOT} --state -" in done.out
    assert not (project.folder / ORDERS).exists()
    assert not (project.root("orders") / "main.tf").exists()
    assert project.run("check").code == 0
    git(project.folder, "checkout", "--", ".")
    assert tree(project) == before


def test_an_environment(project: Repository) -> None:
    """One environment leaves the file, with its comment; the other's roots stay as they are."""
    before = tree(project)
    done = project.run("retire", "many", "--environment", "dev")
    assert done.code == 0, done.err
    text = (project.folder / MANY_FILE).read_text(encoding="utf-8")
    assert text == MANY.replace("  # To try things.\n  dev: {}\n", "")
    changed = {path for path, data in tree(project).items() if before.get(path) != data}
    assert all("/many/dev/" in path or path == MANY_FILE for path in changed)
    assert project.run("check").code == 0


def test_a_tenant(project: Repository) -> None:
    """One tenant leaves the list, in all environments."""
    done = project.run("retire", "many", "--tenant", "globex")
    assert done.code == 0, done.err
    assert "tenants: [acme]\n# Where" in (project.folder / MANY_FILE).read_text(encoding="utf-8")
    assert done.out.count("retired   generated/globex/many/") == 2
    assert project.run("check").code == 0


def test_a_tenant_of_the_settings(project: Repository) -> None:
    """Where dativo.yaml lists the tenants, the job lists those that are left."""
    project.edit(MANY_FILE, "tenants: [acme, globex]\n", "")
    settings = project.folder / "dativo.yaml"
    settings.write_text("tenants: [acme, globex]\n" + settings.read_text(encoding="utf-8"))
    assert project.run("generate").out == "5 roots, all unchanged\n"
    assert project.run("retire", "acme/many", "--tenant", "acme").code == 0
    assert "\ntenants: [globex]\n" in (project.folder / MANY_FILE).read_text(encoding="utf-8")
    assert project.run("check").code == 0


def test_the_root_says_which(project: Repository) -> None:
    """A root that is named means its tenant and environment, which cannot go without the rest."""
    before = tree(project)
    done = project.run("retire", str(project.folder / "generated/globex/many/dev"))
    assert done.code == 1
    assert "one environment of one tenant cannot be taken out of it: globex, dev" in done.err
    assert tree(project) == before


def test_keeping_the_file(project: Repository) -> None:
    """The file stays, says that nobody deploys the job, and needs not be committed."""
    project.edit(ORDERS, "finops:", "# Not committed.\nfinops:")
    done = project.run("retire", "orders", "--keep-file")
    assert done.code == 0, done.err
    text = (project.folder / ORDERS).read_text(encoding="utf-8")
    assert "# Not committed.\n" in text and text.endswith("  iac: manual\n")
    assert not (project.root("orders") / "main.tf").exists()
    assert project.run("check").code == 0


def test_a_dry_run(project: Repository) -> None:
    """It says the same, and changes nothing."""
    before = tree(project)
    done = project.run("retire", "orders", "--dry-run")
    assert (done.code, tree(project)) == (0, before)
    assert f"would be retired   {ROOT}: " in done.out and "nothing was changed" in done.out


def test_for_machines(project: Repository) -> None:
    """The roots that retire are in the document."""
    done = project.run("retire", "orders", "--format", "json")
    assert done.document["retired"] == [ROOT]


def _dirty(project: Repository) -> None:
    project.edit(ORDERS, "finops:", "# Mine.\nfinops:")


def _untracked(project: Repository) -> None:
    git(project.folder, "rm", "--quiet", "--cached", ORDERS)
    git(project.folder, "commit", "--quiet", "--message", "not any more")


def _read_elsewhere(project: Repository) -> None:
    project.write(
        "infra/reader/main.tf",
        'data "terraform_remote_state" "orders" {\n  backend = "gcs"\n  config = {\n'
        '    bucket = "acme-terraform-state"\n    prefix = "dativo/acme/prod/orders"\n  }\n}\n',
    )


def _without_root(project: Repository) -> None:
    for path in project.root("orders").iterdir():
        path.unlink()


def _garbled(project: Repository) -> None:
    (project.root("orders") / ".dativo.json").write_text("{}", encoding="utf-8")


def _twice(project: Repository) -> None:
    project.write("jobs/globex/orders.yaml", "tenant_id: globex\nenvironment: prod\n")


def _broken_other(project: Repository) -> None:
    project.edit(MANY_FILE, "region: us-central1", "regoin: us-central1")


REFUSED: dict[str, tuple[Callable[[Repository], None], list[str], str]] = {
    "dirty": (_dirty, ["orders"], "would be lost: it has changes that no commit holds"),
    "untracked": (_untracked, ["orders"], "would be lost: git does not know it"),
    "its state is read": (
        _read_elsewhere,
        ["orders"],
        f"reader/main.tf:1:1: error: the state of {ROOT}",
    ),
    "root deleted by hand": (
        _without_root,
        ["orders"],
        "no root that could retire (run dativo gen",
    ),
    "manifest edited by hand": (_garbled, ["orders"], "this manifest is garbled"),
    "several": (_twice, ["orders"], "orders means several jobs, name one: jobs/globex/orders.yaml"),
    "unknown": (lambda _: None, ["order"], "no such job, file or folder (did you mean orders?)"),
    "unknown environment": (
        lambda _: None,
        ["orders", "--environment", "dev"],
        'has no environment "dev"; it has: prod',
    ),
    "unknown tenant": (lambda _: None, ["many", "--tenant", "x"], "it has: acme, globex"),
    "a part, kept": (
        lambda _: None,
        ["many", "--environment", "dev", "--keep-file"],
        "--keep-file is for a job as a whole",
    ),
    "another job is wrong": (_broken_other, ["orders"], "jobs/many.yaml:12:3: error: unknown key"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(project: Repository, case: str) -> None:
    """What is wrong is said, with the way out, and nothing is changed."""
    prepare, arguments, said = REFUSED[case]
    prepare(project)
    before = tree(project)
    done = project.run("retire", *arguments)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert tree(project) == before


def test_a_tombstone_already(project: Repository) -> None:
    """A job whose root retired already is not retired again."""
    assert project.run("retire", "orders", "--keep-file").code == 0
    done = project.run("retire", "orders", "--keep-file")
    assert done.code == 1 and "apply it, then run dativo prune" in done.err


def test_without_git(repository_without_git: Repository) -> None:
    """Where no git has the file, it is not removed."""
    done = repository_without_git.run("retire", "orders")
    assert done.code == 1 and "would be lost: no git repository has it" in done.err
