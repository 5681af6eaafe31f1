locals {
  # A schedule that is switched off leaves a job to be started by hand: Azure has no pause.
  is_scheduled = var.schedule != null && try(var.schedule.enabled, false)

  # What one value of each field of a cron expression may be: minute, hour, day, month, day of the week.
  cron_values = [
    "([0-5]?[0-9])",
    "([01]?[0-9]|2[0-3])",
    "(0?[1-9]|[12][0-9]|3[01])",
    "(0?[1-9]|1[0-2]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    "([0-7]|(?i:sun|mon|tue|wed|thu|fri|sat))",
  ]
  cron_items  = [for value in local.cron_values : "(\\*|${value}(-${value})?)(/[1-9][0-9]*)?"]
  cron_fields = [for item in local.cron_items : "${item}(,${item})*"]
}
