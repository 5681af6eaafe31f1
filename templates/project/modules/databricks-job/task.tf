locals {
  task_key = "main"

  # One of the three: a wheel's function, a Python file, a notebook.
  task_kind = var.wheel != null ? "wheel" : endswith(var.entry_point, ".py") ? "file" : "notebook"

  # A notebook reads its parameters by name.
  notebook_parameters = local.task_kind != "notebook" ? {} : {
    for argument in var.args : split("=", argument)[0] => join("=", slice(split("=", argument), 1, length(split("=", argument))))
  }
}
