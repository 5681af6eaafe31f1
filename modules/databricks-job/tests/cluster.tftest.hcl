# The job cluster. Paths covered:
# - machines on AWS, Azure and Google Cloud: on demand and spot, disks
# - number of workers, autoscaling
# - machines out of a pool, with and without an instance profile
# - access mode, engine, policy, image, logs, Spark properties
# - variables and references to secrets

mock_provider "databricks" {
  source = "./tests/mocks"
}

variables {
  name        = "orders"
  tenant      = "acme"
  environment = "prod"
  cloud       = "aws"
  entry_point = "/Shared/etl/orders"
  release     = "15.4.x-scala2.12"
  nodes       = { instance_type = "m6i.xlarge" }
}

run "by_default_on_aws" {
  assert {
    condition     = one(databricks_job.this.job_cluster).job_cluster_key == databricks_job.this.task[0].job_cluster_key && one(one(databricks_job.this.job_cluster).new_cluster).spark_version == "15.4.x-scala2.12"
    error_message = "The task must run on the job cluster, of the release."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).node_type_id == "m6i.xlarge" && one(one(databricks_job.this.job_cluster).new_cluster).num_workers == 1 && length(one(one(databricks_job.this.job_cluster).new_cluster).autoscale) == 0
    error_message = "There must be one worker of the node type."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).data_security_mode == "SINGLE_USER" && one(one(databricks_job.this.job_cluster).new_cluster).runtime_engine == "STANDARD"
    error_message = "The cluster must be the job's alone, and without Photon."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).enable_local_disk_encryption && one(one(databricks_job.this.job_cluster).new_cluster).enable_elastic_disk
    error_message = "Local disks must be encrypted, and grow."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).availability == "ON_DEMAND" && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).zone_id == "auto"
    error_message = "Machines must be on demand, in any zone."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_count == 1 && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_size == 100
    error_message = "Machines without a disk of their own must get a volume, or Databricks refuses the cluster."
  }

  assert {
    condition     = length(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes) == 0 && length(one(one(databricks_job.this.job_cluster).new_cluster).gcp_attributes) == 0
    error_message = "There must be attributes of one cloud only."
  }
}

run "machines_with_disks_of_their_own" {
  variables {
    nodes = { instance_type = "r6gd.2xlarge" }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_count == null && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_size == null
    error_message = "Machines with a disk of their own must get no volume besides."
  }
}

run "a_family_of_machines_with_disks" {
  variables {
    nodes = { instance_type = "i4i.xlarge" }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_type == null
    error_message = "Machines with a disk of their own must get no volume besides."
  }
}

run "a_policy_speaks_of_volumes_itself" {
  variables {
    policy_id = "0123456789ABCDEF"
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_count == null
    error_message = "What a policy fixes must not be set to something else."
  }
}

run "spot_and_disks_on_aws" {
  variables {
    instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/etl"
    nodes                = { instance_type = "m6i.xlarge", spot = true, disk_gib = 200, autoscaling = { min = 2, max = 8 } }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).availability == "SPOT_WITH_FALLBACK" && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).first_on_demand == 1
    error_message = "Workers must be spot, and the driver on demand."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_size == 200 && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).ebs_volume_count == 1 && one(one(databricks_job.this.job_cluster).new_cluster).enable_elastic_disk == false
    error_message = "Each machine must have one disk of the size, that does not grow."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).autoscale).min_workers == 2 && one(one(one(databricks_job.this.job_cluster).new_cluster).autoscale).max_workers == 8 && one(one(databricks_job.this.job_cluster).new_cluster).num_workers == null
    error_message = "The number of workers must be between the bounds, and not fixed as well."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).instance_profile_arn == "arn:aws:iam::123456789012:instance-profile/etl"
    error_message = "Machines must have the instance profile."
  }
}

run "azure" {
  variables {
    cloud = "azure"
    nodes = { instance_type = "Standard_D4s_v5", spot = true, count = 3 }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes).availability == "SPOT_WITH_FALLBACK_AZURE" && one(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes).first_on_demand == 1 && one(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes).spot_bid_max_price == -1
    error_message = "Workers must be spot at any price up to that on demand, and the driver on demand."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).num_workers == 3 && length(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes) == 0
    error_message = "There must be three workers, and attributes of Azure only."
  }
}

