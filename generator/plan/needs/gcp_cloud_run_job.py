"""The rows of ``modules/gcp-cloud-run-job``."""

from __future__ import annotations

from generator.plan.needs import google
from generator.plan.needs.need import Need, both, equal, given

_AGENT = (
    "Cloud Run's service agent (`service-NUMBER@serverless-robot-prod.iam.gserviceaccount.com`)"
)
_PRIVATE = both(given("network"), equal("network.private", True, default=True))
ROWS = (
    *google.shared("run"),
    *google.scheduled(),
    Need("API", "compute.googleapis.com", "the network", google.DIRECT),
    Need(
        "API",
        "vpcaccess.googleapis.com",
        "the connector",
        given("network.connector"),
    ),
    *google.image_elsewhere(_AGENT),
    Need(
        "service agent",
        f"`roles/compute.networkUser` on the subnetwork of a shared VPC for {_AGENT}",
        "its address in the network",
        google.DIRECT,
    ),
    Need(
        "must exist",
        "Private Google Access on the subnetwork, and Cloud NAT for addresses of others",
        "all traffic goes through the network, that to Google's APIs too",
        _PRIVATE,
    ),
    Need("whoever applies", "`roles/run.admin`", "the job, and who may start it"),
    Need(
        "whoever applies",
        "`roles/compute.networkUser` on the subnetwork",
        "attaching the job to it",
        google.DIRECT,
    ),
    Need(
        "on between runs",
        "`workers.min` instances, 730 hours a month each",
        "workers wait for work",
        given("workers"),
    ),
)
