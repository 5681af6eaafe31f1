# What resources are called. Paths covered:
# - plain names stay readable
# - characters that do not fit, hyphens that could be read two ways, length, names that look hashed: a hash is added
# - distinct jobs have distinct names, and equal jobs equal ones
# - the longest name fits the function, the roles and the queue
# - no security group name starts with sg-

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  image       = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/etl:1.4.0"
}

run "plain_names_are_joined" {
  assert {
    condition     = output.name == "acme-prod-orders" && aws_lambda_function.this.function_name == "acme-prod-orders" && aws_iam_role.execution["this"].name == "acme-prod-orders-execution" && aws_kms_alias.this["this"].name == "alias/acme-prod-orders"
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

run "longest_name_fits_everywhere" {
  variables {
    tenant      = join("", [for n in range(40) : "t"])
    environment = join("", [for n in range(32) : "e"])
    name        = join("", [for n in range(80) : "n"])
    schedule    = { expression = "rate(1 day)" }
  }

  assert {
    condition     = alltrue([for name in [aws_lambda_function.this.function_name, aws_iam_role.execution["this"].name, aws_iam_role.scheduler["this"].name, aws_scheduler_schedule.this["this"].name] : length(name) <= 64]) && length(aws_sqs_queue.dead_letters.name) <= 80
    error_message = "Functions, roles and schedules take names of 64 characters, queues of 80."
  }

  assert {
    condition     = can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", output.name)) && endswith(output.name, substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8))
    error_message = "A name that was cut must end in the hash."
  }
}

run "name_at_the_limit_is_not_cut" {
  variables {
    name = join("", [for n in range(44) : "n"])
  }

  assert {
    condition     = length(output.name) == 54 && output.name == "acme-prod-${var.name}"
    error_message = "A name of 54 characters fits."
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
    tenant  = "sg"
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"] }
  }

  assert {
    condition     = !startswith(aws_security_group.this["this"].name, "sg-")
    error_message = "EC2 refuses security group names that start with sg-."
  }
}
