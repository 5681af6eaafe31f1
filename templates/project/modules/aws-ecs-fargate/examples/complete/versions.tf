terraform {
  # 1.9: a validation may look at other variables (schedule against workers, memory against cpu).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
