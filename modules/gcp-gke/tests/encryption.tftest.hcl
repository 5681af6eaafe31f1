# Paths covered: encryption.tf. A key of the cluster's own, an existing one, and one whose use is granted elsewhere.

mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email  = "runner@acme-data-prod.iam.gserviceaccount.com"
      member = "serviceAccount:runner@acme-data-prod.iam.gserviceaccount.com"
      name   = "projects/acme-data-prod/serviceAccounts/runner@acme-data-prod.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_kms_key_ring" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe"
    }
  }

  mock_resource "google_kms_crypto_key" {
    defaults = {
      id = "projects/acme-data-prod/locations/europe-west1/keyRings/acme-prod-stripe/cryptoKeys/acme-prod-stripe"
    }
  }

  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

mock_provider "kubernetes" {}

mock_provider "time" {}

variables {
  project_id  = "acme-data-prod"
  region      = "europe-west1"
  name        = "stripe"
  tenant      = "acme"
  environment = "prod"
  image       = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  network     = { network = "data", subnetwork = "etl" }
}

run "a_key_of_its_own" {
  command = apply

  assert {
    condition     = google_kms_crypto_key.this["own"].rotation_period == "7776000s" && google_kms_key_ring.this["own"].location == "europe-west1"
    error_message = "The key must be in the region and be renewed every 90 days."
  }

  assert {
    condition = (
      google_container_cluster.this.database_encryption[0].state == "ENCRYPTED"
      && google_container_cluster.this.database_encryption[0].key_name == google_kms_crypto_key.this["own"].id
      && google_container_node_pool.this.node_config[0].boot_disk_kms_key == google_kms_crypto_key.this["own"].id
      && google_container_cluster.this.node_config[0].boot_disk_kms_key == google_kms_crypto_key.this["own"].id
    )
    error_message = "The key must encrypt the secrets in etcd and all disks of nodes."
  }

  assert {
    condition = { for key, grant in google_kms_crypto_key_iam_member.this : key => grant.member } == {
      compute = "serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com"
      gke     = "serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com"
    }
    error_message = "The service agents of GKE and Compute Engine must be able to use the key."
  }

  assert {
    condition     = time_sleep.key["grants"].create_duration == "90s" && time_sleep.key["grants"].triggers["key"] == google_kms_crypto_key.this["own"].id
    error_message = "GKE tries the key at once, so the cluster must wait until the grants have spread, with another key anew."
  }
}

run "an_existing_key" {
  command = apply

  variables {
    kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
  }

  assert {
    condition     = length(google_kms_key_ring.this) + length(google_kms_crypto_key.this) == 0 && google_container_cluster.this.database_encryption[0].key_name == "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    error_message = "An existing key must be used and none be made."
  }

  assert {
    condition     = alltrue([for grant in google_kms_crypto_key_iam_member.this : grant.condition[0].title == "acme-prod-stripe" && grant.role == "roles/cloudkms.cryptoKeyEncrypterDecrypter"])
    error_message = "Each grant must belong to this job alone."
  }
}

run "the_key_may_be_granted_elsewhere" {
  command = plan

  variables {
    kms_key_id    = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"
    kms_key_grant = false
  }

  assert {
    condition     = length(google_kms_crypto_key_iam_member.this) + length(time_sleep.key) == 0 && google_container_node_pool.this.node_config[0].boot_disk_kms_key != null
    error_message = "With kms_key_grant = false the key must be used without a grant, and without waiting for one."
  }
}
