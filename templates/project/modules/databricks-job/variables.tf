variable "alerts" {
  description = "Who hears of runs that fail, after their last retry, or that last longer than run_seconds: channels (e-mail addresses, and ids of the workspace's notification destinations, at most 3). Null: nobody."
  type = object({
    channels    = optional(set(string), [])
    run_seconds = optional(number)
  })
  default = null

  validation {
    condition = alltrue([for channel in try(var.alerts.channels, []) :
      can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", channel)) ||
      can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", channel))
    ])
    error_message = "Each of alerts.channels must be an e-mail address or the id of a notification destination."
  }

  # https://docs.databricks.com/api/workspace/jobs/create#webhook_notifications
  validation {
    condition     = length([for channel in try(var.alerts.channels, []) : channel if !strcontains(channel, "@")]) <= 3
    error_message = "Databricks tells at most 3 notification destinations of a run; alerts.channels has more."
  }

  validation {
    condition     = var.alerts == null ? true : length(var.alerts.channels) >= 1
    error_message = "The alerts need at least one of channels: on Databricks nothing else tells of a run."
  }

  validation {
    condition     = try(var.alerts.run_seconds, null) == null ? true : var.alerts.run_seconds >= 1 && var.alerts.run_seconds <= 2147483647 && floor(var.alerts.run_seconds) == var.alerts.run_seconds
    error_message = "The value of alerts.run_seconds must be a whole number from 1 to 2147483647."
  }
}

variable "args" {
  description = "Parameters of the task: arguments of a Python file or of a wheel's function; NAME=VALUE for a notebook, which reads each as a widget."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = var.wheel != null || endswith(var.entry_point, ".py") || alltrue([for argument in var.args : can(regex("^[^=]+=", argument))])
    error_message = "A notebook reads its parameters by name, so each of args must be NAME=VALUE."
  }
}

variable "cloud" {
  description = "Cloud that the workspace is on: aws, azure or gcp. It decides how machines and their tags are described."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["aws", "azure", "gcp"], var.cloud)
    error_message = "The cloud must be aws, azure or gcp."
  }
}

variable "data_security_mode" {
  description = "Access mode of the job cluster: SINGLE_USER (dedicated to the identity that runs the job) or USER_ISOLATION (standard). Both obey Unity Catalog; modes that do not are refused."
  type        = string
  default     = "SINGLE_USER"
  nullable    = false

  validation {
    condition     = contains(["SINGLE_USER", "USER_ISOLATION"], var.data_security_mode)
    error_message = "The data_security_mode must be SINGLE_USER or USER_ISOLATION: the other modes do without Unity Catalog."
  }

  # https://docs.databricks.com/aws/en/compute/standard-limitations
  validation {
    condition     = var.data_security_mode != "USER_ISOLATION" || var.image == null
    error_message = "A cluster in the mode USER_ISOLATION (standard) cannot start from an image; with image the data_security_mode must be SINGLE_USER."
  }

  validation {
    condition     = var.data_security_mode != "USER_ISOLATION" || !can(regex("-(ml|gpu)-", coalesce(var.release, "-")))
    error_message = "The releases for machine learning and for GPUs do not run in the mode USER_ISOLATION (standard); with them the data_security_mode must be SINGLE_USER."
  }
}

variable "encrypt_local_disks" {
  description = "Whether data on the local disks of the job cluster is encrypted (AWS and Azure; Google Cloud always does)."
  type        = bool
  default     = true
  nullable    = false
}

