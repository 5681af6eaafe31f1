"""The note of the last run: nothing that could change a root or a verdict is overlooked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from generator.files import stamps
from generator.files.processors import may_fork
from generator.kept import ahead, settled
from generator.noop import answer as unchanged
from tests.pipeline.changes import (
    HAND_WRITTEN,
    MODULE,
    add_root,
    fast,
    link_output,
    link_root,
    same_size_edit,
    same_size_edit_of_output,
)
from tests.repository import TOP, Repository


@pytest.fixture(name="quiet")
def _quiet(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository in which nothing is to be done, and whose note is trusted."""
    repository.job("orders", "  tags: {team: a}\n")
    repository.job("rates")
    repository.write("jobs/none.yaml", "tenant_id: acme\n")
    repository.write("assets/rates.yaml", "name: rates\n")
    repository.edit(
        "jobs/rates.yaml", "name: rates\n", "name: rates\nasset_path: assets/rates.yaml\n"
    )
    repository.write("network/main.tf", HAND_WRITTEN)
    # A note is not written while its inputs are still warm.
    monkeypatch.setattr("generator.noop.note.TICK", -(10**12))
    assert repository.run("generate").code == 0
    assert fast(repository, "generate") and fast(repository, "check")
    assert fast(repository, "generate", "jobs/orders.yaml")
    return repository


