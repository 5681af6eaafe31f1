# What the module refuses, one wrong value a run, and what it takes at the bounds: the cluster.

mock_provider "kubernetes" {}

variables {
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "registry.acme.example/etl/runner:1.4.0"
}

run "a_quota_has_room_for_a_pod" {
  command = plan

  variables {
    quota = { cpu = 0.5, memory_mib = 4096, pods = 2 }
  }

  expect_failures = [var.quota]
}

run "a_quota_is_not_for_others" {
  command = plan

  variables {
    namespace = "etl"
    quota     = { cpu = 2, memory_mib = 4096, pods = 2 }
  }

  expect_failures = [var.quota]
}

run "a_toleration_is_equal_or_exists" {
  command = plan

  variables {
    tolerations = [{ key = "a", operator = "Like" }]
  }

  expect_failures = [var.tolerations]
}

run "a_toleration_has_a_known_effect" {
  command = plan

  variables {
    tolerations = [{ key = "a", effect = "Never" }]
  }

  expect_failures = [var.tolerations]
}