variable "entry_point" {
  description = "What is run: the path of a notebook in the workspace (/Workspace/...), a Python file (/Workspace/... or /Volumes/... or in cloud storage, ending in .py), or with wheel package:function."
  type        = string
  nullable    = false

  validation {
    condition = (
      var.wheel != null ? can(regex("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?:[A-Za-z_][A-Za-z0-9_.-]*$", var.entry_point)) :
      endswith(var.entry_point, ".py") ? can(regex("^(/|dbfs:/|s3://|abfss://|gs://)[^/\\s][^\\r\\n]*\\.py$", var.entry_point)) :
      can(regex("^(/[^/\\r\\n]+)+$", var.entry_point)) && !startswith(var.entry_point, "/Volumes/")
    )
    error_message = "The entry_point must be the path of a notebook in the workspace that starts with a slash, the path or address of a .py file, or package:function of a wheel."
  }
}

variable "environment" {
  description = "Environment, such as dev or prod; part of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", var.environment))
    error_message = "The environment must have 1 to 32 letters, digits, hyphens and underscores and start with a letter or a digit."
  }
}

variable "environment_variables" {
  description = "Plain environment variables of the job cluster's machines. Secret values belong in secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.environment_variables : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", key)) && value != null])
    error_message = "Each of environment_variables must have a name of letters, digits and underscores that does not start with a digit, and a value."
  }

  validation {
    condition     = alltrue([for value in values(var.environment_variables) : !strcontains(coalesce(value, "-"), "{{secrets/")])
    error_message = "A reference to a secret belongs in secrets, as SCOPE/KEY, not in environment_variables."
  }
}

variable "existing_cluster_id" {
  description = "Id of an existing cluster that the job runs on, such as 0923-164208-meows279. Its release, machines, variables and tags are its own. Null: each run gets a cluster of its own."
  type        = string
  default     = null

  validation {
    condition     = var.existing_cluster_id == null || can(regex("^[0-9]{4}-[0-9]{6}-[a-z0-9-]+$", var.existing_cluster_id))
    error_message = "The existing_cluster_id must be the id of a cluster, such as 0923-164208-meows279, not its name."
  }

  validation {
    condition = var.existing_cluster_id == null || alltrue([
      var.image == null, var.instance_pool_id == null, var.instance_profile_arn == null, var.log_destination == null,
      var.policy_id == null, var.release == null, !var.photon,
      length(var.environment_variables) == 0, length(var.secrets) == 0, length(var.spark_conf) == 0,
      var.nodes.instance_type == null, var.nodes.count == null, var.nodes.autoscaling == null, var.nodes.disk_gib == null, !var.nodes.spot,
    ])
    error_message = "An existing cluster is as it is: environment_variables, image, instance_pool_id, instance_profile_arn, log_destination, nodes, photon, policy_id, release, secrets and spark_conf cannot be set together with existing_cluster_id."
  }

  validation {
    condition     = var.existing_cluster_id != null || var.release != null
    error_message = "A job cluster needs a release, a version of the Databricks Runtime such as 15.4.x-scala2.12; the only way without is existing_cluster_id."
  }

  validation {
    condition     = var.existing_cluster_id != null || (var.nodes.instance_type != null) != (var.instance_pool_id != null)
    error_message = "A job cluster needs the machines of either nodes.instance_type or instance_pool_id; the only way without is existing_cluster_id."
  }
}

variable "identity" {
  description = "Application id of an existing service principal that runs are made as. Null: as whoever applies first; a job that had an identity keeps it."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.identity))
    error_message = "The identity must be the application id of a service principal, a UUID."
  }
}

variable "image" {
  description = "Container image that the job cluster's machines start from (Databricks Container Services). It must be public, or the machines may pull it as they are (instance_profile_arn). Null: the release's own."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._/:@-]*$", var.image))
    error_message = "The image must be a container image reference such as registry/name:tag."
  }
}

variable "instance_pool_id" {
  description = "Id of an existing instance pool that the job cluster's machines come from; type, disks and spot are those of the pool. Null: the machines are of the type in nodes."
  type        = string
  default     = null

  validation {
    condition     = var.instance_pool_id == null || can(regex("^[A-Za-z0-9-]+$", var.instance_pool_id))
    error_message = "The instance_pool_id must be the id of an instance pool."
  }
}

