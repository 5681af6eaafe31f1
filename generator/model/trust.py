"""What jobs may name that others own: the block ``trust`` of dativo.yaml."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.model.fields import Model
from generator.text.globs import LONGEST

# Names of a job are plain: letters, digits, _ and -. What else it says cannot be in a pattern.
NAMES = ("TENANT_ID", "ENVIRONMENT", "JOB_NAME")
_MOST = 1000
_NAME = re.compile(r"\$\{([^{}]*)\}")
_MODULE = re.compile(
    r"\./|git::|hg::|s3::|gcs::|https://|[A-Za-z0-9*.-]+\.[A-Za-z0-9*.-]+(:[0-9]+)?/"
)
_HOST = re.compile(r"(http://)?(\[[0-9a-f:]+\]|[a-z0-9*_.-]+)(:[0-9*]+)?")
_STATE = re.compile(r"(s3|gs|azurerm|https?)://|local:|[a-z0-9*.-]+(:[0-9]+)?/|\*")


def _wrong(why: str) -> PydanticCustomError:
    return PydanticCustomError("trust", "{why}", {"why": why})


def _pattern(text: str) -> str:
    if not text.strip() or text != text.strip() or not text.isprintable():
        raise _wrong("must be a pattern on one line, without blanks around it")
    if len(text) > LONGEST:
        raise _wrong(f"has {len(text)} characters, at most {LONGEST} are allowed")
    for match in _NAME.finditer(text):
        if match[1] not in NAMES:
            names = ", ".join(f"${{{name}}}" for name in NAMES)
            raise _wrong(f"may hold {names} and no other name, not {match[0]}")
    return text


def _word(text: str) -> str:
    if " " in text:
        raise _wrong("must be one pattern without blanks")
    return text


def _module(text: str) -> str:
    if not _MODULE.match(text):
        raise _wrong(
            "is no module source: a folder starts with ./ (./modules/*), a registry module with "
            "its host (registry.terraform.io/acme/*/aws), all else with how it is fetched "
            "(git::https://github.com/acme/*)"
        )
    return text


def _host(text: str) -> str:
    if not _HOST.fullmatch(_NAME.sub("x", text).lower()):
        raise _wrong(
            "is no host: HOST or HOST:PORT for https, http://HOST:PORT for what is not encrypted"
        )
    return text


def _state(text: str) -> str:
    if not _STATE.match(text):
        raise _wrong(
            "is no state: s3://BUCKET/KEY, gs://BUCKET/PREFIX, azurerm://ACCOUNT/CONTAINER/KEY, "
            "https://ADDRESS, app.terraform.io/ORGANIZATION/WORKSPACE or local:PATH"
        )
    return text


def _one(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_SCHEMA = WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]})
T = TypeVar("T")
_Many = Annotated[tuple[T, ...], Field(max_length=_MOST), BeforeValidator(_one), _SCHEMA]
_Pattern = Annotated[str, AfterValidator(_pattern)]
_Word = Annotated[_Pattern, AfterValidator(_word)]
_Lines = _Many[_Pattern]
_Words = _Many[_Word]
_Modules = _Many[Annotated[_Word, AfterValidator(_module)]]
_Hosts = _Many[Annotated[_Word, AfterValidator(_host)]]
_States = _Many[Annotated[_Word, AfterValidator(_state)]]


class Trusted(Model):
    """Patterns of what jobs may name; an empty list allows nothing, and none allows all."""

    modules: _Modules | None = Field(
        None, description="Modules: ./modules/*, git::https://github.com/acme/**, a registry's."
    )
    pins: Literal["any", "version", "commit"] | None = Field(
        None,
        description="What a fetched module is pinned by: a tag of a version, or a commit or "
        "checksum alone. version where `modules` is given; else branches get a warning.",
    )
    backends: _States | None = Field(
        None, description="States, as READMEs of roots show them: s3://BUCKET/dativo/**."
    )
    endpoints: _Hosts | None = Field(
        None, description="Hosts that a provider or backend asks in place of the cloud's own."
    )
    clusters: _Hosts | None = Field(None, description="Hosts of Kubernetes API servers.")
    databricks: _Hosts | None = Field(None, description="Hosts of Databricks workspaces.")
    commands: _Lines | None = Field(
        None,
        description="What may run for a token of a cluster, word by word; ** at the end for any "
        "more words, NAME=* before the program for a variable that may be set.",
    )
    identities: _Words | None = Field(
        None, description="Roles, service accounts and identities: arn:aws:iam::*:role/etl-*."
    )
    secrets: _Words | None = Field(
        None, description="References to secrets: arn:aws:secretsmanager:*:*:secret:acme/**."
    )
    files: _Words | None = Field(
        None, description="Files of the machine that applies: of credentials, tokens, certificates."
    )


class TenantTrust(Trusted):
    """What jobs of one tenant may name, and which files may say that they are of it."""

    jobs: _Words | None = Field(
        None, description="Job files that may name the tenant: jobs/acme/**; any without it."
    )
    environments: dict[str, Trusted] = Field(
        {}, description="In one environment; stronger than all others."
    )


class Trust(Trusted):
    """What jobs may name that others own; list by list, the most special one counts."""

    environments: dict[str, Trusted] = Field({}, description="For the jobs of an environment.")
    tenants: dict[str, TenantTrust] = Field(
        {}, description="For the jobs of a tenant; stronger than its environment."
    )
