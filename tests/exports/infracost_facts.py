"""What Infracost reads, by its own files: infracost/infracost, v0.10.45.

Facts of these files, in no words of theirs:

- ``infracost-usage-example.yml``: the keys of each type;
- ``internal/resources/*/*.go`` (struct tags ``infracost_usage``): whether a key is a whole number;
- ``internal/config/config_file.go``, ``config.go`` and ``schema/config.schema.json``: the
  configuration, of which an unknown key of a project is an error;
- ``internal/usage/usage_file.go``: the usage file and its only version;
- ``internal/schema/usage_data.go``: ``[*]`` in an address stands for every key.
"""

from __future__ import annotations

# The only version that both files may have, a string.
VERSION = "0.1"

# Type of a resource to its keys; whether parts of a number are read.
KEYS: dict[str, dict[str, bool]] = {
    "aws_lambda_function": {"monthly_requests": False, "request_duration_ms": False},
    "aws_sfn_state_machine": {
        "monthly_transitions": False,
        "monthly_requests": False,
        "memory_mb": False,
        "workflow_duration_ms": False,
    },
    "azurerm_kubernetes_cluster_node_pool": {"nodes": False, "monthly_hrs": True},
    "google_cloud_run_v2_job": {
        "monthly_job_executions": False,
        "average_task_execution_mins": True,
    },
    "google_container_node_pool": {"nodes": False},
}

# What the modules' jobs are, of which its registries know nothing
# (internal/providers/terraform/*/registry.go).
WITHOUT = {
    "azure-container-apps-job": "azurerm_container_app_job",
    "databricks-job": "databricks_job",
    "gcp-cloud-function": "google_cloudfunctions2_function",
    "kubernetes-job": "kubernetes_cron_job_v1",
}

CONFIG = frozenset(("version", "projects", "terraform_source_map"))
PROJECT = frozenset(
    (
        "config_sha",
        "dependency_paths",
        "env",
        "exclude_paths",
        "include_all_paths",
        "metadata",
        "name",
        "path",
        "skip_autodetect",
        "spacelift_api_key_endpoint",
        "spacelift_api_key_id",
        "spacelift_api_key_secret",
        "terraform_binary",
        "terraform_cloud_host",
        "terraform_cloud_org",
        "terraform_cloud_token",
        "terraform_cloud_workspace",
        "terraform_force_cli",
        "terraform_init_flags",
        "terraform_plan_flags",
        "terraform_use_state",
        "terraform_var_files",
        "terraform_vars",
        "terraform_workspace",
        "terragrunt_flags",
        "usage_file",
        "yor_config_path",
    )
)
USAGE = frozenset(("version", "resource_usage", "resource_type_default_usage"))
