terraform {
  # 1.9: a validation may look at other variables (run_seconds against timeout_seconds).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.70: an event source mapping can be tagged.
      # 7: a major version may break what is tried with those before it.
      version = ">= 5.70, < 7.0"
    }
  }
}
