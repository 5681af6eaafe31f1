# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/google" {
  version     = "8.7.0"
  constraints = ">= 7.0.0"
  hashes = [
    "h1:o0be4qBdo/tp692CqOrZv6iXTMaJkSnqN+JJl1ifHm4=",
  ]
}
