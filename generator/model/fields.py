"""The types of single fields: text that stays text, sizes with units, names that fit paths."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from generator.model.variables import waits
from generator.text.patterns import lazy
from generator.text.versions import satisfiable

# A name becomes a folder, a state key and part of cloud names: Windows' device names and
# whatever needs quoting in a path are refused (Win32 "Naming Files, Paths, and Namespaces").
NAME = lazy(r"[A-Za-z0-9][A-Za-z0-9_-]*")
DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
LONGEST = {"tenant": 40, "environment": 32, "job": 80}

_MEMORY = lazy(r"([0-9]+(?:\.[0-9]+)?)(Mi|Gi|M|G)?")
_CPU = lazy(r"([0-9]+(?:\.[0-9]+)?)(m?)")
_PERCENT = lazy(r"[0-9]+(?:\.[0-9]+)?")
# A key, or keys with dots between: what CloudWatch's filters, Cloud Logging's queries and Kusto
# take alike without quotes.
_LOG_FIELD = lazy(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_LONGEST_FIELD = 200
_MOST_MIB = 2**30
_MEMORY_MIB = {None: 1.0, "Mi": 1.0, "Gi": 1024.0, "M": 1e6 / 2**20, "G": 1e9 / 2**20}


class Model(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class Nullable(BaseModel):
    """A frozen model in which null means that a field is not set, as if its key were not there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            known = _keys(cls)
            return {k: v for k, v in data.items() if v is not None or k not in known}
        return data


# Asked for each part of a job that has an empty value.
@cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


class Part(Nullable):
    """A part of a job that refuses unknown keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


def name_fault(kind: str, name: str) -> str | None:
    """What is wrong with a tenant, environment or job name; None when nothing is.

    Args:
        kind: "tenant", "environment" or "job".
        name: the name as the user wrote it, variables filled in.
    """
    if len(name) > LONGEST[kind]:
        return f"has {len(name)} characters, at most {LONGEST[kind]} are allowed"
    if not NAME.fullmatch(name):
        return (
            "may hold only letters A-Z and a-z, digits, _ and -, and starts with a letter or digit"
        )
    if name.lower() in DEVICES:
        return "is a reserved device name on Windows and cannot be a folder there"
    return None


def _text(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return str(value) if isinstance(value, str) else value


def _or_template(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """Free text may wait for a variable; pydantic by itself would make it a plain str."""
    # Nearly all text is plain, and nothing but empty text could be wrong with it.
    if (type(value) is str and value and value.isascii()) or waits(value):
        return value
    return check(value)


def _memory_mib(value: Any) -> int:
    """A memory size in MiB; a bare number is MiB, Gi and Mi are binary, G and M decimal."""
    match = _MEMORY.fullmatch(_text(value)) if isinstance(value, str | int | float) else None
    if match is None:
        raise PydanticCustomError("memory", "is not a memory size such as 512Mi, 4Gi or 2048 (MiB)")
    mib = float(match[1]) * _MEMORY_MIB[match[2]]
    if mib > _MOST_MIB:
        raise PydanticCustomError("memory", "is more memory than any machine has")
    if mib < 1 or (abs(mib - round(mib)) > 1e-6 and match[2] not in ("M", "G")):
        raise PydanticCustomError("memory", "is not a whole number of MiB")
    return round(mib)


def _cpu(value: Any) -> float:
    """vCPUs: a decimal number, or millicores with the suffix m."""
    match = _CPU.fullmatch(_text(value)) if isinstance(value, str | int | float) else None
    if match is None:
        raise PydanticCustomError("cpu", "is not a number of vCPUs such as 1, 0.5 or 500m")
    cpu = float(match[1]) / (1000 if match[2] else 1)
    if not 0 < cpu <= 256:
        raise PydanticCustomError("cpu", "is not between 0 and 256 vCPUs")
    return cpu


def _percent(value: Any) -> float:
    """Per cent of something: a number above 0, at most 100."""
    match = _PERCENT.fullmatch(_text(value)) if isinstance(value, str | int | float) else None
    if match is None or not 0 < float(match[0]) <= 100:
        raise PydanticCustomError("percent", "is not a number of per cent above 0 and up to 100")
    return float(match[0])


def _log_field(value: str) -> str:
    if len(value) > _LONGEST_FIELD or not _LOG_FIELD.fullmatch(value):
        raise PydanticCustomError(
            "log_field", "is not a key of a JSON log line, such as records or totals.records"
        )
    return value


def _a_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


_VERSION = r"\s*(?:=|!=|>=|<=|~>|>|<)?\s*[0-9]+(?:\.[0-9]+){0,2}(?:-[0-9A-Za-z.-]+)?\s*"
_CONSTRAINT = f"{_VERSION}(?:,{_VERSION})*"


def _constraint(value: str) -> str:
    if not re.fullmatch(_CONSTRAINT, value):
        raise PydanticCustomError(
            "constraint", "is no version constraint such as `~> 6.0` or `>= 1.10, < 2.0`"
        )
    if not satisfiable(value):
        raise PydanticCustomError("constraint", "contradicts itself: no version is all of that")
    return value


_ANY_SCALAR = {"type": ["string", "number", "boolean"]}
_FILLED = {**_ANY_SCALAR, "minLength": 1}
Text = Annotated[
    str, BeforeValidator(_text), WrapValidator(_or_template), WithJsonSchema(_ANY_SCALAR)
]
Filled = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(min_length=1),
    WrapValidator(_or_template),
    WithJsonSchema(_FILLED),
]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_a_list),
    WithJsonSchema({"anyOf": [_ANY_SCALAR, {"type": "array", "items": _ANY_SCALAR}]}),
]
MemoryMib = Annotated[
    int,
    BeforeValidator(_memory_mib),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": r"^[0-9]+(\.[0-9]+)?(Mi|Gi|M|G)?$", "minimum": 1}
    ),
]
Cpu = Annotated[
    float,
    BeforeValidator(_cpu),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^[0-9]+(\.[0-9]+)?m?$",
            "exclusiveMinimum": 0,
            "maximum": 256,
        }
    ),
]
Percent = Annotated[
    float,
    BeforeValidator(_percent),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^[0-9]+(\.[0-9]+)?$",
            "exclusiveMinimum": 0,
            "maximum": 100,
        }
    ),
]
LogField = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_log_field),
    WithJsonSchema(
        {
            "type": ["string", "boolean"],
            "pattern": r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$",
            "maxLength": 200,
        }
    ),
]
Constraint = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_constraint),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{_CONSTRAINT}$", "minimum": 0}),
]
