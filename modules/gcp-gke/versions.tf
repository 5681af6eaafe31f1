terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # The DNS endpoint of a control plane came with 6.11; 7 is the oldest major that is looked after.
      version = ">= 7.0"
    }
    kubernetes = {
      source = "hashicorp/kubernetes"
      # As ../kubernetes-job, which makes everything inside the cluster.
      version = ">= 2.30"
    }
  }
}
