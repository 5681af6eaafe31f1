variable "image" { default = "a'"`"""l:1.0" }
module "etl" {
  source = "../../modules/aws-ecs-fargate"
  image  = var.image
}
