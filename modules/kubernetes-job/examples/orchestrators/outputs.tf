output "namespace" {
  description = "Namespace of the job, where the orchestrators start its runs."
  value       = module.job.namespace
}

output "roles" {
  description = "The role of each orchestrator."
  value       = { for name, role in kubernetes_role_v1.orchestrator : name => role.metadata[0].name }
}
