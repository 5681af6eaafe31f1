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
  description = "Alert policies; null makes none. channels: full names of notification channels. failed_runs: so many failed or timed-out runs within 5 minutes raise the alarm (for workers: containers that died). error_lines: so many log lines of severity ERROR or above within 5 minutes; GKE takes everything on standard error for such, unless the line is JSON with a severity of its own. run_seconds: a container has been running for longer than this; batch jobs only. error_rate and timeout_rate: runs that failed or timed out, or timed out, per cent of those that ended within a day; more raise the alarm. records_processed_min: a run processed fewer records, as the key records_field of a JSON log line tells. A job with a schedule also gets an alarm for starts that failed."
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
    condition     = try(var.alerts.run_seconds, null) == null ? true : var.alerts.run_seconds >= 60
    error_message = "The number alerts.run_seconds must be at least 60: GKE measures once a minute how long a container has been running."
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

variable "annotations" {
  description = "Annotations of every object and pod."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.annotations) :
      can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317
    ])
    error_message = "Every key in annotations must have 1 to 63 letters, digits and - _ . and start and end with a letter or digit, if need be after a DNS name and a slash."
  }

  validation {
    condition     = length(replace(base64encode(join("", concat(keys(var.annotations), [for value in values(var.annotations) : value == null ? "" : value]))), "=", "")) * 3 / 4 <= 260000
    error_message = "The annotations must have at most 260000 bytes together: Kubernetes takes 262144, and the module adds some."
  }

  validation {
    condition     = alltrue([for value in values(var.annotations) : value != null])
    error_message = "Every value in annotations must be a text, which may be empty, and not null."
  }

  validation {
    condition     = alltrue([for key in keys(var.annotations) : !can(regex("^(container[.]apparmor[.]security[.]beta|container[.]seccomp[.]security[.]alpha|seccomp[.]security[.]alpha)[.]kubernetes[.]io/", key))])
    error_message = "The profiles of AppArmor and seccomp are set by the module, not by annotations: with others no pod would be admitted."
  }

  validation {
    condition = length(setintersection(keys(var.annotations), [
      "azure.workload.identity/client-id", "eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account",
    ])) == 0
    error_message = "The identity in the cloud is set by identity, not by annotations."
  }
}

variable "args" {
  description = "Replaces the image's command (its CMD). Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "authenticator_security_group" {
  description = "Google Group gke-security-groups@DOMAIN whose member groups may be named in RBAC. null: no groups."
  type        = string
  default     = null

  validation {
    condition     = var.authenticator_security_group == null ? true : can(regex("^gke-security-groups@[a-z0-9.-]+$", var.authenticator_security_group))
    error_message = "The authenticator_security_group must have the form gke-security-groups@DOMAIN, which is the only name that GKE takes."
  }
}

variable "authorized_networks" {
  description = "Further networks that may reach the private IP endpoint of the control plane: name to CIDR block. The cluster's own subnetwork always may."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for block in values(var.authorized_networks) : can(cidrhost(block, 0)) && block != "0.0.0.0/0"])
    error_message = "Every value in authorized_networks must be a CIDR block such as 10.0.0.0/8, and not the whole internet."
  }
}

variable "binary_authorization" {
  description = "Enforces the project's Binary Authorization policy (which allows every image until somebody writes one). Needs that API in the project."
  type        = bool
  default     = true
  nullable    = false
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cpu" {
  description = "vCPUs of a container, in steps of 0.001; less than a node has."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.cpu >= 0.001 && var.cpu <= 1024 && tonumber(format("%.3f", var.cpu)) == var.cpu
    error_message = "The number of vCPUs must lie between 0.001 and 1024, in steps of 0.001."
  }

  validation {
    condition     = var.cpu < try(tonumber(regex("^(?:[a-z0-9]+-)?(?P<kind>custom|standard|highmem|highcpu)-(?P<cpus>[0-9]+)", var.nodes.instance_type)["cpus"]), var.cpu + 1)
    error_message = "A node has ${var.nodes.instance_type} and keeps a part of its vCPUs for itself, so cpu must be less than they are: choose a larger nodes.instance_type."
  }
}

