provider "kubernetes" {
  host = "https://k8s.acme.example:6443"

  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "acme-login"
    args        = ["token", "--cluster", "data"]
  }
}

module "job" {
  source = "../../"

  name        = "stripe-customers"
  tenant      = "acme"
  environment = "dev"
  image       = "registry.acme.example/etl/runner:1.4.0"

  tags = {
    tenant      = "acme"
    environment = "dev"
    cost-center = "FIN-001"
  }
}
