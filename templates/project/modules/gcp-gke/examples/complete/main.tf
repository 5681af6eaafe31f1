locals {
  project_id = "acme-data-prod"
  region     = "europe-west1"

  tags = {
    tenant              = "acme"
    environment         = "prod"
    job                 = "stripe-customers"
    cost_center         = "fin-001"
    team                = "data-engineering"
    data_classification = "pii"
    managed_by          = "terraform"
  }

  kubernetes_labels = {
    tenant              = "acme"
    environment         = "prod"
    job                 = "stripe-customers"
    cost-center         = "FIN-001"
    team                = "data-engineering"
    data-classification = "PII"
    managed-by          = "terraform"
  }
}

provider "google" {
  project        = local.project_id
  region         = local.region
  default_labels = local.tags
}

# The cluster that this configuration makes, reached with the caller's own Google identity; no token is kept.
provider "kubernetes" {
  host                   = module.job.kubernetes_host
  cluster_ca_certificate = module.job.kubernetes_ca_certificate

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "gke-gcloud-auth-plugin"
    args        = ["--use_application_default_credentials"]
  }
}

module "job" {
  source = "../../"

  project_id        = local.project_id
  region            = local.region
  name              = "stripe-customers"
  tenant            = "acme"
  environment       = "prod"
  tags              = local.tags
  kubernetes_labels = local.kubernetes_labels

  labels      = { "acme.example/tier" = "batch" }
  annotations = { "acme.example/owner" = "data-platform@acme.example" }
  namespace   = "etl"

  image                 = "europe-west1-docker.pkg.dev/acme-data-prod/etl/runner:1.4.0"
  args                  = ["run", "--config", "jobs/stripe_customers.yaml"]
  cpu                   = 2
  memory_mib            = 8192
  ephemeral_storage_mib = 10240
  timeout_seconds       = 7200
  max_retries           = 1
  parallelism           = 4

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    STRIPE_API_KEY = "stripe/api-key"
  }

  readable_secrets = ["projects/acme-data-prod/secrets/stripe-webhook"]

  # A network of another project, with ranges made for this cluster; Terraform runs inside it.
  network = {
    network      = "projects/acme-net/global/networks/data"
    subnetwork   = "projects/acme-net/regions/europe-west1/subnetworks/etl"
    network_tags = ["etl"]
  }
  pods_range_name     = "etl-pods"
  services_range_name = "etl-services"
  dns_endpoint        = false
  authorized_networks = { runners = "10.20.0.0/24" }

  network_policy = {
    egress_cidr_blocks = ["0.0.0.0/0"]
    egress_ports       = [443, 5432]
  }

  zones = ["europe-west1-b", "europe-west1-c"]
  nodes = {
    instance_type = "n2-standard-4"
    autoscaling   = { min = 0, max = 8 }
    disk_gib      = 200
    spot          = true
  }
  system_nodes    = { instance_type = "e2-standard-2", max = 4 }
  timeouts        = { create = "60m" }
  release         = "1.35"
  release_channel = "STABLE"

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/stripe"
    state_bucket = "acme-etl-state"
    state_prefix = "acme/stripe-customers"
    targets      = [{ bucket = "acme-warehouse", prefix = "stripe" }]
  }

  access = [
    { resource = "projects/acme-data-prod/datasets/sales", level = "write" },
    { resource = "projects/acme-data-prod/subscriptions/orders", level = "read" },
    { resource = "projects/acme-data-prod/topics/done", level = "write" },
    { resource = "gs://acme-landing/erp", level = "read" },
  ]

  kms_key_id = "projects/acme-keys/locations/europe-west1/keyRings/data/cryptoKeys/etl"

  schedule = {
    expression = "0 2 * * *"
    timezone   = "Europe/Berlin"
  }

  log_retention_days = 90

  alerts = {
    channels              = ["projects/acme-data-prod/notificationChannels/1234567890"]
    error_lines           = 5
    run_seconds           = 5400
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }
}
