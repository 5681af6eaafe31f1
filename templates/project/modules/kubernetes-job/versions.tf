terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    kubernetes = {
      source = "hashicorp/kubernetes"
      # 2.33: retries of each part of a parallel run (backoff_limit_per_index).
      version = ">= 2.33, < 4.0"
    }
  }
}