CHANGES: dict[str, Callable[[Repository], object]] = {
    "job content": lambda r: r.edit("jobs/orders.yaml", "team: a", "team: bb"),
    "job content of the same size and time": same_size_edit,
    "new job": lambda r: r.job("third"),
    "new file below the jobs": lambda r: r.write("jobs/deep/er/x.yml", ""),
    "removed job": lambda r: (r.folder / "jobs/orders.yaml").unlink(),
    "removed job without a root": lambda r: (r.folder / "jobs/none.yaml").unlink(),
    "asset content": lambda r: r.write("assets/rates.yaml", "name: prices\n"),
    "asset gone": lambda r: (r.folder / "assets/rates.yaml").unlink(),
    "settings": lambda r: r.edit("dativo.yaml", "owner: data", "owner: dada"),
    "settings gone": lambda r: (r.folder / "dativo.yaml").unlink(),
    "another output": lambda r: r.edit("dativo.yaml", "defaults:", "output: roots\ndefaults:"),
    "module content": lambda r: r.write(f"{MODULE}/main.tf", "# nothing\n"),
    "new file of a module": lambda r: r.write(f"{MODULE}/more.tf", 'variable "more" {}\n'),
    "module gone": lambda r: shutil.rmtree(r.folder / MODULE),
    "output edited": lambda r: r.edit("generated/acme/orders/prod/main.tf", "2048", "512"),
    "output edited, same size and time": same_size_edit_of_output,
    "output gone": lambda r: (r.root("orders") / "main.tf").unlink(),
    "manifest gone": lambda r: (r.root("orders") / ".dativo.json").unlink(),
    "root gone": lambda r: shutil.rmtree(r.root("orders")),
    "root without a job": add_root,
    "output is a link": link_output,
    "root is a link": link_root,
    "hand-written backend": lambda r: r.write("vpc/main.tf", HAND_WRITTEN),
    "hand-written backend edited": lambda r: r.edit("network/main.tf", "other", "acme-data"),
    "hand-written backend gone": lambda r: (r.folder / "network/main.tf").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_seen(quiet: Repository, change: str) -> None:
    """After any change to what a run reads or writes, the whole work is done."""
    CHANGES[change](quiet)

    assert not fast(quiet, "generate")
    assert not fast(quiet, "check")


@pytest.mark.skipif(not may_fork(), reason="needs a second processor")
@pytest.mark.parametrize("change", CHANGES)
def test_change_is_seen_beside(
    quiet: Repository, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is where a second process looks at the roots."""
    monkeypatch.setattr(settled, "ENOUGH_TO_FORK", 0)
    assert fast(quiet, "generate")
    CHANGES[change](quiet)

    assert not fast(quiet, "generate")


def test_copy_of_the_project(quiet: Repository) -> None:
    """Settings beside roots make these a copy's, and no roots left behind: that they go is seen."""
    quiet.edit("dativo.yaml", "defaults:", "output: roots\ndefaults:")
    quiet.write("generated/dativo.yaml", "")
    assert quiet.run("generate").code == 0
    assert fast(quiet, "generate") and fast(quiet, "generate", "jobs/orders.yaml")

    (quiet.folder / "generated/dativo.yaml").unlink()

    assert not fast(quiet, "check") and not fast(quiet, "check", "jobs/orders.yaml")
    assert "2 roots are in generated still" in quiet.run("generate").err


@pytest.mark.skipif(not may_fork(), reason="needs a second processor")
@pytest.mark.parametrize("told", [b"", b"/\n", b"/\n\n", b"/\n\n;"])
def test_second_process_that_dies(
    quiet: Repository, told: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a second process did not tell to its end is looked at by the first."""
    monkeypatch.setattr(settled, "ENOUGH_TO_FORK", 0)

    def dies(_: object, target: int) -> None:
        os.write(target, told)
        os._exit(9)

    monkeypatch.setattr(ahead, "_tell", dies)
    assert fast(quiet, "generate")
    (quiet.root("orders") / "main.tf").unlink()

    assert not fast(quiet, "generate")


SEEN_BY_ONE_JOB = set(CHANGES) - {
    # Of other jobs, which a run over one job does not look at.
    "new job",
    "new file below the jobs",
    "removed job without a root",
    "asset content",
    "asset gone",
}


@pytest.mark.parametrize("change", sorted(SEEN_BY_ONE_JOB))
def test_change_is_seen_by_one_job(quiet: Repository, change: str) -> None:
    """A run over one job sees what concerns it, and what claims its state."""
    CHANGES[change](quiet)

    assert not fast(quiet, "generate", "jobs/orders.yaml")


@pytest.mark.skipif(not may_fork(), reason="needs a second processor")
@pytest.mark.parametrize("ask", [False, True])
def test_second_process_with_much_to_tell(ask: bool) -> None:
    """It tells more than a pipe holds, and ends whether anybody asks or not."""
    lines = ["x" * 1000] * 5000
    second = ahead.Ahead(lambda: lines)
    if ask:
        assert second.told() == lines
    else:
        second.end()

    with pytest.raises(ChildProcessError):
        os.waitpid(second._child, 0)


def test_one_job_says_the_same(quiet: Repository) -> None:
    """The note and the whole work say the same of some jobs, named twice or without a root."""
    for paths in (["jobs/orders.yaml"], ["jobs/orders.yaml"] * 2, ["jobs/none.yaml"]):
        named = [str(quiet.folder / path) for path in paths]
        for command in ("generate", "check"):
            assert fast(quiet, command, *paths)
            quick = quiet.run(command, *named)
            slow = quiet.run(command, "--format=text", *named)
            assert quick == slow


def test_settings_appear(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project without dativo.yaml that gets one is looked at anew."""
    monkeypatch.setattr("generator.noop.note.TICK", -(10**12))
    settings = repository.folder / "dativo.yaml"
    settings.unlink()
    repository.job(
        "orders",
        "  account: {project_id: acme-data}\n  tags: {owner: a}\n"
        "  terraform: {backend: {type: gcs, bucket: acme-state}}\n",
    )
    assert repository.run("generate").code == 0
    assert fast(repository, "generate")

    settings.write_text("tags: {required: {team: {}}}\n")

    assert not fast(repository, "generate")


def test_module_that_init_brings(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of a git module that ``terraform init`` leaves in a root is looked at."""
    monkeypatch.setattr("generator.noop.note.TICK", -(10**12))
    repository.edit(
        "dativo.yaml",
        "defaults:",
        "modules: {source: 'git::https://git.example/m.git//modules', version: v1.0.0}\ndefaults:",
    )
    repository.job("orders")
    assert repository.run("generate").code == 0
    assert fast(repository, "generate")

    copied = repository.root("orders") / ".terraform/modules/job"
    shutil.copytree(repository.folder / MODULE, copied)
    (copied.parent / "modules.json").write_text('{"Modules": []}')

    assert not fast(repository, "generate")


def test_warnings_are_said_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the whole run warned of, the note warns of."""
    monkeypatch.setattr("generator.noop.note.TICK", -(10**12))
    repository.job("orders")
    repository.edit("jobs/orders.yaml", "finops: {cost_center: FIN-001}\n", "")
    first = repository.run("generate")
    assert first.code == 0 and "cost_center" in first.err

    capsys.readouterr()
    assert fast(repository, "generate")

    assert capsys.readouterr().err == first.err


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00\xff",
        b"{" * 100_000,
        b"dativo-cache 1",
        b"dativo-cache 1\nown\tx\n\n\n\n\n\n\n\n",
    ],
)
def test_garbage(quiet: Repository, text: bytes) -> None:
    """A note that is none is ignored, and the next run leaves a good one."""
    note = quiet.folder / ".dativo/roots.txt"
    note.write_bytes(text)
    os.utime(note, ns=(stamps.MARK, stamps.MARK))
    assert not fast(quiet, "generate")

    assert quiet.run("generate").code == 0

    assert fast(quiet, "generate")


def test_line_removed_from_the_note(quiet: Repository) -> None:
    """Whatever line is missing, the note is not trusted."""
    note = quiet.folder / ".dativo/roots.txt"
    lines = note.read_text().split("\n")
    for number in range(len(lines)):
        note.write_text("\n".join(lines[:number] + lines[number + 1 :]))
        note.chmod(0o600)
        os.utime(note, ns=(stamps.MARK, stamps.MARK))
        assert not fast(quiet, "generate"), lines[number]


def test_note_from_a_checkout(quiet: Repository) -> None:
    """A note that came with the repository vouches for nothing, however well it fits."""
    os.utime(quiet.folder / ".dativo/roots.txt")

    assert not fast(quiet, "check")


def test_note_of_another_version(quiet: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another dativo does the work again."""
    monkeypatch.setattr("generator.files.own.__version__", "0.0.0")

    assert not fast(quiet, "generate")


def test_partial_run_keeps_no_wrong_note(quiet: Repository) -> None:
    """A job generated alone does not make the note of the whole good for it."""
    quiet.edit("jobs/orders.yaml", "team: a", "team: b")
    assert quiet.run("generate", str(quiet.folder / "jobs/orders.yaml")).code == 0
    assert not fast(quiet, "generate")

    assert quiet.run("generate").out == "2 roots, all unchanged; 1 job without infrastructure\n"

    assert fast(quiet, "generate")


def test_options_are_left_to_the_command(quiet: Repository) -> None:
    """Only plain calls are answered from the note."""
    for options in (["--force"], ["--format", "json"], ["--help"], ["--project"]):
        assert unchanged.nothing_to_do(["generate", *options]) is None


def test_little_is_imported(quiet: Repository) -> None:
    """With nothing to do, nothing slow is imported: no typing, no dataclasses, no json."""
    script = (
        "import sys; before = set(sys.modules); sys.argv = ['dativo', 'generate']\n"
        "from generator.cli import main; main()\n"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(TOP)}
    for _ in range(2):  # the note of another program is not ours
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=quiet.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    assert "all unchanged" in done.stdout
    imported = {name for name in done.stderr.split() if not name.startswith("encodings")}
    assert imported <= {
        "__future__",
        "_blake2",
        "atexit",
        "errno",
        "marshal",
        "gc",
        "stat",
        "generator",
        "generator.cli",
        "generator.commands",
        "generator.files",
        "generator.files.folders",
        "generator.files.inside",
        "generator.files.names",
        "generator.files.own",
        "generator.files.own_process",
        "generator.files.processors",
        "generator.files.regular",
        "generator.files.seen",
        "generator.files.shipped",
        "generator.files.stamps",
        "generator.files.terraform_files",
        "generator.kept",
        "generator.kept.ahead",
        "generator.kept.record",
        "generator.kept.settled",
        "generator.noop",
        "generator.noop.answer",
        "generator.version",
    }


def test_the_hook_waits_for_no_package(quiet: Repository) -> None:
    """A commit that changes no root waits for no third-party package: somebody waits each time."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "all"]):
        subprocess.run([*git, *command], cwd=quiet.folder, check=True)
    script = (
        "import sys; sys.argv = ['dativo-hook']\n"
        "from generator.hook import main; code = main()\n"
        "print(code, *sys.modules, file=sys.stderr)"
    )
    for _ in range(2):  # the note of another program is not ours
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=quiet.folder,
            env={**os.environ, "PYTHONPATH": str(TOP)},
            capture_output=True,
            text=True,
            check=True,
        )

    code, *imported = done.stderr.split()
    assert code == "0" and "all unchanged" in done.stdout
    assert {"pydantic", "yaml", "jinja2", "hcl2", "black"}.isdisjoint(imported)
