variable "access" {
  description = "What else the code may use: a BigQuery dataset (projects/PROJECT/datasets/NAME), a Pub/Sub topic (projects/PROJECT/topics/NAME, written only) or subscription (projects/PROJECT/subscriptions/NAME, read only), or a bucket (gs://BUCKET, with /PREFIX what is below it). level: read or write; what is written may be read too, but for topics, and objects are never deleted. With a dataset comes the right to run BigQuery jobs in project_id."
  type = list(object({
    resource = string
    level    = string
  }))
  default  = []
  nullable = false

  validation {
    condition = alltrue([
      for entry in var.access :
      can(regex("^(projects/[a-z0-9.:-]+/(datasets/[A-Za-z0-9_]+|topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}|subscriptions/[A-Za-z][A-Za-z0-9._~+%-]{2,254})|gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[^\"'\\\\\\x00-\\x1f\\x7f]{0,512})?)$", entry.resource))
    ])
    error_message = "Each resource in access must be projects/PROJECT/datasets/NAME, projects/PROJECT/topics/NAME, projects/PROJECT/subscriptions/NAME or gs://BUCKET/PREFIX."
  }

  validation {
    condition = alltrue([
      for entry in var.access :
      contains(strcontains(entry.resource, "/topics/") ? ["write"] : strcontains(entry.resource, "/subscriptions/") ? ["read"] : ["read", "write"], entry.level)
    ])
    error_message = "Each level in access must be read or write: write for a topic, read for a subscription."
  }

  validation {
    condition     = length(distinct([for entry in var.access : "${entry.level} ${entry.resource}"])) == length(var.access)
    error_message = "No resource may stand in access twice with the same level."
  }
}

variable "alerts" {
  description = "Alert policies; null makes none. channels: full names of notification channels. failed_runs: so many failed or timed-out runs within 5 minutes raise the alarm (for workers: containers that died). error_lines: so many log lines of severity ERROR or above within 5 minutes. run_seconds: runs have been going on for longer than this without a pause, rounded up to whole minutes; batch jobs only. error_rate and timeout_rate: runs that failed or timed out, or timed out, per cent of those that ended within a day; more raise the alarm. records_processed_min: a run processed fewer records, as the key records_field of a JSON log line tells. A job with a schedule also gets an alarm for starts that failed."
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
    condition = alltrue([
      for channel in try(var.alerts.channels, []) :
      can(regex("^projects/[^/\\s]+/notificationChannels/[^/\\s]+$", channel))
    ])
    error_message = "Every channel in alerts.channels must be the full name of a notification channel: projects/PROJECT/notificationChannels/ID."
  }

  validation {
    condition = alltrue([
      for number in [try(var.alerts.failed_runs, null), try(var.alerts.error_lines, null), try(var.alerts.records_processed_min, null)] :
      number == null ? true : number >= 1 && floor(number) == number
    ])
    error_message = "The numbers failed_runs, error_lines and records_processed_min of alerts must be whole and at least 1."
  }

  validation {
    condition     = try(var.alerts.run_seconds, null) == null ? true : var.alerts.run_seconds > 0 && var.alerts.run_seconds <= 84600
    error_message = "The number alerts.run_seconds must be above 0 and at most 84600 (23 hours and 30 minutes), the longest time that Cloud Monitoring watches a condition."
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

variable "binary_authorization" {
  description = "Policy of Binary Authorization that images must pass: default for the project's own, or projects/PROJECT/platforms/cloudRun/POLICY. null asks none, which the constraint run.allowedBinaryAuthorizationPolicies of an organisation may refuse."
  type        = string
  default     = null

  validation {
    condition     = var.binary_authorization == null ? true : can(regex("^(default|projects/[^/\\s]+/platforms/cloudRun/[a-z0-9_-]+)$", var.binary_authorization))
    error_message = "The binary_authorization must be default or projects/PROJECT/platforms/cloudRun/POLICY."
  }
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cpu" {
  description = "vCPUs: 1, 2, 4, 6 or 8. Cloud Run gives a part of one only where requests are paid for, and a job or worker answers none."
  type        = number
  default     = 1
  nullable    = false

  # https://docs.cloud.google.com/run/docs/configuring/jobs/cpu
  validation {
    condition     = contains([1, 2, 4, 6, 8], var.cpu)
    error_message = "The number of vCPUs must be 1, 2, 4, 6 or 8."
  }
}

variable "deletion_protection" {
  description = "Refuses every plan that would destroy or replace the job or worker pool. It holds no data, so that the default lets a retired job go."
  type        = bool
  default     = false
  nullable    = false
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
  description = "Plain environment variables. Whoever may see the job sees them; use secrets for what is secret."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment_variables) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "Every name in environment_variables must consist of letters, digits and underscores and not start with a digit."
  }

  validation {
    condition = alltrue([
      for name in keys(var.environment_variables) :
      !contains(["CLOUD_RUN_EXECUTION", "CLOUD_RUN_JOB", "CLOUD_RUN_TASK_ATTEMPT", "CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_TASK_INDEX"], name)
    ])
    error_message = "The names CLOUD_RUN_JOB, CLOUD_RUN_EXECUTION, CLOUD_RUN_TASK_INDEX, CLOUD_RUN_TASK_ATTEMPT and CLOUD_RUN_TASK_COUNT are set by Cloud Run itself."
  }

  validation {
    condition     = length(setintersection(keys(var.environment_variables), keys(var.secrets))) == 0
    error_message = "A name must not stand both in environment_variables and in secrets."
  }
}

