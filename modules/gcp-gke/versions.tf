terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # What the DNS endpoint passes on can be chosen in 7; of that, 7.42 is the oldest that was looked at.
      version = ">= 7.42"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
      # As ../kubernetes-job, which makes everything inside the cluster.
      version = ">= 2.30"
    }
    time = {
      source = "hashicorp/time"
      # Any version waits; 0.9 is the oldest with builds for all platforms of today.
      version = ">= 0.9, < 1.0"
    }
  }
}
