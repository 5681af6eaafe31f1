terraform {
  # 1.9: a validation may look at other variables (schedule against workers, memory against cpu).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.0: a tag may stand in both default_tags and tags without a perpetual difference.
      # 7: a major version may break what is tried with those before it.
      version = ">= 5.0, < 7.0"
    }
  }
}
