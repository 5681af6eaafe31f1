# What tells costs apart by tags. Both are made in the account that pays for the others.

resource "aws_ce_cost_allocation_tag" "this" {
  for_each = setunion(var.cost_allocation_tags, var.cost_categories)

  tag_key = each.value
  status  = "Active"
}

resource "aws_ce_cost_category" "this" {
  for_each = var.cost_categories

  name          = local.category_names[each.value]
  default_value = "untagged"
  rule_version  = "CostCategoryExpression.v1"
  tags          = var.tags

  rule {
    type = "INHERITED_VALUE"

    inherited_value {
      dimension_name = "TAG"
      dimension_key  = each.value
    }
  }

  depends_on = [aws_ce_cost_allocation_tag.this]
}