variable "instance_profile_arn" {
  description = "ARN of an existing instance profile that the workspace knows, for the job cluster's machines (AWS). Null: none; data is reached through Unity Catalog."
  type        = string
  default     = null

  validation {
    condition     = var.instance_profile_arn == null || var.cloud == "aws" && can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/.+$", var.instance_profile_arn))
    error_message = "The instance_profile_arn must be the ARN of an IAM instance profile, and the workspace must be on AWS."
  }
}

variable "job_tag_keys" {
  description = "Keys of the tags that the job itself carries, at most 25. Null: all; where there are more, those of identity, cost and ownership first. The job cluster carries all tags in any case."
  type        = set(string)
  default     = null

  validation {
    condition     = var.job_tag_keys == null ? true : length(var.job_tag_keys) <= 25 && length(setsubtract(var.job_tag_keys, keys(var.tags))) == 0
    error_message = "The job_tag_keys must be at most 25, each of them a key of tags."
  }

  validation {
    condition     = var.existing_cluster_id == null || length(var.tags) <= 25 || var.job_tag_keys != null
    error_message = "On an existing cluster only the job can be tagged, with 25 tags at most; name those in job_tag_keys."
  }
}

variable "log_destination" {
  description = "Where the job cluster's logs are delivered to: a folder in a volume (/Volumes/CATALOG/SCHEMA/VOLUME/...) or on DBFS (dbfs:/...). Null: they are shown in the workspace as long as it keeps them."
  type        = string
  default     = null

  validation {
    condition     = var.log_destination == null || can(regex("^(/Volumes/[^/\\s]+/[^/\\s]+/[^/\\s]+(/[^\\s]*)?|dbfs:/[^\\s]+)$", var.log_destination))
    error_message = "The log_destination must be a folder in a volume, /Volumes/CATALOG/SCHEMA/VOLUME/..., or on DBFS, dbfs:/...."
  }
}

variable "max_retries" {
  description = "How often a failed run is tried again, a minute after it started or later. A run that was stopped for its timeout is not."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 100 && floor(var.max_retries) == var.max_retries
    error_message = "The value of max_retries must be a whole number from 0 to 100."
  }
}

variable "name" {
  description = "Name of the job; part of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$", var.name))
    error_message = "The name must have 1 to 80 letters, digits, hyphens and underscores and start with a letter or a digit."
  }
}

