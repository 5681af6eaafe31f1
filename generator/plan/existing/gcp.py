"""Google Cloud: what a job can name, and the data source that knows it."""

from __future__ import annotations

from generator.model.infrastructure import Infrastructure
from generator.model.variables import waits
from generator.plan.existing.lookup import (
    Check,
    Lookup,
    Unverified,
    attribute,
    in_region,
    in_state,
    matched,
)
from generator.plan.runtimes.google import OWN_IDENTITY
from generator.text.expression import Call, Reference, Value

_SELF_LINK = r"(?:https://www\.googleapis\.com/compute/v1/)?"
_NETWORK = (
    rf"(?:{_SELF_LINK}projects/(?P<project>[^/]+)/global/networks/)?(?P<name>[a-z][-a-z0-9]*)"
)
_SUBNETWORK = (
    rf"(?:{_SELF_LINK}projects/(?P<project>[^/]+)/regions/(?P<region>[^/]+)/subnetworks/)?"
    r"(?P<name>[a-z][-a-z0-9]*)"
)
_CONNECTOR = (
    r"(?:projects/(?P<project>[^/]+)/locations/(?P<region>[^/]+)/connectors/)?"
    r"(?P<name>[a-z][-a-z0-9]*)"
)
_IN_PROJECT = r"projects/(?P<project>[^/]+)/secrets/(?P<name>[^/]+)(?:/versions/[^/]+)?"
_KEY = r"(?P<ring>projects/[^/]+/locations/[^/]+/keyRings/[^/]+)/cryptoKeys/(?P<name>[^/]+)"
_INSTANCE = r"(?:(?P<project>(?:[a-z0-9.-]+:)?[a-z0-9-]+):[a-z0-9-]+:)?(?P<name>[a-z][a-z0-9-]*)"
_OBJECT = r"gs://(?P<bucket>[a-z0-9][a-z0-9._-]+)/(?P<name>.+)"

# Cloud Storage documentation, "Bucket locations": the region of a job to the multi-regions and
# predefined dual-regions that hold it. London and Zurich are not part of the EU multi-region.
_CONTINENTS = {"us": "US", "europe": "EU", "asia": "ASIA"}
_NOT_IN_EU = frozenset(("europe-west2", "europe-west6"))
_PAIRS = {
    "ASIA1": ("asia-northeast1", "asia-northeast2"),
    "EUR4": ("europe-north1", "europe-west4"),
    "EUR5": ("europe-west1", "europe-west2"),
    "EUR7": ("europe-west2", "europe-west3"),
    "EUR8": ("europe-west3", "europe-west6"),
    "NAM4": ("us-central1", "us-east1"),
}


def locations(region: str) -> tuple[Value, ...]:
    """The locations of buckets whose data is in a region, as the API writes them."""
    continent = _CONTINENTS.get(region.partition("-")[0])
    wider = [continent] if continent and region not in _NOT_IN_EU else []
    return (region.upper(), *wider, *(name for name, pair in _PAIRS.items() if region in pair))


def _network(infrastructure: Infrastructure) -> Value:
    named = infrastructure.network.vpc_id
    looked_up = named and not waits(named) and _by_network(named, infrastructure)
    return Reference("data.google_compute_network.this.self_link") if looked_up else None


_by_network = matched(_NETWORK, name="name", project="project")
_IN_REGION = in_region("region", lambda infrastructure: infrastructure.region)
_IN_NETWORK = Check(
    attribute("network"),
    "==",
    _network,
    "is in the network",
    "is in {self.network}, another network than network.vpc_id",
)
# A pair of regions of one's own choice has the location of its continent or country, and the two.
_LOCATION = Check(
    Call(
        "concat",
        (
            (attribute("location"),),
            Call("flatten", (Reference("self.custom_placement_config[*].data_locations"),)),
        ),
    ),
    "meets",
    lambda infrastructure: locations(infrastructure.region),
    "keeps its data in the region of the job",
    "is in {self.location}, and the job runs in {region}",
)


def _uniform(prefix: str) -> Check:
    """That a bucket takes conditions, which rights below a prefix are.

    Cloud Storage documentation, "Uniform bucket-level access": conditions need it.
    """

    def wanted(infrastructure: Infrastructure) -> Value:
        runtime, storage = infrastructure.runtime, infrastructure.storage
        granted = runtime.identity is None and runtime.type in OWN_IDENTITY
        return True if granted and getattr(storage, prefix).strip("/") else None

    return Check(
        attribute("uniform_bucket_level_access"),
        "==",
        wanted,
        "has uniform bucket-level access, if the job may use a prefix only",
        f"has no uniform bucket-level access, which rights below storage.{prefix} need",
    )


