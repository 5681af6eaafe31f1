# The service role: what EMR itself does to start, tag, resize and stop the nodes of this one cluster. It stands for the
# retired AmazonElasticMapReduceRole, and for its successor AmazonEMRServicePolicy_v2, which would ask for a tag of its own
# on the subnets, the groups and the cluster.

locals {
  ec2 = "arn:${local.partition}:ec2:${local.region}"

  # A shared subnet or group belongs to another account.
  network_arns = concat(
    [for id in sort(try(var.network.subnet_ids, [])) : "${local.ec2}:*:subnet/${id}"],
    [for id in sort(try(var.network.security_group_ids, [])) : "${local.ec2}:*:security-group/${id}"],
  )

  own_group_arns = concat(
    [for group in aws_security_group.nodes : group.arn],
    [for group in aws_security_group.service : group.arn],
  )

  node_things   = ["fleet", "instance", "launch-template", "network-interface", "volume"]
  node_arns     = [for thing in local.node_things : "${local.ec2}:${local.account_id}:${thing}/*"]
  this_profile  = { ArnEquals = { "ec2:InstanceProfile" = [for profile in aws_iam_instance_profile.this : profile.arn] } }
  instance_arns = ["${local.ec2}:${local.account_id}:instance/*"]

  launch_statements = [
    {
      # Only with the role of the nodes: it cannot pass any other.
      Sid      = "LaunchNodes"
      Effect   = "Allow"
      Action   = ["ec2:CreateFleet", "ec2:CreateNetworkInterface", "ec2:RunInstances"]
      Resource = concat(local.node_arns, local.network_arns, local.own_group_arns, ["${local.ec2}::image/*"])
    },
    {
      Sid      = "DescribeLaunch"
      Effect   = "Allow"
      Action   = ["ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplate"]
      Resource = ["${local.ec2}:${local.account_id}:launch-template/*"]
    },
    {
      Sid       = "PassNodeRole"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = [local.instance_role_arn]
      Condition = { StringEquals = { "iam:PassedToService" = "ec2.${local.dns_suffix}" } }
    },
    {
      Sid       = "TagAtLaunch"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = local.node_arns
      Condition = { StringEquals = { "ec2:CreateAction" = ["CreateFleet", "CreateLaunchTemplate", "CreateNetworkInterface", "RunInstances"] } }
    },
  ]

  care_statements = [
    {
      Sid       = "StopNodes"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags", "ec2:DeleteTags", "ec2:ModifyInstanceAttribute", "ec2:TerminateInstances"]
      Resource  = local.instance_arns
      Condition = local.this_profile
    },
    {
      # EMR marks what it makes with the id of the cluster.
      Sid       = "TagVolumes"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags", "ec2:DeleteTags"]
      Resource  = ["${local.ec2}:${local.account_id}:volume/*"]
      Condition = { StringLike = { "aws:ResourceTag/aws:elasticmapreduce:job-flow-id" = "j-*" } }
    },
    {
      Sid       = "RemoveInterfaces"
      Effect    = "Allow"
      Action    = ["ec2:DeleteNetworkInterface"]
      Resource  = ["${local.ec2}:${local.account_id}:network-interface/*"]
      Condition = { ArnLike = { "ec2:Vpc" = "${local.ec2}:*:vpc/${try(var.network.vpc_id, "")}" } }
    },
    {
      Sid      = "CompleteOwnGroups"
      Effect   = "Allow"
      Action   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"]
      Resource = local.own_group_arns
    },
    {
      # Describing knows no resources.
      Sid    = "LookAround"
      Effect = "Allow"
      Action = [
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribePlacementGroups",
        "ec2:DescribePrefixLists",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVolumeStatus",
        "ec2:DescribeVolumes",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcEndpointServices",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeVpcs",
      ]
      Resource = ["*"]
    },
  ]

  # https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-custom-ami.html, which lists them for encrypted volumes.
  disk_key_statements = [
    {
      Sid       = "EncryptVolumes"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource  = [local.key_arn]
      Condition = { StringEquals = { "kms:ViaService" = "ec2.${local.region}.${local.dns_suffix}" } }
    },
    {
      Sid       = "GrantVolumes"
      Effect    = "Allow"
      Action    = ["kms:CreateGrant"]
      Resource  = [local.key_arn]
      Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    },
    {
      Sid      = "KnowKey"
      Effect   = "Allow"
      Action   = ["kms:DescribeKey"]
      Resource = [local.key_arn]
    },
  ]

  # An account that has never had spot instances lacks the role that EC2 has for them.
  spot_statements = [for name in ["AWSServiceRoleForEC2Spot"] : {
    Sid       = "StartSpot"
    Effect    = "Allow"
    Action    = ["iam:CreateServiceLinkedRole"]
    Resource  = ["arn:${local.partition}:iam::${local.account_id}:role/aws-service-role/spot.amazonaws.com/${name}"]
    Condition = { StringEquals = { "iam:AWSServiceName" = "spot.amazonaws.com" } }
  } if var.nodes.spot]

  service_policy = jsonencode({ Version = "2012-10-17", Statement = concat(
    local.launch_statements,
    local.care_statements,
    local.disk_key_statements,
    local.spot_statements,
  ) })
}

resource "aws_iam_role" "service" {
  for_each = local.own_cluster

  name        = "${local.name}-service"
  description = "Lets EMR start and stop the nodes of ${local.name}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "elasticmapreduce.${local.dns_suffix}" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:elasticmapreduce:${local.region}:${local.account_id}:*" }
      }
    }]
  })
  tags = var.tags
}

resource "aws_iam_policy" "service" {
  for_each = aws_iam_role.service

  name        = "${local.name}-service"
  description = "Nodes of ${local.name}"
  policy      = local.service_policy
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.service_policy) <= local.policy_longest
      error_message = "The policy of the service role is longer than the ${local.policy_longest} characters that IAM takes; give fewer subnet_ids."
    }
  }
}

resource "aws_iam_role_policy_attachment" "service" {
  for_each = aws_iam_policy.service

  role       = aws_iam_role.service[each.key].name
  policy_arn = each.value.arn
}
