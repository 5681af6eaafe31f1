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
    condition     = length(try(var.alerts.channels, [])) <= 5
    error_message = "There must be at most 5 alerts.channels: an alert rule of Azure takes no more action groups."
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
    condition = (
      var.container_app_environment_id == null || var.log_analytics_workspace_id != null ||
      (var.alerts == null || var.workers == null) && alltrue([
        for limit in ["error_lines", "run_seconds", "error_rate", "timeout_rate", "records_processed_min"] : try(var.alerts[limit], null) == null
      ])
    )
    error_message = "Alerts on logs of an existing environment need log_analytics_workspace_id, the workspace that it writes to."
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

variable "command" {
  description = "Replaces the image's entry point. Empty keeps it."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "container_app_environment_id" {
  description = "Resource id of an existing Container Apps environment. Null: the module creates one, with a Log Analytics workspace."
  type        = string
  default     = null

  validation {
    condition     = var.container_app_environment_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.App/managedEnvironments/[^/]+$", var.container_app_environment_id))
    error_message = "container_app_environment_id must be the resource id of a Container Apps environment (.../Microsoft.App/managedEnvironments/NAME)."
  }
}

variable "container_registry_id" {
  description = "Resource id of the Azure Container Registry that holds the image: the identity pulls from it, with the role AcrPull if the module creates it. Null: a registry that needs no login."
  type        = string
  default     = null

  validation {
    condition     = var.container_registry_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ContainerRegistry/registries/[^/]+$", var.container_registry_id))
    error_message = "container_registry_id must be the resource id of a container registry (.../Microsoft.ContainerRegistry/registries/NAME)."
  }
}

variable "cpu" {
  description = "vCPU of each container: quarters from 0.25 to 4."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.cpu >= 0.25 && var.cpu <= 4 && floor(var.cpu * 4) == var.cpu * 4
    error_message = "cpu must be 0.25 to 4 in steps of 0.25, the sizes of the Consumption profile."
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
  description = "Plain environment variables of the container. AZURE_CLIENT_ID is set to the identity's unless it is given here."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment_variables) : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", name))])
    error_message = "Names of environment variables must start with a letter or underscore and hold letters, digits, underscores, dots and hyphens only."
  }
}

variable "event_trigger" {
  description = <<-EOT
    Starts runs for events in place of a schedule: rules by name, each a KEDA scaler's type (azure-queue,
    azure-servicebus, kafka, ...), its metadata, and secrets, from a parameter of the scaler to the environment
    variable in secrets that holds it. A rule without secrets reads its source as the job's identity, which needs a role
    there, by access. Every polling_interval_seconds so many runs are started as the rules say, between min_executions
    and max_executions. Null: none.
  EOT
  type = object({
    rules = map(object({
      type     = string
      metadata = map(string)
      secrets  = optional(map(string), {})
    }))
    min_executions           = optional(number, 0)
    max_executions           = optional(number, 10)
    polling_interval_seconds = optional(number, 30)
  })
  default = null

  validation {
    condition     = var.event_trigger == null ? true : length(var.event_trigger.rules) >= 1
    error_message = "event_trigger.rules must have a rule, or nothing would ever start a run."
  }

  validation {
    condition     = alltrue([for name in keys(try(var.event_trigger.rules, {})) : can(regex("^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$", name))])
    error_message = "Names of event_trigger.rules must have 1 to 63 lower-case letters, digits, hyphens and dots, with a letter or digit at both ends."
  }

  validation {
    condition     = var.event_trigger == null ? true : var.event_trigger.min_executions >= 0 && var.event_trigger.max_executions >= 1 && var.event_trigger.max_executions <= 2147483647 && var.event_trigger.min_executions <= var.event_trigger.max_executions && floor(var.event_trigger.min_executions) == var.event_trigger.min_executions && floor(var.event_trigger.max_executions) == var.event_trigger.max_executions
    error_message = "event_trigger.min_executions and max_executions must be whole numbers with 0 <= min_executions <= max_executions and max_executions of at least 1."
  }

  validation {
    condition     = var.event_trigger == null ? true : var.event_trigger.polling_interval_seconds >= 1 && var.event_trigger.polling_interval_seconds <= 2147483647 && floor(var.event_trigger.polling_interval_seconds) == var.event_trigger.polling_interval_seconds
    error_message = "event_trigger.polling_interval_seconds must be a whole number of at least 1."
  }

  validation {
    condition     = length(setsubtract(flatten([for rule in values(try(var.event_trigger.rules, {})) : values(rule.secrets)]), keys(var.secrets))) == 0
    error_message = "Each of event_trigger.rules.secrets must be the name of an environment variable in secrets."
  }

  validation {
    condition     = var.event_trigger == null || (var.schedule == null && var.workers == null)
    error_message = "A job has one trigger, and workers have none: event_trigger must not be set together with schedule or workers."
  }
}

