"""Which host a pipeline runs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.errors import UsageError
from generator.steps.hosts.azure import Azure
from generator.steps.hosts.github import GitHub
from generator.steps.hosts.gitlab import GitLab
from generator.steps.hosts.host import Host

# Each with the variable that its pipelines have, and what that holds there.
HOSTS: dict[str, tuple[str, Callable[[Mapping[str, str]], Host]]] = {
    "github": ("GITHUB_ACTIONS", GitHub),
    "gitlab": ("GITLAB_CI", GitLab),
    "azure-devops": ("TF_BUILD", Azure),
}


def host_of(environment: Mapping[str, str]) -> Host:
    """The host of the pipeline that this runs in.

    Raises:
        UsageError: it runs in none, or something is missing in its environment.
    """
    for variable, host in HOSTS.values():
        if environment.get(variable, "").lower() == "true":
            return host(environment)
    names = ", ".join(f"{name} ({variable})" for name, (variable, _) in HOSTS.items())
    raise UsageError(f"this is for a pipeline, and none of these is known here: {names}")
