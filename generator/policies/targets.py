"""What the tag policy is for each target: files, and warnings of what they cannot say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from generator.errors import Problem
from generator.job.project import Project
from generator.policies.rules import Rule, rules_of
from generator.policies.taggable import taggable
from generator.render import hcl
from generator.yaml.write import block, quoted


class Asked(NamedTuple):
    """What a user may say beyond the target.

    Attributes:
        organization: the number of the Google Cloud organisation; None where nobody said.
        required_for: types of AWS resources that are reported without the tags.
        enforced_for: types of AWS resources on which a wrong value is refused.
    """

    organization: str | None
    required_for: tuple[str, ...]
    enforced_for: tuple[str, ...]


# What the shipped modules on AWS are built around.
REQUIRED_FOR = ("ecs:ALL_SUPPORTED", "elasticmapreduce:ALL_SUPPORTED", "lambda:ALL_SUPPORTED")
Files = tuple[dict[str, str], list[Problem]]


def _aws(project: Project, asked: Asked) -> Files:
    """A tag policy (AWS Organizations User Guide, "Tag policy syntax and examples")."""
    tags: dict[str, Any] = {}
    problems = []
    for rule in rules_of(project, "aws"):
        values = list(rule.allowed)
        if rule.pattern and not values:
            values = rule.globs() or []
            if not values:
                why = "a tag policy knows values, and a * at their end"
                problems.append(rule.told("AWS", f"the pattern {rule.pattern}", why))
        elif rule.pattern:
            problems.append(
                rule.told("AWS", f"the pattern {rule.pattern}", "its allowed values are")
            )
        entry: dict[str, Any] = {"tag_key": {"@@assign": rule.key}}
        if values:
            entry["tag_value"] = {"@@assign": values}
        if asked.enforced_for:
            entry["enforced_for"] = {"@@assign": list(asked.enforced_for)}
        entry["report_required_tag_for"] = {"@@assign": list(asked.required_for)}
        tags[rule.key] = entry
    return {"aws-tag-policy.json": _json({"tags": tags})}, problems


def _azure(project: Project, _: Asked) -> Files:
    """A policy definition (Azure Policy, "Definition structure policy rule")."""
    wrong: list[dict[str, Any]] = []
    problems = []
    rules = rules_of(project, "azure")
    for rule in rules:
        field = f"tags['{rule.key}']"
        if "'" in rule.key:
            problems.append(rule.told("Azure", "the tag", "its key has an apostrophe"))
            continue
        wrong.append({"field": field, "exists": "false"})
        if rule.allowed:
            wrong.append({"field": field, "notIn": list(rule.allowed)})
            why = "Azure compares values without regard to capitals"
            if any(value.lower() != value.upper() for value in rule.allowed):
                problems.append(rule.told("Azure", "the capitals of the values", why))
        if not rule.pattern:
            continue
        if (condition := _azure_pattern(rule, field)) is None:
            why = "Azure has * once, or a number of digits"
            problems.append(rule.told("Azure", f"the pattern {rule.pattern}", why))
            continue
        wrong.append({"not": condition})
    keys = ", ".join(rule.key for rule in rules)
    effect = {
        "type": "String",
        "allowedValues": ["Audit", "Deny", "Disabled"],
        "defaultValue": "Audit",
        "metadata": {"displayName": "Effect", "description": "What a resource without them gets."},
    }
    document = {
        "properties": {
            "displayName": "Required tags of data jobs",
            "policyType": "Custom",
            "mode": "Indexed",
            "description": f"From tags.required of dativo.yaml: {keys}.",
            "metadata": {"category": "Tags"},
            "parameters": {"effect": effect},
            "policyRule": {"if": {"anyOf": wrong}, "then": {"effect": "[parameters('effect')]"}},
        }
    }
    return {"azure-policy-definition.json": _json(document)}, problems


def _azure_pattern(rule: Rule, field: str) -> dict[str, Any] | None:
    """``like`` has one *, ``match`` a # for a digit, and nothing has both."""
    if (globs := rule.globs("#")) is None:
        return None
    conditions = []
    for text in globs:
        if text.endswith("*"):
            if "#" in text:
                return None
            conditions.append({"field": field, "like": text})
        elif any(sign in text for sign in "?."):
            return None
        else:
            conditions.append({"field": field, "match": text})
    return {"anyOf": conditions}


