variable "access" {
  description = "What else the identity may do: the resource id of a scope, and the name of the built-in role that it gets there, such as Storage Queue Data Message Sender."
  type = list(object({
    resource = string
    role     = string
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for entry in var.access : can(regex("(?i)^/subscriptions/[^/]+(/resourceGroups/[^/]+(/providers/.+)?)?$", entry.resource))])
    error_message = "Each resource in access must be a resource id (/subscriptions/...)."
  }

  # With one of these the program could give itself any right.
  validation {
    condition = alltrue([
      for entry in var.access :
      !contains(["contributor", "owner", "role based access control administrator", "user access administrator"], lower(entry.role))
    ])
    error_message = "A role in access must be one for data: not Owner, Contributor, User Access Administrator or Role Based Access Control Administrator."
  }

  validation {
    condition     = length(distinct([for entry in var.access : lower("${entry.role} ${entry.resource}")])) == length(var.access)
    error_message = "No role may stand in access twice on the same resource: Azure refuses a second assignment."
  }
}

variable "admin_group_object_ids" {
  description = "Object ids of Entra groups whose members may do everything in the cluster. Whoever applies must be in one of them, or hold the role Azure Kubernetes Service RBAC Cluster Admin on the resource group."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.admin_group_object_ids : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])
    error_message = "Every one of admin_group_object_ids must be the object id of a group, such as 00000000-0000-0000-0000-000000000000."
  }
}

variable "alerts" {
  description = <<-EOT
    Alerts, or null for none. channels: ids of action groups. failed_runs: runs that fail or time out within five
    minutes (of a worker: faults of its process) that raise the alert. error_lines: log lines with an error within five
    minutes. run_seconds: a run that lasts longer, up to a day. error_rate, timeout_rate: runs that fail or time out, or
    time out, per cent of those started within a day; more raise the alert. records_processed_min: a run that processes
    fewer records, as the key records_field of a JSON log line tells.
  EOT
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
      for id in try(var.alerts.channels, []) :
      can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Insights/actionGroups/[^/]+$", id))
    ])
    error_message = "Every one of alerts.channels must be the resource id of an action group."
  }

  validation {
    condition = alltrue([
      for count in [try(var.alerts.failed_runs, null), try(var.alerts.error_lines, null), try(var.alerts.records_processed_min, null)] :
      count == null ? true : count >= 1 && floor(count) == count
    ])
    error_message = "The limits failed_runs, error_lines and records_processed_min of alerts must be whole numbers of at least 1."
  }

  validation {
    condition     = try(var.alerts.run_seconds, null) == null ? true : var.alerts.run_seconds >= 60 && var.alerts.run_seconds <= 86400
    error_message = "alerts.run_seconds must lie between 60 and 86400: a log query looks back two days at most."
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

variable "authorized_ip_ranges" {
  description = "Public addresses from which the API server can be reached, as CIDR blocks, where network.private is false."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for block in var.authorized_ip_ranges : can(cidrnetmask(block)) && !startswith(block, "0.0.0.0/")])
    error_message = "Every one of authorized_ip_ranges must be a block of IPv4 addresses such as 198.51.100.0/24, and not all of them."
  }

  validation {
    condition     = var.network.private == (length(var.authorized_ip_ranges) == 0)
    error_message = "authorized_ip_ranges must be given where network.private is false, and only there: a public API server is open to the addresses named and to no others."
  }
}

variable "cluster_identity" {
  description = "Resource id of an existing user-assigned identity for Azure to run the cluster with. The module grants nothing to it: it must be allowed what the table of rights says of the cluster's identity. Null: the module creates one."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_identity == null || can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/]+$", var.cluster_identity))
    error_message = "cluster_identity must be the resource id of a user-assigned identity (/subscriptions/.../resourceGroups/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME), in this spelling."
  }
}

