terraform {
  # 1.9: a validation may look at other variables (network against cluster_id, entry_point against command).
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 5.36: allocation strategies of instance fleets are spelt as EMR tells them, without a perpetual difference.
      # 7: a major version may break what is tried with those before it.
      version = ">= 5.36, < 7.0"
    }
  }
}
