"""The rows of ``modules/gcp-cloud-function``."""

from __future__ import annotations

from generator.plan.needs import google
from generator.plan.needs.need import Need, absent, both, either, equal, given

_AGENT = "the service agent of Cloud Run functions"
_PRIVATE = both(given("network"), equal("network.private", True, default=True))
_OWN_BUILDS = absent("build_service_account")
ROWS = (
    *google.shared("artifactregistry", "cloudbuild", "cloudfunctions", "run"),
    *google.scheduled(),
    Need("quota", "1 more service account", "the one that builds", _OWN_BUILDS),
    Need(
        "quota",
        "2 of the 1,500 members of a project's allow policy",
        "the grants of the account that builds",
        _OWN_BUILDS,
    ),
    Need("API", "compute.googleapis.com", "the network", google.DIRECT),
    Need("API", "vpcaccess.googleapis.com", "the connector", given("network.connector")),
    Need("must exist", "the archive with the source", "Cloud Build reads it at apply"),
    Need(
        "must exist",
        "Private Google Access on the subnetwork, and Cloud NAT for addresses of others",
        "all traffic goes through the network, that to Google's APIs too",
        _PRIVATE,
    ),
    Need(
        "service agent",
        f"`roles/compute.networkUser` on the subnetwork of a shared VPC for {_AGENT}",
        "its address in the network",
        google.DIRECT,
    ),
    Need("whoever applies", "`roles/cloudfunctions.admin`", "the function"),
    Need("whoever applies", "`roles/artifactregistry.admin`", "the repository of its image"),
    Need(
        "whoever applies",
        "`roles/run.admin`",
        "who may call it",
        either(given("schedule"), given("iam")),
    ),
    Need(
        "whoever applies",
        "`roles/resourcemanager.projectIamAdmin`",
        "the grants of the account that builds",
        _OWN_BUILDS,
    ),
    Need("whoever applies", "`roles/storage.objectViewer` on the archive", "copying the source"),
)
