terraform {
  # 1.9: validations that look at more than one variable.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 5.0: the arguments below were checked against the schema of the 5.x line.
      version = ">= 5.0"
    }
  }
}
