locals {
  _dns_host     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint
  _private_host = google_container_cluster.this.private_cluster_config[0].private_endpoint

  # Keys of the groups of labels, whatever style they are written in: dativo_cost-center is a cost center too.
  _group_keys = {
    classification = "^(accesscontrol|classification|classifiedfields|compliance|contains.*|dataclassification|encryptionrequired|regulations|retentiondays|userconsentrequired)$"
    finops         = "^(businesstags|businessunit|costcenter|finopsenvironment|finopsowner|project|team)$"
  }
  _groups = {
    for group, pattern in local._group_keys : group => {
      for key, value in var.tags : key => value
      if can(regex(pattern, replace(trimprefix(key, "dativo"), "/[^a-z0-9]/", "")))
    }
  }
}

output "airflow_kubernetes_config" {
  description = "What Airflow's KubernetesPodOperator takes, and for GKEStartPodOperator the project, region and name of the cluster and which endpoint is open; null for workers."
  value = module.workload.airflow_kubernetes_config == null ? null : merge(module.workload.airflow_kubernetes_config, {
    project_id   = var.project_id
    location     = var.region
    cluster_name = google_container_cluster.this.name
    # How the operator reaches the control plane.
    use_dns_endpoint = var.dns_endpoint
    use_internal_ip  = !var.dns_endpoint
  })
}

output "all_tags" {
  description = "The labels given to everything in Google Cloud that takes labels."
  value       = var.tags
}

output "applied_labels" {
  description = "The same as all_tags."
  value       = var.tags
}

output "classification_labels" {
  description = "Those of the labels that tell how the data is classified."
  value       = tomap(local._groups.classification)
}

output "cluster_id" {
  description = "Id of the cluster (projects/P/locations/R/clusters/NAME)."
  value       = google_container_cluster.this.id
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = google_container_cluster.this.name
}

output "cron_job_name" {
  description = "Name of the cron job; null for workers."
  value       = module.workload.cron_job_name
}

output "dagster_k8s_config" {
  description = "What Dagster's K8sRunLauncher takes; null for workers."
  value       = module.workload.dagster_k8s_config
}

output "deployment_name" {
  description = "Name of the deployment; null for a batch job."
  value       = module.workload.deployment_name
}

output "endpoint_url" {
  description = "Always null: a run is started through the Kubernetes API, not by a call to one address."
  value       = null
}

output "finops_labels" {
  description = "Those of the labels that tell who pays."
  value       = tomap(local._groups.finops)
}

output "gcs_bucket" {
  description = "Bucket that the job uses; null without storage."
  value       = try(var.storage.bucket, null)
}

output "gke_cluster_ca_certificate" {
  description = "Certificate of the cluster's own authority, base64, for the private IP endpoint."
  value       = google_container_cluster.this.master_auth[0].cluster_ca_certificate
}

output "gke_cluster_endpoint" {
  description = "Address of the private IP endpoint of the control plane."
  value       = google_container_cluster.this.endpoint
}

output "gke_cluster_name" {
  description = "The same as cluster_name."
  value       = google_container_cluster.this.name
}

output "id" {
  description = "Id of the cron job or deployment (NAMESPACE/NAME)."
  value       = module.workload.id
}

output "kms_key_id" {
  description = "Id of the key that encrypts the secrets in etcd and the disks of the nodes."
  value       = local.kms_key_id
}

output "kubernetes_ca_certificate" {
  description = "Certificate (PEM) that the Kubernetes provider must trust; null with the DNS endpoint, whose certificate is publicly signed."
  value       = var.dns_endpoint ? null : base64decode(google_container_cluster.this.master_auth[0].cluster_ca_certificate)
}

output "kubernetes_host" {
  description = "Address of the Kubernetes API (https://...) for the Kubernetes provider: the DNS endpoint, or without it the private IP endpoint."
  value       = "https://${var.dns_endpoint ? local._dns_host : local._private_host}"
}

output "kubernetes_namespace" {
  description = "Namespace of the job."
  value       = module.workload.namespace
}

output "kubernetes_service_account_name" {
  description = "Kubernetes service account of the job."
  value       = module.workload.service_account_name
}

output "log_bucket_id" {
  description = "Id of the log bucket that keeps the logs."
  value       = local.log_bucket
}

output "log_filter" {
  description = "Filter that finds the logs in Cloud Logging."
  value       = local.log_filter
}

output "name" {
  description = "Name of the cron job or deployment."
  value       = module.workload.name
}

output "node_pool_name" {
  description = "Name of the node pool."
  value       = google_container_node_pool.this.name
}

output "node_service_account_email" {
  description = "E-mail of the service account of the nodes, which pull the image."
  value       = google_service_account.nodes.email
}

output "project_id" {
  description = "Project in which everything was made."
  value       = var.project_id
}

output "region" {
  description = "Region of the cluster."
  value       = var.region
}

output "service_account_email" {
  description = "E-mail of the Google service account that the job acts as."
  value       = local.identity
}

output "service_name" {
  description = "Name of what runs the pods: the cron job, or the deployment of workers."
  value       = module.workload.service_name
}
