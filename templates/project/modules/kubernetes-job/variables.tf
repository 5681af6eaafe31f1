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

variable "cluster_name" {
  description = "Name of the cluster, for the output of that name; the provider decides where things are made."
  type        = string
  default     = null
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cpu" {
  description = "vCPUs of each pod, requested and the most it gets, in steps of 0.001."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.cpu >= 0.001 && var.cpu <= 1024 && tonumber(format("%.3f", var.cpu)) == var.cpu
    error_message = "The number of vCPUs must lie between 0.001 and 1024, in steps of 0.001."
  }
}

variable "create_namespace" {
  description = "Makes the namespace, with a quota and limits. null: when namespace is null."
  type        = bool
  default     = null

  validation {
    condition     = coalesce(var.create_namespace, true) || var.namespace != null
    error_message = "Where create_namespace is false, namespace must name an existing one."
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
  description = "Existing identity in the cloud that the pods act as: an IAM role (EKS, by IRSA), a Google service account (GKE, by Workload Identity Federation) or the client id of a managed identity (AKS, by Workload Identity). It becomes an annotation of the service account made here; that the identity trusts this service account is granted where the identity is made."
  type = object({
    aws_role_arn           = optional(string)
    azure_client_id        = optional(string)
    google_service_account = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.identity.aws_role_arn == null ? true : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.identity.aws_role_arn))
    error_message = "The identity.aws_role_arn must be the ARN of an IAM role."
  }

  validation {
    condition     = var.identity.azure_client_id == null ? true : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.identity.azure_client_id))
    error_message = "The identity.azure_client_id must be the client id of a managed identity, for example 00000000-0000-0000-0000-000000000000."
  }

  validation {
    condition     = var.identity.google_service_account == null ? true : can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.gserviceaccount\\.com$", var.identity.google_service_account))
    error_message = "The identity.google_service_account must be the e-mail address of a service account: NAME@PROJECT.iam.gserviceaccount.com."
  }

  validation {
    condition     = length([for part in values(var.identity) : part if part != null]) <= 1
    error_message = "A cluster is in one cloud: only one of identity.aws_role_arn, identity.azure_client_id and identity.google_service_account may be set."
  }

  validation {
    condition     = var.service_account_name == null || alltrue([for part in values(var.identity) : part == null])
    error_message = "An existing service account has an identity of its own, so identity must not be set together with service_account_name."
  }
}

variable "image" {
  description = "Container image, best pinned by digest. Its user is replaced by run_as_user."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s]+$", var.image))
    error_message = "The image must be the address of a container image, without spaces."
  }
}

variable "image_pull_secrets" {
  description = "Existing secrets in the namespace with which the image is pulled. On EKS, GKE and AKS the node's own identity does without."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.image_pull_secrets : can(regex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", name)) && length(name) <= 253])
    error_message = "Every name in image_pull_secrets must have 1 to 253 lower-case letters, digits, hyphens and dots and start and end with a letter or digit."
  }
}

variable "labels" {
  description = "Further labels of every object and pod, besides tags."
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
    condition     = alltrue([for key, value in var.labels : lookup(var.tags, key, value) == value])
    error_message = "A key must not stand in labels and in tags with different values."
  }
}

variable "max_retries" {
  description = "How often a failed pod of a run is replaced by a new one; batch jobs only. All attempts have the timeout together."
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
  description = "Memory of each pod in MiB, requested and the most it gets."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib >= 16 && var.memory_mib <= 16777216 && floor(var.memory_mib) == var.memory_mib
    error_message = "The memory must be a whole number of MiB from 16 to 16777216."
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
  description = "Namespace of everything: an existing one, unless create_namespace is true. null makes one for this job alone."
  type        = string
  default     = null

  validation {
    condition     = var.namespace == null ? true : can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "The namespace must have 1 to 63 lower-case letters, digits and hyphens and start and end with a letter or digit."
  }

  validation {
    condition     = var.namespace == null ? true : !startswith(var.namespace, "kube-")
    error_message = "Namespaces that begin with kube- belong to Kubernetes itself."
  }
}

