module "etl" {
  source = "../../modules/aws-ecs-fargate"
}
output { value = module.etl.id }
