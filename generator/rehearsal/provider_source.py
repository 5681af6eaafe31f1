"""Where Terraform takes real providers from: folders on disk first, and then the registry.

Terraform documentation, "CLI Configuration File", "Provider Installation".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence

from generator.text.characters import in_string

# Names a folder laid out as Terraform's filesystem mirrors are.
VARIABLE = "DATIVO_PROVIDER_MIRROR"
REGISTRY = "registry.terraform.io"


def mirrors(environment: Mapping[str, str]) -> list[str]:
    """The folders with providers: the one that the variable names, else Terraform's own.

    Args:
        environment: DATIVO_PROVIDER_MIRROR, HOME and XDG_DATA_HOME.
    """
    named = environment.get(VARIABLE, "")
    candidates = [named] if named else _implied(environment)
    return [os.path.abspath(folder) for folder in candidates if os.path.isdir(folder)]


def _implied(environment: Mapping[str, str]) -> list[str]:
    """Where Terraform looks without being told, "Implied Local Mirror Directories"."""
    home = environment.get("HOME", "")
    own = [os.path.join(home, ".terraform.d", "plugins")] if home else []
    if sys.platform == "darwin":
        support = os.path.join(home, "Library", "Application Support")
        data = [os.path.join(support, "io.terraform"), "/Library/Application Support/io.terraform"]
    else:
        data_home = environment.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
        system = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        data = [os.path.join(at, "terraform") for at in (data_home, *system.split(":"))]
    return own + [os.path.join(at, "plugins") for at in data]


def providers_in(folder: str) -> Iterator[str]:
    """The addresses that a mirror has: ``registry.terraform.io/hashicorp/aws``."""
    for host in _folders(folder):
        for namespace in _folders(os.path.join(folder, host)):
            for name in _folders(os.path.join(folder, host, namespace)):
                yield f"{host}/{namespace}/{name}"


def newest(folder: str, source: str) -> str | None:
    """The newest version of a provider in a mirror; None where there is none.

    Args:
        folder: the mirror.
        source: such as ``hashicorp/aws``.
    """
    held = os.path.join(folder, REGISTRY, source)
    found = [version for version in _folders(held) if version[0].isdigit()]
    # The packed layout, as `terraform providers mirror` writes it: TYPE_VERSION_TARGET.zip.
    packed = f"terraform-provider-{source.rpartition('/')[2]}_"
    zips = (name for name in _files(held) if name.startswith(packed) and name.endswith(".zip"))
    found += [name.removeprefix(packed).partition("_")[0] for name in zips]
    return max(found, key=_numbers, default=None)


def cli_config(folders: Sequence[str], registry: bool) -> str:
    """The CLI configuration that takes providers from these folders.

    Args:
        folders: mirrors on disk.
        registry: what none of them has comes from its registry; needs network.
    """
    known = sorted({address for folder in folders for address in providers_in(folder)})
    lines = [f"  filesystem_mirror {{\n    path = {quoted(folder)}\n  }}" for folder in folders]
    if registry:
        excluded = ", ".join(map(quoted, known))
        lines.append(f"  direct {{\n    exclude = [{excluded}]\n  }}")
    return (
        "disable_checkpoint = true\nprovider_installation {\n"
        + "".join(f"{line}\n" for line in lines)
        + "}\n"
    )


def quoted(text: str) -> str:
    """Text as a string of HCL."""
    return f'"{in_string(text)}"'


def _folders(path: str) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:
        return []


def _files(path: str) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if entry.is_file())
    except OSError:
        return []


def _numbers(version: str) -> list[int]:
    released = version.partition("-")[0]
    return [int(part) for part in released.split(".") if part.isdigit()]
