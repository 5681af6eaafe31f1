"""Makes locks: ``terraform providers lock`` in a scratch root, once for each set of providers.

Terraform selects versions, fetches the packages of every platform, checks their signatures and
notes their checksums. It is the one thing here that needs a network, or a mirror.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.errors import InputError, Location, Problem, UsageError
from generator.files.names import LOCK_ENDING, LOCKS_FOLDER, ROOT_LOCK
from generator.provider_locks.choose import allowed, choose, is_for
from generator.provider_locks.lock_file import Locked, LockFile, blocks_of, providers_in
from generator.provider_locks.needed import Needed, needed
from generator.render import hcl
from generator.text.count import listed
from generator.text.versions import satisfiable

_TIMEOUT = 3600
# The user's settings of Terraform that would change what these commands do.
_LEFT_OUT = ("TF_CLI_ARGS", "TF_DATA_DIR", "TF_WORKSPACE", "TF_VAR_", "TF_REATTACH_PROVIDERS")


class Making(NamedTuple):
    """How locks are made.

    Attributes:
        program: Terraform or OpenTofu.
        platforms: those that checksums are wanted for.
        mirror: a folder laid out as a filesystem mirror, or the address of a network mirror;
            None for the providers' own registries.
        upgrade: take the newest versions that the constraints allow, not those that are locked.
        say: called with a sentence before something that takes time.
    """

    program: str
    platforms: tuple[str, ...]
    mirror: str | None
    upgrade: bool
    say: Callable[[str], None]


def groups(wanted: Iterable[Needed]) -> list[Needed]:
    """What the locks of a project are for: the roots that need the same providers share one.

    Their constraints count together, so that there is one version of a provider, unless no
    version meets them all.
    """
    found: list[Needed] = []
    for one in sorted(set(wanted), key=lambda need: (need.providers, sorted(need.modules))):
        for index, other in enumerate(found):
            if (one.sources, one.modules) != (other.sources, other.modules):
                continue
            merged = {
                source: {*constraints, *dict(other.providers)[source]}
                for source, constraints in one.providers
            }
            if all(satisfiable(*constraints) for constraints in merged.values()):
                found[index] = needed(merged, one.modules)
                break
        else:
            found.append(one)
    return found


def named(wanted: Sequence[Needed]) -> dict[str, Needed]:
    """The file below the project folder that holds each lock: it tells the providers."""
    found: dict[str, Needed] = {}
    for one in wanted:
        parts = [source.rpartition("/")[2] for source in sorted(one.sources)]
        parts += sorted(filter(None, map(_short, one.modules)))
        name = "-".join(parts)
        number = 1
        while (path := _path(name, number)) in found:
            number += 1
        found[path] = one
    return found


def _path(name: str, number: int) -> str:
    ending = f"-{number}" if number > 1 else ""
    return posixpath.join(LOCKS_FOLDER, f"{name}{ending}{LOCK_ENDING}")


def _short(module: str) -> str:
    """The last part of a module's address that names it: of registry modules not the provider."""
    address = re.sub(r"^[a-z0-9+]+::", "", module.partition(" ")[0]).partition("?")[0]
    parts = re.findall(r"[A-Za-z0-9][A-Za-z0-9_.-]*", address)
    if " " in module and "//" not in address and len(parts) > 2:
        parts.pop()
    return str(parts[-1]).removesuffix(".git").lower() if parts else ""


def is_current(lock: LockFile, wanted: Needed, platforms: Iterable[str]) -> bool:
    """Whether a lock need not be made anew."""
    return choose(wanted, [lock]).lock is not None and set(platforms) <= set(lock.platforms)


