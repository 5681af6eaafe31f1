locals {
  # The address of the job's page begins with that of the workspace.
  workspace_url = regex("^https?://[^/]+", databricks_job.this.url)
}

output "airflow_databricks_config" {
  description = "Arguments of Airflow's DatabricksRunNowOperator (apache-airflow-providers-databricks) that start a run of the job."
  value = {
    job_id = tonumber(databricks_job.this.id)
  }
}

output "all_tags" {
  description = "Tags that the module puts on the job cluster's machines and disks, and on the job (see job_tags)."
  value       = var.tags
}

output "cluster_name" {
  description = "Id of the existing cluster that the job runs on; null where each run gets a cluster of its own."
  value       = var.existing_cluster_id
}

output "dagster_databricks_config" {
  description = "Arguments of create_databricks_run_now_op (dagster_databricks) that start a run of the job."
  value = {
    databricks_job_id = tonumber(databricks_job.this.id)
  }
}

output "endpoint_url" {
  description = "Address of the Jobs API that starts a run of the job, with job_id in the body of the request."
  value       = "${local.workspace_url}/api/2.2/jobs/run-now"
}

output "id" {
  description = "Id of the job, a number."
  value       = databricks_job.this.id
}

output "invoke_command" {
  description = "Command of the Databricks CLI that starts a run of the job and waits for its end."
  value       = "DATABRICKS_HOST=${local.workspace_url} databricks jobs run-now ${databricks_job.this.id}"
}

output "job_tags" {
  description = "Tags of the job itself: all, or the 25 that it can carry."
  value       = local.job_tags
}

output "job_url" {
  description = "Address of the job's page in the workspace."
  value       = databricks_job.this.url
}

output "name" {
  description = "Name of the job in the workspace."
  value       = local.name
}

output "resource_tags" {
  description = "The same as all_tags."
  value       = var.tags
}

output "run_as" {
  description = "Who runs are made as, by the workspace: application id of a service principal, or address of a user."
  value       = one([for who in databricks_job.this.run_as : coalesce(who.service_principal_name, who.user_name, "-")])
}

output "service_name" {
  description = "Name of what runs: the job in the workspace."
  value       = databricks_job.this.name
}

output "tags" {
  description = "The same as all_tags."
  value       = var.tags
}
