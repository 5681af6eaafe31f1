"""Jobs on GKE, for their tests."""

from __future__ import annotations

from tests.plan.conftest import HEAD

KEY = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
NETWORK = "network: {vpc_id: data, subnet_ids: [etl]}"
BLOCK = """\
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  runtime:
    type: gke
    image: registry/etl:1
"""


def job(runtime: str = "", block: str = "", network: str = NETWORK, head: str = "") -> str:
    """A job file: the network is line 7, ``runtime`` lines begin at 11, then ``block`` lines."""
    text = HEAD + head + BLOCK.replace("  runtime:", f"  {network}\n  runtime:")
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())
