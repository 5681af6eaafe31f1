"""The older spellings of the keys of a job's ``infrastructure`` block: the one table of them.

A dialect is one way in which job files used to be written. Each has a letter:

    E  ``provider`` names the tool that deploys (Terraform, Pulumi, ...) and no cloud; the service
       is ``runtime.platform``, tags are ``metadata.tags``, what the job uses is ``resources``.
    R  sizes below ``runtime.compute``, bounds below ``runtime.scaling``, tags as a struct with
       ``custom``, a backend as ``type`` and ``config``.
    P  runtimes named after their cloud (``aws_fargate``) and five tags that every job has. Its
       keys are the canonical ones, so it has no rows.
    D  ``compute`` beside ``runtime``, a ``dagster`` block, a backend without a type.
    V  further variants of the same block, as far as their meaning is plain.

docs/dialects.md tells users the same. Dialects mix freely in one file: each key is read by its
own row, and the letters only tell which dialect to name in reports.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spelling:
    """One key as an older job file has it.

    Attributes:
        dialects: letters of the dialects that have it.
        written: the key, dotted, below ``infrastructure``.
        canonical: where its value belongs, dotted, below ``infrastructure``; ``/KEY`` is a key
            beside ``infrastructure``; ``*NAME`` is a fact that another rule reads.
        says: for people, where the value is more than moved.
    """

    dialects: str
    written: str
    canonical: str
    says: str = ""


P_RUNTIMES = frozenset(("aws_fargate", "azure_container_apps", "gcp_cloud_run"))
P_TAGS = ("job_name", "team", "pipeline_type", "environment", "cost_center")

_NAME = "its name today"
_NODES = "in runtime.nodes, or an input of a module of your own"
_BUCKET = "without s3:// or gs://"
_OWN = "for a module of your own"
_DISK = "runtime.ephemeral_storage; a bare number is GiB"
_IDLE = "never had an effect: a warning"

SPELLINGS = (
    Spelling("E", "runtime.platform", "runtime.type", _NAME),
    Spelling("E", "runtime.compute.cluster_id", "runtime.cluster_name"),
    Spelling("E", "runtime.compute.instance_count", "*instance_count", _NODES),
    Spelling("E", "runtime.compute.auto_scaling.enabled", "*auto_scaling", _NODES),
    Spelling("E", "runtime.compute.auto_scaling.min_instances", "*min_nodes", _NODES),
    Spelling("E", "runtime.compute.auto_scaling.max_instances", "*max_nodes", _NODES),
    Spelling("E", "runtime.storage.bucket", "storage.data_bucket", _BUCKET),
    Spelling("E", "runtime.storage.volume_id", "terraform.variables.volume_id", _OWN),
    Spelling("E", "runtime.storage.mount_path", "terraform.variables.mount_path", _OWN),
    Spelling(
        "E", "runtime.network.vpc_id", "network.vpc_id", "a connector on Google Cloud, by its path"
    ),
    Spelling("E", "runtime.network.subnet_ids", "network.subnet_ids"),
    Spelling("E", "runtime.network.security_group_ids", "network.security_group_ids"),
    Spelling("E", "metadata.tags", "tags"),
    Spelling("E", "metadata.labels", "kubernetes.labels", "tags where there is no cluster"),
    Spelling("E", "metadata.annotations", "kubernetes.annotations"),
    Spelling("E", "metadata.variables", "terraform.variables"),
    Spelling("E", "resources.database", "references.database"),
    Spelling("E", "resources.cache", "references.cache"),
    Spelling("E", "resources.queue", "references.queue"),
    Spelling("E", "resources.secrets", "references.secrets"),
    Spelling("E", "outputs", "resource_identifiers", "output.x and module.m.x become placeholders"),
    Spelling("R", "runtime.compute.cpu", "runtime.cpu", "1024ths and millicores become vCPUs"),
    Spelling("R", "runtime.compute.memory", "runtime.memory"),
    Spelling("R", "runtime.compute.disk_size", "*disk_size", _DISK),
    Spelling("R", "runtime.compute.gpu", "*gpu", "only false can be read"),
    Spelling("R", "runtime.scaling.min_instances", "*min_instances", _IDLE),
    Spelling("R", "runtime.scaling.max_instances", "*max_instances", _IDLE),
    Spelling("R", "runtime.scaling.target_cpu_utilization", "*target_cpu", "likewise"),
    Spelling("R", "networking.private_access", "network.private"),
    Spelling("R", "storage.encryption.enabled", "*encrypted", "only true can be read"),
    Spelling("R", "storage.encryption.kms_key_id", "storage.kms_key_id"),
    Spelling("R", "tags.custom", "tags", "each key a tag beside the others"),
    Spelling("R", "terraform.backend.config", "terraform.backend", "its keys stand beside type"),
    Spelling("D", "compute.cpu", "runtime.cpu", "1024ths and millicores become vCPUs"),
    Spelling("D", "compute.memory", "runtime.memory"),
    Spelling("D", "compute.instance_type", "*instance_type", _NODES),
    Spelling("D", "compute.max_runtime_seconds", "runtime.timeout_seconds"),
    Spelling("D", "networking.private_networking", "network.private"),
    Spelling("D", "storage.bucket", "storage.data_bucket", _BUCKET),
    Spelling("D", "dagster", "/dagster", "for the runner; the orchestrator is dagster"),
    Spelling("V", "cloud_provider", "provider"),
    Spelling("V", "compute_type", "runtime.type", _NAME),
    Spelling("V", "memory_mb", "runtime.memory"),
    Spelling("V", "vcpu", "runtime.cpu"),
    Spelling("V", "terraform_module", "terraform.module.source"),
    Spelling("V", "terraform_vars", "terraform.variables"),
    Spelling("V", "module_path", "terraform.module.source"),
    Spelling("V", "module_source", "terraform.module.source"),
    Spelling("V", "module.source", "terraform.module.source"),
    Spelling("V", "module.version", "terraform.module.version"),
    Spelling("V", "deployment_notes", "/deployment_notes", "for people; makes nothing"),
    Spelling("V", "compute.type", "runtime.type", _NAME),
    Spelling("V", "compute.cluster_name", "runtime.cluster_name"),
    Spelling("V", "compute.task_cpu", "runtime.cpu", "1024ths become vCPUs"),
    Spelling("V", "compute.task_memory", "runtime.memory"),
    Spelling("V", "compute.task_role_arn", "runtime.identity"),
    Spelling("V", "compute.service_account", "runtime.identity"),
    Spelling("V", "network.subnets", "network.subnet_ids"),
    Spelling("V", "network.security_groups", "network.security_group_ids"),
    Spelling("V", "monitoring.alert_topic_arn", "monitoring.alerts.channels"),
    Spelling("V", "monitoring.alert_topic", "monitoring.alerts.channels"),
    Spelling("V", "runtime.compute_type", "runtime.type", _NAME),
    Spelling("V", "runtime.instance_type", "*instance_type", _NODES),
    Spelling("V", "runtime.memory_mb", "runtime.memory"),
    Spelling("V", "runtime.cpu_units", "runtime.cpu", "1024ths on AWS, 1000ths elsewhere"),
    Spelling("V", "runtime.image_uri", "runtime.image"),
    Spelling("V", "runtime.timeout", "runtime.timeout_seconds"),
    Spelling("V", "runtime.region", "region"),
    Spelling("V", "runtime.vpc_id", "network.vpc_id"),
    Spelling("V", "runtime.subnet_ids", "network.subnet_ids"),
    Spelling("V", "runtime.security_group_ids", "network.security_group_ids"),
    Spelling("V", "runtime_environment.compute_type", "runtime.type", _NAME),
    Spelling("V", "runtime_environment.memory_mb", "runtime.memory"),
    Spelling("V", "runtime_environment.cpu_units", "runtime.cpu", "1024ths or 1000ths"),
    Spelling("V", "runtime_environment.timeout_seconds", "runtime.timeout_seconds"),
    Spelling("V", "runtime_environment.service_account", "runtime.identity"),
    Spelling("V", "runtime_environment.network.vpc_id", "network.vpc_id"),
    Spelling("V", "runtime_environment.network.subnet_ids", "network.subnet_ids"),
    Spelling("V", "runtime_environment.network.security_group_ids", "network.security_group_ids"),
    Spelling("V", "runtime_environment.storage.ephemeral_storage_gb", "*disk_size"),
    Spelling("V", "terraform.module_path", "terraform.module.source"),
    Spelling("ER", "runtime.compute.instance_type", "*instance_type", _NODES),
    Spelling("ED", "runtime.namespace", "kubernetes.namespace", "only where there is a cluster"),
    Spelling(
        "ED",
        "runtime.service_account",
        "runtime.identity",
        "on Kubernetes a plain name is that of a service account there: kubernetes.service_account",
    ),
    Spelling("RD", "networking.vpc_id", "network.vpc_id", "a connector, by its path"),
    Spelling("RD", "networking.subnet_ids", "network.subnet_ids"),
    Spelling("RD", "networking.security_group_ids", "network.security_group_ids"),
    Spelling("ERD", "terraform.module_source", "terraform.module.source"),
    Spelling("ERD", "terraform.module_version", "terraform.module.version"),
    Spelling("ED", "terraform.workspace", "tags.terraform_workspace", "a tag: each root is one"),
    Spelling("ED", "terraform.backend_config", "terraform.backend", "its type is inferred"),
)
