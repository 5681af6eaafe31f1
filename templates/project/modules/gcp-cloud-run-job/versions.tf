terraform {
  # 1.9: validation rules may refer to other variables.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # The worker pool came with 6.38; 7 is the oldest major that is looked after.
      version = ">= 7.0"
    }
  }
}
