variable "access" {
  description = "What else the code may use, each resource by its ARN: a DynamoDB table, a Glue database with its tables, a Kinesis stream, an SQS queue, a KMS key, or an S3 bucket (with /PREFIX: what is below it). level: read or write; a table or database that is written may be read too, messages are either received (read) or sent (write), and objects are never deleted."
  type = list(object({
    resource = string
    level    = string
  }))
  default  = []
  nullable = false

  validation {
    condition = alltrue([
      for entry in var.access :
      can(regex("^arn:aws[a-z-]*:(dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]+|glue:[a-z0-9-]+:[0-9]{12}:database/[A-Za-z0-9_.-]+|kinesis:[a-z0-9-]+:[0-9]{12}:stream/[A-Za-z0-9_.-]+|kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+|sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?|s3:::[a-z0-9][a-z0-9.-]+(/[A-Za-z0-9!_.'()/=@:,&;+ -]*)?)$", entry.resource))
    ])
    error_message = "Each resource in access must be the ARN of a DynamoDB table, a Glue database, a Kinesis stream, a KMS key, an SQS queue or an S3 bucket, without wildcards."
  }

  validation {
    condition     = alltrue([for entry in var.access : contains(["read", "write"], entry.level)])
    error_message = "Each level in access must be read or write."
  }
}

variable "alerts" {
  description = "Alarms: channels (SNS topic ARNs that are told), failed_runs (runs of one kind, failed, timed out or aborted, per 5 minutes), run_seconds (a run lasting longer), error_rate and timeout_rate (runs that ended badly, or for their timeout, per cent of those started within a day; more raise the alarm). Null: no alarms."
  type = object({
    channels     = optional(set(string), [])
    failed_runs  = optional(number, 1)
    run_seconds  = optional(number)
    error_rate   = optional(number)
    timeout_rate = optional(number)
  })
  default = null

  validation {
    condition     = alltrue([for arn in try(var.alerts.channels, []) : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?$", arn))])
    error_message = "Each of alerts.channels must be the ARN of an SNS topic."
  }

  validation {
    condition = var.alerts == null ? true : alltrue([
      for limit in [var.alerts.failed_runs, var.alerts.run_seconds] :
      limit == null ? true : limit >= 1 && floor(limit) == limit
    ])
    error_message = "The limits in alerts, rates apart, must be whole numbers of 1 or more."
  }

  validation {
    condition = alltrue([
      for rate in [try(var.alerts.error_rate, null), try(var.alerts.timeout_rate, null)] :
      rate == null ? true : rate > 0 && rate <= 100
    ])
    error_message = "The rates in alerts, error_rate and timeout_rate, are per cent: above 0 and up to 100."
  }
}

variable "applications" {
  description = "Applications of the EMR release that are installed. Null: Hadoop and Spark."
  type        = set(string)
  default     = null

  validation {
    condition     = var.applications == null ? true : length(var.applications) >= 1 && alltrue([for name in var.applications : can(regex("^[A-Za-z][A-Za-z0-9-]*$", name))])
    error_message = "The applications must be one or more names such as Hadoop, Spark or Hive."
  }

  # EMR takes them in any case and tells them in its own, which each plan would take for another cluster.
  validation {
    condition = var.applications == null ? true : alltrue([
      for name in var.applications : lookup({ for known in local.application_names : lower(known) => known }, lower(name), name) == name
    ])
    error_message = "The applications must be spelt as EMR does: Spark and not spark, HBase, JupyterHub."
  }

  validation {
    condition     = var.applications == null ? true : var.entry_point == null || contains([for name in var.applications : lower(name)], "spark")
    error_message = "The entry_point is run by Spark, so the applications must contain it."
  }
}

variable "args" {
  description = "Arguments of the entry_point, or further ones of the command."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cluster_id" {
  description = "Id of an existing cluster, j-..., that the steps are added to; must be known when planning. Null: the module creates a cluster."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_id == null || can(regex("^j-[A-Z0-9]{1,61}$", var.cluster_id))
    error_message = "The cluster_id must be the id of an EMR cluster: j- and capital letters and digits."
  }

  validation {
    condition     = var.network != null || var.cluster_id != null
    error_message = "A cluster needs a network with its vpc_id and private subnet_ids; only an existing one, cluster_id, goes without."
  }

  # What these say is settled for a cluster that exists.
  validation {
    condition = var.cluster_id == null ? true : alltrue([
      for given in [
        var.applications, var.identity, var.in_transit_certificates, var.kms_key_id, var.network, var.nodes.autoscaling, var.nodes.count,
        var.nodes.disk_gib, var.nodes.instance_type, var.primary_instance_type, var.release, var.storage,
      ] : given == null
    ]) && length(var.code_uris) + length(var.configurations) + length(var.readable_secrets) + length(var.nodes.other_instance_types) == 0 && var.step_concurrency == 1 && !var.nodes.spot
    error_message = "An existing cluster keeps its network, nodes, release, applications, rights and keys, so applications, code_uris, configurations, identity, in_transit_certificates, kms_key_id, network, nodes, primary_instance_type, readable_secrets, release, step_concurrency and storage cannot be set together with cluster_id."
  }
}

variable "code_uris" {
  description = "What the entry_point or the command loads from S3 besides itself: addresses of objects, or of prefixes that end in a slash. The nodes may read them."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for uri in var.code_uris : can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.'()/=@:,&;+ -]*$", uri))])
    error_message = "Each of code_uris must be s3://BUCKET/KEY or s3://BUCKET/PREFIX/, without asterisks, question marks, dollar signs and other special characters."
  }
}

