"""A job file of a project to the canonical form, without what has no effect there."""

from __future__ import annotations

from typing import Any

from generator.errors import InputError, KeyPath, Location, Problem, Problems
from generator.job.defaults import default_provider
from generator.job.load import load_document
from generator.job.loaded import LoadedJob
from generator.job.project import Project
from generator.migrate.migrate import Migrated, migrate
from generator.modules.catalogue import Catalogue
from generator.pipeline import decide
from generator.plan.called_module import runtime_of
from generator.plan.effect import effective_job
from generator.plan.root_plan import LeftOut
from generator.yaml.load import load_yaml


def migrate_job(project: Project, file: str, data: bytes, catalogue: Catalogue) -> Migrated:
    """Rewrite a job file so that it loads, and says nothing that has no effect.

    Args:
        project: the repository, whose dativo.yaml may say what the file leaves out.
        file: the job file, below the project folder.
        data: its bytes.
        catalogue: the interfaces of modules.

    Returns:
        The file, unchanged where it is canonical already.

    Raises:
        InputError: something is wrong with the file, or would be with its canonical form.
    """
    document = load_yaml(data, file)
    provider = default_provider(project, document) if isinstance(document, dict) else None
    if not migrate(data, file, provider=provider).is_older:
        return Migrated(data, "canonical", ())
    jobs, problems = _decided(project, file, document, catalogue)
    problems.raise_any()
    done = migrate(data, file, _dead(file, jobs), provider)
    _, wrong = _decided(project, file, load_yaml(done.data, file), catalogue)
    if wrong:
        message = f"the file cannot be rewritten: {wrong[0].message} in the canonical form"
        raise InputError(Problem("migrate", message, Location(file), wrong[0].hint))
    return done


_Decided = list[tuple["LoadedJob", tuple["LeftOut", ...]]]


def _decided(
    project: Project, file: str, document: dict[str, Any], catalogue: Catalogue
) -> tuple[_Decided, Problems]:
    """Each job with what reaches no module, and the errors in the file itself."""
    jobs, problems = load_document(project, file, document)
    found = []
    for loaded in jobs:
        _, plan = decide(project, loaded, catalogue, problems)
        if plan is not None:
            found.append((loaded, plan.left_out))
        elif loaded.job.infrastructure.iac != "manual":
            found.append((loaded, _left_out(loaded)))
    mine = [one for one in problems if one.location is not None and one.location.file == file]
    return found, Problems(one for one in mine if one.severity == "error")


def _left_out(loaded: LoadedJob) -> tuple[LeftOut, ...]:
    """The same of a job whose module cannot be read."""
    try:
        return effective_job(runtime_of(loaded), loaded).left_out
    except InputError:
        return ()


def _dead(file: str, jobs: _Decided) -> dict[KeyPath, str]:
    """Path in the document of what has no effect in any job that it reaches, and what is told."""
    messages = {
        left.location.path: left.message
        for _, all_left in jobs
        for left in all_left
        if left.location.file == file
    }
    for loaded, all_left in jobs:
        dead = {left.location.path for left in all_left}
        for path in [path for path in messages if path not in dead and _reaches(loaded, path)]:
            del messages[path]
    return messages


def _reaches(loaded: LoadedJob, path: KeyPath) -> bool:
    """Whether what stands at a path of the document is what a job gets."""
    overlay = path[:2] if path[:1] == ("environments",) else ()
    layer = loaded.locations.written(path[len(overlay) :])
    return layer is not None and layer.prefix == overlay and not layer.target
