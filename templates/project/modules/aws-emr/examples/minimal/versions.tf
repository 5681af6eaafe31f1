terraform {
  # 1.9: a validation may look at other variables (network against cluster_id, entry_point against command).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
