"""Plans of roots for the tests: everyday ones, and the nastiest a job file could ask for."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from hypothesis import strategies as st

from generator.modules.types import parse_type
from generator.plan.origin import Told
from generator.plan.root_plan import (
    Argument,
    Backend,
    ModuleCall,
    Output,
    ProviderBlock,
    ProviderRequirement,
    RootPlan,
    TagMap,
    Variable,
)
from generator.text.expression import Interpolation, Reference, Value

_SHAPE = "object({a=string,b=optional(list(object({c=number})),[]),d=tuple([any,bool])})"
TAGS = Reference("local.tags")
# What has broken generators of HCL, YAML and Markdown before.
NASTY = (
    "",
    " ",
    "${var.secret}",
    "$${",
    "$$${x}",
    "%{ if true }x%{ endif }",
    "%%{",
    "$",
    "%",
    "$%{",
    'quote " and \\ backslash\\',
    "\\u0041",
    "line\nbreak\r\ttab",
    'a"\n}\nresource "x" "y" {}\n#',
    "\x00\x1b[31m\x7f\x85",
    "right\u202eto\u2066left\u200b\u200d\ufeff",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f",
    "\u65e5\u672c\u8a9e \u0e33 \ud55c",
    "| a | <!-- b --> `c` **d** [e](javascript:f) <script>",
    "--> <img src=x onerror=y>",
    "```\nend\n```",
    "$(rm -rf ~) `id` ; & \"'",
    "<<EOF\nEOF\n",
)
ALPHABET = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    '${}%"\\\n\r\t`|<>#[]\u202e\u200b'
)
TEXT = st.text(ALPHABET, max_size=30) | st.sampled_from(NASTY)
NUMBERS = (
    st.integers(-(2**500), 2**500)
    | st.integers(-5, 5000)
    | st.floats(allow_nan=False, allow_infinity=False)
)
SCALARS: st.SearchStrategy[Any] = st.none() | st.booleans() | NUMBERS | TEXT
# Terraform takes keys that Unicode normalisation makes equal for one; that is a test of its own.
KEYS = (
    st.from_regex(r"[a-z_][a-z0-9_-]{0,12}", fullmatch=True)
    | st.text(st.characters(max_codepoint=0x17F), max_size=12)
    | st.sampled_from(("for", "null", "true", "a.b", "a b", "${x}", "e\u0301", "\u0e01\u0e33", "1"))
)
DATA: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


def plan(**changes: Any) -> RootPlan:
    """An everyday root on AWS, with some of its fields replaced."""
    fields: dict[str, Any] = {
        "folder": "acme/stripe-customers/prod",
        "job_file": "jobs/acme/stripe.yaml",
        "asset_file": "assets/stripe/customers.yaml",
        "tenant": "acme",
        "job": "stripe-customers",
        "environment": "prod",
        "summary": {"Owner": "data@acme.example", "Cloud": "AWS, us-east-1"},
        "required_version": ">= 1.10",
        "required_providers": (ProviderRequirement("aws", "hashicorp/aws", "~> 6.0"),),
        "backend": Backend(
            "s3",
            {"bucket": "acme-state", "key": "a/terraform.tfstate", "use_lockfile": True},
            "s3://acme-state/a/terraform.tfstate",
        ),
        "providers": (
            ProviderBlock("aws", {"region": "us-east-1"}, {"default_tags": {"tags": TAGS}}),
        ),
        "variables": (),
        "tag_maps": (
            TagMap("asset_tags", "The asset contract", {"Owner": "x"}),
            TagMap("identity_tags", "Identity", {"Tenant": "acme", "ManagedBy": "dativo"}),
        ),
        "module": ModuleCall(
            "../../../../modules/aws-ecs-fargate",
            None,
            (
                Argument("name", "stripe-customers", Told("the job's name")),
                Argument("tags", TAGS, Told("the tags")),
                Argument(
                    "schedule", {"expression": "cron(0 2 * * ? *)", "n": [1, 2]}, Told("schedule")
                ),
            ),
        ),
        "outputs": (Output("id", "The id.", Reference("module.job.id"), False),),
        "identifiers": (),
    }
    return RootPlan(**(fields | changes))


def with_values(text: str, data: Value) -> RootPlan:
    """A root with a text and some data in every place that a job can reach."""
    return plan(
        job_file=f"jobs/{text}.yaml",
        asset_file=f"assets/{text}",
        summary={"Owner": text, "Cloud": text},
        backend=Backend(
            "remote",
            {"organization": text, "workspaces": {"name": text}},
            text,
        ),
        providers=(ProviderBlock("azurerm", {"subscription_id": text}, {"features": {}}),),
        variables=(
            Variable("later", "string", text, ("name",)),
            Variable("shape", str(parse_type(_SHAPE)), text, ("data", "list")),
        ),
        tag_maps=(TagMap("job_tags", text, {"Owner": text, text: "x"}), TagMap("empty", "", {})),
        module=ModuleCall(
            text,
            "1.2.3",
            (
                Argument("data", data, Told(text)),
                Argument("later", Interpolation(("a", Reference("var.later"), text)), Told(text)),
                Argument("none", None, Told(text)),
                Argument("list", [data, text], Told(text)),
            ),
        ),
        outputs=(
            Output("id", text, Reference("module.job.id"), False),
            Output("secret", text, Reference("module.job.secret"), True),
        ),
        identifiers=(text,),
    )


def terraform(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Terraform in a folder."""
    return subprocess.run(
        ["terraform", *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1", "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def lay_out(folder: str, roots: list[dict[str, str]]) -> None:
    """Write roots side by side."""
    for number, files in enumerate(roots):
        os.makedirs(f"{folder}/{number}")
        for name, text in files.items():
            with open(f"{folder}/{number}/{name}", "w", encoding="utf-8", newline="") as file:
                file.write(text)
