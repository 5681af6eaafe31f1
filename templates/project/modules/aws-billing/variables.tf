variable "budgets" {
  description = "What each cost centre may spend: cost_center (the value of the tag), amount in each period (monthly, quarterly, annually), and alerts: emails (10 at most) and channels (the ARN of one SNS topic) hear when the thresholds, per cent of the amount, are spent, or will be as AWS forecasts (forecasts); 5 of both together."
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
    condition     = length(var.budgets) > 0 && alltrue([for budget in var.budgets : can(regex("^.{1,256}$", budget.cost_center))])
    error_message = "There must be a budget, and each must have a cost_center of 1 to 256 characters."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : budget.amount > 0])
    error_message = "Each amount in budgets must be above 0."
  }

  validation {
    condition     = alltrue([for budget in var.budgets : contains(["monthly", "quarterly", "annually"], budget.period)])
    error_message = "Each period in budgets must be monthly, quarterly or annually."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for limit in setunion(budget.alerts.thresholds, budget.alerts.forecasts) : limit > 0 && limit <= 1000]]))
    error_message = "Each of thresholds and forecasts in budgets must be a per cent above 0 and up to 1000."
  }

  # https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html
  validation {
    condition = alltrue([
      for budget in var.budgets :
      length(budget.alerts.emails) <= 10 && length(budget.alerts.channels) <= 1 && length(budget.alerts.emails) + length(budget.alerts.channels) > 0
    ])
    error_message = "Alerts of budgets must have up to 10 emails and one channel, and anyone at all."
  }

  validation {
    condition = alltrue([
      for budget in var.budgets :
      length(budget.alerts.thresholds) + length(budget.alerts.forecasts) >= 1 && length(budget.alerts.thresholds) + length(budget.alerts.forecasts) <= 5
    ])
    error_message = "Alerts of budgets must have 1 to 5 thresholds and forecasts together."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for arn in budget.alerts.channels : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", arn))]]))
    error_message = "Each channel of budgets must be the ARN of an SNS topic that is not FIFO."
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for email in budget.alerts.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))]]))
    error_message = "Each of the emails of budgets must be an e-mail address."
  }
}

variable "cost_allocation_tags" {
  description = "Keys of tags that are activated for cost allocation, which the management account of an organization does, once a resource with the tag has been on a bill. Empty for the account of a member."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for key in var.cost_allocation_tags : length(key) > 0 && length(key) <= 128 && !startswith(lower(key), "aws:")])
    error_message = "Each of cost_allocation_tags must be the key of a tag of one's own, of 1 to 128 characters."
  }
}

variable "cost_categories" {
  description = "Keys of tags of whose values a cost category each is made; they are activated as well. Empty for the account of a member of an organization."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for key in var.cost_categories : length(key) > 0 && length(key) <= 128 && !startswith(lower(key), "aws:")])
    error_message = "Each of cost_categories must be the key of a tag of one's own, of 1 to 128 characters."
  }
}

variable "cost_center_key" {
  description = "Key of the tag that holds the cost centre."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^.{1,128}$", var.cost_center_key))
    error_message = "The cost_center_key must have 1 to 128 characters."
  }
}

variable "currency" {
  description = "Currency of the amounts, which is that of AWS's bills: USD, or CNY in China."
  type        = string
  default     = "USD"
  nullable    = false

  validation {
    condition     = contains(["USD", "CNY"], var.currency)
    error_message = "The currency must be USD, or CNY in China."
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

variable "start" {
  description = "Day from which budgets count, the first of a month as YYYY-MM-DD. Null: the period that goes on when they are made."
  type        = string
  default     = null

  validation {
    condition     = can(regex("^20[0-9]{2}-(0[1-9]|1[0-2])-01$", coalesce(var.start, "2026-01-01")))
    error_message = "The start must be the first day of a month, such as 2026-11-01."
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