def _gcp(project: Project, asked: Asked) -> Files:
    """A custom constraint, for clusters of GKE, whose labels constraints can see."""
    conditions, problems = [], []
    for rule in rules_of(project, "gcp"):
        labels = f"resource.resourceLabels[{_cel(rule.key)}]"
        conditions.append(f"{_cel(rule.key)} in resource.resourceLabels")
        if rule.allowed:
            conditions.append(f"{labels} in [{', '.join(map(_cel, rule.allowed))}]")
        if rule.pattern:
            why = "it is about the value as written, and a label has no capitals"
            problems.append(rule.told("Google Cloud", f"the pattern {rule.pattern}", why))
    if asked.organization is None:
        message = "the name of the constraint lacks the organisation: give --organization ID"
        problems.append(Problem("policy-left-out", message, None, "", "warning"))
    organization = asked.organization or "ORGANIZATION_ID"
    document = {
        "name": f"organizations/{organization}/customConstraints/custom.dativoRequiredLabels",
        "resourceTypes": ["container.googleapis.com/Cluster"],
        "methodTypes": ["CREATE", "UPDATE"],
        "condition": " && ".join(conditions),
        "actionType": "ALLOW",
        "displayName": "Required labels of data jobs",
        "description": "From tags.required of dativo.yaml.",
    }
    message = (
        "only clusters of GKE have a custom constraint here: other resources are not held to it"
    )
    problems.append(Problem("policy-left-out", message, None, "", "warning"))
    return {"gcp-custom-constraint.yaml": block(document)}, problems


def _cel(text: str) -> str:
    """Text in CEL: keys and values of labels have no quotes in them."""
    return f"'{text}'"


def _tflint(project: Project, _: Asked) -> Files:
    """A configuration of tflint with the rule sets that know of missing tags."""
    lines = ["# From tags.required of dativo.yaml. To write it anew: dativo policy tflint", ""]
    lines += ["config {", '  call_module_type = "all"', "}"]
    for cloud, plugin in (("aws", "aws"), ("azure", "azurerm")):
        rules = rules_of(project, cloud)
        keys = hcl.to_hcl([rule.key for rule in rules], 2)
        lines += ["", f'plugin "{plugin}" {{', "  enabled = true", "}"]
        lines += ["", f'rule "{plugin}_resource_missing_tags" {{', "  enabled = true"]
        lines += [f"  tags    = {keys}", "}"]
    problems = [
        rule.told("tflint", "the value", "its rules look at keys alone")
        for rule in rules_of(project, "aws")
        if rule.allowed or rule.pattern
    ]
    message = "tflint has no rule for labels of Google Cloud"
    problems.append(Problem("policy-left-out", message, None, "", "warning"))
    return {".tflint.hcl": "\n".join(lines) + "\n"}, problems


def _checkov(project: Project, _: Asked) -> Files:
    """Custom policies (checkov, "Create Custom Policy - YAML"), one for each cloud and tag."""
    files = {}
    problems = []
    for cloud, argument in (("aws", "tags"), ("azure", "tags"), ("gcp", "labels")):
        types = taggable(argument, {"gcp": "google", "azure": "azurerm"}.get(cloud, cloud))
        for number, rule in enumerate(rules_of(project, cloud), 1):
            if "." in rule.key:
                problems.append(
                    rule.told("checkov", f"the key {rule.key}", "checkov takes . for a step")
                )
                continue
            attribute = f"{argument}.{rule.key}"
            conditions = [_condition(types, attribute, "exists")]
            if rule.allowed:
                conditions.append(_condition(types, attribute, "within", list(rule.allowed)))
            if rule.pattern and cloud == "gcp":
                why = "it is about the value as written, and a label has no capitals"
                problems.append(rule.told("checkov", f"the pattern {rule.pattern}", why))
            elif rule.pattern:
                pattern = rf"^(?:{rule.pattern})$"
                conditions.append(_condition(types, attribute, "regex_match", pattern))
            name = f"{cloud}_{rule.name.replace(' ', '_').replace('/', '_')}"
            files[f"checkov/{name}.yaml"] = _policy(cloud, number, rule, conditions)
    return files, problems


def _condition(types: list[str], attribute: str, operator: str, value: Any = None) -> list[str]:
    lines = [
        "    - cond_type: attribute",
        "      resource_types:",
        *(f"        - {one}" for one in types),
        f"      attribute: {quoted(attribute)}",
        f"      operator: {operator}",
    ]
    if isinstance(value, list):
        lines += ["      value:", *(f"        - {quoted(one)}" for one in value)]
    elif value is not None:
        lines.append(f"      value: {quoted(value)}")
    return lines


def _policy(cloud: str, number: int, rule: Rule, conditions: list[list[str]]) -> str:
    title = f"{cloud}: the tag {rule.key} is there and of a value that dativo.yaml allows"
    lines = ["# From tags.required of dativo.yaml. To write it anew: dativo policy checkov"]
    lines += ["metadata:", f"  id: CKV2_DATIVO_{cloud.upper()}_{number}"]
    lines += [f"  name: {quoted(title)}", "  category: GENERAL_SECURITY", "definition:", "  and:"]
    return "\n".join([*lines, *(line for one in conditions for line in one)]) + "\n"


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


TARGETS: dict[str, Callable[[Project, Asked], Files]] = {
    "aws": _aws,
    "azure": _azure,
    "gcp": _gcp,
    "tflint": _tflint,
    "checkov": _checkov,
}
