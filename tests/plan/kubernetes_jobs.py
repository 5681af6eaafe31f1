"""Jobs on Kubernetes, for their tests."""

from __future__ import annotations

from tests.plan.conftest import HEAD, SUBSCRIPTION

CLOUDS = {
    "aws": "provider: aws\n  region: eu-central-1\n",
    "gcp": "provider: gcp\n  region: europe-west1\n  account: {project_id: acme-data}\n",
    "azure": "provider: azure\n  region: westeurope\n"
    f"  account: {{subscription_id: {SUBSCRIPTION}, resource_group: rg}}\n",
}


def job(cloud: str = "aws", runtime: str = "", block: str = "", cluster: str = "data") -> str:
    """A job file: on AWS ``runtime`` lines first at line 9, ``block`` lines after them."""
    text = f"{HEAD}infrastructure:\n  {CLOUDS[cloud]}  runtime:\n    type: kubernetes\n"
    runtime = (
        "image: registry/etl:1\n" + (f"cluster_name: {cluster}\n" if cluster else "") + runtime
    )
    text += "".join(f"    {line}\n" for line in runtime.splitlines())
    return text + "".join(f"  {line}\n" for line in block.splitlines())
