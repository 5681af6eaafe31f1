"""CDK Terrain, all roots as stacks of one app: ``run_cdktn.py DOCUMENTS OUTPUT``.

What it makes is Terraform's JSON, one file a root, without READMEs and manifests.
"""

import json
import sys
from typing import Any

from cdktn import App, TerraformHclModule, TerraformOutput, TerraformStack, TerraformVariable


def main(documents: str, output: str) -> None:
    """Synthesise every root."""
    with open(documents, encoding="utf-8") as stream:
        roots = json.load(stream)
    app = App(outdir=output, skip_validation=True)
    for root in roots:
        _stack(app, root["name"], root["document"])
    app.synth()


def _stack(app: App, name: str, document: dict[str, Any]) -> None:
    stack = TerraformStack(app, name)
    for label, body in document.pop("module", {}).items():
        variables = {key: value for key, value in body.items() if key not in ("source", "version")}
        TerraformHclModule(
            stack,
            label,
            source=body["source"],
            version=body.get("version"),
            variables=variables,
            skip_asset_creation_from_local_modules=True,
        )
    for label, body in document.pop("variable", {}).items():
        TerraformVariable(stack, label, type=body.get("type"), description=body.get("description"))
    for label, body in document.pop("output", {}).items():
        TerraformOutput(
            stack,
            label,
            value=body["value"],
            description=body.get("description"),
            sensitive=body.get("sensitive"),
            static_id=True,
        )
    for kind, body in document.items():
        stack.add_override(kind, body)


if __name__ == "__main__":
    main(*sys.argv[1:])