variable "identity" {
  description = "Resource id of an existing user-assigned identity to run as. The module grants nothing to it: the rights on storage, secrets, key and registry are then yours to give. Null: the module creates one with the least rights."
  type        = string
  default     = null

  validation {
    condition     = var.identity == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/]+$", var.identity))
    error_message = "identity must be the resource id of a user-assigned identity (.../Microsoft.ManagedIdentity/userAssignedIdentities/NAME)."
  }
}

variable "image" {
  description = "Container image, such as acme.azurecr.io/etl:1.4.0."
  type        = string
  nullable    = false

  # The grammar of references in the OCI distribution project.
  validation {
    condition     = can(regex("^([A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$", var.image))
    error_message = "image must name a container image, such as acme.azurecr.io/etl:1.4.0: the path after the registry in lower case, then a tag or a digest."
  }

  validation {
    condition     = var.container_registry_id == null || can(regex("^[^/]+\\.azurecr\\.[a-z.]+/", var.image))
    error_message = "image must start with the registry's login server (NAME.azurecr.io/...) when container_registry_id is set."
  }
}

variable "invokers" {
  description = "Who else may start and stop runs, such as an orchestrator: object ids of principals in Entra ID, by a name for each. They get the role Container Apps Jobs Operator on the job and on nothing else."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for id in values(var.invokers) : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "Each of invokers must be the object id of a principal in lower case (00000000-0000-0000-0000-000000000000)."
  }

  validation {
    condition     = length(var.invokers) == 0 || var.workers == null
    error_message = "Workers run all the time and nobody starts them, so invokers must not be set together with workers."
  }
}

variable "key_vault_ids" {
  description = "Key Vaults whose secrets the variable secrets refers to: the vault's name => its resource id. The identity gets the role Key Vault Secrets User on the secrets referred to, not on the vault, which must use Azure role-based access."
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
  description = "Resource id of an existing Key Vault key that the program encrypts and decrypts with. The identity gets the role Key Vault Crypto User on this key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.KeyVault/vaults/[^/]+/keys/[^/]+$", var.kms_key_id))
    error_message = "kms_key_id must be the resource id of a Key Vault key without a version (.../Microsoft.KeyVault/vaults/VAULT/keys/NAME)."
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
  description = "Keeps people, and other tools than this configuration, from deleting the job, and the environment, workspace and identity that the module makes: a lock CanNotDelete on each. Terraform takes a lock away before it destroys what is locked."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_analytics_workspace_id" {
  description = "Resource id of an existing Log Analytics workspace: a new environment writes to it; of an existing environment, the one that it writes to, for the alerts on logs. Null: a new environment gets a workspace of its own."
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
    condition     = var.log_retention_days == 30 || (var.container_app_environment_id == null && var.log_analytics_workspace_id == null)
    error_message = "log_retention_days has no effect with an existing environment or workspace: its logs are kept for the time set there."
  }
}

variable "max_retries" {
  description = "How often a failed run is tried again."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 2147483647 && floor(var.max_retries) == var.max_retries
    error_message = "max_retries must be a whole number from 0 to 2147483647, the most that the API can hold."
  }

  validation {
    condition     = var.workers == null || var.max_retries == 0
    error_message = "A worker that stops is always started again, so max_retries must not be set together with workers."
  }
}

variable "memory_mib" {
  description = "MiB of each container: 2048 for each vCPU, so 512 to 8192."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mib == var.cpu * 2048
    error_message = "memory_mib must be 2048 times cpu: the Consumption profile has 2 GiB with each vCPU, such as 0.25 vCPU with 512 MiB and 4 with 8192."
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
  description = "Network of a new environment. subnet_id: the subnet to run in, at least a /27 that is delegated to Microsoft.App/environments. private: no public access, and an internal load balancer in the subnet. Without a subnet, outgoing traffic leaves by Azure's own addresses."
  type = object({
    subnet_id = optional(string)
    private   = optional(bool, true)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.network.subnet_id == null || can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+$", var.network.subnet_id))
    error_message = "network.subnet_id must be the resource id of a subnet (.../Microsoft.Network/virtualNetworks/NETWORK/subnets/NAME)."
  }

  validation {
    condition     = var.container_app_environment_id == null || (var.network.subnet_id == null && var.network.private)
    error_message = "network has no effect with container_app_environment_id: an existing environment has its network already."
  }
}

variable "parallelism" {
  description = "How many copies of the container one run starts side by side; all of them must succeed."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.parallelism >= 1 && var.parallelism <= 2147483647 && floor(var.parallelism) == var.parallelism
    error_message = "parallelism must be a whole number from 1 to 2147483647, the most that the API can hold."
  }

  validation {
    condition     = var.workers == null || var.parallelism == 1
    error_message = "The number of workers is set by workers.min and workers.max, so parallelism must not be set together with workers."
  }
}

