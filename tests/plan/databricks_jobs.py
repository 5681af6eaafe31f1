"""Jobs on Databricks, for their tests."""

from __future__ import annotations

REGIONS = {"aws": "us-east-1", "gcp": "europe-west1", "azure": "westeurope"}
NODE_TYPES = {"aws": "m6i.xlarge", "gcp": "n2-standard-4", "azure": "Standard_D4s_v5"}
HOST = "https://acme.cloud.databricks.com"
CLUSTER = "0923-164208-meows279"
SOMEBODY = "7b1c9d2e-3f4a-4b5c-8d6e-7f8091a2b3c4"


def job(
    cloud: str = "aws",
    *,
    runtime: str = "",
    block: str = "",
    head: str = "",
    nodes: str | None = "",
    run: str = "/Shared/etl",
    databricks: str = "",
) -> str:
    """A job file; ``runtime`` lines start at line 11, ``block`` lines follow them.

    Args:
        cloud: that the workspace is on.
        runtime: further ``key: value`` lines of the runtime.
        block: further lines of infrastructure.
        head: lines before infrastructure; each moves the rest down.
        nodes: further keys of the nodes; None for neither nodes nor release.
        run: the entry point.
        databricks: further keys beside the host.
    """
    own = f"{{instance_type: {NODE_TYPES[cloud]}{nodes and ', ' + nodes}}}"
    text = f"""\
tenant_id: acme
environment: prod
{head}infrastructure:
  provider: {cloud}
  region: {REGIONS[cloud]}
  databricks: {{host: '{HOST}'{databricks and ", " + databricks}}}
  runtime:
    type: databricks
    entry_point: {run}
"""
    text += "" if nodes is None else f"    release: 15.4.x-scala2.12\n    nodes: {own}\n"
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())