variable "command" {
  description = "Program that the step runs on the primary node, with its arguments, in place of spark-submit with entry_point."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (length(var.command) == 0) != (var.entry_point == null)
    error_message = "Either entry_point or command must say what the step runs, and not both."
  }
}

variable "configurations" {
  description = "Settings of the applications: classification, such as spark-defaults, to its properties. A change replaces the cluster."
  type        = map(map(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for classification in keys(var.configurations) : can(regex("^[A-Za-z][A-Za-z0-9.-]*$", classification))])
    error_message = "Each of configurations must be called like a classification of EMR, such as spark-defaults or yarn-site."
  }
}

variable "deploy_mode" {
  description = "Where spark-submit runs the driver of the entry_point: client, on the primary node as part of the step, or cluster, on one of the others. Only in client mode does a run that is cancelled, or stopped for its timeout, end: in cluster mode EMR ends the step and YARN goes on with the driver."
  type        = string
  default     = "client"
  nullable    = false

  validation {
    condition     = contains(["client", "cluster"], var.deploy_mode)
    error_message = "The deploy_mode must be client or cluster."
  }

  validation {
    condition     = var.deploy_mode == "client" || var.entry_point != null
    error_message = "The deploy_mode is that of spark-submit with entry_point; a command has its own."
  }
}

variable "egress_rules" {
  description = "Ways out of the security group that the module makes, besides HTTPS, by what is at their end (such as database): a TCP port, and where it leads to, cidr_blocks and security_group_ids. With neither of the two it is open to the network's egress_cidr_blocks."
  type = map(object({
    port               = number
    cidr_blocks        = optional(set(string), [])
    security_group_ids = optional(set(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for rule in var.egress_rules : rule.port >= 1 && rule.port <= 65535 && floor(rule.port) == rule.port])
    error_message = "Each port in egress_rules must be a whole number from 1 to 65535."
  }

  validation {
    condition     = alltrue(flatten([for rule in var.egress_rules : [for block in rule.cidr_blocks : can(cidrhost(block, 0))]]))
    error_message = "The cidr_blocks in egress_rules must be CIDR blocks such as 10.0.0.0/8."
  }

  validation {
    condition     = alltrue(flatten([for rule in var.egress_rules : [for id in rule.security_group_ids : can(regex("^sg-[0-9a-z-]+$", id))]]))
    error_message = "The security_group_ids in egress_rules must start with sg-."
  }

  validation {
    condition     = length(var.egress_rules) == 0 || var.cluster_id == null
    error_message = "The egress_rules are rules of the group that the module makes; on a cluster that exists already they would have no effect."
  }
}

variable "entry_point" {
  description = "What spark-submit runs: the address in S3 of a Python file or of a jar, whose main class stands in spark_options. Null: command says what is run."
  type        = string
  default     = null

  validation {
    condition     = var.entry_point == null || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.'()/=@:,&;+ -]*\\.(py|jar)$", var.entry_point))
    error_message = "The entry_point must be s3://BUCKET/KEY of a .py or .jar file, without asterisks, question marks, dollar signs and other special characters."
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
  description = "Plain environment variables of the driver and the executors of entry_point, or of command. They are seen by all who may describe the step: what is secret belongs in readable_secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.environment_variables : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", key)) && value != null])
    error_message = "Each of environment_variables must have a name of letters, digits and underscores that does not start with a digit, and a value."
  }
}

