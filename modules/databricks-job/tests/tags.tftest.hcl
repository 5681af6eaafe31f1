# What carries the tags. Paths covered:
# - up to 25: the job and its cluster have all
# - more: the cluster has all, the job those of identity, cost and ownership first, whatever the spelling
# - keys that the caller chose
# - an existing cluster: the job alone
# - the outputs that give the tags

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

run "few_tags" {
  variables {
    tags = {
      CostCenter  = "FIN-001"
      Owner       = "payments@example.com"
      Regulations = "GDPR+PCI-DSS"
    }
  }

  assert {
    condition     = databricks_job.this.tags == var.tags && one(one(databricks_job.this.job_cluster).new_cluster).custom_tags == var.tags
    error_message = "The job and its cluster must have all tags."
  }

  assert {
    condition     = output.all_tags == var.tags && output.tags == var.tags && output.resource_tags == var.tags && output.job_tags == var.tags
    error_message = "The outputs must give the tags unchanged."
  }
}

run "more_than_a_job_takes" {
  variables {
    tags = merge(
      { for n in range(40) : format("A%02d", n) => tostring(n) },
      { CostCenter = "FIN-001", TenantId = "acme", Owner = "payments@example.com" },
    )
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).custom_tags == var.tags && length(var.tags) == 43
    error_message = "The cluster must have all tags."
  }

  assert {
    condition     = length(databricks_job.this.tags) == 25 && databricks_job.this.tags == output.job_tags
    error_message = "The job must have 25, which the output gives."
  }

  assert {
    condition     = alltrue([for key in ["CostCenter", "TenantId", "Owner", "A00", "A21"] : contains(keys(databricks_job.this.tags), key)]) && !contains(keys(databricks_job.this.tags), "A22")
    error_message = "Identity, cost and ownership come first, then the others in the order of their keys."
  }
}

run "spellings_of_what_comes_first" {
  variables {
    tags = merge(
      { for n in range(30) : format("a%02d", n) => "x" },
      { cost_center = "FIN-001", "dativo:business-unit" = "payments", "dativo:tenant-id" = "acme", ManagedBy = "dativo" },
    )
  }

  assert {
    condition     = alltrue([for key in ["cost_center", "dativo:business-unit", "dativo:tenant-id", "ManagedBy"] : contains(keys(databricks_job.this.tags), key)])
    error_message = "CostCenter, cost_center and dativo:cost-center must be the same."
  }
}

run "keys_of_the_callers_choice" {
  variables {
    tags         = { CostCenter = "FIN-001", Desk = "12", Owner = "payments@example.com" }
    job_tag_keys = ["Desk"]
  }

  assert {
    condition     = databricks_job.this.tags == tomap({ Desk = "12" }) && one(one(databricks_job.this.job_cluster).new_cluster).custom_tags == var.tags
    error_message = "The job must have the chosen tags, and the cluster all."
  }
}

run "no_tags" {
  assert {
    condition     = length(databricks_job.this.tags) == 0 && length(one(one(databricks_job.this.job_cluster).new_cluster).custom_tags) == 0
    error_message = "The module must add no tags of its own."
  }
}

run "existing_cluster" {
  variables {
    existing_cluster_id = "0923-164208-meows279"
    nodes               = {}
    release             = null
    tags                = { for n in range(25) : "t${n}" => "x" }
  }

  assert {
    condition     = databricks_job.this.tags == var.tags
    error_message = "The job must have all tags."
  }
}

run "keys_with_a_slash_on_aws" {
  variables {
    tags = { "team/desk:1" = "a b_c.d:e/f=g+h-i@j" }
  }

  assert {
    condition     = databricks_job.this.tags == var.tags
    error_message = "What AWS takes must be handed on."
  }
}

run "latin_letters_on_azure" {
  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5" }
    tags  = { "Büro" = "Zürich, <Nord>" }
  }

  assert {
    condition     = databricks_job.this.tags == var.tags
    error_message = "What Azure takes must be handed on."
  }
}

run "labels_on_google_cloud" {
  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
    tags  = { CostCenter = "FIN-001", empty = "" }
  }

  assert {
    condition     = databricks_job.this.tags == var.tags
    error_message = "What Google Cloud takes must be handed on."
  }
}