variable "network_policy" {
  description = "What pods may reach: nothing comes in; out go questions to DNS (in dns_namespace, and to the caches on the nodes) and TCP to egress_ports at egress_cidr_blocks, and egress_rules: a port at its own cidr_blocks, by what is there. Without either of them nothing else goes out, but eks_pod_identity: the agent of EKS that hands out the credentials of Pod Identity; and gke_metadata_server: GKE's server that hands out Google tokens; null: with identity.google_service_account. Link-local addresses are left out of wider ranges. It needs a network plugin that enforces policies; enabled = false leaves it out."
  type = object({
    dns_namespace      = optional(string, "kube-system")
    egress_cidr_blocks = optional(set(string), ["0.0.0.0/0"])
    egress_ports       = optional(set(number), [443])
    egress_rules = optional(map(object({
      port        = number
      cidr_blocks = set(string)
    })), {})
    eks_pod_identity    = optional(bool, false)
    enabled             = optional(bool, true)
    gke_metadata_server = optional(bool)
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

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.network_policy.dns_namespace))
    error_message = "The network_policy.dns_namespace must be the name of a namespace."
  }
}

variable "node_selector" {
  description = "Labels of the nodes that pods may run on."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.node_selector) :
      can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317
    ])
    error_message = "Every key in node_selector must have 1 to 63 letters, digits and - _ . and start and end with a letter or digit, if need be after a DNS name and a slash."
  }

  validation {
    condition     = alltrue([for value in values(var.node_selector) : can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", value))])
    error_message = "Every value in node_selector must have at most 63 letters, digits and - _ . and start and end with a letter or digit."
  }
}

variable "parallelism" {
  description = "Pods that one run starts side by side; above 1 each finds its number in JOB_COMPLETION_INDEX. Batch jobs only."
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

variable "quota" {
  description = "What all pods of the job's own namespace may take together. null: twice what one run takes, or for workers one more than workers.max."
  type = object({
    cpu        = number
    memory_mib = number
    pods       = number
  })
  default = null

  validation {
    condition     = var.quota == null || coalesce(var.create_namespace, var.namespace == null)
    error_message = "A quota holds for a whole namespace, so quota must not be set for an existing one."
  }

  validation {
    condition = var.quota == null ? true : (
      var.quota.cpu >= var.cpu && var.quota.memory_mib >= var.memory_mib && var.quota.pods >= 1
      && var.quota.cpu <= 1000000 && var.quota.memory_mib <= 17179869184 && var.quota.pods <= 1000000
      && tonumber(format("%.3f", var.quota.cpu)) == var.quota.cpu && floor(var.quota.memory_mib) == var.quota.memory_mib && floor(var.quota.pods) == var.quota.pods
    )
    error_message = "The quota must have room for one pod: cpu (in steps of 0.001) and memory_mib (whole) not below those of the job, and at least one of pods; and at most 1000000 vCPUs, 17179869184 MiB and 1000000 pods."
  }
}

variable "read_only_root_filesystem" {
  description = "The container writes to /tmp only."
  type        = bool
  default     = true
  nullable    = false
}

variable "readable_secrets" {
  description = "Existing secrets in the namespace that the code itself may read through the Kubernetes API at run time, by name. Only then is a token of that API mounted. Secrets that become environment variables need no such right."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.readable_secrets : can(regex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", name)) && length(name) <= 253])
    error_message = "Every name in readable_secrets must have 1 to 253 lower-case letters, digits, hyphens and dots and start and end with a letter or digit."
  }

  validation {
    condition     = length(var.readable_secrets) == 0 || var.service_account_name == null
    error_message = "Nothing is granted to an existing service account, so readable_secrets must not be set together with service_account_name."
  }
}

variable "replaced_with" {
  description = "What everything here goes down with: its name to its id, such as that of a cluster which the same configuration makes. Where such an id changes, every object is replaced. Empty: nothing, as for a cluster that exists already."
  type        = map(string)
  default     = {}
  nullable    = false
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
  description = "When the job starts by itself: a cron expression of five fields, a time zone of the tz database, and whether the schedule is active. A run is skipped while the one before is still going on. null: the cron job is suspended, runs are started by hand or by an orchestrator."
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
  description = "Environment variables whose values come from existing Kubernetes secrets in the namespace: name to SECRET/KEY. Never a value."
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

variable "service_account_name" {
  description = "Existing service account in the namespace to run as. The module grants nothing to it. null makes one without any rights of its own."
  type        = string
  default     = null

  validation {
    condition     = var.service_account_name == null ? true : can(regex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", var.service_account_name)) && length(var.service_account_name) <= 253
    error_message = "The service_account_name must have 1 to 253 lower-case letters, digits, hyphens and dots and start and end with a letter or digit."
  }

  validation {
    condition     = var.service_account_name == null || var.namespace != null
    error_message = "An existing service account is in an existing namespace, so service_account_name needs namespace."
  }
}

variable "tags" {
  description = "Final labels, set on every object and pod."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.tags) :
      can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317
    ])
    error_message = "Every key in tags must have 1 to 63 letters, digits and - _ . and start and end with a letter or digit, if need be after a DNS name and a slash."
  }

  validation {
    condition     = alltrue([for value in values(var.tags) : can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", value))])
    error_message = "Every value in tags must have at most 63 letters, digits and - _ . and start and end with a letter or digit."
  }

  validation {
    condition = length(setintersection(keys(var.tags), [
      "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/name", "app.kubernetes.io/part-of",
      "pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/enforce-version",
    ])) == 0
    error_message = "The labels app.kubernetes.io/instance, managed-by, name and part-of, and pod-security.kubernetes.io/enforce and enforce-version, are set by the module."
  }

  validation {
    condition = length(setintersection(keys(var.tags), [
      "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index", "batch.kubernetes.io/job-name",
      "controller-uid", "job-name", "kubernetes.io/metadata.name", "pod-template-hash",
    ])) == 0
    error_message = "The labels job-name, controller-uid (also after batch.kubernetes.io/), batch.kubernetes.io/job-completion-index, pod-template-hash and kubernetes.io/metadata.name belong to Kubernetes itself: with another value no run would start."
  }

  validation {
    condition = alltrue([
      for key, value in var.tags :
      can(regex("-version$", key)) ? can(regex("^(latest|v1\\.[0-9]+)$", value)) : can(regex("^(privileged|baseline|restricted)$", value))
      if startswith(key, "pod-security.kubernetes.io/")
    ])
    error_message = "The labels pod-security.kubernetes.io/audit and warn must be privileged, baseline or restricted, and audit-version and warn-version latest or v1.N."
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
  description = "A run is stopped after this time, all attempts together; batch jobs only."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 2147483647 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout must be a whole number of seconds from 1 to 2147483647."
  }
}

variable "tolerations" {
  description = "Taints of nodes that pods may run on nevertheless."
  type = list(object({
    key      = optional(string)
    operator = optional(string, "Equal")
    value    = optional(string)
    effect   = optional(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for toleration in var.tolerations : contains(["Equal", "Exists"], toleration.operator)])
    error_message = "The operator in tolerations must be Equal or Exists."
  }

  validation {
    condition     = alltrue([for toleration in var.tolerations : toleration.effect == null ? true : contains(["NoSchedule", "PreferNoSchedule", "NoExecute"], toleration.effect)])
    error_message = "The effect in tolerations must be NoSchedule, PreferNoSchedule or NoExecute."
  }

  validation {
    condition = alltrue([
      for toleration in var.tolerations :
      toleration.key == null ? toleration.operator == "Exists" : can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", toleration.key)) && length(toleration.key) <= 317
    ])
    error_message = "The key in tolerations must be that of a taint: 1 to 63 letters, digits and - _ . that start and end with a letter or digit, if need be after a DNS name and a slash; only the operator Exists goes without one."
  }

  validation {
    condition = alltrue([
      for toleration in var.tolerations :
      toleration.value == null ? true : toleration.operator == "Equal" && can(regex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", toleration.value))
    ])
    error_message = "The value in tolerations must have at most 63 letters, digits and - _ . and start and end with a letter or digit; the operator Exists takes none."
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
