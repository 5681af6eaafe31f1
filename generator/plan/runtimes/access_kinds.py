"""What a job can be given access to, beyond its buckets and secrets: one row a kind.

What a level comes to stands in the modules for AWS and Google Cloud, and here for Azure, whose
roles are part of the root.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.text.patterns import lazy


class Kind(NamedTuple):
    """A kind of resource.

    Attributes:
        cloud: whose it is.
        title: for people, with its article.
        mark: what of an address tells the kind, for a did-you-mean.
        form: how it is written, for people.
        pattern: what a whole address matches.
        roles: each level that it has; to the role of Azure that it comes to.
    """

    cloud: str
    title: str
    mark: str
    form: str
    pattern: str
    roles: dict[str, str]

    def matches(self, resource: str) -> bool:
        """Whether an address is one of this kind."""
        return lazy(self.pattern).fullmatch(resource) is not None


_BOTH = {"read": "", "write": ""}


def _aws(title: str, service: str, location: str, form: str, pattern: str) -> Kind:
    """A resource that an ARN names; ``location`` is its pattern of region and account."""
    shown = "" if location == ":" else "REGION:ACCOUNT"
    mark = ":".join(filter(None, (service, form.rpartition("/")[0])))
    return Kind(
        "aws",
        title,
        mark,
        f"arn:aws:{service}:{shown or ':'}:{form}",
        rf"arn:aws[a-z-]*:{service}:{location}:{pattern}",
        _BOTH,
    )


_REGIONAL = r"[a-z0-9-]+:[0-9]{12}"
_AWS = (
    _aws("a DynamoDB table", "dynamodb", _REGIONAL, "table/NAME", r"table/[A-Za-z0-9_.-]{3,255}"),
    _aws("a Glue database", "glue", _REGIONAL, "database/NAME", r"database/[A-Za-z0-9_.-]{1,255}"),
    _aws("a Kinesis stream", "kinesis", _REGIONAL, "stream/NAME", r"stream/[A-Za-z0-9_.-]{1,128}"),
    _aws("an SQS queue", "sqs", _REGIONAL, "NAME", r"[A-Za-z0-9_-]{1,80}(\.fifo)?"),
    _aws("a KMS key", "kms", _REGIONAL, "key/ID", r"key/[A-Za-z0-9-]+"),
    _aws(
        "an S3 bucket, or what is below a prefix",
        "s3",
        ":",
        "BUCKET/PREFIX",
        r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.'()/=@:,&;+ -]*)?",
    )._replace(mark="s3"),
)

_PROJECT = r"projects/([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"
_MESSAGES = r"[A-Za-z][A-Za-z0-9._~+%-]{2,254}"


def _gcp(title: str, mark: str, name: str, roles: dict[str, str]) -> Kind:
    """A resource of a project; ``name`` is the pattern of its own name."""
    form, pattern = f"projects/PROJECT/{mark}/NAME", rf"{_PROJECT}/{mark}/{name}"
    return Kind("gcp", title, mark, form, pattern, roles)


_DATASET = _gcp("a BigQuery dataset", "datasets", r"[A-Za-z0-9_]{1,1024}", _BOTH)
_GCP = (
    _DATASET._replace(form=f"{_DATASET.form} or PROJECT.NAME"),
    _gcp("a Pub/Sub topic", "topics", _MESSAGES, {"write": ""}),
    _gcp("a Pub/Sub subscription", "subscriptions", _MESSAGES, {"read": ""}),
    Kind(
        *("gcp", "a bucket, or what is below a prefix", "gs", "gs://BUCKET/PREFIX"),
        r"gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[^\"'\\\x00-\x1f\x7f]{0,512})?",
        _BOTH,
    ),
)


def azure_mark(below_providers: str) -> str:
    """The types in a resource id without the names: what stands after ``/providers/``."""
    space, *parts = below_providers.split("/")
    return "/".join((space, *parts[::2])).lower()


def _azure(title: str, form: str, read: str, write: str) -> Kind:
    """A resource by its id below a resource group; what is in capitals there is a name."""
    names = "/".join("[^/]+" if part.isupper() else part for part in form.split("/"))
    return Kind(
        "azure",
        title,
        azure_mark(form),
        f".../{form}",
        r"(?i:/subscriptions/[^/]+/resourceGroups/[^/]+/providers/"
        + names.replace(".", r"\.")
        + ")",
        {"read": read, "write": write},
    )


# https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
_STORE = "Microsoft.Storage/storageAccounts/ACCOUNT"
_BLOBS = ("Storage Blob Data Reader", "Storage Blob Data Contributor")
_QUEUES = ("Storage Queue Data Message Processor", "Storage Queue Data Message Sender")
_TABLES = ("Storage Table Data Reader", "Storage Table Data Contributor")
_EVENTS = ("Azure Event Hubs Data Receiver", "Azure Event Hubs Data Sender")
_BUS = ("Azure Service Bus Data Receiver", "Azure Service Bus Data Sender")
_AZURE = (
    _azure("a blob container", f"{_STORE}/blobServices/default/containers/NAME", *_BLOBS),
    _azure("a storage queue", f"{_STORE}/queueServices/default/queues/NAME", *_QUEUES),
    _azure("a storage table", f"{_STORE}/tableServices/default/tables/NAME", *_TABLES),
    _azure("an event hub", "Microsoft.EventHub/namespaces/SPACE/eventhubs/NAME", *_EVENTS),
    _azure("a Service Bus queue", "Microsoft.ServiceBus/namespaces/SPACE/queues/NAME", *_BUS),
    _azure("a Service Bus topic", "Microsoft.ServiceBus/namespaces/SPACE/topics/NAME", *_BUS),
)

KINDS = (*_AWS, *_GCP, *_AZURE)
# Roles by which a job could give itself, or anybody, any right.
REFUSED_ROLES = frozenset(
    (
        "owner",
        "contributor",
        "user access administrator",
        "role based access control administrator",
    )
)


def kinds_of(cloud: str) -> tuple[Kind, ...]:
    """The kinds that a cloud has."""
    return tuple(kind for kind in KINDS if kind.cloud == cloud)
