"""The resources of one root, and which of them cannot be tagged."""

from __future__ import annotations

from collections.abc import Iterable

from generator.plan.made import amazon, azure, billing, google, kubernetes
from generator.plan.made.count import Call, Count, Made
from generator.plan.needs.need import ModuleInputs
from generator.plan.root_plan import Argument

COUNTS: dict[str, Count] = {
    "aws-billing": billing.amazon,
    "aws-ecs-fargate": amazon.ecs_fargate,
    "aws-emr": amazon.emr,
    "aws-lambda": amazon.function,
    "azure-aks": azure.aks,
    "azure-billing": billing.azure,
    "azure-container-apps-job": azure.container_apps_job,
    "databricks-job": azure.databricks_job,
    "gcp-billing": billing.google,
    "gcp-cloud-function": google.cloud_function,
    "gcp-cloud-run-job": google.cloud_run_job,
    "gcp-gke": google.gke,
    "kubernetes-job": kubernetes.job,
}

# Types without tags or labels, by their providers' schemas; tests compare the two.
UNTAGGED = frozenset(
    (
        "aws_appautoscaling_policy",
        "aws_ce_cost_allocation_tag",
        "aws_cloudwatch_log_metric_filter",
        "aws_emr_instance_fleet",
        "aws_emr_managed_scaling_policy",
        "aws_emr_security_configuration",
        "aws_iam_role_policy_attachment",
        "aws_kms_alias",
        "aws_lambda_function_event_invoke_config",
        "aws_lambda_permission",
        "aws_s3_bucket_lifecycle_configuration",
        "aws_s3_bucket_ownership_controls",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_public_access_block",
        "aws_s3_bucket_server_side_encryption_configuration",
        "aws_s3_bucket_versioning",
        "aws_scheduler_schedule",
        "aws_sqs_queue_policy",
        "azurerm_consumption_budget_subscription",
        "azurerm_federated_identity_credential",
        "azurerm_management_lock",
        "azurerm_monitor_data_collection_rule_association",
        "azurerm_monitor_diagnostic_setting",
        "azurerm_role_assignment",
        "azurerm_role_definition",
        "databricks_permissions",
        "google_artifact_registry_repository_iam_member",
        "google_bigquery_dataset_iam_member",
        "google_billing_budget",
        "google_cloud_run_v2_job_iam_member",
        "google_cloud_run_v2_service_iam_member",
        "google_cloud_run_v2_worker_pool_iam_member",
        "google_cloud_scheduler_job",
        "google_kms_crypto_key_iam_member",
        "google_kms_key_ring",
        "google_logging_metric",
        "google_logging_project_bucket_config",
        "google_logging_project_sink",
        "google_project_iam_member",
        "google_pubsub_subscription_iam_member",
        "google_pubsub_topic_iam_member",
        "google_secret_manager_secret_iam_member",
        "google_service_account",
        "google_service_account_iam_member",
        "google_storage_bucket_iam_member",
        "terraform_data",
        "time_sleep",
    )
)


def made_by(module: str, arguments: Iterable[Argument]) -> tuple[Made, ...]:
    """What a call makes, in the order of the types' names; nothing for a module of the user's.

    Args:
        module: the name of a shipped module.
        arguments: the inputs of the call.
    """
    count = COUNTS.get(module)
    if count is None:
        return ()
    inputs = ModuleInputs({one.name: one.value for one in arguments})
    counts = sorted(count(Call(inputs)).items())
    return tuple(Made(kind, many, kind not in UNTAGGED) for kind, many in counts if many != 0)
