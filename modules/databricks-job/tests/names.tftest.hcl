# What jobs are called. Paths covered:
# - plain names stay readable
# - characters that do not fit, hyphens that could be read two ways, length, names that look hashed: a hash is added
# - distinct jobs have distinct names, and equal jobs equal ones
# - the longest name fits the tag RunName, which has the shortest limit

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "plain_names_are_joined" {
  assert {
    condition     = output.name == "acme-prod-orders" && databricks_job.this.name == "acme-prod-orders" && databricks_job.this.description == "orders of acme, prod"
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

run "longest_name_fits_a_label" {
  variables {
    tenant      = join("", [for n in range(40) : "t"])
    environment = join("", [for n in range(32) : "e"])
    name        = join("", [for n in range(80) : "n"])
  }

  assert {
    condition     = length(databricks_job.this.name) == 63 && can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", output.name)) && endswith(output.name, substr(sha256("${var.tenant}/${var.environment}/${var.name}"), 0, 8))
    error_message = "A name that was cut must have 63 characters and end in the hash."
  }
}

run "name_at_the_limit_is_not_cut" {
  variables {
    name = join("", [for n in range(53) : "n"])
  }

  assert {
    condition     = length(output.name) == 63 && output.name == "acme-prod-${var.name}"
    error_message = "A name of 63 characters fits."
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
