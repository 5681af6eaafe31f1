terraform {
  # 1.9: a validation may look at other variables (release against existing_cluster_id).
  required_version = ">= 1.9"

  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = "~> 1.100"
    }
  }
}
