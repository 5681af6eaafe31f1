data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  dns_suffix = data.aws_partition.current.dns_suffix
  partition  = data.aws_partition.current.partition
  # The id of this data source is the region's name in versions 5 and 6 of the provider.
  region = data.aws_region.current.id

  # The one key of everything that a cluster of the job's own brings along; empty where it uses an existing one.
  own_cluster = toset(var.cluster_id == null ? ["this"] : [])

  cluster_id  = var.cluster_id == null ? one([for cluster in aws_emr_cluster.this : cluster.id]) : var.cluster_id
  cluster_arn = "arn:${local.partition}:elasticmapreduce:${local.region}:${local.account_id}:cluster/${local.cluster_id}"

  release = var.release == null ? "emr-7.10.0" : var.release

  node_types    = setunion([var.nodes.instance_type == null ? "m5.xlarge" : var.nodes.instance_type], var.nodes.other_instance_types)
  primary_types = var.primary_instance_type == null ? local.node_types : toset([var.primary_instance_type])

  # Core nodes hold the file system of the cluster (HDFS), so they are neither spot nor scaled. What comes and goes
  # are task nodes above them: a fleet of its own, sized by managed scaling between the two bounds.
  fewest_nodes = var.nodes.autoscaling != null ? var.nodes.autoscaling.min : var.nodes.count == null ? 2 : var.nodes.count
  most_nodes   = var.nodes.autoscaling != null ? var.nodes.autoscaling.max : local.fewest_nodes
  core_nodes   = var.nodes.spot && var.nodes.autoscaling == null ? 1 : local.fewest_nodes
  first_nodes  = var.nodes.count == null ? local.fewest_nodes : var.nodes.count
  # A fleet cannot be made empty (API_InstanceFleetConfig); an idle node is taken away again.
  task_nodes = max(1, local.first_nodes - local.core_nodes)
  task_fleet = toset(length(local.own_cluster) == 1 && local.most_nodes > local.core_nodes ? ["this"] : [])

  # As EMR spells them; there are more, of which it is the judge.
  # https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-components.html
  application_names = [
    "AmazonCloudWatchAgent", "Delta", "Flink", "Ganglia", "Hadoop", "HBase", "HCatalog", "Hive", "Hudi", "Hue", "Iceberg", "JupyterEnterpriseGateway",
    "JupyterHub", "Livy", "MXNet", "Mahout", "Oozie", "Phoenix", "Pig", "Presto", "Spark", "Sqoop", "TensorFlow", "Tez", "Trino", "Zeppelin", "ZooKeeper",
  ]

  configurations = [for classification, properties in var.configurations : {
    Classification = classification
    Properties     = properties
  }]
}