variable "nodes" {
  description = "Machines of the job cluster: instance_type (node type, such as m6i.xlarge, Standard_D4s_v5 or n2-standard-4), count of workers (1 where neither it nor autoscaling is set) or autoscaling between min and max of them, disk_gib (AWS and Google Cloud; null: disks as the node type has them, growing where they can), spot (workers that the cloud may take back)."
  type = object({
    instance_type = optional(string)
    count         = optional(number)
    autoscaling   = optional(object({ min = number, max = number }))
    disk_gib      = optional(number)
    spot          = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.nodes.instance_type == null || can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", var.nodes.instance_type))
    error_message = "The nodes' instance_type must be a node type such as m6i.xlarge, Standard_D4s_v5 or n2-standard-4."
  }

  validation {
    condition     = var.nodes.count == null || var.nodes.autoscaling == null
    error_message = "Either nodes.count or nodes.autoscaling may be set, not both: an autoscaler decides on the number itself."
  }

  validation {
    condition     = var.nodes.count == null ? true : var.nodes.count >= 1 && var.nodes.count <= 100000 && floor(var.nodes.count) == var.nodes.count
    error_message = "The nodes' count must be a whole number from 1 to 100000."
  }

  # https://docs.databricks.com/api/workspace/clusters/create#autoscale
  validation {
    condition = var.nodes.autoscaling == null ? true : (
      var.nodes.autoscaling.min >= 1 && var.nodes.autoscaling.min < var.nodes.autoscaling.max && var.nodes.autoscaling.max <= 100000
      && floor(var.nodes.autoscaling.min) == var.nodes.autoscaling.min && floor(var.nodes.autoscaling.max) == var.nodes.autoscaling.max
    )
    error_message = "The nodes' autoscaling must have a min of 1 or more and a max above it, 100000 at most, both whole numbers; for a fixed number set count."
  }

  validation {
    condition     = var.nodes.disk_gib == null || var.cloud != "azure"
    error_message = "On Azure the node type decides the disks, so nodes.disk_gib cannot be set."
  }

  validation {
    condition     = var.nodes.disk_gib == null ? true : var.nodes.disk_gib >= 100 && var.nodes.disk_gib <= 4096 && floor(var.nodes.disk_gib) == var.nodes.disk_gib
    error_message = "The nodes' disk_gib must be a whole number from 100 to 4096."
  }

  validation {
    condition     = var.instance_pool_id == null || var.nodes.disk_gib == null && !var.nodes.spot
    error_message = "The machines of an instance pool have the pool's disks and price, so nodes.disk_gib and nodes.spot cannot be set together with instance_pool_id."
  }
}

variable "permissions" {
  description = "Who may do what with the job: name of a group, e-mail address of a user or application id of a service principal, to CAN_VIEW, CAN_MANAGE_RUN, CAN_MANAGE or IS_OWNER. Without an owner among them whoever applies owns the job. Empty: only whoever applies, and workspace admins."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for level in values(var.permissions) : contains(["CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER"], level)])
    error_message = "Each of permissions must be CAN_VIEW, CAN_MANAGE_RUN, CAN_MANAGE or IS_OWNER."
  }

  validation {
    condition     = alltrue([for principal in keys(var.permissions) : trimspace(principal) != "" && principal != "admins"])
    error_message = "Each of permissions must name a group, a user or a service principal; the rights of the group admins cannot be changed."
  }

  validation {
    condition     = length([for level in values(var.permissions) : level if level == "IS_OWNER"]) <= 1
    error_message = "A job has one owner, so one of permissions at most can be IS_OWNER."
  }

  validation {
    condition = alltrue([for principal, level in var.permissions :
      level != "IS_OWNER" || strcontains(principal, "@") || can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", principal))
    ])
    error_message = "The owner of a job must be a user or a service principal; a group cannot own it."
  }
}

variable "photon" {
  description = "Whether the job cluster runs queries with the Photon engine, which costs more."
  type        = bool
  default     = false
  nullable    = false
}

variable "policy_id" {
  description = "Id of an existing cluster policy that the job cluster obeys. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.policy_id == null || can(regex("^[0-9A-Za-z-]+$", var.policy_id))
    error_message = "The policy_id must be the id of a cluster policy, not its name."
  }
}

variable "queue" {
  description = "Whether a run that is due while another one is going waits for its end, up to 48 hours; otherwise it is skipped. Two runs never overlap."
  type        = bool
  default     = true
  nullable    = false
}

variable "release" {
  description = "Databricks Runtime version of the job cluster, such as 15.4.x-scala2.12; needed unless existing_cluster_id is set."
  type        = string
  default     = null

  validation {
    condition     = var.release == null || can(regex("^[0-9]+\\.[0-9]+\\.x(-[a-z0-9]+)*-scala2\\.1[0-9]$", var.release))
    error_message = "The release must be a version of the Databricks Runtime such as 15.4.x-scala2.12."
  }

  # https://docs.databricks.com/api/workspace/clusters/create#runtime_engine
  validation {
    condition     = !strcontains(coalesce(var.release, "-"), "-photon-")
    error_message = "The engine is chosen by photon, not by the release: remove -photon from it, and set photon."
  }
}

