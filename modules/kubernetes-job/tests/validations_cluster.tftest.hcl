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

run "a_node_label_has_a_name" {
  command = plan

  variables {
    node_selector = { "a b" = "c" }
  }

  expect_failures = [var.node_selector]
}

run "a_node_label_has_a_value_without_spaces" {
  command = plan

  variables {
    node_selector = { a = "b c" }
  }

  expect_failures = [var.node_selector]
}

run "a_toleration_of_a_value_has_a_key" {
  command = plan

  variables {
    tolerations = [{ value = "etl" }]
  }

  expect_failures = [var.tolerations]
}

run "a_toleration_has_the_key_of_a_taint" {
  command = plan

  variables {
    tolerations = [{ key = "a b", operator = "Exists" }]
  }

  expect_failures = [var.tolerations]
}

run "what_exists_has_any_value" {
  command = plan

  variables {
    tolerations = [{ key = "pool", operator = "Exists", value = "etl" }]
  }

  expect_failures = [var.tolerations]
}

run "a_toleration_has_a_value_without_spaces" {
  command = plan

  variables {
    tolerations = [{ key = "pool", value = "e t l" }]
  }

  expect_failures = [var.tolerations]
}

run "a_quota_is_a_number_that_kubernetes_keeps" {
  command = plan

  variables {
    quota = { cpu = 1, memory_mib = 17179869185, pods = 1 }
  }

  expect_failures = [var.quota]
}

run "what_kubernetes_takes_passes" {
  command = plan

  variables {
    node_selector = { "acme.example/pool" = "etl", empty = "" }
    tolerations = [
      { operator = "Exists" },
      { key = "acme.example/pool", operator = "Exists" },
      { key = "pool", value = "etl", effect = "NoExecute" },
    ]
    labels = {
      "pod-security.kubernetes.io/warn"         = "restricted"
      "pod-security.kubernetes.io/warn-version" = "v1.31"
    }
    annotations = { note = join("", [for number in range(1000) : join("", [for other in range(129) : "ü"])]), empty = "" }
    secrets     = { API_KEY = "stripe.live/.api..key" }
    schedule    = { expression = "0,30 1-5/2 ? JAN,jun sun-tue", timezone = "America/Argentina/Buenos_Aires" }
  }
}
