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
}

# Everything a function can have.
module "job" {
  source = "../.."

  name        = "Exchange_Rates"
  tenant      = "acme"
  environment = "prod"

  image                 = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/etl/rates@sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
  command               = ["/lambda-entrypoint.sh"]
  args                  = ["rates.handler"]
  cpu_architecture      = "ARM64"
  memory_mib            = 3008
  ephemeral_storage_mib = 2048
  timeout_seconds       = 600
  max_retries           = 2
  reserved_concurrency  = 2

  environment_variables = {
    LOG_LEVEL = "info"
  }

  readable_secrets = [
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/rates-GhIjKl",
    "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/etl/database-url",
  ]
  secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/33333333-4444-5555-6666-777777777777"]

  network = {
    vpc_id             = "vpc-0123456789abcdef0"
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"]
  }

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/rates"
    allow_delete = true
    state_bucket = "acme-etl-state"
    state_prefix = "exchange_rates"
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

  log_group_name     = "/etl/acme/prod/exchange-rates"
  log_kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/22222222-3333-4444-5555-666666666666"
  log_retention_days = 365
  metrics_namespace  = "etl"

  schedule = {
    expression = "cron(30 2 * * ? *)"
    timezone   = "Europe/Berlin"
  }

  alerts = {
    channels              = ["arn:aws:sns:eu-central-1:123456789012:etl-alarms"]
    failed_runs           = 1
    error_lines           = 20
    run_seconds           = 300
    error_rate            = 10
    timeout_rate          = 5
    records_field         = "totals.records"
    records_processed_min = 1
  }

  tags = local.tags
}
