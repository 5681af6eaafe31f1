# What the module refuses, one wrong value a run, and what it takes at the bounds: names, tags and labels.

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

run "name_with_a_slash" {
  command = plan

  variables {
    name = "../../etc"
  }

  expect_failures = [var.name]
}

run "name_too_long" {
  command = plan

  variables {
    name = join("", [for n in range(81) : "n"])
  }

  expect_failures = [var.name]
}

run "tenant_empty" {
  command = plan

  variables {
    tenant = ""
  }

  expect_failures = [var.tenant]
}

run "tenant_too_long" {
  command = plan

  variables {
    tenant = join("", [for n in range(41) : "t"])
  }

  expect_failures = [var.tenant]
}

run "environment_with_a_dot" {
  command = plan

  variables {
    environment = "prod.eu"
  }

  expect_failures = [var.environment]
}

run "environment_too_long" {
  command = plan

  variables {
    environment = join("", [for n in range(33) : "e"])
  }

  expect_failures = [var.environment]
}

run "another_cloud" {
  command = plan

  variables {
    cloud = "ibm"
  }

  expect_failures = [var.cloud]
}

run "too_many_tags" {
  command = plan

  variables {
    tags = { for n in range(46) : "t${n}" => "x" }
  }

  expect_failures = [var.tags]
}

run "tags_that_differ_in_case" {
  command = plan

  variables {
    tags = { Owner = "a", owner = "b" }
  }

  expect_failures = [var.tags]
}

run "tag_of_databricks" {
  command = plan

  variables {
    tags = { ClusterName = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_name" {
  command = plan

  variables {
    tags = { Name = "x" }
  }

  expect_failures = [var.tags]
}

run "tag_of_aws" {
  command = plan

  variables {
    tags = { "aws:x" = "y" }
  }

  expect_failures = [var.tags]
}

run "comma_on_aws" {
  command = plan

  variables {
    tags = { Regulations = "GDPR,CCPA" }
  }

  expect_failures = [var.tags]
}

run "long_value_on_aws" {
  command = plan

  variables {
    tags = { A = join("", [for n in range(256) : "x"]) }
  }

  expect_failures = [var.tags]
}

run "slash_on_azure" {
  command = plan

  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5" }
    tags  = { "a/b" = "c" }
  }

  expect_failures = [var.tags]
}

run "another_script_on_azure" {
  command = plan

  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5" }
    tags  = { Desk = "東京" }
  }

  expect_failures = [var.tags]
}

run "address_on_google_cloud" {
  command = plan

  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
    tags  = { Owner = "a@example.com" }
  }

  expect_failures = [var.tags]
}

run "long_key_on_google_cloud" {
  command = plan

  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
    tags  = { (join("", [for n in range(64) : "k"])) = "v" }
  }

  expect_failures = [var.tags]
}

run "tag_key_that_is_none" {
  command = plan

  variables {
    job_tag_keys = ["Owner"]
    tags         = { Desk = "12" }
  }

  expect_failures = [var.job_tag_keys]
}

run "too_many_tag_keys" {
  command = plan

  variables {
    job_tag_keys = [for n in range(26) : "t${n}"]
    tags         = { for n in range(30) : "t${n}" => "x" }
  }

  expect_failures = [var.job_tag_keys]
}

run "too_many_tags_on_an_existing_cluster" {
  command = plan

  variables {
    existing_cluster_id = "0923-164208-meows279"
    nodes               = {}
    release             = null
    tags                = { for n in range(26) : "t${n}" => "x" }
  }

  expect_failures = [var.job_tag_keys]
}
