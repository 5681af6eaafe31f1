"""The fields of a job, and of its asset, that conditions can ask for, read from the models."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator.model.asset import Asset
from generator.model.job import Job

# What stands before the fields of the asset contract; ``asset`` alone is the job's own field.
ASSET = "asset"

# Kinds of fields. A block has fields of its own, or is a list of such.
# A size is a number of MiB.
NUMBER, SIZE, TEXT, TRUTH, LIST, MAPPING, BLOCK, ANY = (
    *("number", "size", "text", "truth", "list", "mapping", "block", "any"),
)
# Which operators a kind takes, beside `present` and `not`, which all do.
_ALIKE = frozenset(("equals", "in"))
_WORDS = _ALIKE | {"pattern", "contains"}
_SIZES = frozenset(("at_least", "at_most"))
TAKES = {
    NUMBER: _ALIKE | _SIZES,
    SIZE: _ALIKE | _SIZES,
    TEXT: _WORDS,
    TRUTH: _ALIKE,
    LIST: _WORDS,
    MAPPING: _WORDS,
    BLOCK: frozenset[str](),
    ANY: _WORDS | _SIZES,
}


class JobField(NamedTuple):
    """A field of a job or of its asset.

    Attributes:
        path: its keys, as in a job file; of an asset as in its flat shape, below ``asset``.
        kind: one of those above.
        type: what a value of it is made with; None where any text will do.
        attributes: those that lead to it in the model; empty where they are the keys.
    """

    path: tuple[str, ...]
    kind: str
    type: Any = None
    attributes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The dotted path."""
        return ".".join(self.path)

    @property
    def in_asset(self) -> bool:
        """Whether it is one of the asset contract."""
        return self.path[0] == ASSET and len(self.path) > 1

    @property
    def secret(self) -> bool:
        """Whether what stands there may be worth hiding, by mistake at least."""
        return self.kind in (MAPPING, ANY) or any("secret" in key for key in self.path)

    def read(self, text: str) -> Any:
        """A value in a condition as the job has it.

        Raises:
            pydantic.ValidationError: it can be none of this field.
        """
        return text if self.type is None else _adapter(self).validate_python(text)


@cache
def _adapter(field: JobField) -> TypeAdapter[Any]:
    return TypeAdapter(field.type)


@cache
def fields() -> dict[str, JobField]:
    """Every field by its dotted path; those below a mapping are found by ``field``."""
    found = (*_fields(Job, (), ()), *_fields(Asset, (ASSET,), ()))
    return {one.name: one for one in found}


def field(name: str) -> JobField | None:
    """A field by its dotted path, or one below a mapping; None where there is none."""
    known = fields()
    if name in known:
        return known[name]
    keys = tuple(name.split("."))
    for end in range(len(keys) - 1, 0, -1):
        above = known.get(".".join(keys[:end]))
        if above is not None:
            deep = above.kind == ANY or len(keys) == end + 1
            held = above.kind == ANY or (above.kind == MAPPING and deep)
            return JobField(keys, ANY) if held and all(keys) else None
    return None


def _fields(
    model: type[BaseModel], above: tuple[str, ...], through: tuple[str, ...]
) -> list[JobField]:
    found = []
    for name, info in model.model_fields.items():
        path, attributes = (*above, info.alias or name), (*through, name)
        inner = _model(info.annotation)
        if inner is not None:
            block = JobField(path, BLOCK, attributes=attributes)
            found += [block, *_fields(inner, path, attributes)]
        else:
            found.append(_field(path, info)._replace(attributes=attributes))
    return found


def _field(path: tuple[str, ...], info: FieldInfo) -> JobField:
    bare = _bare(info.annotation)
    origin = get_origin(bare) or bare
    if origin is tuple:
        items = get_args(bare)[0]
        return JobField(path, BLOCK if _model(items) is not None else LIST)
    if origin is dict:
        of_text = _bare(get_args(bare)[1]) is str
        return JobField(path, MAPPING if of_text else ANY)
    if bare is Any:
        return JobField(path, ANY)
    whole = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    if bare is bool:
        return JobField(path, TRUTH, whole)
    if bare in (int, float):
        return JobField(path, SIZE if _is_size(whole) else NUMBER, whole)
    return JobField(path, TEXT, None if bare is str else whole)


def _is_size(kind: Any) -> bool:
    """Whether a number may be given with a unit of memory."""
    try:
        TypeAdapter(kind).validate_python("1Gi")
    except ValidationError:
        return False
    return True


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model of a block, which may be left out; None for all else."""
    bare = _bare(annotation)
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _bare(annotation: Any) -> Any:
    """A type without what pydantic adds to it, and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return _bare(options[0]) if len(options) == 1 else annotation
    return annotation
