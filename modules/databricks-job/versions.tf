terraform {
  # 1.9: a validation may look at other variables (release against existing_cluster_id).
  required_version = ">= 1.9"

  required_providers {
    databricks = {
      source = "databricks/databricks"
      # 1.71: jobs by version 2.2 of the Jobs API, which queues runs; cluster logs in volumes are older (1.66.1).
      # Below 2.0: the next major version may rename what is used here.
      version = ">= 1.71, < 2.0"
    }
  }
}
