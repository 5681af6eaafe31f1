"""Writes the note that ``unchanged`` reads: what a run that found nothing wrong read and wrote."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.ci.on_disk import ALL_FILES, stale
from generator.errors import DativoError
from generator.files import cache
from generator.files.ignored import CODE as IGNORED
from generator.files.names import MANIFEST, SETTINGS_FILE
from generator.files.stamps import TICK, digest, digest_of, own_stamp, stamp, stamp_behind
from generator.files.terraform_files import terraform_files
from generator.noop.answer import FIRST, NOTE, all_unchanged, checked
from generator.provider_locks.choose import CODES

if TYPE_CHECKING:
    from generator.run import Run
    from generator.tree.change import Comparison, RootChange


def remember(work: Run) -> None:
    """Leave a note after a run; only a whole run that found nothing wrong leaves one.

    After a partial run the note of the last whole run no longer fits what it changed, and is
    then found not to.

    Args:
        work: the run, written.
    """
    if not work.whole or work.failed or not work.comparison.roots:
        return
    # Whether git still ignores a root is not asked when there is nothing to do, and check counts
    # a lock that does not fit.
    if any(problem.code in (IGNORED, *CODES) for problem in work.problems):
        return
    # What check has to tell is not in the note.
    if _has_stale_pipelines(work):
        return
    if cache.prepare(work.project.folder, work.project.settings.output) is None:
        return
    cache.sweep(work.project.folder, work.project.settings.output)
    try:
        lines = list(_lines(work))
    except OSError:  # something vanished while we ran
        return
    fields = [field for line in lines for field in line]
    # A name with a tab or a line break in it is not worth an escape.
    if any("\t" in field or "\n" in field for field in fields) or _changed_meanwhile(work, lines):
        return
    cache.write(
        work.project.folder,
        work.project.settings.output,
        NOTE,
        "\n".join("\t".join(line) for line in lines),
    )


def _has_stale_pipelines(work: Run) -> bool:
    try:
        return any(True for _ in stale(work.project))
    except DativoError:  # check tells of it
        return True


def _lines(work: Run) -> Iterator[list[str]]:
    project, built = work.project, work.built
    settings = project.settings
    output, hand_written = settings.output, list(project.searched)
    stamps = dict(_stamps(work.comparison))
    yield [FIRST, own_stamp()]
    yield ["say", all_unchanged(len(stamps), len(built.without_root)), checked(len(stamps))]
    yield from (["warn", line] for line in _warnings(work))
    yield ["jobs", *settings.jobs]
    yield ["hand", output, *hand_written]
    read = {SETTINGS_FILE, *work.job_files, *ALL_FILES}
    for job in work.job_files:
        sources, folders = built.sources[job]
        read.update(sources)
        yield ["job", job, *sources]
        yield ["roots", job, *(f"{output}/{folder}" for folder in folders)]
    for path in sorted(read):
        yield ["file", path, digest(os.path.join(project.folder, path))]
    for folder, files in sorted(stamps.items()):
        # The manifest first: it alone is looked at when another root is asked for.
        names = sorted(files, key=lambda name: (name != MANIFEST, name))
        yield ["root", f"{output}/{folder}", *(f"{name} {files[name]}" for name in names)]
    for path in _folders(project.folder, output, set(stamps)):
        yield ["dir", path, stamp(os.path.join(project.folder, path))]
    for path in terraform_files(project.folder, hand_written, output):
        yield ["tf", path, stamp_behind(os.path.join(project.folder, path))]


def _stamps(comparison: Comparison) -> Iterator[tuple[str, dict[str, str]]]:
    """Each root folder, and file name to what tells later whether it is still the same.

    A file that was touched just now could be touched again within the same tick of the
    file system's clock; of such a file the digest tells, after an equals sign.
    """
    young = time.time_ns() - TICK
    for change in comparison.roots:
        if change.texts:
            yield (
                change.folder,
                {
                    name: (
                        stamp
                        if int(stamp.split(" ")[2]) < young
                        else "=" + _digest(comparison.top, change, name)
                    )
                    for name, stamp in change.stamps.items()
                },
            )


def _digest(top: str, change: RootChange, name: str) -> str:
    """The digest of a file of a root, or of the user's beside it."""
    if name in change.texts:
        return digest_of(change.texts[name].encode())
    return digest(f"{top}/{change.folder}/{name}", follow=False)


def _warnings(work: Run) -> list[str]:
    from generator.report import render
    from generator.tree.retire import RETIRES

    # What happened in this run is not so in the next.
    problems = [problem for problem in work.problems if problem.code != RETIRES]
    return render(problems, work.project.folder).splitlines()


def _folders(project: str, output: str, roots: set[str]) -> Iterator[str]:
    """The folders in which a root could appear or vanish: all down to where roots are."""
    yield output
    stack = [("", 1)]
    while stack:
        below, depth = stack.pop()
        with os.scandir(os.path.join(project, output, below)) as entries:
            names = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
        for name in sorted(names):
            path = f"{below}/{name}" if below else name
            if name.startswith(".") or path in roots:
                continue
            yield f"{output}/{path}"
            if depth < 3:
                stack.append((path, depth + 1))


def _changed_meanwhile(work: Run, lines: list[list[str]]) -> bool:
    """Whether an input changed after the run began, so that it may have been read as it was."""
    for kind, path, *_ in lines:
        if kind not in ("file", "tf"):
            continue
        try:
            found = os.stat(os.path.join(work.project.folder, path))
        except FileNotFoundError:
            continue
        if max(found.st_mtime_ns, found.st_ctime_ns) > work.started - TICK:
            return True
    return False
