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
  description = "Alarms: channels (SNS topic ARNs that are told), failed_runs (runs of one kind, failed, timed out or aborted, per 5 minutes; for a worker: copies missing for 5 minutes), error_lines (log lines with ERROR, CRITICAL or FATAL per 5 minutes), run_seconds (a run lasting longer), error_rate and timeout_rate (runs that ended badly, or for their timeout, per cent of those started within a day; more raise the alarm), records_processed_min (a run that processed fewer records, as the key records_field of a JSON log line tells). Null: no alarms."
  type = object({
    channels              = optional(set(string), [])
    failed_runs           = optional(number, 1)
    error_lines           = optional(number)
    run_seconds           = optional(number)
    error_rate            = optional(number)
    timeout_rate          = optional(number)
    records_field         = optional(string)
    records_processed_min = optional(number)
  })
  default = null

  validation {
    condition     = alltrue([for arn in try(var.alerts.channels, []) : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?$", arn))])
    error_message = "Each of alerts.channels must be the ARN of an SNS topic."
  }

  validation {
    condition = var.alerts == null ? true : alltrue([
      for limit in [var.alerts.failed_runs, var.alerts.error_lines, var.alerts.run_seconds, var.alerts.records_processed_min] :
      limit == null ? true : limit >= 1 && floor(limit) == limit
    ])
    error_message = "The limits in alerts, rates apart, must be whole numbers of 1 or more."
  }

  validation {
    condition = var.workers == null || alltrue([
      for limit in ["run_seconds", "error_rate", "timeout_rate", "records_processed_min"] : try(var.alerts[limit], null) == null
    ])
    error_message = "A worker has no runs, so run_seconds, rates and records_processed_min of alerts must not be set together with workers."
  }

  validation {
    condition = alltrue([
      for rate in [try(var.alerts.error_rate, null), try(var.alerts.timeout_rate, null)] :
      rate == null ? true : rate > 0 && rate <= 100
    ])
    error_message = "The rates in alerts, error_rate and timeout_rate, are per cent: above 0 and up to 100."
  }

  validation {
    condition     = (try(var.alerts.records_processed_min, null) == null) == (try(var.alerts.records_field, null) == null)
    error_message = "The limit alerts.records_processed_min and alerts.records_field, the key of the log line with the number, go together."
  }

  validation {
    condition     = can(regex("^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$", coalesce(try(var.alerts.records_field, null), "none")))
    error_message = "The alerts.records_field must be a key of a JSON log line, with dots where it is nested: letters, digits and _."
  }
}

variable "args" {
  description = "Replaces the image's command (its CMD). Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cluster_name" {
  description = "Name of an existing ECS cluster to run in; must be known when planning. Null: the module creates one."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_name == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "The cluster_name must be a name of 1 to 255 letters, digits, hyphens and underscores, not an ARN."
  }
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "container_insights" {
  description = "Whether the cluster that the module creates records Container Insights metrics. An existing cluster keeps its own setting."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.container_insights || var.workers == null || var.alerts == null || var.cluster_name != null
    error_message = "The alarm on missing workers reads Container Insights metrics, so container_insights must be true."
  }
}

variable "cpu" {
  description = "vCPU of a task: 0.25, 0.5, 1, 2, 4, 8 or 16."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0.25, 0.5, 1, 2, 4, 8, 16], var.cpu)
    error_message = "Fargate has tasks of 0.25, 0.5, 1, 2, 4, 8 and 16 vCPU; the value of cpu must be one of them."
  }
}

variable "cpu_architecture" {
  description = "Processor architecture that the image is built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "The cpu_architecture must be X86_64 or ARM64."
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
    condition     = length(var.egress_rules) == 0 || length(var.network.security_group_ids) == 0
    error_message = "The egress_rules are rules of the group that the module makes; with security_group_ids of your own they would have no effect."
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
  description = "Plain environment variables of the container. Secret values belong in secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.environment_variables : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", key)) && value != null])
    error_message = "Each of environment_variables must have a name of letters, digits, underscores, dots and hyphens that does not start with a digit, and a value."
  }
}

variable "ephemeral_storage_gib" {
  description = "Scratch disk of a task in GiB, 21 to 200. Null: the 20 GiB that every Fargate task has."
  type        = number
  default     = null

  validation {
    condition     = var.ephemeral_storage_gib == null ? true : var.ephemeral_storage_gib >= 21 && var.ephemeral_storage_gib <= 200 && floor(var.ephemeral_storage_gib) == var.ephemeral_storage_gib
    error_message = "The ephemeral_storage_gib must be a whole number from 21 to 200; leave it out for the 20 GiB that come with a task."
  }
}

