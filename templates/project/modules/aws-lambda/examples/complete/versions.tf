terraform {
  # 1.9: a validation may look at other variables (run_seconds against timeout_seconds).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
