# What the account answers in the tests. Roles and keys that must be told apart are overridden in the test files.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" }
}

mock_resource "aws_emr_cluster" {
  defaults = { id = "j-MADEBYTESTS1" }
}

mock_resource "aws_sfn_state_machine" {
  defaults = { arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:acme-prod-orders" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:mock" }
}

mock_resource "aws_s3_bucket" {
  defaults = { id = "acme-prod-orders-logs-123456789012", arn = "arn:aws:s3:::acme-prod-orders-logs-123456789012" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-00000000000000001", arn = "arn:aws:ec2:eu-central-1:123456789012:security-group/sg-00000000000000001" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/own", key_id = "own" }
}

mock_resource "aws_iam_instance_profile" {
  defaults = { arn = "arn:aws:iam::123456789012:instance-profile/mock" }
}

mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}
