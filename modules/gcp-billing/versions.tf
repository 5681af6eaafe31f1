terraform {
  # 1.9, as the other modules ask for.
  required_version = ">= 1.9"

  required_providers {
    google = {
      source = "hashicorp/google"
      # 7.0: the filter's other parts are no longer told back as if they had been asked for.
      # 9: a major version may break what is tried with those before it.
      version = ">= 7.0, < 9.0"
    }
  }
}
