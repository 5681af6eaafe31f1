"""The rows of ``modules/gcp-gke``."""

from __future__ import annotations

from generator.plan.needs import google
from generator.plan.needs.need import Need, absent, equal, given, of_text, program

_POLICED = equal("binary_authorization", True, default=True)
ROWS = (
    *google.shared("compute", "container", injected=()),
    Need("quota", "1 more service account", "the nodes' own"),
    Need("API", "cloudkms.googleapis.com", "the cluster's own key", absent("kms_key_id")),
    Need("API", "binaryauthorization.googleapis.com", "which images may run", _POLICED),
    Need(
        "API",
        "artifactregistry.googleapis.com",
        "pulling the image",
        of_text("image", lambda text: "pkg.dev/" in text, "an image in Artifact Registry"),
    ),
    Need(
        "must exist",
        "the network and a subnetwork of the region with Private Google Access",
        "nodes have no public address",
    ),
    Need("must exist", "Cloud NAT", "pods that reach the internet"),
    Need(
        "service agent",
        "`roles/container.hostServiceAgentUser` and `roles/compute.networkUser` on a shared VPC,"
        " for the service agent of GKE",
        "the secondary ranges",
        given("pods_range_name"),
    ),
    Need("whoever applies", "`roles/container.admin`", "the cluster, and what is inside of it"),
    Need("whoever applies", "`roles/resourcemanager.projectIamAdmin`", "what nodes may do"),
    Need(
        "whoever applies",
        "`roles/artifactregistry.admin` on the image's repository",
        "the nodes' right to pull",
        equal("image_pull_grant", True, default=True),
    ),
    Need(
        "whoever applies",
        "`roles/cloudkms.admin`",
        "the cluster's own key",
        absent("kms_key_id"),
    ),
    program("gke-gcloud-auth-plugin"),
    Need(
        "on between runs", "the cluster's control plane, 730 hours a month", "a cluster of its own"
    ),
)
