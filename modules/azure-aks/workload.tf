# Everything inside of the cluster: made after the nodes, taken away before them.

module "workload" {
  source = "../kubernetes-job"

  name                      = var.name
  annotations               = var.annotations
  args                      = var.args
  cluster_name              = azurerm_kubernetes_cluster.this.name
  command                   = var.command
  cpu                       = var.cpu
  create_namespace          = true
  environment               = var.environment
  environment_variables     = var.environment_variables
  ephemeral_storage_mib     = var.ephemeral_storage_mib
  image                     = var.image
  labels                    = var.labels
  max_retries               = var.max_retries
  memory_mib                = var.memory_mib
  namespace                 = local.namespace
  network_policy            = var.network_policy
  node_selector             = { "kubernetes.azure.com/agentpool" = azurerm_kubernetes_cluster_node_pool.job.name }
  parallelism               = var.parallelism
  read_only_root_filesystem = var.read_only_root_filesystem
  replaced_with             = { cluster = azurerm_kubernetes_cluster.this.id }
  run_as_user               = var.run_as_user
  schedule                  = var.schedule
  secrets                   = var.secrets
  tags                      = var.kubernetes_labels
  tenant                    = var.tenant
  timeout_seconds           = var.timeout_seconds
  workers                   = var.workers

  # What format returns is known not to be null even before it is known: the first plan then shows the labels.
  identity = {
    azure_client_id = format("%s", local.identity.client_id)
  }

  tolerations = [
    for taint in var.nodes.spot ? [local.spot_label] : [] : {
      key      = keys(taint)[0]
      operator = "Equal"
      value    = values(taint)[0]
      effect   = "NoSchedule"
    }
  ]

  # A run that starts at once finds its image, its identity, its data and its logs.
  depends_on = [
    azurerm_federated_identity_credential.workload,
    azurerm_kubernetes_cluster_node_pool.job,
    azurerm_monitor_data_collection_rule_association.this,
    azurerm_role_assignment.registry,
    azurerm_role_assignment.workload,
  ]
}
