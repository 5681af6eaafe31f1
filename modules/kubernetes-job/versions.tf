terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    kubernetes = {
      source = "hashicorp/kubernetes"
      # 2.38: tolerations of Kubernetes' own taints are no perpetual difference; retries of each part of
      # a parallel run are older (2.33).
      version = ">= 2.38, < 4.0"
    }
  }
}
