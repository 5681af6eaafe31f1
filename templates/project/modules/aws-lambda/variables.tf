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
  description = "Alarms: channels (SNS topic ARNs that are told), failed_runs (runs that failed or were stopped for their timeout, per 5 minutes), error_lines (log lines with ERROR, CRITICAL or FATAL per 5 minutes), run_seconds (a run lasting longer), error_rate and timeout_rate (runs that ended badly, or for their timeout, per cent of those started within a day; more raise the alarm), records_processed_min (a run that processed fewer records, as the key records_field of a JSON log line tells). Throttled runs, dead letters and starts that the schedule lost raise an alarm, too. Null: no alarms."
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
    condition     = try(var.alerts.run_seconds, null) == null ? true : var.alerts.run_seconds < var.timeout_seconds
    error_message = "A run is stopped after timeout_seconds, so alerts.run_seconds must be less than that."
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
  description = "Arguments that replace the image's command (CMD), for most base images the handler. Empty: the image's own."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
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
    condition     = length(var.egress_rules) == 0 || try(length(var.network.security_group_ids) == 0, false)
    error_message = "The egress_rules are rules of the group that the module makes; without a network, or with security_group_ids of your own, they would have no effect."
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
  description = "Plain environment variables of the function, encrypted at rest with kms_key_id. Secret values belong in a secret that the code reads: readable_secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
  validation {
    condition     = alltrue([for key, value in var.environment_variables : can(regex("^[A-Za-z][A-Za-z0-9_]+$", key)) && value != null])
    error_message = "Each of environment_variables must have a name of two or more letters, digits and underscores that starts with a letter, and a value."
  }

  validation {
    condition = length(setintersection(keys(var.environment_variables), [
      "AWS_ACCESS_KEY",
      "AWS_ACCESS_KEY_ID",
      "AWS_DEFAULT_REGION",
      "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_LAMBDA_RUNTIME_API",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "LAMBDA_RUNTIME_DIR",
      "LAMBDA_TASK_ROOT",
    ])) == 0
    error_message = "Lambda itself sets AWS_REGION, AWS_DEFAULT_REGION, AWS_EXECUTION_ENV, the credentials AWS_ACCESS_KEY, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, AWS_LAMBDA_FUNCTION_..., AWS_LAMBDA_LOG_..., AWS_LAMBDA_INITIALIZATION_TYPE, AWS_LAMBDA_RUNTIME_API, LAMBDA_RUNTIME_DIR and LAMBDA_TASK_ROOT; environment_variables must not have them."
  }

  # 4 KiB for all: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  validation {
    condition     = length(jsonencode(var.environment_variables)) <= 4096
    error_message = "The environment_variables may have 4096 characters together, names included."
  }
}

variable "ephemeral_storage_mib" {
  description = "Size of /tmp in MiB, 512 to 10240. Null: the 512 MiB that every function has."
  type        = number
  default     = null

  validation {
    condition     = var.ephemeral_storage_mib == null ? true : var.ephemeral_storage_mib >= 512 && var.ephemeral_storage_mib <= 10240 && floor(var.ephemeral_storage_mib) == var.ephemeral_storage_mib
    error_message = "The ephemeral_storage_mib must be a whole number of MiB from 512 to 10240."
  }
}

variable "identity" {
  description = "ARN of an existing IAM role that the function runs as; must be known when planning. The module grants nothing to it, not even what storage, kms_key_id and readable_secrets say; it must have those rights already, may write to the log group and traces, may join the network if there is one, and trusts lambda.amazonaws.com. The queue and the key that the module makes let it in by their own policies. Null: the module creates a role with the least rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.identity))
    error_message = "The identity must be the ARN of an IAM role."
  }
}

variable "image" {
  description = "Container image in a private ECR repository of the same region, with a tag or, better, a digest: Lambda looks a tag up once, when the function is made or its image changes. In another account's repository the policy must let lambda.amazonaws.com pull."
  type        = string
  nullable    = false

  # https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
  validation {
    condition     = can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9][a-z0-9._/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[0-9a-f]{64})?$", var.image))
    error_message = "The image must be in a private ECR repository, ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG: Lambda runs no others."
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
  description = "ARN of an existing customer managed key. It encrypts environment variables, dead letters and, without log_kms_key_arn, the log, for which its key policy must let CloudWatch Logs use it; the function may decrypt and make data keys with it through S3, for the objects in storage. Null: the module creates a key. From the module's key to another: first with keep_own_key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_id))
    error_message = "The kms_key_id must be the ARN of a KMS key (an alias is no resource in an IAM policy)."
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
  description = "ARN of an existing key that encrypts the log group; its key policy must let CloudWatch Logs use it. Null: the key of everything else, kms_key_id or the module's own."
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
  description = "How often a failed run is tried again, after one and two minutes. Whoever waits for a run, such as an orchestrator, repeats it himself."
  type        = number
  default     = 0
  nullable    = false

  # https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
  validation {
    condition     = contains([0, 1, 2], var.max_retries)
    error_message = "Lambda tries a failed run again 0, 1 or 2 times."
  }
}

