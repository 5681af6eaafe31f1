# Statements that open secrets: for the execution role (ECS fetches what stands in secrets before the
# container starts) and for the task role (the code reads what stands in readable_secrets).

locals {
  secret_references = {
    secrets          = toset(values(var.secrets))
    readable_secrets = var.readable_secrets
  }

  # A reference may name a field of the secret after its ARN, whose seven parts are what IAM knows.
  # An ARN without the six characters that Secrets Manager adds to each name stands for the secret all the same.
  secretsmanager_arns = {
    for role, references in local.secret_references : role => sort(distinct([
      for arn in [for reference in references : join(":", slice(split(":", reference), 0, 7)) if strcontains(reference, ":secretsmanager:")] :
      can(regex("-[A-Za-z0-9]{6}$", arn)) ? arn : "${arn}-??????"
    ]))
  }

  parameter_arns = {
    for role, references in local.secret_references : role => sort([for reference in references : reference if strcontains(reference, ":ssm:")])
  }

  fetch_statements = { for role in keys(local.secret_references) : role => concat(
    [for arns in [local.secretsmanager_arns[role]] : {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = arns
    } if length(arns) > 0],
    [for arns in [local.parameter_arns[role]] : {
      Sid      = "ReadParameters"
      Effect   = "Allow"
      Action   = role == "secrets" ? ["ssm:GetParameters"] : ["ssm:GetParameter", "ssm:GetParameters"]
      Resource = arns
    } if length(arns) > 0],
  ) }

  # Keys are used through the service that holds the secret, never directly.
  decrypting_services = { for role in keys(local.secret_references) : role => concat(
    length(local.secretsmanager_arns[role]) > 0 ? ["secretsmanager"] : [],
    length(local.parameter_arns[role]) > 0 ? ["ssm"] : [],
  ) }

  secrets_key_regions = distinct([for arn in var.secrets_kms_key_arns : split(":", arn)[3]])

  decrypt_statements = { for role, services in local.decrypting_services : role => [
    for keys in [sort(var.secrets_kms_key_arns)] : {
      Sid      = "DecryptSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = keys
      Condition = { StringEquals = {
        "kms:ViaService" = [for pair in setproduct(services, local.secrets_key_regions) : "${pair[0]}.${pair[1]}.${data.aws_partition.current.dns_suffix}"]
      } }
    } if length(keys) > 0 && length(services) > 0
  ] }
}