variable "iam" {
  description = "Who else may do what with the job, besides its schedule: role to principals, such as group:data@example.com. They are added to what others have been granted. roles/run.invoker starts it, roles/run.jobsExecutorWithOverrides with other arguments too, roles/run.viewer sees its runs."
  type        = map(set(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for role in keys(var.iam) : can(regex("^(roles/[A-Za-z0-9_.]+|(projects|organizations)/[^/]+/roles/[A-Za-z0-9_.]{3,64})$", role)) && !contains(["roles/owner", "roles/editor", "roles/viewer"], role)])
    error_message = "Every key in iam must be a role, roles/NAME or one of a project or organisation, and none of the basic roles owner, editor and viewer."
  }

  validation {
    condition     = alltrue([for principal in flatten([for principals in values(var.iam) : tolist(principals)]) : can(regex("^((user|group|serviceAccount|domain):[^\\s]+|principal(Set)?://[^\\s]+)$", principal))])
    error_message = "Every value in iam must be a principal that can be told: user:, group:, serviceAccount: or domain: and a name, principal:// or principalSet://, and never everybody."
  }
}

variable "identity" {
  description = "E-mail of an existing service account to run as. The module grants nothing to it: it must already be able to read the secrets and to use the buckets. null makes an account with just those rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null ? true : can(regex("^([a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\\.iam|[0-9]+-compute@developer|[a-z0-9.-]+@appspot)\\.gserviceaccount\\.com$", var.identity))
    error_message = "The identity must be the e-mail address of a service account: NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "image" {
  description = "Container image, best pinned by tag or digest. Cloud Run's service agent pulls it; in another project's Artifact Registry that agent needs roles/artifactregistry.reader there."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s]+$", var.image))
    error_message = "The image must be the address of a container image, without spaces."
  }
}

