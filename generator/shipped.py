"""Where the templates, modules and schemas are: in a checkout, or inside an installed wheel.

A wheel carries them below ``generator/data`` in the layout of the checkout, so one name
serves both.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_WHEEL_DATA = os.path.join(_PACKAGE, "data")


def root() -> str:
    """The folder that holds templates/, modules/, schemas/ and copier.yml."""
    return _WHEEL_DATA if os.path.isdir(_WHEEL_DATA) else os.path.dirname(_PACKAGE)


def folder(name: str) -> str:
    """The absolute path of a shipped folder.

    Args:
        name: as in the checkout, with forward slashes: ``modules``, ``schemas``,
            ``templates/root``, ``templates/project``.

    Raises:
        FileNotFoundError: the installation is not complete.
    """
    path = os.path.join(root(), *name.split("/"))
    if not os.path.isdir(path):
        raise FileNotFoundError(f"the installation of dativo-generator lacks {name}/: {path}")
    return path


def file(name: str) -> str:
    """The absolute path of a shipped file, named as in the checkout: ``copier.yml``.

    Raises:
        FileNotFoundError: the installation is not complete.
    """
    path = os.path.join(root(), *name.split("/"))
    if not os.path.isfile(path):
        raise FileNotFoundError(f"the installation of dativo-generator lacks {name}: {path}")
    return path
