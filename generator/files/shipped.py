"""Where the templates, modules and schemas are: in a checkout, or inside an installed wheel.

A wheel carries them below ``generator/data`` in the layout of the checkout, so one name
serves both. Only modules/ and schemas/ are elsewhere: in the template of a new repository,
where the checkout has copies of them.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_WHEEL_DATA = os.path.join(_PACKAGE, "data")
_IN_THE_TEMPLATE = ("modules", "schemas")


def template() -> str:
    """The folder that Copier lays a new repository down from: the one with copier.yml."""
    return _WHEEL_DATA if os.path.isdir(_WHEEL_DATA) else os.path.dirname(_PACKAGE)


def folder(name: str) -> str:
    """The absolute path of a shipped folder.

    Args:
        name: as in the checkout, with forward slashes: ``modules``, ``schemas``,
            ``templates/root``, ``templates/project``.

    Raises:
        FileNotFoundError: the installation is not complete.
    """
    path = _path(name)
    if not os.path.isdir(path):
        raise FileNotFoundError(f"the installation of dativo-generator lacks {name}/: {path}")
    return path


def file(name: str) -> str:
    """The absolute path of a shipped file, named as in the checkout: ``copier.yml``.

    Raises:
        FileNotFoundError: the installation is not complete.
    """
    path = _path(name)
    if not os.path.isfile(path):
        raise FileNotFoundError(f"the installation of dativo-generator lacks {name}: {path}")
    return path


def _path(name: str) -> str:
    top, steps = template(), name.split("/")
    if top == _WHEEL_DATA and steps[0] in _IN_THE_TEMPLATE:
        steps = ["templates", "project", *steps]
    return os.path.join(top, *steps)
