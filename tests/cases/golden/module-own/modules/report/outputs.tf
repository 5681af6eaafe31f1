output "report_url" {
  description = "Where the report is."
  value       = "https://reports.acme.example/${var.tenant}/${var.name}"
  sensitive   = true
}

output "title" {
  description = "What it is called."
  value       = var.layout.title
}