run "azure_on_demand" {
  variables {
    cloud               = "azure"
    nodes               = { instance_type = "Standard_D4s_v5" }
    encrypt_local_disks = false
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes).availability == "ON_DEMAND_AZURE" && one(one(one(databricks_job.this.job_cluster).new_cluster).azure_attributes).spot_bid_max_price == null
    error_message = "Machines must be on demand, without a bid."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).enable_local_disk_encryption == false
    error_message = "Encryption of local disks can be switched off."
  }
}

run "google_cloud" {
  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4", spot = true, disk_gib = 300 }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).gcp_attributes).availability == "PREEMPTIBLE_WITH_FALLBACK_GCP" && one(one(one(databricks_job.this.job_cluster).new_cluster).gcp_attributes).boot_disk_size == 300
    error_message = "Workers must be preemptible, with a disk of the size."
  }
}

run "google_cloud_on_demand" {
  variables {
    cloud = "gcp"
    nodes = { instance_type = "n2-standard-4" }
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).gcp_attributes).availability == "ON_DEMAND_GCP" && one(one(one(databricks_job.this.job_cluster).new_cluster).gcp_attributes).boot_disk_size == null
    error_message = "Machines must be on demand, with the disk of their type."
  }
}

run "pool" {
  variables {
    instance_pool_id = "0727-104344-hauls13-pool-uftxk0r6"
    nodes            = { count = 2 }
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).instance_pool_id == "0727-104344-hauls13-pool-uftxk0r6" && length(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes) == 0
    error_message = "Machines must be as the pool has them."
  }
}

run "pool_with_instance_profile" {
  variables {
    instance_pool_id     = "0727-104344-hauls13-pool-uftxk0r6"
    instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/etl"
    nodes                = {}
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).instance_profile_arn == "arn:aws:iam::123456789012:instance-profile/etl" && one(one(one(databricks_job.this.job_cluster).new_cluster).aws_attributes).availability == null
    error_message = "The profile is the cluster's, and the availability the pool's."
  }
}

run "everything_of_a_cluster" {
  variables {
    image           = "registry.example.com/etl:1.4.0"
    log_destination = "/Volumes/etl/prod/logs"
    photon          = true
    policy_id       = "0123456789ABCDEF"
    spark_conf      = { "spark.sql.session.timeZone" = "UTC" }
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).data_security_mode == "SINGLE_USER" && one(one(databricks_job.this.job_cluster).new_cluster).runtime_engine == "PHOTON" && one(one(databricks_job.this.job_cluster).new_cluster).policy_id == "0123456789ABCDEF"
    error_message = "Access mode, engine and policy must be handed on."
  }

  assert {
    condition     = one(one(one(databricks_job.this.job_cluster).new_cluster).docker_image).url == "registry.example.com/etl:1.4.0" && length(one(one(one(databricks_job.this.job_cluster).new_cluster).docker_image).basic_auth) == 0
    error_message = "The image must be handed on, and no password."
  }

  assert {
    condition     = one(one(one(one(databricks_job.this.job_cluster).new_cluster).cluster_log_conf).volumes).destination == "/Volumes/etl/prod/logs" && length(one(one(one(databricks_job.this.job_cluster).new_cluster).cluster_log_conf).dbfs) == 0
    error_message = "Logs must go to the volume."
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).spark_conf == tomap({ "spark.sql.session.timeZone" = "UTC" })
    error_message = "Spark properties must be handed on."
  }
}

run "standard_access_mode" {
  variables {
    data_security_mode = "USER_ISOLATION"
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).data_security_mode == "USER_ISOLATION"
    error_message = "The access mode must be handed on."
  }
}

run "logs_on_dbfs" {
  variables {
    log_destination = "dbfs:/cluster-logs/orders"
  }

  assert {
    condition     = one(one(one(one(databricks_job.this.job_cluster).new_cluster).cluster_log_conf).dbfs).destination == "dbfs:/cluster-logs/orders" && length(one(one(one(databricks_job.this.job_cluster).new_cluster).cluster_log_conf).volumes) == 0
    error_message = "Logs must go to DBFS."
  }
}

run "variables_and_secrets" {
  variables {
    environment_variables = { LOG_LEVEL = "info" }
    secrets               = { API_KEY = "etl-prod/stripe" }
  }

  assert {
    condition     = one(one(databricks_job.this.job_cluster).new_cluster).spark_env_vars == tomap({ LOG_LEVEL = "info", API_KEY = "{{secrets/etl-prod/stripe}}" })
    error_message = "A secret must be a reference that Databricks resolves, never a value."
  }
}
