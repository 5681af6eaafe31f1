"""Dialect V: further variants of the same block, as far as their meaning is plain."""

from __future__ import annotations

from generator.dialects.spelling import Dialect, Spelling


def _row(written: str, canonical: str, says: str = "") -> Spelling:
    return Spelling(written, canonical, "V", says)


DIALECT = Dialect(
    "V",
    "further variants",
    (
        _row("cloud_provider", "provider"),
        _row("compute_type", "runtime.type", "its name today"),
        _row("memory_mb", "runtime.memory"),
        _row("vcpu", "runtime.cpu"),
        _row("terraform_module", "terraform.module.source"),
        _row("terraform_vars", "terraform.variables"),
        _row("module_path", "terraform.module.source"),
        _row("module_source", "terraform.module.source"),
        _row("module.source", "terraform.module.source"),
        _row("module.version", "terraform.module.version"),
        _row("deployment_notes", "/deployment_notes", "for people; makes nothing"),
        _row("compute.type", "runtime.type", "its name today"),
        _row("compute.cluster_name", "runtime.cluster_name"),
        _row("compute.task_cpu", "runtime.cpu", "1024ths become vCPUs"),
        _row("compute.task_memory", "runtime.memory"),
        _row("compute.task_role_arn", "runtime.identity"),
        _row("compute.service_account", "runtime.identity"),
        _row("network.subnets", "network.subnet_ids"),
        _row("network.security_groups", "network.security_group_ids"),
        _row("monitoring.alert_topic_arn", "monitoring.alerts.channels"),
        _row("monitoring.alert_topic", "monitoring.alerts.channels"),
        _row("runtime.compute_type", "runtime.type", "its name today"),
        _row(
            "runtime.instance_type",
            "*instance_type",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row("runtime.memory_mb", "runtime.memory"),
        _row("runtime.cpu_units", "runtime.cpu", "1024ths on AWS, 1000ths elsewhere"),
        _row("runtime.image_uri", "runtime.image"),
        _row("runtime.timeout", "runtime.timeout_seconds"),
        _row("runtime.region", "region"),
        _row("runtime.vpc_id", "network.vpc_id"),
        _row("runtime.subnet_ids", "network.subnet_ids"),
        _row("runtime.security_group_ids", "network.security_group_ids"),
        _row("runtime_environment.compute_type", "runtime.type", "its name today"),
        _row("runtime_environment.memory_mb", "runtime.memory"),
        _row("runtime_environment.cpu_units", "runtime.cpu", "1024ths or 1000ths"),
        _row("runtime_environment.timeout_seconds", "runtime.timeout_seconds"),
        _row("runtime_environment.service_account", "runtime.identity"),
        _row("runtime_environment.network.vpc_id", "network.vpc_id"),
        _row("runtime_environment.network.subnet_ids", "network.subnet_ids"),
        _row("runtime_environment.network.security_group_ids", "network.security_group_ids"),
        _row("runtime_environment.storage.ephemeral_storage_gb", "*disk_size"),
        _row("terraform.module_path", "terraform.module.source"),
    ),
)
