terraform {
  # 1.9: validations that look at more than one variable, and at locals.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 4.73: a scale rule of a job can name the identity that it reads its source with.
      version = ">= 4.73, < 6.0"
    }
  }
}
