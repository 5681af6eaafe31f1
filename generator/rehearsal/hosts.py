"""Whether a provider knows whom to talk to: a cluster or a workspace, not a cloud.

Without a host, or with one that is known only after apply, these providers refuse whatever they are
asked; Kubernetes' tries this machine. The sentences are those of kubernetes 3.2.1 and databricks
1.128.0, run so.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from generator.rehearsal.rules import Problem
from generator.rehearsal.values import is_unknown

# Arguments of the provider and variables of the environment that say where the host is.
# Sources: "Argument Reference" of both providers' documentation.
SETTINGS = {
    "databricks": ("host", "profile", "azure_workspace_resource_id"),
    "kubernetes": ("host", "config_path", "config_paths"),
}
VARIABLES = {
    "databricks": ("DATABRICKS_HOST", "DATABRICKS_CONFIG_PROFILE"),
    "kubernetes": (
        *("KUBE_HOST", "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS", "KUBERNETES_SERVICE_HOST"),
    ),
}
REFUSALS = {
    "databricks": "default auth: cannot configure default credentials",
    "kubernetes": '"http://localhost/api": dial tcp 127.0.0.1:80: connect: connection refused',
}


def unreachable(
    cloud: str, config: Mapping[str, Any], environment: Mapping[str, str] = os.environ
) -> list[Problem]:
    """Why a provider reaches nobody; an empty list where it does, or needs no host.

    Args:
        cloud: the provider's short name.
        config: the provider's configuration.
        environment: where it looks for what is not configured.
    """
    given = [config.get(name) for name in SETTINGS.get(cloud, ())]
    if cloud not in SETTINGS or any(value and not is_unknown(value) for value in given):
        return []
    if any(is_unknown(value) for value in given):
        detail = f"The address that the provider {cloud} is given is known only after apply."
    elif any(environment.get(name) for name in VARIABLES[cloud]):
        return []
    else:
        names = " nor ".join((*SETTINGS[cloud], *VARIABLES[cloud][:1]))
        detail = f"The provider {cloud} has neither {names}."
    return [(REFUSALS[cloud], detail)]
