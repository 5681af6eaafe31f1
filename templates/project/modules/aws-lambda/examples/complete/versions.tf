terraform {
  # 1.9: a validation may look at other variables (run_seconds against timeout_seconds).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.32: a function can be given its log group and the format of its log.
      version = ">= 5.32"
    }
  }
}
