"""Plausible values for the input variables that nobody gave."""

from __future__ import annotations

import json
from typing import Any

from generator.modules.types import Type

# Part of a variable's name → a value of that sort; the first that fits is taken.
STRINGS = (
    ("subscription_id", "00000000-0000-4000-8000-000000000001"),
    ("tenant_id", "00000000-0000-4000-8000-000000000002"),
    ("client_id", "00000000-0000-4000-8000-000000000003"),
    ("account_id", "123456789012"),
    ("project_id", "mock-project"),
    ("cluster_id", "j-0123456789ABC"),
    ("vpc_id", "vpc-0123456789abcdef0"),
    ("subnet", "subnet-0123456789abcdef0"),
    ("security_group", "sg-0123456789abcdef0"),
    ("role_arn", "arn:aws:iam::123456789012:role/mock"),
    ("kms", "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-4000-8000-000000000004"),
    ("topic", "arn:aws:sns:us-east-1:123456789012:mock"),
    ("secret", "arn:aws:secretsmanager:us-east-1:123456789012:secret:mock-AbCdEf"),
    ("arn", "arn:aws:s3:::mock"),
    ("location", "eastus"),
    ("region", "us-east-1"),
    ("email", "mock@example.com"),
    ("cidr", "10.0.0.0/16"),
    ("url", "https://example.com"),
    ("image", "example.com/mock:1"),
)


def stand_in(name: str, kind: Type) -> Any:
    """A value of type ``kind`` for the variable ``name``.

    Optional attributes of objects are left out; lists, sets and maps hold one element.
    """
    match kind.kind:
        case "number":
            return 1
        case "bool":
            return False
        case "list" | "set" if kind.item is not None:
            return [stand_in(name, kind.item)]
        case "map" if kind.item is not None:
            return {"mock": stand_in(name, kind.item)}
        case "tuple":
            return [stand_in(name, item) for item in kind.items]
        case "object":
            required = kind.attributes.keys() - kind.optional
            return {n: stand_in(n, t) for n, t in kind.attributes.items() if n in required}
    return next((value for part, value in STRINGS if part in name.lower()), "mock")


def as_environment(variables: dict[str, Type]) -> dict[str, str]:
    """``TF_VAR_…`` for variables without a value.

    The environment is Terraform's weakest source of values: any ``.tfvars`` file of the root
    goes before it.
    """
    out = {}
    for name, kind in variables.items():
        value = stand_in(name, kind)
        out[f"TF_VAR_{name}"] = value if isinstance(value, str) else json.dumps(value)
    return out
