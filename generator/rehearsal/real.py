"""Rehearses one root on its real providers, with a server in place of the cloud."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.errors import RehearsalError
from generator.rehearsal import endpoint
from generator.rehearsal.binary import Terraform
from generator.rehearsal.provider_source import VARIABLE, cli_config, mirrors
from generator.rehearsal.rehearse import Rehearsal
from generator.rehearsal.report import Diagnostic, RehearsalReport, Step
from generator.rehearsal.scratch import Copy, scratch_copy
from generator.rehearsal.surroundings import for_fetching, surroundings


def rehearse_on_real(
    root: str,
    url: str,
    *,
    terraform: Terraform,
    variables: Mapping[str, Any] | None = None,
    states: Mapping[str, Mapping[str, Any]] | None = None,
    keep: bool = False,
) -> RehearsalReport:
    """Plan, apply, plan again and destroy a root on its real providers.

    The root is copied, with a local backend, and its provider blocks are overridden. Providers
    see made-up credentials, an empty home and no variable of the caller's but PATH and the like.

    Args:
        root: folder of the root module.
        url: of the server that answers, as ``endpoint.checked`` gives it.
        terraform: the program to use.
        variables: values for input variables; the others get a plausible one of their type.
        states: of each ``terraform_remote_state`` of the root, the outputs that it reads.
        keep: keep the scratch copy; the report says where it is.

    Raises:
        RehearsalError: the root or a module that it calls is not there. What Terraform or the
            server refuses is in the report.
    """
    with scratch_copy(root, variables or {}, keep, states or {}) as copy:
        own = {**_environment(copy.scratch), **copy.variables}
        version = terraform.version(own)
        rehearsal = _OnReal(terraform.path, copy, own, url)
        rehearsal.perform()
    report = rehearsal.report(root, version)
    return replace(report, folder=copy.folder) if keep else report


def _environment(scratch: str) -> dict[str, str]:
    """The environment of Terraform, with a home of its own."""
    config = os.path.join(scratch, "terraform.rc")
    with open(config, "w", encoding="utf-8") as file:
        named = VARIABLE in os.environ
        file.write(cli_config(mirrors(os.environ), registry=not named))
    return {**surroundings(scratch), "TF_CLI_CONFIG_FILE": config}


class _OnReal(Rehearsal):
    """The steps on real providers; between ``init`` and the rest they are led to the server."""

    def __init__(self, program: str, copy: Copy, own: dict[str, str], url: str) -> None:
        super().__init__(program, copy, own | for_fetching())
        self.url, self.led = url, own | endpoint.environment(url)

    def attach(self) -> bool:
        """Override the provider blocks; false where one of them cannot be led anywhere else."""
        started = time.monotonic()
        self.environment = self.led
        told = self._run(["version", "-json"]).data()
        if not isinstance(told, dict) or "provider_selections" not in told:
            raise RehearsalError(f"{self.program} does not tell which providers it uses")
        selected = told["provider_selections"]
        found = [
            Diagnostic("error", f"cannot be led to {self.url}", f"{reason}.")
            for reason in endpoint.refusals(selected, self.folder)
        ]
        if not found:
            path = os.path.join(self.folder, endpoint.FILE)
            with open(path, "w", encoding="utf-8") as file:
                file.write(endpoint.override(self.folder, self.url))
        names = (f"{address.split('/', 1)[1]} {version}" for address, version in selected.items())
        held = Diagnostic("warning", "on real providers", f"{', '.join(sorted(names))}.")
        taken = time.monotonic() - started
        self.steps.append(Step("providers", taken, not found, (*found, held)))
        return not found
