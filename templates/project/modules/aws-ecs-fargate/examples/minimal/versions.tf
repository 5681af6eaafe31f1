terraform {
  # 1.9: a validation may look at other variables (schedule against workers, memory against cpu).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.0: a tag may stand in both default_tags and tags without a perpetual difference.
      version = ">= 5.0"
    }
  }
}