variable "readable_secrets" {
  description = "Resource ids of Key Vault secrets that the program reads by itself (.../Microsoft.KeyVault/vaults/VAULT/secrets/NAME). The identity gets the role Key Vault Secrets User on each."
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

variable "resource_group_name" {
  description = "Resource group of everything that the module creates: an existing one, or one to be created with create_resource_group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-]$", var.resource_group_name))
    error_message = "resource_group_name must be 1 to 90 letters, digits, underscores, brackets, hyphens and dots, and not end with a dot."
  }
}

variable "schedule" {
  description = "When the job runs: a cron expression of five fields, in UTC, the only time zone that Container Apps know. enabled = false leaves the job to be started by hand; switching replaces the job. Null: started by hand."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
    enabled    = optional(bool, true)
  })
  default = null

  validation {
    condition     = var.schedule == null ? true : can(regex("^${join(" ", local.cron_fields)}$", var.schedule.expression))
    error_message = "schedule.expression must be a cron expression of five fields, such as 0 2 * * *: minute 0 to 59, hour 0 to 23, day 1 to 31, month 1 to 12, day of the week 0 to 7."
  }

  validation {
    condition     = var.schedule == null ? true : contains(["UTC", "Etc/UTC"], var.schedule.timezone)
    error_message = "schedule.timezone must be UTC: Container Apps evaluate schedules in UTC only."
  }

  validation {
    condition     = var.schedule == null || var.workers == null
    error_message = "Workers run all the time, so schedule must not be set together with workers."
  }
}

variable "secret_files_path" {
  description = "Folder of the container in which the values of secrets stand as files, in place of environment variables: each is called after its variable in lower case with hyphens, STRIPE_API_KEY as stripe-api-key. Null: environment variables."
  type        = string
  default     = null

  validation {
    condition     = var.secret_files_path == null ? true : can(regex("^(/[A-Za-z0-9._-]+)+$", var.secret_files_path))
    error_message = "secret_files_path must be an absolute path below the root folder, such as /mnt/secrets."
  }

  validation {
    condition     = var.secret_files_path == null || length(var.secrets) > 0
    error_message = "secret_files_path has no effect without secrets."
  }
}

variable "secrets" {
  description = "Environment variables from Key Vault: name => https://VAULT.vault.azure.net/secrets/NAME, with /VERSION to hold one version. A reference, never a value."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for reference in values(var.secrets) :
      can(regex("^https://[A-Za-z0-9-]{3,24}\\.vault\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)/secrets/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?$", reference))
    ])
    error_message = "Every one of secrets must refer to a Key Vault secret: https://VAULT.vault.azure.net/secrets/NAME or .../NAME/VERSION. Values do not belong here."
  }

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", name))])
    error_message = "Names of environment variables must start with a letter or underscore and hold letters, digits, underscores, dots and hyphens only."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.environment_variables))) == 0
    error_message = "A name must not stand both in environment_variables and in secrets."
  }

  validation {
    condition = var.identity != null || alltrue([
      for reference in values(var.secrets) :
      anytrue([for name in keys(var.key_vault_ids) : startswith(lower(reference), "https://${lower(name)}.")])
    ])
    error_message = "Every vault that secrets refers to must be in key_vault_ids: Azure refuses a job whose new identity may not read its secrets."
  }

  validation {
    condition = alltrue([
      for name in keys(var.key_vault_ids) :
      anytrue([for reference in values(var.secrets) : startswith(lower(reference), "https://${lower(name)}.")])
    ])
    error_message = "key_vault_ids names a vault that no secret refers to. For secrets that the program reads by itself use readable_secrets."
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
  description = "A run is stopped after this time. Of no meaning for a worker."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 2147483647 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "The timeout must be a whole number of seconds from 1 to 2147483647."
  }
}

variable "timeouts" {
  description = "How long Terraform waits while the environment and the job are made, changed and deleted, such as 45m. Null: the provider's half an hour."
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
  description = "Null: a job. Set: a long-running worker instead, a container app without ingress, with this many copies; above min by CPU use (70 %)."
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

variable "workload_profile_name" {
  description = "Workload profile of an existing environment to run on; null for an environment of the legacy kind, which has none. A new environment has Consumption only."
  type        = string
  default     = "Consumption"

  validation {
    condition     = var.container_app_environment_id != null || var.workload_profile_name == "Consumption"
    error_message = "workload_profile_name must be Consumption unless container_app_environment_id names an environment with other profiles."
  }
}