variable "kms_key_grant" {
  description = "Grants the use of kms_key_id to Cloud Run's service agent, and that of log_kms_key_id to Cloud Logging's account. false where the key's owner has granted it once for all jobs: an IAM policy takes 20 conditional grants of one role to one member, and this is one of them."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_id" {
  description = "Existing Cloud KMS key (projects/P/locations/L/keyRings/R/cryptoKeys/K, in the region of the job) with which Cloud Run encrypts what it keeps of the job, the container image first of all. Cloud Run's service agent must be allowed to use it: see kms_key_grant."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null ? true : can(regex("^projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]+/cryptoKeys/[A-Za-z0-9_-]+$", var.kms_key_id))
    error_message = "The kms_key_id must have the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version."
  }

  validation {
    condition     = try(split("/", var.kms_key_id)[3], var.region) == var.region
    error_message = "The kms_key_id must lie in the region: Google encrypts with keys of the same location only."
  }
}

variable "log_bucket_generation" {
  description = "Number of the log bucket made for the logs. A deleted log bucket keeps its name for seven days, in which Cloud Logging takes no other under it: raise the number to make a new one at once, or bring the old one back with gcloud logging buckets undelete."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.log_bucket_generation >= 1 && var.log_bucket_generation <= 9999 && floor(var.log_bucket_generation) == var.log_bucket_generation
    error_message = "The log_bucket_generation must be a whole number from 1 to 9999."
  }
}

variable "log_bucket_id" {
  description = "Existing log bucket of the same project (projects/P/locations/L/buckets/B) for the logs; they are then kept as long as that bucket says. null makes a bucket of its own. A project holds 100 log buckets, so that many jobs should share one."
  type        = string
  default     = null

  validation {
    condition = (
      var.log_bucket_id == null
      ? true
      : can(regex("^projects/[^/]+/locations/[a-z0-9-]+/buckets/[A-Za-z0-9._-]+$", var.log_bucket_id)) && startswith(var.log_bucket_id, "projects/${var.project_id}/")
    )
    error_message = "The log_bucket_id must have the form projects/PROJECT/locations/LOCATION/buckets/BUCKET and lie in the project of the job."
  }
}

variable "log_kms_key_id" {
  description = "Existing Cloud KMS key (projects/P/locations/L/keyRings/R/cryptoKeys/K, in the region of the job) that encrypts the log bucket made for the logs. Another key may take its place, but the bucket is never without one again: raise log_bucket_generation for that. Cloud Logging's service account must be allowed to use it: see kms_key_grant."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_id == null ? true : can(regex("^projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]+/cryptoKeys/[A-Za-z0-9_-]+$", var.log_kms_key_id))
    error_message = "The log_kms_key_id must have the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version."
  }

  validation {
    condition     = try(split("/", var.log_kms_key_id)[3], var.region) == var.region
    error_message = "The key in log_kms_key_id must lie in the region of the job."
  }

  validation {
    condition     = var.log_kms_key_id == null || var.log_bucket_id == null
    error_message = "The log_kms_key_id encrypts the module's own log bucket, so it must not be set together with log_bucket_id."
  }
}

variable "log_retention_days" {
  description = "Days that the logs are kept in the bucket made for them."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 1 && var.log_retention_days <= 3650 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "Cloud Logging keeps logs for 1 to 3650 whole days."
  }
}

variable "log_sink" {
  description = "Sends the logs to the log bucket. false makes no sink, for where one of the project's own, or its _Default sink, does it for many jobs at once; log_bucket_id then says where to. A project holds 200 sinks unless Google raises that."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.log_sink || var.log_bucket_id != null
    error_message = "Without log_sink nothing fills a log bucket of the module's own, so log_bucket_id must be set."
  }
}

variable "max_retries" {
  description = "How often a failed task is tried again; batch jobs only. Each attempt has the whole timeout."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 10 && floor(var.max_retries) == var.max_retries
    error_message = "A run is tried again 0 to 10 times."
  }

  validation {
    condition     = var.max_retries == 0 || var.workers == null
    error_message = "A worker that stops is always started again, so max_retries must not be set together with workers."
  }
}

