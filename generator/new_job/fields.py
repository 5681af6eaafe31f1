"""What can be said of a new job on the command line: one row for each option."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from generator.errors import KeyPath

Kind = Literal["text", "value", "list", "map", "values"]


class Field(NamedTuple):
    """An option, and the key of the job file that it sets.

    Attributes:
        option: as typed.
        path: the keys of the job file, with dots.
        help: what it is, as a phrase.
        kind: "value" is read as YAML reads it (numbers, booleans); "list" may be given again;
            "map" likewise, as KEY=VALUE, and "values" with each value read as YAML reads it.
        metavar: what stands for the value in the help.
        offers: what completes it: a name of ``generator.completion.offers``; empty for nothing.
    """

    option: str
    path: str
    help: str
    kind: Kind = "text"
    metavar: str = "NAME"
    offers: str = ""

    @property
    def name(self) -> str:
        """The option's name among parsed options."""
        return self.option[2:].replace("-", "_")

    @property
    def keys(self) -> KeyPath:
        """The keys of the job file."""
        return tuple(self.path.split("."))


_AT = "infrastructure."
_RUN = f"{_AT}runtime."

# In the order in which a job file has its keys.
FIELDS = (
    Field("--tenant", "tenant_id", "whose job it is", offers="tenants"),
    Field("--environment", "environment", "where it runs; again for a root in each", "list",
          offers="environments"),
    Field("--source", "source_connector", "where the data comes from: a connector's name"),
    Field("--target", "target_connector", "where the data goes: a connector's name"),
    Field("--asset", "asset_path", "the data's contract: a file, or the name of an asset",
          offers="assets"),
    Field("--schedule", "schedule.cron", "when it runs: five fields of cron", metavar="CRON"),
    Field("--timezone", "schedule.timezone", "the time zone of the schedule (UTC without it)",
          metavar="ZONE", offers="timezones"),
    Field("--cost-center", "finops.cost_center", "who pays"),
    Field("--provider", f"{_AT}provider", "the cloud", metavar="CLOUD", offers="clouds"),
    Field("--region", f"{_AT}region", "the cloud's region", offers="regions"),
    Field("--account-id", f"{_AT}account.account_id", "AWS account", metavar="ID"),
    Field("--project-id", f"{_AT}account.project_id", "Google Cloud project", metavar="ID"),
    Field("--subscription-id", f"{_AT}account.subscription_id", "Azure subscription",
          metavar="ID"),
    Field("--resource-group", f"{_AT}account.resource_group", "Azure resource group"),
    Field("--databricks-host", f"{_AT}databricks.host", "address of the Databricks workspace",
          metavar="URL"),
    Field("--runtime", f"{_RUN}type", "what runs it", metavar="TYPE", offers="runtimes"),
    Field("--image", f"{_RUN}image", "container image with a tag or digest"),
    Field("--release", f"{_RUN}release", "version of the platform: emr-7.10.0, python312",
          metavar="VERSION"),
    Field("--entry-point", f"{_RUN}entry_point", "what is run: a script, notebook or function"),
    Field("--code", f"{_RUN}source", "where its code is: gs://BUCKET/OBJECT.zip, or a wheel",
          metavar="ADDRESS"),
    Field("--command", f"{_RUN}command", "a word that replaces the image's entrypoint; again for"
          " more", "list", "WORD"),
    Field("--arg", f"{_RUN}args", "an argument of the program; again for more", "list", "WORD"),
    Field("--cpu", f"{_RUN}cpu", "vCPUs: 0.25, 1 or 500m", "value", "NUMBER", "cpus"),
    Field("--memory", f"{_RUN}memory", "512Mi, 4Gi", "value", "SIZE", "memories"),
    Field("--timeout", f"{_RUN}timeout_seconds", "a run is stopped after so many seconds", "value",
          "SECONDS"),
    Field("--retries", f"{_RUN}max_retries", "how often a failed run is tried again", "value",
          "COUNT"),
    Field("--cluster-name", f"{_RUN}cluster_name", "existing cluster or environment to run in"),
    Field("--instance-type", f"{_RUN}nodes.instance_type", "machine type of the cluster's nodes",
          metavar="TYPE", offers="instance_types"),
    Field("--nodes", f"{_RUN}nodes.count", "how many nodes", "value", "COUNT"),
    Field("--identity", f"{_RUN}identity", "existing role, service account or identity"),
    Field("--registry-id", f"{_RUN}registry_id", "container registry to pull from (Azure)",
          metavar="ID"),
    Field("--env", f"{_RUN}environment", "an environment variable of the job; may be given again",
          "map", "KEY=VALUE"),
    Field("--secret", f"{_RUN}secrets", "a variable from a secret, by reference; may be given"
          " again", "map", "KEY=REFERENCE"),
    Field("--orchestrator", f"{_AT}orchestrator.type", "what starts it, beside the schedule",
          metavar="TYPE", offers="orchestrators"),
    Field("--vpc", f"{_AT}network.vpc_id", "VPC (AWS) or network (Google Cloud)", metavar="ID"),
    Field("--subnet", f"{_AT}network.subnet_ids", "subnet; may be given again", "list", "ID"),
    Field("--security-group", f"{_AT}network.security_group_ids", "security group (AWS); may be"
          " given again", "list", "ID"),
    Field("--data-bucket", f"{_AT}storage.data_bucket", "bucket that it writes to; on Azure"
          " ACCOUNT/CONTAINER"),
    Field("--prefix", f"{_AT}storage.prefix", "it may touch objects below this only",
          metavar="PATH"),
    Field("--namespace", f"{_AT}kubernetes.namespace", "namespace of its Kubernetes objects"),
    Field("--owner", f"{_AT}tags.owner", "who answers for it: the tag Owner"),
    Field("--tag", f"{_AT}tags", "a further tag; may be given again", "map", "KEY=VALUE"),
    Field("--module-source", f"{_AT}terraform.module.source", "a Terraform module of your own",
          metavar="ADDRESS"),
    Field("--module-version", f"{_AT}terraform.module.version", "its exact version or tag",
          metavar="VERSION"),
    Field("--variable", f"{_AT}terraform.variables", "a further input of the module; again for"
          " more", "values", "KEY=VALUE"),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
Answers = dict[str, Any]


def field_of(path: KeyPath) -> Field | None:
    """The row that sets a key of a job file, or the nearest mapping above it.

    Args:
        path: keys of the job file.
    """
    for length in range(len(path), 0, -1):
        for field in FIELDS:
            if field.keys == path[:length] and (length == len(path) or field.kind != "text"):
                return field
    return None
