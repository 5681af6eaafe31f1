# Encryption of what nodes write to their disks, to S3, and to each other; and how they get at their credentials.

locals {
  # Objects in the buckets of the job are encrypted by a named key only. With none, each bucket's own default holds:
  # what the job leaves behind must stay readable when the job, and a key that was made for it, are gone.
  s3_encryption = var.kms_key_id == null ? {} : {
    S3EncryptionConfiguration = {
      EncryptionMode = "SSE-KMS"
      AwsKmsKey      = var.kms_key_id
    }
  }

  in_transit_encryption = var.in_transit_certificates == null ? {} : {
    InTransitEncryptionConfiguration = {
      TLSCertificateConfiguration = {
        CertificateProviderType = "PEM"
        S3Object                = var.in_transit_certificates
      }
    }
  }

  # https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
  security_configuration = {
    EncryptionConfiguration = merge(
      {
        EnableAtRestEncryption    = true
        EnableInTransitEncryption = var.in_transit_certificates != null
        AtRestEncryptionConfiguration = merge(local.s3_encryption, {
          LocalDiskEncryptionConfiguration = {
            EncryptionKeyProviderType = "AwsKms"
            AwsKmsKey                 = local.key_arn
            EnableEbsEncryption       = true
          }
        })
      },
      local.in_transit_encryption,
    )
    # Version 2 of the metadata service only, and no further than the node itself.
    InstanceMetadataServiceConfiguration = {
      MinimumInstanceMetadataServiceVersion = 2
      HttpPutResponseHopLimit               = 1
    }
  }
}

resource "aws_emr_security_configuration" "this" {
  # checkov:skip=CKV_AWS_171: with kms_key_id it is SSE-KMS. A key made for this job must not encrypt data that outlives it, so without one the default encryption of each bucket holds.
  # checkov:skip=CKV_AWS_349: local disks are always encrypted; the scan does not follow the merged local value.
  # checkov:skip=CKV_AWS_350: EBS volumes are always encrypted; the scan does not follow the merged local value.
  # checkov:skip=CKV_AWS_351: with in_transit_certificates it is encrypted. EMR makes no certificates itself; without any, nodes talk inside security groups that let nobody else in.
  for_each = local.own_cluster

  name          = local.name
  configuration = jsonencode(local.security_configuration)
}
