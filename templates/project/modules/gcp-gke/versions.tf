terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 7.30: a cluster whose secrets are encrypted does not differ for ever.
      version = ">= 7.30, < 9.0"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
      # As ../kubernetes-job, which makes everything inside the cluster.
      version = ">= 2.38, < 4.0"
    }
    time = {
      source = "hashicorp/time"
      # Any version waits; 0.9 is the oldest with builds for all platforms of today.
      version = ">= 0.9, < 1.0"
    }
  }
}
