"""Runs a proof: batches of cases, one project each, shared out to processes; and its report."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from random import Random

from tests.proof.project import SIZE, Batch, make, roots
from tests.proof.prove import Failure, Told, live, prove
from tests.proof.terraform import Engines, engines


@dataclass
class Report:
    """What became of all roots.

    Attributes:
        told: of each root.
        refusals: what the generator refused while jobs were drawn, and how often.
        samples: one whole sentence for each of them.
    """

    told: list[Told] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)

    @property
    def failures(self) -> list[Told]:
        """The roots that failed."""
        return [one for one in self.told if one.failed]

    def add(self, batch: Batch, told: Iterable[Told]) -> None:
        """Take in a batch."""
        self.told += told
        self.refusals += batch.refusals
        self.samples = {**batch.samples, **self.samples}

    def text(self) -> str:
        """Counts for each runtime and dialect, failures, and the commonest refusals."""
        lines = [f"{'':28}{'roots':>8}{'planned':>9}{'destroyed':>11}{'failed':>8}"]
        for title in ("runtime", "dialect"):
            names = sorted({getattr(one, title) for one in self.told})
            lines += [_row(n, [o for o in self.told if getattr(o, title) == n]) for n in names]
        lines.append(_row("all", self.told))
        for one in self.failures:
            lines += ["", f"{one.case} {one.runtime} {one.dialect} {one.root}", f"  {one.said}"]
        lines += ["", f"{self.refusals.total()} refusals of {len(self.refusals)} kinds:"]
        lines += [f"{n:6} {self.samples[kind]}" for kind, n in self.refusals.most_common()]
        return "\n".join(lines)


def _row(name: str, told: list[Told]) -> str:
    counts = [sum(step in one.steps for one in told) for step in ("plan", "destroy")]
    failed = sum(bool(one.failed) for one in told)
    return f"{name:28}{len(told):8}{counts[0]:9}{counts[1]:11}{failed:8}"


def run_batch(
    running: Engines,
    seed: str,
    number: int,
    *,
    only: int | None = None,
    lives: int = 0,
    kept: Path | None = None,
) -> tuple[Batch, list[Told]]:
    """One project: all of its cases, or one.

    Args:
        running: Terraform.
        seed: of the run.
        number: of the batch.
        only: the number of the one case that Terraform looks at.
        lives: how many of its roots are applied, changed and destroyed.
        kept: where a project with a failure goes, if anywhere.
    """
    folder = Path(tempfile.mkdtemp(prefix="dativo-proof-"))
    told: list[Told] = []
    try:
        cases = range(number * SIZE, (number + 1) * SIZE)
        batch = make(folder, f"{seed}/{number}", cases)
        chosen = Random(f"{seed}/{number}/lives").sample(batch.jobs, min(lives, len(batch.jobs)))
        for job in batch.jobs:
            case = int(job.file.rpartition("-")[2].removesuffix(".yaml"))
            if only not in (None, case):
                continue
            for root in roots(batch, job):
                one = Told(
                    f"{seed}/{case}",
                    root.relative_to(folder).as_posix(),
                    "/".join(job.runtime),
                    job.dialect,
                )
                told.append(one)
                try:
                    prove(running, root, one)
                    if job in chosen:
                        rng = Random(f"{seed}/{case}/life")
                        live(running, batch, job, root, one, rng)
                        break  # its other roots belong to the job as it was
                except Failure as failure:
                    one.failed, _, one.said = str(failure).partition(": ")
        if kept and any(one.failed for one in told):
            place = kept / f"{seed}-{number}".replace("/", "-")
            shutil.rmtree(place, ignore_errors=True)
            gone = shutil.ignore_patterns(".terraform", "*.tfstate*", "modules")
            shutil.copytree(folder, place, ignore=gone)
        return batch, told
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(
    seed: str,
    wanted: int,
    *,
    start: int = 0,
    only: int | None = None,
    lives: int = 0,
    workers: int = 2,
    log: Path | None = None,
) -> Report:
    """Prove at least so many roots.

    Args:
        seed: decides all.
        wanted: how many roots; the first and the last project are gone through as a whole.
        start: the number of a case in the first project.
        only: the number of the one case that is looked at.
        lives: of each project, how many roots are applied, changed and destroyed.
        workers: processes side by side.
        log: a folder for a line of JSON a root, and the projects of failures.
    """
    report = Report()
    batches = (
        [only // SIZE]
        if only is not None
        else range(start // SIZE, (start + wanted - 1) // SIZE + 1)
    )
    options = [(seed, number, only, lives, log) for number in batches]
    with ProcessPoolExecutor(workers, get_context("spawn"), _start) as pool:
        for batch, told in pool.map(_in_process, options):
            report.add(batch, told)
            if log:
                with (log / "roots.jsonl").open("a", encoding="utf-8") as file:
                    file.writelines(one.line() + "\n" for one in told)
                (log / "report.txt").write_text(report.text() + "\n", encoding="utf-8")
    return report


def _start() -> None:
    """Terraform for all batches of this process, which ends it."""
    context = engines()
    _RUNNING.append(context.__enter__())
    Finalize(None, context.__exit__, (None, None, None), exitpriority=1)


_RUNNING: list[Engines] = []


def _in_process(
    options: tuple[str, int, int | None, int, Path | None],
) -> tuple[Batch, list[Told]]:
    """One batch, with Terraform as this process has it."""
    seed, number, only, lives, log = options
    return run_batch(_RUNNING[0], seed, number, only=only, lives=lives, kept=log)
