"""Jobs that an orchestrator starts: an example job of each runtime, started by each tool."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.plan.runtimes.table import RUNTIMES

REPOSITORY = Path(__file__).parents[2]
TOOLS = ("dagster", "airflow")
FILES = {"dagster": "dagster_job.py", "airflow": "airflow_dag.py"}
SCHEDULE = {"cron": "30 4 * * MON-FRI", "timezone": "Europe/Berlin"}
GKE = """
infrastructure:
  provider: gcp
  region: europe-west1
  account: {project_id: acme-data}
  network: {vpc_id: data, subnet_ids: [etl]}
  runtime: {type: gke, image: registry/etl:1, memory: 1Gi, cpu: 500m}
  tags: {owner: data@acme.example, team: data, cost_center: OPS-010}
"""


class Started(NamedTuple):
    """A runtime, and what differs from its example job.

    Attributes:
        example: the job file below jobs/; None: the job of GKE here.
        tools: what can start it.
        runtime: fields of the runtime that are set otherwise.
    """

    example: str | None
    tools: tuple[str, ...] = TOOLS
    runtime: dict[str, Any] = {}


STARTED = {
    "ecs": Started("acme/postgres-orders", runtime={"scaling": {"max": 1}, "max_retries": 2}),
    "ecs-copies": Started("acme/postgres-orders", runtime={"scaling": {"max": 3}}),
    "cloud-run": Started("acme/marketing-events"),
    "container-apps": Started("acme/hubspot-contacts"),
    "kubernetes": Started(
        "acme/intercom-conversations",
        runtime={"scaling": {"max": 1}, "environment": {"ODD": "{{ ds }}.json\n", "LEVEL": "info"}},
    ),
    "kubernetes-copies": Started("acme/intercom-conversations", runtime={"scaling": {"max": 2}}),
    "gke": Started(None),
    "lambda": Started("acme/sendgrid-bounces"),
    "databricks": Started("acme/customer-features"),
    "emr": Started("globex/order-rollup", ("airflow",), {"args": ["{{ x }}", "conf.json"]}),
}
BOTH = [(launcher, tool) for launcher, one in STARTED.items() for tool in one.tools]


def job_text(launcher: str, tool: str) -> str:
    """The job file of a launcher's root, started by the tool.

    Its root puts out the settings of the other tool, too, so that one apply serves both.
    """
    started = STARTED[launcher]
    job = yaml.safe_load(GKE if started.example is None else _example(started.example))
    job.pop("environments", None)
    job.pop("tenants", None)
    job |= {"tenant_id": "acme", "environment": "prod", "name": f"{launcher}-{tool}"}
    job["schedule"] = SCHEDULE
    block = job["infrastructure"]
    block["orchestrator"] = {"type": tool}
    block["runtime"].pop("max_retries", None)
    block["runtime"] |= started.runtime
    block.pop("monitoring", None)
    block.pop("resource_identifiers", None)
    # A key of a state is one root's.
    block.setdefault("terraform", {}).pop("backend", None)
    runtime = RUNTIMES[block["provider"], block["runtime"]["type"]]
    block["terraform"]["outputs"] = sorted(runtime.launchers.values())
    return str(yaml.safe_dump(job, sort_keys=False))


def _example(name: str) -> str:
    return (REPOSITORY / "jobs" / f"{name}.yaml").read_text(encoding="utf-8")
