"""What Google Cloud's modules have in common.

Sources: Google's documentation, "Enabled services" (APIs that a new project has), "IAM roles and
permissions index", the quota pages of IAM and Cloud Logging.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.plan.needs.need import (
    Kind,
    ModuleInputs,
    Need,
    When,
    absent,
    both,
    either,
    equal,
    given,
)
from generator.text.expression import Value

_OWN_IDENTITY = absent("identity")
_LOG_KEY = given("log_kms_key_id")


_INJECTED = ("secrets", "secret_files")
# A way into a network without a connector.
DIRECT = either(given("network.network"), given("network.subnetwork"))


def shared(*apis: str, injected: tuple[str, ...] = _INJECTED) -> Iterator[Need]:
    """The rows that every module has.

    Args:
        apis: those that a module always needs, beyond those that all do.
        injected: its inputs with secrets of Secret Manager, beside those that the code reads.
    """
    secrets = either(*map(given, injected), given("readable_secrets"))
    for name in ("cloudresourcemanager", "iam", "logging", "monitoring", *apis):
        yield Need("API", f"{name}.googleapis.com", _API[name])
    yield Need("API", "secretmanager.googleapis.com", "the secrets", secrets)
    yield Need("API", "cloudkms.googleapis.com", "the keys", either(given("kms_key_id"), _LOG_KEY))
    yield Need("API", "bigquery.googleapis.com", "`access` to datasets", on_access("/datasets/"))
    yield Need("API", "pubsub.googleapis.com", "`access` to topics and subscriptions", _PUBSUB)
    yield Need(
        "must exist",
        "the buckets, with uniform bucket-level access",
        "grants on a prefix are conditions, which need it",
        given("storage"),
    )
    yield from _planning()
    yield from _applying(secrets)
    yield Need("quota", "1 of a project's 100 service accounts", "the job's own", _OWN_IDENTITY)
    yield Need(
        "quota",
        "1 of a project's 100 log buckets",
        "a fixed limit of Cloud Logging: share one by `log_bucket_id`",
        absent("log_bucket_id"),
    )
    yield Need(
        "quota",
        "1 of a project's 200 log sinks",
        "Cloud Logging's default, up to 4,000; `log_sink` leaves it out",
        equal("log_sink", True, default=True),
    )


_API = {
    "cloudresourcemanager": "reading and granting on the project",
    "iam": "the service accounts",
    "logging": "the log bucket and its sink",
    "monitoring": "the alerts",
    "run": "Cloud Run",
    "cloudfunctions": "Cloud Run functions",
    "cloudbuild": "building the function's image",
    "artifactregistry": "the function's image",
    "container": "the cluster",
    "compute": "the nodes and the network",
}


def _planning() -> Iterator[Need]:
    yield Need("whoever plans", "`roles/viewer`", "refreshing what the root made")
    yield Need("whoever plans", "`roles/iam.securityReviewer`", "refreshing its grants")


def _applying(secrets: When) -> Iterator[Need]:
    who: Kind = "whoever applies"
    yield Need(who, "`roles/iam.serviceAccountAdmin`", "making the service accounts")
    yield Need(
        who,
        "`roles/iam.serviceAccountUser` on the service accounts, or on the project",
        "every later change acts as them too; who made an account may be somebody else",
    )
    yield Need(who, "`roles/logging.configWriter`", "log bucket, sink and metrics")
    yield Need(who, "`roles/monitoring.alertPolicyEditor`", "the alerts", given("alerts"))
    yield Need(who, "`roles/storage.admin` on the buckets", "the grants", _own(given("storage")))
    yield Need(
        who,
        "`roles/secretmanager.admin` on the secrets",
        "the grants",
        _own(secrets),
    )
    yield Need(
        who,
        "`roles/bigquery.dataOwner` on the datasets, `roles/resourcemanager.projectIamAdmin`",
        "the grants",
        _own(on_access("/datasets/")),
    )
    yield Need(
        who, "`roles/pubsub.admin` on the topics and subscriptions", "the grants", _own(_PUBSUB)
    )
    yield Need(
        who,
        "`roles/cloudkms.admin` on the key",
        "the grant to the service agents",
        both(given("kms_key_id"), equal("kms_key_grant", True, default=True)),
    )
    yield Need(
        who,
        "`roles/cloudkms.admin` on the key of the logs",
        "the grant to Cloud Logging's account",
        both(_LOG_KEY, equal("kms_key_grant", True, default=True)),
    )


def _own(condition: When) -> When:
    return both(condition, _OWN_IDENTITY)


def scheduled() -> Iterator[Need]:
    """The rows of a module that Cloud Scheduler starts."""
    schedule = given("schedule")
    yield Need("API", "cloudscheduler.googleapis.com", "the schedule", schedule)
    yield Need("whoever applies", "`roles/cloudscheduler.admin`", "the schedule", schedule)
    yield Need(
        "quota",
        "1 more service account",
        "the schedule's own",
        both(schedule, absent("scheduler_service_account")),
    )


def on_access(part: str) -> When:
    """Where ``access`` names a resource with this in its name."""
    kind = part.strip("/")

    def named(value: Value) -> bool:
        rows = value if isinstance(value, (list, tuple)) else ()
        return any(part in str(row.get("resource")) for row in rows if isinstance(row, dict))

    return When(
        f"`access` to {kind}", lambda inputs: named(inputs.value("access")), (("access", None),)
    )


_PUBSUB = either(on_access("/topics/"), on_access("/subscriptions/"))


def image_elsewhere(who: str) -> Iterator[Need]:
    """The rows for an image in Artifact Registry.

    Args:
        who: pulls it, with its address.
    """

    def elsewhere(inputs: ModuleInputs) -> bool:
        image, project = inputs.value("image"), inputs.value("project_id")
        parts = image.split("/") if isinstance(image, str) else [""]
        return parts[0].endswith("-docker.pkg.dev") and parts[1] != project

    condition = When(
        "the image is in another project's Artifact Registry",
        elsewhere,
        (("image", None), ("project_id", None)),
    )
    reader = "`roles/artifactregistry.reader` on the image's repository"
    yield Need("service agent", f"{reader} for {who}", "pulling the image", condition)
    yield Need("whoever applies", reader, "Google asks it of whoever deploys an image", condition)
