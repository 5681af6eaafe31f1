"""The roots to plan as the work of a pipeline, for the CI systems that take it so."""

from __future__ import annotations

from generator.changes.model import Changes
from generator.changes.views.options import Options
from generator.ci.atlantis import atlantis
from generator.ci.matrix import azure_matrix, github_matrix
from generator.ci.pipelines import gitlab_roots
from generator.ci.work import Root, Work, works
from generator.job.project import open_project


def as_github_matrix(changes: Changes, options: Options) -> str:
    """For ``strategy.matrix`` of GitHub Actions; see ``ci.matrix``."""
    return github_matrix(_works(changes, options))


def as_azure(changes: Changes, options: Options) -> str:
    """For ``strategy.matrix`` of Azure Pipelines; see ``ci.matrix``."""
    return azure_matrix(_works(changes, options))


def as_gitlab(changes: Changes, options: Options) -> str:
    """A child pipeline of GitLab; see ``ci.pipelines``."""
    settings = open_project(options.project).settings
    return gitlab_roots(settings.ci, _works(changes, options))


def as_atlantis(changes: Changes, options: Options) -> str:
    """An atlantis.yaml with the roots to plan; see ``ci.atlantis``."""
    settings = open_project(options.project).settings
    roots = {root.root: root.manifest for root in changes.to_plan}
    return atlantis(settings.ci, roots, options.project)


def _works(changes: Changes, options: Options) -> list[Work]:
    settings = open_project(options.project).settings
    return works(settings.ci, roots_to_plan(changes))


def roots_to_plan(changes: Changes) -> list[Root]:
    """The roots that have to be planned, as they are cut into jobs."""
    return [
        Root(root.root, root.environment, root.cloud, root.manifest) for root in changes.to_plan
    ]
