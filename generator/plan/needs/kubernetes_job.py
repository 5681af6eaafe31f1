"""The rows of ``modules/kubernetes-job``."""

from __future__ import annotations

from generator.plan.needs.need import Need, When, equal, given, on, other_than, program

_OWN_NAMESPACE = When(
    "`create_namespace`, or no `namespace`",
    lambda inputs: inputs.value("namespace") is None or inputs.value("create_namespace") is True,
    (("namespace", None), ("create_namespace", None)),
)
_IN_ANOTHER = When(
    "`namespace` without `create_namespace`",
    lambda inputs: not _OWN_NAMESPACE.holds(inputs),
    _OWN_NAMESPACE.reads,
)
ROWS = (
    Need("must exist", "the cluster, Kubernetes 1.27 or newer", "time zones of cron jobs"),
    Need(
        "must exist",
        "the namespace",
        "the job's objects",
        _IN_ANOTHER,
    ),
    Need(
        "must exist",
        "the cluster, Kubernetes 1.29 or newer",
        "retries of each part of a run",
        other_than("parallelism", 1, default=1),
    ),
    Need(
        "must exist",
        "the service account, in the namespace",
        "without it everything applies, and runs get no pods",
        given("service_account_name"),
    ),
    Need("must exist", "the secrets, in the namespace", "a run waits for them", given("secrets")),
    Need(
        "must exist",
        "a network plugin that enforces policies",
        "on EKS the VPC CNI with policies switched on, on GKE Dataplane V2, on AKS Cilium or Azure",
        equal("network_policy.enabled", True, default=True),
    ),
    Need("must exist", "the metrics server", "the number of workers", given("workers")),
    Need(
        "must exist",
        "an image that runs as any user",
        "`run_as_user` replaces its own, and it may write to `/tmp` only",
    ),
    Need(
        "must exist",
        "a trust of the identity in the service account of the namespace",
        "the job's rights in the cloud",
        given("identity"),
    ),
    Need(
        "whoever plans",
        "`get` on the objects that the root made",
        "refreshing them: every plan asks the cluster",
    ),
    Need(
        "whoever applies",
        "`create`, `get`, `update`, `patch` and `delete` on cron jobs, deployments, service"
        " accounts, roles and their bindings, network policies",
        "what the root makes in the namespace",
    ),
    Need(
        "whoever applies",
        "the same on namespaces, resource quotas and limit ranges",
        "the namespace",
        _OWN_NAMESPACE,
    ),
    program("aws", on("aws", "AWS")),
    program("gke-gcloud-auth-plugin", on("gcp", "Google Cloud")),
    program("kubelogin", on("azure", "Azure")),
    Need("who runs Terraform", "a route to the API server", "every plan asks the cluster"),
    Need(
        "on between runs",
        "`workers.min` pods, 730 hours a month each",
        "workers wait for work",
        given("workers"),
    ),
)
