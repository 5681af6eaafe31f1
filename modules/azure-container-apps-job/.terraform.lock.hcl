# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/azurerm" {
  version     = "5.10.0"
  constraints = ">= 5.0.0"
  hashes = [
    "h1:893ajB0NWb7YZAXpo2czAm1rar00OGCL93YG7KYfOyQ=",
  ]
}