def make(file: str, wanted: Needed, before: LockFile | None, making: Making) -> LockFile:
    """Let Terraform make one lock.

    Args:
        file: what it is to be called, below the project folder.
        wanted: what it is for.
        before: the lock so far, whose versions stay where the constraints allow them.
        making: how.

    Raises:
        InputError: Terraform says no; with what it says.
        UsageError: it cannot be run.
    """
    kept = "" if before is None or making.upgrade else _kept(before, wanted)
    with tempfile.TemporaryDirectory(prefix="dativo-lock-") as scratch:
        with open(os.path.join(scratch, "main.tf"), "w", encoding="utf-8") as stream:
            stream.write(_root(wanted))
        if kept:
            with open(os.path.join(scratch, ROOT_LOCK), "w", encoding="utf-8") as stream:
                stream.write(kept)
        making.say(f"locking {listed(_told(wanted))} for {listed(making.platforms)}")
        if wanted.modules:
            _run(making.program, ["get"], scratch, file)
        _run(making.program, ["providers", "lock", *_options(making)], scratch, file)
        with open(os.path.join(scratch, ROOT_LOCK), "rb") as found:
            data = found.read()
    providers = providers_in(data)
    if not providers:
        message = f"{making.program} wrote no lock file that can be read"
        raise InputError(Problem("lock-file", message, Location(file)))
    blocks = blocks_of(data.decode(), providers)
    platforms = set(making.platforms)
    if before is not None and _still(before, providers, kept):
        platforms |= set(before.platforms)
    return LockFile(file, tuple(sorted(platforms)), wanted.modules, providers, blocks)


def _told(wanted: Needed) -> list[str]:
    return [" ".join((source, ", ".join(c))).strip() for source, c in wanted.providers] + sorted(
        wanted.modules
    )


def _kept(before: LockFile, wanted: Needed) -> str:
    """The blocks of versions that may stay: their checksums vouch for what is fetched now."""
    constraints = dict(wanted.providers)
    return blocks_of(
        before.blocks,
        [
            source
            for source, locked in before.providers.items()
            if allowed(locked.version, constraints.get(source, ()))
        ],
    )


def _still(before: LockFile, providers: Mapping[str, Locked], kept: str) -> bool:
    """Whether the checksums of before are all in the new lock."""
    return bool(kept) and all(
        source in before.providers and before.providers[source].hashes <= locked.hashes
        for source, locked in providers.items()
    )


def _root(wanted: Needed) -> str:
    """A root that needs what is wanted, and makes nothing."""
    lines = ["terraform {", "  required_providers {"]
    for index, (source, constraints) in enumerate(wanted.providers):
        pairs: list[tuple[str, str]] = [("source", source)]
        pairs += [("version", ", ".join(constraints))] if constraints else []
        lines += [f"    p{index} = {{", hcl.attributes(pairs, 6), "    }"]
    lines += ["  }", "}"]
    for index, module in enumerate(sorted(wanted.modules)):
        source, _, version = module.partition(" ")
        pairs = [("source", source), *([("version", version)] if version else [])]
        lines += [f'module "m{index}" {{', hcl.attributes(pairs, 2), "}"]
    return "\n".join(lines) + "\n"


def _options(making: Making) -> Iterator[str]:
    if making.mirror is not None:
        is_address = making.mirror.startswith(("https://", "http://"))
        yield f"-{'net' if is_address else 'fs'}-mirror={making.mirror}"
    yield from (f"-platform={platform}" for platform in making.platforms)


def _run(program: str, arguments: list[str], folder: str, file: str) -> None:
    done = run(program, [*arguments, "-no-color"] if arguments == ["get"] else arguments, folder)
    if done.returncode:
        said = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr or done.stdout)
        said = " ".join(re.sub(r"[╷│╵]", " ", said).split())[:1000]
        message = f"{os.path.basename(program)} {' '.join(arguments[:2])}: {said}"
        raise InputError(Problem("not-locked", message, Location(file)))


def run(program: str, arguments: Sequence[str], folder: str) -> subprocess.CompletedProcess[str]:
    """Run Terraform with the user's environment, but for what changes where it writes.

    Raises:
        UsageError: it cannot be run, or takes more than an hour.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_LEFT_OUT)}
    try:
        return subprocess.run(
            [program, *arguments],
            cwd=folder,
            env={**environment, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"{program} cannot be run: {error}") from None


def own_platform(program: str) -> str:
    """The platform that a program is built for, by its own word.

    Raises:
        UsageError: it is neither Terraform nor OpenTofu.
    """
    done = run(program, ["version", "-json"], tempfile.gettempdir())
    try:
        return str(json.loads(done.stdout)["platform"])
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{program} is neither Terraform nor OpenTofu") from None


def nearest(wanted: Needed, file: str, locks: Sequence[LockFile]) -> LockFile | None:
    """The lock so far of what is wanted: one that fits, of that name, or for the same providers."""
    if (fits := choose(wanted, locks).lock) is not None:
        return fits
    named = [lock for lock in locks if lock.file == file]
    return next(iter([*named, *(lock for lock in locks if is_for(lock, wanted))]), None)
