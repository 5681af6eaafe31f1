terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    kubernetes = {
      source = "hashicorp/kubernetes"
      # 3 is what roots pin; nothing here is newer than 2.30.
      version = ">= 2.30"
    }
  }
}
