"""All that Terraform sees of the caller's environment in a rehearsal: nothing that signs in.

Names are listed that are passed on, and not those that are not: clouds, tools and companies have
more variables for credentials than anybody could list.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

# Programs, languages, scratch folders and authorities; none of them holds a secret.
_PASSED_ON = (
    *("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"),
    *("TF_LOG", "SSL_CERT_FILE", "SSL_CERT_DIR"),
)
# What modules are fetched through; a proxy's address can hold a password.
_FOR_FETCHING = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")
# git takes no helper, no key and no file of the caller's, asks nobody, and runs no program to
# fetch (git-config, "credential.helper", "protocol.allow"; ssh looks for keys by the user's
# entry in the password file, not by HOME).
_GIT = {
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_SSH_COMMAND": "ssh -F none -o IdentityFile=none -o IdentitiesOnly=yes"
    " -o IdentityAgent=none -o BatchMode=yes -o StrictHostKeyChecking=yes",
    "GIT_TERMINAL_PROMPT": "0",
}


def passed_on(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is passed on of an environment.

    Args:
        environment: by default that of this process.
    """
    environment = os.environ if environment is None else environment
    return {name: environment[name] for name in _PASSED_ON if name in environment}


def surroundings(scratch: str) -> dict[str, str]:
    """The environment of Terraform, with an empty home.

    Args:
        scratch: a folder that goes with the rehearsal.
    """
    home = os.path.join(scratch, "home")
    os.makedirs(home, exist_ok=True)
    return {
        **passed_on(),
        **_GIT,
        "CHECKPOINT_DISABLE": "1",
        "HOME": home,
        "TF_INPUT": "0",
        "TF_IN_AUTOMATION": "1",
    }


def for_fetching() -> dict[str, str]:
    """The caller's proxies, for ``terraform init`` alone."""
    return {name: os.environ[name] for name in _FOR_FETCHING if name in os.environ}
