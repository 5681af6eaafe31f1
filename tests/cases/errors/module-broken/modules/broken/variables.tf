variable "name" {
  type = string
