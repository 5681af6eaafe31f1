# Statements of the execution role.

locals {
  # ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY, or its dual-stack form ACCOUNT.dkr-ecr.REGION.on.aws/REPOSITORY.
  ecr_images = regexall("^(?P<account>[0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.(?P<region>[a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)/(?P<repository>[^:@]+)", var.image)

  pull_statements = flatten([for image in local.ecr_images : [
    {
      Sid      = "LogInToRegistry"
      Effect   = "Allow"
      Action   = ["ecr:GetAuthorizationToken"]
      Resource = ["*"] # This action knows no resources.
    },
    {
      Sid      = "PullImage"
      Effect   = "Allow"
      Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = ["arn:${local.partition}:ecr:${image.region}:${image.account}:repository/${image.repository}"]
    },
  ]])

  log_statements = [{
    Sid      = "WriteLogs"
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    Resource = ["arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:${local.log_group_name}:*"]
  }]

  execution_statements = concat(
    local.pull_statements,
    local.log_statements,
    local.fetch_statements.secrets,
    local.decrypt_statements.secrets,
  )
}