variable "schedule" {
  description = "When runs start: expression in the syntax of Quartz, with seconds and a question mark (0 0 2 * * ?), timezone (an IANA name), enabled (false: paused). Null: runs are started by hand or by an orchestrator."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
  })
  default = null

  # Six or seven fields, and a question mark in either the day of the month or the day of the week.
  # https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
  validation {
    condition = var.schedule == null ? true : (
      can(regex("^[0-9,/*-]+ \\S+ \\S+ \\? \\S+ [^ ?]+( \\S+)?$", var.schedule.expression)) ||
      can(regex("^[0-9,/*-]+ \\S+ \\S+ [^ ?]+ \\S+ \\?( \\S+)?$", var.schedule.expression))
    )
    error_message = "The schedule's expression must be a Quartz cron expression: second, minute, hour, day of the month, month, day of the week, with a question mark for one of the two days."
  }

  validation {
    condition     = var.schedule == null ? true : can(regex("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", var.schedule.timezone))
    error_message = "The schedule's timezone must be an IANA name such as UTC or Europe/Berlin."
  }
}

variable "secrets" {
  description = "Environment variables that Databricks fills from secret scopes when the job cluster starts: name to SCOPE/KEY. Never a value. Whoever runs the job needs READ on the scope."
  type        = map(string)
  default     = {}
  nullable    = false

  # https://docs.databricks.com/api/workspace/secrets/createscope, .../putsecret
  validation {
    condition     = alltrue([for reference in values(var.secrets) : can(regex("^[A-Za-z0-9_@. -]{1,128}/[A-Za-z0-9_.-]{1,128}$", reference))])
    error_message = "Each of secrets must be SCOPE/KEY, the names of a secret scope and of a key in it; never a value."
  }

  validation {
    condition     = alltrue([for key in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", key))])
    error_message = "Each of secrets must have a name of letters, digits and underscores that does not start with a digit."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.environment_variables))) == 0
    error_message = "A name must not stand both in environment_variables and in secrets."
  }
}

variable "spark_conf" {
  description = "Spark properties of the job cluster. Secret values belong in secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.spark_conf : can(regex("^[A-Za-z][A-Za-z0-9_.-]*$", key)) && value != null])
    error_message = "Each of spark_conf must have the name of a Spark property, and a value."
  }
}

variable "tags" {
  description = "Final tags, put on the job cluster's machines and disks and on the job (see job_tag_keys)."
  type        = map(string)
  default     = {}
  nullable    = false

  # https://docs.databricks.com/api/workspace/clusters/create#custom_tags
  validation {
    condition     = length(var.tags) <= 45
    error_message = "Databricks puts at most 45 tags on a cluster."
  }

  # Each cloud's rules hold, since its machines and disks get the tags.
  validation {
    condition = var.cloud != "aws" || alltrue([for key, value in var.tags :
      can(regex("^[A-Za-z0-9 _.:/=+@-]{1,127}$", key)) && can(regex("^[A-Za-z0-9 _.:/=+@-]{0,255}$", value)) && !startswith(lower(key), "aws:")
    ])
    error_message = "On AWS a tag must have a key of 1 to 127 and a value of at most 255 letters, digits, spaces and _ . : / = + - @, and the key must not start with aws: in any case."
  }

  validation {
    condition = var.cloud != "azure" || alltrue([for key, value in var.tags :
      can(regex("^[ -~\\x{a0}-\\x{ff}]{1,512}$", key)) && !can(regex("[<>*%&;\\\\/+?]", key)) && can(regex("^[ -~\\x{a0}-\\x{ff}]{0,256}$", value))
      && !can(regex("^(microsoft|azure|windows)", lower(key)))
    ])
    error_message = "On Azure a tag must have a key of 1 to 512 Latin-1 characters without < > * % & ; \\ / + ? that does not start with microsoft, azure or windows, and a value of at most 256."
  }

  validation {
    condition = var.cloud != "gcp" || alltrue([for key, value in var.tags :
      can(regex("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", value))
    ])
    error_message = "On Google Cloud the key and the value of a tag must be at most 63 letters, digits and - _ ., starting and ending with a letter or digit."
  }

  validation {
    condition     = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags)
    error_message = "Tag keys must differ in more than upper and lower case."
  }

  # https://docs.databricks.com/aws/en/admin/account-settings/usage-detail-tags
  validation {
    condition     = length(setintersection([for key in keys(var.tags) : lower(key)], ["name", "vendor", "creator", "clusterid", "clustername", "runname", "jobid"])) == 0
    error_message = "Databricks itself sets the tags Name, Vendor, Creator, ClusterId, ClusterName, RunName and JobId."
  }
}

