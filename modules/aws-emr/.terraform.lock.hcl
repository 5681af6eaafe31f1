# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.69.1"
  constraints = ">= 5.0.0"
  hashes = [
    "h1:WFtEVZrn5BGJdj4cnOmT2w/Oh0rPedEA4hgnX6AHYuM=",
  ]
}
