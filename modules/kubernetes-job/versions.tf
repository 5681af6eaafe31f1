terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    kubernetes = {
      source = "hashicorp/kubernetes"
      # The oldest that is tried; in 2.30 cron jobs know backoff limits for each index, and autoscalers v2 are stable.
      version = ">= 2.30"
    }
  }
}
