output "endpoint_url" {
  description = "Address that starts a run."
  value       = module.job.endpoint_url
}

output "id" {
  description = "Resource id of the job."
  value       = module.job.id
}

output "managed_identity_principal_id" {
  description = "Object id of the identity, for further role assignments."
  value       = module.job.managed_identity_principal_id
}
