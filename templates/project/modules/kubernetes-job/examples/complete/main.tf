locals {
  cluster_name = "data"
  region       = "eu-central-1"

  tags = {
    tenant              = "acme"
    environment         = "prod"
    cost-center         = "FIN-001"
    team                = "data-engineering"
    data-classification = "PII"
    managed-by          = "terraform"
  }
}

provider "aws" {
  region = local.region
}

data "aws_eks_cluster" "this" {
  name = local.cluster_name
}

# A fresh token for each run of Terraform; none is kept.
provider "kubernetes" {
  host                   = data.aws_eks_cluster.this.endpoint
  cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", local.cluster_name, "--region", local.region]
  }
}

module "job" {
  source = "../../"

  name         = "stripe-customers"
  tenant       = "acme"
  environment  = "prod"
  tags         = local.tags
  cluster_name = local.cluster_name

  labels      = { "acme.example/tier" = "batch" }
  annotations = { "acme.example/owner" = "data-platform@acme.example" }

  image                 = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl/runner:1.4.0"
  args                  = ["run", "--config", "jobs/stripe_customers.yaml"]
  cpu                   = 2
  memory_mib            = 4096
  ephemeral_storage_mib = 10240
  timeout_seconds       = 7200
  max_retries           = 1
  parallelism           = 4

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    STRIPE_API_KEY = "stripe/api-key"
    WAREHOUSE_DSN  = "warehouse/dsn"
  }

  readable_secrets = ["stripe-webhook"]

  identity = {
    aws_role_arn = "arn:aws:iam::123456789012:role/acme-prod-stripe-customers"
  }

  network_policy = {
    egress_cidr_blocks = ["0.0.0.0/0"]
    egress_ports       = [443, 5432]
  }

  quota = {
    cpu        = 20
    memory_mib = 40960
    pods       = 20
  }

  node_selector = { "acme.example/pool" = "etl" }

  tolerations = [
    { key = "acme.example/pool", value = "etl", effect = "NoSchedule" },
  ]

  schedule = {
    expression = "0 2 * * *"
    timezone   = "Europe/Berlin"
  }
}

# Workers of the same tenant, in a namespace that somebody else made.
module "workers" {
  source = "../../"

  name         = "stripe-events"
  tenant       = "acme"
  environment  = "prod"
  tags         = local.tags
  cluster_name = local.cluster_name
  namespace    = "payments"

  image   = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl/runner:1.4.0"
  args    = ["listen"]
  workers = { min = 2, max = 6 }
  secrets = { STRIPE_API_KEY = "stripe/api-key" }
}
