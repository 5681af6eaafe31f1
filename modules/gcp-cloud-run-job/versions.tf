terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 7.18: the scaling mode of a worker pool is no perpetual difference; its connector is older (7.3).
      version = ">= 7.18, < 9.0"
    }

    time = {
      source = "hashicorp/time"
      # Any version waits; 0.9 is the oldest with builds for all platforms of today.
      version = ">= 0.9, < 1.0"
    }
  }
}
