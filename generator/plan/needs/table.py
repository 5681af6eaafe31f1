"""Which rows a module has; a module of the user's own has none here."""

from __future__ import annotations

from collections.abc import Mapping

from generator.plan.needs import (
    aws_billing,
    aws_ecs_fargate,
    aws_emr,
    aws_lambda,
    azure_aks,
    azure_billing,
    azure_container_apps_job,
    databricks_job,
    gcp_billing,
    gcp_cloud_function,
    gcp_cloud_run_job,
    gcp_gke,
    kubernetes_job,
)
from generator.plan.needs.need import Need

NEEDS: Mapping[str, tuple[Need, ...]] = {
    "aws-billing": aws_billing.ROWS,
    "aws-ecs-fargate": aws_ecs_fargate.ROWS,
    "aws-emr": aws_emr.ROWS,
    "aws-lambda": aws_lambda.ROWS,
    "azure-aks": azure_aks.ROWS,
    "azure-billing": azure_billing.ROWS,
    "azure-container-apps-job": azure_container_apps_job.ROWS,
    "databricks-job": databricks_job.ROWS,
    "gcp-billing": gcp_billing.ROWS,
    "gcp-cloud-function": gcp_cloud_function.ROWS,
    "gcp-cloud-run-job": gcp_cloud_run_job.ROWS,
    "gcp-gke": gcp_gke.ROWS,
    "kubernetes-job": kubernetes_job.ROWS,
}
