# Everything keeps its name in a new cluster, so that nothing here would show that the old one took it along.
# It is there without a cluster to watch, too: Terraform cannot destroy what is triggered by a resource of no instances.
resource "terraform_data" "replaced_with" {
  triggers_replace = var.replaced_with
}
