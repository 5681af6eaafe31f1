"""One process that serves all stand-ins to any number of Terraform commands.

Terraform starts a provider's program several times in each command, and four or five times in
each run of ``terraform test``; with programs in Python that is most of the time it takes. The
variable TF_REATTACH_PROVIDERS, made for debuggers, names providers that run already: they are
neither installed, nor started, nor stopped.

Source: https://developer.hashicorp.com/terraform/plugin/debugging (TF_REATTACH_PROVIDERS).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from generator.errors import RehearsalError
from generator.rehearsal.mirror import Mirror, program
from generator.rehearsal.surroundings import passed_on

VARIABLE = "TF_REATTACH_PROVIDERS"


@contextmanager
def serving(mirror: Mirror) -> Iterator[Mirror]:
    """Run a server for as long as the context lasts.

    Args:
        mirror: where the compiled schemas are.

    Yields:
        The mirror, with the stand-ins attached.

    Raises:
        RehearsalError: the server does not start.
    """
    folder = os.path.join(mirror.folder, "compiled")
    command = program("protocol.shared_server", f"{mirror.addresses()!r}, {folder!r}")
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=passed_on()
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise RehearsalError("the server of the stand-in providers does not start")
            yield replace(mirror, attached={VARIABLE: line.strip()})
        finally:
            process.terminate()