variable "force_destroy_logs" {
  description = "Whether the bucket with the logs goes with the cluster, as log groups do, even when there are logs in it. False: destroying fails until somebody has emptied it."
  type        = bool
  default     = true
  nullable    = false
}

variable "identity" {
  description = "ARN of an existing IAM role that the nodes run as; must be known when planning. The module makes an instance profile for it and grants nothing to it, not even what storage, code_uris and readable_secrets say, nor the log bucket; it must have those rights already and trust ec2.amazonaws.com. Null: the module creates a role with the least rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.identity))
    error_message = "The identity must be the ARN of an IAM role."
  }
}

variable "in_transit_certificates" {
  description = "Address in S3 of a zip file with the certificates (privateKey.pem, certificateChain.pem, trustedCertificates.pem) that encrypt what the nodes send each other. Null: that is not encrypted, and stays within the security groups of the cluster; what goes to AWS is encrypted in any case. A change replaces the cluster."
  type        = string
  default     = null

  validation {
    condition     = var.in_transit_certificates == null || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9!_.'()/=@:,&;+ -]*\\.zip$", var.in_transit_certificates))
    error_message = "The in_transit_certificates must be s3://BUCKET/KEY of a .zip file."
  }
}

variable "invokers" {
  description = "ARNs of existing IAM roles of this account that may start, watch and stop runs, besides whoever may anyhow: of an orchestrator's workers, for instance."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.invokers : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "Each of invokers must be the ARN of an IAM role."
  }
}

variable "keep_own_key" {
  description = "Whether the key that the module made stays, though kms_key_id names another: what it encrypted, logs above all, can be read for as long as it is there. False: with kms_key_id it is to be deleted, and cannot be used from that apply on."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.keep_own_key || var.kms_key_id != null
    error_message = "The key of the module's own is there anyhow without kms_key_id; keep_own_key has no effect then."
  }
}

variable "kms_key_id" {
  description = "ARN of the existing customer managed key that encrypts the disks of the nodes, their logs in S3 and in CloudWatch, and what the job writes to S3; its key policy must let CloudWatch Logs use it unless log_kms_key_arn is set. Null: the module makes a key for disks and logs, and each bucket of the job encrypts by its own default. From the module's key to another: first with keep_own_key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_id))
    error_message = "The kms_key_id must be the ARN of a KMS key (an alias is no resource in an IAM policy)."
  }
}

variable "log_kms_key_arn" {
  description = "ARN of an existing key that encrypts the log group; its key policy must let CloudWatch Logs use it. Null: the key of the cluster, or CloudWatch's own where the cluster is an existing one."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "The log_kms_key_arn must be the ARN of a KMS key."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept, in the log group and in the bucket; one of the periods that CloudWatch Logs knows."
  type        = number
  default     = 30
  nullable    = false

  # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch Logs keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days; the value of log_retention_days must be one of them."
  }
}

