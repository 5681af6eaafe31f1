"""What is measured: one row a case, each a whole process, prepared anew in every round."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from benchmarks import corpus, floor
from benchmarks.programs import HERE, Call, Programs, found

OUTPUT = "generated"
# Where dativo keeps what spares it work, below a project folder: what a run without it lacks.
CACHES = (".dativo", f"{OUTPUT}/.dativo-cache")


class Place:
    """The projects of one size that the cases run in, made once.

    Attributes:
        number: of job files.
        programs: what runs.
        jobs: the job files, below a project folder.
        roots: how many roots come of them.
        files: how many files those have.
        size: how many bytes.
    """

    def __init__(self, folder: str, number: int, programs: Programs, modules: str | None) -> None:
        """Make the projects.

        Args:
            folder: where to; must not exist.
            number: as above.
            programs: as above.
            modules: the modules of the dativo that is measured; see ``corpus.make``.
        """
        self.number, self.programs, self._folder = number, programs, folder
        made = corpus.make(self.at("pristine"), number, modules=modules)
        self.jobs = made.jobs
        self._edits = self._fresh = 0
        self.warm = self._generated("warm")
        self.pack = self.at("floor.pack")
        self.files, self.size = floor.pack(self.warm, OUTPUT, self.pack)
        self.roots = _count_roots(os.path.join(self.warm, OUTPUT))

    def at(self, name: str) -> str:
        """A path of this size's own."""
        return os.path.join(self._folder, name)

    def fresh(self, name: str = "fresh") -> str:
        """A path where nothing is yet; what stood there in the last round is gone."""
        shutil.rmtree(self.at(f"{name}-{self._fresh}"), ignore_errors=True)
        self._fresh += 1
        shutil.rmtree(self.at(f"{name}-{self._fresh}"), ignore_errors=True)
        return self.at(f"{name}-{self._fresh}")

    def fresh_project(self) -> str:
        """A project that nothing was generated in."""
        for name in os.listdir(self._folder):
            if name.startswith("cold-"):
                shutil.rmtree(self.at(name))
        self._fresh += 1
        return shutil.copytree(self.at("pristine"), self.at(f"cold-{self._fresh}"))

    def project(self, name: str) -> str:
        """A project of a case's own, with its roots; made when it is first asked for."""
        return self.at(name) if os.path.exists(self.at(name)) else self._generated(name)

    def repository(self, name: str) -> str:
        """Likewise, with all committed to git."""
        if os.path.exists(self.at(name)):
            return self.at(name)
        project = self._generated(name)
        with open(os.path.join(project, ".gitignore"), "w", encoding="utf-8") as stream:
            stream.write("".join(f"/{cache}/\n" for cache in CACHES))
        self.git(project, "init", "--quiet")
        self.commit(project)
        return project

    def commit(self, project: str) -> None:
        """Commit all that there is."""
        self.git(project, "add", "--all")
        who = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
        self.git(project, *who, "commit", "--quiet", "--allow-empty", "--message", "benchmark")

    def git(self, project: str, *arguments: str) -> None:
        """Run git, and nothing that it would start in the background later."""
        self.programs.quietly("git", "-c", "gc.auto=0", *arguments, folder=project)

    def edit(self, project: str) -> str:
        """Change a job, another one each time; returns its file, below the project folder."""
        self._edits += 1
        job = self.jobs[self._edits * 37 % len(self.jobs)]
        corpus.edit(project, job, self._edits % 1000)
        return job

    def generate(self, project: str) -> None:
        """Bring the roots up to date."""
        self.programs.quietly(self.programs.ours("dativo"), "generate", folder=project)

    def forget(self, project: str) -> None:
        """Remove what dativo keeps of its last run."""
        for cache in CACHES:
            shutil.rmtree(os.path.join(project, cache), ignore_errors=True)

    def _generated(self, name: str) -> str:
        project = shutil.copytree(self.at("pristine"), self.at(name))
        self.generate(project)
        return project


def _count_roots(folder: str) -> int:
    return sum("main.tf" in names for _, _, names in os.walk(folder))


