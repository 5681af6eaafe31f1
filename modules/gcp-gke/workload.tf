# Everything inside the cluster. It comes after the nodes, on which workers must start, and goes before them.
module "workload" {
  source = "../kubernetes-job"

  name        = var.name
  tenant      = var.tenant
  environment = var.environment
  tags        = var.kubernetes_labels
  labels      = var.labels
  annotations = var.annotations

  cluster_name     = google_container_cluster.this.name
  namespace        = local.namespace
  create_namespace = true
  identity         = { google_service_account = local.identity }
  node_selector    = merge({ "cloud.google.com/gke-nodepool" = google_container_node_pool.this.name }, local._arm ? { "kubernetes.io/arch" = "arm64" } : {})
  tolerations      = [merge(local.taint, { operator = "Equal", effect = "NoSchedule" })]
  network_policy   = var.network_policy
  quota            = var.quota
  replaced_with    = { cluster = google_container_cluster.this.id }

  image           = var.image
  command         = var.command
  args            = var.args
  cpu             = var.cpu
  memory_mib      = var.memory_mib
  timeout_seconds = var.timeout_seconds
  max_retries     = var.max_retries
  parallelism     = var.parallelism
  workers         = var.workers
  schedule        = var.schedule

  environment_variables     = var.environment_variables
  secrets                   = var.secrets
  ephemeral_storage_mib     = var.ephemeral_storage_mib
  read_only_root_filesystem = var.read_only_root_filesystem
  run_as_user               = var.run_as_user

  depends_on = [
    google_artifact_registry_repository_iam_member.nodes,
    google_bigquery_dataset_iam_member.access,
    google_container_node_pool.this,
    google_project_iam_member.bigquery,
    google_pubsub_subscription_iam_member.access,
    google_pubsub_topic_iam_member.access,
    google_secret_manager_secret_iam_member.this,
    google_storage_bucket_iam_member.this,
  ]
}
