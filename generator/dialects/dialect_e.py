"""Dialect E: ``provider`` names the tool, ``runtime.platform`` the service, tags are metadata."""

from __future__ import annotations

from generator.dialects.spelling import Dialect, Spelling


def _row(written: str, canonical: str, says: str = "") -> Spelling:
    return Spelling(written, canonical, "E", says)


_OWN = "for a module of your own"
DIALECT = Dialect(
    "E",
    "provider names the tool; runtime.platform; metadata.tags; resources",
    (
        _row("runtime.platform", "runtime.type", "its name today"),
        _row("runtime.compute.cluster_id", "runtime.cluster_name"),
        _row(
            "runtime.compute.instance_count",
            "*instance_count",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row(
            "runtime.compute.auto_scaling.enabled",
            "*auto_scaling",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row(
            "runtime.compute.auto_scaling.min_instances",
            "*min_nodes",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row(
            "runtime.compute.auto_scaling.max_instances",
            "*max_nodes",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row("runtime.storage.bucket", "storage.data_bucket", "without s3:// or gs://"),
        _row("runtime.storage.volume_id", "terraform.variables.volume_id", _OWN),
        _row("runtime.storage.mount_path", "terraform.variables.mount_path", _OWN),
        _row(
            "runtime.network.vpc_id", "network.vpc_id", "a connector on Google Cloud, by its path"
        ),
        _row("runtime.network.subnet_ids", "network.subnet_ids"),
        _row("runtime.network.security_group_ids", "network.security_group_ids"),
        _row("metadata.tags", "tags"),
        _row("metadata.labels", "kubernetes.labels", "tags where there is no cluster"),
        _row("metadata.annotations", "kubernetes.annotations"),
        _row("metadata.variables", "terraform.variables"),
        _row("resources.database", "references.database"),
        _row("resources.cache", "references.cache"),
        _row("resources.queue", "references.queue"),
        _row("resources.secrets", "references.secrets"),
        _row("outputs", "resource_identifiers", "output.x and module.m.x become placeholders"),
    ),
)
