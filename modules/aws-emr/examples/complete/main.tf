provider "aws" {
  region = "eu-central-1"
}

locals {
  tags = {
    Classification = "PII"
    CostCenter     = "FIN-002"
    Environment    = "prod"
    Owner          = "payments@example.com"
    Regulations    = "GDPR+PCI-DSS"
  }

  channels = ["arn:aws:sns:eu-central-1:123456789012:etl-alarms"]
  vpc_id   = "vpc-0123456789abcdef0"
}

# Sources outside HTTPS need a group of one's own.
resource "aws_security_group" "database_clients" {
  # checkov:skip=CKV2_AWS_5: it is given to the nodes of the cluster, by way of a module that the scan does not follow.
  name        = "etl-database-clients-spark"
  description = "May connect to the orders database"
  vpc_id      = local.vpc_id
  tags        = local.tags
}

# A nightly Spark job on a cluster of its own, with everything that both can have.
module "job" {
  source = "../.."

  name        = "Orders_History"
  tenant      = "acme"
  environment = "prod"

  applications          = ["Hadoop", "Hive", "Spark"]
  release               = "emr-7.10.0"
  primary_instance_type = "m6g.xlarge"
  step_concurrency      = 2

  configurations = {
    spark-defaults = {
      "spark.dynamicAllocation.enabled" = "true"
    }
  }

  nodes = {
    instance_type = "r6g.2xlarge"
    count         = 4
    autoscaling   = { min = 2, max = 10 }
    disk_gib      = 200
    spot          = true
  }

  network = {
    vpc_id             = local.vpc_id
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_ids = [aws_security_group.database_clients.id]
    egress_cidr_blocks = ["10.0.0.0/8", "fd00::/8"]
  }

  entry_point     = "s3://acme-etl-code/orders/history.py"
  args            = ["--full", "--table", "orders"]
  spark_options   = ["--py-files", "s3://acme-etl-code/orders/libs.zip", "--conf", "spark.executor.memory=8g"]
  code_uris       = ["s3://acme-etl-code/orders/"]
  timeout_seconds = 14400
  max_retries     = 1

  environment_variables = {
    LOG_LEVEL = "info"
  }

  readable_secrets     = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders-AbCdEf", "arn:aws:ssm:eu-central-1:123456789012:parameter/prod/etl/database-url"]
  secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/33333333-4444-5555-6666-777777777777"]

  storage = {
    bucket       = "acme-data-lake"
    prefix       = "raw/orders"
    allow_delete = true
    state_bucket = "acme-etl-state"
    state_prefix = "orders_history"
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

  force_destroy_logs      = false
  in_transit_certificates = "s3://acme-etl-keys/emr/prod.zip"
  kms_key_id              = "arn:aws:kms:eu-central-1:123456789012:key/44444444-5555-6666-7777-888888888888"
  log_kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/22222222-3333-4444-5555-666666666666"
  log_retention_days      = 365

  schedule = {
    expression = "cron(30 2 * * ? *)"
    timezone   = "Europe/Berlin"
  }

  alerts = {
    channels     = local.channels
    failed_runs  = 1
    run_seconds  = 10800
    error_rate   = 10
    timeout_rate = 5
  }

  tags = local.tags
}

# A command on a cluster that other jobs share: only the steps are the module's.
module "on_shared_cluster" {
  source = "../.."

  name        = "compact"
  tenant      = "acme"
  environment = "prod"
  cluster_id  = "j-2AXXXXXXGAPLF"
  command     = ["spark-submit", "--class", "com.example.Compact", "s3://acme-etl-code/compact.jar"]

  schedule = {
    expression = "rate(1 day)"
    enabled    = false
  }

  tags = local.tags
}

# A cluster whose nodes run as an existing role, for Airflow to start.
module "as_existing_role" {
  source = "../.."

  name        = "reports"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://acme-etl-code/reports.jar"
  identity    = "arn:aws:iam::123456789012:role/etl/reports"

  spark_options = ["--class", "com.example.Reports"]

  network = {
    vpc_id     = local.vpc_id
    subnet_ids = ["subnet-0123456789abcdef0"]
  }

  tags = local.tags
}