_ENABLED = Check(
    Call("one", (Reference("self.primary[*].state"),)),
    "==",
    "ENABLED",
    "has an enabled primary version",
    "has no primary version that is enabled",
)
_NOT_DISABLED = Check(attribute("disabled"), "==", False, "is not disabled", "is disabled")
_RUNNING = Check(
    Call("one", (Reference("self.settings[*].activation_policy"),)),
    "==",
    "ALWAYS",
    "is switched on",
    "is stopped",
)
_WORKLOAD_IDENTITY = Check(
    Call("one", (Reference("self.workload_identity_config[*].workload_pool"),)),
    "!=",
    lambda infrastructure: None if infrastructure.runtime.identity is None else "",
    "has workload identity, if the job has an identity",
    "has no workload identity, which runtime.identity needs",
)
_SECRETS = Lookup(
    *("runtime.secrets", "google_secret_manager_secret", "secrets", "secret"),
    parse=matched(_IN_PROJECT, secret_id="name", project="project"),  # noqa: S106
    permissions=("secretmanager.secrets.get",),
)
_KEY_LOOKUP = Lookup(
    *("storage.kms_key_id", "google_kms_crypto_key", "data", "key"),
    parse=matched(_KEY, name="name", key_ring="ring"),
    checks=(_ENABLED,),
    permissions=("cloudkms.cryptoKeys.get",),
)
_BUCKET = Lookup(
    *("storage.data_bucket", "google_storage_bucket", "data", "bucket"),
    argument="name",
    checks=(_LOCATION, _uniform("prefix")),
    permissions=("storage.buckets.get",),
)

LOOKUPS = (
    Lookup(
        *("network.vpc_id", "google_compute_network", "this", "network"),
        parse=_by_network,
        permissions=("compute.networks.get",),
    ),
    Lookup(
        *("network.subnet_ids", "google_compute_subnetwork", "this", "subnetwork"),
        parse=matched(_SUBNETWORK, name="name", project="project", region="region"),
        checks=(_IN_REGION, _IN_NETWORK),
        permissions=("compute.subnetworks.get",),
    ),
    Lookup(
        *("network.connector", "google_vpc_access_connector", "this", "connector"),
        parse=matched(_CONNECTOR, name="name", project="project", region="region"),
        checks=(in_state("state", "READY"),),
        permissions=("vpcaccess.connectors.get",),
    ),
    Lookup(
        *("runtime.cluster_name", "google_container_cluster", "this", "cluster"),
        argument="name",
        more=lambda infrastructure: {"location": infrastructure.region},
        checks=(_WORKLOAD_IDENTITY,),
        permissions=("container.clusters.get",),
        runtimes=("kubernetes",),
        needed=True,
    ),
    Lookup(
        *("runtime.identity", "google_service_account", "identity", "service account"),
        argument="account_id",
        checks=(_NOT_DISABLED,),
        permissions=("iam.serviceAccounts.get",),
    ),
    _SECRETS,
    _SECRETS._replace(field="runtime.readable_secrets", name="readable"),
    Lookup(
        *("runtime.source", "google_storage_bucket_object", "source", "object"),
        parse=matched(_OBJECT, bucket="bucket", name="name"),
        permissions=("storage.objects.get",),
    ),
    _BUCKET,
    _BUCKET._replace(
        field="storage.state_bucket", name="state", checks=(_LOCATION, _uniform("state_prefix"))
    ),
    _KEY_LOOKUP,
    _KEY_LOOKUP._replace(field="monitoring.kms_key_id", name="logs"),
    Lookup(
        *("references.database.instance_id", "google_sql_database_instance"),
        *("database", "database"),
        parse=matched(_INSTANCE, name="name", project="project"),
        checks=(_RUNNING,),
        permissions=("cloudsql.instances.get",),
    ),
    Lookup(
        *("references.queue.url", "google_pubsub_topic", "queue", "topic"),
        parse=matched(
            r"projects/(?P<project>[^/]+)/topics/(?P<name>[^/]+)", name="name", project="project"
        ),
        permissions=("pubsub.topics.get",),
    ),
    Lookup(
        *("references.queue.url", "google_pubsub_subscription", "queue", "subscription"),
        parse=matched(
            r"projects/(?P<project>[^/]+)/subscriptions/(?P<name>[^/]+)",
            name="name",
            project="project",
        ),
        permissions=("pubsub.subscriptions.get",),
    ),
)

UNVERIFIED = (
    Unverified(
        ("runtime.secrets",),
        "The version of a secret: the data source of the secret says that it is there, and the one "
        "of a version is made to read its payload.",
    ),
    Unverified(
        ("monitoring.alerts.channels",),
        "The data source finds a channel by what it is called and by its labels, not by its id.",
    ),
    Unverified(
        ("references.database.endpoint", "references.cache.endpoint"),
        "An address says nothing of the thing behind it.",
    ),
    Unverified(
        ("references.cache.cluster_id", "references.queue.arn"),
        "The id alone does not say what kind of thing it is.",
    ),
)
