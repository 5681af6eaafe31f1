"""The cache cannot lie: with it and without it a run says and writes the same."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from generator import pipeline
from generator import run as run_module
from generator.cli import main
from generator.kept import settled
from generator.plan import module_source
from tests.pipeline.cache_changes import CHANGES, DAMAGES, prepared
from tests.repository import Repository


def _run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of a command."""
    module_source._inside.cache_clear()  # one process a run, outside of tests
    out, err = io.StringIO(), io.StringIO()
    command, *rest = arguments
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([command, "--project", str(folder), *rest])
    return code, out.getvalue(), err.getvalue().replace(str(folder), "PROJECT")


def _tree(folder: Path) -> dict[str, bytes | str]:
    """Everything in a project but the cache."""
    found: dict[str, bytes | str] = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".dativo", ".elsewhere")]
        for name in [*names, *folders]:
            path = Path(top, name)
            shown = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[shown] = "link"
            elif path.is_file():
                found[shown] = path.read_bytes()
    found.pop(".dativo", None)
    return found


class CacheMachine(RuleBasedStateMachine):
    """Changes a project and its cache in any order, and compares runs with such that have none."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(prefix="dativo-cache-"))
        self.folder = self.top / "project"
        self.folder.mkdir()
        self.repository = prepared(self.folder)
        assert _run(self.folder, "generate")[0] == 0
        self._usual = settled.ENOUGH_TO_FORK

    @initialize(beside=st.booleans())
    def beside(self, beside: bool) -> None:
        """A second process looks at the roots, or none does."""
        settled.ENOUGH_TO_FORK = 0 if beside else self._usual

    def teardown(self) -> None:
        """Remove the project."""
        settled.ENOUGH_TO_FORK = self._usual
        shutil.rmtree(self.top)

    @rule(change=st.sampled_from(sorted(CHANGES)))
    def change(self, change: str) -> None:
        """The project changes."""
        with contextlib.suppress(OSError):
            CHANGES[change](self.repository)

    @rule(damage=st.sampled_from(sorted(DAMAGES)))
    def damage(self, damage: str) -> None:
        """The cache is damaged."""
        with contextlib.suppress(OSError):
            DAMAGES[damage](self.folder)

    @rule(
        change=st.sampled_from(sorted(CHANGES)),
        step=st.sampled_from(["load_jobs", "compare", "write", "other_claims"]),
        command=st.sampled_from(["generate", "check"]),
    )
    def change_in_the_middle(self, change: str, step: str, command: str) -> None:
        """The project changes in the middle of a run, which may then come to anything but a lie."""
        with _interrupted(step, lambda: CHANGES[change](self.repository)):
            code, _, err = _run(self.folder, command)
        assert code in (0, 1, 2), err

    @rule(path=st.sampled_from(["jobs/orders.yaml", "jobs/rates.yaml", "jobs"]))
    def generate_some(self, path: str) -> None:
        """A run over some jobs does the same with the cache and without."""
        if (self.folder / path).exists():
            self._alike("generate", path)

    @rule()
    def generate(self) -> None:
        """A run over all does the same with the cache and without."""
        self._alike("generate")

    @invariant()
    def checks_alike(self) -> None:
        """Nothing that is wrong, missing or different is hidden, and nothing is written."""
        before, kept = _tree(self.folder), _cache(self.folder)
        for command in ("check", "validate"):
            quick = _run(self.folder, command)
            assert quick == _run(self.folder, command, "--no-cache")
        assert (before, kept) == (_tree(self.folder), _cache(self.folder))

    def _alike(self, command: str, *paths: str) -> None:
        copy = self.top / "copy"
        shutil.copytree(
            self.folder, copy, symlinks=True, ignore=lambda *_: [".dativo", ".elsewhere"]
        )
        for path in copy.rglob("*"):
            if path.is_symlink() and os.readlink(path).startswith(f"{self.folder}/"):
                target = copy / os.path.relpath(os.readlink(path), self.folder)
                path.unlink()
                path.symlink_to(target)
        slow = _run(copy, command, "--no-cache", *(str(copy / path) for path in paths))
        assert not (copy / ".dativo" / "roots.txt").exists()
        quick = _run(self.folder, command, *(str(self.folder / path) for path in paths))
        assert quick == slow
        assert _tree(self.folder) == _tree(copy)
        shutil.rmtree(copy)


def _cache(folder: Path) -> tuple[int, ...]:
    try:
        found = (folder / ".dativo/roots.txt").lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_ctime_ns


@contextlib.contextmanager
def _interrupted(step: str, change: Callable[[], object]) -> Iterator[None]:
    """Let something happen before a step of a run, the first time that it is taken."""
    where: Any = pipeline if step == "load_jobs" else run_module
    before, left = getattr(where, step), [change]

    def stepping(*arguments: Any, **options: Any) -> Any:
        if left:
            with contextlib.suppress(OSError):
                left.pop()()
        return before(*arguments, **options)

    setattr(where, step, stepping)
    try:
        yield
    finally:
        setattr(where, step, before)


def _try(examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(CacheMachine, settings=chosen)


def test_no_lie() -> None:
    """Whatever happens to a project and to its cache, the cache makes no difference."""
    _try(4, 6)


@pytest.mark.deep
def test_no_lie_deep() -> None:
    """The same, for longer; DATIVO_CACHE_STEPS asks for more."""
    _try(int(os.environ.get("DATIVO_CACHE_EXAMPLES", "25")), 12)


@pytest.mark.parametrize("change", sorted(CHANGES))
@pytest.mark.deep
def test_each_change_by_itself(change: str) -> None:
    """Each change alone, first between two runs and then within one, is not hidden."""
    machine = CacheMachine()
    try:
        machine.change(change)
        machine.checks_alike()
        machine.generate()
        machine.checks_alike()
    finally:
        machine.teardown()


def test_one_change_builds_one_job(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one of several jobs changed, that one is built and no other, in every command."""
    names = [f"job{number}" for number in range(5)]
    for name in names:
        repository.job(name)
    assert repository.run("generate").code == 0
    built: list[str] = []
    before = pipeline.load_jobs

    def counting(project: Any, file: str, into: Any) -> Any:
        built.append(file)
        return before(project, file, into)

    monkeypatch.setattr(pipeline, "load_jobs", counting)
    for command, code in (("validate", 0), ("check", 2), ("generate", 0)):
        repository.job("job2", f"  tags: {{command: {command}}}\n")
        built.clear()
        assert repository.run(command).code == code
        assert built == ["jobs/job2.yaml"]
    built.clear()
    assert repository.run("check", "--format=json").code == 0
    assert built == []
    assert repository.run("check", "--no-cache").code == 0
    assert built == [f"jobs/{name}.yaml" for name in names]
