# Stands for a module of the user's own: what spark, ray and dask run on.
resource "terraform_data" "cluster" {
  input = {
    args    = var.args
    name    = var.name
    note    = var.note
    tags    = var.tags
    workers = var.workers
  }
}
