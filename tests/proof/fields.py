"""Random values of the fields of a job, from their types, and so of fields that are new."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model.infrastructure import Infrastructure
from tests.plan.promises import VALUES
from tests.proof.pools import AWKWARD, POOLS, SIZES, TAGS

Key = tuple[str, str]


def value_of(rng: Random, path: str, runtime: Key) -> Any:
    """A value of a field; None where none is known for this runtime.

    Args:
        rng: decides.
        path: dotted, below ``infrastructure``.
        runtime: cloud, and type of the runtime.
    """
    if path == "runtime.environment":
        return {f"VAR_{n}": rng.choice(AWKWARD) for n in range(rng.randint(1, 6))}
    if path in ("runtime.cpu", "runtime.memory"):
        sizes = SIZES.get(runtime[1], SIZES[""])
        return rng.choice(sizes)[path == "runtime.memory"]
    if path in POOLS:
        pool = POOLS[path]
        pool = pool[runtime[0]] if isinstance(pool, dict) else pool
        return rng.choice(pool) if pool else None
    found = _of_type(rng, info_of(path))
    if found is not None:
        return found
    promised = VALUES.get(path)
    if isinstance(promised, dict) and runtime[0] in promised:
        return promised[runtime[0]]
    return promised


@cache
def info_of(path: str) -> FieldInfo:
    """The field of the model at a dotted path below ``infrastructure``."""
    model: Any = Infrastructure
    *parents, last = path.split(".")
    for name in parents:
        kinds = (
            model.model_fields[name].annotation,
            *get_args(model.model_fields[name].annotation),
        )
        model = next(kind for kind in kinds if hasattr(kind, "model_fields"))
    found: FieldInfo = model.model_fields[last]
    return found


def _of_type(rng: Random, field: FieldInfo) -> Any:
    """A value of what the type alone tells; None where it takes more to know one."""
    kinds = [k for k in (field.annotation, *get_args(field.annotation)) if k is not type(None)]
    for kind in kinds:
        if get_origin(kind) is Literal:
            return rng.choice(get_args(kind))
    if bool in kinds:
        return rng.random() < 0.5
    bounds = {
        name: getattr(one, name)
        for one in _metadata(field)
        for name in ("ge", "gt", "le")
        if hasattr(one, name)
    }
    if int in kinds or any(get_args(kind)[:1] == (int,) for kind in kinds):
        least = max(bounds.get("ge", 0), bounds.get("gt", 0), 1)
        return rng.randint(least, min(bounds.get("le", 12), least + 12))
    if "Percent" in repr(field.annotation) or "_percent" in repr(field):
        return rng.choice([0.5, 1, "2.5", 50, 100])
    return None


def _metadata(field: FieldInfo) -> list[Any]:
    return [*field.metadata, *(m for k in get_args(field.annotation) for m in get_args(k)[1:])]


def tags(rng: Random) -> dict[str, str]:
    """Further tags of a job."""
    names = ["team", "Team", "cost_center", "owner", "my tag", "data-class", "a.b", "x:y", "Env"]
    return {name: rng.choice(TAGS) for name in rng.sample(names, rng.randint(0, 4))}
