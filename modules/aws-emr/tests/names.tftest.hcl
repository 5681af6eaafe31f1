# What resources are called. Paths covered:
# - plain names stay readable
# - characters that do not fit, hyphens that could be read two ways, length, names that look hashed: a hash is added
# - distinct jobs have distinct names, and equal jobs equal ones
# - the longest name fits the bucket, which has the shortest limit, and roles
# - no security group name starts with sg-

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
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "plain_names_are_joined" {
  assert {
    condition     = output.name == "acme-prod-orders" && aws_emr_cluster.this["this"].name == "acme-prod-orders" && aws_iam_role.service["this"].name == "acme-prod-orders-service"
    error_message = "Plain parts must be joined by hyphens, without a hash."
  }
}

run "underscore_is_not_hyphen" {
  variables {
    name = "or_ders"
  }

  assert {
    condition     = output.name == "acme-prod-or-ders-${substr(sha256("acme/prod/or_ders"), 0, 8)}"
    error_message = "A name that was changed must end in the hash of the three parts as given."
  }
}

run "hyphen_in_a_name_stays" {
  variables {
    name = "or-ders"
  }

  assert {
    condition     = output.name == "acme-prod-or-ders"
    error_message = "A hyphen in the name of the job needs no hash."
  }
}

run "case_is_not_lost" {
  variables {
    name = "Orders"
  }

  assert {
    condition     = output.name == "acme-prod-orders-${substr(sha256("acme/prod/Orders"), 0, 8)}"
    error_message = "Names that differ in case only must not fall together."
  }
}

run "hyphen_in_the_tenant_is_told_from_one_in_the_environment" {
  variables {
    tenant      = "a-b"
    environment = "c"
  }

  assert {
    condition     = output.name == "a-b-c-orders-${substr(sha256("a-b/c/orders"), 0, 8)}"
    error_message = "A tenant with a hyphen must be told from a shorter one whose environment has it."
  }
}

run "hyphen_in_the_environment_is_told_from_one_in_the_tenant" {
  variables {
    tenant      = "a"
    environment = "b-c"
  }

  assert {
    condition     = output.name == "a-b-c-orders-${substr(sha256("a/b-c/orders"), 0, 8)}"
    error_message = "An environment with a hyphen must be told from a shorter one whose tenant has it."
  }
}

run "a_name_cannot_pose_as_a_hashed_one" {
  variables {
    tenant      = "a"
    environment = "b"
    name        = "c-orders-${substr(sha256("a/b-c/orders"), 0, 8)}"
  }

  assert {
    condition     = output.name == "a-b-${var.name}-${substr(sha256("a/b/${var.name}"), 0, 8)}"
    error_message = "A name that ends like a hash must get one of its own."
  }
}

run "longest_name_fits_bucket_and_role" {
  variables {
    tenant      = join("", [for n in range(40) : "t"])
    environment = join("", [for n in range(32) : "e"])
    name        = join("", [for n in range(80) : "n"])
    schedule    = { expression = "rate(1 day)" }
  }

  assert {
    condition     = length(aws_iam_role.instance["this"].name) <= 64 && length(aws_iam_role.scheduler["this"].name) <= 64 && length(aws_scheduler_schedule.this["this"].name) <= 64
    error_message = "Roles and schedules take names of 64 characters."
  }

  assert {
    condition     = length(aws_s3_bucket.logs["this"].bucket) <= 63 && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", aws_s3_bucket.logs["this"].bucket))
    error_message = "Buckets take names of 63 small letters, digits and hyphens."
  }

  assert {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", output.name)) && endswith(output.name, substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8))
    error_message = "A name that was cut must end in the hash."
  }
}

run "name_at_the_limit_is_not_cut" {
  variables {
    name = join("", [for n in range(35) : "n"])
  }

  assert {
    condition     = length(output.name) == 45 && output.name == "acme-prod-${var.name}"
    error_message = "A name of 45 characters fits."
  }
}

run "no_hyphen_stands_before_the_hash_twice" {
  variables {
    tenant = "acme_"
    name   = "orders__"
  }

  assert {
    condition     = output.name == "acme-prod-orders-${substr(sha256("acme_/prod/orders__"), 0, 8)}"
    error_message = "Runs of characters that do not fit must become one hyphen, and none at the end."
  }
}

run "security_group_names_do_not_start_with_sg" {
  variables {
    tenant = "sg"
  }

  assert {
    condition     = alltrue([for group in aws_security_group.nodes : !startswith(group.name, "sg-")]) && !startswith(aws_security_group.service["this"].name, "sg-")
    error_message = "EC2 refuses security group names that start with sg-."
  }
}

run "bucket_is_told_from_those_of_other_accounts" {
  assert {
    condition     = aws_s3_bucket.logs["this"].bucket == "acme-prod-orders-logs-123456789012"
    error_message = "The name of a bucket is unique in all the world: it must have the number of the account."
  }
}
