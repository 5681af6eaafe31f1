"""The backends of root modules that people wrote, so that no job takes their state."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable

from generator.errors import Location, Problem, Problems
from generator.files.regular import read
from generator.files.seen import Seen
from generator.plan.backend import address_of
from generator.plan.collisions import Claim
from generator.plan.written_backends import UnreadBackendError, written_backends

# CDKTF writes a stack as one JSON file of some megabytes.
_MAX_BYTES = 64 * 1024 * 1024
_LEAVE_OUT = "`hand_written_roots:` in dativo.yaml names the folders that matter"


def hand_written_claims(
    folder: str, files: Iterable[str], seen: Seen
) -> tuple[list[Claim], Problems]:
    """The states of the hand-written roots of the repository.

    A backend with partial configuration, or with an expression that has to be evaluated, tells
    no address and makes no claim.

    Args:
        folder: the project folder.
        files: as ``terraform_files`` returns them, without manifests.
        seen: where to note what is read.

    Returns:
        The claims; an error for each file that must not be read, and a warning for each that
        holds a backend and that Terraform could not read either, and for each folder that
        could not be searched.
    """
    claims: list[Claim] = []
    problems = Problems()
    for file in files:
        if file.endswith("/"):
            problems.append(_not_searched(folder, file))
            continue
        try:
            data, _ = read(os.path.join(folder, file), most=_MAX_BYTES)
            seen.other(file, data)
            found = written_backends(file, data)
        except OSError as error:
            message = f"cannot read the file, which may hold a backend: {error.strerror}"
            problems.error("unreadable", message, Location(file), _LEAVE_OUT)
        except UnreadBackendError as error:
            location = Location(file, line=error.line, column=1)
            message = "this file holds a backend and is not readable, so its state is not known"
            hint = "`terraform validate` tells what is wrong with it"
            problems.warning("unread-backend", message, location, hint)
        else:
            for kind, arguments, line in found:
                address = address_of(kind, arguments, posixpath.dirname(file))
                if address is not None:
                    claims.append(Claim(None, file, address, line=line))
    return claims, problems


def _not_searched(folder: str, found: str) -> Problem:
    name = found.rstrip("/")
    try:
        os.listdir(os.path.join(folder, name))
    except OSError as error:
        message = f"cannot look for backends in {name}: {error.strerror}"
    else:
        message = f"the repository has too many folders to look for backends: {name} and on"
    return Problem("not-searched", message, None, _LEAVE_OUT, "warning")