variable "deletion_protection" {
  description = "Refuses every plan that would destroy or replace the cluster. It holds no data, so that the default lets a retired job go."
  type        = bool
  default     = false
  nullable    = false
}

variable "dns_endpoint" {
  description = "Opens the control plane's DNS endpoint to callers whom IAM allows (container.clusters.connect), wherever they are; Terraform needs no way into the network then. false: only the private IP endpoint, so that Terraform must run inside the network or in authorized_networks."
  type        = bool
  default     = true
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
    condition     = alltrue([for name in keys(var.environment_variables) : can(regex("^[A-Za-z_.-][A-Za-z0-9_.-]*$", name))])
    error_message = "Every name in environment_variables must consist of letters, digits and _ . - and not start with a digit."
  }

  validation {
    condition     = alltrue([for value in values(var.environment_variables) : value != null])
    error_message = "Every value in environment_variables must be a text, which may be empty, and not null."
  }

  validation {
    condition     = length(setintersection(keys(var.environment_variables), keys(var.secrets))) == 0
    error_message = "A name must not stand both in environment_variables and in secrets."
  }
}

variable "ephemeral_storage_mib" {
  description = "Disk of each pod in MiB, requested and the most it gets: /tmp, and what is logged. null: 1024."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.ephemeral_storage_mib >= 1 && var.ephemeral_storage_mib <= 16777216 && floor(var.ephemeral_storage_mib) == var.ephemeral_storage_mib
    error_message = "The ephemeral_storage_mib must be a whole number of MiB from 1 to 16777216."
  }
}

variable "identity" {
  description = "E-mail of an existing Google service account to act as. The module grants nothing to it, which must already be able to use the buckets and to read the secrets; it only lets the job's Kubernetes service account act as it. null makes an account with just those rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null ? true : can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", var.identity))
    error_message = "The identity must be the e-mail address of a service account of a project: NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "image" {
  description = "Container image, best pinned by tag or digest. The nodes pull it: see image_pull_grant."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s]+$", var.image))
    error_message = "The image must be the address of a container image, without spaces."
  }
}

variable "image_pull_grant" {
  description = "Lets the nodes pull from the image's repository, if that is in Artifact Registry. false where the repository's owner has granted it (roles/artifactregistry.reader to node_service_account_email)."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_generation" {
  description = "Which key ring of the job's own this is. Google never deletes a key ring: a job that is retired and comes back under the same name counts up."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.kms_key_generation >= 1 && var.kms_key_generation <= 999 && floor(var.kms_key_generation) == var.kms_key_generation
    error_message = "The kms_key_generation must be a whole number from 1 to 999."
  }
}

variable "kms_key_grant" {
  description = "Grants the use of kms_key_id to the service agents of GKE and Compute Engine, and that of log_kms_key_id to Cloud Logging's account. false where the key's owner has granted it once for all jobs: an IAM policy takes 20 conditional grants of one role to one member, and these are among them."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_id" {
  description = "Existing Cloud KMS key (projects/P/locations/L/keyRings/R/cryptoKeys/K) in the cluster's region; it encrypts the secrets in etcd and the disks of the nodes. The service agents of GKE and Compute Engine must be allowed to use it: see kms_key_grant. null makes a key of the job's own, renewed every 90 days."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null ? true : can(regex("^projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]+/cryptoKeys/[A-Za-z0-9_-]+$", var.kms_key_id))
    error_message = "The kms_key_id must have the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version."
  }

  # https://docs.cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets
  validation {
    condition     = try(split("/", var.kms_key_id)[3], var.region) == var.region
    error_message = "The kms_key_id must lie in the region: Google encrypts with keys of the same location only."
  }
}

