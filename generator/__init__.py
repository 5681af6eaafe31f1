"""dativo: ETL job files in, reviewable Terraform root modules out.

The names of ``generator.api`` and ``generator.api.earlier`` are names of the package as well;
they are imported when they are first asked for, so that the command line need not wait for them.
"""

from __future__ import annotations

from generator.version import __version__ as __version__

# Without importing typing, which takes longer than all the rest; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from generator.api import *  # noqa: F403 - each module's __all__ is the one list of its names
    from generator.api.earlier import *  # noqa: F403

else:
    # Hidden from type checkers, to which a module with such a function has any name at all.
    def __getattr__(name: str) -> object:
        from importlib import import_module
        from importlib.util import find_spec

        # A module of ours that is asked for before it is imported must not bring in the API.
        if name == "__all__" or not (name.startswith("_") or find_spec(f"{__name__}.{name}")):
            doors = [import_module(f"{__name__}.{door}") for door in ("api", "api.earlier")]
            if name == "__all__":
                return [known for door in doors for known in door.__all__]
            for door in doors:
                if name in door.__all__:
                    return getattr(door, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *globals()["__getattr__"]("__all__")})
