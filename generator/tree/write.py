"""The only writer: brings the disk to what a comparison found, all of it or nothing.

First everything that is new is written beside its place, in all roots. Space that runs out, a
folder that is read-only, a file that somebody changed meanwhile: all that shows here, where
nothing has happened yet. Then everything is renamed to its place, root after root, the manifest
of each root last. Of a run that is killed there the manifests that wait beside their places
vouch for the files that it had renamed, and the next run goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from generator.errors import DativoError, Location, MachineError, Problem, TreeError
from generator.files.begun import begin, end, forget, is_begun
from generator.files.folders import missing_folders
from generator.files.forked import Gate, in_step
from generator.files.paths import own_token, refuse_links
from generator.files.processes import shares
from generator.files.signals import Deferred
from generator.text.count import count
from generator.tree.change import Comparison, RootChange
from generator.tree.staged import Outcome, StagedRoot
from generator.tree.sweep import sweep

Stamps = list[dict[str, str]]
_AGAIN = "run: dativo generate, once that is mended"


def write(
    comparison: Comparison,
    changes: Sequence[RootChange],
    *,
    whole: bool = False,
    least: int | None = None,
) -> None:
    """Write what changed, and set the stamps of the changes to those of the files written.

    A signal that ends the program waits until all is in place; a second one until the root at
    hand is.

    Args:
        comparison: of all roots with the disk as it still is.
        changes: those of its roots that are to be written.
        whole: the comparison has all roots of the project, so nothing of earlier runs is needed.
        least: how many roots are worth a further process; None for none.

    Raises:
        TreeError: the comparison has errors, and nothing is written; or a file cannot be
            written, and the message says what was.
        MachineError: the second process died; the message says what was written.
    """
    errors = [problem for problem in comparison.problems if problem.severity == "error"]
    if errors:
        raise TreeError(*errors)
    project, output = comparison.project, comparison.output
    if not changes:
        if whole and is_begun(project):
            _sweep(comparison)
        return
    suspicious = begin(project)
    token = own_token()
    roots = [
        StagedRoot(comparison.top, output, change, token, number)
        for number, change in enumerate(changes)
    ]
    work = _Writing(comparison, roots)
    with work.told(suspicious):
        work.carry_out([roots] if least is None else shares(roots, least))
    if suspicious and whole:
        _sweep(comparison)
    elif not suspicious:
        end(project)


def _sweep(comparison: Comparison) -> None:
    try:
        sweep(comparison.top)
    except OSError:  # not ours to look into: the mark stays, and a later run may
        return
    end(comparison.project)


class _Writing:
    """One run's writing.

    Args:
        comparison: of all roots.
        roots: those that change.
    """

    def __init__(self, comparison: Comparison, roots: Sequence[StagedRoot]) -> None:
        self._comparison, self._roots = comparison, roots
        self._began = False
        self._made = missing_folders(comparison.top)

    def carry_out(self, parts: Sequence[Sequence[StagedRoot]]) -> None:
        """Do it, the first part in this process and each other one in a process of its own."""
        mine, *others = parts
        with ExitStack() as stack:
            beside = [stack.enter_context(in_step(self._bound(part))) for part in others]
            self._stage(mine)
            for one in beside:
                one.ready()
            with Deferred() as deferred:
                self._began = True
                for one in beside:
                    one.go()
                if _place(mine, deferred.again):
                    for part, one in zip(others, beside, strict=True):
                        for root, stamps in zip(part, one.result(), strict=True):
                            root.change.stamps.update(stamps)

    def _bound(self, roots: Sequence[StagedRoot]) -> Callable[[Gate], Stamps]:
        def other(gate: Gate) -> Stamps:
            self._stage(roots)
            with Deferred(silent=True):
                if gate.passed():
                    _place(roots, gate.closed)
            return [root.change.stamps for root in roots]

        return other

    def _stage(self, roots: Sequence[StagedRoot]) -> None:
        seen: set[str] = set()
        top, project = self._comparison.top, self._comparison.project
        for root in roots:
            with _named(root):
                refuse_links(top, root.change.folder, project, seen)
                root.stage()

    @contextmanager
    def told(self, suspicious: bool) -> Iterator[None]:
        """What goes wrong says what was written, and what was only staged is removed."""
        try:
            yield
        except BaseException as error:
            outcomes = [root.settle(self._began) for root in self._roots]
            self._tidy(outcomes, suspicious)
            said = _said(self._roots, outcomes)
            if isinstance(error, TreeError):
                first, *others = error.problems
                first = first._replace(message=f"{first.message}; {said}")
                raise TreeError(first, *others) from error
            if isinstance(error, MachineError):
                raise MachineError(f"{error}; {said}") from error
            if not isinstance(error, DativoError):
                error.add_note(said)
            raise

    def _tidy(self, outcomes: Sequence[Outcome], suspicious: bool) -> None:
        """Once a run has failed, remove what is no root: folders that it made, and its mark."""
        for folder in self._made:
            with suppress(OSError):  # there are roots in it
                os.rmdir(folder)
        if "half" not in outcomes:
            (forget if suspicious else end)(self._comparison.project)


@contextmanager
def _named(root: StagedRoot) -> Iterator[None]:
    """Tell of what the system refuses with the root."""
    try:
        yield
    except OSError as error:
        message = f"cannot write {root.shown}: {error.strerror}"
        problem = Problem("unwritable", message, Location(root.shown), _AGAIN)
        raise TreeError(problem) from error


def _place(roots: Sequence[StagedRoot], stop: Callable[[], bool]) -> bool:
    for root in roots:
        if stop():
            return False
        with _named(root):
            root.place()
    return True


def _said(roots: Sequence[StagedRoot], outcomes: Sequence[Outcome]) -> str:
    """What became of the roots, for people."""
    written = outcomes.count("written")
    half = [root.shown for root, outcome in zip(roots, outcomes, strict=True) if outcome == "half"]
    if not written and not half:
        return "nothing was written"
    if written == len(roots):
        return f"all {count(written, 'root')} had been written"
    said = f"{written} of {count(len(roots), 'root')} had been written"
    if half:
        said += f", and of {' and '.join(half)} some files: generate goes on with the rest"
    return said
