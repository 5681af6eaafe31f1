terraform {
  backend "s3" {
    bucket = "acme-terraform-state"
    key    = "network.tfstate"
    region = "us-east-1"
  }
}
