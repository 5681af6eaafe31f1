# Paths covered: of main.tf and workers.tf secrets as files, policies of Binary Authorization, and how long Terraform waits.

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }

  mock_data "google_logging_project_settings" {
    defaults = { kms_service_account_id = "cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com" }
  }

  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
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

run "a_file_is_a_volume_of_its_own" {
  command = plan

  variables {
    secret_files = { "/secrets/db/password" = "projects/acme-shared/secrets/db/versions/3" }
  }

  assert {
    condition = (
      google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].volume_mounts[0].mount_path == "/secrets/db"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].containers[0].volume_mounts[0].name == google_cloud_run_v2_job.this["job"].template[0].template[0].volumes[0].name
      && google_cloud_run_v2_job.this["job"].template[0].template[0].volumes[0].secret[0].secret == "projects/acme-shared/secrets/db"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].volumes[0].secret[0].items[0].path == "password"
      && google_cloud_run_v2_job.this["job"].template[0].template[0].volumes[0].secret[0].items[0].version == "3"
    )
    error_message = "The file must be the secret's version, in its folder."
  }

  assert {
    condition     = keys(google_secret_manager_secret_iam_member.this) == ["projects/acme-shared/secrets/db"]
    error_message = "The secret must be granted."
  }
}

run "workers_have_files_too" {
  command = plan

  variables {
    workers      = { min = 1, max = 1 }
    secret_files = { "/secrets/db/password" = "projects/acme-data-prod/secrets/db" }
  }

  assert {
    condition = (
      google_cloud_run_v2_worker_pool.this["worker"].template[0].containers[0].volume_mounts[0].mount_path == "/secrets/db"
      && google_cloud_run_v2_worker_pool.this["worker"].template[0].volumes[0].secret[0].secret == "db"
      && google_cloud_run_v2_worker_pool.this["worker"].template[0].volumes[0].secret[0].items[0].version == "latest"
    )
    error_message = "The file must be the latest version, and a secret of the same project has its bare name."
  }
}

run "two_files_need_two_folders" {
  command = plan

  variables {
    secret_files = { "/secrets/user" = "projects/acme-data-prod/secrets/user", "/secrets/password" = "projects/acme-data-prod/secrets/db" }
  }

  expect_failures = [var.secret_files]
}

run "a_file_hides_no_folder_of_the_system" {
  command = plan

  variables {
    secret_files = { "/etc/password" = "projects/acme-data-prod/secrets/db" }
  }

  expect_failures = [var.secret_files]
}

run "a_file_holds_a_reference" {
  command = plan

  variables {
    secret_files = { "/secrets/db/password" = "hunter2" }
  }

  expect_failures = [var.secret_files]
}

run "images_pass_the_policy_of_the_project" {
  command = plan

  variables {
    binary_authorization = "default"
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].binary_authorization[0].use_default
    error_message = "The project's policy must be asked."
  }
}

run "images_of_workers_pass_a_policy_of_their_own" {
  command = plan

  variables {
    workers              = { min = 1, max = 1 }
    binary_authorization = "projects/acme-data-prod/platforms/cloudRun/strict"
  }

  assert {
    condition     = google_cloud_run_v2_worker_pool.this["worker"].binary_authorization[0].policy == "projects/acme-data-prod/platforms/cloudRun/strict"
    error_message = "The policy that is named must be asked."
  }
}

run "a_policy_has_a_form" {
  command = plan

  variables {
    binary_authorization = "strict"
  }

  expect_failures = [var.binary_authorization]
}

run "terraform_waits_as_long_as_it_is_told" {
  command = plan

  variables {
    timeouts = { create = "45m" }
  }

  assert {
    condition     = google_cloud_run_v2_job.this["job"].timeouts.create == "45m"
    error_message = "The time must reach the job."
  }
}

run "a_time_has_a_unit" {
  command = plan

  variables {
    timeouts = { create = "45" }
  }

  expect_failures = [var.timeouts]
}

run "a_run_by_hand" {
  command = plan

  assert {
    condition     = output.invoke_command == "gcloud run jobs execute acme-prod-stripe --project=acme-data-prod --region=europe-west1 --wait"
    error_message = "The command must name the job."
  }
}
