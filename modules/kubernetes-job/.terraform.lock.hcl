# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/kubernetes" {
  version     = "3.4.0"
  constraints = ">= 2.30.0"
  hashes = [
    "h1:yX9zrYkfKq3DfF+oBjjnvstjEZ9rnA0tA/yP83kBOQk=",
  ]
}
