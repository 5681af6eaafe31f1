"""Downloads Terraform or OpenTofu where a CI system has no step for it, and checks its digest."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import sys
import urllib.request
import zipfile
from collections.abc import Mapping

from generator.errors import UsageError

# Where releases lie; a mirror of the same layout can stand in for it.
VARIABLE = "DATIVO_TERRAFORM_RELEASES"
_RELEASES = {
    "terraform": "https://releases.hashicorp.com/terraform/{version}",
    "tofu": "https://github.com/opentofu/opentofu/releases/download/v{version}",
}
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_TIMEOUT = 120  # seconds


def install(program: str, version: str, into: str, environment: Mapping[str, str]) -> str:
    """Put the program of a release into a folder.

    The archive has to have the digest that the release's list of digests names; who signed that
    list is not looked at.

    Args:
        program: "terraform" or "tofu".
        version: of the release.
        into: the folder, which is made.
        environment: DATIVO_TERRAFORM_RELEASES may name another address.

    Returns:
        The program.

    Raises:
        UsageError: it cannot be downloaded, or is not what the release says.
    """
    system = f"{sys.platform}_{_MACHINES.get(platform.machine().lower(), platform.machine())}"
    names = f"{program}_{version}_{system}.zip", f"{program}_{version}_SHA256SUMS"
    start = environment.get(VARIABLE) or _RELEASES[program]
    address = start.format(version=version).rstrip("/")
    archive, sums = (_download(f"{address}/{name}") for name in names)
    wanted = {line.split()[-1]: line.split()[0] for line in sums.decode().splitlines() if line}
    if wanted.get(names[0]) != hashlib.sha256(archive).hexdigest():
        raise UsageError(f"{address}/{names[0]} has not the digest that {names[1]} names")
    target = os.path.join(into, program)
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as found:
            data = found.read(program)
        os.makedirs(into, exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
        os.chmod(target, 0o700)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UsageError(f"cannot unpack {names[0]} into {into}: {error}") from error
    return target


def _download(address: str) -> bytes:
    try:
        # The address is the vendor's, or the one that the pipeline's owner set.
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer:  # noqa: S310
            data: bytes = answer.read()
            return data
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot download {address}: {error}") from error
