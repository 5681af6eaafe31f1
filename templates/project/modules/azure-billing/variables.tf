variable "budgets" {
  description = "What each cost centre may spend: cost_center (the value of the tag), amount in each period (monthly, quarterly, annually), start (the first day of a month as YYYY-MM-DD, from which the budget counts, for ten years), and alerts: emails and channels (ids of action groups) hear when the thresholds, whole per cents of the amount, are spent, or will be as Azure forecasts (forecasts); 5 of both together."
  type = map(object({
    cost_center = string
    amount      = number
    period      = optional(string, "monthly")
    start       = string
    alerts = object({
      channels   = optional(set(string), [])
      emails     = optional(set(string), [])
      forecasts  = optional(set(number), [])
      thresholds = optional(set(number), [])
    })
  }))
  nullable = false

  validation {
    condition     = length(var.budgets) > 0 && alltrue([for budget in var.budgets : can(regex("^.{1,256}$", budget.cost_center))])
    error_message = "There must be a budget, and each must have a cost_center of 1 to 256 characters."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : budget.amount >= 1])
    error_message = "Each amount in budgets must be 1 or more."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : contains(["monthly", "quarterly", "annually"], budget.period)])
    error_message = "Each period in budgets must be monthly, quarterly or annually."
  }

  # Azure has no budgets of before June 2017.
  validation {
    condition     = alltrue([for budget in var.budgets : can(regex("^20[0-9]{2}-(0[1-9]|1[0-2])-01$", budget.start)) && !can(regex("^20(0|1[0-6]|17-0[1-5])", budget.start))])
    error_message = "Each start in budgets must be the first day of a month from June 2017 on, such as 2026-11-01."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for limit in setunion(budget.alerts.thresholds, budget.alerts.forecasts) : limit >= 1 && limit <= 1000 && floor(limit) == limit]]))
    error_message = "Each of thresholds and forecasts in budgets must be a whole per cent from 1 to 1000."
  }

  # https://learn.microsoft.com/en-us/azure/templates/microsoft.consumption/2021-10-01/budgets
  validation {
    condition = alltrue([
      for budget in var.budgets :
      length(budget.alerts.thresholds) + length(budget.alerts.forecasts) >= 1 && length(budget.alerts.thresholds) + length(budget.alerts.forecasts) <= 5
    ])
    error_message = "Alerts of budgets must have 1 to 5 thresholds and forecasts together."
  }

  validation {
    condition = alltrue([
      for budget in var.budgets :
      length(budget.alerts.emails) <= 50 && length(budget.alerts.channels) <= 50 && length(budget.alerts.emails) + length(budget.alerts.channels) > 0
    ])
    error_message = "Alerts of budgets must have up to 50 emails and 50 channels, and anyone at all."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for id in budget.alerts.channels : can(regex("(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Insights/actionGroups/[^/]+$", id))]]))
    error_message = "Each channel of budgets must be the resource id of an action group (/subscriptions/.../providers/Microsoft.Insights/actionGroups/NAME)."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for email in budget.alerts.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))]]))
    error_message = "Each of the emails of budgets must be an e-mail address."
  }
}

variable "cost_center_key" {
  description = "Name of the tag that holds the cost centre."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^<>%&\\\\?/]{1,512}$", var.cost_center_key))
    error_message = "The cost_center_key must have 1 to 512 characters, none of < > % & \\ ? /."
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

variable "name" {
  description = "Name of the job; part of every name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$", var.name))
    error_message = "The name must have 1 to 80 letters, digits, hyphens and underscores and start with a letter or a digit."
  }
}

variable "subscription_id" {
  description = "Subscription whose costs count, and in which the budgets are made."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.subscription_id))
    error_message = "The subscription_id must be an id such as 00000000-0000-4000-8000-0000000000a1."
  }
}

variable "tags" {
  description = "Final tags, told back as all_tags: a budget of Azure takes none."
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
