output "cluster_id" {
  description = "Id of the cluster."
  value       = terraform_data.cluster.id
}
