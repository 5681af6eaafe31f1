"""Git, run for what it prints."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

# What ties a git to one repository (git rev-parse --local-env-vars): a hook has it, and it means
# the repository of the hook.
LOCAL_TO_ONE = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
    + ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE")
    + ("GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE")
)
_NOTHING: Mapping[str, str] = MappingProxyType({})


def git(
    *arguments: str,
    at: str | None = None,
    environment: Mapping[str, str] = _NOTHING,
    given: bytes = b"",
) -> bytes:
    """What git prints.

    Args:
        arguments: of git.
        at: a folder of the repository that is meant, whatever a hook says; None means the one
            of the current folder, or of the hook.
        environment: what is set for git.
        given: what it reads from standard input.

    Raises:
        CalledProcessError: it failed; what it said is in ``stderr``, as bytes.
        FileNotFoundError: there is no git.
    """
    return subprocess.run(
        ["git", *arguments],
        cwd=at,
        env=_environment(at, environment),
        check=True,
        input=given,
        capture_output=True,
    ).stdout


def _environment(at: str | None, more: Mapping[str, str]) -> dict[str, str]:
    local = frozenset() if at is None else LOCAL_TO_ONE
    full = {name: value for name, value in os.environ.items() if name not in local}
    # What only looks takes no locks from whoever works in the repository, and nobody is asked.
    return full | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", **more}


@contextlib.contextmanager
def git_meanwhile(*arguments: str) -> Iterator[Callable[[], str]]:
    """As ``git_text``, while this process does something else.

    Returns:
        A function that waits for what git prints; it raises what ``git`` does.
    """
    command = ["git", *arguments]
    with subprocess.Popen(
        command,
        env=_environment(None, _NOTHING),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:

        def printed() -> str:
            out, err = started.communicate()
            if started.returncode:
                raise subprocess.CalledProcessError(started.returncode, command, out, err)
            return out.decode("utf-8", "surrogateescape")

        try:
            yield printed
        finally:
            if started.poll() is None:
                started.kill()


def git_text(
    *arguments: str,
    at: str | None = None,
    environment: Mapping[str, str] = _NOTHING,
    given: str = "",
) -> str:
    """As ``git``, in text; file names that are not UTF-8 go through both ways.

    Raises:
        CalledProcessError: git failed.
        FileNotFoundError: there is no git.
    """
    data = given.encode("utf-8", "surrogateescape")
    return git(*arguments, at=at, environment=environment, given=data).decode(
        "utf-8", "surrogateescape"
    )
