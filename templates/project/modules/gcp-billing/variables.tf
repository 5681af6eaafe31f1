variable "billing_account" {
  description = "Id of the billing account that pays: three groups of six digits and letters from A to F."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "The billing_account must be an id such as 01A2B3-C4D5E6-F7A8B9."
  }
}

variable "budgets" {
  description = "What each cost centre may spend: cost_center (the value of the label), amount in each period of the calendar (monthly, quarterly, annually), and alerts: emails and channels (the full names of e-mail channels of Cloud Monitoring, five of both together, and of one Pub/Sub topic) hear when the thresholds, per cent of the amount, are spent, or will be as Google forecasts (forecasts)."
  type = map(object({
    cost_center = string
    amount      = number
    period      = optional(string, "monthly")
    alerts = object({
      channels   = optional(set(string), [])
      emails     = optional(set(string), [])
      forecasts  = optional(set(number), [])
      thresholds = optional(set(number), [])
    })
  }))
  nullable = false

  validation {
    condition     = length(var.budgets) > 0 && alltrue([for budget in var.budgets : can(regex("^[a-z0-9_-]{1,63}$", budget.cost_center))])
    error_message = "There must be a budget, and each must have a cost_center of 1 to 63 lower-case letters, digits, hyphens and underscores, as the labels have it."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : budget.amount >= 0.01])
    error_message = "Each amount in budgets must be 0.01 or more."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : abs(budget.amount * 100 - floor(budget.amount * 100 + 0.5)) < 0.000001])
    error_message = "Each amount in budgets must have two decimals at most."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : contains(["monthly", "quarterly", "annually"], budget.period)])
    error_message = "Each period in budgets must be monthly, quarterly or annually."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for limit in setunion(budget.alerts.thresholds, budget.alerts.forecasts) : limit > 0 && limit <= 1000]]))
    error_message = "Each of thresholds and forecasts in budgets must be a per cent above 0 and up to 1000."
  }

  # https://docs.cloud.google.com/billing/docs/reference/budget/rest/v1/billingAccounts.budgets
  validation {
    condition     = alltrue([for budget in var.budgets : length(budget.alerts.emails) + length([for channel in budget.alerts.channels : channel if strcontains(channel, "/notificationChannels/")]) <= 5])
    error_message = "Alerts of budgets must have up to five emails and e-mail channels together."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : length([for channel in budget.alerts.channels : channel if strcontains(channel, "/topics/")]) <= 1 && length(budget.alerts.emails) + length(budget.alerts.channels) > 0])
    error_message = "Alerts of budgets must have up to one Pub/Sub topic, and anyone at all."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : length(budget.alerts.thresholds) + length(budget.alerts.forecasts) > 0])
    error_message = "Alerts of budgets must have thresholds or forecasts."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for channel in budget.alerts.channels : can(regex("^projects/[^/]+/(notificationChannels/[0-9]+|topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254})$", channel))]]))
    error_message = "Each channel of budgets must be the full name of a notification channel (projects/PROJECT/notificationChannels/ID) or of a Pub/Sub topic (projects/PROJECT/topics/NAME)."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for email in budget.alerts.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))]]))
    error_message = "Each of the emails of budgets must be an e-mail address."
  }
}

variable "cost_center_key" {
  description = "Key of the label that holds the cost centre."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_-]{0,62}$", var.cost_center_key))
    error_message = "The cost_center_key must have 1 to 63 lower-case letters, digits, hyphens and underscores and start with a letter."
  }
}

variable "currency" {
  description = "Currency of the amounts, which is that of the billing account. Null: it is not compared with that."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^[A-Z]{3}$", coalesce(var.currency, "USD")))
    error_message = "The currency must be three capital letters, such as EUR."
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

variable "project_id" {
  description = "Project in which the notification channels are made."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project_id must be a project id of 6 to 30 lower-case letters, digits and hyphens (not a project number)."
  }
}

variable "projects" {
  description = "Numbers of the projects whose costs count; all that the billing account pays for where there are none."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for number in var.projects : can(regex("^[0-9]{1,20}$", number))])
    error_message = "Each of projects must be the number of a project, as the API tells it back, and not its id."
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
