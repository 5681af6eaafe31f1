provider "aws" {
  region = "eu-central-1"
}

locals {
  tags = {
    CostCenter  = "FIN-002"
    Environment = "prod"
    Owner       = "payments@example.com"
    Regulations = "GDPR+PCI-DSS"
  }

  channels = ["arn:aws:sns:eu-central-1:123456789012:etl-alarms"]

  network = {
    vpc_id             = "vpc-0123456789abcdef0"
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"]
  }
}

# Sources outside HTTPS need a group of one's own.
resource "aws_security_group" "database_clients" {
  name        = "etl-database-clients-containers"
  description = "May connect to the orders database"
  vpc_id      = local.network.vpc_id
  tags        = local.tags
}

# A nightly job with everything a job can have.
module "job" {
  source = "../.."

  name        = "Stripe_Charges"
  tenant      = "acme"
  environment = "prod"

  image             = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl/stripe:1.4.0"
  command           = ["python", "-m", "etl"]
  args              = ["--job", "stripe_charges"]
  cpu               = 2
  cpu_architecture  = "ARM64"
  memory_mib        = 8192
  timeout_seconds   = 7200
  max_retries       = 2
  parallelism       = 4
  overlapping_runs  = true
  invokers          = ["arn:aws:iam::123456789012:role/orchestrator"]
  network           = local.network
  log_group_name    = "/etl/acme/prod/stripe-charges"
  metrics_namespace = "etl"

  container_insights    = true
  ephemeral_storage_gib = 50
  log_kms_key_arn       = "arn:aws:kms:eu-central-1:123456789012:key/22222222-3333-4444-5555-666666666666"
  log_retention_days    = 365

  environment_variables = {
    LOG_LEVEL = "info"
  }

  secrets = {
    DATABASE_URL   = "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/etl/database-url"
    STRIPE_API_KEY = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/stripe-AbCdEf:api_key::"
  }

  readable_secrets     = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/rotating-GhIjKl"]
  secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/33333333-4444-5555-6666-777777777777"]

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/stripe"
    allow_delete = true
    state_bucket = "acme-etl-state"
    state_prefix = "stripe_charges"
    targets      = [{ bucket = "acme-warehouse", prefix = "stripe" }]
  }

  access = [
    { resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/etl-offsets", level = "write" },
    { resource = "arn:aws:glue:eu-central-1:123456789012:database/sales", level = "write" },
    { resource = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks", level = "read" },
    { resource = "arn:aws:s3:::acme-landing/erp", level = "read" },
    { resource = "arn:aws:sqs:eu-central-1:123456789012:orders", level = "write" },
  ]

  egress_rules = {
    cache    = { port = 6379, cidr_blocks = ["10.1.2.3/32"] }
    database = { port = 5432, security_group_ids = ["sg-0123456789abcdef0"] }
  }

  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:key/44444444-5555-6666-7777-888888888888"

  schedule = {
    expression = "cron(30 2 * * ? *)"
    timezone   = "Europe/Berlin"
  }

  alerts = {
    channels              = local.channels
    failed_runs           = 1
    error_lines           = 20
    run_seconds           = 5400
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }

  tags = local.tags
}

# A worker on an existing cluster, as an existing role, in the caller's own security group.
module "worker" {
  source = "../.."

  name         = "order-events"
  tenant       = "acme"
  environment  = "prod"
  image        = "public.ecr.aws/docker/library/python:3.12-slim"
  cluster_name = "shared-workers"
  identity     = "arn:aws:iam::123456789012:role/order-events"

  workers = {
    min = 2
    max = 6
  }

  network = {
    vpc_id             = local.network.vpc_id
    subnet_ids         = local.network.subnet_ids
    security_group_ids = [aws_security_group.database_clients.id]
  }

  alerts = {
    channels = local.channels
  }

  tags = local.tags
}
