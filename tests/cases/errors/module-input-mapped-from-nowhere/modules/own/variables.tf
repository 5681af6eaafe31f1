variable "cost_tag" { default = "" }
variable "cpu" { default = 1 }
variable "image" { type = string }
variable "memory_mib" { default = 2048 }
variable "network" { type = any }
variable "size" { default = 1 }
