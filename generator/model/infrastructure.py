"""The ``infrastructure`` block of a job, as its author may write it.

Descriptions are for people: they become the hover texts of the JSON Schema.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, PositiveInt

from generator.model.account import Account
from generator.model.fields import Filled, LogField, Part, Percent, Text, Texts
from generator.model.platforms import Databricks, Kubernetes
from generator.model.runtime import Runtime
from generator.model.runtime_types import Cloud


class Orchestrator(Part):
    """Who starts the runs: the cloud's own scheduler (none), Dagster or Airflow."""

    type: Literal["none", "dagster", "airflow"] = Field(
        "none",
        description="none: the cloud's scheduler. Others: a Python file beside the root.",
    )


class Network(Part):
    """The existing network that the job runs in."""

    vpc_id: Filled | None = Field(None, description="VPC id (AWS) or network (Google Cloud).")
    connector: Filled | None = Field(
        None, description="Serverless VPC Access connector (Google Cloud)."
    )
    subnet_ids: Texts = Field((), description="Subnets; exactly one on Google Cloud and Azure.")
    security_group_ids: Texts = Field((), description="Security groups (AWS); none: one is made.")
    network_tags: Texts = Field((), description="Network tags for firewall rules (Google Cloud).")
    egress_cidr_blocks: Texts | None = Field(None, description="Where HTTPS may go to (AWS).")
    private: bool = Field(True, description="No public address; all traffic through the network.")


class Storage(Part):
    """Existing buckets that the job reads and writes."""

    data_bucket: Filled | None = Field(None, description="Bucket, or blob container id on Azure.")
    prefix: Text = Field("", description="The job may touch only objects below this prefix.")
    state_bucket: Filled | None = Field(None, description="Bucket of the job's own sync state.")
    state_prefix: Text = Field("", description="Prefix of the sync state.")
    kms_key_id: Filled | None = Field(None, description="Existing customer key of the data.")
    allow_delete: bool = Field(False, description="The job may delete and overwrite objects.")


class Access(Part):
    """Something else in the cloud that the job reads or writes; see docs/job-file.md."""

    resource: Filled = Field(
        description="ARN (AWS), projects/... (Google Cloud) or resource id (Azure) of what is used."
    )
    level: Literal["read", "write"] | None = Field(
        None, description="read, or write, which for tables and datasets includes read."
    )
    role: Filled | None = Field(
        None, description="Name of an Azure role, in place of a level that the resource lacks."
    )


class Reachable(Part):
    """Something in a network, and what the firewall of a runtime is to know of it."""

    cidr_blocks: Texts = Field(
        (), description="Where it is, for the firewall; an address of its own needs none."
    )
    security_group_ids: Texts = Field(
        (), description="Security groups that it is in, for the job's own (AWS)."
    )


class Database(Reachable):
    """A database that exists already."""

    endpoint: Filled | None = Field(None, description="Host name.")
    port: PositiveInt | None = Field(None, description="Port.")
    database_name: Filled | None = Field(None, description="Name of the database on the server.")
    instance_id: Filled | None = Field(None, description="The cloud's id of the server.")


class Cache(Reachable):
    """A cache that exists already."""

    endpoint: Filled | None = Field(None, description="Host name.")
    cluster_id: Filled | None = Field(None, description="The cloud's id of the cache.")


class Queue(Reachable):
    """A queue that exists already."""

    url: Filled | None = Field(None, description="Address to send to and receive from.")
    arn: Filled | None = Field(None, description="Amazon resource name.")


class Secrets(Part):
    """A secret store that exists already."""

    secret_manager_arn: Filled | None = Field(
        None, description="Secret that the job itself may read at run time."
    )
    kms_key_id: Filled | None = Field(None, description="Customer key that encrypts the secrets.")


class References(Part):
    """Things that exist already; the container finds them in its environment variables."""

    database: Database = Database()
    cache: Cache = Cache()
    queue: Queue = Queue()
    secrets: Secrets = Secrets()