class Case(NamedTuple):
    """One row of the tables.

    Attributes:
        name: in results and on the command line.
        title: for people.
        prepare: brings the projects to where the case starts, and says what is to be run.
        needs: a program without which the case is left out: on PATH, or by its path.
    """

    name: str
    title: str
    prepare: Callable[[Place], Call]
    needs: str = ""


def _floor(place: Place) -> Call:
    command = [sys.executable, "-I", "-S", os.path.join(HERE, "floor.py"), place.pack, place.warm]
    return Call([*command, place.fresh("floor")], place.warm)


def _python(place: Place) -> Call:
    return Call([place.programs.python, "-c", "pass"], place.warm)


def _dativo(place: Place, project: str, *arguments: str) -> Call:
    return Call([place.programs.ours("dativo"), *arguments], project)


def _cold(place: Place) -> Call:
    return _dativo(place, place.fresh_project(), "generate")


def _unchanged(place: Place) -> Call:
    return _dativo(place, place.warm, "generate")


def _one_changed(place: Place) -> Call:
    project = place.project("edited")
    place.edit(project)
    return _dativo(place, project, "generate")


def _check(place: Place) -> Call:
    return _dativo(place, place.warm, "check")


def _check_without(place: Place) -> Call:
    project = place.project("forgetful")
    place.forget(project)
    return _dativo(place, project, "check")


def _hook(place: Place, project: str, ends: int) -> Call:
    return Call([place.programs.ours("dativo-hook")], project, (ends,))


def _hook_unchanged(place: Place) -> Call:
    return _hook(place, place.repository("committed"), 0)


def _edited_and_staged(place: Place, name: str) -> str:
    """A repository in which all is committed but one edited job, which is staged."""
    project = place.repository(name)
    place.commit(project)
    place.git(project, "add", place.edit(project))
    return project


def _hook_changed(place: Place) -> Call:
    """Stops the commit, since the root that it writes is not staged yet."""
    return _hook(place, _edited_and_staged(place, "hooked"), 1)


def _hook_again(place: Place) -> Call:
    """The commit is tried once more with the root staged, after a hook and no whole run."""
    project = _edited_and_staged(place, "hooked-again")
    place.programs.run(_hook(place, project, 1))
    place.git(project, "add", "--all")
    return _hook(place, project, 0)


def _hook_beside(place: Place) -> Call:
    """Another job was edited and is not part of the commit, so what is staged is judged apart."""
    project = place.repository("beside")
    place.edit(project)
    return _hook(place, project, 0)


def _changed(place: Place) -> Call:
    project = place.repository("compared")
    place.edit(project)
    place.generate(project)
    return _dativo(place, project, "changed", "--base", "HEAD")


def _explain(place: Place) -> Call:
    return _dativo(place, place.warm, "explain", place.jobs[0])


def _fmt(place: Place) -> Call:
    return Call(["terraform", "fmt", "-check", "-recursive", OUTPUT], place.warm)


CASES = (
    Case("floor", "floor: a loop that reads and writes the same bytes", _floor),
    Case("python", "`python -c pass`", _python),
    Case("cold", "`generate`, nothing kept", _cold),
    Case("unchanged", "`generate`, nothing changed", _unchanged),
    Case("one-changed", "`generate`, one job changed", _one_changed),
    Case("check", "`check`", _check),
    Case("check-without", "`check`, nothing kept", _check_without),
    Case("hook-unchanged", "commit hook, nothing changed", _hook_unchanged, "git"),
    Case("hook-changed", "commit hook, one job changed", _hook_changed, "git"),
    Case("hook-again", "commit hook, once more with the root staged", _hook_again, "git"),
    Case("hook-beside", "commit hook, another job edited and not staged", _hook_beside, "git"),
    Case("changed", "`changed`, one root differs", _changed, "git"),
    Case("explain", "`explain` of one job", _explain),
    Case("terraform-fmt", "`terraform fmt -check` of the result", _fmt, "terraform"),
)


def missing(case: Case) -> str:
    """What keeps a case from being measured here; empty when nothing does."""
    if not case.needs or found(case.needs):
        return ""
    return f"{os.path.basename(case.needs)} is not installed"
