variable "args" {
  description = "Arguments of the job."
  type        = list(string)
  default     = []
}

variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "note" {
  description = "Free text."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Tags of all that is made."
  type        = map(string)
  default     = {}
}

variable "workers" {
  description = "How many machines there are."
  type        = number
  default     = 1
}