variable "max_retries" {
  description = "How often a failed run is tried again. A run that was stopped for its timeout is not."
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

variable "network" {
  description = "Where the nodes are: vpc_id, subnet_ids (private ones; EMR takes the one with most room), security_group_ids (further groups of all nodes besides those that the module makes), egress_cidr_blocks (where nodes may go on port 443). Null: only with cluster_id."
  type = object({
    vpc_id             = string
    subnet_ids         = set(string)
    security_group_ids = optional(set(string), [])
    egress_cidr_blocks = optional(set(string), ["0.0.0.0/0"])
  })
  default = null

  validation {
    condition = var.network == null ? true : alltrue(concat(
      [can(regex("^vpc-[0-9a-z-]+$", var.network.vpc_id))],
      [for id in var.network.subnet_ids : can(regex("^subnet-[0-9a-z-]+$", id))],
      [for id in var.network.security_group_ids : can(regex("^sg-[0-9a-z-]+$", id))],
    ))
    error_message = "The network's vpc_id must start with vpc-, its subnet_ids with subnet- and its security_group_ids with sg-."
  }

  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) >= 1 && length(var.network.subnet_ids) <= 16
    error_message = "The network must have 1 to 16 subnet_ids."
  }

  # An interface has five groups, of which EMR's own is one.
  validation {
    condition     = var.network == null ? true : length(var.network.security_group_ids) <= 4
    error_message = "The network can have 4 security_group_ids at most."
  }

  validation {
    condition     = var.network == null ? true : alltrue([for block in var.network.egress_cidr_blocks : can(cidrhost(block, 0))]) && length(var.network.egress_cidr_blocks) >= 1
    error_message = "The network's egress_cidr_blocks must be one or more CIDR blocks such as 10.0.0.0/8; without any way out nodes cannot start."
  }
}

variable "nodes" {
  description = "Machines besides the primary node: instance_type (m5.xlarge if null), other_instance_types (up to 4 that do as well, about as large, where the first has no room; each counts as one node), count (2 if null; with autoscaling how many the cluster starts with), autoscaling (fewest and most; none: a fixed number), disk_gib (one volume for each node; null: what EMR gives the type), spot (those above autoscaling.min, or all but one of count, may be taken back). A change of the types, disk_gib, spot or of the number of core nodes (count, or autoscaling.min) replaces the cluster."
  type = object({
    instance_type        = optional(string)
    other_instance_types = optional(set(string), [])
    count                = optional(number)
    autoscaling          = optional(object({ min = number, max = number }))
    disk_gib             = optional(number)
    spot                 = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.nodes.instance_type == null || can(regex("^[a-z][a-z0-9-]*\\.([0-9]*xlarge|large|medium|metal(-[0-9]+xl)?)$", var.nodes.instance_type))
    error_message = "The nodes' instance_type must be an EC2 instance type such as m5.xlarge or r5.2xlarge."
  }

  # Five types a fleet: API_InstanceTypeConfig.
  validation {
    condition = length(var.nodes.other_instance_types) <= 4 && alltrue([
      for type in var.nodes.other_instance_types : can(regex("^[a-z][a-z0-9-]*\\.([0-9]*xlarge|large|medium|metal(-[0-9]+xl)?)$", type))
    ])
    error_message = "The nodes' other_instance_types must be 4 EC2 instance types at most, such as m5a.xlarge."
  }

  validation {
    condition     = alltrue([for number in [var.nodes.count, try(var.nodes.autoscaling.min, null), try(var.nodes.autoscaling.max, null)] : number == null ? true : number >= 1 && floor(number) == number])
    error_message = "The nodes' count and the bounds of autoscaling must be whole numbers of 1 or more."
  }

  validation {
    condition     = var.nodes.autoscaling == null ? true : var.nodes.autoscaling.max >= var.nodes.autoscaling.min
    error_message = "The nodes' autoscaling.max must not be below autoscaling.min."
  }

  validation {
    condition     = var.nodes.autoscaling == null || var.nodes.count == null ? true : var.nodes.count >= var.nodes.autoscaling.min && var.nodes.count <= var.nodes.autoscaling.max
    error_message = "The nodes' count is how many the cluster starts with, so it must be between autoscaling.min and autoscaling.max."
  }

  # API_VolumeSpecification.
  validation {
    condition     = var.nodes.disk_gib == null ? true : var.nodes.disk_gib >= 10 && var.nodes.disk_gib <= 1024 && floor(var.nodes.disk_gib) == var.nodes.disk_gib
    error_message = "The nodes' disk_gib must be a whole number from 10 to 1024."
  }

  # The first nodes hold the file system of the cluster, which a run would not survive the loss of.
  validation {
    condition     = !var.nodes.spot ? true : var.nodes.autoscaling != null ? var.nodes.autoscaling.max > var.nodes.autoscaling.min : var.nodes.count == null ? true : var.nodes.count >= 2
    error_message = "With spot the nodes' count must be 2 or more, or autoscaling.max above autoscaling.min: the first nodes are never spot."
  }
}

variable "primary_instance_type" {
  description = "Instance type of the primary node, which runs no tasks. Null: the same as of the others. A change replaces the cluster."
  type        = string
  default     = null

  validation {
    condition     = var.primary_instance_type == null || can(regex("^[a-z][a-z0-9-]*\\.([0-9]*xlarge|large|medium|metal(-[0-9]+xl)?)$", var.primary_instance_type))
    error_message = "The primary_instance_type must be an EC2 instance type such as m5.xlarge."
  }
}

variable "readable_secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters that the code on the nodes may read while it runs."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.readable_secrets : can(regex("^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+)$", arn))])
    error_message = "Each of readable_secrets must be the ARN of a Secrets Manager secret or of an SSM parameter."
  }
}

