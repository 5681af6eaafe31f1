terraform {
  # 1.9: validations that look at more than one variable.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 4.65: a federated credential names its identity by user_assigned_identity_id, as it does in 5.
      version = ">= 4.65, < 6.0"
    }

    kubernetes = {
      source = "hashicorp/kubernetes"
      # What modules/kubernetes-job asks for.
      version = ">= 2.33, < 4.0"
    }
  }
}
