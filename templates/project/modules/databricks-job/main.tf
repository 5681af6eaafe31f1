resource "databricks_job" "this" {
  name                = local.name
  description         = "${var.name} of ${var.tenant}, ${var.environment}"
  max_concurrent_runs = 1
  tags                = local.job_tags

  dynamic "job_cluster" {
    for_each = local.job_clusters

    content {
      job_cluster_key = job_cluster.value

      new_cluster {
        spark_version                = var.release
        node_type_id                 = var.nodes.instance_type
        instance_pool_id             = var.instance_pool_id
        num_workers                  = var.nodes.autoscaling == null ? coalesce(var.nodes.count, 1) : null
        policy_id                    = var.policy_id
        data_security_mode           = var.data_security_mode
        runtime_engine               = var.photon ? "PHOTON" : "STANDARD"
        enable_elastic_disk          = local.grows_disks
        enable_local_disk_encryption = local.encrypts_local_disks
        spark_conf                   = var.spark_conf
        spark_env_vars               = local.spark_env_vars
        custom_tags                  = var.tags

        dynamic "autoscale" {
          for_each = var.nodes.autoscaling[*]

          content {
            min_workers = autoscale.value.min
            max_workers = autoscale.value.max
          }
        }

        dynamic "aws_attributes" {
          for_each = var.cloud == "aws" && (local.owns_machines || var.instance_profile_arn != null) ? [local.aws_attributes] : []

          content {
            availability         = aws_attributes.value.availability
            ebs_volume_count     = aws_attributes.value.ebs_volume_count
            ebs_volume_size      = aws_attributes.value.ebs_volume_size
            ebs_volume_type      = aws_attributes.value.ebs_volume_type
            first_on_demand      = aws_attributes.value.first_on_demand
            instance_profile_arn = aws_attributes.value.instance_profile_arn
            zone_id              = aws_attributes.value.zone_id
          }
        }

        dynamic "azure_attributes" {
          for_each = var.cloud == "azure" && local.owns_machines ? [local.azure_attributes] : []

          content {
            availability       = azure_attributes.value.availability
            first_on_demand    = azure_attributes.value.first_on_demand
            spot_bid_max_price = azure_attributes.value.spot_bid_max_price
          }
        }

        dynamic "gcp_attributes" {
          for_each = var.cloud == "gcp" && local.owns_machines ? [local.gcp_attributes] : []

          content {
            availability   = gcp_attributes.value.availability
            boot_disk_size = gcp_attributes.value.boot_disk_size
          }
        }

        dynamic "cluster_log_conf" {
          for_each = var.log_destination[*]

          content {
            dynamic "dbfs" {
              for_each = startswith(cluster_log_conf.value, "dbfs:/") ? [cluster_log_conf.value] : []

              content {
                destination = dbfs.value
              }
            }

            dynamic "volumes" {
              for_each = startswith(cluster_log_conf.value, "/Volumes/") ? [cluster_log_conf.value] : []

              content {
                destination = volumes.value
              }
            }
          }
        }

        dynamic "docker_image" {
          for_each = var.image[*]

          content {
            url = docker_image.value
          }
        }
      }
    }
  }

  task {
    task_key                  = local.task_key
    existing_cluster_id       = var.existing_cluster_id
    job_cluster_key           = one(local.job_clusters)
    timeout_seconds           = var.timeout_seconds
    max_retries               = var.max_retries
    min_retry_interval_millis = var.max_retries == 0 ? null : 60000
    retry_on_timeout          = false

    dynamic "library" {
      for_each = var.wheel[*]

      content {
        whl = library.value
      }
    }

    dynamic "notebook_task" {
      for_each = local.task_kind == "notebook" ? [var.entry_point] : []

      content {
        notebook_path   = notebook_task.value
        base_parameters = local.notebook_parameters
      }
    }

    dynamic "python_wheel_task" {
      for_each = local.task_kind == "wheel" ? [split(":", var.entry_point)] : []

      content {
        package_name = python_wheel_task.value[0]
        entry_point  = python_wheel_task.value[1]
        parameters   = var.args
      }
    }

    dynamic "spark_python_task" {
      for_each = local.task_kind == "file" ? [var.entry_point] : []

      content {
        python_file = spark_python_task.value
        parameters  = var.args
      }
    }
  }

  queue {
    enabled = var.queue
  }

  # What is taken away the provider does not always send as taken away, and then no plan shows it. A plan that would
  # leave something behind stops here: see "What is taken away" in the README.
  lifecycle {
    postcondition {
      condition = alltrue([for address in flatten([for mails in self.email_notifications : [
        coalesce(mails.on_failure, []), coalesce(mails.on_duration_warning_threshold_exceeded, []),
      ]]) : coalesce(address, "-") != "-"])
      error_message = "The last e-mail address cannot be taken out of alerts.channels: the provider would send an empty one. Remove the address on the job's page in the workspace first, or name another one."
    }

    postcondition {
      condition = var.policy_id != null || alltrue([for machines in flatten([for own in self.job_cluster : own.new_cluster[*].aws_attributes]) :
        coalesce(machines.instance_profile_arn, "-") == coalesce(var.instance_profile_arn, "-")
      ])
      error_message = "The provider leaves the instance profile with the job's machines when instance_profile_arn is taken away. Apply once with -replace of the job, or name another profile."
    }

    postcondition {
      condition = var.policy_id != null || alltrue(concat(
        [for machines in flatten([for own in self.job_cluster : own.new_cluster[*].aws_attributes]) :
        coalesce(machines.ebs_volume_size, 0) == coalesce(local.aws_attributes.ebs_volume_size, 0)],
        [for machines in flatten([for own in self.job_cluster : own.new_cluster[*].gcp_attributes]) :
        coalesce(machines.boot_disk_size, 0) == coalesce(local.gcp_attributes.boot_disk_size, 0)],
      ))
      error_message = "The provider leaves the disks of the job's machines as they were when nodes.disk_gib is taken away. Apply once with -replace of the job, or write the size that is wanted."
    }
  }

  dynamic "run_as" {
    for_each = var.identity[*]

    content {
      service_principal_name = run_as.value
    }
  }

  dynamic "schedule" {
    for_each = var.schedule[*]

    content {
      quartz_cron_expression = schedule.value.expression
      timezone_id            = schedule.value.timezone
      pause_status           = schedule.value.enabled ? "UNPAUSED" : "PAUSED"
    }
  }

  dynamic "trigger" {
    for_each = var.trigger[*]

    content {
      pause_status = trigger.value.enabled ? "UNPAUSED" : "PAUSED"

      dynamic "file_arrival" {
        for_each = trigger.value.url[*]

        content {
          url                               = file_arrival.value
          min_time_between_triggers_seconds = trigger.value.min_time_between_triggers_seconds
          wait_after_last_change_seconds    = trigger.value.wait_after_last_change_seconds
        }
      }

      dynamic "table_update" {
        for_each = length(trigger.value.table_names) == 0 ? [] : [trigger.value.table_names]

        content {
          table_names                       = sort(table_update.value)
          condition                         = trigger.value.all_tables ? "ALL_UPDATED" : "ANY_UPDATED"
          min_time_between_triggers_seconds = trigger.value.min_time_between_triggers_seconds
          wait_after_last_change_seconds    = trigger.value.wait_after_last_change_seconds
        }
      }
    }
  }

  dynamic "health" {
    for_each = local.run_seconds[*]

    content {
      rules {
        metric = "RUN_DURATION_SECONDS"
        op     = "GREATER_THAN"
        value  = health.value
      }
    }
  }

  dynamic "email_notifications" {
    for_each = length(local.addresses) == 0 ? [] : [local.addresses]

    content {
      on_failure                             = email_notifications.value
      on_duration_warning_threshold_exceeded = local.run_seconds == null ? null : email_notifications.value
    }
  }

  dynamic "webhook_notifications" {
    for_each = length(local.destinations) == 0 ? [] : [local.destinations]

    content {
      dynamic "on_failure" {
        for_each = webhook_notifications.value

        content {
          id = on_failure.value
        }
      }

      dynamic "on_duration_warning_threshold_exceeded" {
        for_each = local.run_seconds == null ? [] : webhook_notifications.value

        content {
          id = on_duration_warning_threshold_exceeded.value
        }
      }
    }
  }
}
