# Who may invoke the function, besides whoever may anyhow: said by the function, so that the roles of others stay as they are.

resource "aws_lambda_permission" "invoke" {
  for_each = var.invokers

  statement_id  = "Invoke-${substr(sha256(each.key), 0, 16)}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  principal     = each.key

  lifecycle {
    precondition {
      condition     = split(":", each.key)[4] == local.account_id
      error_message = "The role ${each.key} of invokers is in another account than the job, where it would need a right of its own besides."
    }
  }
}