variable "cluster_tag_keys" {
  description = "Keys of the tags that the cluster itself carries. Null: all, but of a private cluster the first 15 with a name that Azure DNS takes, those of identity, cost and ownership first, for AKS tags the zone of its address with them. Everything else carries all tags in any case."
  type        = set(string)
  default     = null

  validation {
    condition     = var.cluster_tag_keys == null ? true : length(setsubtract(var.cluster_tag_keys, keys(var.tags))) == 0
    error_message = "Every one of cluster_tag_keys must be a key of tags."
  }

  validation {
    condition     = var.cluster_tag_keys == null || !var.network.private ? true : length(var.cluster_tag_keys) <= 15 && alltrue([for key in var.cluster_tag_keys : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", key))])
    error_message = "A private cluster hands its tags on to the zone of its address, so cluster_tag_keys must be at most 15, of letters, digits and _ . - only, and begin with no digit."
  }
}

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "container_registry_id" {
  description = "Resource id of the Azure Container Registry that holds the image: the nodes' identity gets the role AcrPull on it. Null: a registry that needs no login."
  type        = string
  default     = null

  validation {
    condition     = var.container_registry_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ContainerRegistry/registries/[^/]+$", var.container_registry_id))
    error_message = "container_registry_id must be the resource id of a container registry (.../Microsoft.ContainerRegistry/registries/NAME)."
  }
}

variable "cpu" {
  description = "vCPU of each pod, requested and the most it gets, in steps of 0.001. A node must have more: some is the system's."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.cpu >= 0.001 && tonumber(format("%.3f", var.cpu)) == var.cpu
    error_message = "cpu must be at least 0.001, in steps of 0.001."
  }

  # Since the third version a size's first number is its number of vCPU.
  validation {
    condition     = var.cpu < try(tonumber(regex("^Standard_[A-Z]+([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]$", var.nodes.instance_type)[0]), 1024)
    error_message = "cpu must be less than the vCPU of nodes.instance_type, for the system takes a part of each node: no pod would ever start."
  }
}

variable "create_resource_group" {
  description = "Create the resource group resource_group_name, instead of using an existing one."
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
  description = "Plain environment variables of the container. Azure sets AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST, which the SDKs' default credential reads."
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
    condition     = length(setintersection(keys(var.secrets), keys(var.environment_variables))) == 0
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

variable "host_encryption_enabled" {
  description = "Encrypt the disks of the nodes, caches and temporary disks too, on their hosts. The feature EncryptionAtHost of Microsoft.Compute must be registered in the subscription."
  type        = bool
  default     = true
  nullable    = false
}

variable "identity" {
  description = "Resource id of an existing user-assigned identity to run as. The module grants nothing to it, the rights on storage, secrets and key are yours to give; it only makes the identity trust the job's service account. Null: the module creates one with the least rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/]+$", var.identity))
    error_message = "identity must be the resource id of a user-assigned identity (.../Microsoft.ManagedIdentity/userAssignedIdentities/NAME)."
  }
}

variable "image" {
  description = "Container image, such as acme.azurecr.io/etl:1.4.0. Its user is replaced by run_as_user."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s/]+(/[^\\s/]+)*$", var.image))
    error_message = "image must name a container image, without blanks."
  }

  validation {
    condition     = var.container_registry_id == null || can(regex("^[^/]+\\.azurecr\\.[a-z.]+/", var.image))
    error_message = "image must start with the registry's login server (NAME.azurecr.io/...) when container_registry_id is set."
  }
}

variable "key_vault_ids" {
  description = "Key Vaults all of whose secrets the job may read, by itself or through a SecretProviderClass: the vault's name => its resource id. The identity gets the role Key Vault Secrets User on the vault, which must use Azure role-based access. For single secrets use readable_secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for id in values(var.key_vault_ids) :
      can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.KeyVault/vaults/[^/]+$", id))
    ])
    error_message = "Each of key_vault_ids must be the resource id of a vault (.../Microsoft.KeyVault/vaults/NAME)."
  }

  validation {
    condition     = alltrue([for name, id in var.key_vault_ids : lower(basename(id)) == lower(name)])
    error_message = "Each key of key_vault_ids must be the name of the vault in its resource id."
  }
}

