"""The rows of ``modules/gcp-gke``."""

from __future__ import annotations

from generator.plan.needs import google
from generator.plan.needs.need import Need, absent, both, equal, given, of_text, program

_POLICED = equal("binary_authorization", True, default=True)
_IN_ARTIFACT_REGISTRY = of_text(
    "image",
    lambda text: "pkg.dev/" in text or "gcr.io/" in text,
    "an image in Artifact Registry",
)
ROWS = (
    *google.shared("compute", "container", injected=()),
    Need("quota", "1 more service account", "the nodes' own"),
    Need("API", "cloudkms.googleapis.com", "the cluster's own key", absent("kms_key_id")),
    Need("API", "binaryauthorization.googleapis.com", "which images may run", _POLICED),
    Need(
        "API",
        "artifactregistry.googleapis.com",
        "pulling the image",
        _IN_ARTIFACT_REGISTRY,
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
        "`roles/artifactregistry.admin` on the image's repository, in whichever project that is",
        "the nodes' right to pull; else its owner grants it, and `image_pull_grant = false`",
        both(_IN_ARTIFACT_REGISTRY, equal("image_pull_grant", True, default=True)),
    ),
    Need(
        "whoever applies",
        "`roles/cloudkms.admin`",
        "the cluster's own key",
        absent("kms_key_id"),
    ),
    program("gke-gcloud-auth-plugin"),
    Need(
        "who runs Terraform",
        "a route to the private address of the control plane",
        "every plan after the first apply asks the cluster",
        equal("dns_endpoint", False, default=True),
    ),
    Need(
        "quota",
        "`SSD_TOTAL_GB` of the region: 30 for each of `system_nodes`, `nodes.disk_gib` (100) for"
        " each of the job's",
        "new projects have 250 or 500",
    ),
    Need(
        "quota",
        "`CPUS` of the region, or those of the machines' series",
        "spot machines count as `PREEMPTIBLE_CPUS` where a project has that quota",
    ),
    Need(
        "on between runs", "the cluster's control plane, 730 hours a month", "a cluster of its own"
    ),
    Need(
        "on between runs",
        "1 to 3 machines e2-medium with 30 GiB, or as `system_nodes` says, 730 hours a month each",
        "the pods that GKE itself runs",
    ),
    Need(
        "on between runs",
        "every machine of `nodes.count`, 730 hours a month each",
        "a fixed number is there without a run, too",
        given("nodes.count"),
    ),
    Need(
        "on between runs",
        "at least `nodes.autoscaling.min` machines, 730 hours a month each",
        "what the autoscaler may not take away",
        given("nodes.autoscaling.min"),
    ),
    Need(
        "on between runs",
        "the job's own pods, and the machines they need, 730 hours a month",
        "workers never end",
        given("workers"),
    ),
)
