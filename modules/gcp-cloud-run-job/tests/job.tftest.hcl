# Paths covered: main.tf, outputs.tf. The job's settings land in the right blocks, labels on the job and on its template, sizes
# in the form that the API gives back, secrets as references.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }
}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
}

run "labels_are_on_the_job_and_on_its_executions" {
  command = plan

  variables {
    tags = { cost_center = "fin-001", team = "data" }
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].labels == tomap({ cost_center = "fin-001", team = "data" }) && google_cloud_run_v2_job.this["job"].template[0].labels == tomap({ cost_center = "fin-001", team = "data" })
    error_message = "Job and template must carry all tags."
  }

  assert {
    condition     = output.all_tags == tomap({ cost_center = "fin-001", team = "data" }) && output.all_labels == output.all_tags && output.labels == output.all_tags
    error_message = "The outputs must give all tags."
  }
}

run "counts_and_limits_are_in_their_blocks" {
  command = plan

  variables {
    parallelism     = 4
    max_retries     = 2
    timeout_seconds = 604800
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].parallelism == 4 && google_cloud_run_v2_job.this["job"].template[0].task_count == 4
    error_message = "A run must start all of its tasks side by side."
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].max_retries == 2 && google_cloud_run_v2_job.this["job"].template[0].template[0].timeout == "604800s"
    error_message = "Retries and timeout belong to the task."
  }
}

run "no_retry_by_default" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].max_retries == 0 && google_cloud_run_v2_job.this["job"].template[0].template[0].timeout == "3600s"
    error_message = "By default a task runs once and for an hour at most, not with Cloud Run's own 3 retries."
  }
}

run "whole_sizes" {
  command = plan

  variables {
    cpu        = 2
    memory_mib = 4096
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "2", memory = "4Gi" })
    error_message = "Whole vCPUs and GiB must be written as such."
  }
}

run "memory_in_mebibytes" {
  command = plan

  variables {
    memory_mib = 768
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "1", memory = "768Mi" })
    error_message = "Parts of a GiB must be written in MiB."
  }
}

run "the_image_keeps_its_command" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].command == null && google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].args == null
    error_message = "Without command and args the image's own must stay."
  }
}

run "the_command_is_replaced" {
  command = plan

  variables {
    command = ["/bin/etl"]
    args    = ["run", "--full"]
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].command == tolist(["/bin/etl"]) && google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].args == tolist(["run", "--full"])
    error_message = "Command and args must replace the image's."
  }
}

run "secrets_are_references" {
  command = plan

  variables {
    environment_variables = { LOG_LEVEL = "info" }
    secrets = {
      API_KEY = "projects/acme-data-prod/secrets/api-key"
      DSN     = "projects/acme-shared/secrets/dsn/versions/3"
    }
  }

  assert {
    condition     = { for env in google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].env : env.name => env.value if length(env.value_source) == 0 } == { LOG_LEVEL = "info" }
    error_message = "Plain variables must have their values, and secrets none."
  }

  assert {
    condition = {
      for env in google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].env :
      env.name => "${env.value_source[0].secret_key_ref[0].secret}:${env.value_source[0].secret_key_ref[0].version}" if length(env.value_source) > 0
      } == {
      API_KEY = "api-key:latest"
      DSN     = "projects/acme-shared/secrets/dsn:3"
    }
    error_message = "A secret must be named shortly in its own project, fully in another, with its version or latest."
  }
}

run "deletion_protection_is_a_choice" {
  command = plan

  variables {
    deletion_protection = true
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].deletion_protection == true
    error_message = "deletion_protection must reach the job."
  }
}

run "a_retired_job_can_go" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job.this["job"].deletion_protection == false
    error_message = "By default a plain destroy must succeed."
  }
}

run "outputs_of_a_job" {
  command = apply

  variables {
    timeout_seconds = 900
  }

  assert {
    condition     = output.endpoint_url == "https://run.googleapis.com/v2/projects/acme-data-prod/locations/europe-west1/jobs/acme-prod-stripe:run" && output.job_uri == trimsuffix(output.endpoint_url, ":run")
    error_message = "endpoint_url must be the address in the Cloud Run Admin API that starts a run."
  }

  assert {
    condition     = output.name == "acme-prod-stripe" && output.job_name == output.name && output.cloud_run_job_name == output.name && output.job_id == output.id && output.cloud_run_job_id == output.id
    error_message = "The job's name and id must be given under every promised output."
  }

  assert {
    condition     = output.service_name == "acme-prod-stripe" && output.service_id == null && output.service_uri == output.job_uri && output.cluster_name == null && output.scheduler_job_name == null && output.scheduler_job_id == null
    error_message = "What was not made must be null."
  }

  assert {
    condition = output.dagster_cloud_run_config == {
      project               = "acme-data-prod"
      region                = "europe-west1"
      job_name              = "acme-prod-stripe"
      service_account_email = "runner@acme-data-prod.iam.gserviceaccount.com"
      timeout_seconds       = 900
    }
    error_message = "dagster_cloud_run_config must hold what the launcher takes."
  }

  assert {
    condition     = output.airflow_cloud_run_config == { project_id = "acme-data-prod", region = "europe-west1", job_name = "acme-prod-stripe" }
    error_message = "airflow_cloud_run_config must hold what the operator takes."
  }
}
