# Statements that open the secrets which the code reads while it runs.

locals {
  # An ARN without the six characters that Secrets Manager adds to each name stands for the secret all the same.
  secretsmanager_arns = sort([
    for arn in var.readable_secrets : can(regex("-[A-Za-z0-9]{6}$", arn)) ? arn : "${arn}-??????" if strcontains(arn, ":secretsmanager:")
  ])

  parameter_arns = sort([for arn in var.readable_secrets : arn if strcontains(arn, ":ssm:")])

  secret_statements = concat(
    [for arns in [local.secretsmanager_arns] : {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = arns
    } if length(arns) > 0],
    [for arns in [local.parameter_arns] : {
      Sid      = "ReadParameters"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter", "ssm:GetParameters"]
      Resource = arns
    } if length(arns) > 0],
  )

  # Keys are used through the service that holds the secret, never directly.
  decrypting_services = concat(
    length(local.secretsmanager_arns) > 0 ? ["secretsmanager"] : [],
    length(local.parameter_arns) > 0 ? ["ssm"] : [],
  )

  secrets_key_regions = distinct([for arn in var.secrets_kms_key_arns : split(":", arn)[3]])

  decrypt_statements = [for keys in [sort(var.secrets_kms_key_arns)] : {
    Sid      = "DecryptSecrets"
    Effect   = "Allow"
    Action   = ["kms:Decrypt"]
    Resource = keys
    Condition = { StringEquals = {
      "kms:ViaService" = [for pair in setproduct(local.decrypting_services, local.secrets_key_regions) : "${pair[0]}.${pair[1]}.${local.dns_suffix}"]
    } }
  } if length(keys) > 0 && length(local.decrypting_services) > 0]
}
