variable "environment" {
  description = "Environment."
  type        = string
}

variable "image" {
  description = "Container image."
  type        = string
}

variable "layout" {
  description = "What the report looks like."
  type = object({
    title   = string
    columns = list(object({ name = string, width = optional(number, 20) }))
  })
}

variable "name" {
  description = "Name of the job."
  type        = string
}

variable "network" {
  description = "Where it runs."
  type        = object({ vpc_id = string, subnet_ids = set(string) })
}

variable "recipients" {
  description = "Who gets it."
  type        = set(string)
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
}

variable "tenant" {
  description = "Tenant."
  type        = string
}