variable "identity" {
  description = "ARN of an existing IAM role that the task runs as; must be known when planning. The module grants nothing to it, not even what storage, kms_key_id and readable_secrets say; it must have those rights already and trust ecs-tasks.amazonaws.com. Null: the module creates a role with the least rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.identity))
    error_message = "The identity must be the ARN of an IAM role."
  }
}

variable "image" {
  description = "Container image, with a tag or digest. The right to pull is granted for images in a private ECR repository; other images must be public."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/:@-]*$", var.image))
    error_message = "The image must be a container image reference such as registry/name:tag."
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

  validation {
    condition     = length(var.invokers) == 0 || var.workers == null
    error_message = "Workers run all the time and nobody starts them, so invokers must not be set together with workers."
  }
}

variable "kms_key_id" {
  description = "ARN of the existing customer managed key that encrypts the objects in storage; the task may decrypt and make data keys with it, through S3 only. Null: the buckets use no customer managed key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_id))
    error_message = "The kms_key_id must be the ARN of a KMS key (an alias is no resource in an IAM policy)."
  }

  validation {
    condition     = var.kms_key_id == null || var.storage != null
    error_message = "The kms_key_id is the key of the data in storage; it has no effect without storage."
  }
}

variable "log_group_name" {
  description = "Name of the job's log group in place of the derived one. The module creates the group."
  type        = string
  default     = null

  validation {
    condition     = var.log_group_name == null || can(regex("^[.\\-_/#A-Za-z0-9]{1,512}$", var.log_group_name)) && !startswith(coalesce(var.log_group_name, "-"), "aws/")
    error_message = "The log_group_name must be 1 to 512 letters, digits and . - _ / #, and must not start with aws/."
  }
}

variable "log_kms_key_arn" {
  description = "ARN of an existing key that encrypts the log groups; its key policy must let CloudWatch Logs use it. Null: CloudWatch's own key."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "The log_kms_key_arn must be the ARN of a KMS key."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept; one of the periods that CloudWatch Logs knows."
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

  validation {
    condition     = var.workers == null || var.max_retries == 0
    error_message = "A worker that stops is always started again, so max_retries must not be set together with workers."
  }
}

variable "memory_mib" {
  description = "Memory of a task in MiB; which sizes there are depends on cpu."
  type        = number
  default     = 2048
  nullable    = false

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
  validation {
    condition = contains(lookup({
      "0.25" = [512, 1024, 2048]
      "0.5"  = range(1024, 4097, 1024)
      "1"    = range(2048, 8193, 1024)
      "2"    = range(4096, 16385, 1024)
      "4"    = range(8192, 30721, 1024)
      "8"    = range(16384, 61441, 4096)
      "16"   = range(32768, 122881, 8192)
    }, tostring(var.cpu), [var.memory_mib]), var.memory_mib)
    error_message = "Fargate has no such size: 0.25 vCPU take 512, 1024 or 2048 MiB; 0.5 take 1024 to 4096, 1 takes 2048 to 8192, 2 take 4096 to 16384 and 4 take 8192 to 30720 in steps of 1024; 8 take 16384 to 61440 in steps of 4096; 16 take 32768 to 122880 in steps of 8192."
  }
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the metric that counts error lines in the log. Null: dativo/TENANT, and the metric exists only where alerts.error_lines asks for it."
  type        = string
  default     = null

  validation {
    condition     = var.metrics_namespace == null || can(regex("^[A-Za-z0-9._/#-]{1,255}$", var.metrics_namespace)) && !startswith(coalesce(var.metrics_namespace, "-"), "AWS/")
    error_message = "The metrics_namespace must be 1 to 255 letters, digits and . _ / # -, and must not start with AWS/."
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
  description = "Where tasks run: vpc_id, subnet_ids, security_group_ids (none: the module creates a group with no way in, and out on port 443 to egress_cidr_blocks, and by egress_rules), private (false gives tasks a public address)."
  type = object({
    vpc_id             = string
    subnet_ids         = set(string)
    security_group_ids = optional(set(string), [])
    private            = optional(bool, true)
    egress_cidr_blocks = optional(set(string), ["0.0.0.0/0"])
  })
  nullable = false

  validation {
    condition = alltrue(concat(
      [can(regex("^vpc-[0-9a-z-]+$", var.network.vpc_id))],
      [for id in var.network.subnet_ids : can(regex("^subnet-[0-9a-z-]+$", id))],
      [for id in var.network.security_group_ids : can(regex("^sg-[0-9a-z-]+$", id))],
    ))
    error_message = "The network's vpc_id must start with vpc-, its subnet_ids with subnet- and its security_group_ids with sg-."
  }

  # ECS takes 16 subnets and 5 security groups: API_AwsVpcConfiguration.
  validation {
    condition     = length(var.network.subnet_ids) >= 1 && length(var.network.subnet_ids) <= 16
    error_message = "The network must have 1 to 16 subnet_ids."
  }

  validation {
    condition     = length(var.network.security_group_ids) <= 5
    error_message = "The network can have 5 security_group_ids at most."
  }

  validation {
    condition     = alltrue([for block in var.network.egress_cidr_blocks : can(cidrhost(block, 0))]) && length(var.network.egress_cidr_blocks) >= 1
    error_message = "The network's egress_cidr_blocks must be one or more CIDR blocks such as 10.0.0.0/8; without any way out the image cannot be pulled."
  }

  validation {
    condition     = length(var.network.security_group_ids) == 0 || var.network.egress_cidr_blocks == toset(["0.0.0.0/0"])
    error_message = "The network's egress_cidr_blocks are the rules of the group that the module creates; with security_group_ids of your own they would have no effect."
  }
}

variable "overlapping_runs" {
  description = "Whether a run may start while an earlier one goes on. False: it fails at once with the error Overlap, and the earlier one goes on."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.overlapping_runs || var.workers == null
    error_message = "A worker has no runs, so overlapping_runs must not be set together with workers."
  }
}