variable "memory_mib" {
  description = "Memory in MiB, 128 to 10240. vCPUs come with it: one for each 1769 MiB, six at most."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib >= 128 && var.memory_mib <= 10240 && floor(var.memory_mib) == var.memory_mib
    error_message = "The memory_mib must be a whole number of MiB from 128 to 10240."
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
  description = "VPC that the function reaches: vpc_id, subnet_ids, security_group_ids (none: the module creates a group with no way in, and out on port 443 to egress_cidr_blocks, and by egress_rules). A function in a VPC has no public address and needs a NAT gateway or VPC endpoints for everything outside. Null: no VPC, and the internet directly."
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

  # Lambda takes 16 subnets and 5 security groups: API_VpcConfig.
  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) >= 1 && length(var.network.subnet_ids) <= 16
    error_message = "The network must have 1 to 16 subnet_ids."
  }

  validation {
    condition     = var.network == null ? true : length(var.network.security_group_ids) <= 5
    error_message = "The network can have 5 security_group_ids at most."
  }

  validation {
    condition     = var.network == null ? true : alltrue([for block in var.network.egress_cidr_blocks : can(cidrhost(block, 0))]) && length(var.network.egress_cidr_blocks) >= 1
    error_message = "The network's egress_cidr_blocks must be one or more CIDR blocks such as 10.0.0.0/8."
  }

  validation {
    condition     = var.network == null ? true : length(var.network.security_group_ids) == 0 || var.network.egress_cidr_blocks == toset(["0.0.0.0/0"])
    error_message = "The network's egress_cidr_blocks are the rules of the group that the module creates; with security_group_ids of your own they would have no effect."
  }
}

variable "queue_trigger" {
  description = "SQS queue of this region whose messages start runs: queue_arn, enabled, batch_size (messages of one run; more than 10 of no FIFO queue, and only with a window), batching_window_seconds (how long a batch may wait to be full), maximum_concurrency (runs at a time, 2 or more; null: reserved_concurrency), report_failures (whether the code answers which messages failed; else all of a failed run come again), kms_key_arn (customer managed key of the queue). The queue's visibility timeout must not be below timeout_seconds; six times that is advised. Null: no queue starts runs."
  type = object({
    queue_arn               = string
    enabled                 = optional(bool, true)
    batch_size              = optional(number, 10)
    batching_window_seconds = optional(number, 0)
    maximum_concurrency     = optional(number)
    report_failures         = optional(bool, false)
    kms_key_arn             = optional(string)
  })
  default = null

  validation {
    condition     = var.queue_trigger == null ? true : can(regex("^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+(\\.fifo)?$", var.queue_trigger.queue_arn))
    error_message = "The queue_trigger's queue_arn must be the ARN of an SQS queue."
  }

  # https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
  validation {
    condition = var.queue_trigger == null ? true : (
      var.queue_trigger.batch_size >= 1 && floor(var.queue_trigger.batch_size) == var.queue_trigger.batch_size &&
      var.queue_trigger.batch_size <= (endswith(var.queue_trigger.queue_arn, ".fifo") || var.queue_trigger.batching_window_seconds == 0 ? 10 : 10000)
    )
    error_message = "The queue_trigger's batch_size must be a whole number from 1 to 10, or to 10000 with batching_window_seconds and no FIFO queue."
  }

  validation {
    condition = var.queue_trigger == null ? true : (
      var.queue_trigger.batching_window_seconds >= 0 && floor(var.queue_trigger.batching_window_seconds) == var.queue_trigger.batching_window_seconds &&
      var.queue_trigger.batching_window_seconds <= (endswith(var.queue_trigger.queue_arn, ".fifo") ? 0 : 300)
    )
    error_message = "The queue_trigger's batching_window_seconds must be a whole number from 0 to 300; a FIFO queue has none."
  }

  validation {
    condition     = var.queue_trigger == null ? true : var.queue_trigger.maximum_concurrency == null ? true : var.queue_trigger.maximum_concurrency >= 2 && var.queue_trigger.maximum_concurrency <= 1000 && floor(var.queue_trigger.maximum_concurrency) == var.queue_trigger.maximum_concurrency
    error_message = "The queue_trigger's maximum_concurrency must be a whole number from 2 to 1000."
  }

  validation {
    condition     = var.queue_trigger == null || var.reserved_concurrency == null ? true : var.reserved_concurrency >= 2 && (var.queue_trigger.maximum_concurrency == null ? true : var.queue_trigger.maximum_concurrency <= var.reserved_concurrency)
    error_message = "Lambda reads a queue with two runs at once at least, and throttled messages are lost in the end: with queue_trigger reserved_concurrency must be null, or 2 or more and not below its maximum_concurrency."
  }

  validation {
    condition     = var.queue_trigger == null ? true : var.queue_trigger.kms_key_arn == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.queue_trigger.kms_key_arn))
    error_message = "The queue_trigger's kms_key_arn must be the ARN of a KMS key."
  }
}

variable "readable_secrets" {
  description = "ARNs of Secrets Manager secrets and SSM parameters that the code may read while it runs. Lambda puts no secrets into the environment."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.readable_secrets : can(regex("^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]+|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[A-Za-z0-9_./-]+)$", arn))])
    error_message = "Each of readable_secrets must be the ARN of a Secrets Manager secret or of an SSM parameter."
  }
}

variable "reserved_concurrency" {
  description = "How many runs may go on at the same time; a further one waits its turn for an hour at most. It is taken from the account's limit, of which 100 must stay unreserved. Null: nothing is reserved, and runs may overlap."
  type        = number
  default     = 1

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1 && floor(var.reserved_concurrency) == var.reserved_concurrency
    error_message = "The reserved_concurrency must be a whole number of 1 or more; leave it null to reserve nothing."
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

variable "storage" {
  description = "Existing buckets: bucket and prefix of the data, allow_delete (whether objects may be deleted), state_bucket and state_prefix, and targets (further buckets that data is written to, with their prefixes). The function may list, read and write below the prefixes only; an empty prefix is the whole bucket."
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
  description = "Final tags, put on every resource that can be tagged."
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
  description = "A run is stopped after this time, 15 minutes at most; each retry has it anew."
  type        = number
  default     = 900
  nullable    = false

  # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout_seconds must be a whole number from 1 to 900: Lambda stops a run after 15 minutes."
  }
}
