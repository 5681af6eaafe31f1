mock_resource "databricks_job" {
  defaults = {
    id  = "620713390412345"
    url = "https://acme.cloud.databricks.com/#job/620713390412345"
  }
}