variable "kms_key_id" {
  description = "Resource id of an existing Key Vault key, in a vault of the same region with purge protection. The disks of the nodes are encrypted under it, and the program may encrypt and decrypt with it: its identity gets the role Key Vault Crypto User. Null: disks are encrypted under keys of Azure's. Giving one or taking it away replaces the cluster; another key does not."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.KeyVault/vaults/[^/]+/keys/[^/]+$", var.kms_key_id))
    error_message = "kms_key_id must be the resource id of a Key Vault key without a version (.../Microsoft.KeyVault/vaults/VAULT/keys/NAME)."
  }
}

variable "kubernetes_labels" {
  description = "Final labels: the tags in the form that Kubernetes takes, set on every node, object and pod."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.kubernetes_labels) :
      can(regex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", key)) && length(key) <= 317
    ])
    error_message = "Every key in kubernetes_labels must have 1 to 63 letters, digits and - _ . and start and end with a letter or digit, if need be after a DNS name and a slash."
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

  validation {
    condition     = alltrue([for key in keys(var.kubernetes_labels) : !can(regex("(^|\\.)(kubernetes\\.io|k8s\\.io|kubernetes\\.azure\\.com)/", key))])
    error_message = "Keys in kubernetes_labels must not begin with kubernetes.io/, k8s.io/ or kubernetes.azure.com/, which nodes may not be given."
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

variable "location" {
  description = "Azure region, such as westeurope."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9 ]*$", var.location))
    error_message = "location must be the name of an Azure region, such as westeurope."
  }
}

variable "lock" {
  description = "Locks the cluster against being deleted (CanNotDelete) by anybody but whoever may take the lock away, as Terraform does before it destroys the cluster."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_analytics_workspace_id" {
  description = "Resource id of an existing Log Analytics workspace to write to. Null: the module makes one."
  type        = string
  default     = null

  validation {
    condition     = var.log_analytics_workspace_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.OperationalInsights/workspaces/[^/]+$", var.log_analytics_workspace_id))
    error_message = "log_analytics_workspace_id must be the resource id of a Log Analytics workspace (.../Microsoft.OperationalInsights/workspaces/NAME)."
  }
}

variable "log_retention_days" {
  description = "Days that the module's Log Analytics workspace keeps logs: 30 to 730. An existing workspace keeps its own time."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days must be a whole number from 30 to 730, the times that Log Analytics keeps logs for."
  }

  validation {
    condition     = var.log_retention_days == 30 || var.log_analytics_workspace_id == null
    error_message = "log_retention_days has no effect with an existing workspace: its logs are kept for the time set there."
  }
}

variable "maintenance_window" {
  description = "When Azure upgrades the cluster and its nodes, every week, in UTC: day, start_time as HH:MM, duration_hours. A run that is going on then may be stopped with its node."
  type = object({
    day            = optional(string, "Sunday")
    start_time     = optional(string, "12:00")
    duration_hours = optional(number, 4)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], var.maintenance_window.day)
    error_message = "maintenance_window.day must be a day of the week such as Sunday."
  }

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.maintenance_window.start_time))
    error_message = "maintenance_window.start_time must be a time of day such as 12:00."
  }

  validation {
    condition     = var.maintenance_window.duration_hours >= 4 && var.maintenance_window.duration_hours <= 24 && floor(var.maintenance_window.duration_hours) == var.maintenance_window.duration_hours
    error_message = "maintenance_window.duration_hours must be a whole number from 4 to 24."
  }
}

variable "max_retries" {
  description = "How often a failed pod of a run is replaced by a new one. All attempts have the timeout together."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 10 && floor(var.max_retries) == var.max_retries
    error_message = "A run is tried again 0 to 10 times."
  }

  validation {
    condition     = var.workers == null || var.max_retries == 0
    error_message = "A worker that stops is always started again, so max_retries must not be set together with workers."
  }
}