variable "memory_mib" {
  description = "Memory in MiB, 512 at least. 1 vCPU takes up to 4096, 2 up to 8192, 4 from 2048 to 16384, 6 from 4096 to 24576, 8 from 4096 to 32768."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib >= 512 && var.memory_mib <= 32768 && floor(var.memory_mib) == var.memory_mib
    error_message = "The memory must be a whole number of MiB from 512 to 32768."
  }

  # https://docs.cloud.google.com/run/docs/configuring/jobs/cpu
  validation {
    condition     = var.memory_mib <= (var.cpu < 2 ? 4096 : var.cpu < 4 ? 8192 : var.cpu < 6 ? 16384 : var.cpu < 8 ? 24576 : 32768)
    error_message = "So much memory needs more vCPUs: above 4096 MiB 2, above 8192 MiB 4, above 16384 MiB 6 and above 24576 MiB 8."
  }

  validation {
    condition     = var.memory_mib >= (var.cpu >= 6 ? 4096 : var.cpu >= 4 ? 2048 : 512)
    error_message = "So many vCPUs need more memory: 4 vCPUs need 2048 MiB, 6 and 8 vCPUs need 4096 MiB."
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
  description = "Way into a VPC: a Serverless VPC Access connector, or a network or subnetwork for direct VPC egress (with network_tags for its firewall rules). private sends all traffic through it; otherwise only private ranges go there. Without a connector, network or subnetwork the job has no VPC at all."
  type = object({
    connector    = optional(string)
    network      = optional(string)
    subnetwork   = optional(string)
    network_tags = optional(set(string), [])
    private      = optional(bool, true)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.network.connector == null || (var.network.network == null && var.network.subnetwork == null)
    error_message = "Either network.connector or direct VPC egress (network.network, network.subnetwork) may be set, not both."
  }

  # A name alone, or projects/P/locations/L/connectors/C; a subnetwork may also be a whole address.
  validation {
    condition     = try(regex("/locations/([^/]+)/connectors/", var.network.connector)[0], var.region) == var.region
    error_message = "The network.connector must lie in the region."
  }

  validation {
    condition     = try(regex("/regions/([^/]+)/subnetworks/", var.network.subnetwork)[0], var.region) == var.region
    error_message = "The network.subnetwork must lie in the region."
  }

  validation {
    condition     = length(var.network.network_tags) == 0 || var.network.network != null || var.network.subnetwork != null
    error_message = "The tags in network.network_tags need direct VPC egress: set network.network or network.subnetwork."
  }

  validation {
    condition     = alltrue([for tag in var.network.network_tags : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", tag))])
    error_message = "Every tag in network.network_tags must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen."
  }
}

variable "parallelism" {
  description = "Tasks that one run starts side by side; each finds its number in CLOUD_RUN_TASK_INDEX. Batch jobs only."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.parallelism >= 1 && var.parallelism <= 10000 && floor(var.parallelism) == var.parallelism
    error_message = "A run starts 1 to 10000 copies of the container."
  }

  validation {
    condition     = var.parallelism == 1 || var.workers == null
    error_message = "The number of workers is set by workers.min and workers.max, so parallelism must not be set together with workers."
  }
}

variable "project_id" {
  description = "Project in which everything is made."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project_id must be a project id of 6 to 30 lower-case letters, digits and hyphens (not a project number)."
  }
}

variable "readable_secrets" {
  description = "Secrets (projects/P/secrets/S) that the code itself may read at run time, besides those in secrets."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for secret in var.readable_secrets : can(regex("^projects/[^/\\s]+/secrets/[A-Za-z0-9_-]{1,255}$", secret))])
    error_message = "Every secret in readable_secrets must have the form projects/PROJECT/secrets/SECRET, without a version."
  }
}

variable "region" {
  description = "Region of everything that the module makes, for example europe-west1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "The region must be a Google Cloud region such as europe-west1."
  }
}

