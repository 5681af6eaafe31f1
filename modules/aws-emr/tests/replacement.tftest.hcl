# What a cluster was started with stays with it. Paths covered:
# - a change of the security configuration makes another cluster
# - a change of what the job is makes none

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-a"]
  }
}

run "first_cluster" {}

run "other_arguments_keep_the_cluster" {
  variables {
    args = ["--full"]
  }

  assert {
    condition     = output.emr_master_public_dns == run.first_cluster.emr_master_public_dns
    error_message = "The arguments of the step have nothing to do with the cluster."
  }
}

run "certificates_need_another_cluster" {
  variables {
    in_transit_certificates = "s3://keys/emr/prod.zip"
  }

  assert {
    condition     = output.emr_master_public_dns != run.first_cluster.emr_master_public_dns
    error_message = "A running cluster keeps the security configuration that it was started with, so another must be made."
  }
}