variable "memory_mib" {
  description = "Memory of each pod in MiB, requested and the most it gets."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib >= 16 && floor(var.memory_mib) == var.memory_mib
    error_message = "memory_mib must be a whole number of MiB, at least 16."
  }

  # No size of the families D and E has more than 4 and 8 GiB with each vCPU.
  validation {
    condition = var.memory_mib < try(
      tonumber(regex("^Standard_D([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]$", var.nodes.instance_type)[0]) * 4096,
      tonumber(regex("^Standard_E([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]$", var.nodes.instance_type)[0]) * 8192,
      16777216,
    )
    error_message = "memory_mib must be less than the memory of nodes.instance_type, for the system takes a part of each node: no pod would ever start."
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
  description = "Name of the namespace that is made for the job. Null: it is called after the job."
  type        = string
  default     = null

  validation {
    condition     = var.namespace == null ? true : can(regex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "The namespace must have 1 to 63 lower-case letters, digits and hyphens and start and end with a letter or digit."
  }

  validation {
    condition     = var.namespace == null ? true : !can(regex("^(kube-.*|default|gatekeeper-system|aks-command)$", var.namespace))
    error_message = "namespace must not be one that every cluster has: default, gatekeeper-system, aks-command or one that begins with kube-."
  }
}

variable "network" {
  description = "Where the cluster is. subnet_id: the existing subnet of the nodes. private: the API server has an address in that subnet alone; otherwise it is public, for authorized_ip_ranges."
  type = object({
    subnet_id = string
    private   = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.network.subnet_id))
    error_message = "network.subnet_id must be the resource id of a subnet (.../Microsoft.Network/virtualNetworks/NETWORK/subnets/NAME)."
  }
}