variable "schedule" {
  description = "When the job starts by itself: a cron expression of five fields, a time zone of the tz database, and whether the schedule is active. region: where Cloud Scheduler does that, for regions in which there is none; null: in that of the job. null: it is started by hand or by an orchestrator."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
    region     = optional(string)
  })
  default = null

  validation {
    condition     = var.schedule == null ? true : can(regex("^\\S+( +\\S+){4}$", var.schedule.expression))
    error_message = "The schedule.expression must be a cron expression of five fields, for example 0 2 * * *."
  }

  validation {
    condition     = var.schedule == null ? true : can(regex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$", var.schedule.timezone))
    error_message = "The schedule.timezone must be a name of the tz database such as UTC or Europe/Berlin."
  }

  validation {
    condition     = try(var.schedule.region, null) == null ? true : can(regex("^[a-z]+-[a-z]+[0-9]+$", var.schedule.region))
    error_message = "The schedule.region must be a Google Cloud region such as europe-west1."
  }

  validation {
    condition     = var.schedule == null || var.workers == null
    error_message = "Workers run all the time, so schedule must not be set together with workers."
  }
}

variable "scheduler_service_account" {
  description = "E-mail of an existing service account of the project that Cloud Scheduler starts the job as; the module lets it start this job. A project holds 100 service accounts unless Google raises that, and one can start many jobs. null makes an account that starts this job and nothing else."
  type        = string
  default     = null

  validation {
    condition     = var.scheduler_service_account == null ? true : can(regex("^([a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\\.iam|[0-9]+-compute@developer|[a-z0-9.-]+@appspot)\\.gserviceaccount\\.com$", var.scheduler_service_account))
    error_message = "The scheduler_service_account must be the e-mail address of a service account: NAME@PROJECT.iam.gserviceaccount.com."
  }

  validation {
    condition     = var.scheduler_service_account == null || var.schedule != null
    error_message = "Only a schedule uses scheduler_service_account, so it has no effect without schedule."
  }
}

variable "secret_files" {
  description = "Files whose content comes from Secret Manager when it is read: path to projects/P/secrets/S (the latest version) or projects/P/secrets/S/versions/V. Never a value. The folder of a file holds nothing else, so each has a folder of its own, for example /secrets/api/token."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for path in keys(var.secret_files) : can(regex("^(/[A-Za-z0-9_][A-Za-z0-9_.-]*){2,}$", path)) && !can(regex("^/(bin|boot|dev|etc|lib|lib64|proc|sbin|sys|usr)/[^/]+$", path))])
    error_message = "Every path in secret_files must be absolute, of at least one folder and a file, in letters, digits, dots, hyphens and underscores, and not lie right in a folder of the system."
  }

  validation {
    condition     = length(distinct([for path in keys(var.secret_files) : dirname(path)])) == length(var.secret_files)
    error_message = "A folder in secret_files holds one file, so every path must have a folder of its own."
  }

  validation {
    condition = alltrue([
      for reference in values(var.secret_files) :
      can(regex("^projects/[^/\\s]+/secrets/[A-Za-z0-9_-]{1,255}(/versions/[A-Za-z0-9_-]+)?$", reference))
    ])
    error_message = "Every value in secret_files must be a reference of the form projects/PROJECT/secrets/SECRET or projects/PROJECT/secrets/SECRET/versions/VERSION, never the secret itself."
  }
}

variable "secrets" {
  description = "Environment variables whose values come from Secret Manager when a task starts: name to projects/P/secrets/S (the latest version) or projects/P/secrets/S/versions/V. Never a value."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "Every name in secrets must consist of letters, digits and underscores and not start with a digit."
  }

  validation {
    condition = alltrue([
      for reference in values(var.secrets) :
      can(regex("^projects/[^/\\s]+/secrets/[A-Za-z0-9_-]{1,255}(/versions/[A-Za-z0-9_-]+)?$", reference))
    ])
    error_message = "Every value in secrets must be a reference of the form projects/PROJECT/secrets/SECRET or projects/PROJECT/secrets/SECRET/versions/VERSION, never the secret itself."
  }

  validation {
    condition = alltrue([
      for name in keys(var.secrets) :
      !contains(["CLOUD_RUN_EXECUTION", "CLOUD_RUN_JOB", "CLOUD_RUN_TASK_ATTEMPT", "CLOUD_RUN_TASK_COUNT", "CLOUD_RUN_TASK_INDEX"], name)
    ])
    error_message = "The names CLOUD_RUN_JOB, CLOUD_RUN_EXECUTION, CLOUD_RUN_TASK_INDEX, CLOUD_RUN_TASK_ATTEMPT and CLOUD_RUN_TASK_COUNT are set by Cloud Run itself."
  }
}