variable "parallelism" {
  description = "How many copies of the container one run starts side by side. With more than one, each finds TASK_INDEX (from 0) and TASK_COUNT in its environment."
  type        = number
  default     = 1
  nullable    = false

  # 40: the concurrency of an inline Map state.
  # https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
  validation {
    condition     = var.parallelism >= 1 && var.parallelism <= 40 && floor(var.parallelism) == var.parallelism
    error_message = "The value of parallelism must be a whole number from 1 to 40."
  }

  validation {
    condition     = var.workers == null || var.parallelism == 1
    error_message = "The number of workers is set by workers.min and workers.max, so parallelism must not be set together with workers."
  }
}

variable "readable_secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters that the task itself may read while it runs."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.readable_secrets : can(regex("^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+)$", arn))])
    error_message = "Each of readable_secrets must be the ARN of a Secrets Manager secret or of an SSM parameter."
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

  validation {
    condition     = var.schedule == null || var.workers == null
    error_message = "Workers run all the time, so schedule must not be set together with workers."
  }
}

variable "secrets" {
  description = "Environment variables filled from secrets when a task starts: name to ARN of a Secrets Manager secret (with :JSON-KEY:: for one field of it) or of an SSM parameter. Never a value. A Secrets Manager ARN without its six random characters is granted with ?????? in their place."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+(:[^:]*:[^:]*:[^:]*)?|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+)$", arn))])
    error_message = "Each of secrets must be the ARN of a Secrets Manager secret, with :JSON-KEY:VERSION-STAGE:VERSION-ID after it or nothing, or of an SSM parameter; never a value."
  }

  validation {
    condition     = alltrue([for key in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", key))])
    error_message = "Each of secrets must have a name of letters, digits, underscores, dots and hyphens that does not start with a digit."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.environment_variables))) == 0
    error_message = "A name must not stand both in environment_variables and in secrets."
  }
}

variable "secrets_kms_key_arns" {
  description = "ARNs of the customer managed keys that encrypt secrets and readable_secrets; decrypting is granted through Secrets Manager and Parameter Store only. Not needed for the keys that AWS manages."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", arn))])
    error_message = "Each of secrets_kms_key_arns must be the ARN of a KMS key."
  }

  validation {
    condition     = length(var.secrets_kms_key_arns) == 0 || length(var.secrets) + length(var.readable_secrets) > 0
    error_message = "The secrets_kms_key_arns are the keys of secrets or readable_secrets; they have no effect without either."
  }
}

variable "storage" {
  description = "Existing buckets: bucket and prefix of the data, allow_delete (whether objects may be deleted), state_bucket and state_prefix, and targets (further buckets that data is written to, with their prefixes). The task may list, read and write below the prefixes only; an empty prefix is the whole bucket."
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
  description = "Final tags, put on every resource that can be tagged; running tasks get them too."
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
  description = "A run is stopped after this time; each retry has it anew. Not used by workers, which run until they are replaced."
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

variable "workers" {
  description = "Null: a batch job. Set: long-running workers instead, an ECS service that keeps between min and max copies, more of them as CPU use rises."
  type = object({
    min = number
    max = number
  })
  default = null

  validation {
    condition     = var.workers == null ? true : var.workers.min >= 1 && var.workers.max >= var.workers.min && floor(var.workers.min) == var.workers.min && floor(var.workers.max) == var.workers.max
    error_message = "The workers' min must be 1 or more and max must not be below min, both whole numbers."
  }
}
