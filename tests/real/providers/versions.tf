# The providers of the tests beside this folder. To fill a mirror, here or on any machine with a
# network: terraform -chdir=tests/real/providers providers mirror FOLDER
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }

    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.0"
    }

    databricks = {
      source  = "databricks/databricks"
      version = "~> 1.71"
    }

    google = {
      source  = "hashicorp/google"
      version = "~> 8.0"
    }

    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 3.0"
    }

    time = {
      source  = "hashicorp/time"
      version = "~> 0.13"
    }
  }
}
