"""Dialect R: sizes below ``runtime.compute``, tags as a struct, a backend with type and config."""

from __future__ import annotations

from generator.dialects.spelling import Dialect, Spelling


def _row(written: str, canonical: str, says: str = "") -> Spelling:
    return Spelling(written, canonical, "R", says)


DIALECT = Dialect(
    "R",
    "runtime.compute and runtime.scaling; tags.custom; terraform.backend.config",
    (
        _row("runtime.compute.cpu", "runtime.cpu", "1024ths and millicores become vCPUs"),
        _row("runtime.compute.memory", "runtime.memory"),
        _row(
            "runtime.compute.disk_size",
            "*disk_size",
            "runtime.ephemeral_storage; a bare number is GiB",
        ),
        _row("runtime.compute.gpu", "*gpu", "only false can be read"),
        _row("runtime.scaling.min_instances", "*min_instances", "never had an effect: a warning"),
        _row("runtime.scaling.max_instances", "*max_instances", "never had an effect: a warning"),
        _row("runtime.scaling.target_cpu_utilization", "*target_cpu", "likewise"),
        _row("networking.private_access", "network.private"),
        _row("storage.encryption.enabled", "*encrypted", "only true can be read"),
        _row("storage.encryption.kms_key_id", "storage.kms_key_id"),
        _row("tags.custom", "tags", "each key a tag beside the others"),
        _row("terraform.backend.config", "terraform.backend", "its keys stand beside type"),
    ),
)