variable "network_policy" {
  description = "What pods may reach: nothing comes in; out go DNS and TCP to egress_ports at egress_cidr_blocks, and egress_rules: a port at its own cidr_blocks, by what is there. Tokens for Azure come from login.microsoftonline.com, port 443. enabled = false leaves the pods without a policy."
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
  description = <<-EOT
    Machines that the job runs on. instance_type: size of the virtual machine. count: so many at all times, or
    autoscaling: between min (0 if need be) and max, as runs need them; neither: 0 to 3. disk_gib: disk of each. spot:
    machines that Azure may take back at any time, for less money.
  EOT
  type = object({
    instance_type = optional(string, "Standard_D4s_v5")
    count         = optional(number)
    autoscaling   = optional(object({ min = number, max = number }))
    disk_gib      = optional(number, 128)
    spot          = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^Standard_[A-Z]+[0-9]+[A-Za-z0-9-]*(_[A-Za-z0-9]+)*$", var.nodes.instance_type))
    error_message = "nodes.instance_type must be the size of a virtual machine, such as Standard_D4s_v5."
  }

  validation {
    condition     = var.nodes.count == null || var.nodes.autoscaling == null
    error_message = "Either nodes.count or nodes.autoscaling may be set, not both: an autoscaler decides on the number itself."
  }

  validation {
    condition     = var.nodes.count == null ? true : var.nodes.count >= 1 && var.nodes.count <= 1000 && floor(var.nodes.count) == var.nodes.count
    error_message = "nodes.count must be a whole number from 1 to 1000."
  }

  validation {
    condition = var.nodes.autoscaling == null ? true : (
      var.nodes.autoscaling.min >= 0 && var.nodes.autoscaling.max >= 1 && var.nodes.autoscaling.max <= 1000 &&
      var.nodes.autoscaling.min <= var.nodes.autoscaling.max &&
      floor(var.nodes.autoscaling.min) == var.nodes.autoscaling.min && floor(var.nodes.autoscaling.max) == var.nodes.autoscaling.max
    )
    error_message = "nodes.autoscaling.min and nodes.autoscaling.max must be whole numbers with 0 <= min <= max, and max from 1 to 1000."
  }

  validation {
    condition     = var.nodes.disk_gib >= 30 && var.nodes.disk_gib <= 2048 && floor(var.nodes.disk_gib) == var.nodes.disk_gib
    error_message = "nodes.disk_gib must be a whole number from 30 to 2048."
  }
}

variable "nodes_identity" {
  description = "Existing user-assigned identity of the nodes, which pull the image: its resource id, client id and object id. The module grants nothing to it: it must be allowed to pull (AcrPull). Null: the module creates one."
  type = object({
    id           = string
    client_id    = string
    principal_id = string
  })
  default = null

  validation {
    condition     = var.nodes_identity == null || can(regex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/]+$", var.nodes_identity.id))
    error_message = "nodes_identity.id must be the resource id of a user-assigned identity (/subscriptions/.../resourceGroups/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME), in this spelling."
  }

  validation {
    condition     = var.nodes_identity == null || alltrue([for id in [try(var.nodes_identity.client_id, ""), try(var.nodes_identity.principal_id, "")] : can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", id))])
    error_message = "nodes_identity.client_id and nodes_identity.principal_id must be ids such as 00000000-0000-0000-0000-000000000000."
  }
}

variable "outbound_type" {
  description = "How traffic leaves the network: loadBalancer (AKS makes one with a public address), userAssignedNATGateway (the subnet has one) or userDefinedRouting (a route table on the subnet sends it through a firewall)."
  type        = string
  default     = "loadBalancer"
  nullable    = false

  validation {
    condition     = contains(["loadBalancer", "userAssignedNATGateway", "userDefinedRouting"], var.outbound_type)
    error_message = "outbound_type must be loadBalancer, userAssignedNATGateway or userDefinedRouting."
  }
}

variable "parallelism" {
  description = "How many copies of the container one run starts side by side; all of them must succeed. Above 1 each finds its number in JOB_COMPLETION_INDEX."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.parallelism >= 1 && var.parallelism <= 10000 && floor(var.parallelism) == var.parallelism
    error_message = "A run starts 1 to 10000 copies of the container."
  }

  validation {
    condition     = var.workers == null || var.parallelism == 1
    error_message = "The number of workers is set by workers.min and workers.max, so parallelism must not be set together with workers."
  }
}

variable "pod_cidr" {
  description = "Addresses of pods, inside of the cluster only; they must not overlap with the network. Changing it replaces the cluster."
  type        = string
  default     = "10.244.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.pod_cidr))
    error_message = "pod_cidr must be a block of IPv4 addresses such as 10.244.0.0/16."
  }
}

variable "private_dns_zone_id" {
  description = "Resource id of an existing private DNS zone privatelink.REGION.azmk8s.io for the name of the API server, such as one that a hub shares. Null: AKS makes one, linked to the network of the nodes. Changing it replaces the cluster."
  type        = string
  default     = null

  validation {
    condition     = var.private_dns_zone_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/privateDnsZones/([a-z0-9-]+\\.)?privatelink\\.[a-z0-9]+\\.(azmk8s\\.io|cx\\.aks\\.containerservice\\.azure\\.(us|cn))$", var.private_dns_zone_id))
    error_message = "private_dns_zone_id must be the resource id of a private DNS zone (.../Microsoft.Network/privateDnsZones/privatelink.REGION.azmk8s.io)."
  }

  validation {
    condition     = var.private_dns_zone_id == null || var.network.private
    error_message = "private_dns_zone_id has no effect where network.private is false."
  }
}

variable "read_only_root_filesystem" {
  description = "The container writes to /tmp only."
  type        = bool
  default     = true
  nullable    = false
}

variable "readable_secrets" {
  description = "Resource ids of Key Vault secrets that the program reads by itself, or through a SecretProviderClass (.../Microsoft.KeyVault/vaults/VAULT/secrets/NAME). The identity gets the role Key Vault Secrets User on each."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for id in var.readable_secrets :
      can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.KeyVault/vaults/[^/]+/secrets/[^/]+$", id))
    ])
    error_message = "Every one of readable_secrets must be the resource id of a Key Vault secret without a version (.../Microsoft.KeyVault/vaults/VAULT/secrets/NAME)."
  }
}

variable "release" {
  description = "Kubernetes version of cluster and nodes, such as 1.35: its patches come by themselves. Null: Azure's current one, and its successors by themselves."
  type        = string
  default     = null

  validation {
    condition     = var.release == null ? true : can(regex("^1\\.[0-9]{1,2}$", var.release))
    error_message = "release must be a version of Kubernetes without a patch, such as 1.35: Azure applies patches by itself."
  }
}