class Thresholds(Part):
    """When an alert is raised."""

    failed_runs: PositiveInt = Field(1, description="Failed runs within five minutes.")
    error_lines: PositiveInt | None = Field(
        None, description="Log lines at ERROR within five minutes."
    )
    run_seconds: PositiveInt | None = Field(None, description="A run that lasts longer.")
    error_rate: Percent | None = Field(
        None,
        description="Failed, timed-out or stopped runs, per cent of a day's runs; more alerts.",
    )
    timeout_rate: Percent | None = Field(
        None, description="Timed-out runs, per cent of the runs started within a day; more alerts."
    )
    records_processed_min: PositiveInt | None = Field(
        None, description="A run that processes fewer; needs `records_field` beside `thresholds`."
    )


class Alerts(Part):
    """Who hears of failures."""

    channels: Texts = Field(
        (), description="SNS topic ARNs, notification channels, action group ids."
    )
    records_field: LogField | None = Field(
        None,
        description="Key of the JSON log line in which a run says how many records it processed; "
        "dots lead into nested objects.",
    )
    thresholds: Thresholds = Thresholds()


class Monitoring(Part):
    """Logs, metrics and alerts."""

    enabled: bool = Field(True, description="False: no alerts and no container metrics; logs stay.")
    log_group: Filled | None = Field(
        None, description="Log group name instead of the derived one (AWS)."
    )
    log_retention_days: PositiveInt = Field(30, description="Logs are kept this long.")
    kms_key_id: Filled | None = Field(
        None, description="Existing key for the logs (AWS, Google Cloud)."
    )
    metrics_namespace: Filled | None = Field(
        None, description="Namespace of the log metrics (AWS)."
    )
    alerts: Alerts | None = Field(
        None, description="Alerts on failed runs; none without this block."
    )


class Module(Part):
    """The Terraform module to call instead of the shipped one."""

    source: Filled | None = Field(
        None, description="Local path, git:: address or registry address."
    )
    version: Filled | None = Field(None, description="Exact version (registry) or tag (git).")
    inputs: dict[str, Any] = Field(
        default_factory=dict,
        description="Input of the module to a path of the job, `tags`, `labels` or `metadata`.",
    )


class Terraform(Part):
    """What the root module says beyond the runtime's inputs."""

    module: Module | None = None
    backend: dict[str, Any] | None = Field(None, description="`type` and the backend's arguments.")
    variables: dict[str, Any] = Field(
        default_factory=dict, description="Further inputs of the module."
    )
    resource_name: Filled | None = Field(
        None,
        description="Name that the module makes names of resources from, where it is not the "
        "job's: that of a job before it was renamed.",
    )
    outputs: Texts | None = Field(None, description="Outputs of the root; all that the module has.")
    verify_existing: bool = Field(
        True, description="Look up at plan what the job names and others made; see data.tf."
    )

    def name_for(self, job: str) -> str:
        """The name that names of resources are made from, of a job with that name."""
        return job if self.resource_name is None else self.resource_name

    @property
    def own_module(self) -> Module | None:
        """The module that is called instead of the shipped one, if any."""
        return self.module if self.module and self.module.source else None


class Infrastructure(Part):
    """Where and how a job runs."""

    provider: Cloud = Field(description="The cloud.")
    iac: Literal["terraform", "cloudformation", "pulumi", "manual"] = Field(
        "terraform", description="What deploys the job; all but terraform make no root."
    )
    region: Filled = Field(description="Region or location.")
    account: Account = Account()
    runtime: Runtime
    orchestrator: Orchestrator = Orchestrator()
    network: Network = Network()
    storage: Storage = Storage()
    access: tuple[Access, ...] = Field(
        (), description="What else the job may read and write, each resource with its level."
    )
    tags: dict[str, Any] = Field(
        default_factory=dict, description="Tags of this job; they beat asset and job."
    )
    kubernetes: Kubernetes = Field(default_factory=Kubernetes)
    databricks: Databricks = Field(default_factory=Databricks)
    references: References = References()
    monitoring: Monitoring = Monitoring()
    terraform: Terraform = Field(default_factory=Terraform)
    resource_identifiers: dict[str, Any] = Field(
        default_factory=dict, description="What the job reads back after apply."
    )


class RegionlessInfrastructure(Infrastructure):
    """A block alone, of a dialect that had no region: whoever makes a root of it needs one."""

    region: Filled | None = None  # type: ignore[assignment]
