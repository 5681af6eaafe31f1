# Mine.
module "vpc" {
  source = "./vpc"
}
