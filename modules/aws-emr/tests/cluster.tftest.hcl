# The cluster. Paths covered:
# - two nodes besides the primary one, fixed, without a policy that scales
# - release, applications, configurations, concurrency
# - encryption at rest with the module's key and with the caller's; in transit with certificates
# - the bucket and the log group

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  entry_point = "s3://code/orders/main.py"

  network = {
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-b", "subnet-a"]
  }
}

run "small_and_fixed_by_default" {
  assert {
    condition     = aws_emr_cluster.this["this"].core_instance_fleet[0].target_on_demand_capacity == 2 && length(aws_emr_instance_fleet.task) + length(aws_emr_managed_scaling_policy.this) == 0
    error_message = "By default there must be two nodes, and nothing that scales."
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-7.10.0" && aws_emr_cluster.this["this"].applications == toset(["Hadoop", "Spark"]) && one(aws_emr_cluster.this["this"].master_instance_fleet[0].instance_type_configs).instance_type == "m5.xlarge"
    error_message = "Release, applications and type have defaults."
  }

  assert {
    condition     = aws_emr_cluster.this["this"].keep_job_flow_alive_when_no_steps
    error_message = "The cluster must wait for steps."
  }
}

run "software_is_as_asked" {
  variables {
    applications     = ["Hadoop", "Hive", "Spark"]
    configurations   = { spark-defaults = { "spark.sql.shuffle.partitions" = "64" } }
    release          = "emr-6.15.0"
    step_concurrency = 3
  }

  assert {
    condition     = aws_emr_cluster.this["this"].release_label == "emr-6.15.0" && aws_emr_cluster.this["this"].step_concurrency_level == 3 && contains(aws_emr_cluster.this["this"].applications, "Hive")
    error_message = "Release, applications and concurrency must be those that were given."
  }

  assert {
    condition     = jsondecode(aws_emr_cluster.this["this"].configurations_json) == [{ Classification = "spark-defaults", Properties = { "spark.sql.shuffle.partitions" = "64" } }]
    error_message = "Configurations must be as EMR takes them."
  }
}

run "disks_are_encrypted_with_the_modules_key" {
  assert {
    condition = jsondecode(aws_emr_security_configuration.this["this"].configuration) == {
      EncryptionConfiguration = {
        EnableAtRestEncryption    = true
        EnableInTransitEncryption = false
        AtRestEncryptionConfiguration = {
          LocalDiskEncryptionConfiguration = {
            EncryptionKeyProviderType = "AwsKms"
            AwsKmsKey                 = "arn:aws:kms:eu-central-1:123456789012:key/own"
            EnableEbsEncryption       = true
          }
        }
      }
      InstanceMetadataServiceConfiguration = {
        MinimumInstanceMetadataServiceVersion = 2
        HttpPutResponseHopLimit               = 1
      }
    }
    error_message = "Disks must be encrypted with the key of the cluster, and the buckets of the job left to their own default."
  }

  assert {
    condition     = aws_kms_key.this["this"].enable_key_rotation && aws_kms_key.this["this"].deletion_window_in_days == 30
    error_message = "The key must be rotated, and not be gone at once."
  }
}

run "callers_key_and_certificates_are_used" {
  variables {
    in_transit_certificates = "s3://keys/emr/prod.zip"
    kms_key_id              = "arn:aws:kms:eu-central-1:123456789012:key/given"
  }

  assert {
    condition     = length(aws_kms_key.this) + length(aws_kms_alias.this) == 0
    error_message = "With the caller's key none must be made."
  }

  assert {
    condition     = jsondecode(aws_emr_security_configuration.this["this"].configuration).EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration == { EncryptionMode = "SSE-KMS", AwsKmsKey = "arn:aws:kms:eu-central-1:123456789012:key/given" }
    error_message = "What is written to S3 must be encrypted with the caller's key."
  }

  assert {
    condition     = jsondecode(aws_emr_security_configuration.this["this"].configuration).EncryptionConfiguration.InTransitEncryptionConfiguration.TLSCertificateConfiguration == { CertificateProviderType = "PEM", S3Object = "s3://keys/emr/prod.zip" } && jsondecode(aws_emr_security_configuration.this["this"].configuration).EncryptionConfiguration.EnableInTransitEncryption
    error_message = "With certificates nodes must talk in encrypted form."
  }

  assert {
    condition     = aws_emr_cluster.this["this"].log_encryption_kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/given" && aws_cloudwatch_log_group.executions.kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/given"
    error_message = "Logs must be encrypted with the caller's key."
  }
}

run "log_bucket_is_closed" {
  variables {
    log_retention_days = 90
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.logs["this"].block_public_acls && aws_s3_bucket_public_access_block.logs["this"].block_public_policy && aws_s3_bucket_public_access_block.logs["this"].ignore_public_acls && aws_s3_bucket_public_access_block.logs["this"].restrict_public_buckets
    error_message = "All four ways to the public must be blocked."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.logs["this"].policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.logs["this"].policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Plain HTTP must be refused."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.logs["this"].rule[0].expiration[0].days == 90 && aws_cloudwatch_log_group.executions.retention_in_days == 90
    error_message = "Logs must be kept for the time that was asked for, in both places."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.logs["this"].rule).apply_server_side_encryption_by_default).kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/own"
    error_message = "The bucket must be encrypted with the key of the cluster."
  }

  assert {
    condition     = aws_emr_cluster.this["this"].log_uri == "s3://acme-prod-orders-logs-123456789012/" && aws_s3_bucket.logs["this"].force_destroy
    error_message = "The cluster must log to the bucket, which goes with it unless the caller says otherwise."
  }
}

run "logs_are_kept_when_asked" {
  variables {
    force_destroy_logs = false
    log_kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/logs"
  }

  assert {
    condition     = !aws_s3_bucket.logs["this"].force_destroy && aws_cloudwatch_log_group.executions.kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/logs"
    error_message = "The bucket must stay while it holds logs, and the log group have its own key."
  }
}

run "own_key_stays_beside_another" {
  command = plan

  variables {
    kms_key_id   = "arn:aws:kms:eu-central-1:123456789012:key/2"
    keep_own_key = true
  }

  assert {
    condition     = length(aws_kms_key.this) == 1 && aws_emr_cluster.this["this"].log_encryption_kms_key_id == var.kms_key_id
    error_message = "What is new must be encrypted with the key given, and the module's own stay to read what is old."
  }
}
