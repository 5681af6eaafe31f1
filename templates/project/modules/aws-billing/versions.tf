terraform {
  # 1.9, as the other modules ask for.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.100: the oldest that the module was tried with; budgets and cost categories have tags there.
      # 7: a major version may break what is tried with those before it.
      version = ">= 5.100, < 7.0"
    }
  }
}
