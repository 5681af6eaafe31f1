"""Dialect D: ``compute`` beside ``runtime``, a ``dagster`` block, a backend without a type."""

from __future__ import annotations

from generator.dialects.spelling import Dialect, Spelling


def _row(written: str, canonical: str, says: str = "") -> Spelling:
    return Spelling(written, canonical, "D", says)


DIALECT = Dialect(
    "D",
    "compute beside runtime; a dagster block; terraform.backend_config",
    (
        _row("compute.cpu", "runtime.cpu", "1024ths and millicores become vCPUs"),
        _row("compute.memory", "runtime.memory"),
        _row(
            "compute.instance_type",
            "*instance_type",
            "in runtime.nodes, or an input of a module of your own",
        ),
        _row("compute.max_runtime_seconds", "runtime.timeout_seconds"),
        _row("networking.private_networking", "network.private"),
        _row("storage.bucket", "storage.data_bucket", "without s3:// or gs://"),
        _row("dagster", "/dagster", "for the runner; the orchestrator is dagster"),
    ),
)
