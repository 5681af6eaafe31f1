# The role of the nodes: what the code of the job may do. It stands for the retired AmazonElasticMapReduceforEC2Role.

locals {
  makes_instance_role = toset(var.identity == null ? local.own_cluster : [])

  instance_role_arn = var.identity == null ? one([for role in aws_iam_role.instance : role.arn]) : var.identity
  instance_policy   = jsonencode({ Version = "2012-10-17", Statement = local.instance_statements })

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  policy_longest = 6144
}

resource "aws_iam_role" "instance" {
  for_each = local.makes_instance_role

  name        = "${local.name}-instance"
  description = "What the code of ${local.name} may do"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.${local.dns_suffix}" }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "instance" {
  for_each = local.makes_instance_role

  name        = "${local.name}-instance"
  description = "Code, data, logs and secrets of ${local.name}"
  policy      = local.instance_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.instance_policy) <= local.policy_longest
      error_message = "The policy of the nodes' role is longer than the ${local.policy_longest} characters that IAM takes; give fewer readable_secrets, code_uris, targets of storage, or buckets in access."
    }
  }
}

resource "aws_iam_role_policy_attachment" "instance" {
  for_each = aws_iam_policy.instance

  role       = aws_iam_role.instance[each.key].name
  policy_arn = each.value.arn
}

resource "aws_iam_instance_profile" "this" {
  for_each = local.own_cluster

  name = "${local.name}-instance"
  # The name of an existing role stands at the end of its ARN, after its path.
  role = var.identity == null ? aws_iam_role.instance[each.key].name : reverse(split("/", var.identity))[0]
  tags = var.tags
}
