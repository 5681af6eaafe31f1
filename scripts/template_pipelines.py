"""templates/project: the pipelines of a new repository, as ``dativo ci`` would write them there.

They are laid down as they are, since Copier runs no program of ours; only their names are
templates, which leave out those of other clouds.
"""

from __future__ import annotations

from generator.ci.pipelines import SYSTEMS
from generator.ci.project_shape import Shape
from generator.ci.systems import with_header
from generator.model.ci import CiSettings
from scripts.pages import Files

TARGET = "templates/project"
CLOUDS = ("aws", "gcp", "azure")
# Those whose text depends on what the jobs are called are written by the user's first dativo ci.
LAID_DOWN = ("github", "gitlab")


def files() -> Files:
    """The pipelines of the systems that need to know the cloud at most."""
    for system in LAID_DOWN:
        texts = {
            cloud: SYSTEMS[system](CiSettings(), _shape(cloud), "generated") for cloud in CLOUDS
        }
        for path in texts["aws"]:
            found = {cloud: with_header(system, texts[cloud][path]) for cloud in CLOUDS}
            if len(set(found.values())) == 1:
                yield f"{TARGET}/{path}", found["aws"]
                continue
            folder, _, name = path.rpartition("/")
            for cloud, text in found.items():
                only = f"{{% if cloud == '{cloud}' %}}{name}{{% endif %}}"
                yield f"{TARGET}/{folder}/{only}", text


def _shape(cloud: str) -> Shape:
    return Shape({}, (cloud,), 1)