variable "tenant" {
  description = "Tenant that the job belongs to; part of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$", var.tenant))
    error_message = "The tenant must have 1 to 40 letters, digits, hyphens and underscores and start with a letter or a digit."
  }
}

variable "timeout_seconds" {
  description = "A run is stopped after this time; each retry has it anew."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 2147483647 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout must be a whole number of seconds from 1 to 2147483647."
  }
}

variable "trigger" {
  description = "What starts runs when data arrives: url of a place for files (an external location or a volume), or table_names (CATALOG.SCHEMA.TABLE; all_tables: once each of them has changed), min_time_between_triggers_seconds, wait_after_last_change_seconds, enabled (false: paused). Null: nothing does."
  type = object({
    url                               = optional(string)
    table_names                       = optional(set(string), [])
    all_tables                        = optional(bool, false)
    min_time_between_triggers_seconds = optional(number)
    wait_after_last_change_seconds    = optional(number)
    enabled                           = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.trigger == null || var.schedule == null
    error_message = "Runs are started by a schedule or by a trigger, so one of the two must be null."
  }

  validation {
    condition     = var.trigger == null ? true : (var.trigger.url != null) != (length(var.trigger.table_names) > 0)
    error_message = "The trigger needs either a url, where files arrive, or table_names."
  }

  # https://docs.databricks.com/aws/en/jobs/file-arrival-triggers
  validation {
    condition     = try(var.trigger.url, null) == null ? true : can(regex("^(/Volumes|s3:/|abfss:/|gs:/)/\\S+/$", var.trigger.url))
    error_message = "The trigger's url must be a place in an external location or a volume, and end in a slash: s3://..., abfss://..., gs://... or /Volumes/..., then /."
  }

  # https://docs.databricks.com/aws/en/jobs/trigger-table-update
  validation {
    condition     = alltrue([for table in try(var.trigger.table_names, []) : can(regex("^[^.\\s]+[.][^.\\s]+[.][^.\\s]+$", table))]) && length(try(var.trigger.table_names, [])) <= 10
    error_message = "The trigger's table_names must be at most 10, each CATALOG.SCHEMA.TABLE."
  }

  validation {
    condition = alltrue([
      for seconds in [try(var.trigger.min_time_between_triggers_seconds, null), try(var.trigger.wait_after_last_change_seconds, null)] :
      seconds == null ? true : seconds >= 60 && seconds <= 2147483647 && floor(seconds) == seconds
    ])
    error_message = "The trigger's min_time_between_triggers_seconds and wait_after_last_change_seconds must be whole numbers from 60 to 2147483647."
  }
}

variable "wheel" {
  description = "Python wheel that is installed for the task and holds its entry_point: a .whl in the workspace (/Workspace/...), in a volume (/Volumes/...) or in cloud storage. Null: entry_point is a notebook or a Python file."
  type        = string
  default     = null

  validation {
    condition     = var.wheel == null || can(regex("^(/Workspace/|/Volumes/|dbfs:/|s3://|abfss://|gs://)[^\\r\\n]+\\.whl$", var.wheel))
    error_message = "The wheel must be the path or address of a .whl file: /Workspace/..., /Volumes/..., s3://..., abfss://..., gs://... or dbfs:/...."
  }
}
