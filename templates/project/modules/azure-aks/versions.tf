terraform {
  # 1.9: validations that look at more than one variable.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 4.76: a federated credential can be changed, as it is when a new cluster has a new issuer; it names
      # its identity by user_assigned_identity_id, as in 5, since 4.65.
      version = ">= 4.76, < 6.0"
    }

    kubernetes = {
      source = "hashicorp/kubernetes"
      # What modules/kubernetes-job asks for.
      version = ">= 2.38, < 4.0"
    }
  }
}