resource "aws_emr_cluster" "this" {
  for_each = local.own_cluster

  name                              = local.name
  release_label                     = local.release
  applications                      = var.applications == null ? ["Hadoop", "Spark"] : var.applications
  configurations_json               = length(local.configurations) == 0 ? null : jsonencode(local.configurations)
  keep_job_flow_alive_when_no_steps = true
  list_steps_states                 = ["PENDING"] # A cluster that lives long has thousands of steps: they stay out of the state.
  log_encryption_kms_key_id         = local.key_arn
  log_uri                           = "s3://${aws_s3_bucket.logs[each.key].bucket}/"
  scale_down_behavior               = "TERMINATE_AT_TASK_COMPLETION"
  security_configuration            = aws_emr_security_configuration.this[each.key].name
  service_role                      = aws_iam_role.service[each.key].arn
  step_concurrency_level            = var.step_concurrency
  termination_protection            = false
  tags                              = var.tags # EMR hands them on to the instances and their volumes.

  ec2_attributes {
    instance_profile                  = aws_iam_instance_profile.this[each.key].arn
    subnet_ids                        = var.network.subnet_ids
    emr_managed_master_security_group = aws_security_group.nodes["primary"].id
    emr_managed_slave_security_group  = aws_security_group.nodes["core"].id
    service_access_security_group     = aws_security_group.service[each.key].id
    additional_master_security_groups = length(var.network.security_group_ids) == 0 ? null : join(",", sort(var.network.security_group_ids))
    additional_slave_security_groups  = length(var.network.security_group_ids) == 0 ? null : join(",", sort(var.network.security_group_ids))
  }

  master_instance_fleet {
    name                      = "primary"
    target_on_demand_capacity = 1

    dynamic "instance_type_configs" {
      for_each = local.primary_types

      content {
        instance_type     = instance_type_configs.value
        weighted_capacity = 1

        dynamic "ebs_config" {
          for_each = var.nodes.disk_gib[*]

          content {
            size                 = ebs_config.value
            type                 = "gp3"
            volumes_per_instance = 1
          }
        }
      }
    }
  }

  core_instance_fleet {
    # A cluster keeps the one fleet of task nodes that it has, and that its market: the name makes it another cluster.
    name                      = var.nodes.spot ? "core-on-demand" : "core"
    target_on_demand_capacity = local.core_nodes

    dynamic "instance_type_configs" {
      for_each = local.node_types

      content {
        instance_type     = instance_type_configs.value
        weighted_capacity = 1

        dynamic "ebs_config" {
          for_each = var.nodes.disk_gib[*]

          content {
            size                 = ebs_config.value
            type                 = "gp3"
            volumes_per_instance = 1
          }
        }
      }
    }
  }

  lifecycle {
    # A cluster keeps what the security configuration said when it started, and a new one has the name of the old.
    replace_triggered_by = [aws_emr_security_configuration.this[each.key]]
  }

  # Nodes start as soon as the cluster is there, and need rights, rules and somewhere to log to then.
  depends_on = [
    aws_iam_role_policy_attachment.access,
    aws_iam_role_policy_attachment.instance,
    aws_iam_role_policy_attachment.service,
    aws_s3_bucket_ownership_controls.logs,
    aws_s3_bucket_policy.logs,
    aws_s3_bucket_public_access_block.logs,
    aws_s3_bucket_server_side_encryption_configuration.logs,
    aws_vpc_security_group_egress_rule.further,
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.nodes,
    aws_vpc_security_group_egress_rule.service,
    aws_vpc_security_group_egress_rule.to_service,
    aws_vpc_security_group_ingress_rule.from_service,
    aws_vpc_security_group_ingress_rule.nodes,
    aws_vpc_security_group_ingress_rule.service,
  ]
}

resource "aws_emr_instance_fleet" "task" {
  for_each = local.task_fleet

  cluster_id                = aws_emr_cluster.this[each.key].id
  name                      = "task"
  target_on_demand_capacity = var.nodes.spot ? 0 : local.task_nodes
  target_spot_capacity      = var.nodes.spot ? local.task_nodes : 0

  dynamic "instance_type_configs" {
    for_each = local.node_types

    content {
      instance_type     = instance_type_configs.value
      weighted_capacity = 1

      dynamic "ebs_config" {
        for_each = var.nodes.disk_gib[*]

        content {
          size                 = ebs_config.value
          type                 = "gp3"
          volumes_per_instance = 1
        }
      }
    }
  }

  dynamic "launch_specifications" {
    for_each = toset(var.nodes.spot ? ["spot"] : [])

    content {
      spot_specification {
        allocation_strategy      = "capacity-optimized"
        timeout_action           = "SWITCH_TO_ON_DEMAND"
        timeout_duration_minutes = 15
      }
    }
  }

  lifecycle {
    # From the first apply on, managed scaling sets both.
    ignore_changes = [target_on_demand_capacity, target_spot_capacity]
  }
}

resource "aws_emr_managed_scaling_policy" "this" {
  for_each = local.task_fleet

  cluster_id = aws_emr_cluster.this[each.key].id

  compute_limits {
    unit_type                       = "InstanceFleetUnits"
    minimum_capacity_units          = local.fewest_nodes
    maximum_capacity_units          = local.most_nodes
    maximum_core_capacity_units     = local.core_nodes
    maximum_ondemand_capacity_units = var.nodes.spot ? local.core_nodes : local.most_nodes
  }

  depends_on = [aws_emr_instance_fleet.task]
}