variable "release" {
  description = "EMR release, emr-5.32.0, emr-6.2.0 or newer: what the module relies on came with it. Null: emr-7.10.0. A change replaces the cluster."
  type        = string
  default     = null

  validation {
    condition     = var.release == null || can(regex("^emr-[1-9][0-9]*\\.[0-9]+\\.[0-9]+$", var.release))
    error_message = "The release must be called emr-MAJOR.MINOR.PATCH, such as emr-7.10.0."
  }

  # Managed scaling, the encryption of logs, and nodes that use version 2 of the metadata service only: an older release
  # does not start where version 1 is off. EMR Management Guide, "Create a security configuration".
  validation {
    condition     = !can(regex("^emr-([1-4]|5\\.([12]?[0-9]|3[01])|6\\.[01])\\.", var.release))
    error_message = "The release must be emr-5.32.0, emr-6.2.0 or newer: nodes that start without version 1 of the instance metadata service came with it."
  }
}

variable "schedule" {
  description = "When runs start: expression in the syntax of EventBridge Scheduler, cron(0 2 * * ? *) or rate(1 hour), timezone (an IANA name), enabled. Null: runs are started by hand or by an orchestrator."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
  })
  default = null

  validation {
    condition = var.schedule == null ? true : (
      can(regex("^rate\\([1-9][0-9]* (minute|hour|day)s?\\)$", var.schedule.expression)) ||
      # Six fields, and a question mark in either the day of the month or the day of the week.
      can(regex("^cron\\(\\S+ \\S+ \\? \\S+ [^ ?]+ \\S+\\)$", var.schedule.expression)) ||
      can(regex("^cron\\(\\S+ \\S+ [^ ?]+ \\S+ \\? \\S+\\)$", var.schedule.expression))
    )
    error_message = "The schedule's expression must be rate(N minutes|hours|days), or cron(...) with six fields of which either the day of the month or the day of the week is a question mark."
  }

  validation {
    condition     = var.schedule == null ? true : can(regex("^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", var.schedule.timezone))
    error_message = "The schedule's timezone must be an IANA name such as UTC or Europe/Berlin."
  }
}

variable "secrets_kms_key_arns" {
  description = "ARNs of the customer managed keys that encrypt readable_secrets; decrypting is granted through Secrets Manager and Parameter Store only. Not needed for the keys that AWS manages."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))])
    error_message = "Each of secrets_kms_key_arns must be the ARN of a KMS key."
  }

  validation {
    condition     = length(var.secrets_kms_key_arns) == 0 || length(var.readable_secrets) > 0
    error_message = "The secrets_kms_key_arns are the keys of readable_secrets; they have no effect without them."
  }
}

