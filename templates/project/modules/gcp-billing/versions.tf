terraform {
  # 1.9, as the other modules ask for.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 4.28: a budget has a period of the calendar, and not months alone.
      version = ">= 4.28, < 9.0"
    }
  }
}
