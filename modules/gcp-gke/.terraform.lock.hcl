# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hashicorp/google" {
  version     = "8.7.0"
  constraints = ">= 7.42.0"
  hashes = [
    "h1:o0be4qBdo/tp692CqOrZv6iXTMaJkSnqN+JJl1ifHm4=",
  ]
}

provider "registry.terraform.io/hashicorp/kubernetes" {
  version     = "3.4.0"
  constraints = ">= 2.30.0"
  hashes = [
    "h1:yX9zrYkfKq3DfF+oBjjnvstjEZ9rnA0tA/yP83kBOQk=",
  ]
}

provider "registry.terraform.io/hashicorp/time" {
  version     = "0.14.2"
  constraints = ">= 0.9.0"
  hashes = [
    "h1:MvPnMNaUpw2TyQT4tuLRBObllAi0tzVeIp7TbnwFIU4=",
  ]
}