variable "storage" {
  description = "Existing buckets, with uniform bucket-level access, that the job uses. It reads, lists and creates objects under bucket and prefix; with allow_delete it also overwrites and deletes them. Under state_bucket and state_prefix it may do all of that. What holds for bucket holds for targets, further buckets that data is written to, each below its prefix. An empty prefix means the whole bucket."
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
    condition = alltrue([
      for bucket in concat([try(var.storage.bucket, null), try(var.storage.state_bucket, null)], try(var.storage.targets[*].bucket, [])) :
      bucket == null ? true : can(regex("^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$", bucket))
    ])
    error_message = "A bucket in storage must be a bucket's name: 3 to 222 lower-case letters, digits, dots, hyphens and underscores, without gs://."
  }

  # Prefixes become part of an IAM condition.
  validation {
    condition = alltrue([
      for prefix in concat([try(var.storage.prefix, ""), try(var.storage.state_prefix, "")], try(var.storage.targets[*].prefix, [])) :
      can(regex("^[^\"'\\\\\\x00-\\x1f\\x7f]{0,512}$", prefix))
    ])
    error_message = "A prefix in storage must have at most 512 characters, without quotes, backslashes or control characters."
  }

  validation {
    condition     = try(trim(var.storage.state_prefix, "/"), "") == "" || try(var.storage.state_bucket, null) != null
    error_message = "A storage.state_prefix needs a storage.state_bucket."
  }
}

variable "tags" {
  description = "Final labels, set on everything that takes labels."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("^[a-z][a-z0-9_-]{0,62}$", key))])
    error_message = "Every key in tags must have 1 to 63 lower-case letters, digits, hyphens and underscores and start with a letter."
  }

  validation {
    condition     = alltrue([for value in values(var.tags) : can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "Every value in tags must have at most 63 lower-case letters, digits, hyphens and underscores."
  }

  validation {
    condition     = length(var.tags) <= 64
    error_message = "A resource takes at most 64 labels."
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
  description = "An attempt of a task is stopped after this time, 7 days at most; batch jobs only."
  type        = number
  default     = 3600
  nullable    = false

  # https://docs.cloud.google.com/run/docs/configuring/task-timeout
  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 604800 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout must be a whole number of seconds from 1 to 604800 (7 days)."
  }
}

variable "timeouts" {
  description = "How long Terraform waits while what runs the job is made, changed and deleted, such as 45m. Null: as long as the provider says."
  type = object({
    create = optional(string)
    update = optional(string)
    delete = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for time in values(var.timeouts) : time == null ? true : can(regex("^([1-9][0-9]*[hms])+$", time))])
    error_message = "Each of timeouts must be a time such as 45m or 1h30m."
  }
}

variable "workers" {
  description = "null: a batch job. Otherwise a worker pool instead of a job: so many instances that run all the time, scaled on CPU use between min and max when the two differ."
  type = object({
    min = number
    max = number
  })
  default = null

  validation {
    condition = (
      var.workers == null
      ? true
      : var.workers.min >= 1 && var.workers.max >= var.workers.min && floor(var.workers.min) == var.workers.min && floor(var.workers.max) == var.workers.max
    )
    error_message = "The numbers workers.min and workers.max must be whole, workers.min at least 1 and workers.max not below it."
  }
}
