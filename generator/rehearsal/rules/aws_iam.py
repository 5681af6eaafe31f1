"""IAM: policy documents and roles.

Sources: IAM JSON policy element reference; "IAM and AWS STS quotas"; API_CreateRole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.rehearsal.rules import Problem, Resource
from generator.rehearsal.rules.common import in_range, unique

# The size quotas count characters without white space.
SIZES = {
    ("aws_iam_policy", "policy"): 6144,
    ("aws_iam_role_policy", "policy"): 10240,
    ("aws_iam_role", "assume_role_policy"): 2048,
}
RESOURCES = ("aws_iam_", "aws_s3_bucket_policy", "aws_kms_key", "aws_sns_topic", "aws_sqs_queue")
DESCRIPTION = r"[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}"


def policies(kind: str, value: Resource) -> Iterator[Problem]:
    """The policies that a resource carries are documents that IAM would parse."""
    if not kind.startswith(RESOURCES):
        return
    for attribute in ("assume_role_policy", "policy"):
        text = value.get(attribute)
        if not isinstance(text, str) or not text:
            continue
        for detail in document_problems(text, trust=attribute == "assume_role_policy"):
            yield f"{kind}: malformed {attribute}", detail
        longest = SIZES.get((kind, attribute))
        length = len(re.sub(r"\s", "", text))
        if longest and length > longest:
            detail = f"{length} characters without white space; the quota is {longest}."
            yield f"{kind}: {attribute} is too long", detail


def document_problems(text: str, *, trust: bool = False) -> Iterator[str]:
    """What is wrong with a policy document; a trust policy names no resource."""
    try:
        document = json.loads(text)
    except ValueError as error:
        yield f"not JSON: {error}"
        return
    statements = document.get("Statement") if isinstance(document, dict) else None
    if isinstance(statements, dict):
        statements = [statements]
    if not statements:
        yield "no Statement"
        return
    if document.get("Version", "2008-10-17") not in ("2012-10-17", "2008-10-17"):
        yield f"Version {document['Version']!r} is not 2012-10-17 or 2008-10-17"
    for statement in statements:
        yield from _statement_problems(statement, trust)
    sids = (s.get("Sid") for s in statements if isinstance(s, dict))
    yield from (f"{summary}: {detail}" for summary, detail in unique("policy", "Sid", sids))


def _statement_problems(statement: Any, trust: bool) -> Iterator[str]:
    if not isinstance(statement, dict):
        yield f"{statement!r} is not a statement"
        return
    if statement.get("Effect") not in ("Allow", "Deny"):
        yield f"Effect {statement.get('Effect')!r} is not Allow or Deny"
    if not (statement.get("Action") or statement.get("NotAction")):
        yield "a statement without Action"
    if trust and not (statement.get("Principal") or statement.get("NotPrincipal")):
        yield "a trust policy's statement without Principal"
    located = statement.get("Resource") or statement.get("NotResource")
    if not trust and not located and "Principal" not in statement:
        yield "a statement without Resource"
    if not re.fullmatch(r"[A-Za-z0-9]*", statement.get("Sid") or ""):
        yield f"Sid {statement['Sid']!r}: letters and digits only"
    actions = statement.get("Action") or []
    for action in [actions] if isinstance(actions, str) else actions:
        if not re.fullmatch(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+", str(action)):
            yield f"Action {action!r} is not service:Name"


def iam_role(kind: str, value: Resource) -> Iterator[Problem]:
    """Descriptions of 1000 Latin-1 characters, sessions of 1 to 12 hours."""
    description = value.get("description")
    if isinstance(description, str) and not re.fullmatch(DESCRIPTION, description):
        yield f"{kind}: invalid description", "1000 characters of Latin-1 at most."
    yield from in_range(kind, value, "max_session_duration", 3600, 43200)