variable "resource_group_name" {
  description = "Resource group of everything that the module creates: an existing one, or one to be created with create_resource_group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$", var.resource_group_name))
    error_message = "resource_group_name must be 1 to 90 letters, digits, underscores, brackets, hyphens and dots, and not end with a dot."
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

variable "service_cidr" {
  description = "Addresses of services, inside of the cluster only; they must not overlap with the network. Changing it replaces the cluster."
  type        = string
  default     = "172.20.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.service_cidr)) && try(tonumber(split("/", var.service_cidr)[1]), 0) >= 13 && try(tonumber(split("/", var.service_cidr)[1]), 32) <= 27
    error_message = "service_cidr must be a block of IPv4 addresses from /13 to /27, such as 172.20.0.0/16."
  }
}

variable "sku_tier" {
  description = "Tier of the control plane: Free, Standard (with an uptime guarantee) or Premium."
  type        = string
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Free", "Standard", "Premium"], var.sku_tier)
    error_message = "sku_tier must be Free, Standard or Premium."
  }
}

variable "storage" {
  description = <<-EOT
    Existing blob containers that the identity may use, by resource id, each below its prefix only ("" for the whole
    container). allow_delete: may also delete and rename blobs; overwriting is always allowed. state_container_id may
    be the data's container. targets: further containers that data is written to, each below its prefix.
  EOT
  type = object({
    container_id       = string
    prefix             = optional(string, "")
    allow_delete       = optional(bool, false)
    state_container_id = optional(string)
    state_prefix       = optional(string, "")
    targets = optional(list(object({
      container_id = string
      prefix       = optional(string, "")
    })), [])
  })
  default = null

  validation {
    condition = alltrue([
      for id in compact(concat([try(var.storage.container_id, null), try(var.storage.state_container_id, null)], try(var.storage.targets[*].container_id, []))) :
      can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Storage/storageAccounts/[^/]+/blobServices/default/containers/[^/]+$", id))
    ])
    error_message = "storage.container_id, storage.state_container_id and those of storage.targets must be resource ids of blob containers (.../Microsoft.Storage/storageAccounts/ACCOUNT/blobServices/default/containers/NAME)."
  }

  validation {
    condition = alltrue([
      for prefix in concat([try(var.storage.prefix, ""), try(var.storage.state_prefix, "")], try(var.storage.targets[*].prefix, [])) :
      can(regex("^([^/'\\\\\\pC][^'\\\\\\pC]*)?$", prefix))
    ])
    error_message = "storage.prefix, storage.state_prefix and those of storage.targets must not start with a slash or hold an apostrophe, a backslash or a control character."
  }

  validation {
    condition     = try(var.storage.state_container_id, null) != null || try(var.storage.state_prefix, "") == ""
    error_message = "storage.state_prefix needs storage.state_container_id."
  }
}

variable "storage_role_definition_id" {
  description = "Resource id of an existing role to assign on the containers, such as one custom role shared by many jobs (a directory holds 5,000). Null: the module creates a role with nothing but the rights on blobs that storage asks for."
  type        = string
  default     = null

  validation {
    condition     = var.storage_role_definition_id == null || can(regex("(?i)/providers/Microsoft\\.Authorization/roleDefinitions/[0-9a-f-]{36}$", var.storage_role_definition_id))
    error_message = "storage_role_definition_id must be the resource id of a role (.../Microsoft.Authorization/roleDefinitions/GUID)."
  }

  validation {
    condition     = var.storage_role_definition_id == null || var.storage != null
    error_message = "storage_role_definition_id has no effect without storage."
  }
}

