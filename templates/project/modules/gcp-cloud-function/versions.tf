terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 7.21: a function can enter a VPC without a connector.
      version = ">= 7.21, < 9.0"
    }

    time = {
      source = "hashicorp/time"
      # Any version waits; 0.9 is the oldest with builds for all platforms of today.
      version = ">= 0.9, < 1.0"
    }
  }
}
