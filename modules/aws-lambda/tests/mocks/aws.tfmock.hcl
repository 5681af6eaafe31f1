# What the account answers in the tests. Roles that must be told apart are overridden in the test files.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" }
}

mock_resource "aws_lambda_function" {
  defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:acme-prod-orders" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-1111-2222-3333-444444444444", key_id = "00000000-1111-2222-3333-444444444444" }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-central-1:123456789012:acme-prod-orders-dead-letters"
    id  = "https://sqs.eu-central-1.amazonaws.com/123456789012/acme-prod-orders-dead-letters"
    url = "https://sqs.eu-central-1.amazonaws.com/123456789012/acme-prod-orders-dead-letters"
  }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-00000000000000001" }
}

mock_resource "aws_iam_policy" {
  defaults = { arn = "arn:aws:iam::123456789012:policy/mock" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}
