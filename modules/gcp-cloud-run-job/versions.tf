terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 7.0: google_cloud_run_v2_worker_pool, and sinks with an identity of their own by default.
      version = ">= 7.0"
    }
  }
}
