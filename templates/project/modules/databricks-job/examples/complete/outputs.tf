output "airflow_databricks_config" {
  description = "What Airflow's DatabricksRunNowOperator takes to start a run of the job."
  value       = module.job.airflow_databricks_config
}

output "dagster_databricks_config" {
  description = "What Dagster's create_databricks_run_now_op takes to start a run of the job."
  value       = module.job.dagster_databricks_config
}

output "job_urls" {
  description = "The jobs' pages in the workspace."
  value       = [module.job.job_url, module.on_existing_cluster.job_url, module.from_pool.job_url]
}
