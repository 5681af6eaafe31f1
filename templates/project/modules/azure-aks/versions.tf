terraform {
  # 1.9: validations that look at more than one variable.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 5.0: a cluster has a node_provisioning_profile from there on.
      version = ">= 5.0"
    }

    kubernetes = {
      source = "hashicorp/kubernetes"
      # What modules/kubernetes-job asks for.
      version = ">= 2.33, < 4.0"
    }
  }
}