variable "spark_options" {
  description = "Further options of spark-submit before the entry_point, such as --class, --py-files or --conf with its value; what they load from S3 belongs in code_uris too."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.spark_options) == 0 || var.entry_point != null
    error_message = "The spark_options are those of spark-submit with entry_point; a command has its own."
  }

  validation {
    condition     = !anytrue([for option in var.spark_options : startswith(option, "--deploy-mode")])
    error_message = "The spark_options must not have --deploy-mode, which is deploy_mode: environment_variables are set by it."
  }
}

variable "step_concurrency" {
  description = "How many steps run side by side on the cluster that the module creates; others wait."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.step_concurrency >= 1 && var.step_concurrency <= 256 && floor(var.step_concurrency) == var.step_concurrency
    error_message = "The value of step_concurrency must be a whole number from 1 to 256."
  }
}

variable "storage" {
  description = "Existing buckets: bucket and prefix of the data, allow_delete (whether objects may be deleted), state_bucket and state_prefix, and targets (further buckets that data is written to, with their prefixes). The nodes may list, read and write below the prefixes only; an empty prefix is the whole bucket."
  type = object({
    bucket       = string
    prefix       = optional(string, "")
    allow_delete = optional(bool, false)
    state_bucket = optional(string)
    state_prefix = optional(string, "")
    targets = optional(list(object({
      bucket = string
      prefix = optional(string, "")
    })), [])
  })
  default = null

  validation {
    condition     = alltrue([for bucket in compact(var.storage == null ? [] : concat([var.storage.bucket, var.storage.state_bucket], var.storage.targets[*].bucket)) : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", bucket))])
    error_message = "The storage's bucket, state_bucket and targets must be names of S3 buckets, not ARNs or addresses."
  }

  # An asterisk, a question mark or a dollar sign would be a wildcard or a variable in the policy.
  validation {
    condition     = alltrue([for prefix in compact(var.storage == null ? [] : concat([var.storage.prefix, var.storage.state_prefix], var.storage.targets[*].prefix)) : can(regex("^[A-Za-z0-9!_.'()/=@:,&;+ -]*$", prefix))])
    error_message = "The storage's prefix, state_prefix and those of its targets must be key prefixes without asterisks, question marks, dollar signs and other special characters."
  }

  validation {
    condition     = var.storage == null ? true : var.storage.state_bucket != null || var.storage.state_prefix == ""
    error_message = "The storage's state_prefix has no effect without state_bucket."
  }
}

variable "tags" {
  description = "Final tags, put on every resource that can be tagged; EMR hands them on to the instances of the cluster and their volumes."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 50
    error_message = "There must be at most 50 tags, the cloud's limit for a resource."
  }

  # Characters and lengths apart: a counted class of Unicode letters costs milliseconds a tag.
  validation {
    condition = alltrue([for key, value in var.tags :
      can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]+$", key)) && can(regex("^.{1,128}$", key))
      && can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$", value)) && can(regex("^.{0,256}$", value))
      && !startswith(lower(key), "aws:")
    ])
    error_message = "A tag must have a key of 1 to 128 and a value of at most 256 letters, digits, spaces and _ . : / = + - @, and the key must not start with aws: in any case."
  }

  # https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Tag.html
  validation {
    condition     = var.schedule == null || alltrue([for value in values(var.tags) : value != ""])
    error_message = "With a schedule the tags must have values: the group of the schedule takes no empty ones."
  }

  # IAM compares tag keys without case: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
  validation {
    condition     = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags)
    error_message = "Tag keys must differ in more than upper and lower case."
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
  description = "A run is stopped after this time; each retry has it anew. The time that a step waits for others on the cluster counts."
  type        = number
  default     = 3600
  nullable    = false

  # An execution of a standard workflow lasts a year at most:
  # https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  validation {
    condition     = var.timeout_seconds >= 1 && floor(var.timeout_seconds) == var.timeout_seconds && var.timeout_seconds * (var.max_retries + 1) <= 31536000
    error_message = "The value of timeout_seconds must be a whole number of 1 or more, and with all retries a run must end within a year (31536000 seconds)."
  }
}
