"""Facts of a provider that is written with Terraform's plugin SDK: from its source tree, by Go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

# Short name to the package, below the module of the source tree, and what makes a provider there.
PROVIDERS = {
    "azurerm": ("internal/provider", "AzureProvider"),
    "databricks": ("internal/providers/sdkv2", "DatabricksProvider"),
    "google": ("google/provider", "Provider"),
    "kubernetes": ("kubernetes", "Provider"),
}
PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "main.go")
BINDING = """package main

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	source "{package}"
)

func provider() *schema.Provider {{ return source.{function}() }}
"""


def facts(name: str, tree: str, kinds: Sequence[str]) -> dict[str, Any]:
    """Compile the Go program into a provider's source tree and run it.

    Args:
        name: the provider's short name.
        tree: its source tree, at the version that is wanted; a folder in it is made and removed.
        kinds: the resource types.

    Returns:
        ``{type: {path: facts}}``; types of the newer plugin framework are left out.

    Raises:
        CalledProcessError: Go cannot compile it, or the program fails.
    """
    folder, function = PROVIDERS[name]
    with open(os.path.join(tree, "go.mod"), encoding="utf-8") as file:
        module = file.readline().split()[1]
    program = tempfile.mkdtemp(prefix="dativo-facts-", dir=tree)
    try:
        shutil.copy(PROGRAM, program)
        text = BINDING.format(package=f"{module}/{folder}", function=function)
        with open(os.path.join(program, "binding.go"), "w", encoding="utf-8") as file:
            file.write(text)
        command = ["go", "run", "-trimpath", "-mod=mod", f"./{os.path.basename(program)}", *kinds]
        ran = subprocess.run(
            command, cwd=tree, stdout=subprocess.PIPE, stderr=sys.stderr, check=True, text=True
        )
    finally:
        shutil.rmtree(program)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