variable "kubernetes_labels" {
  description = "Final labels of everything inside the cluster, in the form that Kubernetes takes; on the nodes too."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.kubernetes_labels) : can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317])
    error_message = "Every key in kubernetes_labels must be a name of at most 63 letters, digits, hyphens, underscores and dots, with an optional DNS prefix and a slash before it."
  }

  validation {
    condition     = alltrue([for value in values(var.kubernetes_labels) : can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", value))])
    error_message = "Every value in kubernetes_labels must have at most 63 letters, digits and - _ . and start and end with a letter or digit."
  }

  validation {
    condition = length(setintersection(keys(var.kubernetes_labels), [
      "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/name", "app.kubernetes.io/part-of",
      "pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/enforce-version",
    ])) == 0
    error_message = "The labels app.kubernetes.io/instance, managed-by, name and part-of, and pod-security.kubernetes.io/enforce and enforce-version, are set by the module."
  }

  validation {
    condition = length(setintersection(keys(var.kubernetes_labels), [
      "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index", "batch.kubernetes.io/job-name",
      "controller-uid", "job-name", "kubernetes.io/metadata.name", "pod-template-hash",
    ])) == 0
    error_message = "The labels job-name, controller-uid (also after batch.kubernetes.io/), batch.kubernetes.io/job-completion-index, pod-template-hash and kubernetes.io/metadata.name belong to Kubernetes itself: with another value no run would start."
  }

  validation {
    condition = alltrue([
      for key, value in var.kubernetes_labels :
      can(regex("-version$", key)) ? can(regex("^(latest|v1\\.[0-9]+)$", value)) : can(regex("^(privileged|baseline|restricted)$", value))
      if startswith(key, "pod-security.kubernetes.io/")
    ])
    error_message = "The labels pod-security.kubernetes.io/audit and warn must be privileged, baseline or restricted, and audit-version and warn-version latest or v1.N."
  }
}

variable "labels" {
  description = "Further labels of every object and pod, besides kubernetes_labels."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.labels) :
      can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317
    ])
    error_message = "Every key in labels must have 1 to 63 letters, digits and - _ . and start and end with a letter or digit, if need be after a DNS name and a slash."
  }

  validation {
    condition     = alltrue([for value in values(var.labels) : can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", value))])
    error_message = "Every value in labels must have at most 63 letters, digits and - _ . and start and end with a letter or digit."
  }

  validation {
    condition = length(setintersection(keys(var.labels), [
      "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/name", "app.kubernetes.io/part-of",
      "pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/enforce-version",
    ])) == 0
    error_message = "The labels app.kubernetes.io/instance, managed-by, name and part-of, and pod-security.kubernetes.io/enforce and enforce-version, are set by the module."
  }

  validation {
    condition = length(setintersection(keys(var.labels), [
      "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index", "batch.kubernetes.io/job-name",
      "controller-uid", "job-name", "kubernetes.io/metadata.name", "pod-template-hash",
    ])) == 0
    error_message = "The labels job-name, controller-uid (also after batch.kubernetes.io/), batch.kubernetes.io/job-completion-index, pod-template-hash and kubernetes.io/metadata.name belong to Kubernetes itself: with another value no run would start."
  }

  validation {
    condition = alltrue([
      for key, value in var.labels :
      can(regex("-version$", key)) ? can(regex("^(latest|v1\\.[0-9]+)$", value)) : can(regex("^(privileged|baseline|restricted)$", value))
      if startswith(key, "pod-security.kubernetes.io/")
    ])
    error_message = "The labels pod-security.kubernetes.io/audit and warn must be privileged, baseline or restricted, and audit-version and warn-version latest or v1.N."
  }

  validation {
    condition     = alltrue([for key, value in var.labels : lookup(var.kubernetes_labels, key, value) == value])
    error_message = "A key must not stand in labels and in kubernetes_labels with different values."
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

variable "maintenance_window" {
  description = "When GKE may upgrade the control plane and the nodes: start and end of the first window (RFC 3339) and a recurrence (RFC 5545). The default is Saturdays and Sundays, 8 to 16 o'clock UTC."
  type = object({
    start_time = string
    end_time   = string
    recurrence = string
  })
  default = {
    start_time = "2025-01-04T08:00:00Z"
    end_time   = "2025-01-04T16:00:00Z"
    recurrence = "FREQ=WEEKLY;BYDAY=SA,SU"
  }
  nullable = false

  validation {
    condition     = can(timecmp(var.maintenance_window.start_time, var.maintenance_window.end_time) < 0) ? timecmp(timeadd(var.maintenance_window.start_time, "4h"), var.maintenance_window.end_time) <= 0 : false
    error_message = "The start_time and end_time of the maintenance_window must be written like 2025-01-04T08:00:00Z and lie at least 4 hours apart."
  }

  validation {
    condition     = can(regex("^FREQ=(DAILY|WEEKLY|MONTHLY)(;[A-Z]+=[A-Z0-9,+-]+)*$", var.maintenance_window.recurrence))
    error_message = "The recurrence of the maintenance_window must be a rule of RFC 5545 such as FREQ=WEEKLY;BYDAY=SA,SU."
  }
}

variable "max_retries" {
  description = "How often a failed run is tried again within its timeout; batch jobs only."
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
  description = "Memory of a container in MiB; less than a node has."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib >= 16 && var.memory_mib <= 16777216 && floor(var.memory_mib) == var.memory_mib
    error_message = "The memory must be a whole number of MiB from 16 to 16777216."
  }

  # At most so much for a vCPU, whatever the series: https://docs.cloud.google.com/compute/docs/machine-resource
  validation {
    condition = try(
      var.memory_mib < tonumber(regex("^(?:[a-z0-9]+-)?(?P<kind>custom|standard|highmem|highcpu)-(?P<cpus>[0-9]+)", var.nodes.instance_type)["cpus"]) * { highcpu = 2048, highmem = 8192, standard = 4096 }[regex("^(?:[a-z0-9]+-)?(?P<kind>custom|standard|highmem|highcpu)-(?P<cpus>[0-9]+)", var.nodes.instance_type)["kind"]],
      true,
    )
    error_message = "A node has ${var.nodes.instance_type} and keeps a part of its memory for itself, so memory_mib must be less than it is: choose a larger nodes.instance_type."
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

variable "namespace" {
  description = "Name of the namespace that is made for the job. null derives it from tenant, environment and name."
  type        = string
  default     = null

  validation {
    condition     = var.namespace == null ? true : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "The namespace must have 1 to 63 lower-case letters, digits and hyphens, and start and end with a letter or a digit."
  }

  validation {
    condition     = var.namespace == null ? true : !can(regex("^(default$|kube-|gke-|gmp-)", var.namespace))
    error_message = "The namespace must not be default or begin with kube-, gke- or gmp-: those are in every cluster already, or are kept for it."
  }
}

variable "network" {
  description = "Existing network and subnetwork of the cluster, by name or, in another project, in full (projects/P/global/networks/N, projects/P/regions/R/subnetworks/S), and network tags of the nodes for its firewall rules. Nodes have no public addresses: the subnetwork needs Private Google Access, and Cloud NAT where pods must reach the internet."
  type = object({
    network      = string
    subnetwork   = string
    network_tags = optional(set(string), [])
  })
  nullable = false

  validation {
    condition     = can(regex("^((https://www\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9.:-]+/global/networks/)?[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.network.network))
    error_message = "The network.network must be the name of a network, or projects/PROJECT/global/networks/NAME."
  }

  validation {
    condition     = can(regex("^((https://www\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9.:-]+/regions/[a-z0-9-]+/subnetworks/)?[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.network.subnetwork))
    error_message = "The network.subnetwork must be the name of a subnetwork, or projects/PROJECT/regions/REGION/subnetworks/NAME."
  }

  validation {
    condition     = try(regex("/regions/([^/]+)/", var.network.subnetwork)[0], var.region) == var.region
    error_message = "The network.subnetwork must lie in the region of the cluster."
  }

  validation {
    condition     = alltrue([for tag in var.network.network_tags : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", tag))])
    error_message = "Every tag in network.network_tags must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen."
  }
}

variable "network_policy" {
  description = "What the pods may reach: egress_cidr_blocks at egress_ports (TCP), and egress_rules: a port at its own cidr_blocks, by what is there, besides DNS and the metadata server of GKE. Nothing may come in. enabled = false leaves the pods without a policy."
  type = object({
    enabled            = optional(bool, true)
    egress_cidr_blocks = optional(set(string), ["0.0.0.0/0"])
    egress_ports       = optional(set(number), [443])
    egress_rules = optional(map(object({
      port        = number
      cidr_blocks = set(string)
    })), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for block in setunion(var.network_policy.egress_cidr_blocks, flatten(values(var.network_policy.egress_rules)[*].cidr_blocks)) : can(cidrhost(block, 0)) && (strcontains(block, ":") ? !strcontains(block, ".") : try(cidrsubnet(block, 0, 0), "") == block)])
    error_message = "Every block in network_policy.egress_cidr_blocks and egress_rules must be an address range such as 10.0.0.0/8 or fd00::/8, which begins at its first address."
  }

  validation {
    condition     = alltrue([for port in concat(tolist(var.network_policy.egress_ports), values(var.network_policy.egress_rules)[*].port) : port >= 1 && port <= 65535 && floor(port) == port])
    error_message = "Every port in network_policy.egress_ports and egress_rules must be a whole number from 1 to 65535."
  }
}

variable "nodes" {
  description = "Machines that the job runs on, and nothing else: their type, either a fixed count or bounds for autoscaling (min 0: none while nothing runs), a disk (100 GiB unless said otherwise), and whether they are spot machines, which Google may take back at any time. count and the bounds are those of all zones together. Without either: 0 to 3 nodes."
  type = object({
    instance_type = optional(string, "e2-standard-4")
    count         = optional(number)
    autoscaling   = optional(object({ min = number, max = number }))
    disk_gib      = optional(number)
    spot          = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.nodes.instance_type))
    error_message = "The nodes.instance_type must be a machine type of Compute Engine such as e2-standard-4."
  }

  # https://docs.cloud.google.com/kubernetes-engine/docs/concepts/cluster-architecture: what a node keeps for itself
  validation {
    condition     = !contains(["e2-micro", "f1-micro", "g1-small"], var.nodes.instance_type)
    error_message = "The machine types e2-micro, f1-micro and g1-small are too small for the pods that GKE itself runs."
  }

  validation {
    condition     = var.nodes.count == null || var.nodes.autoscaling == null
    error_message = "Either nodes.count or nodes.autoscaling may be set, not both: an autoscaler decides on the number itself."
  }

  validation {
    condition     = var.nodes.count == null ? true : var.nodes.count >= 1 && var.nodes.count % (length(var.zones) > 0 ? length(var.zones) : 3) == 0
    error_message = "A regional cluster has equally many nodes in each of its zones, three unless zones are named, so nodes.count must be a multiple of their number: change it, name fewer zones, or use nodes.autoscaling."
  }

  validation {
    condition = (
      var.nodes.autoscaling == null
      ? true
      : var.nodes.autoscaling.min >= 0 && var.nodes.autoscaling.max >= max(var.nodes.autoscaling.min, 1) && var.nodes.autoscaling.max <= 1000 && floor(var.nodes.autoscaling.min) == var.nodes.autoscaling.min && floor(var.nodes.autoscaling.max) == var.nodes.autoscaling.max
    )
    error_message = "The numbers nodes.autoscaling.min and max must be whole, min at least 0, max from 1 to 1000 and not below min."
  }

  validation {
    condition     = var.nodes.disk_gib == null ? true : var.nodes.disk_gib >= 20 && var.nodes.disk_gib <= 65536 && floor(var.nodes.disk_gib) == var.nodes.disk_gib
    error_message = "The disk of a node must be a whole number of GiB from 20 to 65536."
  }
}

variable "parallelism" {
  description = "Pods that one run starts side by side; each finds its number in JOB_COMPLETION_INDEX. Batch jobs only."
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

variable "pods_range_name" {
  description = "Secondary range of the subnetwork for the addresses of pods. null lets GKE make one, which it cannot on a shared VPC."
  type        = string
  default     = null

  validation {
    condition     = var.pods_range_name == null ? true : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.pods_range_name))
    error_message = "The pods_range_name must be the name of a secondary range: 1 to 63 lower-case letters, digits and hyphens, starting with a letter."
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

variable "quota" {
  description = "What the pods of the namespace may take together. null: twice what one run takes, or for workers one more than workers.max."
  type = object({
    cpu        = number
    memory_mib = number
    pods       = number
  })
  default = null

  validation {
    condition = var.quota == null ? true : (
      var.quota.cpu >= var.cpu && var.quota.memory_mib >= var.memory_mib && var.quota.pods >= 1
      && tonumber(format("%.3f", var.quota.cpu)) == var.quota.cpu && floor(var.quota.memory_mib) == var.quota.memory_mib && floor(var.quota.pods) == var.quota.pods
    )
    error_message = "The quota must have room for one pod: cpu (in steps of 0.001) and memory_mib (whole) not below those of the job, and at least one of pods."
  }
}

variable "read_only_root_filesystem" {
  description = "The container writes to /tmp only."
  type        = bool
  default     = true
  nullable    = false
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

variable "release" {
  description = "Least Kubernetes version of the control plane, such as 1.35 or 1.35.4-gke.1134000, among those that the release channel offers. null takes the channel's default; upgrades come by the channel either way."
  type        = string
  default     = null

  validation {
    condition     = var.release == null ? true : can(regex("^1\\.[0-9]+(\\.[0-9]+(-gke\\.[0-9]+)?)?$", var.release))
    error_message = "The release must be a Kubernetes version of GKE such as 1.35, 1.35.4 or 1.35.4-gke.1134000."
  }
}

variable "release_channel" {
  description = "How early GKE upgrades: RAPID, REGULAR, STABLE or EXTENDED."
  type        = string
  default     = "REGULAR"
  nullable    = false

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE", "EXTENDED"], var.release_channel)
    error_message = "The release_channel must be RAPID, REGULAR, STABLE or EXTENDED."
  }
}

variable "run_as_user" {
  description = "Number of the user, and of the group, that the container runs as; never root."
  type        = number
  default     = 65532
  nullable    = false

  validation {
    condition     = var.run_as_user >= 1 && var.run_as_user <= 2147483647 && floor(var.run_as_user) == var.run_as_user
    error_message = "The run_as_user must be a whole number from 1 to 2147483647: the container never runs as root."
  }
}

variable "schedule" {
  description = "When the job starts by itself: a cron expression of five fields, a time zone of the tz database, and whether the schedule is active. null: it is started by hand or by an orchestrator."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.schedule == null ? true : can(regex("^[^\\s=]+( +[^\\s=]+){4}$", var.schedule.expression))
    error_message = "The schedule.expression must be a cron expression of five fields without a time zone, for example 0 2 * * *."
  }

  validation {
    condition = var.schedule == null ? true : alltrue([
      for position, value in [
        "[0-5]?[0-9]",
        "[01]?[0-9]|2[0-3]",
        "0?[1-9]|[12][0-9]|3[01]",
        "0?[1-9]|1[0-2]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
        "0?[0-6]|(?i:sun|mon|tue|wed|thu|fri|sat)",
        ] : alltrue([
          for item in split(",", try(split(" ", replace(var.schedule.expression, "/ +/", " "))[position], "*")) :
          can(regex("^([*?]|(${value})(-(${value}))?)(/[1-9][0-9]?)?$", item))
      ])
    ])
    error_message = "The fields of schedule.expression must be minute (0 to 59), hour (0 to 23), day of the month (1 to 31), month (1 to 12, jan to dec) and day of the week (0 to 6, sun to sat; Sunday is 0): numbers, ranges, lists and steps of them, or *."
  }

  validation {
    condition     = var.schedule == null ? true : can(regex("^((Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)(/[A-Z][A-Za-z0-9_+-]*)+|CET|CST6CDT|Cuba|EET|EST|EST5EDT|Egypt|Eire|GB|GB-Eire|GMT|GMT[+]0|GMT-0|GMT0|Greenwich|HST|Hongkong|Iceland|Iran|Israel|Jamaica|Japan|Kwajalein|Libya|MET|MST|MST7MDT|NZ|NZ-CHAT|Navajo|PRC|PST8PDT|Poland|Portugal|ROC|ROK|Singapore|Turkey|UCT|UTC|Universal|W-SU|WET|Zulu)$", var.schedule.timezone))
    error_message = "The schedule.timezone must be a name of the tz database such as UTC or Europe/Berlin, in its upper and lower case."
  }

  validation {
    condition     = var.schedule == null || var.workers == null
    error_message = "Workers run all the time, so schedule must not be set together with workers."
  }
}

variable "secrets" {
  description = "Environment variables whose values come from Kubernetes secrets of the namespace: name to SECRET/KEY, never a value. Something else must put them there once the cluster exists; until then a run waits. For what the code itself reads from Secret Manager see readable_secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_.-][A-Za-z0-9_.-]*$", name))])
    error_message = "Every name in secrets must consist of letters, digits and _ . - and not start with a digit."
  }

  validation {
    condition = alltrue([
      for reference in values(var.secrets) :
      can(regex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9_-][A-Za-z0-9_.-]{0,252}|\\.[A-Za-z0-9_-][A-Za-z0-9_.-]{0,251})$", reference)) && length(reference) <= 507
    ])
    error_message = "Every value in secrets must be a reference of the form SECRET/KEY to a Kubernetes secret in the namespace, never the secret itself."
  }
}

variable "services_range_name" {
  description = "Secondary range of the subnetwork for the addresses of services. null lets GKE make one, which it cannot on a shared VPC."
  type        = string
  default     = null

  validation {
    condition     = var.services_range_name == null ? true : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.services_range_name))
    error_message = "The services_range_name must be the name of a secondary range: 1 to 63 lower-case letters, digits and hyphens, starting with a letter."
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

variable "system_nodes" {
  description = "Machines for the pods that GKE itself runs; the job does not run there. instance_type: their type. min and max: how many there are in all zones together. The pool begins with one in each zone, and GKE takes away what it does not need."
  type = object({
    instance_type = optional(string, "e2-medium")
    min           = optional(number, 1)
    max           = optional(number, 3)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.system_nodes.instance_type)) && !contains(["e2-micro", "f1-micro", "g1-small"], var.system_nodes.instance_type)
    error_message = "The system_nodes.instance_type must be a machine type of Compute Engine such as e2-medium, and not e2-micro, f1-micro or g1-small, which are too small."
  }

  validation {
    condition     = !can(regex("^(c4a|n4a|t2a)-", var.system_nodes.instance_type))
    error_message = "The system_nodes.instance_type must not be a machine with Arm: GKE keeps pods off those unless they ask for it."
  }

  validation {
    condition     = var.system_nodes.min >= 1 && var.system_nodes.max >= var.system_nodes.min && var.system_nodes.max <= 1000 && floor(var.system_nodes.min) == var.system_nodes.min && floor(var.system_nodes.max) == var.system_nodes.max
    error_message = "The numbers system_nodes.min and max must be whole, min at least 1, max at most 1000 and not below min."
  }
}

variable "tags" {
  description = "Final labels of everything in Google Cloud that takes labels; the machines and disks of the nodes bear them too."
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
  description = "A run is stopped after this time, its retries included; batch jobs only."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 2147483647 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout must be a whole number of seconds from 1 to 2147483647."
  }
}

variable "timeouts" {
  description = "How long Terraform waits until the cluster, or a pool of its nodes, is made, changed or gone: numbers with s, m or h."
  type = object({
    create = optional(string, "90m")
    update = optional(string, "90m")
    delete = optional(string, "90m")
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for time in values(var.timeouts) : can(regex("^([0-9]+(s|m|h))+$", time))])
    error_message = "The timeouts must be times such as 90m or 1h30m."
  }
}

variable "workers" {
  description = "null: a batch job. Otherwise a deployment instead of a cron job: so many pods that run all the time, scaled on CPU use between min and max when the two differ."
  type = object({
    min = number
    max = number
  })
  default = null

  validation {
    condition = (
      var.workers == null
      ? true
      : var.workers.min >= 1 && var.workers.max >= var.workers.min && var.workers.max <= 1000 && floor(var.workers.min) == var.workers.min && floor(var.workers.max) == var.workers.max
    )
    error_message = "The numbers workers.min and workers.max must be whole, workers.min at least 1 and workers.max not below it, 1000 at most."
  }
}

variable "zones" {
  description = "Zones of the region that have nodes. Empty leaves the choice of three to GKE."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.zones : can(regex("^${var.region}-[a-z]$", zone))])
    error_message = "Every zone in zones must lie in the region, as europe-west1-b lies in europe-west1."
  }
}
