"""What a job's roots declare, for an output that a file of outputs lacks."""

from __future__ import annotations

from generator.errors import InputError, Problems
from generator.job.load import load
from generator.job.project import Project
from generator.modules.catalogue import open_catalogue
from generator.pipeline import decide
from generator.plan.called_module import runtime_of
from generator.plan.empty_outputs import advice, empty_outputs


def declared(project: Project, file: str, environment: str | None) -> dict[str, tuple[str, str]]:
    """The outputs of a job's roots, each with why it may be missing and what to do.

    Terraform leaves an output that is null out of ``terraform output -json``.

    Args:
        project: the repository.
        file: the job file, below the project folder.
        environment: the one whose outputs are asked for; None for any.

    Returns:
        Name to message and hint; nothing where the job has faults of its own.
    """
    found: dict[str, tuple[str, str]] = {}
    try:
        jobs, _ = load(project, file)
    except InputError:
        return found
    catalogue = open_catalogue(project)
    for loaded in jobs:
        if environment not in (None, loaded.job.environment):
            continue
        # A placeholder without a value would stop the plan that tells why.
        _, root = decide(project, loaded._replace(mentions_outputs=False), catalogue, Problems())
        if root is None:
            continue
        for output in root.outputs:
            message = (
                f'the output "{output.name}" is null: the root declares it, and gave it no value'
            )
            hint = "apply the root as it is now and take the outputs again, or wait for another"
            found.setdefault(output.name, (message, hint))
        empty = empty_outputs(loaded, runtime_of(loaded), root.module.arguments)
        for name, one in empty.items():
            found[name] = (f'the output "{name}" has no value here: {one.reason}', advice(one))
    return found
