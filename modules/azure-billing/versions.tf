terraform {
  # 1.9, as the other modules ask for.
  required_version = ">= 1.9"

  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
      # 4.7: what an alert is of, spent or forecast, changes in place.
      version = ">= 4.7, < 6.0"
    }
  }
}