variable "support_plan" {
  description = "KubernetesOfficial: Azure drops a version about a year after it came. AKSLongTermSupport: it keeps release for a second year, for a price; of sku_tier Premium."
  type        = string
  default     = "KubernetesOfficial"
  nullable    = false

  validation {
    condition     = contains(["KubernetesOfficial", "AKSLongTermSupport"], var.support_plan)
    error_message = "support_plan must be KubernetesOfficial or AKSLongTermSupport."
  }

  validation {
    condition     = var.support_plan == "KubernetesOfficial" || (var.sku_tier == "Premium" && var.release != null)
    error_message = "The support_plan AKSLongTermSupport needs the sku_tier Premium, and a release to be supported."
  }
}

variable "system_nodes" {
  description = "Machines that keep the cluster going; the job does not run there. instance_type: a size with at least 4 vCPU and 4 GiB, and none of the B series, which Azure asks for. count: how many; Azure wants two for what must not fail."
  type = object({
    instance_type = optional(string, "Standard_D4s_v5")
    count         = optional(number, 2)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^Standard_[A-Z]+[0-9]+[A-Za-z0-9-]*(_[A-Za-z0-9]+)*$", var.system_nodes.instance_type))
    error_message = "system_nodes.instance_type must be the size of a virtual machine, such as Standard_D4s_v5."
  }

  # learn.microsoft.com/azure/aks/use-system-pools; since the third version a size's first number is its number of vCPU.
  validation {
    condition     = !startswith(var.system_nodes.instance_type, "Standard_B") && try(tonumber(regex("^Standard_[A-Z]+([0-9]+)[a-z]*(?:_[A-Za-z0-9]+)*_v[3-9]$", var.system_nodes.instance_type)[0]), 4) >= 4
    error_message = "system_nodes.instance_type must have at least 4 vCPU and must not be of the B series: Azure asks for that in a pool of the system."
  }

  validation {
    condition     = var.system_nodes.count >= 1 && var.system_nodes.count <= 100 && floor(var.system_nodes.count) == var.system_nodes.count
    error_message = "system_nodes.count must be a whole number from 1 to 100."
  }
}

variable "tags" {
  description = "Final tags, set on every resource that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false

  # Four letters of base64 hold three bytes: 342 without padding are 256 bytes, 683 are 512.
  validation {
    condition     = length(var.tags) <= 50
    error_message = "There must be at most 50 tags, the cloud's limit for a resource."
  }

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("^[^<>%&\\\\?/]{1,512}$", key))])
    error_message = "Names of tags must have 1 to 512 characters, none of < > % & \\ ? /."
  }

  validation {
    condition     = alltrue([for key in keys(var.tags) : length(replace(base64encode(key), "=", "")) <= 683])
    error_message = "Names of tags must have at most 512 bytes in UTF-8: the provider counts bytes, so that an umlaut counts twice."
  }

  validation {
    condition     = alltrue([for key in keys(var.tags) : !can(regex("^(?i:microsoft|azure|windows)", key))])
    error_message = "Names of tags must not start with microsoft, azure or windows, which Azure keeps for itself."
  }

  validation {
    condition     = alltrue([for value in values(var.tags) : length(replace(base64encode(value), "=", "")) <= 342])
    error_message = "Values of tags must have at most 256 bytes in UTF-8: the provider counts bytes, so that an umlaut counts twice."
  }

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
  description = "A run is stopped after this time, all attempts together. Of no meaning for a worker."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout_seconds must be a whole number of 1 or more."
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
  description = "Null: a job. Set: a long-running worker instead, a deployment, with this many copies; between min and max by CPU use."
  type = object({
    min = number
    max = number
  })
  default = null

  validation {
    condition     = var.workers == null ? true : var.workers.min >= 1 && var.workers.max >= var.workers.min && var.workers.max <= 1000 && floor(var.workers.min) == var.workers.min && floor(var.workers.max) == var.workers.max
    error_message = "workers.min and workers.max must be whole numbers with 1 <= min <= max <= 1000."
  }
}

variable "zones" {
  description = "Availability zones over which the nodes are spread, such as 1, 2 and 3. Empty: Azure chooses, as in a region without zones."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for zone in var.zones : contains(["1", "2", "3"], zone)])
    error_message = "Every one of zones must be 1, 2 or 3."
  }
}
