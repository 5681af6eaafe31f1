"""The environment of somebody who runs Terraform on the stand-ins themselves."""

from __future__ import annotations

from collections.abc import Mapping


def environment_of(base: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """The environment of Terraform.

    Of the user's ``TF_…`` settings only TF_LOG is kept: the others change where files are
    written (TF_DATA_DIR), what is run (TF_CLI_ARGS) or what is expected (TF_VAR_…).
    """
    kept = {k: v for k, v in base.items() if not k.startswith("TF_") or k == "TF_LOG"}
    return {**kept, **more, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}
